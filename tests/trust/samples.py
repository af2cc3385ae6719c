"""Which value stands in an address, or goes into an action, for each name that asks for one?

A new page or action whose names are not here fails the tests until it brings its sample.
"""

import io
from collections.abc import Callable

from folkmoot.apps.network import actions as network
from folkmoot.apps.network.models import Ask, Promise, Stance
from folkmoot.apps.people import actions as people
from folkmoot.apps.people.models import ContactsImport, Merge, Note
from folkmoot.apps.places import actions as places
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import (
    Account,
    Invitation,
    Job,
    Membership,
    Organisation,
    Part,
    Person,
    Token,
)
from folkmoot.apps.spend import actions as spend
from folkmoot.apps.spend.models import Upload
from folkmoot.core.access import OPERATOR, Actor, Role
from folkmoot.core.spend import Recipe
from folkmoot.core.spend.reading import Role as SpendRole

PAYMENTS = (
    b"Date,Supplier,Amount\n2026-04-01,Marram Bakers,120.50\n2026-04-02,Fell Cleaners,80.00\nTBC,Nobody,1\n"
)
OTHERS = PAYMENTS.replace(b"Bakers", b"Printers")
RECIPE = Recipe(
    "utf-8",
    ",",
    1,
    ("Date", "Supplier", "Amount"),
    {SpendRole.PAID_ON: 0, SpendRole.PAYEE: 1, SpendRole.AMOUNT: 2},
)
CONTACTS = b"name,organisation,part,post\nBen Oakes,The Infirmary,Health,Nurse\n"
STANCES = b"person,on,stance,evidence\nAda Quill,2026-01-05,warm,Said so at the board.\n"


def person(convenor: Actor) -> str:
    """Somebody whom the partnership knows, with a post; shown to all, so that doors alone decide."""
    known = Person.objects.filter(partnership_id=convenor.partnership_id, name="Ada Quill").first()
    if known is None:
        known = places.record_person(convenor, name="Ada Quill")
        people.keep_in_circle(convenor, person_id=known.id, circle="public")
        places.record_post(convenor, person_id=known.id, organisation_id=organisation(convenor))
    return known.id


def organisation(convenor: Actor) -> str:
    """One of its bodies, an anchor."""
    rows = Organisation.objects.filter(partnership_id=convenor.partnership_id, anchor=True)
    return (rows.first() or places.name_anchor(convenor, name="The Infirmary")).id


def part(convenor: Actor) -> str:
    """One of its parts."""
    rows = Part.objects.filter(partnership_id=convenor.partnership_id)
    return (rows.first() or places.name_part(convenor, name="Council")).id


def ask(convenor: Actor) -> str:
    """Something that is asked of people."""
    rows = Ask.objects.filter(partnership_id=convenor.partnership_id)
    return (rows.first() or network.make_ask(convenor, text="Buy from the town")).id


def stance(convenor: Actor) -> str:
    """Where somebody stood."""
    rows = Stance.objects.filter(partnership_id=convenor.partnership_id)
    told = {"stance": "active", "on": clock.today(), "evidence": "Said so at the board."}
    about = {"person_id": person(convenor), "ask_id": ask(convenor)}
    return (rows.first() or network.record_stance(convenor, **about, **told)).id


def promise(convenor: Actor) -> str:
    """A promise of theirs that is open."""
    rows = Promise.objects.filter(partnership_id=convenor.partnership_id, state="open")
    return (rows.first() or network.record_promise(convenor, person_id=person(convenor), text="A room")).id


def kept(convenor: Actor) -> str:
    """A promise of theirs that was kept."""
    promised = network.record_promise(convenor, person_id=person(convenor), text="A speech")
    return network.settle_promise(convenor, promise_id=promised.id, kept=True).id


def note(convenor: Actor) -> str:
    """A line about a person."""
    rows = Note.objects.filter(partnership_id=convenor.partnership_id)
    told = {"text": "Prefers to be rung.", "source": "Own words", "basis": "legitimate interests"}
    return (rows.first() or people.write_note(convenor, person_id=person(convenor), **told)).id


