"""What moderators do with injects: let them wait, take them back, preview them; and marks and rehearsals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import UNSET

from counterpoise.errors import OrderError
from counterpoise.session.commands import Bookmark, Inject, Pause, Skip, Start, TakeBack
from counterpoise.session.journal.free_text import references_in
from counterpoise.session.orders.waiting_injects import WaitingInject
from counterpoise.session.preview import Trial
from counterpoise.session.rehearsal import Rehearsal
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.session.session_snapshot import decode_session
from counterpoise.sim.bot import Bot
from counterpoise.sim.digest import digest
from counterpoise.sim.rules.events.coming_events import coming_events
from counterpoise.sim.types import ActorId

Make = Callable[..., Session]
TREASURY = {"kind": "set_treasury", "actor": "DUN", "amount": 3.0}


def number(n: int) -> str:
    return f"{n:032x}"


def begun(session: Session) -> Session:
    session.command("moderator", number(0xFFFF), Start())
    return session


def treasury(session: Session) -> float:
    return session.simulation.world.actors[ActorId("DUN")].treasury


def test_an_inject_waits_for_the_clock_or_is_taken_back_and_a_replay_does_the_same(new_session: Make) -> None:
    session = begun(new_session())
    entries = session.take_entries()
    session.command("moderator", number(1), Inject(TREASURY, reason="A loan.", when="clock"))
    text = {"kind": "announce", "text": "The straits are closed."}
    session.command("moderator", number(2), Inject(text, when="clock"))
    assert treasury(session) != 3.0
    entries += session.take_entries()
    restored = replay(entries, "s.db")
    restored.take_entries()
    kept = decode_session(restored.snapshot())
    assert [one.id for one in kept.injects] == [number(1), number(2)]
    session.command("moderator", number(3), TakeBack(number(2)))
    with pytest.raises(OrderError, match="not_waiting"):
        session.command("moderator", number(4), TakeBack(number(2)))
    session.advance(5)
    happened = [one for one in session.simulation.world.incidents if one.kind in ("inject", "announcement")]
    assert [one.detail["inject"] for one in happened] == ["set_treasury"], "what was taken back never happens"
    assert session.texts.text(happened[0].detail["reason"]) == "A loan."
    assert any(one.kind == "treasury_set" for one in session.simulation.world.incidents)
    with pytest.raises(OrderError, match="not_waiting"):
        session.command("moderator", number(5), TakeBack(number(1)))
    entries += session.take_entries()
    again = replay(entries, "s.db")
    assert digest(again.simulation.world) == digest(session.simulation.world)


def test_the_reason_and_the_words_of_an_inject_are_texts_that_can_be_erased(new_session: Make) -> None:
    session = begun(new_session())
    session.take_entries()
    session.command(
        "moderator", number(1), Inject({"kind": "announce", "text": "A comet."}, reason="They were asleep.")
    )
    session.command("moderator", number(2), Bookmark("Look at this again."))
    entries = session.take_entries()
    assert b"comet" not in b"".join(entry.body for entry in entries if entry.kind != "text")
    commands = [entry for entry in entries if entry.kind == "command"]
    assert [len(references_in(entry)) for entry in commands] == [2, 1]
    texts = [entry.content()["text"] for entry in entries if entry.kind == "text"]
    assert texts == ["A comet.", "They were asleep.", "Look at this again."]
    mark = session.simulation.world.incidents[-1]
    assert (mark.kind, mark.audience, session.texts.text(mark.detail["note"])) == ("bookmark", (), texts[2])


def test_an_inject_that_became_impossible_while_it_waited_is_noted(new_session: Make) -> None:
    session = begun(new_session())
    claim = {"kind": "make_claim", "challenger": "ARD", "target": "DUN", "issue": "policy"}
    session.command("moderator", number(1), Inject(claim, when="clock"))
    session.command("moderator", number(2), Inject(claim))
    session.advance(3)
    [void] = [one for one in session.simulation.world.incidents if one.kind == "waiting_inject_void"]
    assert (void.audience, void.detail["inject"]) == ((), "make_claim")


def test_an_inject_stands_in_for_one_of_the_scenario(new_session: Make) -> None:
    session = begun(new_session())
    world = session.simulation.world
    session.advance(2)
    first = min(coming_events(world))
    session.command("moderator", number(1), Inject(TREASURY, instead_of=first))
    assert (first in coming_events(world), treasury(session)) == (False, 3.0)
    with pytest.raises(OrderError, match="still to come"):
        session.command("moderator", number(2), Inject(TREASURY, instead_of=first))


def test_commands_of_older_journals_are_written_as_before() -> None:
    from counterpoise.session.commands import encode_command

    assert encode_command(Pause("News")) == {"kind": "pause", "reason": "News"}
    assert encode_command(Inject(TREASURY)) == {"kind": "inject", "inject": TREASURY}
    assert Pause("News").seconds is UNSET


def test_only_moderators_mark_and_skip_and_only_while_the_clock_may_run(new_session: Make) -> None:
    session = new_session()
    with pytest.raises(OrderError, match="the session phase running for skip"):
        session.command("moderator", number(1), Skip())
    begun(session)
    for command in (Bookmark("mine"), Skip(), TakeBack(number(9))):
        with pytest.raises(OrderError, match="not_waiting" if isinstance(command, TakeBack) else "forbidden"):
            session.command("moderator" if isinstance(command, TakeBack) else "DUN", number(2), command)


def tried(session: Session, inject: dict[str, Any], seat: str = "") -> Any:
    return Trial.of(session, WaitingInject("", inject), seat).run()


def test_a_preview_tells_who_reads_what_and_what_changes_and_changes_nothing(new_session: Make) -> None:
    session = begun(new_session())
    before = digest(session.simulation.world)
    preview = tried(session, {"kind": "announce", "text": "Only for Dunmark.", "audience": ["DUN"]}, "DUN")
    [told] = preview.incidents
    assert (told["audience"], told["detail"]["text"], preview.changes) == (["DUN"], "Only for Dunmark.", [])
    assert any(one["detail"].get("text") == "Only for Dunmark." for one in preview.view.incidents)
    other = tried(session, {"kind": "announce", "text": "Only for Dunmark.", "audience": ["DUN"]}, "BEL")
    assert not any(one["detail"].get("text") == "Only for Dunmark." for one in other.view.incidents)
    [change] = tried(session, TREASURY).changes
    assert (change.kind, change.actors, change.what, change.after) == ("trait", ["DUN"], "treasury", 3.0)
    misread = tried(session, {"kind": "misperceive", "observer": "BEL", "other": "COR", "amount": 1.0})
    assert [one["kind"] for one in misread.incidents] == ["misperceived"]
    [fear] = [one for one in misread.later if one.actors == ["BEL", "COR"]]
    assert fear.kind == "fear"
    assert float(fear.after) > float(fear.before)
    assert digest(session.simulation.world) == before
    with pytest.raises(OrderError, match="still to come"):
        tried(session, {"kind": "cancel_event", "event": 9999})


def test_a_rehearsal_plays_a_copy_to_its_end_and_leaves_the_session_alone(
    new_session: Make, line_up: Callable[[Session, str], dict[ActorId, Bot]]
) -> None:
    session = new_session(streaming=True)
    session.take_entries()
    session.take_outputs()
    before, length = digest(session.simulation.world), session.journal.length
    rehearsal = Rehearsal(session, lambda copy: line_up(copy, "1"), "another")
    shares = [rehearsal.share]
    while not rehearsal.is_over:
        rehearsal.step()
        shares.append(rehearsal.share)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    report = rehearsal.report()
    assert (report.windows, report.failures) == (8, [])
    assert report.orders > 0
    assert report.minutes >= 8 * 3
    assert (session.phase, session.journal.length, digest(session.simulation.world)) == ("lobby", length, before)
    assert not session.has_entries
