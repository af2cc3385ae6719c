"""What is looked after once a minute?"""

import logging
import os
import signal
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.site.settings")
EVERY_SECONDS = 60
logger = logging.getLogger(__name__)


def tick() -> None:
    """One round; each part may be run twice or late without harm."""
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up first

    from folkmoot.apps.places import jobs  # noqa: PLC0415 - as above
    from folkmoot.apps.spend import actions as spend  # noqa: PLC0415 - as above
    from folkmoot.core.access import OPERATOR  # noqa: PLC0415 - as above

    jobs.hand_out_again()
    spend.mend_uploads(OPERATOR)
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
            time.sleep(EVERY_SECONDS)
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
