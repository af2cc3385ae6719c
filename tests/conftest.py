"""What does every test share?"""

import os
import tempfile

# The settings read the environment once, so the tests' own data folder is named before Django starts.
_folder = tempfile.TemporaryDirectory(prefix="folkmoot-tests-")
os.environ["FOLKMOOT_DATA"] = _folder.name
for name in ("FOLKMOOT_DEMO", "FOLKMOOT_CLOCK", "FOLKMOOT_MAIL_HOST", "FOLKMOOT_HTTPS", "FOLKMOOT_HOSTS"):
    os.environ.pop(name, None)
