"""Is this payee one of the anchors itself?"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from folkmoot.core.spend.reading.values.identifiers import bare_name

_TRADING = re.compile(r"\bt[/ ]?as?\b|\btrading as\b")
_TOKENS = re.compile(r"[^\W_]+").findall
_LONE_LETTERS = re.compile(r"\b([a-z])[. ]{1,2}(?=[a-z]\b)")  # "C.C." and "M D C" are one word each
_SAME = {
    "uni": "university",
    "univ": "university",
    "hosp": "hospital",
    "hospitals": "hospital",
    "metro": "metropolitan",
    "bor": "borough",
    "gtr": "greater",
    "st": "saint",
    "ltd": "limited",
}
_SHORT = {
    "mbc": "metropolitan borough council",
    "mdc": "metropolitan district council",
    "lb": "london borough",
    "lbc": "london borough council",
    "nhsft": "nhs trust",
    "nhst": "nhs trust",
    "ft": "trust",
}
# A cricket or bowling club may be meant: these speak for a council only where the anchor's own name agrees.
_CLUB_OR_COUNCIL = {"cc": ("city", "county"), "bc": ("borough",), "dc": ("district",)}
_EMPTY = frozenset({"the", "of", "and", "for"})
_LEVELS = frozenset({"city", "county", "borough", "district", "town", "parish"})
_LOCAL = frozenset({"town", "parish"})
_PUBLIC = frozenset({"council", "university", "nhs", "police", "authority", "college", "trust"})
# Words behind the name that speak of the body's own desks, not of another body that bears its name.
_COUNTING_HOUSE = frozenset(
    _TOKENS("""
    account accounts accts acct receivable receiveable payable payments general main income finance treasurer
    treasurers department dept directorate exchequer creditors debtors cashiers payroll use see
    """)
)
_COUNCIL_DESKS = _COUNTING_HOUSE | frozenset(
    _TOKENS("""
    rates business nndr tax council benefits ssd social services adult adults childrens education highways
    planning legal licensing environmental health parking rents
    """)
)


@dataclass(frozen=True, slots=True)
class _Body:
    words: tuple[str, ...]  # in order, as written, for names that were cut
    name: Counter[str]  # without what only tells the kind of council
    council: bool
    levels: frozenset[str]
    metropolitan: bool
    in_order: tuple[str, ...]


def is_same_body(payee: str, anchor: str, *, cut_at: int = 0) -> bool:
    """Whether the payee is that anchor, under another spelling of the anchor's own name.

    Councils are the same when their place is and their level does not contradict: "City of Salford",
    "Salford Council" and "Salford C.C." are Salford City Council; Salford Town Council and Salford BC are
    not. Universities may turn their words, trusts may be foundation trusts, a desk ("Accounts Receivable")
    may follow, and of "A t/a B" it is A that counts. Any other word makes another body: a pension fund, a
    club, the friends of it. A name that fills `cut_at` characters, or stops one short of it, counts by its
    beginning. Initials alone ("GMCA") are not guessed: ask with them as the anchor.

    >>> city = "Salford City Council"
    >>> [is_same_body(name, city) for name in ("SALFORD CITY COUNCIL", "City of Salford", "Salford C.C.")]
    [True, True, True]
    >>> [is_same_body(name, city) for name in ("Salford City Council Pension Fund", "Salford City FC")]
    [False, False]
    >>> authority = "Greater Manchester Combined Authority"
    >>> is_same_body(authority[:35], authority, cut_at=35), is_same_body(authority[:35], authority)
    (True, False)
    """
    paid, wanted = _body(payee), _anchor(anchor)
    if not wanted.words or not paid.words:
        return False
    if cut_at and len(payee.strip()) in {cut_at, cut_at - 1} and _begins(wanted.words, paid.words):
        return True
    if wanted.council:
        return _same_council(paid, wanted)
    if "university" in wanted.name and paid.name == wanted.name:
        return True
    size = len(wanted.in_order)
    return paid.in_order[:size] == wanted.in_order and _COUNTING_HOUSE.issuperset(paid.in_order[size:])


def _begins(whole: tuple[str, ...], cut: tuple[str, ...]) -> bool:
    """Whether the cut words begin the whole ones; the last may be broken off. One word proves nothing."""
    last = len(cut) - 1
    return 1 <= last < len(whole) and cut[:last] == whole[:last] and whole[last].startswith(cut[last])


def _same_council(paid: _Body, wanted: _Body) -> bool:
    short = [level for word, levels in _CLUB_OR_COUNCIL.items() if word in paid.name for level in levels]
    if not paid.council and not wanted.levels.intersection(short):
        return False
    name = Counter({word: count for word, count in paid.name.items() if word not in _CLUB_OR_COUNCIL})
    if wanted.name - name or not wanted.name or not _COUNCIL_DESKS.issuperset(name - wanted.name):
        return False
    if (paid.levels ^ wanted.levels) & _LOCAL:
        return False  # a town or parish council beside the city or district of the same name
    if short and not wanted.levels.intersection(short):
        return False
    if not paid.levels or not wanted.levels or paid.levels & wanted.levels:
        return True
    cities = "city" in paid.levels | wanted.levels
    return cities and (paid.metropolitan or wanted.metropolitan)  # a metropolitan borough may be a city


@lru_cache(maxsize=256)
def _anchor(name: str) -> _Body:
    body = _body(name)
    if body.council or not _CLUB_OR_COUNCIL.keys() & body.name.keys():
        return body
    short = next(word for word in _CLUB_OR_COUNCIL if word in body.name)  # an anchor is no cricket club
    return _body(re.sub(rf"\b{short}\b", f"{_CLUB_OR_COUNCIL[short][0]} council", " ".join(body.in_order)))


@lru_cache(maxsize=1024)  # one payee is held against every anchor
def _body(name: str) -> _Body:
    text = bare_name(name).casefold().replace("'", "").replace("’", "")
    text = text.replace("m/cr", "manchester").replace("a/c", "account").replace("&", " and ")
    text = _LONE_LETTERS.sub(r"\1", _TRADING.split(text, maxsplit=1)[0])
    words = tuple(_SAME.get(word, word) for word in _TOKENS(text) if not word.isdigit())
    tokens = [part for word in words for part in _SHORT.get(word, word).split()]
    council = "council" in tokens or "borough" in tokens or tokens[:2] in (["city", "of"], ["county", "of"])
    council = council or tokens[:3] in (["the", "city", "of"], ["the", "county", "of"])
    kept = [word for at, word in enumerate(tokens) if not _says_kind(tokens, at, council)]
    if not council and _PUBLIC.isdisjoint(kept):
        kept = [word for word in kept if word != "limited"]
    levels = _LEVELS.intersection(tokens) if council else frozenset()
    whole = tuple(word for word in words if word not in _EMPTY)
    return _Body(whole, Counter(kept), council, levels, "metropolitan" in tokens, tuple(kept))


def _says_kind(tokens: list[str], at: int, council: bool) -> bool:
    """Whether the word tells only the kind of body, so that another spelling may leave it out."""
    word, after = tokens[at], tokens[at + 1 : at + 2]
    if word in _EMPTY:
        return True
    if word == "foundation":
        return after == ["trust"]
    if not council:
        return False
    return (
        word in _LEVELS
        or word in {"council", "metropolitan", "corporation"}
        or (word in {"london", "royal"} and after == ["borough"])
    )
