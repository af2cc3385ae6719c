"""How does a person go from every record, so that nothing of theirs stays behind?

What is about them is removed; where others' records name them in passing, the name is taken out of the
sentence. The diary's lines stay and only their details go, so that its chain still holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet

from folkmoot.apps.people.erasing_copies import overwrite_freed_pages, remove_letters, remove_sessions
from folkmoot.apps.people.models import ContactsImport
from folkmoot.apps.people.records_reach import (
    LEDGER,
    Found,
    Mention,
    home_of,
    lines_about,
    mentions_of,
    rows_about,
)
from folkmoot.apps.people.records_whom import Whom, detail_of, names, whom
from folkmoot.apps.people.records_words import heading
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.exported import forget_exported
from folkmoot.apps.places.members import convenors_of
from folkmoot.apps.places.models import Account, DiaryDetail, DiaryLine, Membership, Person
from folkmoot.apps.places.queries import PERSON, admitted, only, whole_of
from folkmoot.apps.places.turns import in_turn
from folkmoot.core.access import Act, Actor, require
from folkmoot.core.kernel.errors import Refused

GONE = "[erased]"
STAYS = (
    ("Payments that an anchor published", LEDGER),
    (
        "The diary's lines",
        "They hold ids, acts and times, so that a silent change would show. What they say of this person in "
        "words goes.",
    ),
    (
        "Backups made until now",
        "They still hold it until they are overwritten, and so do folders that a restore kept aside. Make a "
        "new backup, delete the older ones, and if you ever restore an older one, erase again.",
    ),
    (
        "Sheets, mails and papers outside Folkmoot",
        "Bringing an old contacts sheet in again would bring this person back: take them out of it.",
    ),
)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What would go and what would stay, to be checked before it is done."""

    person_id: str
    name: str
    goes: tuple[tuple[str, int], ...]
    mentioned: int  # texts about others out of which the name is taken
    waiting_files: int
    account: str  # a sentence, or nothing where they have none
    shared: bool  # somebody else has the same name, so it is not looked for in texts about others
    one_word: tuple[str, ...]  # names of theirs that are not looked for within sentences
    why_not: str  # why they cannot be erased, or nothing
    own: bool  # whether it is who asks, and whether they are signed out by it
    signs_out: bool


def erasure_for(actor: Actor, person_id: str) -> Erasure:
    """What erasing a person would do. Nothing is changed."""
    rows = Person.objects.select_related("partnership").filter(id=person_id)
    person = only(admitted(Act.ERASE_PERSON, actor, rows, PERSON))
    about = whom(person)
    found = rows_about(about)
    goes = [(heading(model), len(held)) for model, held in found.items() if model is not Account]
    mentioned = [each for each in mentions_of(about, found) if each.table is not ContactsImport]
    return Erasure(
        person.id,
        person.name,
        tuple(goes),
        len(mentioned),
        _waiting(person.partnership_id).count(),
        _about_account(about),
        person.name not in about.names,
        about.one_word,
        _why_not(about),
        own=actor.account_id in {account.id for account in about.accounts},
        signs_out=actor.account_id in {account.id for account in _going(about)},
    )


@in_turn
def erase_person(actor: Actor, *, person_id: str, name: str) -> None:
    """Removes a person from every table; `name` is theirs, typed, to be sure.

    A line of the diary says that somebody was erased, and nothing of whom.
    """
    require(Act.ERASE_PERSON, actor, whole_of(actor))
    rows = Person.objects.select_related("partnership").filter(id=person_id)
    person = only(admitted(Act.ERASE_PERSON, actor, rows, PERSON))
    if " ".join(name.split()).casefold() != " ".join(person.name.split()).casefold():
        raise Refused("This is not their name.", "", "Type the name as it stands above.", field="name")
    about = whom(person)
    if why_not := _why_not(about):
        raise Refused("This person cannot be erased yet.", why_not, "Make somebody else a convenor first.")
    found = rows_about(about)
    ids = {str(row.pk) for held in found.values() for row in held}
    meant = replace(about, ids=about.ids | ids)
    accounts = _going(about)
    _erase_details(meant, found)
    _take_out(meant, mentions_of(meant, found))
    _put_files_aside(person.partnership_id)
    _forget_who_did_it(about, {account.id for account in accounts})
    _remove(found, accounts)
    remove_sessions(meant, {account.id for account in accounts})
    write_line(actor, Act.ERASE_PERSON, person.partnership_id, person.partnership_id, erased=True)
    transaction.on_commit(lambda: _sweep(meant, person.partnership_id), robust=True)


def _sweep(meant: Whom, partnership_id: str) -> None:
    remove_letters(meant)
    forget_exported(partnership_id)
    overwrite_freed_pages(connection)


def _waiting(partnership_id: str) -> QuerySet[ContactsImport]:
    """Files of contacts that nobody has checked yet: any of them may hold the person."""
    return ContactsImport.objects.filter(partnership_id=partnership_id, state=ContactsImport.State.LOOKED)


