"""``counterpoise run``: play a scenario in this process, without a network."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.debrief.debrief_text import print_debrief
from counterpoise.cli.journal_sink import journal_sink
from counterpoise.cli.options.bot_limits import BotMemory, Bots, BotSeconds, TrustBots, bot_limits
from counterpoise.cli.options.dates import tick_on
from counterpoise.cli.options.seats import bots_by_seat, models_beside, require_bots
from counterpoise.cli.outcome_text import print_outcome
from counterpoise.cli.terminal import notes, print_json, session_bar
from counterpoise.errors import comparison
from counterpoise.scenario_files import history_text, scenario_text, text_of
from counterpoise.session.debrief.debrief_data import debrief_journal
from counterpoise.session.in_process_play import OrderStatistics, play
from counterpoise.session.records.record_playback import play_record
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.bot import Bot
from counterpoise.sim.history import History
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.types import ActorId
from counterpoise.store.shipped_noise import shipped_noise
from counterpoise_clients.isolation.bot_limits import MEMORY, SECONDS
from counterpoise_clients.isolation.isolated_bot import IsolatedBot
from counterpoise_clients.language_models.model_bot import ModelBot
from counterpoise_clients.roster import SeatLoader


def create_session(name_or_file: str, seed: str, *, recorded: bool = False) -> Session:
    """Create the session of a local run. Equal arguments give equal journals, byte for byte."""
    text, source = scenario_text(name_or_file)
    secret = hashlib.sha256(f"counterpoise run/{seed}".encode()).hexdigest()
    scenario_hash = hashlib.sha256(text.encode()).hexdigest()[:8]
    name = "record" if recorded else "run"
    return Session(
        scenario_text=text,
        seed=seed,
        session_id=f"{name}-{scenario_hash}-{seed}",
        secret=secret,
        setup=ScenarioSetup(source=source, recorded=recorded),
    )


def historical_record(name_or_file: str, file: Path | None, session: Session) -> History:
    """Return the historical record of a session's scenario, from ``file`` or from the file beside the scenario."""
    text, source = history_text(name_or_file) if file is None else (text_of(file, "a record"), str(file))
    return parse_history(text, source, session.scenario)


def run(
    scenario: Annotated[str, typer.Argument(help="A bundled scenario's name, or a scenario file.")],
    seed: Annotated[str, typer.Option(help="Seed of all chance in the game.")] = "1",
    bots: Bots = None,
    history: Annotated[
        bool, typer.Option("--history", help="Let every state do what it did in history, by the scenario's record.")
    ] = False,
    record: Annotated[
        Path | None, typer.Option(help="Play this record instead of the scenario's own.", metavar="FILE")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Stop at this date.", metavar="DATE")] = None,
    bot_seconds: BotSeconds = SECONDS,
    bot_memory: BotMemory = MEMORY,
    trust_bots: TrustBots = False,
    journal: Annotated[Path | None, typer.Option(help="Write the journal to this new file.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the debrief as one JSON document.")] = False,
) -> None:
    """Play a scenario to its end without a network.

    Bots play every seat; with --history or --record the states do what they did in history. At the end the alignments, the
    wars, the scores and the debrief are printed.
    """
    recorded = history or record is not None
    if recorded and bots:
        raise typer.BadParameter(
            "a record leaves no seat for bots. Leave out --bots, or --history and --record.", param_hint="--bots"
        )
    session = create_session(scenario, seed, recorded=recorded)
    past = historical_record(scenario, record, session) if recorded else None
    limits = bot_limits(bot_seconds, bot_memory, trusted=trust_bots, private=[journal])
    load = SeatLoader(limits, models=models_beside(journal))
    if not recorded:
        require_bots(session.scenario, bots or [], seed, load)
    players = {} if recorded else bots_by_seat(session.scenario, bots or [], seed, load)
    target = None if until is None else tick_on(session, until, "--until")
    statistics = OrderStatistics()
    with journal_sink(journal) as sink, session_bar(session.scenario.title, target or session.end) as show:

        def after_stop(running: Session) -> None:
            sink.take(running)
            show(running)

        if past is not None:
            play_record(session, past, until=target, after_stop=after_stop)
        else:
            statistics = play(session, players, until=target, after_stop=after_stop)
        sink.take(session)
    report_orders(statistics, players)
    document = debrief_journal(sink.entries, str(journal or session.id), shipped_noise())
    for inject in document.failed_injects:
        reason = comparison(inject.expected, inject.got)
        notes.print(f"an inject failed: {inject.inject} on {inject.date} ({inject.which}): {reason}", markup=False)
    if json:
        print_json(document)
    else:
        print_outcome(document.timeline, document.actors, session.simulation.world.score_parts)
        print_debrief(document)


def _bot_file_name(bot: Bot) -> str:
    """Return the name of the file or the command that a bot comes from, or the name of its module."""
    if isinstance(bot, ModelBot):
        return bot.name
    if isinstance(bot, IsolatedBot):
        return Path(bot.source.path).name or " ".join(bot.source.command)
    module = type(bot).__module__
    file = getattr(sys.modules.get(module), "__file__", None)
    return Path(file).name if file else module


def report_orders(statistics: OrderStatistics, players: Mapping[ActorId, Bot]) -> None:
    """Print to standard error which bots failed, whose orders were refused, and what language models took."""
    for seat, failures in statistics.failures.items():
        bot = players[seat]
        failed = bot.conduct.failed if isinstance(bot, IsolatedBot | ModelBot) else len(failures)
        named, unasked = f"{seat} ({_bot_file_name(bot)})", failures[failed:]
        if failed:
            often = "once and passed;" if failed == 1 else f"{failed} times and passed; the last time"
            day, _, problem = failures[failed - 1].partition(f" {seat}: ")
            notes.print(f"{named}: the bot failed {often} on {day}: {problem}", markup=False)
        if unasked:
            often = "once" if len(unasked) == 1 else f"{len(unasked)} times"
            day, _, problem = unasked[0].partition(f" {seat}: ")
            notes.print(f"{named}: from {day} on it passed {often} without being asked: {problem}", markup=False)
    for seat, count in statistics.refusals.items():
        often = "an order was refused" if count == 1 else f"{count} orders were refused, last"
        notes.print(f"{seat}: {often}: {statistics.last_refusal[seat]}", markup=False)
    for seat, bot in players.items():
        if isinstance(bot, ModelBot):
            notes.print(f"{seat} ({bot.name}): {bot.account()}", markup=False)
