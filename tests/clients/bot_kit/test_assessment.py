from __future__ import annotations

import pytest

from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.sim.views.view import View
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.roster import line_up, load_bot


@pytest.fixture(scope="module")
def views(middle_east: str) -> list[View]:
    """The views of all seats after three years of the Middle East."""
    session = Session(scenario_text=middle_east, seed="2", session_id="s", secret="s")
    seated = line_up(session.scenario.actors, "2")
    play(session, {seat: load_bot(name)(f"2/{seat}") for seat, name in seated.items()}, until=3 * 365)
    return [session.view(seat) for seat in session.seats]


def test_two_states_are_aligned_if_a_known_alignment_has_both_as_members(views: list[View]) -> None:
    found = 0
    for view in views:
        assessment, states = Assessment(view), [view.own.id, *[other.id for other in view.others]]
        for a in states:
            for b in states:
                expected = any(a in tie.members and b in tie.members for tie in view.alignments)
                assert assessment.are_aligned(a, b) is expected
                found += expected and a != b
    assert found


def test_a_state_is_openly_against_the_state_that_its_alignment_names_or_that_it_fights(views: list[View]) -> None:
    found = 0
    for view in views:
        assessment, states = Assessment(view), [view.own.id, *[other.id for other in view.others]]
        for a in states:
            for b in states:
                expected = (
                    any(a in tie.members and tie.against == b for tie in view.alignments)
                    or any((a, b) in ((c.initiator, c.target), (c.target, c.initiator)) for c in view.crises)
                    or any({a, b} <= {*war.attackers, *war.defenders} and (a in war.attackers) != (b in war.attackers)
                           for war in view.wars)
                )  # fmt: skip
                assert assessment.is_openly_against(a, b) is expected
                found += expected
    assert found


def test_the_affinity_for_a_state_is_the_same_when_it_is_asked_for_again(views: list[View]) -> None:
    assessment = Assessment(views[0])
    first = [assessment.affinity(other.id) for other in views[0].others]
    assert [assessment.affinity(other.id) for other in views[0].others] == first
    assert [Assessment(views[0]).affinity(other.id) for other in views[0].others] == first
