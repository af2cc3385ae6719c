"""Could these two names be one person's?"""

import re
import unicodedata

TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "baroness",
     "cllr", "councillor", "rev", "revd", "reverend", "canon", "fr", "imam", "rabbi", "hon")
)  # fmt: skip
# Letters behind a name. A name that is one of them alone keeps it.
LETTERS = frozenset(
    ("obe", "mbe", "cbe", "kbe", "dbe", "mp", "mep", "ms", "msp", "jp", "dl", "qc", "kc", "phd", "dphil",
     "ma", "msc", "bsc", "ba", "mba", "frcp", "frcs", "mrcgp", "frsa", "fca", "acca", "cpfa", "rn", "jr",
     "sr", "esq")
)  # fmt: skip
# Short forms in everyday British use; each group is one name. Only offered or used where more agrees.
_GROUPS = """
alexander alex al sandy|alexandra alex sandra lexi|alfred alf alfie|andrew andy drew|anthony antony tony
barbara barb babs|benjamin ben benny|bernard bernie|catherine katherine kathryn cathy kathy kate katie kat
charles charlie chas|charlotte charlie lottie|christine christina chris tina|christopher chris kit
daniel dan danny|david dave davey|deborah debra debbie deb|dominic dom|donald don|dorothy dot dottie
edward ed eddie ted teddy ned|eleanor ellie nell|elizabeth elisabeth liz lizzie beth betty eliza libby
emily em emmy|emma em|frances fran frankie|francis frank|frederick fred freddie|gabriel gabe|geoffrey geoff
george georgie|gerald gerry|gillian gill jill|gregory greg|harold harry|harriet hattie|helen nell
henry harry hal|hugh hughie|imogen immy|isabel isabella izzy bella|jacqueline jackie|jacob jake
james jim jimmy jamie|janet jan|jennifer jen jenny|jeremy jerry jez|jessica jess jessie|joanna joanne jo
john jack johnny|jonathan jon jonny|joseph joe joey|josephine jo josie|joshua josh|judith judy jude
julia julie|kenneth ken|kimberley kim|laurence lawrence larry|leonard len lenny|leslie les|lucinda lucy
madeleine maddy|margaret maggie meg peggy|martin marty|matthew matt|maximilian max|megan meg
michael mike mick mickey|mohammed mohamed muhammad mohammad mo|natalie nat|natasha tasha
nathaniel nathan nat|nicholas nick nicky|nicola nicky|oliver olly ollie|olivia liv|pamela pam
patricia pat trish|patrick pat paddy|penelope penny|peter pete|philip phillip phil|philippa pippa
priscilla cilla|rachel rach|raymond ray|rebecca becky becca|richard rich rick dick
robert rob bob bobby robbie|roderick rod|ronald ron|rosemary rose|samantha sam|samuel sam|sarah sara sally
sebastian seb|sharon shaz|simon si|stephanie steph|stephen steven steve|stuart stewart stu|susan sue susie
suzanne sue|teresa theresa terry tess|terence terry|thomas tom tommy|timothy tim|valerie val|veronica ronnie
victoria vicky tori|vincent vince|walter wally|wilfred wilf|william will bill billy liam|winifred winnie
zachary zac zach
"""
_FORMS: dict[str, frozenset[int]] = {}
for _number, _group in enumerate(_GROUPS.replace("\n", "|").split("|")):
    for _form in _group.split():
        _FORMS[_form] = _FORMS.get(_form, frozenset()) | {_number}

_APOSTROPHES = re.compile("['’‘`´ʼ]")
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def in_order(name: str) -> str:
    """A name that stands surname first, turned round; any other name as it is.

    >>> in_order("O'Hare, Dr Mary-Jane"), in_order("Ann Lee, OBE"), in_order("Ann Lee")
    ("Dr Mary-Jane O'Hare", 'Ann Lee, OBE', 'Ann Lee')
    """
    surname, comma, rest = (piece.strip() for piece in name.partition(","))
    if not comma or not surname or not rest or "," in rest or len(surname.split()) > 3:
        return name
    behind = [word for word in _plain(rest) if word not in TITLES]
    if not behind or all(word in LETTERS for word in behind):
        return name
    return f"{rest} {surname}"


