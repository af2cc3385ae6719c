"""Which word does a word in a heading stand for?"""

from functools import lru_cache


@lru_cache(maxsize=4096)
def plain_words(folded: str) -> frozenset[str]:
    """The words of a folded heading, each as the word that it stands for: short forms, Welsh and Irish words,
    and long words with one letter wrong, lost, added or two swapped.

    >>> sorted(plain_words("swm net")), sorted(plain_words("suplier ref no"))
    (['amount', 'net'], ['no', 'ref', 'supplier'])
    """
    return frozenset(_STANDS_FOR.get(word) or _spelt(word) for word in folded.split())


def _spelt(word: str) -> str:
    if word in _SPELT or len(word) < _LONG or word in _NOT_MISSPELT:
        return word
    return next((known for known in _SPELT if known[0] == word[0] and _one_slip(known, word)), word)


def _one_slip(known: str, word: str) -> bool:
    same = 0
    while same < min(len(known), len(word)) and known[same] == word[same]:
        same += 1
    one, other = known[same:], word[same:]
    swapped = one[1::-1] == other[:2] and len(one) > 1 and one[2:] == other[2:]
    return swapped or one[1:] == other or one == other[1:] or one[1:] == other[1:]


_LONG = 6  # letters; a slip in a shorter word may well be another word
_SPELT = ("supplier", "amount", "payment", "vendor", "creditor", "payee", "beneficiary", "merchant",
          "transaction", "directorate", "department", "description", "reference")  # fmt: skip
_NOT_MISSPELT = {"supplied", "supplies"}
_STANDS_FOR = {
    short: word
    for word, shorts in {
        "supplier": "supp suppl cyflenwr soláthraí soláthróir",
        "vendor": "vend",
        "creditor": "cred credr",
        "beneficiary": "buddiolwr",
        "recipient": "derbynnydd",
        "name": "enw enwr ainm",
        "amount": "amt amnt swm symiau méid suim",
        "value": "val values gwerth luach",
        "total": "tot cyfanswm iomlán",
        "gross": "gros",
        "net": "nett",
        "vat": "taw cbl",
        "excluding": "excl exc ex exclusive eithrio heb",
        "including": "incl inc inclusive gan",
        "date": "dte dyddiad dáta",
        "month": "mis mí",
        "payment": "pmt pymt payt talu taliad íocaíocht",
        "paid": "talwyd íoctha",
        "transaction": "trans tran trafodyn",
        "invoice": "inv anfoneb sonrasc",
        "document": "doc",
        "posting": "pstng",
        "reference": "cyfeirnod tagairt",
        "number": "num nbr rhif uimhir",
        "description": "desc descr disgrifiad",
        "department": "dept adran roinn",
        "directorate": "cyfarwyddiaeth",
        "service": "gwasanaeth seirbhís",
        "category": "categori catagóir",
        "purpose": "diben pwrpas cuspóir",
    }.items()
    for short in shorts.split()
}
