"""Who lives and works in Marram Bay, and in which posts?"""

from datetime import date

from folkmoot.core.network import Level
from folkmoot.demo import anchors
from folkmoot.demo.shapes import Body, Person, PostTold

COUNCIL, HEALTH, VOLUNTARY, RESIDENTS = "Council", "Health", "Voluntary", "Residents"
BUSINESS, HOUSING, EDUCATION = "Business", "Housing", "Education"
PARTS = (COUNCIL, HEALTH, VOLUNTARY, RESIDENTS, BUSINESS, HOUSING, EDUCATION)

BODIES = (
    Body("council", anchors.COUNCIL.name, COUNCIL, "public", "3,900 staff", anchor=True),
    Body("parish", "Saltby Parish Council", COUNCIL, "public", "£210,000 a year"),
    Body("hospital", anchors.HOSPITAL.name, HEALTH, "public", "5,200 staff", anchor=True),
    Body("surgery", "Harbour Street Surgery", HEALTH, "public", "46 staff"),
    Body("voluntary-action", "Marram Bay Voluntary Action", VOLUNTARY, "charity", "£640,000 a year"),
    Body("pantry", "The Groyne Pantry", VOLUNTARY, "charity", "£95,000 a year"),
    Body("arts", "Saltmarsh Arts", VOLUNTARY, "community interest company", "£310,000 a year"),
    Body("eastcliff", "Eastcliff Residents’ Association", RESIDENTS, "residents", "180 households"),
    Body("northshore", "Northshore Tenants’ Voice", RESIDENTS, "residents", "260 households"),
    Body("traders", "Marram Bay Traders’ Association", BUSINESS, "business", "140 member firms"),
    Body("dunlin", "Dunlin Engineering", BUSINESS, "business", "85 staff"),
    Body("homes", anchors.HOUSING.name, HOUSING, "housing association", "410 staff", anchor=True),
    Body("university", anchors.UNIVERSITY.name, EDUCATION, "public", "1,450 staff", anchor=True),
    Body("college", anchors.COLLEGE.name, EDUCATION, "public", "380 staff", anchor=True),
)

_ELECTED, _CHIEF, _MIDDLE = Level.ELECTED, Level.CHIEF, Level.MIDDLE
_FRONT, _NEXT = Level.FRONT_LINE, Level.NEXT_GENERATION

