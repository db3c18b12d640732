"""``counterpoise host``: serve sessions that people and bots join."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import typer

from counterpoise.cli.host import class_options
from counterpoise.cli.host import host_options as of
from counterpoise.cli.host.class_hosting import WantedClass, print_class_links, serve_class, wanted_class
from counterpoise.cli.host.continuation import is_journal, moment_of
from counterpoise.cli.host.links_text import print_links
from counterpoise.cli.host.pace_options import pace_of, timetable_of
from counterpoise.cli.host.running_server import add_to_running
from counterpoise.cli.host.served_sessions import NewSessions, WantedGame, numbered, serve_sessions
from counterpoise.cli.host.service_log import errors_in_log, start_log
from counterpoise.cli.host.settings import Config, SettingsCommand, ShowConfig, print_settings, settings_in
from counterpoise.cli.options.bot_limits import private_paths
from counterpoise.cli.options.seats import bots_by_seat, require_bots
from counterpoise.cli.terminal import notes, stdout_reserved
from counterpoise.errors import LockedError
from counterpoise.gateway.config import BOT_SECONDS, ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.scenario_files import scenario_text
from counterpoise.session.forks.moments import name_of
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import IndexSetting
from counterpoise.sim.types import ActorId
from counterpoise.store.addresses import open_database
from counterpoise.store.folder_shelf import SUFFIX as JOURNAL
from counterpoise_clients.isolation.bot_limits import BotLimits
from counterpoise_clients.language_models.recording import SUFFIX as MODELS
from counterpoise_clients.language_models.settings import budget
from counterpoise_clients.roster import SeatLoader, is_model

BOTS_WINDOW_SECONDS = 1.0
"""A session of bots alone would otherwise end before anybody could watch it."""
HOSTED = BotLimits(seconds=10.0, bank=10.0)
"""People wait for these bots, and the server removes a bot that keeps them waiting for half a minute."""
MODEL_LEEWAY = 5.0
"""Seconds that the server waits for a language model beyond what one decision of it may take."""
_log = logging.getLogger("counterpoise.cli")
app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("host", cls=SettingsCommand)
@stdout_reserved
def host(
    ctx: typer.Context,
    scenario: of.Scenarios = None,
    at: of.At = "",
    sessions: of.Sessions = 1,
    data: of.Data = of.DEFAULT_DATA,
    database: of.Database = "",
    key: of.Key = None,
    address: of.Address = "127.0.0.1",
    port: of.Port = 8700,
    operators_port: of.OperatorsPort = None,
    session: of.SessionName = "",
    seed: of.Seed = "",
    bots: of.Bots = None,
    trust_bots: of.TrustBots = False,
    mode: of.Mode = "windows",
    window_seconds: of.WindowSeconds = 180.0,
    call_seconds: of.CallSeconds = 60.0,
    time_zone: of.TimeZone = "",
    closes: of.Closes = "18:00",
    every_days: of.EveryDays = 1,
    weekdays: of.Weekdays = "mon-sun",
    answer_seconds: of.AnswerSeconds = 30.0,
    decider_seconds: of.DeciderSeconds = 30.0,
    absent_windows: of.AbsentWindows = 0,
    pause_seconds: of.PauseSeconds = 0.0,
    days_per_second: of.DaysPerSecond = 7.0,
    threat_index: of.ThreatIndex = None,
    class_title: class_options.ClassTitle = "",
    worlds: class_options.Worlds = 1,
    roster: class_options.Roster = None,
    anonymous: class_options.Anonymous = False,
    autostart: of.Autostart = False,
    insecure_lan: of.InsecureLan = False,
    public_url: of.PublicUrl = "",
    log_format: of.LogFormat = "text",
    log_level: of.LogLevel = "warning",
    qr: of.Qr = False,
    config: Config = None,
    show_config: ShowConfig = False,
    json: of.Json = False,
) -> None:
    """Serve sessions that people join by link.

    Bots play the empty seats. Ctrl-C stops the server; the same command resumes its sessions. Every option may stand in a file
    (--config) or in the environment: COUNTERPOISE_HOST_PORT for --port. The command line wins over both.
    """
    if show_config:
        print_settings(ctx, json=json)
        return
    start_log(log_format, log_level)
    with errors_in_log(log_format):
        asked = class_options.class_asked(class_title, worlds, roster, anonymous=anonymous)
        sources, each = scenario or [of.DEFAULT_CLASS if asked else of.DEFAULT_SCENARIO], max(sessions, 1)
        games = _games(sources, at, session, each, threat_index)
        waits = {"window_seconds": window_seconds, "call_seconds": call_seconds, "days_per_second": days_per_second}
        pace = pace_of(timetable_of(time_zone, closes, every_days, weekdays), mode=mode, **waits)
        line_up = _Bots(bots or [], games, _loader([data, key, config, roster], trusted=trust_bots), data)
        settings = ServerConfig(
            data_dir=data, key_file=key, host=address, port=port, operators_port=operators_port, insecure_lan=insecure_lan,
            public_url=public_url, bots=line_up, autostart=autostart,
            bots_window_seconds=BOTS_WINDOW_SECONDS, answer_seconds=answer_seconds, decider_seconds=decider_seconds,
            absent_windows=absent_windows, pause_seconds=pause_seconds, bot_seconds=line_up.patience,
        )  # fmt: skip
        new = NewSessions(seed, pace, cast("IndexSetting | None", threat_index))
        served, wanted = games if sessions else [], wanted_class(asked, games, new)
        printed = {"links_to_files": log_format == "json" and not json, "qr": qr, "json": json}
        has_served = asyncio.run(_serve(settings, database, served, new, wanted, **printed))
    if has_served:
        _say_stopped(log_format)


def _loader(private: Sequence[Path | None], *, trusted: bool) -> SeatLoader:
    """Return what loads bots that may not read the private files, unless they are trusted."""
    return SeatLoader(replace(HOSTED, trusted=trusted, private=private_paths(private)))


def _say_stopped(log_format: str) -> None:
    if log_format == "text":
        notes.print("stopped. The same command resumes what it served.")
    else:
        _log.info("stopped")


def resolved_settings(arguments: list[str]) -> dict[str, Any]:
    """Return the settings that ``counterpoise host`` would have with these arguments, by key; nothing is served.

    Raises:
        SettingsError: a setting in the file or in the environment is unknown or has a wrong value.
    """
    with typer.main.get_command(app).make_context("host", list(arguments)) as ctx:
        return settings_in(ctx)


class _Bots:
    """Creates the bots of the options for a session.

    Args:
        named: the options ``--bots``.
        games: what the command names. A session in the folder may have another scenario, with other seats than the options name.
        load: loads the bots.
        data: the data folder, where the calls of language models are kept beside the journals.

    Raises:
        CounterpoiseError: an option is wrong for a scenario, or a bot cannot be made.
    """

    def __init__(self, named: Sequence[str], games: Sequence[WantedGame], load: SeatLoader, data: Path) -> None:
        self._named, self._titles, self._load, self._data = named, {game.title for game in games}, load, data
        has_models = any(is_model(option) or is_model(option.partition("=")[2]) for option in named)
        self.patience = max(BOT_SECONDS, budget().decision_seconds + MODEL_LEEWAY) if has_models else BOT_SECONDS
        """Seconds after which the server removes a bot that has not decided."""
        for game in {game.title: game for game in games}.values():
            if game.text and named:
                require_bots(parse_scenario(game.text, game.source), named, "1", load)

    def __call__(self, session: Session) -> Mapping[ActorId, Bot]:
        named = self._named if session.scenario.id in self._titles else []
        calls = self._data / f"{session.id}{JOURNAL}{MODELS}"
        return bots_by_seat(session.scenario, named, session.seed, replace(self._load, models=str(calls)))


async def _serve(
    config: ServerConfig,
    database: str,
    games: Sequence[WantedGame],
    new: NewSessions,
    wanted: WantedClass | None,
    *,
    links_to_files: bool,
    qr: bool,
    json: bool,
) -> bool:
    """Serve a class, or a session for each game, resumed or created, until the server is stopped.

    Returns:
        Whether this process has served, and not only added a class to the server that runs on the folder.
    """
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, _outlive_terminal)
    async with AsyncExitStack() as stack:
        try:
            server = await stack.enter_async_context(Server(config, open_database(database) if database else None))
        except LockedError as error:
            if database:
                raise
            links = add_to_running(config.data_dir, wanted, error)
            print_class_links(links, to_files=links_to_files, qr=qr, json=json)
            return False
        server.install_signal_handlers()
        if wanted is not None:
            links = await serve_class(server, wanted)
            print_class_links(links, to_files=links_to_files, qr=qr, json=json)
            await server.serve_until_stopped()
            return True
        served = await serve_sessions(server.hub, games, new, server.classes.sessions)
        print_links(server, served, to_files=links_to_files, qr=qr, json=json)
        await server.serve_until_stopped()
        return True


def _outlive_terminal() -> None:
    """Go on when the terminal is closed: a class must not end because a connection to the machine breaks."""
    _log.warning("the terminal is gone; the server goes on until SIGTERM or SIGINT")


def _games(sources: Sequence[str], at: str, name: str, each: int, threat_index: str | None) -> list[WantedGame]:
    """Return the games that the options ask for.

    Args:
        sources: names of scenarios, scenario files, or a journal.
        at: the option ``--at``.
        name: the option ``--session``.
        each: how many sessions of each source.
        threat_index: the option ``--threat-index``, which a journal decides by itself.
    """
    if at or any(map(is_journal, sources)):
        game = _continued(sources, at, name, threat_index)
        return [
            WantedGame(game.title, numbered(game.name, number), moment=game.moment) for number in range(1, each + 1)
        ]
    games: list[WantedGame] = []
    for given in sources:
        text, source = scenario_text(given)
        title = parse_scenario(text, source).id
        for _ in range(each):
            games.append(WantedGame(title, numbered(name, len(games) + 1), text, source))
    return games


def _continued(sources: Sequence[str], at: str, name: str, threat_index: str | None) -> WantedGame:
    """Return the game that goes on from a moment of a journal; raise ``typer.BadParameter`` if the options do not name one."""
    if threat_index:
        raise typer.BadParameter(
            "a session that goes on from a journal keeps the journal's own. Leave the option out.",
            param_hint="--threat-index",
        )
    journal = next(filter(is_journal, sources), sources[0])
    if not at:
        raise typer.BadParameter(
            f"{journal}: a journal. Give --at DATE to go on from that date in a new session.", param_hint="SCENARIO"
        )
    if not is_journal(journal):
        raise typer.BadParameter(
            f"expected a journal (.db or .jsonl) before --at {at}, got {journal}", param_hint="--at"
        )
    if len(sources) > 1:
        raise typer.BadParameter(f"expected one journal before --at {at}, got {len(sources)} names", param_hint="--at")
    moment, opening = moment_of(Path(journal), at)
    return WantedGame(opening.scenario.id, name or name_of(moment, opening.id), moment=moment)
