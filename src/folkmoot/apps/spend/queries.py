"""What may this actor see of what the anchors spend?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from folkmoot.apps.places import jobs
from folkmoot.apps.places.models import Job, Partnership
from folkmoot.apps.places.queries import PARTNERSHIP, Anchor, admitted, anchors_for, only, whole_of
from folkmoot.apps.spend import reports
from folkmoot.apps.spend.models import Upload
from folkmoot.apps.spend.shelves import ledger_of
from folkmoot.apps.spend.sums import Amount, AnchorMoney, sums_of, total
from folkmoot.core.access import Act, Actor, require
from folkmoot.core.kernel.errors import NotFound, Refused
from folkmoot.core.kernel.ids import is_id
from folkmoot.core.kernel.money import say
from folkmoot.core.kernel.when import say_day
from folkmoot.core.spend import Ledger, Part, PaymentLine, Reason, Recipe, Reported, Sum, Which
from folkmoot.core.spend.reading import Kind
from folkmoot.core.spend.reading.row import Flag

Named = TypeVar("Named", Flag, Reason)
PAGE = 50
MOST_PAYEES = 200
BATCH = 20_000  # payments fetched at a time for a download
IDENTIFIERS = ("payee_ref", "company_no", "vat_no", "postcode")
LAST_LINE = 2**31
LAG = timedelta(days=45)  # publishers of monthly files are seldom further apart than this


@dataclass(frozen=True, slots=True)
class Money:
    """What the files read in say, to the penny.

    `waiting` names anchors of which nothing was read; `behind` those whose last payment lies long before
    the newest of all, with its day, the furthest behind first.
    """

    currency: str
    whole: Amount
    anchors: tuple[AnchorMoney, ...]
    years: tuple[tuple[str, Amount], ...]
    waiting: tuple[str, ...]
    behind: tuple[tuple[str, date], ...]
    payees: int
    files: int
    rows_in: int
    set_aside: int
    first_paid_on: date | None = None
    last_paid_on: date | None = None
    newest: str = ""

    @property
    def period(self) -> str:
        """From which month to which."""
        return reports.period(self.first_paid_on, self.last_paid_on)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of rows, how many there are in all, and of payments what all of them come to."""

    rows: tuple[PaymentLine, ...] | tuple[Reported, ...]
    count: int
    pence: int
    number: int
    currency: str
    size: int = PAGE

    @property
    def last(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // self.size))

    @property
    def previous(self) -> int:
        """The page before this one; from beyond the end, the last."""
        return min(self.number - 1, self.last)

    @property
    def next(self) -> int:
        """The page after this one."""
        return self.number + 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a line as published, its heading, and what it was read as."""

    heading: str
    text: str
    role: str = ""
    became: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything behind one payment: the line it stands on and the file that holds the line."""

    payment: PaymentLine
    part: Part
    upload: Upload | None
    cells: tuple[Cell, ...]
    cancelled_by: int | None = None

    @property
    def identifiers(self) -> list[tuple[str, str]]:
        """What tells the payee from others of the same name, each with its words."""
        given = ((name, getattr(self.payment, name)) for name in IDENTIFIERS)
        return [(reports.ROLES[name], text) for name, text in given if text]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a file has come, in hundredths."""

    upload: Upload
    percent: int = 0
    failed: bool = False


def money_for(actor: Actor, partnership_id: str) -> Money:
    """What the anchors paid, as everybody may see it who may see the sums."""
    own = Partnership.objects.filter(id=partnership_id)
    partnership = only(admitted(Act.SEE_MONEY, actor, own, PARTNERSHIP))
    names = {anchor.id: anchor.name for anchor in anchors_for(actor, partnership.id)}
    ledger = ledger_of(partnership.id, partnership.currency)
    sums = sums_of(ledger)
    parts = [part for part in ledger.parts() if part.id in set(sums.part_ids)]
    read = {part.anchor_id for part in parts} | {part.anchor for part in parts}
    anchors = [replace(anchor, name=names.get(anchor.key, anchor.name)) for anchor in sums.anchors]
    return Money(
        currency=ledger.currency,
        whole=total([amount for _, amount in sums.years]),
        anchors=tuple(sorted(anchors, key=lambda anchor: (anchor.name.casefold(), anchor.key))),
        years=sums.years,
        waiting=tuple(name for key, name in names.items() if not {key, name} & read),
        behind=_behind(parts, names),
        payees=sums.payees,
        files=len(parts),
        rows_in=sum(part.rows_in for part in parts),
        set_aside=sum(part.reported for part in parts),
        first_paid_on=min((part.first_paid_on for part in parts if part.first_paid_on), default=None),
        last_paid_on=max((part.last_paid_on for part in parts if part.last_paid_on), default=None),
        newest=reports.newest(parts, ZoneInfo(partnership.zone)),
    )


def _behind(parts: list[Part], names: dict[str, str]) -> tuple[tuple[str, date], ...]:
    last: dict[str, date] = {}
    for part in parts:
        if part.last_paid_on:
            name = names.get(part.anchor_id, part.anchor)
            last[name] = max(part.last_paid_on, last.get(name, part.last_paid_on))
    newest = max(last.values(), default=date.min)
    return tuple(sorted(((n, day) for n, day in last.items() if newest - day > LAG), key=lambda one: one[1]))


def files_for(actor: Actor) -> QuerySet[Upload]:
    """The files that were uploaded, newest first."""
    return admitted(Act.SEE_FILES, actor, Upload.objects.select_related("anchor"))


def upload_for(actor: Actor, upload_id: str) -> Upload:
    """One of them."""
    return only(files_for(actor).filter(id=upload_id))


def recipe_for(actor: Actor, upload_id: str) -> tuple[Upload, str]:
    """How one of them is read, as a text; NotFound for one that is neither read nor to be read."""
    upload = upload_for(actor, upload_id)
    if upload.state == Upload.State.READ:
        plain = _ledger_for(actor).part(upload.part_id).recipe
    elif "look" in upload.report:
        plain = upload.report["look"]["recipe"] | {"kind": Kind.PAYMENTS}  # a list that waits may be one
    else:
        raise NotFound("Nobody has said how to read this file.")
    return upload, Recipe.from_plain(plain).as_toml(upload.title)


def progress_for(actor: Actor, upload_id: str) -> Progress:
    """How far its reading has come."""
    upload = upload_for(actor, upload_id)
    job = jobs.job_about(actor, upload.id)
    if job is None:
        return Progress(upload)
    return Progress(upload, 100 * job.done // job.total if job.total else 0, job.state == Job.State.FAILED)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which payments are asked for, and what there is to choose from."""

    anchors: tuple[Anchor, ...]
    years: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


def choice_for(actor: Actor) -> Choice:
    """The anchors, years and files that hold payments."""
    ledger = _ledger_for(actor)
    known = {anchor.id: anchor.name for anchor in anchors_for(actor, actor.partnership_id)}
    keys = {_key(part): known.get(part.anchor_id, part.anchor) for part in ledger.parts()}
    anchors = sorted((Anchor(key, name) for key, name in keys.items()), key=lambda one: one.name.casefold())
    years = tuple(year for year, _ in reversed(sums_of(ledger).years))
    return Choice(tuple(anchors), years, tuple((part.id, part.file) for part in ledger.parts()))


def payments_for(actor: Actor, *, page: int = 1, size: int = PAGE, **asked: str) -> Sheet:
    """One page of the payments asked for (see `_which`), the latest first."""
    ledger = _ledger_for(actor)
    number = min(max(page, 1), LAST_LINE)
    rows, count, pence = ledger.payments(_which(**asked), offset=(number - 1) * size, limit=size)
    return Sheet(tuple(rows), count, pence, number, ledger.currency, size)


def every_payment_for(actor: Actor, **asked: str) -> Iterator[PaymentLine]:
    """All payments asked for, in the order of the files: a part never changes while it is listed."""
    ledger = _ledger_for(actor)
    which = _which(**asked)
    which.days()  # a year that is none is refused before the first line is sent
    return (payment for part in which.of(ledger.parts()) for payment in _of_part(ledger, which, part))


def payees_named_for(actor: Actor, text: str, limit: int = PAGE) -> tuple[list[Sum], str]:
    """Who was paid most of those whose name as published holds the text, and the currency."""
    ledger = _ledger_for(actor)
    return ledger.payees(limit, Which(named=text)), ledger.currency


def payees_for(actor: Actor) -> tuple[list[Sum], int, str]:
    """Who was paid most by name as published, how many names there are in all, and the currency."""
    ledger = _ledger_for(actor)
    return ledger.payees(MOST_PAYEES), sums_of(ledger).payees, ledger.currency


def payment_for(actor: Actor, part_id: str, line: int) -> Evidence:
    """One payment with everything behind it."""
    ledger = _ledger_for(actor)
    if not 0 < line < LAST_LINE:
        raise NotFound("There is no payment on that line.")
    payment, part = ledger.payment(part_id, line), ledger.part(part_id)
    upload = Upload.objects.filter(partnership_id=actor.partnership_id, part_id=part_id).first()
    return Evidence(payment, part, upload, _cells(payment, part), ledger.reversal(part_id, line))


def reported_for(
    actor: Actor, upload_id: str, reason: str = "", page: int = 1, size: int = PAGE
) -> tuple[Upload, Sheet]:
    """One page of the rows of a file that were set aside, all or those of one reason."""
    upload, ledger, only_for = upload_for(actor, upload_id), _ledger_for(actor), _one_of(Reason, reason)
    part, number = ledger.part(upload.part_id), min(max(page, 1), LAST_LINE)
    rows = ledger.reported(part.id, offset=(number - 1) * size, limit=size, reason=only_for)
    count = part.reasons.get(reason, 0) if reason else part.reported
    return upload, Sheet(tuple(rows), count, part.pence_reported, number, part.currency, size)


def every_reported_for(actor: Actor, upload_id: str, reason: str = "") -> tuple[Upload, Iterator[Reported]]:
    """All rows of a file that were set aside, or those of one reason, in the order of the file."""
    upload, ledger, only_for = upload_for(actor, upload_id), _ledger_for(actor), _one_of(Reason, reason)
    part = ledger.part(upload.part_id)
    starts = range(0, part.reported, BATCH)
    return upload, (
        row
        for start in starts
        for row in ledger.reported(part.id, offset=start, limit=BATCH, reason=only_for)
    )


def flags_for(actor: Actor, upload: Upload) -> dict[str, int]:
    """What is known about payments of a file that was read, and of how many."""
    found = dict(upload.report["part"].get("flags", {}))
    # Who is an anchor is known only by the whole ledger, so it is counted when asked for.
    to_anchors = Which(part_id=upload.part_id, flag=Flag.TO_ANCHOR)
    if count := _ledger_for(actor).payments(to_anchors, limit=0)[1]:
        found[Flag.TO_ANCHOR] = count
    return found


def _ledger_for(actor: Actor) -> Ledger:
    require(Act.SEE_PAYMENTS, actor, whole_of(actor))
    return ledger_of(actor.partnership_id)


def _which(
    *, anchor_id: str = "", year: str = "", file: str = "", payee: str = "", text: str = "", flag: str = ""
) -> Which:
    """Which payments are asked for: `file` is the id of a ledger's part, `flag` the name of one."""
    by_id = is_id(anchor_id)
    return Which(
        anchor_id=anchor_id if by_id else None,
        anchor=None if by_id else anchor_id,
        year=year,
        part_id=file,
        payee=payee,
        text=text,
        flag=_one_of(Flag, flag),
    )


def _one_of(names: type[Named], name: str) -> Named | None:
    """The flag or the reason of this name; None for no name. Refused for what is none."""
    if name and name not in set(names):
        raise Refused(f"There is nothing called “{name}”.", "", "Follow a link of the file's page.")
    return names(name) if name else None


def _key(part: Part) -> str:
    return part.anchor_id or part.anchor


def _of_part(ledger: Ledger, which: Which, part: Part) -> Iterator[PaymentLine]:
    own, start, count = replace(which, part_id=part.id), 0, 1
    while start < count:
        rows, count, _ = ledger.payments(own, order="line", offset=start, limit=BATCH)
        if start and not rows:
            raise NotFound(f"“{part.file}” was undone while it was being listed.", "", "Ask for it again.")
        start += BATCH
        yield from rows


def _cells(payment: PaymentLine, part: Part) -> tuple[Cell, ...]:
    """Each cell of the line beside its heading, and what became of it."""
    summed = reports.roles_of(part.recipe)[part.recipe["columns"]["amount"]]
    became = {
        "paid_on": say_day(payment.paid_on),
        summed: say(payment.pence, part.currency),
        "payee": payment.payee,
        "reference": payment.reference,
        "unit": payment.unit,
        "purpose": payment.purpose,
        "category": payment.category,
    }
    columns = reports.columns_of(part.recipe)
    columns += [reports.Column()] * (len(payment.cells) - len(columns))
    return tuple(
        Cell(column.heading, text, column.role, became.get(column.key, ""))
        for column, text in zip(columns, payment.cells, strict=False)
    )