def contacts_waiting(convenor: Actor) -> str:
    """A file of contacts that waits to be checked."""
    rows = ContactsImport.objects.filter(partnership_id=convenor.partnership_id, state="looked")
    return (rows.first() or people.take_contacts(convenor, content=CONTACTS, file_name="contacts.csv")).id


def contacts_done(convenor: Actor) -> str:
    """A file of contacts that was brought in."""
    rows = ContactsImport.objects.filter(partnership_id=convenor.partnership_id, state="done")
    if not rows.exists():
        people.import_contacts(convenor, content=CONTACTS, file_name="done.csv")
    return rows.get().id


def other_person(convenor: Actor) -> str:
    """Somebody else who could be the same person."""
    known = Person.objects.filter(partnership_id=convenor.partnership_id, name="Ada Quil").first()
    return (known or places.record_person(convenor, name="Ada Quil")).id


def merge(convenor: Actor) -> str:
    """Two records that were made one."""
    rows = Merge.objects.filter(partnership_id=convenor.partnership_id, undone_at=None)
    two = {"kept_id": person(convenor), "gone_id": other_person(convenor)} if not rows.exists() else {}
    return (rows.first() or people.merge_people(convenor, **two)).id


def merged_away(convenor: Actor) -> str:
    """The record that went into another."""
    return Merge.objects.get(id=merge(convenor)).gone_id


def looked_at(convenor: Actor) -> str:
    """A file that waits to be checked."""
    given = {"anchor_id": organisation(convenor), "file": io.BytesIO(OTHERS), "file_name": "others.csv"}
    rows = Upload.objects.filter(partnership_id=convenor.partnership_id, file_name="others.csv")
    return (rows.first() or spend.upload_file(convenor, **given)).id


def being_read(convenor: Actor) -> str:
    """A file whose reading is still to come."""
    return spend.read_upload(convenor, upload_id=looked_at(convenor)).id


def job(convenor: Actor) -> str:
    """The reading of that file."""
    spend.read_upload(convenor, upload_id=looked_at(convenor))
    return Job.objects.get(partnership_id=convenor.partnership_id, state="waiting").id


def upload(convenor: Actor) -> str:
    """A file that was read in."""
    rows = Upload.objects.filter(partnership_id=convenor.partnership_id, file_name="payments.csv")
    if not rows.exists():
        given = {
            "anchor_id": organisation(convenor),
            "file": io.BytesIO(PAYMENTS),
            "file_name": "payments.csv",
        }
        arrived = spend.upload_file(convenor, **given)
        spend.read_upload(convenor, upload_id=arrived.id)
        spend.carry_out(OPERATOR, job_id=Job.objects.get(subject_id=arrived.id).id)
    return rows.get().id


def ledger_part(convenor: Actor) -> str:
    """Where that file lies in the ledger."""
    return Upload.objects.get(id=upload(convenor)).part_id


def membership(convenor: Actor) -> str:
    """Somebody else who belongs."""
    rows = Membership.objects.filter(partnership_id=convenor.partnership_id, role="member")
    given = {"email": "belongs@marram.example", "name": "Bel Ongs", "role": Role.MEMBER}
    return (rows.first() or places.admit_member(convenor, partnership_id=convenor.partnership_id, **given)).id


def own_membership(convenor: Actor) -> str:
    """The convenor's own, beside that of a second convenor, so that they may leave."""
    given = {"email": "second@marram.example", "name": "Second", "role": Role.CONVENOR}
    places.admit_member(convenor, partnership_id=convenor.partnership_id, **given)
    return Membership.objects.get(partnership_id=convenor.partnership_id, account_id=convenor.account_id).id


def invitation(convenor: Actor) -> str:
    """Somebody who is asked to belong."""
    rows = Invitation.objects.filter(partnership_id=convenor.partnership_id, withdrawn_at=None)
    given = {"email": f"asked@{convenor.partnership_id}.example", "role": Role.MEMBER}
    return (rows.first() or places.invite_member(convenor, **given).invitation).id


def invitation_to_oneself(convenor: Actor) -> str:
    """An invitation to the convenor's own address, who belonged before it was accepted."""
    asked = Invitation.objects.get(id=invitation(convenor))
    asked.email = Account.objects.get(id=convenor.account_id).email
    asked.save()
    return asked.id


