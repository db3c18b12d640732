"""What ``verify`` says of journals that somebody has changed, cut or played again, with and without receipts and the key."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from counterpoise.cli.journals import read_journal, write_journal
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.session.commands import End
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import INPUTS, Chain, Entry, commitment_of, link
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise.wire.checkpoints import Checkpoint
from counterpoise_clients import roster
from counterpoise_clients.client import Client, OrderRefused
from counterpoise_clients.network.receipts import KeptReceipts

Command = Callable[..., Any]
TEXT = "Would you keep a secret?"
SEED, SECRET = "7", "salt"
WINDOWS = 3
"""The games end after so many windows, if the bots let them."""


@dataclass(frozen=True)
class Played:
    """A game of a server: its journal, the receipts of one client and the public key."""

    journal: Path
    receipts: Path
    key: str


async def reached(client: Client, holds: Callable[[list[Checkpoint]], bool]) -> None:
    """Wait until something holds of the receipts that a client has."""
    while not (client.receipts.received and holds(client.receipts.received)):
        await asyncio.sleep(0.01)


async def serve_game(folder: Path, scenario: str, bot: str) -> Played:
    """Play a game with bots on a server of its own, while somebody writes a text and keeps the receipts."""

    def bots(session: Session) -> Mapping[ActorId, Bot]:
        return {seat: roster.load_bot(bot)(str(seat)) for seat in session.seats}

    async with Server(ServerConfig(data_dir=folder, port=0, bots=bots)) as server:
        links = await server.hub.create(scenario_text=scenario, seed=SEED, secret=SECRET, session_id="s")
        async with Client(links.moderator, receipts=KeptReceipts(folder / "receipts")) as moderator:
            await moderator.command({"kind": "start"})
            await moderator.command({"kind": "pause", "reason": TEXT})
            await moderator.command({"kind": "resume"})
            async with asyncio.timeout(60):
                await reached(moderator, lambda receipts: len(receipts) > WINDOWS)
                with suppress(OrderRefused):  # the bots were faster than this client, and the game is over
                    await moderator.command({"kind": "end"})
                await reached(moderator, lambda receipts: receipts[-1].phase == "ended")
            assert moderator.receipts.file is not None
            receipts = moderator.receipts.file
        return Played(folder / "s.db", receipts, server.hub.key.public)


@pytest.fixture(scope="module")
def game(checkerboard: str, tmp_path_factory: pytest.TempPathFactory) -> Played:
    return asyncio.run(serve_game(tmp_path_factory.mktemp("game"), checkerboard, "status-quo"))


def relinked(entries: list[Entry], bodies: Mapping[int, bytes]) -> list[Entry]:
    """Give entries other bodies and link all of them, as anybody can who has the journal."""
    linked, head = list[Entry](), "0" * 64
    for entry in entries:
        body = bodies.get(entry.sequence, entry.body)
        commitment = commitment_of(entry.salt, body)
        head = link(head, entry.sequence, entry.tick, entry.kind, commitment)
        linked.append(replace(entry, body=body, commitment=commitment, chain=head))
    return linked


def genuine(game: Played, folder: Path, scenario: str) -> Path:
    return game.journal


def redacted(game: Played, folder: Path, scenario: str, counterpoise: Command) -> Path:
    copy = Path(shutil.copy(game.journal, folder / "redacted.db"))
    assert counterpoise("redact", copy, "--match", "secret", "--yes").returncode == 0
    assert TEXT.encode() not in copy.read_bytes()
    return copy


def erased(game: Played, folder: Path, scenario: str) -> Path:
    """The journal without a forecast, which a file's owner can erase and ``redact`` does not."""
    path, entries = folder / "erased.jsonl", read_journal(game.journal)
    forecast = next(entry for entry in entries if entry.kind == "forecast")
    entries[forecast.sequence] = replace(forecast, body=b"", salt=b"")
    write_journal(path, entries)
    return path


def unsealed(game: Played, folder: Path, scenario: str) -> Path:
    """The journal without what its checkpoints say."""
    path = folder / "unsealed.jsonl"
    write_journal(
        path, [replace(e, body=b"", salt=b"") if e.kind == "checkpoint" else e for e in read_journal(game.journal)]
    )
    return path


