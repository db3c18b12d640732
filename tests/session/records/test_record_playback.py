"""A record enters a session as orders and injects; the journal replays without the record."""

from __future__ import annotations

import pytest

from counterpoise.errors import HistoryError
from counterpoise.session.records.record_playback import play_record
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.theory.evidence.choices.players import THE_RECORD

HEAD = '[history]\nscenario = "checkerboard"\n'
RECORD = """
treaties = [
  { on = 1901-02-01, members = ["ARD", "BEL"], commitment = "defence", against = "COR", source = "Annals 1" },
]
orders = [
  { on = 1901-06-01, by = "ARD", kind = "leave_alliance", alignment = { with = ["BEL"] }, source = "Annals 2" },
]
injects = [
  { on = 1901-03-01, kind = "start_crisis", by = "COR", to = "ARD", aim = "territory", level = 3, source = "Annals 3" },
  { on = 1901-09-01, kind = "end_crisis", between = ["COR", "ARD"], outcome = "stalemate", source = "Annals 3" },
  { on = 1902-01-10, kind = "start_war", attackers = ["COR"], defenders = ["ARD"], aim = "territory", source = "Annals 4" },
  { on = 1903-01-10, kind = "end_war", between = ["COR", "ARD"], outcome = "stalemate", source = "Annals 4" },
]
"""


def recorded(text: str, record: str) -> Session:
    """Play a record in a scenario that makes nothing happen itself."""
    session = Session(
        scenario_text=text.partition("[[injects]]")[0],
        seed="1",
        session_id="record",
        secret="s" * 32,
        setup=ScenarioSetup(source="checkerboard", recorded=True),
    )
    play_record(session, parse_history(record + HEAD, "record", session.scenario))
    return session


def test_recorded_acts_happen_on_their_day_and_nothing_else_happens(checkerboard: str) -> None:
    session = recorded(checkerboard, RECORD)
    world = session.simulation.world
    told = [(world.calendar.iso(i.tick), i.kind, i.actors[:2]) for i in world.incidents]
    assert ("1901-02-01", "alliance_formed", ("BEL", "ARD")) in [
        (d, k, a[::-1] if a == ("ARD", "BEL") else a) for d, k, a in told
    ]
    assert ("1901-06-01", "alliance_left", ("ARD", "BEL")) in told
    assert [(d, k) for d, k, _ in told if k in ("crisis_opened", "crisis_ended")] == [
        ("1901-03-01", "crisis_opened"),
        ("1901-09-01", "crisis_ended"),
    ]
    assert [d for d, k, _ in told if k == "war_began"] == ["1902-01-10"]
    assert [d for d, k, _ in told if k == "war_ended"] == ["1903-01-10"], "a recorded war lasts as long as it lasted"
    assert session.phase == "ended"
    assert set(session.players.values()) == {THE_RECORD}


def test_an_empty_record_is_a_world_without_chance_events(checkerboard: str) -> None:
    quiet = ("crisis_opened", "war_began", "regime_changed", "alliance_formed", "hostile_incident")
    first, second = recorded(checkerboard, ""), recorded(checkerboard, "")
    assert not [i for i in first.simulation.world.incidents if i.kind in quiet]
    assert [e.chain for e in first.take_entries()] == [e.chain for e in second.take_entries()]


def test_the_journal_of_a_record_replays_without_the_record(checkerboard: str) -> None:
    session = recorded(checkerboard, RECORD)
    entries = session.take_entries()
    again = replay(entries, "journal")
    assert [entry.chain for entry in again.take_entries()] == []
    assert again.simulation.world.incidents == session.simulation.world.incidents
    assert any(entry.kind == "forecast" for entry in entries)


def test_a_campaign_can_last_for_years_and_be_exposed(checkerboard: str) -> None:
    rows = """
orders = [
  { on = 1901-01-15, until = 1902-05-01, by = "ARD", kind = "penetrate", target = "BEL", means = "exchange", source = "A" },
  { on = 1902-05-01, by = "BEL", kind = "expel", of = "ARD", source = "A" },
]
injects = [{ on = 1902-05-01, kind = "expose_campaign", by = "ARD", target = "BEL", source = "A" }]
"""
    told = recorded(checkerboard, rows).simulation.world.incidents
    kinds = [incident.kind for incident in told if incident.kind.startswith(("penetration", "expelled"))]
    begun, ended = "penetration_begun", "penetration_ended"
    assert kinds == [begun, ended, begun, "penetration_exposed", ended, "expelled"]
    with pytest.raises(HistoryError) as caught:
        recorded(checkerboard, rows.replace("injects = [", "injects = [] #"))
    assert caught.value.path == "orders[1] (line 4)"
    assert "come to light" in caught.value.expected


