"""Is an exported place the same place elsewhere, and does a forged file change nothing?"""

import csv
import io
import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from folkmoot.apps.network.queries import support_for
from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.models import Account, DiaryLine, Membership, Partnership, Person, Place
from folkmoot.apps.spend.queries import money_for
from folkmoot.apps.spend.shelves import ledger_of
from folkmoot.core.access import OPERATOR
from folkmoot.core.kernel.errors import FolkmootError, NotFound, Refused
from folkmoot.core.kernel.ids import new_id
from folkmoot.site.carrying import tables as carried_tables
from folkmoot.site.carrying.exporting import export_partnership
from folkmoot.site.carrying.figures import figures_of
from folkmoot.site.carrying.importing import import_partnership
from folkmoot.site.carrying.packing import packing
from folkmoot.site.carrying.tables import COLUMNS_LEFT_BEHIND, LEFT_BEHIND, our_models, tables
from partnership import Town, rows_of_all
from trust.carried import (
    HOSTILE,
    ODD,
    Change,
    Members,
    edit,
    forge,
    furnish,
    held_in,
    now,
    rows_of,
    take_away,
    with_plain,
    with_rows,
)

pytestmark = pytest.mark.django_db
# The file by the partnership that is in it: the town is the same in every test.
EXPORTED: dict[str, bytes] = {}


@pytest.fixture
def file(town: Town, settings: Settings, tmp_path: Path) -> Path:
    """A furnished place in a file, on an install that knows nothing of it any more."""
    settings.FOLKMOOT_DATA = tmp_path / "here"
    path, known = tmp_path / "place.zip", town.partnership.id
    if known not in EXPORTED:
        furnish(town)
        export_partnership(OPERATOR, "marram", path)
        EXPORTED[known] = path.read_bytes()
    take_away(known)
    path.write_bytes(EXPORTED[known])
    return path


def everything() -> dict[str, list[str]]:
    """Every row of every table of ours, to see that nothing was changed."""
    rows = rows_of_all()
    return {model._meta.label: sorted(map(repr, rows[model._meta.db_table])) for model in our_models()}


def test_every_table_is_carried_or_left_behind_with_a_reason() -> None:
    carried = {table.label for table in tables()}
    models = {model._meta.label for model in our_models()}
    assert carried | set(LEFT_BEHIND) == models
    assert not carried & set(LEFT_BEHIND)
    columns = {
        f"{model._meta.label}.{field.name}" for model in our_models() for field in model._meta.concrete_fields
    }
    assert set(COLUMNS_LEFT_BEHIND) <= columns
    for table in tables():
        assert not table.model._meta.many_to_many, f"{table.label}: links of many to many are not carried yet"
        for link in table.links:
            assert link.related_model._meta.label in carried or link.null, f"{table.label}.{link.name}"


def test_the_figures_are_those_of_the_pages(town: Town, settings: Settings, tmp_path: Path) -> None:
    settings.FOLKMOOT_DATA = tmp_path / "here"
    furnish(town)
    told = figures_of(town.partnership.id, now())
    support, money = support_for(town.core, town.partnership.id), money_for(town.member, town.partnership.id)
    assert told["support"]["active"] == support.active == 4
    assert told["support"]["parts"] == dict(support.parts)
    assert told["money"]["whole"] == {"payments": money.whole.rows, "pence": money.whole.pence}
    assert told["diary"]["whole"] is True


