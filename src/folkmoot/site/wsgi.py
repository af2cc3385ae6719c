"""How does a web server call Folkmoot?"""

import atexit
import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.site.settings")
application = get_wsgi_application()
# What was loaded stays for good: the collector need not walk through it again in the midst of an answer.
gc.collect()
gc.freeze()
atexit.register(gc.unfreeze)  # so that at the end everything is let go of in order
