"""How does the first convenor come in?"""

import os

import click


@click.command()
@click.argument("email")
@click.option("--name", required=True, help="The convenor's name.")
@click.option("--partnership", required=True, help="The partnership's name; founded when it is new.")
@click.option("--slug", required=True, help="Its name in addresses, such as marram-bay.")
@click.option("--place", required=True, help="The place it works in.")
@click.option("--purpose", default="", help="One line that says what it is for.")
def convenor(email: str, name: str, partnership: str, slug: str, place: str, purpose: str) -> None:
    """Found a partnership (when it is new) and let EMAIL convene it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.site.settings")
    from folkmoot.site.processes import prepare

    prepare()
    from folkmoot.apps.places.actions import admit_member, found_partnership
    from folkmoot.apps.places.queries import actor_for
    from folkmoot.core.access import OPERATOR, Role
    from folkmoot.core.kernel.errors import NotFound

    try:
        founded = actor_for(None, slug)[0]
    except NotFound:
        founded = found_partnership(OPERATOR, place=place, name=partnership, slug=slug, purpose=purpose)
    admit_member(OPERATOR, partnership_id=founded.id, email=email, name=name, role=Role.CONVENOR)
    click.echo(
        f"{founded.name} has a convenor: {name}. Run “folkmoot serve”, open its address, choose “Sign in” "
        "and ask for a code."
    )
