"""One game as learners play it: at each stop of the clock a seat takes actions one by one until it passes."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, SupportsIndex

import numpy as np
from numpy.typing import NDArray

from counterpoise.game import Game
from counterpoise.scenario_files import scenario_text
from counterpoise.sim.bot import Bot
from counterpoise.sim.move import Move
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.views.view_position import ViewPosition
from counterpoise.theory.threat import threats_from_view
from counterpoise_clients.env.actions import PASS, ActionList
from counterpoise_clients.env.observation import OWN, names, observed
from counterpoise_clients.roster import line_up, load_bot

MOVES_MAX = 8
"""How many moves a seat makes at a stop unless the environment says otherwise; ten times as many is more than any bot makes."""
MIX = "mix"
"""In place of a bot's name: the bots that a server would deal to empty seats."""
MOVES_MADE, TREASURY_LEFT = OWN.index("moves made at this stop"), OWN.index("treasury left at this stop")

Row = NDArray[np.float32]
Mask = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Rewards:
    """What a learner is rewarded for when the clock has moved; a weight of 0 leaves a part out.

    All differences are in points of the score (0 to 100) since the clock last moved, so the rewards of a game add up to what the
    score has come to at its end. A score is the mean of the years that are over, so most rewards come with a new year.
    """

    score: float = 1.0
    """The difference of the seat's score."""
    goals: float = 0.0
    """The difference of the score's part for the seat's objectives in the scenario, as the seat knows it."""
    rivals: float = 0.0
    """Taken away: the difference of the mean score of the other seats."""


@dataclass(slots=True)
class Stop:
    """A seat at a stop of the clock."""

    row: Row
    """What it observes."""
    mask: Mask
    """1 for each action that it may take now."""
    legal: dict[int, Move] = field(default_factory=dict)
    """The legal actions when the clock stopped, with their moves."""
    moves: list[Move] = field(default_factory=list)
    """The moves that it has made since."""
    is_open: bool = False
    """Whether it may still act."""
    treasury: float = 0.0
    """What it has left to spend, in per cent of a yearly budget."""