def test_a_place_comes_home_whole(town: Town, file: Path, tmp_path: Path) -> None:
    said = json.loads(held_in(file)["figures.json"])
    taken = import_partnership(OPERATOR, file)
    assert taken.figures == said
    place = Partnership.objects.get(slug="marram")
    assert place.id == town.partnership.id
    last = DiaryLine.objects.filter(partnership_id=place.id).latest("number")
    assert (last.number, last.previous) == (said["diary"]["lines"] + 1, said["diary"]["last"])
    assert verify_chain(place.id).whole
    assert {person.name for person in place.person_set.all()} >= {"Ada Quill", HOSTILE, "Åsa Öst", ODD}
    again = tmp_path / "again.zip"
    export_partnership(OPERATOR, "marram", again)
    same, found = held_in(file), held_in(again)
    alike = {name for name in same if same[name] == found.get(name)}
    changed = {"figures.json", "contents.json", "README.md"}
    assert set(same) - alike - changed == {
        f"tables/places_diary{one}.{kind}" for one in ("line", "detail") for kind in ("csv", "json")
    }
    with pytest.raises(Refused, match="here already"):
        import_partnership(OPERATOR, file)


def test_the_newest_recipe_stays_the_newest(town: Town, file: Path) -> None:
    import_partnership(OPERATOR, file)
    anchor = Partnership.objects.get(slug="marram").organisation_set.get(anchor=True)
    kept = ledger_of(town.partnership.id).recipes("Marram Council", anchor.id)
    assert [recipe.headings[0] for recipe in kept] == ["Day", "Date"]


def test_equal_contents_are_equal_bytes(town: Town, settings: Settings, tmp_path: Path) -> None:
    settings.FOLKMOOT_DATA = tmp_path / "here"
    furnish(town)
    paths = [tmp_path / name for name in ("one.zip", "other.zip")]
    for path in paths:
        export_partnership(OPERATOR, "marram", path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert paths[0].stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "one.zip", "other.zip"]


def test_a_spreadsheet_runs_nothing_and_the_json_is_exact(file: Path) -> None:
    members = held_in(file)
    names = {row["name"] for row in rows_of(members, "places_person")}
    assert HOSTILE in names
    shown = list(csv.DictReader(io.StringIO(members["tables/places_person.csv"].decode())))
    assert f"'{HOSTILE}" in {row["name"] for row in shown}
    readme = members["README.md"].decode()
    for table in tables():
        assert f"### {table.name}" in readme
        assert all(f"`{column.attname}`" in readme for column in table.columns if column.name != "serial")


def test_nothing_of_the_install_or_of_others_is_in_it(town: Town, file: Path) -> None:
    whole = b"".join(held_in(file).values())
    assert town.elsewhere.id.encode() not in whole
    assert b"@marram-fell.example" not in whole
    assert b"convenor@marram.example" in whole


def test_another_address_and_accounts_known_by_their_address(town: Town, file: Path) -> None:
    before = Account.objects.get(email="core@marram.example")
    Account.objects.filter(id=before.id).delete()
    other = Account.objects.create(email="Core@marram.example", name="Somebody of this install")
    squatter = Account.objects.create(id=before.id, email="squatter@x.example", name="Squatter")
    import_partnership(OPERATOR, file, "new-marram")
    place = Partnership.objects.get(slug="new-marram")
    assert Membership.objects.get(partnership=place, account=other).role == "core"
    assert not Membership.objects.filter(account=squatter).exists()
    other.refresh_from_db()
    assert other.name == "Somebody of this install"
    assert Client().get("/new-marram/").status_code == 404  # it was not published there, nor is it here


def test_what_is_here_decides_whether_it_fits(town: Town, file: Path) -> None:
    taken = Partnership.objects.create(
        place=Place.objects.first(), slug="marram", name="Another", founded_on="2026-01-01"
    )
    for slug, words in (
        ("", "another partnership"),
        ("guide", "cannot be called"),
        ("../x", "cannot be called"),
    ):
        with pytest.raises(Refused, match=words):
            import_partnership(OPERATOR, file, slug)
    import_partnership(OPERATOR, file, "marram-2")
    assert taken.person_set.count() == 0