def test_an_act_made_void_by_another_of_the_same_day_is_named(checkerboard: str) -> None:
    leave = (
        '{ on = 1901-06-01, by = "ARD", kind = "leave_alliance", alignment = { with = ["BEL"] }, source = "Annals 2" },'
    )
    other = leave.replace('"ARD"', '"BEL"', 1).replace('["BEL"]', '["ARD"]')
    with pytest.raises(HistoryError) as caught:
        recorded(checkerboard, RECORD.replace(leave, f"{leave}\n  {other}"))
    assert caught.value.path == "orders[1] (line 7)"
    assert "1901-06-01" in caught.value.expected


def test_a_decision_of_the_record_is_observed_like_a_players(checkerboard: str) -> None:
    session = recorded(checkerboard, RECORD)
    made = [r.outcome for r in session.ledger.records if r.outcome is not None and r.outcome.partners]
    assert {(outcome.actor, outcome.partners) for outcome in made} == {("ARD", ("BEL",)), ("BEL", ("ARD",))}


@pytest.mark.parametrize(
    ("old", "new", "path", "told"),
    [
        ("on = 1901-06-01", "on = 1901-01-15", "orders[0]", "no alignment with BEL"),
        ('["COR", "ARD"], outcome = "stalemate", source = "Annals 3"', '["COR", "BEL"], outcome = "settled", source = "A"',
         "injects[1]", "COR, BEL"),
        ("on = 1901-02-01", "on = 1902-06-01", "orders[0]", "no alignment with BEL"),
        ('defenders = ["ARD"]', 'defenders = ["COR"]', "injects[2]", "COR"),
    ],
)  # fmt: skip
def test_an_act_that_is_illegal_on_its_date_is_named(
    checkerboard: str, old: str, new: str, path: str, told: str
) -> None:
    assert old in RECORD
    with pytest.raises(HistoryError) as caught:
        recorded(checkerboard, RECORD.replace(old, new, 1))
    assert caught.value.source == "record"
    assert caught.value.path.startswith(path)
    assert "(line " in caught.value.path
    assert told in caught.value.got


def test_a_refusal_names_an_object_by_its_states_and_not_by_its_number(checkerboard: str) -> None:
    answer = '{ on = 1902-01-10, by = "ARD", kind = "answer_call", war = ["COR", "ARD"], honour = true, source = "A" },'
    with pytest.raises(HistoryError) as caught:
        recorded(checkerboard, RECORD.replace("orders = [", f"orders = [\n  {answer}"))
    assert caught.value.path == "orders[0] (line 6)"
    assert caught.value.got == "the war between COR and ARD"


BLOC = """
treaties = [
  { on = 1901-02-01, members = ["ARD", "BEL", "COR"], commitment = "defence", name = "The Three", source = "Annals 1" },
  { on = 1901-04-01, members = ["ARD", "BEL", "COR", "DUN"], commitment = "defence", joins = "DUN", source = "Annals 2" },
]
orders = [
  { on = 1901-06-01, by = "FEN", kind = "ask_to_join_pact", alignment = { with = ["ARD", "DUN"] }, source = "Annals 3" },
  { on = 1901-06-02, by = "ARD", kind = "vote_on_member", vote = "FEN", consent = true, source = "Annals 3" },
  { on = 1901-06-02, by = "BEL", kind = "vote_on_member", vote = "FEN", consent = true, source = "Annals 3" },
  { on = 1901-06-02, by = "COR", kind = "vote_on_member", vote = "FEN", consent = true, source = "Annals 3" },
  { on = 1901-06-02, by = "DUN", kind = "vote_on_member", vote = "FEN", consent = true, source = "Annals 3" },
  { on = 1901-08-01, by = "BEL", kind = "leave_alliance", alignment = { with = ["FEN"] }, source = "Annals 4" },
]
"""


def test_a_recorded_pact_of_three_is_founded_joined_and_left(checkerboard: str) -> None:
    world = recorded(checkerboard, BLOC).simulation.world
    [pact] = [a for a in world.alignments.values() if "FEN" in a.members and "COR" in a.members]
    assert pact.members == ("ARD", "COR", "DUN", "FEN")
    assert {state: world.calendar.iso(tick) for state, tick in pact.joined.items()} == {
        "DUN": "1901-04-01",
        "FEN": "1901-06-02",
    }
    assert (world.calendar.iso(pact.since), pact.ended) == ("1901-02-01", False)


def test_an_accession_to_a_pact_that_does_not_exist_is_reported_with_its_line(checkerboard: str) -> None:
    with pytest.raises(HistoryError) as caught:
        recorded(checkerboard, BLOC.replace('"ARD", "BEL", "COR", "DUN"]', '"ARD", "ESK", "DUN"]'))
    assert "treaties[1] (line 4)" in str(caught.value)
