"""Who can take the places of those who declined, with every quota still kept?"""

from collections.abc import Collection
from dataclasses import replace

from folkmoot.core.decide.lottery.pool import Pool
from folkmoot.core.kernel.errors import Refused


def remaining(pool: Pool, selected: Collection[str], declined: Collection[str]) -> Pool:
    """The lottery for the places that came free: a pool of its own, to be drawn like any other.

    selected: the ids that were drawn; declined: those who will not come, drawn or not. Who stays counts
    towards the quotas, and nobody of their households can be drawn. Raises Refused for an id that is not in
    the pool, and where none of those drawn declined or too few people are left.

    >>> from folkmoot.core.decide.lottery.pool import Person, Quota
    >>> people = tuple(Person(one, ("young" if one < "c" else "old",)) for one in "abcdef")
    >>> pool = Pool(people, 3, (Quota("age", "young", 1, 1), Quota("age", "old", 2, 2)))
    >>> left = remaining(pool, ["a", "c", "d"], ["a"])
    >>> left.ids, left.size, [(one.value, one.low, one.high) for one in left.quotas]
    (('b', 'e', 'f'), 1, [('young', 1, 1), ('old', 0, 0)])
    """
    unknown = sorted({*selected, *declined} - set(pool.ids))
    if unknown:
        raise Refused(
            "No replacements were drawn.",
            f"Nobody in the pool has the id {', '.join(unknown)}.",
            "Check the ids.",
            field="declined",
        )
    staying = [one for one in pool.people if one.id in set(selected) - set(declined)]
    free = pool.size - len(staying)
    if not 0 < free <= pool.size or not set(selected) & set(declined):
        raise Refused(
            "No replacements were drawn.",
            "Nobody who was drawn has declined.",
            "Name those of the panel who will not come.",
            field="declined",
        )
    homes = {one.household for one in staying} - {""}
    out = {*selected, *declined}
    left = tuple(one for one in pool.people if one.id not in out and one.household not in homes)
    if len(left) < free:
        raise Refused(
            "No replacements were drawn.",
            f"{free} places are free, and {len(left)} people are left who could take them.",
            "Invite more people.",
            field="declined",
        )
    have = [
        (category, answer)
        for one in staying
        for category, answer in zip(pool.categories, one.answers, strict=True)
    ]
    quotas = []
    for quota in pool.quotas:
        there = have.count((quota.category, quota.value))
        quotas.append(replace(quota, low=max(quota.low - there, 0), high=max(quota.high - there, 0)))
    return Pool(left, free, tuple(quotas))
