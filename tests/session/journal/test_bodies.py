"""A well-linked entry with a body of another form is refused with its place; it crashes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest

from counterpoise.errors import JournalError
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.bodies import require_form, require_forms
from counterpoise.session.journal.entries import Entry, canonical
from counterpoise.session.journal.journal_contents import journal_contents
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId

WithBodies = Callable[[Sequence[Entry], Mapping[int, bytes]], list[Entry]]
NOT_BODIES = (b"", b"[]", b"null", b"3", b'"x"', b"\xff\xfe", b"[" * 3000, b'{"a": ')
ODD: tuple[Any, ...] = ({}, [], None, 3, -1, "x", [{}], {"kind": []})


@pytest.fixture(scope="module")
def entries(checkerboard: str) -> list[Entry]:
    from counterpoise_clients import roster

    session = Session(scenario_text=checkerboard, seed="7", session_id="s", secret="secret")
    bots: dict[ActorId, Bot] = {s: roster.load_bot(roster.default_bot(s, "7"))(f"7/{s}") for s in session.seats}
    play(session, bots, until=400)
    return session.take_entries()


def misshapen(entry: Entry) -> Iterator[bytes]:
    """Bodies that are no body, and the body with each of its values, and each value one level down, of another type."""
    yield from NOT_BODIES
    content = entry.content()
    for key, value in content.items():
        yield canonical({name: kept for name, kept in content.items() if name != key})
        for odd in ODD:
            yield canonical({**content, key: odd})
            if isinstance(value, dict):
                for inner in list(value)[:4]:
                    yield canonical({**content, key: {**value, inner: odd}})


@pytest.mark.parametrize(
    "kind", ["header", "order", "command", "text", "chronicle", "forecast", "outcome", "structure"]
)
def test_whoever_reads_a_body_of_another_form_raises_our_errors_only(
    entries: list[Entry], with_bodies: WithBodies, kind: str
) -> None:
    first = next(entry for entry in entries if entry.kind == kind)
    beyond = first.sequence + 60
    for number, body in enumerate(misshapen(first)):
        linked = with_bodies(entries[:beyond], {first.sequence: body})
        readers: list[Callable[[list[Entry], str], object]] = [journal_contents]
        if number % 4 == 0:
            readers.append(replay)
        for read in readers:
            try:
                read(linked, "game")
            except JournalError as error:
                assert str(error).startswith("game: ")  # noqa: PT017 - it may read it, if the form allows


@pytest.mark.parametrize("body", NOT_BODIES)
def test_a_body_that_is_no_map_is_refused_as_such_by_a_replay(
    entries: list[Entry], with_bodies: WithBodies, body: bytes
) -> None:
    order = next(entry for entry in entries if entry.kind == "order")
    with pytest.raises(JournalError, match=f"entry {order.sequence}: ") as refused:
        replay(with_bodies(entries, {order.sequence: body}), "game")
    assert refused.value.exit_code == 65


def test_the_error_names_the_entry_the_place_and_what_came(entries: list[Entry], with_bodies: WithBodies) -> None:
    order = next(entry for entry in entries if entry.kind == "order")
    body = canonical({**order.content(), "move": {"kind": {}}})
    with pytest.raises(JournalError) as refused:
        require_forms(with_bodies(entries, {order.sequence: body}), "game")
    assert str(refused.value) == (
        f"game: entry {order.sequence}: $.move.kind in the body of an entry of kind order: expected text, got a map of 0 keys"
    )


def test_every_entry_that_counterpoise_writes_has_its_form(entries: list[Entry]) -> None:
    assert {entry.kind for entry in entries} >= {
        "header",
        "order",
        "command",
        "text",
        "chronicle",
        "forecast",
        "outcome",
    }
    for entry in entries:
        require_form(entry, "game")
