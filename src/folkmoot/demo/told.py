"""What did people in Marram Bay say and promise over two years? All of it may be read by them."""

from dataclasses import dataclass
from datetime import date

from folkmoot.demo.cast import BUY_HERE, SHARE_ROOMS


@dataclass(frozen=True, slots=True)
class StanceTold:
    """Where somebody stood, by their own words or a public source; perhaps only until a day."""

    name: str
    on: date
    stance: str
    evidence: str
    ask: str = BUY_HERE
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class PromiseTold:
    """A promise: whose (ours or theirs), by when, what became of it and whether we said thank you."""

    name: str
    text: str
    made_on: date
    due_on: date
    ours: bool = False
    kept: bool | None = None
    settled_on: date | None = None
    thanked_on: date | None = None


def _on(text: str) -> date:
    return date.fromisoformat(text)


# name, day, stance, evidence
_BUY_HERE = (
    ("Gareth Penhale", "2024-05-20", "watching", "Asked for the figures before anything else."),
    ("Ruth Adeyemi", "2024-06-12", "warm", "Spoke of local firms at the annual meeting (minutes)."),
    ("Dan Okoro", "2024-06-20", "wary", "Worried about challenge from firms elsewhere, he told us."),
    ("Imogen Farrow", "2024-07-02", "warm", "Asked to be kept up to date."),
    ("Winston Grey", "2024-09-18", "active", "Brought three employers to the first breakfast."),
    ("Doreen Maddox", "2024-10-03", "warm", "Came with two neighbours and many questions."),
    ("Raj Chauhan", "2024-11-14", "active", "Hosted the first open market morning."),
    ("Kwame Boateng", "2025-01-22", "warm", "Offered to look at the cleaning contract."),
    ("Dan Okoro", "2025-02-11", "warm", "Legal had answered his question, he wrote."),
    ("Agnes Roper", "2025-03-06", "watching", "Waits to see whether the lots get smaller, she said."),
    ("Hugh Merriman", "2025-03-19", "active", "Put the lots paper to cabinet (agenda item 7)."),
    ("Louise Ashdown", "2025-05-15", "wary", "Said paperwork costs her two days a tender."),
    ("Simon Tilley", "2025-06-02", "warm", "Put our note into the members' bulletin."),
    ("Imogen Farrow", "2025-09-25", "active", "Moved the motion at the trust's board (board paper 14)."),
    ("Helen Varley", "2025-10-09", "watching", "Would like to see a first year of figures."),
    (
        "Raj Chauhan",
        "2025-11-20",
        "wary",
        "Small firms waited ninety days for their money, he told the meeting.",
    ),
    ("Victor Salinas", "2025-12-04", "watching", "Asked what is in it for tenants."),
    ("Imogen Farrow", "2026-03-12", "champion", "Opened the regional conference with our story (recording)."),
    ("Priya Nair", "2026-04-21", "active", "Released a year of payments early."),
    ("Peter Rowntree", "2026-05-07", "watching", "Wrote that he will decide after the inspection."),
    ("Miriam Castell", "2026-06-03", "champion", "Chairs the working group and gave her deputy's time."),
    ("Winston Grey", "2026-06-17", "active", "Four young people started with suppliers."),
    ("Colin Hartley", "2026-06-24", "active", "Signed the lots decision (decision record 31)."),
    ("Dan Okoro", "2026-07-08", "active", "Split the catering contract into six lots."),
    ("Ruth Adeyemi", "2026-07-15", "champion", "Put it into the council plan, page 4."),
    ("Kwame Boateng", "2026-09-02", "active", "Runs the grounds contract with two local firms."),
    ("Lucy Hargreaves", "2026-09-09", "active", "Meets local suppliers every first Tuesday."),
    ("Sunita Rao", "2026-09-16", "active", "Wrote the guide for small firms with us."),
    ("Hannah Bright", "2026-09-23", "active", "Took on the first lot and two trainees."),
    ("Doreen Maddox", "2026-10-01", "active", "Speaks for residents on the panel that reads bids."),
    ("Abdul Karim", "2026-10-01", "active", "Checks our figures each quarter, in his own time."),
    ("Mei Lin Foster", "2026-10-08", "warm", "Asked for our wording on small lots."),
    ("Nadia Faulkner", "2026-10-14", "watching", "New in post; read the pack and asked for a month."),
    ("Joan Sedgwick", "2026-10-20", "not now", "No to lots, for now: the practices are moving premises."),
    ("Carys Bevan", "2026-10-22", "warm", "Would place apprentices if firms ask."),
)

# Kind words that counted only for a time, or towards the second ask.
STANCES = (
    *(StanceTold(name, _on(day), stance, words) for name, day, stance, words in _BUY_HERE),
    StanceTold(
        "Oliver Tan",
        _on("2026-01-15"),
        "active",
        "Paid small firms in ten days as a trial.",
        expires=_on("2026-06-30"),
    ),
    StanceTold(
        "Ellis Brand", _on("2025-11-05"), "active", "Led the winter appeal.", expires=_on("2026-03-31")
    ),
    StanceTold(
        "Miriam Castell", _on("2025-09-30"), "active", "The forum's hall is open on Wednesdays.", SHARE_ROOMS
    ),
    StanceTold(
        "Victor Salinas", _on("2026-02-10"), "warm", "The common room could be free on Mondays.", SHARE_ROOMS
    ),
    StanceTold(
        "Louise Ashdown", _on("2026-05-12"), "not now", "Insurance rules it out, she found.", SHARE_ROOMS
    ),
    StanceTold(
        "Maisie Thwaite", _on("2026-10-15"), "warm", "Learners asked for the kitchen on Fridays.", SHARE_ROOMS
    ),
)

PROMISES = (
    PromiseTold(
        "Dan Okoro",
        "Split the catering contract into lots that small firms can bid for",
        _on("2026-02-11"),
        _on("2026-07-31"),
        kept=True,
        settled_on=_on("2026-07-08"),
        thanked_on=_on("2026-07-10"),
    ),
    PromiseTold(
        "Kwame Boateng",
        "Six apprentices from Fellgate start in estates this autumn",
        _on("2026-05-18"),
        _on("2026-11-09"),
        kept=True,
        settled_on=_on("2026-11-09"),
    ),
    PromiseTold(
        "Raj Chauhan",
        "We bring payment times for small firms down to thirty days by summer",
        _on("2025-11-20"),
        _on("2026-06-30"),
        ours=True,
        kept=False,
        settled_on=_on("2026-10-30"),
    ),
    PromiseTold(
        "Mei Lin Foster",
        "We send our wording on small lots",
        _on("2026-10-08"),
        _on("2026-10-31"),
        ours=True,
    ),
    PromiseTold(
        "Carys Bevan",
        "Ask three firms to take a catering apprentice in spring",
        _on("2026-10-22"),
        _on("2027-02-15"),
    ),
    PromiseTold(
        "Doreen Maddox",
        "We bring the figures to the residents' evening",
        _on("2026-10-01"),
        _on("2026-12-03"),
        ours=True,
    ),
)
