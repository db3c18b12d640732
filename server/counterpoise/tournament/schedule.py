"""The schedule of a tournament: the scenario, seed and seating of every game, dealt before the first game.

**Rotation.** The games of one scenario come in blocks of as many games as there are entrants, E. At the start of a block
the entrants and the seats are shuffled; in game k of the block the i-th seat goes to entrant (i + k) mod E. So every entrant
plays every seat once in a block, and a last, shorter block adds at most one game: over the whole tournament no two
entrants differ by more than one game at any seat. With more seats than entrants, an entrant holds every E-th seat of a
game (their numbers differ by at most one); with more entrants than seats, some sit a game out. The shuffle changes the
company from block to block.

**Worlds.** All games of a block have one seed: they are one world, and in a whole block every entrant plays every seat of it
once, for any number of seats. ``pairs.py`` compares entrants at the same seat of the same world. A last, shorter block has no
such pairs; it counts for the strengths only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from random import Random

from counterpoise.errors import TournamentError
from counterpoise.sim import RULES_VERSION
from counterpoise.sim.reading.scenario_text import parse_scenario as parse_scenario
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.tournament.plan import Entrant, Tournament


@dataclass(frozen=True, slots=True)
class GameSpec:
    """One game to play: plain data that can cross to another machine.

    ``key`` is a fingerprint of everything that the result depends on. A stored result with another key belongs to another game.
    """

    number: int
    scenario: str
    scenario_text: str
    seed: str
    seating: tuple[tuple[ActorId, Entrant], ...]
    years: int
    key: str
    verified: bool = True
    """Whether the game is replayed from its journal and compared."""


SAMPLED = 10
"""With ``verify = "sample"``, one game in so many is verified."""


def deal(
    tournament: Tournament, scenarios: Mapping[str, str], versions: Mapping[str, str] | None = None
) -> tuple[GameSpec, ...]:
    """Deal all games of a tournament, in order.

    Args:
        tournament: the plan.
        scenarios: the text of each scenario, by the name the plan uses.
        versions: the version of each entrant by name, which enters only the keys of the games.

    Raises:
        TournamentError: the plan names a scenario that is not in ``scenarios``.
    """
    seats = {name: _seats(tournament, name, index, scenarios) for index, name in enumerate(tournament.scenarios)}
    rotations = {
        name: _rotation(f"{tournament.seed}/rotation/{name}", seats[name], tournament.entrants)
        for name in tournament.scenarios
    }
    specs = []
    for number in range(tournament.games):
        name, world = tournament.scenarios[number % len(tournament.scenarios)], number // tournament.round
        seed = hashlib.sha256(f"{tournament.seed}/world/{name}/{world}".encode()).hexdigest()[:32]
        seating = next(rotations[name])
        key = _fingerprint(name, scenarios[name], seed, seating, tournament.years, versions or {})
        verified = tournament.verify == "all" or (tournament.verify == "sample" and number % SAMPLED == 0)
        specs.append(GameSpec(number, name, scenarios[name], seed, seating, tournament.years, key, verified))
    return tuple(specs)


def _seats(tournament: Tournament, name: str, index: int, scenarios: Mapping[str, str]) -> tuple[ActorId, ...]:
    if name not in scenarios:
        known = ", ".join(sorted(scenarios)) or "none"
        raise TournamentError(tournament.source, f"$.scenarios[{index}]", f"a known scenario ({known})", repr(name))
    scenario: Scenario = parse_scenario(scenarios[name], name)
    return tuple(actor.id for actor in scenario.actors)


def _rotation(
    seed: str, seats: tuple[ActorId, ...], entrants: tuple[Entrant, ...]
) -> Iterator[tuple[tuple[ActorId, Entrant], ...]]:
    """Yield seatings forever, each in the scenario's order of seats."""
    block = 0
    while True:
        stream = Random(f"{seed}/{block}")
        order, company = list(seats), list(entrants)
        stream.shuffle(order)
        stream.shuffle(company)
        for game in range(len(company)):
            taken = {seat: company[(place + game) % len(company)] for place, seat in enumerate(order)}
            yield tuple((seat, taken[seat]) for seat in seats)
        block += 1


def _fingerprint(
    scenario: str,
    text: str,
    seed: str,
    seating: tuple[tuple[ActorId, Entrant], ...],
    years: int,
    versions: Mapping[str, str],
) -> str:
    facts = [
        scenario,
        hashlib.sha256(text.encode()).hexdigest(),
        seed,
        [[seat, who.name, PurePath(who.bot).name, versions.get(who.name, "")] for seat, who in seating],
        RULES_VERSION,
        years,
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]
