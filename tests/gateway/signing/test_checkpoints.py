"""A served session is signed at its start, at each window and at its end, and everyone gets what is signed."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import Awaitable, Callable
from typing import Any

from counterpoise.gateway.server import Server
from counterpoise.session.proofs.checkpoints import body_of
from counterpoise.session.proofs.receipts import is_signed
from counterpoise.store.journal_file import JournalFile
from counterpoise.wire.checkpoints import Checkpoint, parse_receipts

Host = Callable[..., Awaitable[tuple[Server, Any]]]
Invite = Callable[..., Any]


async def get(url: str) -> bytes:
    def read() -> bytes:
        with urllib.request.urlopen(url, timeout=30) as answer:  # loopback
            return bytes(answer.read())

    return await asyncio.to_thread(read)


async def test_everyone_gets_each_checkpoint_and_the_journal_has_them(host: Host, invite: Invite, begin: Any) -> None:
    server, links = await host()
    player, observer = invite(links.seats["ARD"]), invite(links.observer)
    for guest in (player, observer):
        await guest.join()
        lobby = await guest.hear("checkpoint")
        assert (lobby.phase, lobby.tick, lobby.session, lobby.key) == ("lobby", 0, "s", server.hub.key.public)
    moderator = await begin(links)
    sent = await moderator.command("end")
    await moderator.hear("ack", lambda m: m.id == sent)
    ended = [await guest.hear("checkpoint", lambda one: one.phase == "ended") for guest in (player, observer)]
    assert ended[0] == ended[1]
    received = [message for message in player.heard if isinstance(message, Checkpoint)]
    assert [one.phase for one in received] == ["lobby", "ended"]
    assert all(is_signed(one) for one in received)
    with JournalFile.read_only(server.config.data_dir / "s.db") as journal:
        entries = list(journal.entries())
    bodies = [body_of(entry) for entry in entries if entry.kind == "checkpoint"]
    assert [body.journal() for body in bodies] == [one.journal for one in received]
    assert bodies[-1].head == entries[-2].chain
    assert bodies[-1].streams["ARD"][0] == max(message.vseq for message in player.heard if hasattr(message, "receipt"))


async def test_the_key_and_the_last_checkpoint_are_on_pages_of_the_server(host: Host) -> None:
    server, _ = await host()
    assert (await get(f"{server.url}/key")).decode() == f"{server.hub.key.public}\n"
    page = await get(f"{server.url}/s/s/checkpoint.json")
    assert parse_receipts(page, "page") == [server.hub.rooms["s"].session.checkpoint]
    assert json.loads(page)["t"] == "checkpoint"
    assert (await get(f"{server.url}/s/s/checkpoint.svg")).startswith(b"<?xml")


async def test_no_journal_holds_the_key_or_what_seals_receipts(
    host: Host, invite: Invite, begin: Any, letter: Any
) -> None:
    server, links = await host()
    player = invite(links.seats["ARD"])
    await player.join()
    await begin(links)
    await player.order(letter())
    ack = await player.hear("ack")
    seal = ack.receipt[16:]
    hub = server.hub
    stored = b"".join(path.read_bytes() for path in server.config.data_dir.glob("s.db*"))
    assert ack.receipt[:16].encode() in hub.rooms["s"].session.snapshot()
    receipt_key = hub.key.receipt_key("s", hub.rooms["s"].session.seed_commitment)
    for hidden in (seal.encode(), receipt_key, receipt_key.hex().encode()):
        assert hidden not in stored


async def test_a_restart_keeps_the_key_and_the_last_checkpoint(
    host: Host, invite: Invite, serve: Any, begin: Any
) -> None:
    server, links = await host()
    await begin(links)
    ended = server.hub.rooms["s"].session
    await server.__aexit__(None, None, None)
    again = await serve()
    # The game went on until the server was closed, so the last checkpoint is known only now.
    assert again.hub.rooms["s"].session.checkpoint == ended.checkpoint
    assert again.hub.key.public == server.hub.key.public