def words_of(name: str) -> tuple[str, ...]:
    """The name as it is compared: without titles and letters behind it, accents, marks and capitals.

    >>> words_of("Dr. Zoë O’Neill-Ård MBE") == words_of("oneill ard, ZOE")
    True
    """
    words = _plain(in_order(name))
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    while len(words) > 2 and words[-1] in LETTERS:
        words = words[:-1]
    return words


def same(one: str, other: str) -> bool:
    """Whether two names are one, but for titles, accents, marks, capitals and their order.

    >>> same("Lee, Ann", "Ms ANN LEE"), same("Ann Lee", "Anna Lee")
    (True, False)
    """
    return words_of(one) == words_of(other)


def near(one: str, other: str) -> bool:
    """Whether the surname is the same and the first names are forms of one name; an initial is not enough.

    >>> near("Bob Oke", "Robert Oke"), near("B Oke", "Ben Oke"), near("Ann Oke", "Ben Oke")
    (True, False, False)
    """
    mine, theirs = words_of(one), words_of(other)
    return mine == theirs or (_surname(mine) == _surname(theirs) and _forms(mine[:1], theirs[:1]))


def by_initial(one: str, other: str) -> bool:
    """Whether the surname is the same and one has only the initial of the other's first name.

    >>> by_initial("B. Oke", "Ben Oke"), by_initial("Bob Oke", "Ben Oke")
    (True, False)
    """
    mine, theirs = words_of(one), words_of(other)
    if len(mine) < 2 or len(theirs) < 2 or _surname(mine) != _surname(theirs):
        return False
    return mine[0][0] == theirs[0][0] and 1 in (len(mine[0]), len(theirs[0]))


def alike(one: str, other: str) -> bool:
    """Whether two names at one address could be one person's: the first name agrees (people marry), or
    else the surname and the first letter.

    >>> alike("Ann Lee", "Ann Holt"), alike("B. Oke", "Ben Oke"), alike("Ann Oke", "Ben Oke")
    (True, True, False)
    """
    mine, theirs = words_of(one), words_of(other)
    if not mine or not theirs:
        return mine == theirs
    if mine[0] == theirs[0] or (_surname(mine) == _surname(theirs) and mine[0][0] == theirs[0][0]):
        return True
    return near(one, other)


def one_letter_off(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names differ by one letter more, less or other, or by two that changed places.

    >>> one_letter_off(("ada", "quill"), ("ada", "quil")), one_letter_off(("ada", "q"), ("ida", "r"))
    (True, False)
    """
    a, b = " ".join(one), " ".join(other)
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    x, y = a[start:], b[start:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[1::-1] == y[:2] and x[2:] == y[2:])


def made_id(name: str, organisation: str) -> str:
    """The id of a person whose row has none: the words of name and organisation.

    >>> made_id("Ann  LEE", "Town Hall")
    'ann-lee.town-hall'
    """
    return ".".join(filter(None, (joined_words(name), joined_words(organisation))))


def joined_words(text: str) -> str:
    """The words of a text in small letters, joined by dashes.

    >>> joined_words("Town  Hall!")
    'town-hall'
    """
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", text).casefold()).strip("-")


def _plain(name: str) -> tuple[str, ...]:
    bare = unicodedata.normalize("NFKD", name.casefold().translate(_STROKES))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter)).translate(_STROKES)
    return tuple(re.findall(r"[^\W_]+", _APOSTROPHES.sub("", bare)))


def _surname(words: tuple[str, ...]) -> str:
    return words[-1] if len(words) > 1 else ""


def _forms(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether two first names are one name in two forms."""
    if not mine or not theirs:
        return False
    return mine == theirs or bool(_FORMS.get(mine[0], frozenset()) & _FORMS.get(theirs[0], frozenset()))
