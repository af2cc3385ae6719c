"""Do rooms, tables and pages keep the rules of the house?"""

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.http import HttpRequest, HttpResponse
from django.test.utils import isolate_apps
from django.urls import get_resolver, include, path

from folkmoot.apps.network.models import Ask
from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.pages import door, open_door
from folkmoot.core.access import TABLE, Act
from house import rooms


@pytest.fixture(scope="module")
def graph() -> MigrationGraph:
    """The migrations as the files say, without a database."""
    return MigrationLoader(None).graph


@pytest.fixture
def recorded() -> ProjectState:
    """The tables as the migrations leave them."""
    return MigrationLoader(None).project_state()


def test_no_key_leads_from_room_to_room() -> None:
    assert rooms.our_rooms() >= {"places", "network", "spend"}
    assert rooms.keys_stay_in_the_room(apps.get_models()) == []


@isolate_apps("folkmoot.apps.spend")
def test_a_planted_key_from_room_to_room_is_caught() -> None:
    class Sideways(models.Model):
        partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
        ask = models.ForeignKey(Ask, models.CASCADE, related_name="+")

        class Meta:
            app_label = "spend"

    assert rooms.keys_stay_in_the_room([Sideways]) == ["spend.Sideways.ask leads to network.Ask"]


def test_migrations_match_models(recorded: ProjectState, graph: MigrationGraph) -> None:
    assert rooms.tables_match(recorded, graph) == []


def test_a_planted_difference_is_caught(recorded: ProjectState, graph: MigrationGraph) -> None:
    recorded.remove_field("network", "ask", "text")
    assert [found for found in rooms.tables_match(recorded, graph) if "text" in found]


def test_each_room_has_one_last_migration(graph: MigrationGraph) -> None:
    assert rooms.one_leaf_a_room(graph) == []


def test_a_planted_second_leaf_is_caught() -> None:
    graph = MigrationLoader(None).graph
    graph.add_node(("spend", "0002_planted"), None)
    assert rooms.one_leaf_a_room(graph) == ["spend ends in 2"]


def test_every_page_has_a_door() -> None:
    patterns = get_resolver().url_patterns
    assert len(list(rooms.pages(patterns))) >= 9
    assert rooms.pages_have_doors(patterns) == []


def view(request: HttpRequest, **captured: str) -> HttpResponse:
    """A page that says nothing."""
    return HttpResponse()


def test_planted_pages_without_doors_are_caught() -> None:
    fine = path("<slug:partnership>/a/", door(Act.SEE_WHOLE)(view))
    assert rooms.pages_have_doors([fine]) == []
    assert rooms.pages_have_doors([path("a/", view)]) == ["/a/ has no door"]
    assert len(rooms.pages_have_doors([path("<slug:partnership>/", include([path("a/", view)]))])) == 2
    opened = open_door("planted")(lambda request, partnership: HttpResponse())
    assert len(rooms.pages_have_doors([path("<slug:partnership>/a/", opened)])) == 1


def test_every_act_has_a_rule() -> None:
    assert set(TABLE) == set(Act)
    assert all(rule.words and rule.why_not and rule.act is act for act, rule in TABLE.items())
