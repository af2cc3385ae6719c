"""How does the demonstration start?"""

import os
import sys
from pathlib import Path

import click

ENDS_AT = "2026-11-16T09:00:00+00:00"


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="0.0.0.0 lets phones on your network join."
)
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--serve/--no-serve", default=True, show_default=True, help="Serve the town, or only tell its story."
)
def demo(host: str, port: int, serve: bool) -> None:
    """Tell the story of a fictional town, and serve it with a sign-in link for each of its people."""
    folder = Path(os.environ.get("FOLKMOOT_DATA", "var/demo")).resolve()
    os.environ |= {
        "FOLKMOOT_DATA": str(folder),
        # A story is told into a file of its own, never into the database that real work is kept in.
        "DATABASE_URL": "",
        "FOLKMOOT_DEMO": "1",
        "FOLKMOOT_CLOCK": ENDS_AT,
        "DJANGO_SETTINGS_MODULE": "folkmoot.site.settings",
    }
    if host not in ("127.0.0.1", "localhost"):
        # Phones on the network know this machine by an address that nobody can foresee.
        os.environ["FOLKMOOT_HOSTS"] = "*"
    from folkmoot.demo import tell

    tell.unless_told(folder, say=lambda words: click.echo(words, err=True))
    if not serve:
        _say_links(f"http://{host}:{port}/")
        return
    from folkmoot.cli.serve import run_household

    run_household(host, port, _say_links)


def _say_links(address: str) -> None:
    from folkmoot.demo.links import sign_in_links

    click.echo(f"\nMarram Bay is at {address}\n")
    for link in sign_in_links(address):
        click.echo(f"  {link.who:<44} {link.url}")
    click.echo("\nA demonstration: everything in it is invented. Ctrl-C ends it.")
    sys.stdout.flush()
