"""Is each payee taken for what its name says: struck out, a person, an anchor, a cut name, a number?"""

import csv
import gzip
import io
import os
import random
from collections import Counter
from math import exp, log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.spend.reading.values.identifiers import Identifiers, bare_name, identifiers_in
from folkmoot.core.spend.reading.values.payees import cut_width, is_individual, is_redacted, is_same_body

OPEN_DATA = os.environ.get("FOLKMOOT_OPEN_DATA", "")

STRUCK = """Redacted|[Redacted]|Redcated|Redacetd|Redated Data|Readacted|Redactd|RedactedData|Redaction|REDACT
REDACTED PERSONAL DATA t/a Heatons Hire|REDACTED PERSONAL DATA TC Travel Svs Ltd
Personal Redacted Data|Redacting|Redacted Data Data|Name withheld|Witheld
Supplier name withheld - data protection|Personal Data|personal details|Data Protection Act 1998
GDPR|Confidential|Private & Confidential|Commercial in confidence|Exempt|Exempt under S40
Not disclosed|Not for publication|Undisclosed|Name Removed|Anonymised|XXXX|***|Mr XXXXX|XXX XXX
█████|redacted."""
NOT_STRUCK = """Redactive Publishing Ltd|REDACTIVE|Reacted Ltd|Redcar & Cleveland BC|Carbon Reduction
Chain Reaction|Personnel Hygiene|Personal Care Consultants|Confidential Shredding Ltd|Data Protection People
Exemplar|XXXIkea Business Accounts|XXX M.E.Mcdonald|Personal Account|Private Hire
Shopper Anonymous Manchester|XX|TX Maxx|The Confident Club|Redaction Services Ltd|Redspot Care
Foster carer|Private Individual|Alcoholics Anonymous||-|NA"""
PEOPLE = """Mr J Smith|MR. J. SMITH|Mr.J.Smith|Mrs A B Jones|Mr T A Smith|Mr J O'Brien|Dr A. De La Torre
Mr J Church|The Rev Paul Hillman|Revd Dr J Smith|Mr & Mrs J Smith|Smith, Mr J|SMITH J MRS
Cllr A Brown|John Smith Esq|Professor Ann Otherby Cbe|Mr J Smith 00123456|Individual
Private individual|Foster Carers|Foster Carer 123|Clients|Service users|Various Individuals
Tenant refund|Member of the public|Childminder|Care Leaver|Special Guardian|Staff|Estate of J Smith
Executors of the late Mrs Jones|Shared Lives Carer|Individual - name withheld"""
NOT_PEOPLE = """Dr A B White & Partners|Drs North, South & East|Dr AB Deepwater & Mr CD Hale
Mr Mobiles And P C|Mr J Marsh T/A Lion Motor Bodies|Mr Tom East/ Abc Recovery Services
Mr J Smith & Sons|Mr Smith & Co|Dr Martens|Dr Foster|Dr.Me|Dr Barnardos|Mr Clutch|Miss Tilly's
MS Minibuses|MS Society|REV Gomm Ltd|Sir Robert McAlpine|Sir Thomas Boteler Ce High School|Canon UK
Master Moves|Judge Properties|Major Singh Solicitors|Lord Mayor|Dr|NA
Hair Design Mrs A Bell So Trading|Moon Hair Ta Bell Mrs|4children|Client Account|Parallel Parents
Foster Cares|Customer Service|Child Care|Guardian|Salford Foster Carers Association|Staff Resources
Carers UK|John Smith|"""


def names(text: str) -> list[str]:
    return text.replace("\n", "|").split("|")


def test_struck_out_names_and_their_false_friends() -> None:
    assert [name for name in names(STRUCK) if not is_redacted(name)] == []
    assert [name for name in names(NOT_STRUCK) if is_redacted(name)] == []


def test_private_persons_and_firms_that_sound_like_them() -> None:
    assert [name for name in names(PEOPLE) if not is_individual(name)] == []
    assert [name for name in names(NOT_PEOPLE) if is_individual(name)] == []


@given(
    st.sampled_from(["redacted", "redaction"]),
    st.integers(0, 9),
    st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
)
def test_one_slip_of_the_keys_hides_no_redaction(word: str, at: int, letter: str) -> None:
    at = min(at, len(word) - 2)
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + letter + word[at:],
    ]
    friends = {"reacted", "reaction", "reduction", "redfaction"}  # words of their own
    assert [slip for slip in slips if is_redacted(f"{slip.title()} Data") == (slip in friends)] == []