def _put_files_aside(partnership_id: str) -> None:
    """Files that wait go; of others the cells of rows that were set aside: a name may be spread over them."""
    _waiting(partnership_id).delete()
    for row in ContactsImport.objects.filter(partnership_id=partnership_id).defer("content"):
        aside = [[*each[:2], []] for each in row.report.get("set_aside", []) if isinstance(each, list)]
        report = row.report | ({"set_aside": aside} if aside else {})
        ContactsImport.objects.filter(id=row.id).update(content=None, report=report)


def _why_not(about: Whom) -> str:
    """The last convenor stays, or nobody could look after the partnership any more."""
    convenors = convenors_of(about.person.partnership_id)
    theirs = Membership.objects.filter(id__in=convenors, account__in=about.accounts)
    last = bool(convenors) and theirs.count() == len(convenors)
    return "They are the only convenor of this partnership." if last else ""


def _going(about: Whom) -> list[Account]:
    """Their accounts that belong to no other partnership."""
    elsewhere = Membership.objects.filter(account__in=about.accounts)
    staying = set(
        elsewhere.exclude(partnership_id=about.person.partnership_id).values_list("account_id", flat=True)
    )
    return [account for account in about.accounts if account.id not in staying]


def _about_account(about: Whom) -> str:
    if not about.accounts:
        return ""
    if len(_going(about)) < len(about.accounts):
        return (
            "They belong to another partnership on this server too, so their account stays for that one; "
            "their membership here goes."
        )
    return "Their account goes: they are signed out everywhere, and cannot sign in any more."


def _erase_details(meant: Whom, found: Found) -> None:
    """The words of every line that is about one of the rows, or that names the person."""
    lines = DiaryLine.objects.filter(partnership_id=meant.person.partnership_id)
    mine = set(lines_about(meant, found).filter(subject_id__in=meant.ids).values_list("serial", flat=True))
    details = DiaryDetail.objects.filter(serial__in=lines.values("serial"))
    named = {each.serial for each in details.iterator() if names(meant, detail_of(each))}
    _in_lots(DiaryDetail, mine | named)


def _in_lots(model: type[Model], keys: Iterable[object]) -> None:
    """Deletes rows by key, not more at once than a database takes in one question."""
    waiting = list(keys)
    for first in range(0, len(waiting), 500):
        model._base_manager.filter(pk__in=waiting[first : first + 500]).delete()


def _take_out(meant: Whom, mentions: Iterable[Mention]) -> None:
    """The name leaves every text about others; what a file or a merge kept about the person goes whole."""
    for mention in mentions:
        value = without(meant, getattr(mention.row, mention.field))
        mention.table._base_manager.filter(pk=mention.row.pk).update(**{mention.field: value})


def without(meant: Whom, value: object) -> object:
    """A value without what is said of a person: their pieces go from lists, their name from sentences."""
    if isinstance(value, str):
        return GONE if value in meant.ids else meant.without(value, GONE)
    if isinstance(value, dict):
        return {key: without(meant, held) for key, held in value.items() if not meant.is_meant(str(key))}
    if isinstance(value, list):
        return [without(meant, held) for held in value if not _is_piece(meant, held)]
    return value


def _is_piece(meant: Whom, value: object) -> bool:
    """Whether a member of a list is about the person: an id of theirs, or something that holds one."""
    if isinstance(value, dict):
        held = [*value.keys(), *value.values()]
        return any(isinstance(each, str) and (each in meant.ids or _is_whole(meant, each)) for each in held)
    if isinstance(value, list):
        return any(isinstance(each, str) and each in meant.ids for each in value)
    return isinstance(value, str) and value in meant.ids


def _is_whole(meant: Whom, text: str) -> bool:
    """Whether a text is nothing but their name or address."""
    return meant.is_meant(text) and meant.without(text, "").strip() == ""


def _forget_who_did_it(about: Whom, going: set[str]) -> None:
    """Rows that say by their id who made them say it no more; in the diary, the id leads nowhere."""
    theirs = {account.id for account in about.accounts}
    for model in apps.get_models():
        names_held = {field.name: field for field in model._meta.concrete_fields}
        said = names_held.get("account_id")
        if model is DiaryLine or said is None or said.is_relation:
            continue
        home = home_of(model)
        here = Q(**{home: about.person.partnership_id}, account_id__in=theirs) if home else Q(pk__in=[])
        model._base_manager.filter(here | Q(account_id__in=going)).update(account_id="")


def _remove(found: Found, accounts: list[Account]) -> None:
    """Rows first, what they hang on last; an account only where it belongs nowhere else."""
    for model in reversed(list(found)):
        if model not in (Person, Account):
            model._base_manager.filter(pk__in=[row.pk for row in found[model]]).delete()
    Person.objects.filter(id__in=[row.pk for row in found[Person]]).delete()
    Account.objects.filter(id__in=[account.id for account in accounts]).delete()
