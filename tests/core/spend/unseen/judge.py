"""Is each file read right, asked about rightly or refused rightly?"""
import sys
import tempfile
from pathlib import Path
from core.spend.unseen.publishing import Case
from folkmoot.core.kernel.errors import FolkmootError
from folkmoot.core.spend.reading import Kind, Payment, Reading, look, open_source
from folkmoot.core.spend.reading.guessing.headings import Role

def verdict(case: Case, folder: Path) -> str:
    path = folder / case.file
    path.write_bytes(case.content)
    source = open_source(path)
    seen = look(source)
    told = " ".join([seen.why, *seen.warnings, *(f"{q.sentence} {q.reason}" for q in seen.questions)])
    if seen.kind is not Kind.PAYMENTS:
        got = str(seen.kind)
    elif seen.questions:
        got = "ask " + seen.questions[0].key
    else:
        got = "read"
    detail = ""
    if got != case.truth:
        detail = f"got {got} not {case.truth}: {told[:260]}  | {({str(k): seen.headings[v] if v < len(seen.headings) else v for k, v in seen.recipe.columns.items()})}"
        if got != "read":
            return detail
    if got == "read":
        rows = list(Reading(source, seen.recipe))
        paid = [r for r in rows if isinstance(r, Payment)]
        want = case.pence if case.pence is not None else sum(p.pence for p in case.payments)
        faults = []
        if len(paid) != len(case.payments): faults.append(f"{len(paid)} payments not {len(case.payments)}: {[(r.reason.value, r.cells) for r in rows if not isinstance(r, Payment)][:2]}")
        if sum(p.pence for p in paid) != want: faults.append(f"pence {sum(p.pence for p in paid)} not {want}")
        days = [p.day for p in case.payments]
        if "%d" not in case.columns and "%-d" not in case.columns and "%o" not in case.columns and "%D" not in case.columns and "serial" not in case.columns: days = [d.replace(day=1) for d in days]
        if [p.paid_on for p in paid] != days and len(paid)==len(days): faults.append(f"first day {paid[0].paid_on if paid else None} not {days[0]}")
        if paid and not all(q.payee in p.payee for p, q in zip(paid, case.payments)): faults.append(f"payee {paid[0].payee!r}")
        if case.basis and seen.recipe.amount_basis != case.basis: faults.append(f"basis {seen.recipe.amount_basis}")
        if faults or detail:
            return detail + (" SILENTLY " if not detail else "") + "; ".join(faults) + f" | {({str(k): seen.headings[v] if v < len(seen.headings) else v for k, v in seen.recipe.columns.items()})}" + (f" W: {seen.warnings}" if seen.warnings else "")
    if case.says and case.says not in told:
        return f"does not say {case.says!r}: {told}"
    return ""

if __name__ == "__main__":
    from core.spend.unseen.cases import CASES
    import collections
    n = collections.Counter(c.name for c in CASES); assert max(n.values()) == 1, [k for k,v in n.items() if v>1]
    bad = 0
    for case in CASES:
        if len(sys.argv) > 1 and sys.argv[1] not in case.name: continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                fault = verdict(case, Path(folder))
            except FolkmootError as error:
                fault = "" if case.truth == "refused" else f"REFUSED {error}"
        if fault:
            bad += 1
            print(f"{case.name:32} {fault}\n")
    print(len(CASES), "cases", bad, "wrong")
