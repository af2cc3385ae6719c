"""Which figures do a partnership's pages show, so that another install can be held against them?"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from folkmoot.apps.network.rows import contacts_of, told_of
from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.models import DiaryLine, Part, Partnership
from folkmoot.apps.spend.queries import Amount, money_for
from folkmoot.core.access import OPERATOR
from folkmoot.core.network import support
from folkmoot.site.carrying.tables import tables


def figures_of(partnership_id: str, as_of: date) -> dict[str, Any]:
    """Support on a day, money, the diary and the number of rows, worked out from the rows themselves."""
    partnership = Partnership.objects.get(id=partnership_id)
    return {
        "as_of": as_of.isoformat(),
        "support": _support(partnership, as_of),
        "money": _money(partnership),
        "diary": head_of(partnership_id),
        "rows": {table.name: table.rows(partnership_id).count() for table in tables()},
    }


def head_of(partnership_id: str) -> dict[str, Any]:
    """How long the diary is, the fingerprint of its last line, and whether it is whole."""
    last = DiaryLine.objects.filter(partnership_id=partnership_id).order_by("-number").first()
    verdict = verify_chain(partnership_id)
    return {"lines": verdict.lines, "last": last.hash if last else "", "whole": verdict.whole}


def differences(said: Any, found: Any, where: str = "") -> Iterator[str]:
    """Each figure that is not the same, in words."""
    if isinstance(said, dict) and isinstance(found, dict):
        for key in sorted({*said, *found}, key=str):
            yield from differences(said.get(key), found.get(key), f"{where}, {key}" if where else str(key))
    elif said != found:
        yield f"{where}: the file says {said}, its rows give {found}"


def _support(partnership: Partnership, as_of: date) -> dict[str, Any]:
    """As the page of support counts it, part by part."""
    counted = support(
        contacts_of(partnership),
        told_of(partnership),
        as_of=as_of,
        target=partnership.target,
        window=partnership.window_days,
        parts=list(Part.objects.filter(partnership=partnership).values_list("name", flat=True)),
    )
    return {
        "active": counted.active,
        "active_fresh": counted.active_fresh,
        "target": counted.target,
        "parts": dict(counted.parts),
        "levels": {str(level): count for level, count in counted.levels.items()},
    }


def _money(partnership: Partnership) -> dict[str, Any]:
    """As the page of money adds it up: pence, by anchor and by year from April to March."""
    money = money_for(OPERATOR, partnership.id)
    return {
        "currency": money.currency,
        "files": money.files,
        "payees": money.payees,
        "rows_in": money.rows_in,
        "set_aside": money.set_aside,
        "whole": _amount(money.whole),
        "years": {year: _amount(amount) for year, amount in money.years},
        "anchors": {
            anchor.key: _amount(anchor.whole)
            | {"name": anchor.name}
            | {"years": {year: _amount(amount) for year, amount in anchor.years if amount}}
            for anchor in money.anchors
        },
    }


def _amount(amount: Amount) -> dict[str, int]:
    return {"payments": amount.rows, "pence": amount.pence}
