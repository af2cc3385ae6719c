"""Who lives and works in Marram Bay? Everybody and everything here is invented."""

from dataclasses import dataclass
from datetime import date

from folkmoot.core.access import Role
from folkmoot.demo.anchors import COLLEGE, COUNCIL, HOSPITAL, HOUSING, UNIVERSITY

PLACE = "Marram Bay"
PARTNERSHIP = "Marram Bay Anchor Network"
SLUG = "marram-bay"
PURPOSE = "Money that is already spent here should build lives here."
FOUNDED_ON = date(2024, 3, 4)
PARTS = ("Council", "Health", "Voluntary", "Residents", "Business", "Housing", "Education")


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation: its part, sector and size, and whether it is an anchor."""

    name: str
    part: str
    sector: str
    size: str
    anchor: bool = False


BODIES = (
    Body(COUNCIL.name, "Council", "public", "over 1,000 staff", anchor=True),
    Body(HOSPITAL.name, "Health", "public", "over 1,000 staff", anchor=True),
    Body(UNIVERSITY.name, "Education", "public", "over 1,000 staff", anchor=True),
    Body(COLLEGE.name, "Education", "public", "250 to 1,000 staff", anchor=True),
    Body(HOUSING.name, "Housing", "social", "50 to 250 staff", anchor=True),
    Body("Bay Family Practices", "Health", "public", "50 to 250 staff"),
    Body("Marram Voluntary Forum", "Voluntary", "voluntary", "10 to 50 staff"),
    Body("Harbour Youth Project", "Voluntary", "voluntary", "10 to 50 staff"),
    Body("Green Shift", "Voluntary", "voluntary", "under 10 staff"),
    Body("Three Loaves CIC", "Voluntary", "social", "under 10 staff"),
    Body("Fellgate Residents", "Residents", "community", "no staff"),
    Body("Harbour Tenants' Circle", "Residents", "community", "no staff"),
    Body("Marram Chamber of Trade", "Business", "private", "under 10 staff"),
    Body("Marram Kitchen Co-op", "Business", "co-operative", "10 to 50 staff"),
    Body("Lapwing Engineering", "Business", "private", "50 to 250 staff"),
)

CHAMBER, FORUM, PRACTICES = "Marram Chamber of Trade", "Marram Voluntary Forum", "Bay Family Practices"
YOUTH, GREEN, LOAVES = "Harbour Youth Project", "Green Shift", "Three Loaves CIC"
FELLGATE, TENANTS, KITCHEN, LAPWING = (
    "Fellgate Residents",
    "Harbour Tenants' Circle",
    "Marram Kitchen Co-op",
    "Lapwing Engineering",
)

# Who holds which post, from when, and until when where that is known: name, body, post, level, from, to.
Spell = tuple[str, str, str, str, str, str]
POSTS: tuple[Spell, ...] = (
    ("Ruth Adeyemi", COUNCIL.name, "Leader of the council", "elected", "2023-05-12", ""),
    ("Colin Hartley", COUNCIL.name, "Cabinet member for inclusive growth", "elected", "2023-05-12", ""),
    ("Shabnam Mirza", COUNCIL.name, "Chair of scrutiny", "elected", "2022-05-09", ""),
    ("Gareth Penhale", COUNCIL.name, "Chief executive", "chief", "2021-09-01", ""),
    ("Dan Okoro", COUNCIL.name, "Head of procurement", "middle", "2020-02-03", "2027-01-31"),
    ("Sam Whitlock", COUNCIL.name, "Category manager", "middle", "2022-06-13", ""),
    ("Priya Nair", COUNCIL.name, "Director of finance", "chief", "2022-01-10", ""),
    ("Beth Calloway", COUNCIL.name, "Catering supervisor", "front line", "2016-04-04", ""),
    ("Tomasz Zielinski", COUNCIL.name, "Parks team leader", "front line", "2018-03-01", ""),
    ("Amy Drinkwater", COUNCIL.name, "Graduate trainee", "next generation", "2025-09-08", ""),
    ("Hugh Merriman", COUNCIL.name, "Director of place", "chief", "2019-07-01", "2025-12-31"),
    ("Nadia Faulkner", COUNCIL.name, "Director of place", "chief", "2026-02-02", ""),
    ("Imogen Farrow", HOSPITAL.name, "Chief executive", "chief", "2020-11-02", ""),
    ("Kwame Boateng", HOSPITAL.name, "Director of estates", "chief", "2021-03-15", ""),
    ("Lucy Hargreaves", HOSPITAL.name, "Head of supplies", "middle", "2019-05-20", ""),
    ("Marek Dvorak", HOSPITAL.name, "Ward housekeeper", "front line", "2017-08-07", ""),
    ("Grace Tollemache", HOSPITAL.name, "Non-executive director", "elected", "2024-04-01", "2027-03-31"),
    ("Femi Ayodele", HOSPITAL.name, "Apprentice in estates", "next generation", "2025-09-01", ""),
    ("Joan Sedgwick", PRACTICES, "Practice partner", "chief", "2015-01-05", ""),
    ("Rukhsana Iqbal", PRACTICES, "Link worker", "front line", "2022-10-10", ""),
    ("Stuart Blenkin", PRACTICES, "Practice manager", "middle", "2020-06-01", ""),
    ("Helen Varley", UNIVERSITY.name, "Vice-chancellor", "chief", "2023-08-01", ""),
    ("Oliver Tan", UNIVERSITY.name, "Director of finance", "chief", "2022-09-05", ""),
    ("Mei Lin Foster", UNIVERSITY.name, "Head of procurement", "middle", "2021-01-11", ""),
    ("Jack Pomfret", UNIVERSITY.name, "Students' union president", "elected", "2026-07-01", "2027-06-30"),
    ("Zara Haddad", UNIVERSITY.name, "Research student", "next generation", "2024-10-01", ""),
    ("Peter Rowntree", COLLEGE.name, "Principal", "chief", "2018-09-03", ""),
    ("Carys Bevan", COLLEGE.name, "Head of apprenticeships", "middle", "2021-09-06", ""),
    ("Leon Achebe", COLLEGE.name, "Catering lecturer", "front line", "2019-09-02", ""),
    ("Maisie Thwaite", COLLEGE.name, "Learner voice officer", "next generation", "2025-10-06", ""),
    ("Douglas Imrie", HOUSING.name, "Chief executive", "chief", "2017-04-03", ""),
    ("Anneka Visser", HOUSING.name, "Director of homes", "chief", "2023-02-13", ""),
    ("Ian Sproule", HOUSING.name, "Repairs manager", "middle", "2020-09-14", ""),
    ("Teresa Okafor", HOUSING.name, "Neighbourhood officer", "front line", "2021-11-01", ""),
    ("Miriam Castell", FORUM, "Director", "chief", "2019-03-04", ""),
    ("Jo Larkin", FORUM, "Partnership connector", "middle", "2024-03-04", ""),
    ("Ellis Brand", FORUM, "Trustee", "elected", "2022-10-17", ""),
    ("Winston Grey", YOUTH, "Chief executive", "chief", "2016-06-06", ""),
    ("Safiya Rahman", YOUTH, "Youth worker", "front line", "2023-01-09", ""),
    ("Callum Frost", YOUTH, "Young trustee", "next generation", "2025-04-01", ""),
    ("Hannah Bright", GREEN, "Co-ordinator", "middle", "2021-05-03", ""),
    ("Owen Prosser", GREEN, "Grounds trainer", "front line", "2022-03-07", ""),
    ("Fatima Yusuf", LOAVES, "Founder", "chief", "2018-02-01", ""),
    ("Ben Hallam", LOAVES, "Baker", "front line", "2020-08-10", ""),
    ("Doreen Maddox", FELLGATE, "Chair", "elected", "2021-03-20", ""),
    ("Abdul Karim", FELLGATE, "Treasurer", "elected", "2022-03-19", ""),
    ("Lorna Fitch", FELLGATE, "Street champion", "front line", "2023-06-01", ""),
    ("Kayleigh Moss", FELLGATE, "Young resident", "next generation", "2025-01-15", ""),
    ("Victor Salinas", TENANTS, "Chair", "elected", "2020-10-05", ""),
    ("Moira Keane", TENANTS, "Tenant", "front line", "2022-09-12", ""),
    ("Raj Chauhan", CHAMBER, "President", "elected", "2025-03-03", ""),
    ("Simon Tilley", CHAMBER, "Manager", "middle", "2019-11-18", ""),
    ("Agnes Roper", KITCHEN, "Member director", "chief", "2017-05-15", ""),
    ("Ivo Petrov", KITCHEN, "Head cook", "front line", "2021-07-05", ""),
    ("Louise Ashdown", LAPWING, "Managing director", "chief", "2014-01-06", ""),
    ("Nikhil Desai", LAPWING, "Apprentice", "next generation", "2025-09-01", ""),
    ("Bernard Cope", LAPWING, "Works manager", "middle", "2015-03-02", "2026-06-30"),
    ("Gwen Ellory", COLLEGE.name, "Head of finance", "middle", "2022-04-04", ""),
    ("Patrick Dunne", HOSPITAL.name, "Head of catering", "middle", "2018-10-01", ""),
    ("Sunita Rao", COUNCIL.name, "Social value officer", "middle", "2024-09-02", ""),
    ("Keith Barlow", UNIVERSITY.name, "Head of catering", "middle", "2013-09-02", "2026-08-31"),
    ("Thea Lindqvist", HOUSING.name, "Board member", "elected", "2023-07-03", ""),
    # Two posts at once, and somebody who moved.
    ("Fatima Yusuf", CHAMBER, "Vice-president", "elected", "2025-03-03", ""),
    ("Sam Whitlock", HOSPITAL.name, "Buyer", "middle", "2017-02-06", "2022-06-10"),
    ("Nadia Faulkner", UNIVERSITY.name, "Director of estates", "chief", "2018-01-08", "2026-01-30"),
)

PEOPLE = tuple(dict.fromkeys(post[0] for post in POSTS))


def email_of(name: str) -> str:
    """Everybody's address, at a domain that can never exist.

    >>> email_of("Mei Lin Foster")
    'mei.lin.foster@marram.example'
    """
    return f"{name.lower().replace(' ', '.')}@marram.example"


@dataclass(frozen=True, slots=True)
class CastAccount:
    """Somebody of the cast who signs in."""

    name: str
    email: str
    role: Role
    slug: str = SLUG


CONVENOR = CastAccount("Jo Larkin", email_of("Jo Larkin"), Role.CONVENOR)
OUTSIDER = CastAccount("Nell Garrity", "nell.garrity@fellside.example", Role.CONVENOR, "fell-side")
ACCOUNTS = (
    CONVENOR,
    CastAccount("Miriam Castell", email_of("Miriam Castell"), Role.CORE),
    CastAccount("Dan Okoro", email_of("Dan Okoro"), Role.CORE),
    CastAccount("Doreen Maddox", email_of("Doreen Maddox"), Role.MEMBER),
    CastAccount("Lucy Hargreaves", email_of("Lucy Hargreaves"), Role.MEMBER),
    CastAccount("Raj Chauhan", email_of("Raj Chauhan"), Role.MEMBER),
    OUTSIDER,
)

BUY_HERE = "Buy from firms, co-operatives and charities here wherever the law and the quality allow"
SHARE_ROOMS = "Open one of your rooms to neighbours on one evening a week"
ASKS = ((BUY_HERE, date(2024, 4, 15)), (SHARE_ROOMS, date(2025, 9, 8)))
