"""The evidence during play is what the debrief of the journal so far says."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import UNSET, to_builtins

from counterpoise.session.debrief.debrief_data import debrief_journal
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Entry
from counterpoise.session.running_evidence import RunningEvidence
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId

Seats = Callable[[Session, str], dict[ActorId, Bot]]
WINDOWS = 4


def test_after_each_window_it_is_the_debriefs_and_counts_no_choice_of_the_open_window(
    new_session: Callable[..., Session], line_up: Seats
) -> None:
    session = new_session("1")
    evidence = RunningEvidence({actor.id: actor.name for actor in session.scenario.actors})
    assert (evidence.window, evidence.document().groups) == (-1, [])
    entries: list[Entry] = []
    compared: list[int] = []
    taken = heard = 0

    def compare(running: Session) -> None:
        nonlocal taken, heard
        entries.extend(running.take_entries())
        if running.occasion != "window" or not running.window or running.window in compared:
            return
        made = running.ledger.made_since(taken)
        taken += len(made)
        happened = running.simulation.world.incidents[heard:]
        heard += len(happened)
        evidence.add(made, happened)
        assert evidence.window == running.window - 1
        found = evidence.document()
        assert found == debrief_journal(entries, "s.db").evidence
        assert set(found.groups[0].acts) > {"offer", "offer_answer"}
        assert all(step.window < running.window for group in found.groups for step in group.pairs[0].steps)
        compared.append(running.window)

    play(session, line_up(session, "1"), until=731, after_stop=compare)
    assert compared == list(range(1, WINDOWS + 1))


def test_a_brief_has_every_step_for_everyone_and_the_last_for_the_others(
    new_session: Callable[..., Session], line_up: Seats
) -> None:
    session = new_session("1")
    play(session, line_up(session, "1"), until=400)
    evidence = RunningEvidence({})
    evidence.add(session.ledger.made_since(0), session.simulation.world.incidents)
    whole, brief = to_builtins(evidence.document()), evidence.brief()
    assert whole is not UNSET
    everyone, *others = whole["groups"]
    assert len(everyone["pairs"][0]["steps"]) > 1
    assert brief["groups"][0] == everyone
    cut = [{**group, "pairs": [{**pair, "steps": pair["steps"][-1:]} for pair in group["pairs"]]} for group in others]
    assert brief["groups"][1:] == cut
