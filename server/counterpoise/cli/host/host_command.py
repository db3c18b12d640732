"""``counterpoise host``: serve a session that people and bots join."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, TextIO, cast, get_args
from urllib.parse import urlsplit

import segno
import typer

from counterpoise.cli.host.continuation import is_journal, moment_of, name_of, require_same_past
from counterpoise.cli.host.service_log import secrets_in_file
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.options.seats import bots_by_seat
from counterpoise.cli.terminal import console, notes, print_json
from counterpoise.errors import ConfigurationError, CounterpoiseError, JournalError, OrderError, comparison
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.hub import Hub, Links
from counterpoise.gateway.room import Room
from counterpoise.gateway.server import Server
from counterpoise.scenario_files import scenario_text
from counterpoise.session.commands import Pace, decode_command
from counterpoise.session.forks.continuation import JournalMoment
from counterpoise.session.replay import header_of
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import IndexSetting
from counterpoise.sim.types import ActorId

DEFAULT_SCENARIO = "middle-east-1955"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
BOTS_WINDOW_SECONDS = 1.0
"""A session of bots alone would otherwise end before anybody could watch it."""

At = Annotated[
    str,
    typer.Option(
        help="Go on from this date of a journal, or from the start of a window by its number, in a new session with its own "
        "journal. What was ordered on the date itself is left out. The clock waits for the moderator.",
        metavar="DATE_OR_WINDOW",
    ),
]
Mode = Annotated[str, typer.Option(help="windows: wait for the players at each stop. continuous: let time run.")]
WindowSeconds = Annotated[float, number_option("--window-seconds", "Longest wait when a window opens.", float)]
CallSeconds = Annotated[
    float, number_option("--call-seconds", "Longest wait for an answer in a crisis or a negotiation.", float)
]
AnswerSeconds = Annotated[
    float,
    number_option(
        "--answer-seconds",
        "How long the clock stands on the day after each window if people play several states, so that its standing still tells "
        "nobody that others negotiate in secret. 0: it stands only while somebody is called.",
        float,
        0,
        86_400,
    ),
]
ThreatIndex = Annotated[
    str,
    typer.Option(
        help="Whether players are shown the theory's threat index: shown, hidden, or lot for half of the seats by lot. "
        "The scenario decides if not given; a session that goes on from a journal keeps its own."
    ),
]
OperatorsPort = Annotated[
    int | None,
    number_option(
        "--operators-port",
        "Port for metrics and the health of sessions, on 127.0.0.1 only; 0 for any free port. Without it there are none.",
        int,
        0,
        65535,
    ),
]
InsecureLan = Annotated[bool, typer.Option(help="Listen on a network although the connection is not encrypted.")]


def host(
    scenario: Annotated[
        str, typer.Argument(help="A bundled scenario's name, a scenario file, or with --at a journal.")
    ] = DEFAULT_SCENARIO,
    at: At = "",
    data: Annotated[Path, typer.Option(help="Folder of the journals. Sessions in it are resumed.")] = Path(
        "counterpoise-data"
    ),
    address: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, number_option("--port", "Port to listen on; 0 for any free port.", int, 0, 65535)] = 8700,
    operators_port: OperatorsPort = None,
    session: Annotated[str, typer.Option(help="Name of the session. An unused name creates a new session.")] = "",
    seed: Annotated[str, typer.Option(help="Seed of all chance in the game; drawn if not given.")] = "",
    bots: Annotated[
        list[str] | None, typer.Option(help="NAME_OR_FILE for all empty seats or SEAT=NAME_OR_FILE; may be repeated.")
    ] = None,
    mode: Mode = "windows",
    window_seconds: WindowSeconds = 180.0,
    call_seconds: CallSeconds = 60.0,
    answer_seconds: AnswerSeconds = 30.0,
    days_per_second: Annotated[float, number_option("--days-per-second", "Pace of continuous time.", float)] = 7.0,
    threat_index: ThreatIndex = "",
    autostart: Annotated[bool, typer.Option(help="Start without waiting for the moderator.")] = False,
    insecure_lan: InsecureLan = False,
    public_url: Annotated[str, typer.Option(help="Start of the links, if a proxy is in front of the server.")] = "",
    qr: Annotated[bool, typer.Option(help="Print the links as QR codes too.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the links as one JSON document.")] = False,
) -> None:
    """Serve a session that people join by link.

    Bots play the empty seats. Ctrl-C stops the server; the same command resumes the session.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format=LOG_FORMAT)
    shown = _index_setting(threat_index)
    moment, wanted = None, session
    if at or is_journal(scenario):
        moment, wanted, title = _moment(scenario, at, session, threat_index)
    else:
        text, source = scenario_text(scenario)
        title = parse_scenario(text, source).id
    seats = bots or []

    def bots_of(running: Session) -> Mapping[ActorId, Bot]:
        # A session in the folder may have another scenario, with other seats than the options name.
        named = seats if running.scenario.id == title else []
        return bots_by_seat(running.scenario, named, running.seed)

    config = ServerConfig(
        data_dir=data,
        host=address,
        port=port,
        operators_port=operators_port,
        insecure_lan=insecure_lan,
        public_url=_public_url(public_url),
        bots=bots_of,
        autostart=autostart,
        bots_window_seconds=BOTS_WINDOW_SECONDS,
        answer_seconds=answer_seconds,
    )
    pace = _pace(mode=mode, days_per_second=days_per_second, window_seconds=window_seconds, call_seconds=call_seconds)

    async def create(hub: Hub, name: str) -> Links:
        if moment is not None:
            return await hub.continue_from(moment, session_id=name, seed=seed, pace=pace)
        return await hub.create(
            scenario_text=text, source=source, seed=seed, session_id=name, pace=pace, threat_index=shown
        )

    asyncio.run(_serve(config, wanted, title, moment, seed, create, qr=qr, json=json))
    notes.print("stopped. The same command resumes the session.")


