"""Does a setting change exactly what was asked, and say so in the diary?"""

import json

import pytest

from folkmoot.apps.places import actions, queries
from folkmoot.apps.places.models import DiaryDetail, DiaryLine, Organisation, Part, Partnership, Post
from folkmoot.apps.places.settling import level_word
from folkmoot.core.access import Act
from folkmoot.core.kernel.errors import NotAllowed, NotFound, Refused
from partnership import Town
from trust.doors import client_of
from trust.samples import upload

GOOD = {
    "name": "Marram  Together ",
    "purpose": " For us all. ",
    "published": True,
    "colour": "#7B1E3A",
    "level_words": {"chief": "Directors", "middle": " "},
    "target": 12,
    "window_days": 90,
    "zone": "Europe/Dublin",
    "currency": "eur",
    "keep_months": 36,
}
KEPT = GOOD | {
    "name": "Marram Together",
    "purpose": "For us all.",
    "colour": "#7b1e3a",
    "level_words": {"chief": "Directors"},
    "currency": "EUR",
}
WRONG = [
    {"name": "  "}, {"colour": "red"}, {"colour": "#ffcc00"}, {"colour": "#777777"},
    {"level_words": {"boss": "Boss"}}, {"level_words": {"chief": "middle"}},
    {"level_words": {"chief": "x" * 31}},
    {"target": 0}, {"target": 10**9}, {"window_days": 1}, {"keep_months": -1},
    {"zone": "Europe/Atlantis"}, {"zone": "../../etc/passwd"}, {"currency": "JPY"}, {"currency": ""},
]  # fmt: skip


@pytest.mark.parametrize("field", sorted(GOOD))
def test_one_thing_is_changed_and_the_diary_says_from_what_to_what(town: Town, field: str) -> None:
    before = Partnership.objects.values().get(id=town.partnership.id)
    actions.settle_partnership(town.convenor, **{field: GOOD[field]})
    after = Partnership.objects.values().get(id=town.partnership.id)
    assert {name for name in after if after[name] != before[name]} == {field}
    assert after[field] == KEPT[field]
    lines = DiaryLine.objects.filter(partnership_id=town.partnership.id).order_by("-number")
    told = json.loads(DiaryDetail.objects.get(serial=lines[0].serial).text)
    assert (lines[0].act, told["changed"]) == (Act.SETTLE_PARTNERSHIP, field)
    assert told["before"] != told["after"]
    count = lines.count()
    actions.settle_partnership(town.convenor, **{field: GOOD[field]})
    assert lines.count() == count, "what stays as it is is no line"
    for actor in (town.core, town.member, town.outsider, town.nobody):
        with pytest.raises(NotAllowed):
            actions.settle_partnership(actor, **{field: GOOD[field]})


@pytest.mark.parametrize("given", WRONG, ids=repr)
def test_what_cannot_be_is_refused_and_nothing_changes(town: Town, given: dict[str, object]) -> None:
    before = Partnership.objects.values().get(id=town.partnership.id)
    with pytest.raises(Refused):
        actions.settle_partnership(town.convenor, **{"purpose": "Changed."} | given)
    assert Partnership.objects.values().get(id=town.partnership.id) == before


def test_a_colour_that_is_too_pale_is_told_the_nearest_that_does(town: Town) -> None:
    with pytest.raises(Refused) as refusal:
        actions.settle_partnership(town.convenor, colour="#ffcc00")
    nearest = refusal.value.next_step.split()[-1].rstrip(".")
    assert actions.settle_partnership(town.convenor, colour=nearest).colour == nearest
    assert actions.settle_partnership(town.convenor, colour="").colour == ""


def test_the_currency_stays_while_payments_are_in_the_ledger(town: Town) -> None:
    upload(town.convenor)
    with pytest.raises(Refused, match="The currency stays"):
        actions.settle_partnership(town.convenor, currency="EUR")
    program = actions.make_token(town.convenor, name="A", scopes=["places.write"])
    with pytest.raises(Refused, match="The currency stays"):
        actions.settle_partnership(queries.token_actor(program.secret)[2], currency="EUR")
    assert actions.settle_partnership(town.convenor, currency="GBP").currency == "GBP"
    assert actions.settle_partnership(town.neighbour, currency="EUR").currency == "EUR"


def test_a_level_without_a_word_keeps_its_name(town: Town) -> None:
    partnership = actions.settle_partnership(town.convenor, level_words={"chief": "Directors"})
    assert [level_word(partnership, level) for level in ("chief", "middle")] == ["Directors", "middle"]
    assert level_word(town.elsewhere, "chief") == "chief"


def parts_of(town: Town) -> list[str]:
    """Their names in their order."""
    return [part.name for part in queries.parts_held_for(town.convenor)]


def test_parts_are_named_ordered_and_renamed(town: Town) -> None:
    council, _, housing = queries.parts_held_for(town.convenor)
    actions.move_part(town.convenor, part_id=housing.id, up=True)
    actions.move_part(town.convenor, part_id=council.id, up=True)
    assert parts_of(town) == ["Council", "Housing", "Health"]
    actions.rename_part(town.convenor, part_id=council.id, name="Local government")
    for name in ("housing", " ", "Health "):
        with pytest.raises(Refused):
            actions.rename_part(town.convenor, part_id=council.id, name=name)
    assert actions.name_part(town.convenor, name="HEALTH").name == "Health"
    assert parts_of(town) == ["Local government", "Housing", "Health"]
    with pytest.raises(NotFound):
        actions.move_part(town.neighbour, part_id=council.id, up=False)
    with pytest.raises(NotAllowed):
        actions.remove_part(town.core, part_id=council.id)


def test_a_part_goes_only_when_it_is_said_where_its_own_go(town: Town) -> None:
    council, health, housing = queries.parts_held_for(town.convenor)
    actions.record_organisation(town.convenor, name="Town Hall", part_id=council.id)
    person = actions.record_person(town.convenor, name="Ada")
    actions.record_post(town.convenor, person_id=person.id, part_id=council.id)
    assert "1 organisation" in queries.part_held_for(town.convenor, council.id).hangs
    theirs = actions.name_part(town.neighbour, name="Council")
    with pytest.raises(Refused, match="cannot go yet"):
        actions.remove_part(town.convenor, part_id=council.id)
    with pytest.raises(Refused):
        actions.remove_part(town.convenor, part_id=council.id, into_id=council.id)
    with pytest.raises(NotFound):
        actions.remove_part(town.convenor, part_id=council.id, into_id=theirs.id)
    actions.remove_part(town.convenor, part_id=council.id, into_id=health.id)
    actions.remove_part(town.convenor, part_id=housing.id)
    assert parts_of(town) == ["Health"]
    assert Organisation.objects.get(name="Town Hall").part_id == health.id
    assert not Post.objects.filter(part_id=council.id).exists()
    assert Part.objects.filter(id=theirs.id).exists()


def test_levels_are_shown_in_the_partnerships_own_words(town: Town) -> None:
    person = actions.record_person(town.convenor, name="Ada Quill")
    actions.record_post(town.convenor, person_id=person.id, level="chief")
    actions.settle_partnership(town.convenor, level_words={"chief": "Directors"})
    client = client_of(town, "convenor")
    for path in ("network/", f"network/people/{person.id}/", "settings/"):
        assert "Directors" in client.get(f"/marram/{path}").content.decode(), path
    assert Post.objects.get().level == "chief", "what is kept keeps its name"
