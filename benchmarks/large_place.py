"""What does a large place hold, for the pages to be measured in?

Rows go straight into the tables, since only reading is measured; the payments go through the reader.
"""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

EMAIL, SLUG = "convenor@large.example", "large"
PARTS = ("Council", "Health", "Housing", "Education", "Business", "Residents", "Faith")
LEVELS = ("elected", "chief", "middle", "front line", "next generation")
STANCES = ("not now", "wary", "watching", "warm", "active", "champion")
FIRST = ("Ann", "Ben", "Carys", "Dev", "Esther", "Femi", "Grace", "Hamid", "Iona", "Jo")
LAST = ("Adeyemi", "Barrow", "Calder", "Dunn", "Eze", "Fraser", "Gill", "Hart", "Iqbal", "Jones")
ANCHORS = 5


def fill(people: int, payments: int) -> None:
    """Founds the place and fills it; every third person has a note, every fifth a promise."""
    from folkmoot.apps.network.models import Ask, Promise, Stance
    from folkmoot.apps.people.models import Basis, Note
    from folkmoot.apps.places import actions, clock
    from folkmoot.apps.places.models import Organisation, Part, Person, Post
    from folkmoot.core.access import OPERATOR, Role

    partnership = actions.found_partnership(OPERATOR, place="Large", name="Large Together", slug=SLUG)
    admitted = {"partnership_id": partnership.id, "email": EMAIL, "name": "The convenor"}
    actions.admit_member(OPERATOR, **admitted, role=Role.CONVENOR)
    own = {"partnership": partnership}
    parts = [Part(**own, name=name, position=place) for place, name in enumerate(PARTS)]
    bodies = [
        Organisation(**own, name=f"Body {n:03}", part=parts[n % len(parts)], anchor=n < ANCHORS)
        for n in range(300)
    ]
    known = [Person(**own, name=_name(n), email=f"person{n}@large.example") for n in range(people)]
    today = clock.today()
    posts = [
        Post(
            **own, person=one, organisation=bodies[n % 300], title=f"Post {n % 40}",
            level=LEVELS[n % 5], starts_on=today - timedelta(days=n % 2000),
        )
        for n, one in enumerate(known)
    ]  # fmt: skip
    asks = [Ask(**own, text=f"Ask {n}", made_on=today) for n in range(4)]
    stances = [
        Stance(
            **own, person=known[n], ask=asks[(n + turn) % 4], stance=STANCES[(n + turn) % 6],
            on=today - timedelta(days=(n + 40 * turn) % 365), evidence="Said so.", recorded_at=clock.now(),
        )
        for n in range(people) for turn in range(2)
    ]  # fmt: skip
    promises = [
        Promise(**own, person=one, text="A room", made_on=today - timedelta(days=60),
                due_on=today + timedelta(days=n % 90 - 30))
        for n, one in enumerate(known[::5])
    ]  # fmt: skip
    for rows in (parts, bodies, known, posts, asks, stances, promises):
        type(rows[0]).objects.bulk_create(rows, batch_size=500)
    notes = [
        Note(
            **own, person=one, text="Prefers the telephone.", source="In conversation",
            basis=Basis.PUBLIC_TASK, noted_on=today, review_on=today, recorded_at=clock.now(),
        )
        for one in known[::3]
    ]  # fmt: skip
    Note.objects.bulk_create(notes, batch_size=500)
    _read_payments(partnership.id, bodies[:ANCHORS], payments)


def _name(number: int) -> str:
    return f"{FIRST[number % 10]} {LAST[number // 10 % 10]} {number}"


def _read_payments(partnership_id: str, anchors: Sequence[Any], payments: int) -> None:
    """Each anchor's file of an equal share, uploaded and read as the pages would."""
    from folkmoot.apps.places.models import Job, Membership
    from folkmoot.apps.places.queries import actor_for
    from folkmoot.apps.spend import actions as spend
    from folkmoot.core.access import OPERATOR

    account = Membership.objects.get(partnership_id=partnership_id).account
    convenor = actor_for(account, SLUG)[1]
    each = payments // len(anchors)
    for number, anchor in enumerate(anchors):
        day = date(2023, 4, 3)
        lines = ["Date,Supplier,Amount,Department"]
        lines += [
            f"{day + timedelta(days=n % 1000):%d/%m/%Y},Supplier {(n + number) % 3000:04} Ltd,"
            f"{n % 9973}.{n % 97:02},Dept {n % 30}"
            for n in range(each)
        ]
        file = io.BytesIO("\n".join(lines).encode())
        upload = spend.upload_file(convenor, anchor_id=anchor.id, file=file, file_name=f"anchor-{number}.csv")
        spend.read_upload(convenor, upload_id=upload.id)
        spend.carry_out(OPERATOR, job_id=Job.objects.get(subject_id=upload.id).id)