async def _serve(
    config: ServerConfig,
    wanted: str,
    title: str,
    moment: JournalMoment | None,
    seed: str,
    create: Callable[[Hub, str], Awaitable[Links]],
    *,
    qr: bool,
    json: bool,
) -> None:
    """Serve the wanted session, resumed or created, until the server is stopped."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, _outlive_terminal)
    async with Server(config) as server:
        server.install_signal_handlers()
        name, is_resumed = _session_to_serve(server.hub, wanted, title)
        if is_resumed:
            await _require_same_game(await server.hub.room(name), title, moment)
        if is_resumed and seed and (await server.hub.room(name)).session.seed != seed:
            notes.print(f"--seed {seed} is ignored: the resumed session {name} keeps its own seed", markup=False)
        links = await (server.hub.links(name) if is_resumed else create(server.hub, name))
        with secrets_in_file(config.data_dir / f"{links.session}.links"):
            beginning = "resumes on" if is_resumed else "is new" if moment is None else "goes on from"
            _show(server, links, beginning, qr=qr, json=json)
        await server.serve_until_stopped()


def _outlive_terminal() -> None:
    """Go on when the terminal is closed: a class must not end because a connection to the machine breaks."""
    logging.getLogger("counterpoise.cli").warning("the terminal is gone; the server goes on until SIGTERM or SIGINT")


def _moment(journal: str, at: str, name: str, threat_index: str) -> tuple[JournalMoment, str, str]:
    """Return the moment to go on from, the name of the session that does, and the id of its scenario."""
    if threat_index:
        raise typer.BadParameter(
            "a session that goes on from a journal keeps the journal's own. Leave the option out.",
            param_hint="--threat-index",
        )
    if not at:
        raise typer.BadParameter(
            f"{journal}: a journal. Give --at DATE to go on from that date in a new session.", param_hint="SCENARIO"
        )
    if not is_journal(journal):
        raise typer.BadParameter(
            f"expected a journal (.db or .jsonl) before --at {at}, got {journal}", param_hint="--at"
        )
    moment, opening = moment_of(Path(journal), at)
    return moment, name or name_of(moment, opening.id), opening.scenario.id


async def _require_same_game(room: Room, title: str, moment: JournalMoment | None) -> None:
    """Refuse to resume a session in place of the game that the command names.

    Raises:
        ConfigurationError: the session plays another scenario, or does not go on from the moment.
    """
    running = room.session
    if running.scenario.id != title:
        raise ConfigurationError(
            f"session {running.id} exists and plays {running.scenario.id}: expected {title}. Name that scenario to resume it, "
            "or give another --session NAME for a new session."
        )
    if moment is not None:
        header = await room.writer.call(
            lambda journal: header_of(list(islice(journal.entries(), 1)), str(journal.path))
        )
        require_same_past(moment, header, running.id)


def _pace(**options: str | float) -> Pace:
    """Return the pace in the options, checked like a moderator's command, so that a replay accepts it."""
    try:
        command = decode_command({"kind": "pace", **options})
    except OrderError as error:
        option = "--" + error.path.rpartition(".")[2].replace("_", "-")
        raise typer.BadParameter(comparison(error.expected, error.got), param_hint=option) from error
    assert isinstance(command, Pace)
    return command


