from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from counterpoise.errors import JournalError
from counterpoise.session.commands import ShowEvidence
from counterpoise.session.debrief.debrief_data import debrief_session, debrief_sessions
from counterpoise.session.debrief.debrief_document import FailedInject
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Entry, canonical
from counterpoise.session.journal.journal_contents import JournalContents, journal_contents
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Seats = Callable[[Session, str], dict[ActorId, Bot]]


@pytest.fixture(scope="module")
def played() -> list[JournalContents]:
    return []


@pytest.fixture
def journals(
    played: list[JournalContents], new_session: Callable[..., Session], line_up: Seats
) -> list[JournalContents]:
    """Three games; the seed of the bots differs where that of the world does not."""
    for world, bots in (("1", "1"), ("1", "2"), ("2", "1"))[len(played) :]:
        session = new_session(world)
        play(session, line_up(session, bots))
        played.append(journal_contents(session.take_entries(), f"{world}-{bots}.db"))
    return played


def test_a_structure_whose_parts_do_not_fit_together_is_refused(
    new_session: Callable[..., Session],
    line_up: Seats,
    with_bodies: Callable[..., list[Entry]],
) -> None:
    session = new_session()
    play(session, line_up(session, "1"), until=200)
    entries = session.take_entries()
    entry = next(entry for entry in entries if entry.kind == "structure")
    odds: tuple[dict[str, Any], ...] = (
        {"reach": []},
        {"power": [1.0]},
        {"hegemons": [99]},
        {"borders": [[0, -1]]},
        {"signs": [[0, 99, 1]]},
    )
    for odd in odds:
        linked = with_bodies(entries, {entry.sequence: canonical({**entry.content(), **odd})})
        with pytest.raises(JournalError, match=f"entry {entry.sequence} .*do not fit"):
            journal_contents(linked, "game")


def test_pooled_sessions_are_checked_together_in_any_order(journals: list[JournalContents]) -> None:
    pooled = debrief_sessions(journals)
    assert pooled == debrief_sessions(journals[::-1])
    single = [debrief_session(journal) for journal in journals]
    for key in pooled.classes.__struct_fields__:
        assert getattr(pooled.classes, key) == sum(getattr(document.classes, key) for document in single)
    assert [row.id for row in pooled.propositions] == [row.id for row in single[0].propositions]
    assert pooled.hypotheses[0].n > single[0].hypotheses[0].n
    assert "3 session" in pooled.threats_to_validity[0]


def test_pooled_sessions_add_up_their_alliances_their_choices_and_what_followed(
    journals: list[JournalContents],
) -> None:
    pooled = msgspec.to_builtins(debrief_sessions(journals))
    single = [msgspec.to_builtins(debrief_session(journal)) for journal in journals]
    assert "alliances" not in pooled["alliances_explained"]
    assert all(len(one["alliances_explained"]["alliances"]) == one["alliances_explained"]["n"] for one in single)
    assert pooled["alliances_explained"]["n"] == sum(one["alliances_explained"]["n"] for one in single) > 0
    for place, row in enumerate(pooled["conditions"]["rows"]):
        assert row["n"] == sum(one["conditions"]["rows"][place]["n"] for one in single), row["label"]
    for place, row in enumerate(pooled["consequences"]["rows"]):
        parts = [one["consequences"]["rows"][place] for one in single]
        assert row["balanced"]["n"] == sum(part["balanced"]["n"] for part in parts), row["label"]
        assert row["cut_off"] == sum(part["cut_off"] for part in parts), row["label"]


def test_sessions_with_one_name_get_numbers(journals: list[JournalContents]) -> None:
    rows = debrief_sessions(journals).sessions
    assert [row.session for row in rows] == ["s", "s#2", "s#3"]
    assert all(row.ended and row.decisions for row in rows)


def test_a_journal_given_twice_is_refused(journals: list[JournalContents]) -> None:
    with pytest.raises(JournalError, match=r"1-1\.db: the same journal as 1-1\.db"):
        debrief_sessions([journals[0], journals[1], journals[0]])


def test_a_failed_inject_is_listed_with_its_date_and_its_reason(journals: list[JournalContents]) -> None:
    detail = {"inject": "start_war", "expected": "the code of a state that exists now", "got": "ARD"}
    void = Incident(9, 31, "inject_void", (), (), {**detail, "index": 0})
    missed = replace(journals[0], incidents=(*journals[0].incidents, void))
    which = "injects[0] manoeuvres"
    row = FailedInject(date="1901-02-01", which=which, **detail)
    failed = debrief_session(journals[0]).failed_injects
    assert row not in failed
    document = debrief_session(missed)
    assert document.failed_injects == [*failed, row]
    told = document.threats_to_validity[-1]
    assert told.startswith("Injects that failed because play had made them impossible: ")
    assert told.endswith(f"start_war on 1901-02-01 ({which}).")
    pooled = debrief_sessions([missed, journals[1]])
    assert [*failed, row] in [session.failed_injects for session in pooled.sessions]
    assert "Injects that failed in s" in pooled.threats_to_validity[-1]


def test_sessions_of_the_older_theory_have_no_evidence_because_their_forecasts_are_too_sharp(
    journals: list[JournalContents],
) -> None:
    older = replace(journals[0], header={**journals[0].header, "theory_version": 1})
    assert debrief_session(older).evidence is None
    assert debrief_session(older).alliances_explained is None
    assert debrief_session(older).conditions is None
    assert debrief_session(older).consequences is None
    assert debrief_sessions([older, journals[1]]).conditions == debrief_session(journals[1]).conditions
    alone, pooled = debrief_session(journals[1]).evidence, debrief_sessions([older, journals[1]]).evidence
    assert alone is not None
    assert pooled is not None
    assert alone.groups[0].choices == pooled.groups[0].choices > 0
    assert debrief_sessions([older, replace(older, head="another")]).evidence is None


def test_a_debrief_says_from_when_to_when_players_were_shown_the_evidence(
    journals: list[JournalContents], new_session: Callable[..., Session], line_up: Seats
) -> None:
    session = new_session("1")
    session.command("moderator", "show/0", ShowEvidence(True))
    changes = {2: False, 3: True}

    def change(running: Session) -> None:
        if running.occasion == "window" and running.window in changes:
            shown = changes.pop(running.window)
            running.command("moderator", f"show/{running.window}", ShowEvidence(shown))

    play(session, line_up(session, "1"), until=600, after_stop=change)
    entries = session.take_entries()
    contents = journal_contents(entries, "shown.db")
    told = "The evidence was shown to players from 1901-01-01 to 1902-01-01 and from 1902-07-01: "
    assert told in debrief_session(contents).threats_to_validity[-1]
    pooled = debrief_sessions([contents]).threats_to_validity
    assert sum("The evidence was shown to players in s from 1901-01-01" in line for line in pooled) == 1
    assert not any("was shown to players" in line for line in debrief_session(journals[0]).threats_to_validity)
    assert replay(entries, "shown.db").evidence_shown


def test_the_evidence_of_a_session_names_its_states(journals: list[JournalContents]) -> None:
    report = debrief_session(journals[0])
    assert report.evidence is not None
    choosers = [group for group in report.evidence.groups if group.kind == "chooser"]
    assert [group.label for group in choosers] == [report.actors[ActorId(group.name)] for group in choosers]
    assert sum(group.choices for group in choosers) == report.evidence.groups[0].choices
