"""Was a private person paid, by name or in general words?"""

import re

from folkmoot.core.spend.reading.values.identifiers import bare_name

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*").findall
# Canon, Judge, Lord, Lady, Major and Master are left out: in published files they begin firms and schools.
_TITLES = frozenset(
    _WORDS("""
    mr mrs ms miss mx dr prof professor rev revd reverend sir dame baroness cllr councillor rabbi
    imam pastor
    """)
)
_AFTER_SURNAME = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "cllr"})
_MOST_WORDS = 4
# Words of a firm, practice, trade or body. Those that are as often surnames (Church, Hall, Law) are left out.
_FIRM = frozenset(
    _WORDS("""
    ltd limited lt plc llp lp inc cic cio gmbh company corp corporation partners partner partnership
    assoc associates association solicitors solicitor chambers barristers accountants architects
    surveyors surgery surgeries practice practices medical dental dentist clinic centre center
    pharmacy pharmaceuticals pharma chemist health healthcare care trust charity foundation fund
    society club school schools academy college university nursery nurseries playgroup preschool
    council board service services svcs solutions systems group grp holdings enterprise enterprises
    trading traders trader store stores shop shops supply supplies supplier hire rental rentals cars
    taxi taxis travel travels tours coaches minibuses minibus transport haulage removals motors
    motor garage autos auto automotive tyres tyre recovery building builders builder construction
    constructions contractor contractors contracting joinery joiners plumbing plumbers heating
    electrical electrics electric electricals roofing roofers decorating decorators flooring carpets
    glazing windows fencing landscapes landscaping gardening cleaning cleaners catering caterers
    cafe restaurant restaurants bakery butchers foods food pizza takeaway hotel guesthouse inn
    lettings letting properties property estates homes housing consulting consultancy consultants
    consultant training coaching education educational tuition psychology psychological psycho
    therapy therapies physiotherapy media design designs studio studios photography films film
    productions music entertainment entertainments print printing publishing publications books
    insurance finance financial engineering engineers security fitness sports sport international uk
    europe online com www technologies technology software digital equipment products industries
    manufacturing workshop project projects agency recruitment bros brothers sons son daughter
    daughters limite management enterprize maintenance renovations repairs repair laboratories labs
    diagnostics diagnostic kitchen kitchens mobiles phones sweets computers appliances furniture
    bikes bike cycles florist flowers jewellers opticians opticals vets veterinary kennels charities
    appeal committee festival theatre theatres museum gallery arts events event outfitters school's
    nhs bank
    """)
)
_TRADING = re.compile(
    r"\bt[/\\]|\bt-a\b|\btas?\b(?= \w)|\btrading\b|& ?co\b|\band co\b|\bc/o\b|@|\*|www\.", re.IGNORECASE
)
_BRANDS = re.compile(
    r"(?:mr (?:clutch|muscle|kipling|porter|whippy|electric|bagel|lube|tyre|sparkle|men|fothergill)"
    r"|mrs (?:crimble|beeton)|miss (?:selfridge|guided|england)|sir robert mcalpine|sir frederick snow"
    r"|dr (?:martens?|foster|pepper|oetker|reddys?|scholls?|bike|doctor|falk|sch[aä]e?r|schumacher|organic|me"
    r"|barnardos?)|thomas etty"
    r"|ms (?:society|trust|amlin|action|therapy|research))\b"
)
# Pairs that name a person where their single words name a desk or a firm ("Customer Service", "Child Care").
_PAIRS = re.compile(
    r"\b(?:service users?|care leavers?|child ?minders?|(?:special|legal) guardians?|respite carers?"
    r"|(?:foster|kinship)(?: care)? (?:carers?|parents?|payments?)|members? of (?:the )?public)\b"
)
_PERSON_WORDS = frozenset(
    _WORDS(""" PAIR individual individuals person persons client clients tenant tenants resident residents
    customer customers claimant claimants citizen citizens employee employees staff member members student
    students pupil pupils parent parents patient patients adopter adopters landlord landlords volunteer
    volunteers householder householders applicant applicants carer carers recipient recipients beneficiary
    payee child children witness witnesses
    """)
)
_ROUND_THEM = frozenset(
    _WORDS(""" a an the of and to for or by private named unnamed name names various sundry multiple other
    others misc miscellaneous one off time vulnerable foster fostering kinship adoptive adult young personal
    budget holder direct payment payments refund refunds reimbursement reimbursements expense expenses
    allowance allowances not disclosed withheld redacted anonymised anonymous respite family supported
    lodgings shared lives rent driver
    """)
)
_RUN_ON = re.compile(r"\d[^\W\d_]").search  # "4children" is a charity's name
_ESTATE = re.compile(
    r"(?:the late |(?:the )?estate of|executors? (?:of|for)|exors? of|personal rep(?:resentative)?s? of)"
)


def is_individual(payee: str) -> bool:
    """Whether the payee is a private person: a titled name, or general words such as "Foster carer".

    A titled name is a title and one to four further words, or a surname with title and initials after it,
    with no word of a firm, trade or practice among them and no possessive; known brands (Dr Martens) are
    spared. General words count when the name holds nothing else. An untitled name ("John Smith") cannot be
    told from a firm's and does not count.

    >>> [is_individual(name) for name in ("Mr J Smith", "Smith, Mrs A", "The Rev J Moss", "Foster Carers")]
    [True, True, True, True]
    >>> [is_individual(name) for name in ("Dr J White & Partners", "Mr L Brooks T/A The News", "Dr Martens")]
    [False, False, False]
    """
    name = bare_name(payee)
    words = [word.casefold() for word in _WORDS(name)]
    if not words:
        return False
    return _is_titled(name, words) or _is_estate(name, words) or (_is_general(words) and not _RUN_ON(name))


def _is_titled(name: str, words: list[str]) -> bool:
    if words[0] == "the":
        words = words[1:]
    if not _has_title(words) or _is_firm(name, words):
        return False
    if "dr" in words and "mrs" not in words and not _TITLES.isdisjoint(words[2:]):
        return False  # "Dr J Smith & Mr A Jones" share a practice
    further = [word for word in words if word not in _TITLES and word != "and"]
    return 1 <= len(further) <= _MOST_WORDS and any(len(word) > 1 for word in further)


def _has_title(words: list[str]) -> bool:
    """A title in front, or "Smith Mr J", "Smith J Mr", or an esquire."""
    if not words:
        return False
    if words[0] in _TITLES or words[-1] in {"esq", "esquire"}:
        return True
    initials = 1
    while initials < len(words) and len(words[initials]) == 1:
        initials += 1
    return len(words[0]) > 1 and initials < len(words) and words[initials] in _AFTER_SURNAME


def _is_firm(name: str, words: list[str]) -> bool:
    if not _FIRM.isdisjoint(words) or _TRADING.search(name) or _BRANDS.match(" ".join(words)):
        return True
    figures = sum(sign.isdigit() for sign in name)
    possessive = any(word.endswith(("'s", "’s")) for word in words)
    return possessive or 0 < figures < 4  # "Mr Tyre 4 U"; a longer number is the payer's own reference


def _is_estate(name: str, words: list[str]) -> bool:
    return bool(_ESTATE.match(" ".join(words))) and not _is_firm(name, words) and len(words) > 2


def _is_general(words: list[str]) -> bool:
    """Nothing but general words for a person and the words that stand round them."""
    said = {*_PAIRS.sub("PAIR", " ".join(words)).split()}
    return not _PERSON_WORDS.isdisjoint(said) and (_PERSON_WORDS | _ROUND_THEM).issuperset(said)
