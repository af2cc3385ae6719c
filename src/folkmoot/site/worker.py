"""How does the task worker live on while the database is away, damaged or being put back?"""

import logging
import os
import signal
import time

import django
from django.db import DatabaseError, connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.site.settings")
AGAIN_SECONDS = 1.0
SAID_EVERY = 60.0
logger = logging.getLogger(__name__)


def main() -> None:
    """Works until told to end. A worker that ended would end the household, and all pages with it."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up first

    said = -SAID_EVERY
    while True:
        try:
            call_command("db_worker", startup_delay=False, interval=0.5, verbosity=0)
        except DatabaseError as error:
            if time.monotonic() - said > SAID_EVERY:
                said = time.monotonic()
                # By its kind alone: its words may quote what somebody typed.
                logger.error("the database cannot be used (%s); it is asked again", type(error).__name__)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            connections.close_all()
            time.sleep(AGAIN_SECONDS)
        else:
            return


if __name__ == "__main__":
    main()
