"""What does every test share?"""

import os
import tempfile

# The settings read the environment once, so the tests' own data folder is named before Django starts.
os.environ["FOLKMOOT_DATA"] = tempfile.mkdtemp(prefix="folkmoot-tests-")
for name in ("FOLKMOOT_DEMO", "FOLKMOOT_CLOCK", "FOLKMOOT_MAIL_HOST", "FOLKMOOT_HTTPS", "FOLKMOOT_HOSTS"):
    os.environ.pop(name, None)
