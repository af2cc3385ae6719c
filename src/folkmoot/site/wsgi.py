"""How does a web server call Folkmoot?"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.site.settings")
application = get_wsgi_application()
