"""Which group did Polis put each person in?"""

from collections.abc import Mapping

from folkmoot.core.decide.opinions.files.refusing import wrong
from folkmoot.core.decide.opinions.files.texts import decoded, parsed
from folkmoot.core.decide.opinions.files.votes_json import id_text

Table = Mapping[str, object]


def read_membership(name: str, content: bytes) -> dict[str, str]:
    """The group of each person by the mathematics of Polis (`math-pca2.json`): a person is in a base cluster,
    and a base cluster in a group. Who is in no group is left out. Raises Refused for any other shape.

    >>> bases = b'"base-clusters": {"id": [4], "members": [[7, 8]]}'
    >>> told = b'{%s, "group-clusters": [{"id": 0, "members": [4]}]}' % bases
    >>> read_membership("math-pca2.json", told)
    {'7': '0', '8': '0'}
    """
    return membership(parsed(decoded(content, name), name), name)


def is_mathematics(told: object) -> bool:
    """Whether it is what Polis's mathematics writes."""
    return isinstance(told, dict) and ("group-clusters" in told or "base-clusters" in told or "pca" in told)


def membership(told: object, name: str) -> dict[str, str]:
    """The group of each person, from the parsed file."""
    if not isinstance(told, dict):
        raise wrong(name, "It holds no groups of Polis.", "Choose math-pca2.json.")
    group_of_base: dict[str, str] = {}
    for group in _list(told.get("group-clusters"), name):
        for base in _list(_key(group, "members", name), name):
            _put(group_of_base, _id(base, name), _id(_key(group, "id", name), name), name)
    person_of: dict[str, str] = {}
    for id_, members in _bases(told.get("base-clusters"), name):
        for person in _list(members, name):
            if id_ in group_of_base:
                _put(person_of, _id(person, name), group_of_base[id_], name)
    return person_of


def meta_of(told: object) -> tuple[frozenset[str], frozenset[str]]:
    """Statements that are meta, and those that a moderator has put out (Polis counts the meta ones among
    them; here they are not)."""
    meta, out = (_named(told, key) for key in ("meta-tids", "mod-out"))
    return meta, out - meta


def grouped_totals(told: object) -> dict[str, tuple[int, int]]:
    """How often agree and disagree were said to each statement by all who are in a group."""
    totals: dict[str, tuple[int, int]] = {}
    groups = told.get("group-votes") if isinstance(told, dict) else None
    for group in groups.values() if isinstance(groups, dict) else ():
        votes = group.get("votes") if isinstance(group, dict) else None
        for id_, counts in votes.items() if isinstance(votes, dict) else ():
            agree, disagree = (counts.get(key) for key in "AD") if isinstance(counts, dict) else (None, None)
            if isinstance(agree, int) and isinstance(disagree, int):
                before = totals.get(id_, (0, 0))
                totals[id_] = (before[0] + agree, before[1] + disagree)
    return totals


def _named(told: object, key: str) -> frozenset[str]:
    listed = told.get(key) if isinstance(told, dict) else None
    ids = [id_text(one) for one in listed] if isinstance(listed, list) else []
    return frozenset(one for one in ids if one)


def _bases(told: object, name: str) -> list[tuple[str, object]]:
    """Base clusters with their members, as lists side by side or as a list of records."""
    if isinstance(told, dict):
        ids, members = _list(told.get("id"), name), _list(told.get("members"), name)
        if len(ids) != len(members):
            raise wrong(name, "Its base clusters have not as many ids as lists of members.")
        return [(_id(one, name), listed) for one, listed in zip(ids, members, strict=True)]
    return [(_id(_key(one, "id", name), name), _key(one, "members", name)) for one in _list(told, name)]


def _list(told: object, name: str) -> list[object]:
    if not isinstance(told, list):
        raise wrong(name, "Its clusters have another shape than those of Polis.", "Choose math-pca2.json.")
    return told


def _key(told: object, key: str, name: str) -> object:
    if not isinstance(told, dict) or key not in told:
        raise wrong(name, f"A cluster has no “{key}”.", "Choose math-pca2.json.")
    return told[key]


def _id(told: object, name: str) -> str:
    id_ = id_text(told)
    if not id_:
        raise wrong(name, "A cluster names something that is no id.", "Choose math-pca2.json.")
    return id_


def _put(table: dict[str, str], one: str, group: str, name: str) -> None:
    if table.setdefault(one, group) != group:
        raise wrong(name, f"{one} is in two groups.", "Choose another math-pca2.json.")
