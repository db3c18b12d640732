"""A restarted server resumes its sessions and accepts the same tokens."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.errors import ConfigurationError, JournalError, LockedError, ScenarioError
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.commands import SERVER, End, Pace
from counterpoise.session.journal.entries import Entry
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile
from counterpoise.torture.guest import ConnectionEnded
from counterpoise.torture.hostile_journals import odd_bodies

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Letter

Host = Callable[..., Awaitable[tuple[Server, Links]]]


@pytest.fixture
def config(tmp_path: Path) -> Callable[..., ServerConfig]:
    def make(**settings: Any) -> ServerConfig:
        return ServerConfig(data_dir=tmp_path / "data", **{"port": 0, **settings})

    return make


async def test_a_restart_replaces_the_moderators_link_and_keeps_the_moderators_who_have_joined(
    config: Callable[..., ServerConfig], invite: Invite, checkerboard: str
) -> None:
    async with Server(config()) as server:
        first = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
        moderator = invite(first.moderator)
        await moderator.join()
        port = server.port
    async with Server(config(port=port)) as server:
        second = await server.hub.links("s")
        with pytest.raises(ConnectionEnded, match="4001"):
            await invite(first.moderator).join()
        assert (await moderator.join()).role == "moderator"
        assert (await invite(second.moderator).join()).role == "moderator"
        assert (await invite(first.observer).join()).role == "observer"
        assert (await invite(first.seats["ARD"]).join()).role == "player"


async def test_a_client_resumes_after_a_restart_with_its_last_token(
    config: Callable[..., ServerConfig], invite: Invite, begin: Begin, letter: Letter, checkerboard: str
) -> None:
    async with Server(config()) as server:
        links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
        ard, bel = invite(links.seats["ARD"]), invite(links.seats["BEL"])
        await ard.join(name="Ada")
        await bel.join()
        moderator = await begin(links)
        order = await ard.order(letter("BEL", "before"))
        first = await ard.hear("ack")
        news = await bel.hear("incident", lambda m: m.incident["kind"] == "message")
        assert news.incident["detail"]["text"] == "before"
        port = server.port
    assert (await ard.until_closed())[0] == 1012
    await bel.until_closed()
    await moderator.until_closed()
    async with Server(config(port=port)) as server:
        welcome = await ard.join()
        assert (welcome.resume, welcome.vseq, welcome.receipt) == ("delta", first.vseq, first.receipt)
        assert (await ard.hear("status")).phase == "running"
        await ard.order(letter("BEL", "before"), order_id=order, window=0)
        assert await ard.hear("ack") == first
        assert (await bel.join()).resume == "delta"
        assert [m["detail"]["text"] for m in (await bel.hear("talk")).messages] == ["before"]
        await moderator.join()
        status = await ard.hear("status", lambda m: sum(s.online for s in m.seats) == 2)
        assert {s.seat: s.player for s in status.seats}["ARD"] == "Ada"
        for guest in (ard, bel):
            await guest.say("ready", tick=0)
        await bel.hear("observe", lambda m: m.view.tick > 0)
        journal = server.hub.rooms["s"].writer.address
    with JournalFile.read_only(journal) as reader:
        entries = list(reader.entries())
    assert sum(entry.kind == "order" for entry in entries) == 1
    replay(entries, "s")


async def test_a_server_goes_on_with_a_session_whose_texts_were_erased(
    config: Callable[..., ServerConfig], invite: Any, begin: Any, letter: Any, checkerboard: str
) -> None:
    async with Server(config()) as server:
        links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
        ard, bel = invite(links.seats["ARD"]), invite(links.seats["BEL"])
        await ard.join()
        await bel.join()
        moderator = await begin(links)
        order = await ard.order(letter("BEL", "a secret"))
        first = await ard.hear("ack")
        path, port = server.hub.rooms["s"].writer.address, server.port
    for guest in (ard, bel, moderator):
        await guest.until_closed()
    with JournalFile.open(path) as journal:
        text = next(entry for entry in journal.entries() if entry.kind == "text")
        assert text.content() == {"text": "a secret"}
        journal.redact([text.sequence])
    async with Server(config(port=port)) as server:
        assert (await ard.join()).resume == "delta"
        await ard.order(letter("BEL", "a secret"), order_id=order, window=0)
        assert await ard.hear("ack") == first
        await bel.join()
        assert [m["detail"]["text"] for m in (await bel.hear("talk")).messages] == ["[redacted]"]
        for guest in (ard, bel):
            await guest.say("ready", tick=0)
        view = (await bel.hear("observe", lambda m: m.view.tick > 0)).view
        assert [i["detail"]["text"] for i in view.incidents if i["kind"] == "message"] == ["[redacted]"]
    with JournalFile.read_only(path) as reader:
        assert replay(list(reader.entries()), "s").take_entries() == []


async def test_a_printed_link_is_valid_until_it_is_claimed(
    config: Callable[..., ServerConfig], invite: Invite, checkerboard: str
) -> None:
    async with Server(config()) as server:
        printed = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
        port = server.port
    async with Server(config(port=port)) as server:
        again = await server.hub.links("s")
        assert set(again.seats) == set(printed.seats)
        assert (await invite(printed.seats["ARD"]).join()).seat == "ARD"
        assert (await invite(again.seats["BEL"]).join()).seat == "BEL"
        late = await invite(again.seats["ARD"]).open()  # the printed link had claimed the seat
        await late.say("hello", protocol=2, token=late.token)
        assert (await late.until_closed())[0] == 4001
        assert "ARD" not in (await server.hub.links("s")).seats


async def test_an_ended_session_is_served_for_its_debrief(
    config: Callable[..., ServerConfig], invite: Invite, begin: Begin, checkerboard: str
) -> None:
    async with Server(config()) as server:
        links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
        moderator = await begin(links)
        await moderator.command("end")
        await moderator.hear("status", lambda m: m.phase == "ended")
        port = server.port
    await moderator.until_closed()
    async with Server(config(port=port)):
        observer = invite(links.observer)
        await observer.join()
        assert (await observer.hear("status")).phase == "ended"
        await observer.say("ask_debrief")
        assert (await observer.hear("debrief", within=60)).report["session"] == "s"


async def test_an_ended_session_is_unloaded_when_everybody_has_left_and_loaded_for_the_next(
    config: Callable[..., ServerConfig], invite: Invite, begin: Begin, checkerboard: str
) -> None:
    async with Server(config(ended_idle_seconds=0.05)) as server:
        hub = server.hub
        links = await hub.create(scenario_text=checkerboard, seed="1", session_id="s")
        await hub.create(scenario_text=checkerboard, seed="2", session_id="running")
        moderator = await begin(links)
        await moderator.command("end")
        await moderator.hear("status", lambda m: m.phase == "ended")
        await asyncio.sleep(0.2)
        assert "s" in hub.rooms, "the moderator is still there"
        await moderator.leave()
        async with asyncio.timeout(20):
            while "s" in hub.rooms:
                await asyncio.sleep(0.02)
        assert (list(hub.rooms), list(hub.ended)) == (["running"], ["s"])
        assert hub.phase_counts()["ended"] == 1
        observers = [invite(links.observer) for _ in range(3)]
        await asyncio.gather(*(observer.join() for observer in observers))
        for observer in observers:
            assert (await observer.hear("status")).phase == "ended"
        await asyncio.sleep(0.2)
        assert "s" in hub.rooms, "the observers are still there"


async def test_of_many_ended_sessions_only_some_stay_loaded(
    config: Callable[..., ServerConfig], checkerboard: str, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    for name in "abcd":
        session = Session(scenario_text=checkerboard, seed="1", session_id=name, secret="secret", streaming=True)
        session.command(SERVER, "e" * 32, End())
        with JournalFile.create(tmp_path / "data" / f"{name}.db") as journal:
            journal.append(session.take_entries())
    async with Server(config(ended_open_max=2)) as server:
        hub = server.hub
        assert (list(hub.rooms), list(hub.ended)) == ([], list("abcd"))
        for name in "abcd":
            assert (await hub.room(name)).session.id == name
        async with asyncio.timeout(20):
            while len(hub.rooms) > 2:
                await asyncio.sleep(0.02)
        assert (list(hub.rooms), sorted(hub.ended)) == (["c", "d"], ["a", "b"])
        assert (await hub.room("a")).session.phase == "ended"


async def test_an_unreadable_journal_is_named_and_the_others_are_served(
    config: Callable[..., ServerConfig], checkerboard: str, tmp_path: Path
) -> None:
    async with Server(config()) as server:
        await server.hub.create(scenario_text=checkerboard, seed="1", session_id="good")
    data = tmp_path / "data"
    (data / "empty.db").touch()
    (data / "garbage.db").write_bytes(b"what is this" * 100)
    (data / "torn.db").write_bytes((data / "good.db").read_bytes()[:-1])
    JournalFile.create(data / "headless.db").close()
    async with Server(config()) as server:
        assert list(server.hub.rooms) == ["good"]
        assert sorted(server.hub.unreadable) == ["empty.db", "garbage.db", "headless.db", "torn.db"]
        for name, error in server.hub.unreadable.items():
            assert name in str(error)
            assert error.exit_code == 65


async def test_a_journal_held_by_another_program_stops_the_start(
    config: Callable[..., ServerConfig], checkerboard: str, tmp_path: Path
) -> None:
    async with Server(config()) as server:
        await server.hub.create(scenario_text=checkerboard, seed="1", session_id="s")
    with JournalFile.open(tmp_path / "data" / "s.db"), pytest.raises(LockedError):
        async with Server(config()):
            pass
    async with Server(config()) as server:
        assert list(server.hub.rooms) == ["s"]


async def test_session_names_are_checked_and_unique(host: Host, checkerboard: str) -> None:
    server, _ = await host()
    for name in ("s", "../evil", "a b", "x" * 41, "-"):
        with pytest.raises(ConfigurationError):
            await server.hub.create(scenario_text=checkerboard, session_id=name)


@pytest.mark.parametrize(
    "pace",
    [
        Pace(window_seconds=0.0),
        Pace(call_seconds=-1.0),
        Pace(days_per_second=float("inf")),
        Pace(window_seconds=float("nan")),
        Pace(window_seconds=1e308),
    ],
)
async def test_a_pace_that_replay_would_refuse_is_never_written(host: Host, tmp_path: Path, pace: Pace) -> None:
    with pytest.raises(ConfigurationError, match=r"pace: \$\.command\."):
        await host(pace=pace)
    assert not list((tmp_path / "data").glob("*.db"))


async def test_a_broken_scenario_is_refused_and_leaves_no_file(host: Host, tmp_path: Path) -> None:
    server, _ = await host()
    with pytest.raises(ScenarioError):
        await server.hub.create(scenario_text="id = 3", session_id="broken")
    assert not (tmp_path / "data" / "broken.db").exists()


async def test_each_link_has_its_own_token_in_the_fragment(host: Host) -> None:
    server, links = await host()
    everything = [links.moderator, links.observer, *links.seats.values()]
    assert len(set(everything)) == len(everything)
    for link in everything:
        base, _, token = link.partition("#")
        assert base == f"{server.url}/j/s"
        assert len(token) == 32


async def test_the_journal_contains_no_token(host: Host, invite: Invite, tmp_path: Path) -> None:
    server, links = await host()
    guest = invite(links.seats["ARD"])
    welcome = await guest.join(name="Ada")
    await server.hub.rooms["s"].writer.call(lambda journal: journal.tidy())
    await asyncio.sleep(0)
    stored = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert b"Ada" in stored
    for link in (links.moderator, links.observer, *links.seats.values()):
        assert link.partition("#")[2].encode() not in stored
    assert welcome.next_token.encode() not in stored


@pytest.mark.timeout(60)
async def test_damaged_foreign_and_hostile_journals_are_refused_one_by_one_and_the_rest_serve(
    config: Callable[..., ServerConfig],
    invite: Invite,
    checkerboard: str,
    with_bodies: Callable[[Sequence[Entry], Mapping[int, bytes]], list[Entry]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = config().data_dir
    async with Server(config()) as server:
        links = await server.hub.create(scenario_text=checkerboard, seed="1", session_id="sound", pace=Pace())
        port = server.port
    with JournalFile.read_only(folder / "sound.db") as sound:
        entries = list(sound.entries())
    command = next(entry for entry in entries if entry.kind == "command").sequence
    for name, bodies in odd_bodies(entries).items():
        with JournalFile.create(folder / f"{name}.db") as journal:
            journal.append(with_bodies(entries, bodies))
    with JournalFile.create(folder / "redacted.db") as journal:
        journal.append(with_bodies(entries, {}))
        journal.redact([command])
    (folder / "letter.db").write_text("Dear all")
    (folder / "empty.db").touch()
    (folder / "folder.db").mkdir()
    os.mkfifo(folder / "pipe.db")
    async with Server(config(port=port)) as server:
        assert list(server.hub.rooms) == ["sound"]
        refused = server.hub.unreadable
        assert len(refused) == 12
        assert {type(error) for error in refused.values()} == {JournalError}
        assert all(str(error).startswith(str(folder / name)) for name, error in refused.items())
        assert (await invite(links.seats["ARD"]).join()).seat == "ARD"
    assert not [record for record in caplog.records if record.exc_info]


async def test_a_journal_that_fails_in_a_way_nobody_foresaw_is_blamed_and_the_rest_serve(
    config: Callable[..., ServerConfig], checkerboard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Server(config()) as server:
        await server.hub.create(scenario_text=checkerboard, seed="1", session_id="a")
        await server.hub.create(scenario_text=checkerboard, seed="1", session_id="b")

    def replay_of(entries: Any, source: str, **options: Any) -> Session:
        if source.endswith("a.db"):
            raise ZeroDivisionError("planted")
        return replay(entries, source, **options)

    monkeypatch.setattr("counterpoise.gateway.loading.recovery.replay", replay_of)
    async with Server(config()) as server:
        assert list(server.hub.rooms) == ["b"]
        assert "ZeroDivisionError: planted" in str(server.hub.unreadable["a.db"])
