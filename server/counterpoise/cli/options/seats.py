"""The options that give seats to bots."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import typer

from counterpoise.errors import BotError, ConfigurationError, InputError
from counterpoise.sim.bot import Bot
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster
from counterpoise_clients.isolation.bot_source import COMMAND
from counterpoise_clients.isolation.isolated_bot import IsolatedBot
from counterpoise_clients.language_models.recording import SUFFIX
from counterpoise_clients.roster import SeatLoader

_SECOND_SEAT = re.compile(r",(?=[A-Z][A-Z0-9]{1,4}=)")
USUAL_LIMITS = SeatLoader()


def bots_by_seat(
    scenario: Scenario, bots: Sequence[str], seed: str, load: SeatLoader = USUAL_LIMITS
) -> dict[ActorId, Bot]:
    """Return a bot for every seat of a scenario.

    Args:
        scenario: the scenario of the seats.
        bots: options, each ``BOT`` for all seats or ``SEAT=BOT`` for one seat. An option for one seat wins over options for
            all; a later option wins over an earlier one. Other seats get one of the bots that the scenario suggests for them, or
            a bot of the default line-up.
        seed: seed of the session. Each bot draws from its own stream, derived from it.
        load: loads the bots; it has the limits of those that are not bundled.

    Raises:
        typer.BadParameter: an option is malformed.
        ConfigurationError: an option names an unknown seat.
        InputError: a bot does not exist.
    """
    factories = {seat: load(name) for seat, name in _named(scenario, bots, seed).items()}
    return {seat: factory(f"{seed}/bot/{seat}") for seat, factory in factories.items()}


def require_bots(scenario: Scenario, bots: Sequence[str], seed: str, load: SeatLoader) -> None:
    """Make each bot of the options once, within its limits, so that a mistake shows before anything is played.

    Raises:
        typer.BadParameter: an option is malformed.
        ConfigurationError: an option names an unknown seat.
        InputError: a bot does not exist or cannot be made.
    """
    first: dict[str, ActorId] = {}
    for seat, name in _named(scenario, bots, seed).items():
        first.setdefault(name, seat)
    for name, seat in first.items():
        bot = ready_bot(name, f"{seed}/bot/{seat}", load)
        if isinstance(bot, IsolatedBot):
            bot.close()


def ready_bot(name: str, seed: str, load: SeatLoader) -> Bot:
    """Return a new bot that can decide.

    Raises:
        InputError: there is no such bot, or it cannot be made.
    """
    bot = load(name)(seed)
    if isinstance(bot, IsolatedBot):
        try:
            bot.wait_until_ready()
        except BotError as error:
            bot.close()
            told = f"; it wrote: {last}" if (last := bot.conduct.stderr.strip().rpartition("\n")[2]) else ""
            raise InputError(name, "", "", f"this bot cannot play: {error}{told}") from error
    return bot


def models_beside(journal: Path | None) -> str:
    """Return the file for the calls of language models beside a new journal; empty without a journal.

    Raises:
        ConfigurationError: the file exists, from a journal that has had this name.
    """
    if journal is None:
        return ""
    file = journal.with_name(journal.name + SUFFIX)
    if file.exists():
        raise ConfigurationError(f"{file}: the file exists. Choose another name for the journal, or delete the file.")
    return str(file)


def _named(scenario: Scenario, bots: Sequence[str], seed: str) -> dict[ActorId, str]:
    """Return the bot of each seat by its name or path."""
    seats = [actor.id for actor in scenario.actors]
    chosen: dict[ActorId, str] = {}
    everyone: str | None = None
    for option in bots:
        seat, equals, name = option.partition("=")
        if not option or (equals and not name):
            raise typer.BadParameter(f"expected BOT or SEAT=BOT, got {option!r}", param_hint="--bots")
        if equals and seat.isidentifier() and (more := _SECOND_SEAT.search(name)) and not name.startswith(COMMAND):
            each = f"--bots {seat}={name[: more.start()]} --bots {name[more.start() + 1 :]}"
            raise typer.BadParameter(f"each option gives one seat: write {each}, got {option!r}", param_hint="--bots")
        if not equals or not seat.isidentifier():  # a command may hold an equals sign
            everyone = option
        elif seat in seats:
            chosen[ActorId(seat)] = name
        else:
            raise ConfigurationError(f"--bots {option}: there is no seat {seat!r}. The seats are {', '.join(seats)}")
    default = roster.line_up(scenario.actors, seed)
    return {seat: chosen.get(seat) or everyone or default[seat] for seat in seats}