class Episode:
    """A game in which learners play some seats.

    Args:
        scenario: the name of a bundled scenario, or the path of a scenario file.
        seats: the seats of the learners, by code; empty for all.
        bots: who plays the other seats: the name of a bot or ``MIX``, for all or by seat.
        moves: how many moves a seat makes at a stop at most, from 1.
        rewards: what is rewarded.

    Raises:
        InputError: there is no such scenario or bot, or it is wrong.
        KeyError: the scenario has no such seat.
        ValueError: ``moves`` is less than 1.
    """

    def __init__(
        self,
        scenario: str,
        seats: Iterable[str] = (),
        *,
        bots: str | Mapping[str, str] = MIX,
        moves: int = MOVES_MAX,
        rewards: Rewards | None = None,
    ) -> None:
        if moves < 1:
            raise ValueError(f"moves: expected a number from 1, got {moves}")
        self._actors = parse_scenario(*scenario_text(scenario)).actors
        codes = [str(actor.id) for actor in self._actors]
        self.seats = list(seats) or codes
        for seat in (*self.seats, *(bots if isinstance(bots, Mapping) else ())):
            if seat not in codes:
                raise KeyError(f"no seat {seat}; the seats are {', '.join(codes)}")
        for name in bots.values() if isinstance(bots, Mapping) else (bots,):
            if name != MIX:
                load_bot(name)
        self._bots, self._moves, self._rewards = bots, moves, rewards or Rewards()
        self.actions = ActionList(len(codes))
        self.names = names(self.actions.targets)
        self._scenario = scenario
        self._game: Game | None = None
        self._stops: dict[str, Stop] = {}
        self.orders_refused = 0

    @property
    def is_over(self) -> bool:
        """Whether the game has ended."""
        return self.game.is_over

    @property
    def game(self) -> Game:
        """The game that is played.

        Raises:
            RuntimeError: no game has begun.
        """
        return self._require_game()

    def begin(self, seed: str) -> None:
        """Begin a game. Equal seeds and equal actions give equal games."""
        if self._game is None:
            self._game = Game(self._scenario, seed, bots=self.bot)
        else:
            self._game.reset(seed)
        width, count = len(self.names), len(self.actions)
        self._stops = {seat: Stop(np.zeros(width, np.float32), _only_pass(count)) for seat in self.seats}
        self.orders_refused = 0
        self._come_to_stop()
        self._scores, self._goals = self._game.scores(), self._goal_scores()

    def observation(self, seat: str) -> dict[str, Any]:
        """Return what a seat observes now (``observation``) and which actions it may take (``action_mask``), as copies."""
        stop = self._stops[seat]
        return {"observation": stop.row.copy(), "action_mask": stop.mask.copy()}

    def acts(self, seat: str) -> bool:
        """Return whether a seat is asked for an action now."""
        return self._stops[seat].is_open

    def number_of(self, action: SupportsIndex) -> int:
        """Return the number of an action.

        Raises:
            ValueError: it is no whole number, or none of the space of actions.
        """
        count = len(self.actions)
        try:
            number = operator.index(action)
        except TypeError:
            number = -1
        if not 0 <= number < count:
            raise ValueError(f"action: expected a whole number of Discrete({count}), 0 to {count - 1}, got {action!r}")
        return number

    def act(self, seat: str, action: SupportsIndex) -> None:
        """Let a seat take an action. One that its mask excludes counts as ``PASS``, as does any of a seat that is not asked.

        Raises:
            ValueError: it is no action of the space, see ``number_of``.
        """
        self._require_game()
        action = self.number_of(action)
        stop = self._stops[seat]
        if not stop.is_open:
            return
        move = stop.legal.get(action) if action != PASS and stop.mask[action] else None
        if move is None:
            self._close(stop)
            return
        stop.moves.append(move)
        if len(stop.moves) == self._moves:
            self._close(stop)
            return
        stop.treasury -= move.cost()
        stop.row[MOVES_MADE] = len(stop.moves) / self._moves
        stop.row[TREASURY_LEFT] = stop.treasury / 100
        stop.mask[self.actions.groups == self.actions.groups[action]] = 0
        stop.mask[self.actions.costs > stop.treasury] = 0

    def move_on(self) -> bool:
        """Let the clock run to the next stop if every seat has passed; return whether it has run."""
        if self.is_over or any(stop.is_open for stop in self._stops.values()):
            return False
        refused = self.game.step({seat: stop.moves for seat, stop in self._stops.items() if stop.moves})
        self.orders_refused += sum(map(len, refused.values()))
        self._come_to_stop()
        return True

    def rewards(self) -> dict[str, float]:
        """Return the rewards since the clock last moved, by seat; call it once after the clock has moved."""
        scores, goals, weights = self.game.scores(), self._goal_scores(), self._rewards
        gained = {seat: scores[seat] - before for seat, before in self._scores.items()}
        found = {}
        for seat in self.seats:
            others = [gain for other, gain in gained.items() if other != seat]
            found[seat] = (
                weights.score * gained[seat]
                + weights.goals * (goals.get(seat, 0.0) - self._goals.get(seat, 0.0))
                - (weights.rivals * float(np.mean(others)) if weights.rivals else 0.0)
            )
        self._scores, self._goals = scores, goals
        return found

    def scores(self) -> dict[str, float]:
        """Return the score of every seat so far, in [0, 100]."""
        return self.game.scores()

    def _require_game(self) -> Game:
        if self._game is None:
            raise RuntimeError("no game has begun: call reset first")
        return self._game

    def bot(self, seat: str, seed: str) -> Bot | None:
        """Return the bot of a seat in the game of a seed; ``None`` for a learner's."""
        if seat in self.seats:
            return None
        name = self._bots.get(seat, MIX) if isinstance(self._bots, Mapping) else self._bots
        if name == MIX:
            dealt = line_up(self._actors, seed)
            name = next(bot for code, bot in dealt.items() if code == seat)
        return load_bot(name)(f"{seed}/{seat}")

    def _goal_scores(self) -> dict[str, float]:
        """Return what each learner's score has for its objectives, in points; nothing if that is not rewarded."""
        if not self._rewards.goals:
            return {}
        return {seat: self.game.view(seat).own.score_parts.objectives for seat in self.seats}

    def _come_to_stop(self) -> None:
        waiting = self.game.waiting
        for seat, stop in self._stops.items():
            stop.moves = []
            if seat in waiting:
                self._open(seat, stop)

    def _open(self, seat: str, stop: Stop) -> None:
        view = self.game.view(seat)
        threats = {str(state): found.threat for state, found in threats_from_view(view).items()}
        ranked = sorted(threats, key=lambda state: -threats[state])[: self.actions.targets]
        stop.row = observed(view, ranked, threats, self.actions.targets)
        stop.legal = self.actions.legal_at(ViewPosition(view), ranked)
        stop.mask = _only_pass(len(self.actions))
        stop.mask[list(stop.legal)] = 1
        stop.treasury, stop.is_open = view.own.treasury, True

    @staticmethod
    def _close(stop: Stop) -> None:
        stop.is_open, stop.legal = False, {}
        stop.mask = _only_pass(len(stop.mask))


def _only_pass(count: int) -> Mask:
    mask = np.zeros(count, dtype=np.int8)
    mask[PASS] = 1
    return mask