def _index_setting(text: str) -> IndexSetting | None:
    """Return what --threat-index says, ``None`` if nothing; raise ``typer.BadParameter`` if that is no setting."""
    known: dict[str, IndexSetting] = {setting: setting for setting in get_args(IndexSetting)}
    if text and text not in known:
        raise typer.BadParameter(comparison(f"one of {', '.join(known)}", text), param_hint="--threat-index")
    return known.get(text)


def _public_url(text: str) -> str:
    """Return the option --public-url; raise ``typer.BadParameter`` if it is not an address."""
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise typer.BadParameter(
            f"expected an address such as https://example.org, got {text!r}", param_hint="--public-url"
        )
    return text


def _session_to_serve(hub: Hub, wanted: str, scenario: str) -> tuple[str, bool]:
    """Return the name of the session to serve, and whether it exists and is resumed.

    Args:
        hub: the sessions in the folder.
        wanted: name in the option --session; if empty, a session of the scenario that has not ended, or a new one.
        scenario: id of the scenario.

    Raises:
        CounterpoiseError: the session exists but cannot be resumed. A new session in its place would look like a loss.
    """
    if wanted:
        if (error := hub.unreadable.get(f"{wanted}.db")) is not None:
            raise _unresumable(error)
        return wanted, hub.has_session(wanted)
    for name, room in hub.rooms.items():
        if room.session.scenario.id == scenario and room.session.phase != "ended":
            return name, True
    broken = [name for name in hub.unreadable if re.fullmatch(rf"{re.escape(scenario)}(-\d+)?\.db", name)]
    if broken:
        raise _unresumable(hub.unreadable[broken[-1]])
    taken = {name.removesuffix(".db") for name in (*hub.session_ids(), *hub.unreadable)}
    number = 1
    while (name := scenario if number == 1 else f"{scenario}-{number}") in taken:
        number += 1
    return name, False


def _unresumable(error: CounterpoiseError) -> CounterpoiseError:
    """Print what to do about a session that cannot be resumed; return its error, with the exit code of a bad file."""
    notes.print(
        "The journal is unchanged. To start another session, give --session NAME or --data FOLDER.", markup=False
    )
    if not isinstance(error, JournalError):
        return error
    notes.print(f"To see what is wrong: counterpoise verify {error.source}", markup=False)
    return JournalError(error.source, str(error).removeprefix(f"{error.source}: "))


def _show(server: Server, links: Links, beginning: str, *, qr: bool, json: bool) -> None:
    """Print the links of a session; ``beginning`` says how it starts: ``resumes on``, ``goes on from``, ``is new``."""
    session = server.hub.rooms[links.session].session
    if json:
        resumed = beginning == "resumes on"
        urls = {"url": server.url, "local_url": server.local_url}
        print_json({**urls, "scenario": session.scenario.id, "resumed": resumed, **asdict(links)})
        return
    date = session.simulation.world.calendar.iso(session.now)
    state = beginning if beginning == "is new" else f"{beginning} {date}"
    console.print(f"{session.scenario.title}: session {links.session} {state}. Serving on {server.url}", markup=False)
    if server.url != server.local_url:
        console.print(f"The proxy has to pass requests on to {server.local_url}", markup=False)
    console.print()
    names = {actor.id: actor.name for actor in session.scenario.actors}
    rows: list[tuple[str, Any]] = [("moderator", links.moderator), ("observers", links.observer)]
    rows += [(f"{seat} {names[ActorId(seat)]}", link) for seat, link in links.seats.items()]
    width = max(len(label) for label, _ in rows)
    for label, link in rows:
        console.print(f"  {label:<{width}}  {link}", markup=False)
        if qr:
            segno.make(link, error="m").terminal(out=cast("TextIO", console.file), compact=True)
    console.print()
    held = [actor.id for actor in session.scenario.actors if actor.id not in links.seats]
    if held:
        console.print(
            f"These seats have players already: {', '.join(held)}. The moderator's page makes new links for them."
        )
    if session.phase == "paused":
        console.print("Bots play the empty seats. The clock goes on when the moderator presses Resume.")
    if session.phase == "lobby":
        console.print("Bots play the empty seats. The clock starts when the moderator presses Start.")
    console.print("Ctrl-C stops the server; the same command resumes the session.")