def test_somebody_who_was_shut_out_stays_out(town: Town, settings: Settings, tmp_path: Path) -> None:
    settings.FOLKMOOT_DATA = tmp_path / "here"
    Account.objects.filter(email="member@marram.example").update(is_active=False)
    path = tmp_path / "place.zip"
    export_partnership(OPERATOR, "marram", path)
    take_away(town.partnership.id)
    Account.objects.filter(email__in=["member@marram.example"]).delete()
    Account.objects.filter(email="core@marram.example").update(is_active=False)
    import_partnership(OPERATOR, path)
    assert not Account.objects.get(email="member@marram.example").is_active
    assert not Account.objects.get(email="core@marram.example").is_active


def _foreign_rows(members: Members) -> None:
    with_rows(
        members,
        "places_person",
        [row | {"partnership_id": new_id()} for row in rows_of(members, "places_person")],
    )


def _twice(members: Members) -> None:
    rows = rows_of(members, "places_person")
    with_rows(members, "places_person", [*rows, rows[0]])


def _another_place(members: Members) -> None:
    with_rows(
        members, "places_place", [*rows_of(members, "places_place"), {"id": new_id(), "name": "Elsewhere"}]
    )


def _odd_table(members: Members) -> None:
    members["tables/auth_group.json"] = b"[\n]\n"
    with_plain(members, "contents.json", lambda told: told["tables"].update(auth_group=0))


def _part_with_a_path(members: Members) -> None:
    with_plain(members, "ledger/manifest.json", lambda told: told["parts"][0].update(id="../../../stolen"))


def _more_money(members: Members) -> None:
    with_plain(members, "ledger/manifest.json", lambda told: told["parts"][0].update(pence_accepted=1))


def _other_figures(members: Members) -> None:
    with_plain(members, "figures.json", lambda told: told["support"].update(active=99))


def _broken_diary(members: Members) -> None:
    edit("places_diaryline", act="places.record person")(members)


def _cut_diary(members: Members) -> None:
    with_rows(members, "places_diaryline", rows_of(members, "places_diaryline")[:-1])
    with_rows(members, "places_diarydetail", rows_of(members, "places_diarydetail")[:-1])


def _drop(name: str) -> Change:
    return lambda members: next(members.pop(one) for one in list(members) if one.startswith(name))


def _later(members: Members) -> None:
    with_plain(members, "contents.json", lambda told: told.update(format=2))


def _one_address(members: Members) -> None:
    first, second, *others = rows_of(members, "places_account")
    second["email"] = first["email"].upper()
    with_rows(members, "places_account", [first, second, *others])


