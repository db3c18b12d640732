"""The timeline lists what happened and when, from the journal alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from counterpoise.session.commands import Inject, Start
from counterpoise.session.debrief.debrief_data import debrief_session
from counterpoise.session.debrief.debrief_document import Timeline
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.journal_contents import journal_contents
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.session.timeline import ReportedInject, timeline
from counterpoise.sim.bot import Bot
from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.ask_to_join_pact import AskToJoinPact
from counterpoise.sim.moves.found_pact import FoundPact
from counterpoise.sim.moves.leave_alliance import LeaveAlliance
from counterpoise.sim.moves.vote_on_member import VoteOnMember
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World
from counterpoise_clients import roster

Seats = Callable[[Session, str], dict[ActorId, Bot]]
QUARREL = """
[[injects]]
when = { incident = "war_began", actors = ["FEN", "ESK"], after_days = 3 }
kind = "hostile_incident"
by = "DUN"
to = "HAR"
level = 2

[[injects]]
optional = "The mills burn down"
kind = "shift_power"
actor = "COR"
factor = 0.5
"""


def timeline_of(session: Session) -> Timeline:
    return debrief_session(journal_contents(session.take_entries(), "test")).timeline


def test_injects_of_the_moderator_and_the_scenario_are_listed_with_their_dates(
    checkerboard: str, new_session: Callable[..., Session]
) -> None:
    session = new_session("1", text=checkerboard + QUARREL)
    session.command(MODERATOR, "c0", Start())
    burning: dict[str, Any] = {"kind": "shift_power", "actor": "COR", "factor": 0.5}
    attack: dict[str, Any] = {"kind": "start_war", "attackers": ["FEN"], "defenders": ["ESK"], "aim": "policy"}
    play(session, {}, until=20)
    for number, inject in enumerate((burning, attack)):
        session.command(MODERATOR, f"m{number}", Inject(inject))
    play(session, {}, until=182)
    told = timeline_of(session)
    assert (told.begins, told.ends) == ("1901-01-01", "1901-07-01")
    rows = [(row.date, row.by, row.kind, row.title) for row in told.injects]
    assert rows[:3] == [
        ("1901-01-21", "moderator", "shift_power", "The mills burn down"),
        ("1901-01-21", "moderator", "start_war", "Start a war: attackers Fenholm; defenders Eskland; aim policy"),
        ("1901-01-24", "scenario", "hostile_incident", "Hostile incident: by Dunmark; to Harth; level 2"),
    ]
    later = {("1901-06-10", "announce"), ("1901-06-10", "hostile_incident"), ("1901-06-29", "start_crisis")}
    assert {(row[0], row[2]) for row in rows[3:]} == later
    assert rows[3][3].startswith("Corvane calls up its reserves")
    (war,) = [war for war in told.wars if war.attackers == ["FEN"]]
    assert (war.begins, war.defenders[0], war.aim) == ("1901-01-21", "ESK", "policy")


def test_a_comma_in_the_text_of_a_field_stays_as_it_is(checkerboard: str) -> None:
    demand = "Eskland demands that troops leave the Saltmarsh, and sends its own,at once."
    crisis = {"kind": "start_crisis", "by": "ESK", "to": "ARD", "aim": "policy", "level": 2, "demand": demand}
    scenario = parse_scenario(checkerboard, "checkerboard")
    (row,) = timeline(scenario, (), (ReportedInject(3, "moderator", crisis),), 30).injects
    assert row.title == f"Start a crisis: by Eskland; to Arden; aim policy; level 2; demand {demand}"


def test_an_inject_that_has_not_happened_is_not_listed(checkerboard: str) -> None:
    scenario = parse_scenario(checkerboard, "checkerboard")
    assert timeline(scenario, (), (), 30).injects == []


def test_wars_crises_and_alliances_are_those_of_the_log(new_session: Callable[..., Session], line_up: Seats) -> None:
    session = new_session("7")
    play(session, line_up(session, "7"))
    book = journal_contents(session.take_entries(), "test")
    told = debrief_session(book).timeline
    counted = {kind: len([one for one in book.incidents if one.kind == kind]) for kind in (
        "war_began", "war_ended", "crisis_opened", "crisis_ended", "alliance_formed", "alliance_ended"
    )}  # fmt: skip
    assert counted["war_began"] > 0 < counted["crisis_opened"]
    assert [len(told.wars), len([war for war in told.wars if war.ends])] == [
        counted["war_began"], counted["war_ended"]
    ]  # fmt: skip
    assert [len(told.crises), len([one for one in told.crises if one.ends])] == [
        counted["crisis_opened"], counted["crisis_ended"]
    ]  # fmt: skip
    for edge, kind in (("begins", "alliance_formed"), ("ends", "alliance_ended")):
        assert len([one for one in told.alliances if getattr(one, edge)]) == counted[kind]
    for war in told.wars:
        assert war.ends is None or war.begins <= war.ends


def test_a_redacted_command_is_skipped(new_session: Callable[..., Session]) -> None:
    session = new_session("1")
    session.command(MODERATOR, "c0", Start())
    session.command(MODERATOR, "m0", Inject({"kind": "announce", "text": "Hear this."}))
    entries = session.take_entries()
    assert [row.inject["text"] for row in journal_contents(entries, "test").injects] == ["Hear this."]
    redacted = [replace(entry, body=b"", salt=b"") if entry.kind == "command" else entry for entry in entries]
    assert journal_contents(redacted, "test").injects == ()


def test_accessions_and_exits_of_a_pact_of_many_are_listed(
    checkerboard: str, new_session: Callable[..., Session]
) -> None:
    session = new_session("1", text=checkerboard.replace("dispute_rate = 2.5", "dispute_rate = 0.0"))
    session.command(MODERATOR, "c0", Start())
    ard, dun, fen, har = (ActorId(code) for code in ("ARD", "DUN", "FEN", "HAR"))
    session.submit(ard, "p1", 0, FoundPact((dun, fen), "consultation", "The Three"))
    session.advance(1)
    for number, seat in enumerate((dun, fen)):
        session.submit(seat, f"s{number}", 0, AnswerProposal(session.view(seat).proposals[0].id, True))
    session.advance(2)
    [pact] = [a for a in session.view(har).alignments if a.name == "The Three"]
    session.submit(har, "ask", 0, AskToJoinPact(pact.id))
    session.advance(3)
    for number, seat in enumerate((ard, dun, fen)):
        session.submit(seat, f"v{number}", 0, VoteOnMember(session.view(seat).calls[0].subject, True))
    session.advance(4)
    session.submit(dun, "leave", 0, LeaveAlliance(pact.id))
    play(session, {}, until=182)
    [told] = [alliance for alliance in timeline_of(session).alliances if alliance.name == "The Three"]
    assert (told.members, told.begins, told.ends) == (["ARD", "DUN", "FEN"], "1901-01-02", None)
    assert [(change.state, change.on) for change in told.joined] == [("HAR", "1901-01-04")]
    assert [(change.state, change.on) for change in told.left] == [("DUN", "1901-01-05")]


def standing(told: Timeline) -> list[tuple[list[str], str]]:
    """The members and the commitment of each pact that stands on the last day of a timeline."""
    found = []
    for one in (*told.unchanged, *(one for one in told.alliances if one.ends is None)):
        left = [change.state for change in one.left]
        members = [*one.members, *(change.state for change in one.joined)]
        found.append((sorted(member for member in members if member not in left), one.commitment))
    return sorted(found)


def pacts_of(world: World) -> list[tuple[list[str], str]]:
    return sorted((sorted(a.members), str(a.commitment)) for a in world.alignments.values() if not a.ended)


def test_a_timeline_has_the_pacts_of_the_opening_and_the_states_that_come_later(scenarios: dict[str, str]) -> None:
    for name, text in scenarios.items():
        scenario = parse_scenario(text, name)
        world = Simulation(scenario, "1").world
        told = timeline(scenario, [], [], 0)
        assert standing(told) == pacts_of(world), name
        assert [one.state for one in told.states] == [actor.id for actor in world.actors.values() if not actor.active]
        assert all(one.enters is None for one in told.states)


def test_what_stands_at_the_end_of_a_timeline_is_what_stands_in_the_world(
    checkerboard: str, new_session: Callable[..., Session]
) -> None:
    session = new_session("1", text=checkerboard)
    play(session, {seat: roster.load_bot("balancer")(str(seat)) for seat in session.seats})
    assert session.phase == "ended"
    assert standing(timeline_of(session)) == pacts_of(session.simulation.world)
