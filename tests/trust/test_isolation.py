"""Can anything of one partnership be reached from another?"""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.utils.module_loading import module_has_submodule

from folkmoot.apps.places.models import Partnership
from folkmoot.core.access import OPERATOR, Actor
from folkmoot.core.kernel.errors import FolkmootError, NotAllowed
from partnership import Town
from trust.samples import IDS, sample

Action = Callable[..., object]


def all_actions() -> Iterator[Action]:
    """Every public action of every room, its own and those that it gathers, found and not listed."""
    for config in apps.get_app_configs():
        if config.name.startswith("folkmoot.apps.") and module_has_submodule(config.module, "actions"):
            module = import_module(f"{config.name}.actions")
            gathered = getattr(module, "__all__", ())
            for name, held in vars(module).items():
                ours = name in gathered or getattr(held, "__module__", "") == module.__name__
                if inspect.isfunction(held) and ours and name[0] != "_":
                    yield held


def parameters(action: Action) -> list[inspect.Parameter]:
    """What an action must be given besides the actor, and every id that it takes."""
    return [
        parameter
        for name, parameter in list(inspect.signature(action).parameters.items())[1:]
        if parameter.default is parameter.empty or name in IDS
    ]


def given(action: Action, convenor: Actor) -> dict[str, object]:
    """A sample for everything that the action asks for, from the partnership of this convenor."""
    names = [parameter.name for parameter in parameters(action)]
    return {name: sample(name, convenor, label(action)) for name in names}


def outcome(action: Action, actor: Actor, asked: dict[str, object]) -> FolkmootError | None:
    """How the action ends; whatever it did is taken back."""
    with transaction.atomic():
        try:
            action(actor, **asked)
        except FolkmootError as error:
            return error
        finally:
            transaction.set_rollback(True)
    return None


def label(action: Action) -> str:
    """The room and the action."""
    return f"{action.__module__.split('.')[2]}.{action.__name__}"


ACTIONS = sorted(all_actions(), key=label)
WITH_IDS = [
    pytest.param(action, parameter.name, id=f"{label(action)}-{parameter.name}")
    for action in ACTIONS
    for parameter in parameters(action)
    if parameter.name in IDS
]


@pytest.mark.parametrize("action", ACTIONS, ids=label)
def test_08_nobody_and_no_outsider_can_act(town: Town, action: Action) -> None:
    if outcome(action, town.convenor, given(action, town.convenor)) is not None:
        assert outcome(action, OPERATOR, given(action, town.convenor)) is None
    for actor in (town.nobody, town.outsider):
        assert isinstance(outcome(action, actor, given(action, town.convenor)), NotAllowed)


@pytest.mark.parametrize(("action", "name"), WITH_IDS)
def test_02_06_an_id_of_another_partnership_is_refused(town: Town, action: Action, name: str) -> None:
    assert outcome(action, town.convenor, given(action, town.convenor)) is None
    theirs = sample(name, town.neighbour, label(action))
    error = outcome(action, town.convenor, {**given(action, town.convenor), name: theirs})
    assert error is not None
    assert theirs not in str(error)


def test_10_unknown_and_closed_look_alike(town: Town, client: Client) -> None:
    pages = []
    for account in (None, town.account(town.outsider)):
        if account:
            client.force_login(account)
        for slug in (town.partnership.slug, "no-such-place"):
            for page in ("", "mine/", "network/", "spend/"):
                answer = client.get(f"/{slug}/{page}")
                assert answer.status_code == 404
                pages.append((answer.content, sorted(answer.headers.items()), sorted(answer.cookies)))
        assert client.get("/no-such-place/at/all/").content == pages[0][0]
    anonymous, outsider = pages[:8], pages[8:]
    assert all(page == anonymous[0] for page in anonymous)
    assert all(page == outsider[0] for page in outsider)
    assert anonymous[0][0] == outsider[0][0]


def test_04_an_outsider_sees_a_partnership_once_it_is_published(town: Town, client: Client) -> None:
    address = f"/{town.partnership.slug}/"
    assert client.get(address).status_code == 404
    Partnership.objects.filter(id=town.partnership.id).update(published=True)
    assert client.get(address).status_code == 200
    assert client.get(f"{address}mine/").status_code == 404
