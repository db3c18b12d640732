"""Who sits where: the options that put bots into seats."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoise.errors import ConfigurationError
from counterpoise.sim.bot import Bot
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster


def seat_bots(scenario: Scenario, bots: Sequence[str], seed: str) -> dict[ActorId, Bot]:
    """Return a bot for every seat of a scenario.

    Args:
        scenario: whose seats are to be filled.
        bots: each ``NAME_OR_FILE`` for all seats or ``SEAT=NAME_OR_FILE`` for one; the most specific and last wins.
            Seats that no option names get one of the bots the scenario suggests for them, or of the default line-up.
        seed: of the session; each bot draws from a stream of its own derived from it.

    Raises:
        ConfigurationError: an option names no seat of the scenario.
        InputError: a bot cannot be loaded.
    """
    seats = [actor.id for actor in scenario.actors]
    chosen: dict[ActorId, str] = {}
    everyone: str | None = None
    for option in bots:
        seat, equals, name = option.partition("=")
        if not option or (equals and not name):
            raise ConfigurationError(f"--bots {option}: expected NAME_OR_FILE or SEAT=NAME_OR_FILE")
        if not equals:
            everyone = option
        elif seat in seats:
            chosen[ActorId(seat)] = name
        else:
            raise ConfigurationError(f"--bots {option}: no seat {seat!r}; the seats are {', '.join(seats)}")
    usual = roster.line_up(scenario.actors, seed)
    named = {seat: chosen.get(seat) or everyone or usual[seat] for seat in seats}
    return {seat: roster.load_bot(name)(f"{seed}/bot/{seat}") for seat, name in named.items()}
