"""How is Folkmoot run for real?"""

import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable

import click

from folkmoot.core.kernel.errors import Refused

READY_WITHIN_SECONDS = 60


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
def serve(host: str, port: int) -> None:
    """Run the server: two web workers, a task worker and a tick, ended together."""
    run_household(host, port, lambda address: click.echo(f"Folkmoot is at {address}"))


def run_household(host: str, port: int, when_ready: Callable[[str], None]) -> None:
    """Prepares, starts, says when it is ready, and waits for the end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.site.settings")
    from folkmoot.site.processes import Household, commands, prepare

    _require_free(host, port)
    prepare()
    household = Household(os.environ)
    household.start(commands(host, port))
    address = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}/"  # noqa: S104 - compared, not bound
    threading.Thread(target=_say_when_ready, args=(address, when_ready), daemon=True).start()
    ended = household.watch()
    household.end()
    if ended:
        click.echo(
            f"The {ended} process ended by itself, so Folkmoot stopped. Its last words are above.", err=True
        )
        sys.exit(1)


def _require_free(host: str, port: int) -> None:
    try:
        # As the server itself asks: a port that was let go of a moment ago is free.
        socket.create_server((host, port), reuse_port=False).close()
    except OSError as error:
        raise Refused(
            f"Folkmoot cannot listen on {host}, port {port}.",
            f"{error.strerror or error}.",
            "End what listens there, or name another port with --port.",
        ) from error


def _say_when_ready(address: str, when_ready: Callable[[str], None]) -> None:
    from django.conf import settings

    # By a name under which it answers: behind a proxy that may be the public one alone.
    name = next((host for host in settings.ALLOWED_HOSTS if "*" not in host and host[:1] != "."), "localhost")
    ask = urllib.request.Request(f"{address}healthz", headers={"Host": name})  # noqa: S310 - our own address
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(ask, timeout=5) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    when_ready(address)
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    click.echo("Folkmoot did not answer within a minute; see what it says above.", err=True)
