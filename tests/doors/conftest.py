"""Which partnership do programs ask about, and for whom do they ask?"""

import pytest

from folkmoot.apps.network import actions as network
from folkmoot.apps.places import actions as places
from folkmoot.apps.places import clock
from partnership import Town
from trust.programs import (
    Program,
    token_of,
)
from trust.samples import upload


@pytest.fixture
def known(town: Town) -> Town:
    """A partnership that has people, stances and payments."""
    upload(town.convenor)
    part = places.name_part(town.convenor, name="Council")
    ask = network.make_ask(town.convenor, text="Buy from the town")
    for name in ("Ada Quill", "Ben Oakes", "Cy Marsh", "Di Fell", "Ed Moor", "Flo Wath"):
        person = places.record_person(town.convenor, name=name)
        places.record_post(town.convenor, person_id=person.id, title="Chief", part_id=part.id)
        told = {"stance": "active", "on": clock.today(), "evidence": "Said so."}
        network.record_stance(town.convenor, person_id=person.id, ask_id=ask.id, **told)
    return town


@pytest.fixture
def convenor(known: Town) -> Program:
    """A program that acts for the convenor."""
    return Program(token_of(known.convenor))
