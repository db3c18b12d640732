"""The example of a record shows each form of row and plays."""

from __future__ import annotations

from counterpoise.scenario_files import history_text
from counterpoise.session.running_session import Session
from counterpoise.sim.history import AlignmentReference, History

NAME = "rising-hegemon"


def test_the_example_plays_to_its_end_and_every_act_is_possible(played: Session) -> None:
    world = played.simulation.world
    kinds = [incident.kind for incident in world.incidents]
    assert played.phase == "ended"
    assert {"order_void", "inject_void"}.isdisjoint(kinds)
    assert {"alliance_joined", "crisis_mediated", "war_joined", "penetration_exposed"} <= set(kinds)
    [league] = [one for one in world.alignments.values() if one.joined]
    assert sorted(league.members) == ["CAL", "DEN", "EVE"], "the fourth has joined and left"


def test_the_example_shows_each_form_of_row(record: History) -> None:
    text, _ = history_text(NAME)
    references = [reference for act in record.acts for reference in act.references.values()]
    assert any(isinstance(reference, AlignmentReference) and reference.commitment for reference in references)
    assert any(isinstance(reference, tuple) for reference in references)
    for key in ("against =", "name =", "joins =", "secret =", "until =", "crisis =", "war =", "lead =", "note ="):
        assert key in text, key