@pytest.mark.parametrize(
    ("anchor", "same", "other"),
    [
        (
            "Salford City Council",
            "SALFORD CITY COUNCIL|Salford C.C.|Salford C C|City of Salford|Salford Council"
            "|The City of Salford|Council of the City of Salford|Salford City Council (Council Tax)"
            "|City of Salford MBC"
            "|Salford City Council - Accounts Receivable|Salford Metropolitan Borough Council",
            "Salford City Council Pension Fund|Friends of Salford City Council|Salford City FC|Salford City"
            "|Salford Town Council|Salford BC|Salford County Council|University of Salford"
            "|Council|City of||Salford|City of Salford College|City Of Salford Trampoline Club"
            "|Mayors Charity-Salford City Council|East Salford City Council"
            "|Salford Council for Voluntary Service"
            "|A Ltd t/a Salford City Council|Salford City Council Ltd",
        ),
        (
            "Trafford Council",
            "Trafford M.B.C.|Trafford MBC - SSD|Trafford  Council",
            "Trafford CC|Trafford BC|Trafford",
        ),
        ("Oxford City Council", "OXFORD CITY COUNCIL", "Oxfordshire County Council|Oxford County Council"),
        (
            "London Borough of Camden",
            "Camden Council|LB Camden",
            "Camden Town Council|London Borough of Hackney",
        ),
        (
            "University of Salford",
            "The Salford University|UNIV OF SALFORD",
            "University Of Salford Busy Bees",
        ),
        (
            "Manchester University NHS Foundation Trust",
            "Manchester University NHS FT|Manchester Uni NHSFT|Manchester University NHS Trust",
            "University of Manchester|Manchester University NHS|Manchester University NHS FT Charity",
        ),
        ("Salix Homes Ltd", "Salix Homes|SALIX HOMES LIMITED", "Salix Homes Developments Ltd"),
        (
            "Imperial College London",
            "IMPERIAL COLLEGE LONDON (Accounts Payable)",
            "Imperial College London Health",
        ),
        (
            "Imperial College Healthcare NHS Trust",
            "NHS0000RYJ01 : IMPERIAL COLLEGE HEALTHCARE NHS TRUST",
            "RYJ",
        ),
    ],
)
def test_an_anchor_is_known_by_its_spellings_and_by_nothing_else(anchor: str, same: str, other: str) -> None:
    assert [name for name in same.split("|") if not is_same_body(name, anchor)] == []
    assert [name for name in other.split("|") if is_same_body(name, anchor)] == []


def test_a_cut_name_counts_by_its_beginning_only_where_names_are_cut() -> None:
    anchor = "Greater Manchester Combined Authority"
    cut = anchor[:35]
    assert is_same_body(cut, anchor, cut_at=35)
    assert not is_same_body(cut, anchor)
    assert not is_same_body(cut, anchor, cut_at=40)
    assert not is_same_body("Greater Manchester Police Sports & S", "Greater Manchester Police", cut_at=36)
    assert not is_same_body("Greater", anchor, cut_at=7)


@pytest.mark.parametrize(
    ("name", "company_no", "vat_no", "payee_ref", "bare"),
    [
        ("UK0479435601 : Prime Care Solutions", "04794356", "", "UK0479435601", "Prime Care Solutions"),
        ("UKOC30367501 : Deloitte LLP", "OC303675", "", "UKOC30367501", "Deloitte LLP"),
        ("NHS0000RJ701 : St Georges NHST", "", "", "NHS0000RJ701", "St Georges NHST"),
        ("KINGS COLLEGE LONDON:03529700", "", "", "03529700", "KINGS COLLEGE LONDON"),
        ("A Ltd (Co. No. 01234567)", "01234567", "", "", "A Ltd"),
        ("A Ltd (Registered in England No 1234567)", "01234567", "", "", "A Ltd"),
        ("A Ltd VAT GB123456789", "", "GB123456789", "", "A Ltd"),
        ("A Ltd VAT Reg No: 123 4567 89", "", "GB123456789", "", "A Ltd"),
        ("A Ltd VAT Reg No: 123456789", "", "GB123456789", "", "A Ltd"),
        ("100234 - A Ltd", "", "", "100234", "A Ltd"),
        ("Redacted Data : 03529700", "", "", "", "Redacted Data"),
        ("UK0479435601 : Redacted", "", "", "", "Redacted"),
    ],
)
def test_numbers_inside_names(name: str, company_no: str, vat_no: str, payee_ref: str, bare: str) -> None:
    assert identifiers_in(name) == Identifiers(company_no, vat_no, payee_ref)
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    "name",
    names("""Premier Inn 44531690|Stockport Mbc(USE 30007386)|11:11 Systems UK|SH:24 CIC|2021 : A Film
GB Group|STOP HATE UK REG.CHARITY 1062692|A (Registered Charity No. 1062692)
Crs Vat Consulting|A Ltd 12:30"""),
)
def test_other_numbers_are_no_identifiers(name: str) -> None:
    assert (identifiers_in(name), bare_name(name)) == (Identifiers(), name)


