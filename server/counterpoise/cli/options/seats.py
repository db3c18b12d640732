"""The options that give seats to bots."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from counterpoise.errors import ConfigurationError
from counterpoise.sim.bot import Bot
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster


def bots_by_seat(scenario: Scenario, bots: Sequence[str], seed: str) -> dict[ActorId, Bot]:
    """Return a bot for every seat of a scenario.

    Args:
        scenario: the scenario of the seats.
        bots: options, each ``NAME_OR_FILE`` for all seats or ``SEAT=NAME_OR_FILE`` for one seat. An option for one seat
            wins over options for all; a later option wins over an earlier one. Other seats get one of the bots that the
            scenario suggests for them, or a bot of the default line-up.
        seed: seed of the session. Each bot draws from its own stream, derived from it.

    Raises:
        typer.BadParameter: an option is malformed.
        ConfigurationError: an option names an unknown seat.
        InputError: a bot cannot be loaded.
    """
    seats = [actor.id for actor in scenario.actors]
    chosen: dict[ActorId, str] = {}
    everyone: str | None = None
    for option in bots:
        seat, equals, name = option.partition("=")
        if not option or (equals and not name):
            raise typer.BadParameter(f"expected NAME_OR_FILE or SEAT=NAME_OR_FILE, got {option!r}", param_hint="--bots")
        if not equals:
            everyone = option
        elif seat in seats:
            chosen[ActorId(seat)] = name
        else:
            raise ConfigurationError(f"--bots {option}: there is no seat {seat!r}. The seats are {', '.join(seats)}")
    default = roster.line_up(scenario.actors, seed)
    named = {seat: chosen.get(seat) or everyone or default[seat] for seat in seats}
    return {seat: roster.load_bot(name)(f"{seed}/bot/{seat}") for seat, name in named.items()}
