"""The example of a record shows each form of row and plays."""

from __future__ import annotations

from collections.abc import Callable

from counterpoise.scenario_files import history_text
from counterpoise.session.running_session import Session
from counterpoise.sim.history import AlignmentReference
from counterpoise.sim.reading.history_text import parse_history

NAME = "rising-hegemon"


def test_the_example_plays_to_its_end_and_every_act_is_possible(play_record_of: Callable[[str], Session]) -> None:
    played = play_record_of(NAME)
    world = played.simulation.world
    kinds = [incident.kind for incident in world.incidents]
    assert played.phase == "ended"
    assert {"order_void", "inject_void"}.isdisjoint(kinds)
    assert {"alliance_joined", "crisis_mediated", "war_joined", "penetration_exposed"} <= set(kinds)
    [league] = [one for one in world.alignments.values() if one.joined]
    assert sorted(league.members) == ["CAL", "DEN", "EVE"], "the fourth has joined and left"


def test_the_example_shows_each_form_of_row(play_record_of: Callable[[str], Session]) -> None:
    text, source = history_text(NAME)
    acts = parse_history(text, source, play_record_of(NAME).scenario).acts
    references = [reference for act in acts for reference in act.references.values()]
    assert any(isinstance(reference, AlignmentReference) and reference.commitment for reference in references)
    assert any(isinstance(reference, tuple) for reference in references)
    for key in ("against =", "name =", "joins =", "secret =", "until =", "crisis =", "war =", "lead =", "note ="):
        assert key in text, key