def truncated(game: Played, folder: Path, scenario: str) -> Path:
    path, entries = folder / "truncated.jsonl", read_journal(game.journal)
    third = [entry.sequence for entry in entries if entry.kind == "checkpoint"][2]
    write_journal(path, entries[: third + 1])
    return path


def forged(game: Played, folder: Path, scenario: str) -> Path:
    path, entries = folder / "forged.jsonl", read_journal(game.journal)
    order = next(entry for entry in entries if entry.kind == "digest" and entry.tick > 0)
    write_journal(path, relinked(entries, {order.sequence: b'{"digest":"' + b"0" * 64 + b'"}'}))
    return path


def replayed(game: Played, folder: Path, scenario: str) -> Path:
    """The game played again in process with other bots, under the same name, salt and seed."""
    session = Session(scenario_text=scenario, seed=SEED, session_id="s", secret=SECRET)
    play(session, {seat: roster.load_bot("hedger")(str(seat)) for seat in session.seats}, until=400)
    session.command(MODERATOR, "0" * 32, End())
    path = folder / "replayed.jsonl"
    write_journal(path, session.take_entries())
    return path


def replayed_by_a_server(game: Played, folder: Path, scenario: str) -> Path:
    """The same on a server, whose key is another."""
    return asyncio.run(serve_game(folder / "again", scenario, "hedger")).journal


def spliced(game: Played, folder: Path, scenario: str) -> Path:
    """The game played again, with the checkpoints of the true journal in it."""
    path, entries = folder / "spliced.jsonl", read_journal(replayed(game, folder, scenario))
    true = [entry for entry in read_journal(game.journal) if entry.kind == "checkpoint"]
    chain, made, is_due = Chain(SECRET), list[Entry](), False
    for entry in entries:
        if is_due and true and entry.kind in INPUTS:
            made.append(chain.copied(replace(true.pop(0), tick=made[-1].tick)))
            is_due = False
        made.append(chain.copied(entry))
        is_due = is_due or entry.kind in ("header", "digest")
    write_journal(path, made)
    return path


JOURNALS = {
    each.__name__.replace("_", " "): each
    for each in (genuine, redacted, erased, unsealed, truncated, forged, replayed, replayed_by_a_server, spliced)
}
TABLE = {
    # journal: exit code and a word of what is printed: alone, with the receipts, with the key
    "genuine": ((0, "Signed with the key"), (0, "Anchored by"), (0, "Signed with a key that was given")),
    "redacted": ((0, "1 text was erased"), (0, "Complete"), (0, "Signed with a key that was given")),
    "erased": tuple([(1, "this forecast was erased, although only texts may be")] * 3),
    "unsealed": tuple([(65, "the checkpoint was redacted as a whole, a replay ends there")] * 3),
    "truncated": ((0, "A prefix"), (1, "which stops before"), (0, "A prefix")),
    "forged": ((1, "the journal has digest"), (1, "the journal has digest"), (1, "the journal has digest")),
    "replayed": ((0, "Not signed."), (1, "is not the journal that was played"), (1, "not signed")),
    "replayed by a server": (
        (0, "Signed with the key"),
        (1, "is not the journal that was played"),
        (1, "was not given"),
    ),
    "spliced": ((1, "has a checkpoint after"), (1, "has a checkpoint after"), (1, "has a checkpoint after")),
}


@pytest.fixture(scope="module")
def journals(
    game: Played, checkerboard: str, counterpoise: Command, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("journals")
    made: dict[str, Path] = {}
    for name, make in JOURNALS.items():
        more = (counterpoise,) if make is redacted else ()
        made[name] = make(game, folder, checkerboard, *more)
    return made


@pytest.mark.parametrize("name", JOURNALS)
def test_verify_tells_journals_apart_by_receipts_and_by_the_key(
    game: Played, journals: dict[str, Path], counterpoise: Command, name: str
) -> None:
    options = ((), ("--receipt", game.receipts), ("--key", game.key))
    done = [counterpoise("verify", journals[name], *more) for more in options]
    for each, (code, words) in zip(done, TABLE[name], strict=True):
        assert each.returncode == code
        assert words in each.stdout + each.stderr
