"""How is a file of contacts taken out again, and what stays because something else rests on it by now?

What the file changed goes back, what it made goes, as long as it is as the file left it and nothing hangs
on it. Whatever stays is named with its reason, and can be tried again once that is gone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Model

from folkmoot.apps.people.contacts import contacts_row
from folkmoot.apps.people.contacts_records import ROWS_AT_ONCE, kept_instead, snapshot
from folkmoot.apps.people.contacts_saving import TABLES, Change
from folkmoot.apps.people.models import ContactsImport, Distinct, Merge
from folkmoot.apps.places import clock
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import Organisation, Part, Person, Post
from folkmoot.apps.places.queries import whole_of
from folkmoot.apps.places.turns import in_turn
from folkmoot.core.access import Act, Actor, require
from folkmoot.core.kernel.errors import Refused

State = ContactsImport.State
CHANGED = "was changed since"
# What hangs on a record in other words than the table's own; a blank one may go with it.
IN_WORDS: dict[type[Model], str] = {Merge: "another record merged into it", Distinct: ""}


@in_turn
def undo_contacts(actor: Actor, *, contacts_id: str) -> ContactsImport:
    """Takes back all that the file did; its report names what stayed, and why. Undone twice is once."""
    require(Act.IMPORT_CONTACTS, actor, whole_of(actor))
    row = contacts_row(actor, contacts_id)
    if row.state == State.LOOKED:
        raise Refused("This file has not been brought in.", "", "Put it aside instead.")
    again = row.state == State.UNDONE
    undoing = _Undoing(row)
    undoing.undo()
    row.state, row.changes = State.UNDONE, undoing.left
    row.settled_at = row.settled_at if again else clock.now()
    row.report = {**row.report, "stayed": undoing.stayed, "set_aside": [], "remarks": [], "numbers": []}
    row.save(update_fields=["state", "changes", "settled_at", "report"])
    if undoing.done or not again:
        told = {"undone": True, "taken_back": undoing.done, "stayed": len(undoing.stayed)}
        write_line(actor, Act.IMPORT_CONTACTS, row.partnership_id, row.id, file=row.file_name, **told)
    return row


@dataclass(slots=True)
class _Undoing:
    """One file's changes while they are taken back."""

    row: ContactsImport
    left: list[Change] = field(default_factory=list)
    stayed: list[list[str]] = field(default_factory=list)  # each: table, id, whose it is, name, reason
    done: int = 0

    def undo(self) -> None:
        """What was changed first, then what was made, from what hangs to what it hangs on."""
        by_table: defaultdict[str, list[Change]] = defaultdict(list)
        for change in self.row.changes:
            by_table[change["table"]].append(change)
        for name, changes in by_table.items():
            self._put_back(TABLES[name], [change for change in changes if "made" not in change])
        made = {name: [c for c in by_table[name] if "made" in c] for name in TABLES}
        own = {change["id"] for change in made["person"]}
        posts = self._going_posts(made["post"], own)
        people = self._going_people(made["person"], made["post"])
        staying = own - people
        posts -= {change["id"] for change in made["post"] if change["person"] in staying}
        self.left += [change for change in made["post"] if change["person"] in staying]
        self._remove(Post, posts)
        self._remove(Person, people)
        for model, name in ((Organisation, "organisation"), (Part, "part")):
            self._remove(model, self._free(model, made[name], frozenset()))
        # Of somebody who stays it is said once.
        named = {whose for table, _, whose, _, _ in self.stayed if table == "person"}
        self.stayed = [told for told in self.stayed if told[0] == "person" or told[2] not in named]

    def _put_back(self, model: type[Model], changes: list[Change]) -> None:
        held = _rows(model, (change["id"] for change in changes))
        for change in changes:
            row = held.get(change["id"])
            if row is None:
                continue  # it went by another way; there is nothing to put back
            now, after, before = snapshot(row), change["after"], change["before"]
            if any(now[name] != value for name, value in after.items()):
                if any(now[name] != value for name, value in before.items()):
                    self._stays(change, row, CHANGED)
                continue
            fields = {name: row._meta.get_field(name).to_python(value) for name, value in before.items()}
            model._base_manager.filter(pk=row.pk).update(**fields)
            self.done += 1

    def _going_posts(self, changes: list[Change], own: set[str]) -> set[str]:
        """Posts that the file made and nobody has touched since; those of its own people go with them."""
        going, held = set(), _rows(Post, (change["id"] for change in changes))
        hung = hanging_on(Post, held, {})
        met = self._met_later()
        for change in changes:
            row = held.get(change["id"])
            if row is None:
                continue
            later = "" if row.person_id in own else met.get(row.person_id, "")
            if reason := self._rests(row, change, hung) or later:
                self._stays(change, row, reason)
            else:
                going.add(row.pk)
        return going

    def _going_people(self, changes: list[Change], posts: list[Change]) -> set[str]:
        """People whom the file made, on whom nothing hangs but what it made too."""
        own = frozenset(post["id"] for post in posts)
        stuck = {change["id"] for change in self.left}
        going = self._free(Person, changes, own - stuck)
        met = self._met_later()
        held = _rows(Person, going & set(met))
        for change in changes:
            if row := held.get(change["id"]):
                self._stays(change, row, met[row.pk])
        return going - set(met)

    def _free(self, model: type[Model], changes: list[Change], besides: frozenset[str]) -> set[str]:
        """Those that are as they were made, with nothing hanging on them."""
        going, held = set(), _rows(model, (change["id"] for change in changes))
        hung = hanging_on(model, held, {Post: besides})
        instead = kept_instead(self.row.partnership_id)
        for change in changes:
            row = held.get(change["id"])
            if row is None:
                self._gone(change, instead)
            elif reason := self._rests(row, change, hung):
                self._stays(change, row, reason)
            else:
                going.add(row.pk)
        return going

    def _rests(self, row: Model, change: Change, hung: dict[str, list[str]]) -> str:
        """Why a row stays, or nothing."""
        if row.pk in hung:
            hangs = " and ".join(hung[row.pk])
            return f"has {hangs} by now" if isinstance(row, Person) else f"still has {hangs}"
        return CHANGED if snapshot(row) != change["made"] else ""

    def _gone(self, change: Change, instead: dict[str, str]) -> None:
        """A record that was merged into another stays with that one."""
        kept = Person.objects.filter(id=instead.get(change["id"], "")).first()
        if kept:
            self.left.append(change)
            name = str(change["made"].get("name", ""))
            self.stayed.append(["person", kept.id, kept.id, name, f"is one with {kept.name} by now"])

    def _met_later(self) -> dict[str, str]:
        """People whom a file that was brought in later names, too."""
        later = ContactsImport.objects.filter(
            partnership_id=self.row.partnership_id,
            state=State.DONE,
            report__order__gt=self.row.report["order"],
        ).defer("content", "changes")
        return {
            person: f"is in “{one.file_name}”, too, which was brought in later"
            for one in later
            for person in one.report.get("met", ())
        }

    def _stays(self, change: Change, row: Model, reason: str) -> None:
        self.left.append(change)
        whose = row.person if isinstance(row, Post) else row
        name = f"A post of {whose}" if isinstance(row, Post) else str(row)
        self.stayed.append([change["table"], row.pk, whose.pk, name, reason])

    def _remove(self, model: type[Model], ids: Collection[str]) -> None:
        for some in _lots(ids):
            model._base_manager.filter(pk__in=some).delete()
        self.done += len(ids)


def hanging_on(
    model: type[Model], ids: Iterable[str], besides: dict[type[Model], frozenset[str]]
) -> dict[str, list[str]]:
    """What points to these rows, in words, found by following the tables' own keys; without `besides`."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key in model._meta.related_objects:
        table, name = key.related_model, key.field.attname
        words = IN_WORDS.get(table, str(table._meta.verbose_name_plural))
        for some in _lots(list(ids)):
            rows = table._base_manager.filter(**{f"{name}__in": some})
            rows = rows.filter(undone_at=None) if table is Merge else rows
            for pk, pointed in rows.values_list("pk", name):
                if words and pk not in besides.get(table, ()) and words not in found.get(pointed, ()):
                    found[pointed].append(words)
    return dict(found)


def _rows(model: type[Model], ids: Iterable[str]) -> dict[str, Model]:
    rows = model._base_manager.select_related("person") if model is Post else model._base_manager
    return {row.pk: row for some in _lots(list(ids)) for row in rows.filter(pk__in=some)}


def _lots(ids: Collection[str]) -> Iterable[list[str]]:
    held = list(ids)
    return (held[at : at + ROWS_AT_ONCE] for at in range(0, len(held), ROWS_AT_ONCE))
