"""Is a file what it says it is, and is the diary here still the one that it knew?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.models import DiaryLine, Partnership
from folkmoot.core.access import Act, Actor, Subject, require
from folkmoot.core.kernel.errors import Refused
from folkmoot.site.carrying import backing_up, exporting
from folkmoot.site.carrying.databases import SQLITE, check_sqlite
from folkmoot.site.carrying.exporting import FIGURES
from folkmoot.site.carrying.packing import CONTENTS
from folkmoot.site.carrying.trial import try_out
from folkmoot.site.carrying.unpacking import Say, Unpacked, unpacking


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, whether it holds, and what was found."""

    name: str
    ok: bool
    words: str

    def as_plain(self) -> dict[str, Any]:
        """For JSON."""
        return {"name": self.name, "ok": self.ok, "words": self.words}


def check_file(path: Path, say: Say = lambda _: None) -> list[Check]:
    """An export is taken in on an install that is thrown away; a backup is read, its database asked."""
    try:
        with unpacking(path) as file:
            if not file.sealed:
                return [Check("seal", False, f"a byte was changed{_where(file, say)}")]
            if file.plain(CONTENTS).get("kind") == backing_up.KIND:
                return list(_check_backup(file, say))
    except Refused as error:
        return [Check("file", False, f"{error.sentence} {error.reason}".strip())]
    say("taking it in on an install of its own")
    return [Check(one["name"], one["ok"], one["words"]) for one in try_out(path)]


def _where(file: Unpacked, say: Say) -> str:
    """Which member it was, where it was one."""
    try:
        file.check_members(say)
    except Refused as error:
        return f": {error.reason}"
    return " beside the files in it"


def check_chains(actor: Actor) -> list[Check]:
    """The diary of every partnership here, from its first line."""
    require(Act.FOUND_PARTNERSHIP, actor, Subject())
    return [_chain(partnership) for partnership in Partnership.objects.order_by("slug")]


def check_against_here(actor: Actor, path: Path) -> list[Check]:
    """Whether the diaries here still begin with the lines that the file knew: one that was cut does not."""
    require(Act.FOUND_PARTNERSHIP, actor, Subject())
    with unpacking(path) as file:
        return [_still_begins(*head) for head in _heads(file)]


def _check_backup(file: Unpacked, say: Say) -> Iterator[Check]:
    try:
        yield Check("seal", True, "no byte was changed")
        told = file.contents(backing_up.KIND, backing_up.FORMAT)
        file.check_members(say)
        yield Check("members", True, f"{len(file.names):,} files, each with its fingerprint")
        if told.get("database") == SQLITE:
            with backing_up.unpacked_database(file) as database:
                check_sqlite(database)
            yield Check("database", True, "SQLite finds it whole")
    except Refused as error:
        yield Check("refused", False, f"{error.sentence} {error.reason}".strip())


def _chain(partnership: Partnership) -> Check:
    verdict = verify_chain(partnership.id)
    words = (
        f"{verdict.lines:,} lines, each following the one before"
        if verdict.whole
        else f"line {verdict.broken_at}: {verdict.why}"
    )
    return Check(f"diary of {partnership.slug}", verdict.whole, words)


def _heads(file: Unpacked) -> Iterator[tuple[str, str, int, str]]:
    """Of each partnership that the file knew: id, address, length of its diary and fingerprint of the end."""
    told = file.plain(CONTENTS)
    if told.get("kind") == exporting.KIND:
        diary, whose = file.plain(FIGURES)["diary"], told["partnership"]
        yield whose["id"], whose["slug"], diary["lines"], diary["last"]
    for one in told.get("diaries", ()):
        yield one["id"], one["slug"], one["lines"], one["last"]


def _still_begins(partnership_id: str, slug: str, lines: int, last: str) -> Check:
    name = f"diary of {slug} here"
    if not Partnership.objects.filter(id=partnership_id).exists():
        return Check(name, False, "this partnership is not here")
    here = DiaryLine.objects.filter(partnership_id=partnership_id)
    there = here.filter(number=lines).values_list("hash", flat=True).first() if lines else ""
    if there is None:
        return Check(
            name, False, f"the file knew {lines:,} lines, and here are {here.count():,}: its end was cut"
        )
    if there != last:
        return Check(name, False, f"line {lines:,} is another one than the file knew: it was written anew")
    verdict = verify_chain(partnership_id)
    if not verdict.whole:
        return Check(name, False, f"line {verdict.broken_at}: {verdict.why}")
    return Check(
        name, True, f"it begins with the {lines:,} lines that the file knew, and has {verdict.lines:,}"
    )