def token(convenor: Actor) -> str:
    """A token of the convenor's own."""
    rows = Token.objects.filter(partnership_id=convenor.partnership_id, revoked_at=None)
    return (rows.first() or places.make_token(convenor, name="A program", scopes=["spend.read"]).token).id


# Ids that a page's address or an action may ask for, made by the partnership's convenor.
IDS: dict[str, Callable[[Actor], str]] = {
    "partnership_id": lambda convenor: convenor.partnership_id,
    "person_id": person,
    "organisation_id": organisation,
    "anchor_id": organisation,
    "part_id": part,
    "ask_id": ask,
    "stance_id": stance,
    "promise_id": promise,
    "note_id": note,
    "contacts_id": contacts_waiting,
    "kept_id": person,
    "gone_id": other_person,
    "one_id": person,
    "other_id": other_person,
    "merge_id": merge,
    "upload_id": upload,
    "job_id": job,
    "membership_id": membership,
    "invitation_id": invitation,
    "token_id": token,
}
# Where the same name means something else, or must stand otherwise, by page or action.
SPECIAL: dict[str, dict[str, Callable[[Actor], str]]] = {
    "spend:payment": {"part_id": ledger_part},
    "spend:check": {"upload_id": looked_at},
    "spend.discard_upload": {"upload_id": looked_at},
    "spend:discard": {"upload_id": looked_at},
    "spend:read": {"upload_id": looked_at},
    "spend.guess_again": {"upload_id": looked_at},
    "spend.tell_recipe": {"upload_id": looked_at},
    "spend.stop_reading": {"upload_id": being_read},
    "spend:stop": {"upload_id": being_read},
    "places.leave_partnership": {"membership_id": own_membership},
    "places.accept_invitation": {"invitation_id": invitation_to_oneself},
    "people.erase_person": {"name": lambda convenor: "Ada Quill"},
    "people.undo_contacts": {"contacts_id": contacts_done},
    "people:contacts_undo": {"contacts_id": contacts_done},
    "people:contacts_done": {"contacts_id": contacts_done},
    "people:kept": {"person_id": merged_away},
    "network.reopen_promise": {"promise_id": kept},
    "network.thank_for_promise": {"promise_id": kept},
    "network:promise_reopen": {"promise_id": kept},
    "network:promise_thanks": {"promise_id": kept},
}
# Plain values, each made afresh.
VALUES: dict[str, Callable[[], object]] = {
    "name": lambda: "A sample",
    "place": lambda: "Sample Bay",
    "slug": lambda: "sample-bay",
    "email": lambda: "sample@marram.example",
    "role": lambda: Role.MEMBER,
    "published": lambda: False,
    "scopes": lambda: ["network.read"],
    "up": lambda: True,
    "what": lambda: "name",
    "purpose": lambda: "A sample.",
    "target": lambda: 20,
    "text": lambda: "A sample that nobody has asked before",
    "stance": lambda: "warm",
    "on": clock.today,
    "evidence": lambda: "Said so in the meeting.",
    "source": lambda: "Own words, in conversation",
    "basis": lambda: "public task",
    "circle": lambda: "core",
    "kept": lambda: True,
    "file": lambda: io.BytesIO(PAYMENTS.replace(b"Bakers", b"Weavers")),
    "file_name": lambda: "sample.csv",
    "line": lambda: 2,
    "sheet": lambda: "",
    "heading_row": lambda: 1,
    "recipe": lambda: RECIPE,
}
# The same name of a file or a sheet, by action.
CONTENTS = {
    "people.import_contacts": CONTACTS,
    "people.take_contacts": CONTACTS,
    "network.import_stances": STANCES,
}


def sample(name: str, convenor: Actor, where: str) -> object:
    """The value for one name of a page or an action, in the partnership of this convenor."""
    if name == "content":
        return CONTENTS[where]
    if make := SPECIAL.get(where, {}).get(name) or IDS.get(name):
        return make(convenor)
    if name in VALUES:
        return VALUES[name]()
    raise LookupError(
        f"tests/trust/samples.py has no sample for “{name}” of {where}: a new one brings its own"
    )