FORGERIES: dict[str, Change] = {
    "rows of another partnership": _foreign_rows,
    "a partnership of another id": edit("places_partnership", id=new_id()),
    "a role beyond the three": edit("places_membership", role="operator"),
    "a membership of an account that is not in the file": edit("places_membership", account_id=new_id()),
    "an account with a power": edit("places_account", is_superuser=True),
    "an account with a password": edit("places_account", password="x"),
    "an account without an address": edit("places_account", email=""),
    "two accounts of one address": _one_address,
    "a row twice": _twice,
    "two places": _another_place,
    "a table that is not ours": _odd_table,
    "a column that is not there": edit("places_person", circles="all"),
    "a text that is a number": edit("places_person", name=7),
    "a number that is a truth": edit("places_partnership", target=True),
    "a number too large": edit("places_partnership", target=2**63),
    "a text too long": edit("places_person", name="x" * 201),
    "a text with nothing in it": edit("places_person", name="a\x00b"),
    "a day that is none": edit("network_stance", on="2026-02-30"),
    "a zone that is none": edit("places_partnership", zone="../../etc/passwd"),
    "an address of the site's own": edit("places_partnership", slug="guide"),
    "a fingerprint that is a path": edit("spend_upload", sha256="../" * 21 + "x"),
    "a part's id that is a path": edit("spend_upload", part_id="../../secret-key"),
    "an id that is a path": edit("places_person", id="../../secret-key"),
    "a post of somebody who is not there": edit("places_post", person_id=new_id()),
    "a part of the ledger with a path for an id": _part_with_a_path,
    "other money than there is": _more_money,
    "figures that do not come out": _other_figures,
    "a diary with a line edited": _broken_diary,
    "a diary with its end cut": _cut_diary,
    "no manifest": _drop("ledger/manifest.json"),
    "no payments": _drop("ledger/parts/"),
    "no figures": _drop("figures.json"),
    "no people": _drop("tables/places_person.json"),
    "a later format": _later,
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_file_changes_nothing(file: Path, name: str, tmp_path: Path) -> None:
    forged, before = forge(file, FORGERIES[name]), everything()
    with pytest.raises(Refused):
        import_partnership(OPERATOR, forged)
    assert everything() == before
    left = {path.name for path in (tmp_path / "here").rglob("*") if path.is_file()}
    assert left <= {"importing.lock"}


def test_a_bomb_is_not_unpacked(file: Path, tmp_path: Path) -> None:
    forged = tmp_path / "bomb.zip"
    members = held_in(file)
    with packing(forged) as pack:
        for name, body in members.items():
            pack.add(name, [body])
        pack.add("originals/" + "a" * 64, (bytes(1 << 20) for _ in range(200)))
    before = everything()
    with pytest.raises(Refused, match="unpacks to more than"):
        import_partnership(OPERATOR, forged)
    assert everything() == before


@pytest.mark.parametrize("name", ["../out", "/out", "tables/../../out", "C:\\out", "originals/.hidden"])
def test_no_name_leads_out(file: Path, name: str, tmp_path: Path) -> None:
    forged = forge(file, lambda members: members.update({name: b"x"}))
    with pytest.raises(Refused):
        import_partnership(OPERATOR, forged)
    assert not list(tmp_path.rglob("out")) + list(tmp_path.rglob(".hidden"))


def test_rows_of_a_neighbour_are_never_taken_over(town: Town, file: Path) -> None:
    own = Person.objects.create(partnership=town.elsewhere, name="Neighbour")
    forged, before = forge(file, _with_a_person(own.id)), everything()
    with pytest.raises(Refused, match="here already, in another partnership"):
        import_partnership(OPERATOR, forged)
    assert everything() == before


def test_what_is_written_down_to_be_undone_reaches_no_neighbour(town: Town, file: Path) -> None:
    own = Person.objects.create(partnership=town.elsewhere, name="Neighbour")
    changes = [{"table": "person", "id": own.id, "before": {"name": "Taken"}, "after": {}}]
    # Whichever column holds plain values: a row names others there by their ids alone.
    forged, before = forge(file, edit("places_partnership", level_words={"chief": changes})), everything()
    with pytest.raises(Refused, match="here already, in another partnership"):
        import_partnership(OPERATOR, forged)
    assert everything() == before


def _with_a_person(person_id: str) -> Change:
    def change(members: Members) -> None:
        rows = rows_of(members, "places_person")
        with_rows(members, "places_person", [*rows, rows[0] | {"id": person_id}])

    return change


def test_no_partnership_and_nowhere_to_write(town: Town, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        export_partnership(OPERATOR, "nowhere", tmp_path / "x.zip")
    for path in (tmp_path / "no" / "x.zip", tmp_path):
        with pytest.raises(FolkmootError):
            export_partnership(OPERATOR, "marram", path)
    assert list(tmp_path.iterdir()) == []


def test_nobody_but_the_operator_and_a_convenor_may(town: Town, file: Path, tmp_path: Path) -> None:
    for actor in (town.convenor, town.nobody, town.outsider):
        with pytest.raises(FolkmootError):
            import_partnership(actor, file)
    with pytest.raises(FolkmootError):
        export_partnership(town.convenor, "marram-fell", tmp_path / "x.zip")
    assert carried_tables.LEFT_BEHIND.keys() >= {"places.Token"}
