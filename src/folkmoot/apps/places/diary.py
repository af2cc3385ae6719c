"""What has been done here, so that nothing changes silently?

Each partnership has one chain: a line's hash covers its own fields and the hash before it
(a hash-linked log as in Haber and Stornetta 1991). The detail is held apart with a salt, so that erasing
a person's detail leaves every hash as it was, and nobody can guess the erased words from their hash.
"""

import hashlib
import json
import secrets
from dataclasses import dataclass

from folkmoot.apps.places import clock
from folkmoot.apps.places.models import DiaryDetail, DiaryLine
from folkmoot.apps.places.turns import hold
from folkmoot.core.access import Act, Actor


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a chain holds, how long it is, and the first line that does not fit."""

    whole: bool
    lines: int
    broken_at: int = 0
    why: str = ""


def write_line(
    actor: Actor, act: Act, partnership_id: str, subject_id: str, **detail: str | int | bool
) -> None:
    """Adds a line; call it inside the transaction of the act that it tells of."""
    # One writer a partnership at a time, or two lines would follow the same one.
    hold(partnership_id)
    last = DiaryLine.objects.filter(partnership_id=partnership_id).order_by("-number").first()
    salt, text = secrets.token_hex(16), json.dumps(detail, ensure_ascii=False, sort_keys=True)
    line = DiaryLine(
        partnership_id=partnership_id,
        number=last.number + 1 if last else 1,
        act=act,
        account_id=actor.account_id,
        subject_id=subject_id,
        at=clock.now(),
        detail_hash=_digest(salt, text),
        previous=last.hash if last else "",
    )
    line.hash = _hash_of(line)
    line.save(force_insert=True)
    DiaryDetail.objects.create(serial=line.serial, salt=salt, text=text)


def verify_chain(partnership_id: str) -> Verdict:
    """Reads a partnership's chain from its first line; erased details are fine, changed ones are not."""
    lines = DiaryLine.objects.filter(partnership_id=partnership_id).order_by("number")
    details = {
        detail.serial: detail for detail in DiaryDetail.objects.filter(serial__in=lines.values("serial"))
    }
    previous, count = "", 0
    for count, line in enumerate(lines.iterator(), start=1):
        detail = details.get(line.serial)
        if line.number != count:
            return Verdict(False, count, line.number, "a line is missing before this one")
        if line.previous != previous or line.hash != _hash_of(line):
            return Verdict(False, count, line.number, "this line was changed")
        if detail and _digest(detail.salt, detail.text) != line.detail_hash:
            return Verdict(False, count, line.number, "the detail of this line was changed")
        previous = line.hash
    return Verdict(True, count)


def _hash_of(line: DiaryLine) -> str:
    return _digest(
        line.previous,
        line.partnership_id,
        str(line.number),
        line.act,
        line.account_id,
        line.subject_id,
        line.at.isoformat(),
        line.detail_hash,
    )


def _digest(*pieces: str) -> str:
    # Lengths are written down too, so that no two lists of pieces run together to the same bytes.
    return hashlib.sha256("".join(f"{len(piece)}:{piece}" for piece in pieces).encode()).hexdigest()