# By body: name, post, level, since[, until].
_Row = tuple[str, str, Level, date] | tuple[str, str, Level, date, date]
_ROSTER: dict[str, tuple[_Row, ...]] = {
    "council": (
        ("Nasreen Qureshi", "Leader of the council", _ELECTED, date(2023, 5, 18)),
        ("Gareth Lomax", "Cabinet member for finance", _ELECTED, date(2023, 5, 18)),
        ("Colin Thwaite", "Leader of the opposition", _ELECTED, date(2021, 5, 20)),
        ("Judith Carrow", "Chief executive", _CHIEF, date(2022, 9, 1)),
        ("Dan Whitlock", "Director of place", _CHIEF, date(2020, 2, 3), date(2027, 1, 31)),
        ("Femi Adebayo", "Director of finance", _CHIEF, date(2024, 4, 1)),
        ("Sam Penhale", "Deputy director of place", _MIDDLE, date(2023, 11, 6)),
        ("Grace Okafor", "Head of procurement", _MIDDLE, date(2021, 6, 14)),
        ("Priya Raman", "Assistant director of commissioning", _MIDDLE, date(2026, 4, 13)),
        ("Shabana Mirza", "Principal solicitor", _MIDDLE, date(2019, 10, 7)),
        ("Tom Aldous", "Neighbourhood officer", _FRONT, date(2018, 3, 26)),
        ("Ewan Baird", "Parks supervisor", _FRONT, date(2016, 5, 9)),
        ("Leanne Proctor", "Planning apprentice", _NEXT, date(2025, 9, 8)),
    ),
    "parish": (
        ("Winifred Hale", "Chair of the parish council", _ELECTED, date(2023, 5, 11)),
        ("Roger Amiss", "Parish clerk", _MIDDLE, date(2017, 1, 9)),
    ),
    "hospital": (
        ("Priya Raman", "Head of supplies", _MIDDLE, date(2020, 7, 20), date(2026, 4, 10)),
        ("Peter Langrish", "Chair of the trust", _CHIEF, date(2022, 1, 10)),
        ("Helen Marsh", "Chief executive", _CHIEF, date(2021, 3, 1)),
        ("Kwame Boateng", "Director of people", _CHIEF, date(2022, 11, 14)),
        ("Alistair Finch", "Director of finance", _CHIEF, date(2019, 8, 5)),
        ("Bethan Rees", "Catering manager", _MIDDLE, date(2015, 6, 1)),
        ("Olu Fashola", "Head of estates", _MIDDLE, date(2023, 2, 27)),
        ("Joyce Tulloch", "Ward sister", _FRONT, date(2009, 9, 14)),
        ("Mei Chau", "Resident doctor", _NEXT, date(2025, 8, 6)),
    ),
    "surgery": (
        ("Anita Solanki", "General practitioner and partner", _CHIEF, date(2014, 4, 1)),
        ("Rosa Kelleher", "Practice manager", _MIDDLE, date(2020, 10, 12)),
        ("Jamal Idris", "Link worker", _FRONT, date(2023, 6, 19)),
    ),
    "voluntary-action": (
        ("Brendan Foyle", "Chair of trustees", _CHIEF, date(2021, 11, 25)),
        ("Moira Stannard", "Chief executive", _CHIEF, date(2018, 9, 3)),
        ("Ruth Calder", "Partnership convenor", _MIDDLE, date(2024, 3, 4)),
        ("Hana Takeda", "Volunteering officer", _FRONT, date(2022, 5, 16)),
    ),
    "pantry": (
        ("Idris Parry", "Coordinator", _MIDDLE, date(2020, 4, 6)),
        ("Dilys Morgan", "Volunteer lead", _FRONT, date(2020, 5, 11)),
    ),
    "arts": (
        ("Marcus Webb", "Director", _CHIEF, date(2017, 2, 13)),
        ("Chloe Nwosu", "Youth producer", _NEXT, date(2024, 10, 7)),
    ),
    "eastcliff": (
        ("Yvonne Tapper", "Chair", _ELECTED, date(2022, 6, 30)),
        ("Barry Huckle", "Secretary", _FRONT, date(2019, 6, 27)),
        ("Maureen Platt", "Street steward", _FRONT, date(2021, 4, 15)),
        ("Aisha Noor", "Youth forum speaker", _NEXT, date(2025, 10, 2)),
    ),
    "northshore": (
        ("Stan Kowalczyk", "Repairs watch volunteer", _FRONT, date(2018, 10, 22)),
        ("Kezia Grant", "Chair", _ELECTED, date(2024, 7, 18)),
        ("Zoltan Varga", "Block steward", _FRONT, date(2023, 9, 28)),
    ),
    "traders": (
        ("Louise Bramhall", "Chair", _ELECTED, date(2023, 10, 17)),
        ("Kirsty Munro", "Café owner", _FRONT, date(2019, 3, 11)),
        ("Harold Ng", "Treasurer", _MIDDLE, date(2016, 11, 14)),
        ("Farah Siddiq", "Market trader", _FRONT, date(2021, 7, 5)),
    ),
    "dunlin": (
        ("Vikram Sethi", "Managing director", _CHIEF, date(2013, 1, 7)),
        ("Toby Pickering", "Apprentice fitter", _NEXT, date(2025, 9, 1)),
    ),
    "homes": (
        ("Ronald Achebe", "Chair of the board", _CHIEF, date(2023, 9, 20)),
        ("Denise Rowbotham", "Chief executive", _CHIEF, date(2021, 5, 4)),
        ("Callum Reid", "Director of property", _CHIEF, date(2018, 6, 11), date(2026, 8, 31)),
        ("Nadia Petrova", "Procurement manager", _MIDDLE, date(2022, 8, 15)),
        ("Steve Hallow", "Repairs team leader", _FRONT, date(2012, 10, 1)),
        ("Olivia Kemp", "Graduate trainee", _NEXT, date(2025, 9, 15)),
    ),
    "university": (
        ("Margaret Ives", "Vice-chancellor", _CHIEF, date(2022, 8, 1)),
        ("Simon Oduya", "Head of procurement", _MIDDLE, date(2020, 1, 13)),
        ("Carys Llewellyn", "Careers adviser", _FRONT, date(2019, 9, 16)),
        ("Ben Hathersage", "Students’ union president", _ELECTED, date(2026, 7, 1), date(2027, 6, 30)),
    ),
    "college": (
        ("Louise Bramhall", "Governor", _CHIEF, date(2025, 1, 14)),
        ("Rachel Dunmore", "Principal", _CHIEF, date(2023, 8, 21)),
        ("Tariq Mahmoud", "Head of construction", _MIDDLE, date(2017, 9, 4)),
        ("Graham Sowerby", "Estates manager", _MIDDLE, date(2014, 2, 24)),
        ("Wendy Osei", "Finance officer", _FRONT, date(2021, 12, 6)),
        ("Ellie Frostick", "Student governor", _NEXT, date(2026, 9, 7)),
    ),
}  # fmt: skip
# These residents gave no address.
_NO_ADDRESS = {"maureen-platt", "zoltan-varga", "dilys-morgan"}


def key_of(name: str) -> str:
    """The key of a person by name."""
    return name.lower().replace(" ", "-")


def _person(name: str) -> Person:
    key = key_of(name)
    return Person(key, name, "" if key in _NO_ADDRESS else f"{key.replace('-', '.')}@marram.example")


POSTS = tuple(
    PostTold(key_of(name), body, title, level, since, *until)
    for body, rows in _ROSTER.items()
    for name, title, level, since, *until in rows
)
# Each once, in the order of the roster, however many posts they hold or held.
PEOPLE = tuple(_person(name) for name in dict.fromkeys(row[0] for rows in _ROSTER.values() for row in rows))

# What stories and tests look for by name.
LEAVES_SOON = "dan-whitlock"
HAS_LEFT = "callum-reid"  # the post is vacant
MOVED = "priya-raman"
HOLDS_TWO_POSTS = "louise-bramhall"
