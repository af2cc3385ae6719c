"""Are rows of one name and one body, without an id, one person or several?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.core.network.contacts.addresses import is_shared
from folkmoot.core.network.contacts.records import key
from folkmoot.core.network.people import PostSpell


@dataclass(frozen=True, slots=True)
class RowSaid:
    """What one row says of a person."""

    line: int
    name: str
    address: str
    spell: PostSpell


def parted(person: str, rows: Sequence[RowSaid]) -> dict[str, list[RowSaid]]:
    """The rows by person: addresses of their own in different posts are different people.

    Two addresses are one person's where a post is the same. A row without an address belongs to the one
    with its post, else to nobody of them. The order of the rows does not matter.

    >>> posts = [("a@b.example", "Clerk"), ("z@b.example", "Porter"), ("", "Porter")]
    >>> rows = [RowSaid(n, "Jo", mail, PostSpell(post=post)) for n, (mail, post) in enumerate(posts)]
    >>> {name: [row.line for row in held] for name, held in parted("jo", rows).items()}
    {'jo.a@b.example': [0], 'jo.z@b.example': [1, 2]}
    """
    groups = _groups(rows)
    if len(groups) < 2:
        return {person: list(rows)}
    names = {address: f"{person}.{min(group)}" for group in groups for address in group}
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.address in names and row.spell.post:
            titles[key(row.spell.post)].add(names[row.address])
    held: defaultdict[str, list[RowSaid]] = defaultdict(list)
    for row in rows:
        meant = titles.get(key(row.spell.post), set())
        sole = min(meant) if len(meant) == 1 else person
        held[names.get(row.address, sole)].append(row)
    return dict(held)


def _groups(rows: Sequence[RowSaid]) -> list[set[str]]:
    """The addresses of somebody's own, those together that share a post."""
    group_of: dict[str, set[str]] = {}
    by_title: dict[str, str] = {}
    for row in rows:
        if not row.address or is_shared(row.address):
            continue
        group_of.setdefault(row.address, {row.address})
        if title := key(row.spell.post):
            one, other = group_of[row.address], group_of[by_title.setdefault(title, row.address)]
            if one is not other:
                small, large = sorted((one, other), key=len)
                large |= small
                group_of.update(dict.fromkeys(small, large))
    return list({id(group): group for group in group_of.values()}.values())