def lengths(seed: int, size: int = 0) -> Counter[int]:
    """Lengths of 50 to 5,000 names drawn from one of four smooth laws whose measures the seed sets too."""
    draw = random.Random(seed)
    middle, spread, shape = draw.uniform(16, 28), draw.uniform(6, 11), draw.uniform(2.5, 4)
    laws = [
        lambda x: exp(-(((x - middle) / spread) ** 2) / 2),  # normal
        lambda x: x ** (2 * shape) * exp(-x * 2 * shape / middle),  # gamma
        lambda x: exp(-((log(x / middle) / 0.4) ** 2) / 2) / x,  # log-normal
        lambda x: x ** (shape - 1) * exp(-((x / middle) ** shape)),  # Weibull
    ]
    weights = [laws[seed % len(laws)](x) for x in range(3, 90)]
    return Counter(draw.choices(range(3, 90), weights, k=size or round(50 * 100 ** draw.random())))


def test_names_that_nobody_cut_never_look_cut() -> None:
    assert [seed for seed in range(1000) if cut_width(lengths(seed))] == []


@settings(max_examples=100)
@given(st.integers(0, 10_000), st.integers(0, 3))
def test_a_cut_through_the_body_of_names_is_found(seed: int, beyond: int) -> None:
    counts = lengths(seed, 1000)
    reach = sorted(counts.elements(), reverse=True)
    width = reach[100]  # a tenth of the names is at least so long
    cut = Counter(min(length, width) for length in reach) + Counter({width + 9: beyond})
    assert cut_width(cut) == width
    assert cut_width(Counter({7: 40, 8: 40})) == 0


@given(st.text(max_size=60), st.text(max_size=40), st.integers(0, 40))
def test_any_text_has_an_answer(name: str, anchor: str, cut_at: int) -> None:
    assert is_redacted(name) in {True, False}
    assert is_individual(name) in {True, False}
    assert is_same_body(name, anchor, cut_at=cut_at) in {True, False}
    if is_redacted(name):
        assert identifiers_in(name) == Identifiers()


@pytest.mark.slow
@pytest.mark.skipif(not OPEN_DATA, reason="FOLKMOOT_OPEN_DATA names no folder of open data")
@pytest.mark.parametrize(
    ("folder", "heading", "struck", "people", "width"),
    [
        ("salford_council", ("Supplier Name", "Vendor Name", "Supplier"), 26_575, 18, 35),
        ("manchester_council", ("Supplier Name",), 12_682, 1, 35),
        ("trafford_council", ("BeneficiaryName",), 77_232, 4, 35),
        ("oxford_council", ("Supplier Name",), 118, 2, 0),
    ],
)
def test_counts_checked_by_eye(folder: str, heading: tuple, struck: int, people: int, width: int) -> None:
    rows = Counter[str]()
    for path in sorted((Path(OPEN_DATA) / "spend" / folder).rglob("*.csv.gz")):
        if (folder, path.name) != ("salford_council", "2022-07.csv.gz"):  # a contracts register
            rows.update(_column(path, heading))
    assert sum(count for name, count in rows.items() if is_redacted(name)) == struck
    assert sum(count for name, count in rows.items() if is_individual(name)) == people
    assert cut_width(Counter(len(name.strip()) for name in rows)) == width


def _column(path: Path, headings: tuple) -> list[str]:
    content = gzip.decompress(path.read_bytes())
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    first, *rows = csv.reader(io.StringIO(text, newline=""))
    names = [name.strip() for name in first]
    at = min((names.index(name) for name in headings if name in names), default=None)
    assert at is not None, (path.name, names)
    return [row[at] for row in rows if len(row) > at]
