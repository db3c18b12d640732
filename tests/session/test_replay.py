"""A replay writes the same bytes, or names the first difference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterpoise.errors import ChainError, DivergenceError, JournalError, RulesVersionError
from counterpoise.session.commands import Inject, Pause, Resume
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Chain, Entry, link
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session

Make = Callable[..., Session]
LineUp = Callable[..., Any]


def journal(session: Session, policies: Any, until: int | None = None) -> list[Entry]:
    play(session, policies, until=until)
    return session.take_entries()


def relinked(entries: list[Entry], secret: str = "secret") -> list[Entry]:
    """Forge a journal whose chain is sound although its content was changed."""
    chain = Chain(secret)
    return [chain.entry(entry.tick, entry.kind, entry.content()) for entry in entries]


def test_a_whole_game_replays_to_the_same_entries(new_session: Make, line_up: LineUp) -> None:
    session = new_session("7")
    entries = journal(session, line_up(session, "7"))
    again = replay(entries, "j")
    assert again.phase == "ended"
    assert again.take_entries() == []
    assert again.simulation.world == session.simulation.world


def test_the_same_seed_gives_the_same_journal_and_another_seed_another(new_session: Make, line_up: LineUp) -> None:
    first, second, other = (
        journal(new_session(seed), line_up(new_session(seed), seed), until=700) for seed in ("7", "7", "8")
    )
    assert first == second
    assert first[-1].chain != other[-1].chain


def test_a_session_cut_anywhere_goes_on_as_if_nothing_had_happened(new_session: Make, line_up: LineUp) -> None:
    session = new_session("5", streaming=True)
    entries = journal(session, line_up(session, "5"), until=500)
    for cut in range(4, len(entries), max(1, len(entries) // 12)):
        resumed = replay(entries[:cut], "j", streaming=True)
        resumed_entries = entries[:cut] + resumed.take_entries()
        assert resumed_entries == entries[: len(resumed_entries)]


def test_a_recovered_session_knows_the_orders_it_had_taken(new_session: Make, line_up: LineUp) -> None:
    session = new_session("5", streaming=True)
    entries = journal(session, line_up(session, "5"), until=500)
    resumed = replay(entries, "j", streaming=True)
    for seat in session.seats:
        assert resumed.orders_of(seat) == session.orders_of(seat)
        assert resumed.messages.head(seat) == session.messages.head(seat)


def test_moderation_is_replayed_too(new_session: Make, line_up: LineUp) -> None:
    session = new_session("5")
    policies = line_up(session, "5")
    play(session, policies, until=200)
    session.command("m", f"{1:032x}", Pause(reason="questions"))
    session.command("m", f"{2:032x}", Inject(inject={"kind": "announce", "text": "An earthquake."}))
    session.command("m", f"{3:032x}", Resume())
    play(session, policies, until=500)
    entries = session.take_entries()
    assert replay(entries, "j").simulation.world == session.simulation.world


def test_replay_can_stop_at_a_tick(new_session: Make, line_up: LineUp) -> None:
    session = new_session("5")
    entries = journal(session, line_up(session, "5"), until=600)
    assert replay(entries, "j", until=300).now == 300


def test_an_altered_order_with_a_forged_chain_is_named_by_its_tick(new_session: Make, line_up: LineUp) -> None:
    session = new_session("5")
    entries = journal(session, line_up(session, "5"), until=600)
    place = next(n for n, entry in enumerate(entries) if entry.kind == "order" and entry.tick > 100)
    chain = Chain("secret")
    forged = [chain.entry(e.tick, e.kind, e.content()) for e in entries[:place]]
    forged += [chain.entry(e.tick, e.kind, e.content()) for e in entries[place + 1 :]]
    with pytest.raises(DivergenceError) as caught:
        replay(forged, "j")
    assert caught.value.tick >= entries[place].tick
    assert relinked(entries) == entries


def test_other_rules_are_refused_by_name(new_session: Make) -> None:
    entries = new_session().take_entries()
    content = entries[0].content() | {"rules_version": 999}
    with pytest.raises(RulesVersionError, match="999"):
        replay([Chain("secret").entry(0, "header", content)], "j")


def test_a_broken_chain_is_found_before_anything_is_played(new_session: Make) -> None:
    entries = new_session().take_entries()
    broken = [*entries[:-1], Entry(**{**{f: getattr(entries[-1], f) for f in Entry.__slots__}, "tick": 9})]
    with pytest.raises(ChainError):
        replay(broken, "j")
    assert link(entries[0].chain, 1, 0, "digest", "x") != entries[1].chain


def test_a_journal_without_entries_is_refused() -> None:
    with pytest.raises(JournalError):
        replay([], "j")
