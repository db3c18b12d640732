from __future__ import annotations

from pathlib import Path

import pytest

from counterpoise.session.in_process_play import play
from counterpoise.session.journal.journal_contents import JournalContents, journal_contents
from counterpoise.session.running_session import Session
from counterpoise.theory.decisions.recoding import recoded
from counterpoise.theory.decisions.recoding_table import RecodingTable
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.shuffled_threats import CODING, with_shuffled_threats
from counterpoise_clients import roster

SCENARIOS = Path(__file__).resolve().parents[3] / "scenarios"


@pytest.fixture(scope="module")
def played() -> JournalContents:
    """A game of random players, all of them of one role and there from the first day to the last."""
    text = (SCENARIOS / "checkerboard.toml").read_text(encoding="utf-8")
    session = Session(scenario_text=text, seed="shuffled", session_id="shuffled", secret="s")
    play(session, {seat: roster.load_bot("random")(f"bot {seat}") for seat in session.seats})
    return journal_contents(session.take_entries(), session.id)


def threats(records: list[DecisionRecord], window: int) -> dict[tuple[str, str], float]:
    return {(r.point.actor, k.id): k.threat for r in records if r.point.window == window for k in r.point.others}


def test_threats_change_places_among_states_and_none_is_added_or_lost(played: JournalContents) -> None:
    before, after = recoded(RecodingTable(played.records), CODING), with_shuffled_threats(played.records, "1")
    for window in range(8):
        own, moved = threats(before, window), threats(after, window)
        assert sorted(own.values()) == sorted(moved.values())
        assert sum(own[pair] == moved[pair] for pair in own) < len(own) / 4


def test_every_window_has_the_same_places_so_that_threats_last_as_they_did(played: JournalContents) -> None:
    before, after = recoded(RecodingTable(played.records), CODING), with_shuffled_threats(played.records, "1")
    states = sorted({r.point.actor for r in before})
    first_own, first_moved = threats(before, 0), threats(after, 0)
    sources = {}
    for state in states:
        row = sorted(first_moved[state, k] for k in states if k != state)
        fitting = [other for other in states if sorted(first_own[other, k] for k in states if k != other) == row]
        assert len(fitting) == 1
        sources[state] = fitting[0]
    assert sorted(sources.values()) == states
    assert all(state != source for state, source in sources.items()), "nobody keeps its own fears"
    for window in range(1, 8):
        own, moved = threats(before, window), threats(after, window)
        for i in states:
            for j in states:
                if i != j:
                    assert moved[i, j] == own[sources[i], sources[j]]


def test_choices_distances_and_alliances_stay_with_their_states(played: JournalContents) -> None:
    after = {(r.point.actor, r.point.window): r for r in with_shuffled_threats(played.records, "1")}
    for record in played.records:
        moved = after[record.point.actor, record.point.window]
        assert record.outcome is not None
        assert moved.outcome is not None
        assert moved.outcome.partners == record.outcome.partners
        kept = {k.id: (k.km, k.similarity, k.aid, k.penetration, k.prior) for k in record.point.others}
        assert {k.id: (k.km, k.similarity, k.aid, k.penetration, k.prior) for k in moved.point.others} == kept


def test_the_seed_decides_the_places(played: JournalContents) -> None:
    assert with_shuffled_threats(played.records, "1") == with_shuffled_threats(played.records, "1")
    assert with_shuffled_threats(played.records, "1") != with_shuffled_threats(played.records, "2")
