"""Which known cast does every test and every page of the demonstration use? All of it is invented."""

from datetime import date

from folkmoot.core.access import Role
from folkmoot.demo.people import BODIES, PARTS, PEOPLE, POSTS, key_of
from folkmoot.demo.shapes import Account, Partnership
from folkmoot.demo.stances import ASKS, PROMISES, STANCES

MARRAM = Partnership(
    slug="marram-bay",
    place="Marram Bay",
    name="Marram Bay Anchor Network",
    purpose="Money that is already spent here should build lives here.",
    founded_on=date(2024, 3, 4),
    parts=PARTS,
)
# A second, small partnership on the same install: its convenor is an outsider to Marram Bay.
FELL_SIDE = Partnership(
    slug="fell-side",
    place="Fell Side",
    name="Fell Side Together",
    purpose="Nobody on the fell waits alone.",
    founded_on=date(2026, 2, 2),
    parts=("Council", "Health", "Residents"),
    target=8,
)
PARTNERSHIPS = (MARRAM, FELL_SIDE)


def _account(name: str, role: Role) -> Account:
    key = key_of(name)
    return Account(f"{key.replace('-', '.')}@marram.example", name, MARRAM.slug, role, key)


CONVENOR = _account("Ruth Calder", Role.CONVENOR)
CORE = _account("Moira Stannard", Role.CORE)
MEMBER = _account("Yvonne Tapper", Role.MEMBER)
OUTSIDER = Account("nell.garrity@fellside.example", "Nell Garrity", FELL_SIDE.slug, Role.CONVENOR)
ACCOUNTS = (
    CONVENOR,
    CORE,
    _account("Grace Okafor", Role.CORE),
    MEMBER,
    _account("Olu Fashola", Role.MEMBER),
    _account("Louise Bramhall", Role.MEMBER),
    OUTSIDER,
)

__all__ = [
    "ACCOUNTS",
    "ASKS",
    "BODIES",
    "CONVENOR",
    "CORE",
    "FELL_SIDE",
    "MARRAM",
    "MEMBER",
    "OUTSIDER",
    "PARTNERSHIPS",
    "PARTS",
    "PEOPLE",
    "POSTS",
    "PROMISES",
    "STANCES",
]
