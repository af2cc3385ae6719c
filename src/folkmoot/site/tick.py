"""What is looked after once a minute?"""

import logging
import os
import signal
import time

import django
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.site.settings")
EVERY_SECONDS = 60
logger = logging.getLogger(__name__)


def tick() -> None:
    """One round; each part may be run twice or late without harm."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up first
    from django.db import close_old_connections  # noqa: PLC0415 - as above

    from folkmoot.apps.people import actions as people  # noqa: PLC0415 - as above
    from folkmoot.apps.places import exported, jobs  # noqa: PLC0415 - as above
    from folkmoot.apps.spend import actions as spend  # noqa: PLC0415 - as above
    from folkmoot.core.access import OPERATOR  # noqa: PLC0415 - as above
    from folkmoot.site.carrying import restoring  # noqa: PLC0415 - as above

    restoring.finish_left()
    # As before a request: a database that was started anew is asked again, not the connection to the old one.
    close_old_connections()
    jobs.hand_out_again()
    spend.mend_uploads(OPERATOR)
    people.look_after_records(OPERATOR)
    exported.sweep_exported()
    call_command("clearsessions", verbosity=0)


def main() -> None:
    """Ticks until told to end; a round that fails is told and tried again at the next."""
    django.setup()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while True:
            try:
                tick()
            except Exception:
                logger.exception("this minute's round failed")
            finally:
                # Nothing stays open while it sleeps: a restore waits for everybody to let go.
                connections.close_all()
            time.sleep(EVERY_SECONDS)
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
