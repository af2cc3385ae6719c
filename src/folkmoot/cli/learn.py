"""What do we learn from the command line?"""

import click

from folkmoot.cli.voices import voices


@click.group()
def learn() -> None:
    """What we learn about how the partnership works, and for whom."""


learn.add_command(voices)
