"""``counterpoise replay``: show the world on a past date, or the whole session in a browser, served or as a file."""

from __future__ import annotations

import asyncio
import secrets
import shlex
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
import typer

from counterpoise.cli.journals import last_tick, play_rows, read_journal, replay_to, require_database
from counterpoise.cli.options.dates import tick_on
from counterpoise.cli.options.journals import Json
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.output_files import replace_text, require_page
from counterpoise.cli.replays.replay_page import Watched, replay_page
from counterpoise.cli.terminal import console, print_json, session_bar
from counterpoise.cli.world_text import print_view, print_world
from counterpoise.errors import ConfigurationError
from counterpoise.gateway.replays.companions import shipped_record
from counterpoise.gateway.replays.loopback import IDLE_SECONDS, ReplayServer
from counterpoise.gateway.replays.pages import Access
from counterpoise.session.journal.entries import Entry
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World

COLUMNS_MAX = 4
"""Journals that a page shows beside each other at most."""


def replay_journal(
    journals: Annotated[
        list[Path],
        typer.Argument(
            help="A journal: a session's database, or without --serve an exported journal.jsonl. Several need --serve or --html.",
            metavar="JOURNAL",
        ),
    ],
    at: Annotated[str | None, typer.Option("--at", help="The date.", metavar="DATE")] = None,
    seat: Annotated[str | None, typer.Option("--as", help="Show the view of this seat.", metavar="SEAT")] = None,
    json: Json = False,
    serve: Annotated[
        bool,
        typer.Option(
            "--serve", help="Show the whole session in a browser on this machine, up to four beside each other."
        ),
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            help="Write the whole session as a self-contained page to this file, up to four beside each other. It "
            "opens without a server.",
            metavar="FILE",
        ),
    ] = None,
    port: Annotated[
        int, number_option("--port", "With --serve: the port; 0 for any free one.", int, 0, 65535, metavar="PORT")
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="With --serve: open the page in the browser.")
    ] = True,
    idle: Annotated[
        float, number_option("--idle", "With --serve: stop after so many minutes without a request.", float, 0, 1440)
    ] = IDLE_SECONDS / 60,
) -> None:
    """Show the world on a past date, or the session in a browser.

    The journal is played up to the date of --at. With --as, one seat's view is shown instead of the whole world. With --serve, a
    page on this machine plays it in a browser until Ctrl-C. With --html, a file does so without a server. --at and --as then say
    where it begins.
    """
    if html is not None:
        if json or serve:
            raise typer.BadParameter("leave out --json and --serve: the file shows the session", param_hint="--html")
        _write_page(journals, at, seat, html)
        return
    if serve:
        if json:
            raise typer.BadParameter("leave out --json: with --serve the page shows the session", param_hint="--json")
        _serve(journals, at, seat, port, browser=browser, idle=idle)
        return
    if len(journals) > 1:
        raise typer.BadParameter(
            f"expected one journal without --serve and --html, got {len(journals)}", param_hint="JOURNAL"
        )
    if at is None:
        raise typer.BadParameter("give --at DATE, --serve or --html FILE", param_hint="--at")
    _show(journals[0], at, seat, json=json)


def _show(journal: Path, at: str, seat: str | None, *, json: bool) -> None:
    """Print the world of a journal on a date, or what a seat saw then."""
    entries = read_journal(journal)
    opening = _opening(entries, journal, seat)
    tick = tick_on(opening, at, "--at", last_tick(entries))
    with session_bar("Replaying", tick) as show:
        session, _ = replay_to(entries, journal, tick, show)
    world = session.simulation.world
    if seat is None:
        print_json(session.texts.filled(_world_document(world))) if json else print_world(world)
        return
    if not world.actors[ActorId(seat)].active:
        raise ConfigurationError(
            f"--as {seat}: the state does not exist on {world.calendar.iso(world.tick)}. Give a date on which it exists"
        )
    view = session.view(ActorId(seat))
    print_json(msgspec.to_builtins(view)) if json else print_view(view)


def _write_page(journals: Sequence[Path], at: str | None, seat: str | None, html: Path) -> None:
    """Write journals as one page."""
    _require_columns(journals)
    require_page(html)
    watched, titles = [], []
    for path in journals:
        entries, opening = _checked(path, at, seat)
        titles.append(opening.scenario.title)
        watched.append(Watched(str(path), entries, play_rows(path)))
    title = titles[0] if len(titles) == 1 else f"{titles[0]}, {len(titles)} journals"
    replace_text(html, replay_page(title, watched, place={"date": at or "", "viewer": seat or ""}))
    console.print(f"wrote {html}", markup=False, soft_wrap=True)


def _require_columns(journals: Sequence[Path]) -> None:
    if len(journals) > COLUMNS_MAX:
        raise ConfigurationError(f"{len(journals)} journals: a page shows at most {COLUMNS_MAX} beside each other")


def _checked(journal: Path, at: str | None, seat: str | None) -> tuple[Sequence[Entry], Session]:
    """Return the entries of a journal and its session at its start, after checking the date and the seat."""
    entries = read_journal(journal)
    opening = _opening(entries, journal, seat)
    if at is not None:
        tick_on(opening, at, "--at", last_tick(entries))
    return entries, opening


def _opening(entries: Sequence[Entry], journal: Path, seat: str | None) -> Session:
    """Return the session of a journal at its start, after checking that it has the seat."""
    opening = replay(entries[:1], str(journal))
    if seat is not None and seat not in opening.seats:
        raise ConfigurationError(f"--as {seat}: the journal has no such seat. Its seats are {', '.join(opening.seats)}")
    return opening


def _serve(
    journals: Sequence[Path], at: str | None, seat: str | None, port: int, *, browser: bool, idle: float
) -> None:
    """Serve journals until Ctrl-C, or until nobody has asked for so many minutes."""
    _require_columns(journals)
    watched: dict[str, Access] = {}
    for number, path in enumerate(journals, start=1):
        require_database(path, "--serve takes the session's database.")
        entries, opening = _checked(path, at, seat)
        head, go_on = (len(entries), entries[-1].chain), shlex.join(["counterpoise", "host", str(path), "--at"])
        record = shipped_record(opening.scenario.id, opening.scenario_hash)
        watched[f"j{number}"] = Access(str(path), head, tuple(opening.seats), go_on=go_on, beside=record)
    place = "".join([f"&t={at}" if at else "", f"&as={quote(seat)}" if seat else ""])

    async def run() -> None:
        async with ReplayServer(watched, secrets.token_urlsafe(24), port) as server:
            address = f"{server.address}{place}"
            console.print(f"Replay: {address}", soft_wrap=True, markup=False, highlight=False)
            console.print(f"The page stops after {idle:g} minutes without a request, or with Ctrl-C.")
            if browser:
                await asyncio.to_thread(webbrowser.open, address)
            await server.idle(idle * 60)

    asyncio.run(run())


def _world_document(world: World) -> dict[str, Any]:
    """Return the omniscient state of a world as plain values."""
    return {
        "tick": world.tick,
        "date": world.calendar.iso(world.tick),
        "actors": {actor.id: msgspec.to_builtins(actor) for actor in world.active()},
        "alignments": [msgspec.to_builtins(a) for a in world.alignments.values() if not a.ended],
        "crises": [msgspec.to_builtins(crisis) for crisis in world.crises.values()],
        "wars": [msgspec.to_builtins(war) for war in world.wars.values()],
        "aid": [msgspec.to_builtins(flow) for flow in world.aid.values()],
        "scores": {actor: round(score, 6) for actor, score in world.scores.items()},
    }
