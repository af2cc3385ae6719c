"""Which commands are there, and which module answers each?"""

from importlib import import_module  # noqa: TID251  a command's module loads only when it is called

import click

from folkmoot.core.kernel.errors import FolkmootError

# Name of the sub-command: "module:object". Each module is loaded when its command is called or described.
COMMANDS = {
    "backup": "folkmoot.cli.place:backup",
    "convenor": "folkmoot.cli.convenor:convenor",
    "decide": "folkmoot.cli.decide:decide",
    "demo": "folkmoot.cli.demo:demo",
    "export": "folkmoot.cli.place:export",
    "import": "folkmoot.cli.place:import_",
    "learn": "folkmoot.cli.learn:learn",
    "network": "folkmoot.cli.network:network",
    "restore": "folkmoot.cli.place:restore",
    "serve": "folkmoot.cli.serve:serve",
    "spend": "folkmoot.cli.spend:spend",
    "verify": "folkmoot.cli.place:verify",
}


class LazyGroup(click.Group):
    """A group whose sub-commands are loaded when they are needed, so that every command starts fast."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """The names, without loading anything."""
        return sorted(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Load and answer one command."""
        if name not in COMMANDS:
            return None
        module, _, found = COMMANDS[name].partition(":")
        command = getattr(import_module(module), found)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[name]} is no command")
        return command

    def invoke(self, context: click.Context) -> object:
        """What went wrong is told in a sentence, a reason and a next step; exit code 1."""
        try:
            return super().invoke(context)
        except FolkmootError as error:
            click.echo(str(error), err=True)
            context.exit(1)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="folkmoot")
def main() -> None:
    """Folkmoot: the shared infrastructure that a place partnership works on."""
