"""Fixtures that make a move, expect a refusal, or play games of random legal moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import get_args

import pytest

from counterpoise.errors import OrderError
from counterpoise.sim import catalogue
from counterpoise.sim.engine import Simulation
from counterpoise.sim.move import Move
from counterpoise.sim.scenario import QuestionSpec, Scenario
from counterpoise.sim.types import ActorId, QuestionKind
from counterpoise.sim.views.view import View
from counterpoise.sim.views.view_builder import build_view
from counterpoise.sim.views.view_position import ViewPosition
from counterpoise.sim.world import Incident, World

Do = Callable[[Simulation, str, Move], list[Incident]]
Refused = Callable[[Simulation, str, Move], OrderError]
Look = Callable[[Simulation, str], View]
SAMPLES_MAX = 20
GAMES_MAX = 8


@dataclass
class Game:
    """A game of random moves, and the faults found in it."""

    sim: Simulation
    refused: list[str] = field(default_factory=list)
    """Moves that a view lists as legal and the world refuses."""
    unrecorded: list[str] = field(default_factory=list)
    """Applied moves that recorded no incident."""
    misseen: list[str] = field(default_factory=list)
    """Applied moves that more or fewer states saw than the move says."""
    samples: dict[str, list[Move]] = field(default_factory=dict)
    applied: int = 0


def play(scenario: Scenario, seed: str, ticks: int, each_stop: Callable[[World], None], *, orders: int = 2) -> Game:
    """Play a game in which every seat makes random legal moves at every stop of the clock.

    A draw chooses a kind of move first, and then a move of this kind.
    """
    game = Game(Simulation(scenario, seed))
    sim, dice = game.sim, Random(seed)
    hold = sim.world.dyad(ActorId("BEL"), ActorId("ARD"))
    hold.penetration = hold.penetration_known = 0.3  # so that a seat can make the move expel
    while sim.now < ticks and not sim.ended:
        for state in list(sim.world.active()):
            for _ in range(orders):
                _move_at_random(game, state.id, dice)
        window = sim.world.calendar.window_of(sim.now)
        sim.advance(min(ticks, sim.world.calendar.opening_of(window + 1)))
        each_stop(sim.world)
    return game


def _move_at_random(game: Game, actor: ActorId, dice: Random) -> None:
    sim = game.sim
    by_kind: dict[str, list[Move]] = {}
    view = build_view(sim.world, sim.scenario, actor)
    for move in catalogue.legal_moves(view):
        by_kind.setdefault(move.kind, []).append(move)
        try:
            sim.require_legal(actor, move)
        except OrderError as objection:
            game.refused.append(f"{move} of {actor} at {sim.now}: {objection}")
    # Kinds not made yet go first, so that a short game makes every kind.
    kinds = sorted(kind for kind in by_kind if kind not in game.samples) or sorted(by_kind)
    chosen = by_kind[kinds[int(dice.random() * len(kinds))]]
    move = chosen[int(dice.random() * len(chosen))]
    samples = game.samples.setdefault(move.kind, [])
    if len(samples) < SAMPLES_MAX:
        samples.append(move)
    before = len(sim.world.incidents)
    sim.apply(actor, move)
    game.applied += 1
    _compare_readers(game, actor, move, move.seen_by(ViewPosition(view)), sim.world.incidents[before:])
    if len(sim.world.incidents) == before:
        game.unrecorded.append(f"{move} of {actor} at {sim.now}")


@pytest.fixture(scope="session")
def random_game() -> Callable[..., Game]:
    """The function that plays a game of random legal moves."""
    return play


@pytest.fixture(scope="session")
def played(scenario: Scenario) -> Game:
    """Two years of random legal moves in the small scenario, and more such games until every kind of move was made.

    Seats are asked in every window, because some moves answer.
    """
    scenario = replace(
        scenario, questions=tuple(QuestionSpec(ask, 0, every_windows=1) for ask in get_args(QuestionKind)[2:])
    )
    game = play(scenario, "played", 731, lambda world: None)
    for number in range(1, GAMES_MAX):
        if game.samples.keys() == catalogue.MOVES.keys():
            break
        more = play(scenario, f"played {number}", 731, lambda world: None)
        game.samples = {**more.samples, **game.samples}
        game.refused += more.refused
        game.unrecorded += more.unrecorded
        game.misseen += more.misseen
    return game


@pytest.fixture
def do() -> Do:
    """The function that makes a legal move and returns the incidents it records."""

    def make(sim: Simulation, actor: str, move: Move) -> list[Incident]:
        before = len(sim.world.incidents)
        sim.require_legal(ActorId(actor), move)
        sim.apply(ActorId(actor), move)
        return sim.world.incidents[before:]

    return make


@pytest.fixture
def refused() -> Refused:
    """The function that orders an illegal move and returns the refusal."""

    def order(sim: Simulation, actor: str, move: Move) -> OrderError:
        with pytest.raises(OrderError) as caught:
            sim.require_legal(ActorId(actor), move)
        return caught.value

    return order


@pytest.fixture
def look() -> Look:
    """The function that returns a seat's view."""
    return lambda sim, actor: build_view(sim.world, sim.scenario, ActorId(actor))


def _compare_readers(
    game: Game, actor: ActorId, move: Move, seen_by: tuple[ActorId, ...] | None, incidents: list[Incident]
) -> None:
    """Note it if others see what the actor has just done than the move says."""
    own = [one for one in incidents if one.actors and one.actors[0] == actor and not one.kind.startswith("question_")]
    if not own:
        return
    is_public = any(one.audience is None for one in own)
    readers = {state for one in own for state in one.audience or ()} - {actor}
    told = set(seen_by or ())
    # A third state may have found out a secret pact without the knowledge of its members.
    is_right = readers >= told if move.kind == "leave_alliance" else readers == told
    if is_public != (seen_by is None) or not (is_public or is_right):
        known = [(one.kind, one.audience) for one in own]
        game.misseen.append(f"{move} of {actor} says {seen_by}, and {known}")
