"""Free text stands in one entry of the journal, and a journal whose texts were erased still replays, debriefs and goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from msgspec import inspect

from counterpoise.errors import JournalError, OrderError, ScenarioError
from counterpoise.session.commands import Inject, Pause, Resume, Start
from counterpoise.session.debrief.debrief_data import debrief_session
from counterpoise.session.export.tables import ExportedSession, export_tables
from counterpoise.session.export.watched_world import WatchedWorld
from counterpoise.session.journal.entries import Entry, check_chain, export_lines
from counterpoise.session.journal.free_text import REDACTED, FreeTexts, reference_to, references_in
from counterpoise.session.journal.inputs import inputs_of
from counterpoise.session.journal.journal_contents import journal_contents
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import JournalSettings, ServerSecrets
from counterpoise.sim.catalogue import INJECTS, MOVES
from counterpoise.sim.field_types import choices_of, fields_of, free_text_fields
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.found_pact import FoundPact
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.moves.give_reason import GiveReason
from counterpoise.sim.moves.message import Message
from counterpoise.wire.messages import IncidentNews

Make = Callable[..., Session]
SECRETS = ("zqmessage", "zqreason", "zqdemand", "zqaid", "zqnews", "zqcrisis", "zqpact", "zqbloc", "zqpause")


def identity(number: int) -> str:
    return f"{number:032x}"


def played(session: Session, days: int = 400) -> Session:
    """Orders and commands with a text of every kind, and the clock run on."""
    first, second, third, fourth, fifth = session.seats[:5]
    session.command(MODERATOR, identity(1), Start())
    session.submit(first, identity(2), 0, Message((second,), "zqmessage"))
    session.submit(first, identity(3), 0, GiveReason("threat", "zqreason"))
    session.submit(second, identity(4), 0, Demand(third, "policy", "zqdemand"))
    session.submit(first, identity(5), 0, GiveAid(second, "economic", 0.05, "zqaid"))
    session.submit(first, identity(6), 0, GiveReason("power"))
    session.submit(fifth, identity(12), 0, FoundPact((third, second), "consultation", "zqbloc"))
    session.command(MODERATOR, identity(7), Pause("zqpause"))
    session.command(MODERATOR, identity(8), Resume())
    announced: list[dict[str, Any]] = [
        {"kind": "announce", "text": "zqnews"},
        {"kind": "start_crisis", "by": fourth, "to": fifth, "aim": "policy", "level": 2, "demand": "zqcrisis"},
        {"kind": "form_alignment", "members": [first, fourth], "commitment": "defence", "name": "zqpact"},
    ]
    for number, inject in enumerate(announced, start=9):
        session.command(MODERATOR, identity(number), Inject(inject))
    while session.phase == "running" and session.now < days:
        session.advance(days)
    return session


def redacted(entries: list[Entry]) -> list[Entry]:
    return [replace(entry, body=b"", salt=b"") if entry.kind == "text" else entry for entry in entries]


def test_each_text_stands_in_one_entry_of_its_own(new_session: Make) -> None:
    entries = played(new_session(streaming=True)).take_entries()
    for secret in SECRETS:
        assert [entry.kind for entry in entries if secret.encode() in entry.body] == ["text"], secret
    numbers = [number for entry in entries for number in references_in(entry)]
    assert numbers == [entry.sequence for entry in entries if entry.kind == "text"]


def test_players_and_documents_show_the_texts(new_session: Make) -> None:
    session = played(new_session(streaming=True), days=10)
    first, second = session.seats[:2]
    view = msgspec.json.encode([session.view(first), session.view(second)]).decode()
    for secret in ("zqmessage", "zqreason", "zqdemand", "zqaid", "zqcrisis", "zqpact", "zqnews"):
        assert secret in view
    news = [message.incident for _, message in session.take_outputs() if isinstance(message, IncidentNews)]
    assert any(incident["detail"].get("text") == "zqmessage" for incident in news)
    assert "[text of entry" not in msgspec.json.encode([news, view]).decode()
    entries = session.take_entries()
    rows = exported_rows(entries, session)
    assert all(secret in str(rows) for secret in SECRETS)
    assert "[text of entry" not in str(rows)


def exported_rows(entries: list[Entry], session: Session) -> list[tuple[Any, ...]]:
    """Return the rows of every table of a session."""
    watched = WatchedWorld(session.simulation.world)
    one = ExportedSession("s", journal_contents(entries, "j"), entries, watched, "journal.jsonl")
    return [row for table in export_tables([one]) for row in table.rows()]


def test_a_journal_without_its_texts_still_replays_in_full(new_session: Make) -> None:
    session = played(new_session(streaming=True))
    entries = session.take_entries()
    erased = redacted(entries)
    assert list(check_chain(erased, "j")) == erased
    again = replay(erased, "j", streaming=True, until=session.now)
    assert again.take_entries() == []
    assert again.simulation.world == session.simulation.world
    assert [again.messages.head(seat) for seat in session.seats] == [
        session.messages.head(seat) for seat in session.seats
    ]


@pytest.mark.parametrize("kind", ["chronicle", "forecast", "outcome", "structure", "digest", "clock"])
def test_a_redacted_entry_that_a_replay_makes_again_is_accepted_by_its_commitment(new_session: Make, kind: str) -> None:
    entries = played(new_session()).take_entries()
    place = next(number for number, entry in enumerate(entries) if entry.kind == kind)
    entries[place] = replace(entries[place], body=b"", salt=b"")
    assert replay(entries, "j").take_entries() == []
    if kind in ("chronicle", "forecast", "outcome", "structure"):
        with pytest.raises(JournalError, match=r"entry \d+ \("):
            journal_contents(entries, "j")


def test_a_replay_names_an_order_that_was_redacted_as_a_whole(new_session: Make) -> None:
    entries = played(new_session()).take_entries()
    place = next(number for number, entry in enumerate(entries) if entry.kind == "order")
    entries[place] = replace(entries[place], body=b"", salt=b"")
    with pytest.raises(JournalError, match=f"entry {place}: the order was redacted as a whole"):
        replay(entries, "j")


def test_a_replay_with_and_without_its_texts_goes_on_alike(new_session: Make) -> None:
    entries = played(new_session()).take_entries()
    whole, erased = replay(entries, "j"), replay(redacted(entries), "j")
    for session in (whole, erased):
        session.submit(session.seats[0], identity(99), session.window, Message((session.seats[1],), "zqlater"))
        session.advance(session.end)
    assert whole.take_entries() == erased.take_entries()


def test_an_incident_shows_a_text_as_soon_as_it_is_known_and_as_it_was_last_set() -> None:
    texts = FreeTexts({1: "first"})
    incident = {"id": 7, "detail": {"note": reference_to(2)}}
    assert texts.filled_incident(incident)["detail"]["note"] == REDACTED
    for text in ("second", "changed"):
        texts.add(2, text)
        assert texts.filled_incident(incident)["detail"]["note"] == text
    texts.add(3, "another")
    assert texts.filled_incident(incident) is texts.filled_incident(incident)


def test_an_erased_text_reads_as_redacted_everywhere(new_session: Make) -> None:
    session = played(new_session())
    erased = redacted(session.take_entries())
    again = replay(erased, "j")
    book = journal_contents(erased, "j")
    rows = exported_rows(erased, again)
    shown = msgspec.json.encode(
        [
            debrief_session(book),
            [step.content for step in inputs_of(erased)],
            [again.view(seat) for seat in again.seats],
            list(export_lines(erased)),
        ]
    ).decode()
    assert not any(secret in shown + str(rows) for secret in SECRETS)
    assert REDACTED in shown
    assert "[text of entry" not in str(rows)


def test_an_order_whose_text_was_erased_is_still_known_by_its_id(new_session: Make) -> None:
    session = played(new_session(streaming=True), days=1)
    first, second, third = session.seats[:3]
    again = replay(redacted(session.take_entries()), "j", streaming=True)
    assert not again.submit(first, identity(2), 0, Message((second,), "zqmessage")).is_new
    with pytest.raises(OrderError, match="idempotency_mismatch"):
        again.submit(first, identity(2), 0, Message((third,), "zqmessage"))


def test_the_receipts_of_a_seat_do_not_depend_on_secret_orders_of_others(new_session: Make) -> None:
    receipts = []
    for has_secret in (False, True):
        session = new_session(streaming=True)
        first, second, third = session.seats[:3]
        session.command(MODERATOR, identity(1), Start())
        if has_secret:
            session.submit(first, identity(2), 0, Message((second,), "zqmessage"))
        session.command(MODERATOR, identity(3), Inject({"kind": "announce", "text": "zqnews"}))
        receipts.append(session.messages.head(third))
    assert receipts[0] == receipts[1]
    assert receipts[0][0] > 1


def test_a_server_salts_every_entry_with_bytes_that_the_journal_does_not_give_away(checkerboard: str) -> None:
    salts = iter(bytes([number]) * 16 for number in range(1, 256))
    session = Session(
        scenario_text=checkerboard,
        seed="1",
        session_id="s",
        secret="secret",
        journal=JournalSettings(secrets=ServerSecrets(lambda: next(salts))),
    )
    entries = played(session).take_entries()
    assert [entry.salt[0] for entry in entries] == list(range(1, len(entries) + 1))
    assert replay(entries, "j").take_entries() == []


def test_a_player_cannot_quote_the_text_of_another(new_session: Make) -> None:
    session = new_session()
    first, second, third = session.seats[:3]
    session.command(MODERATOR, identity(1), Start())
    session.submit(first, identity(2), 0, Message((second,), "zqmessage"))
    number = session.take_entries()[-1].sequence
    session.submit(first, identity(3), 0, Message((third,), f"[text of entry {number}]"))
    session.advance(5)
    assert "zqmessage" not in msgspec.json.encode(session.view(third)).decode()


def test_a_scenario_cannot_refer_to_the_texts_of_players(new_session: Make, checkerboard: str) -> None:
    with pytest.raises(ScenarioError, match="reference"):
        new_session(text=checkerboard.replace('name = "Arden"', 'name = "[text of entry 12]"'))


def takes_any_words(form: inspect.Type) -> bool:
    if isinstance(form, inspect.Metadata):
        return takes_any_words(form.type)
    if isinstance(form, inspect.UnionType):
        return any(takes_any_words(part) for part in form.types)
    if isinstance(form, inspect.ListType):
        return takes_any_words(form.item_type)
    return isinstance(form, inspect.StrType) and form.pattern is None


def test_every_field_that_takes_any_words_is_marked_as_free_text() -> None:
    for kind in (*MOVES.values(), *INJECTS.values()):
        for field in fields_of(kind):
            is_choice = bool(choices_of(field.type))
            assert is_choice or takes_any_words(field.type) == (field.name in free_text_fields(kind)), (
                kind,
                field.name,
            )


def test_the_states_that_are_asked_to_sign_read_the_name_of_a_pact(new_session: Make) -> None:
    session = new_session("pact")
    founder, second, third = session.seats[:3]
    session.command(MODERATOR, identity(1), Start())
    session.submit(founder, identity(2), 0, FoundPact((second, third), "defence", "zqbloc"))
    session.advance(1)
    assert [offer.name for offer in session.view(second).proposals] == ["zqbloc"]
    [draft] = session.simulation.world.treaties.values()
    assert draft.name.startswith("[text of entry")
