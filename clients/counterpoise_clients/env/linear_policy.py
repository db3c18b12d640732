"""A policy of few weights: it scores each legal action by what it does and at whom, and takes the best one.

Actions share weights. A kind of move with its parameter has one weight, whoever its target is, and an answer has one for each
reason of a call. A few more weigh what the seat observes of the target. So a hundred numbers are learned and not one for each of
several hundred actions, most of which are legal in a few games only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from counterpoise.sim.types import CallReason
from counterpoise_clients.env.actions import Action
from counterpoise_clients.env.episode import Episode

Weights = NDArray[np.float64]

HOSTILE = ("attack", "cut_aid", "demand", "expel", "penetrate", "sanction", "withdraw_forces")
"""The kinds of move that harm their target. What is observed of a target has other weights for them than for friendly kinds."""
OBSERVED = ("threat", "power over own power", "similarity", "aligned")
"""What is weighed of a target, by its names in an observation."""
STANCES = ("friendly", "hostile")
AGAINST_FEARED = "against the most feared"


class LinearPolicy:
    """Scores the actions of a game by weights. The score of the action that ends the stop is 0.

    Args:
        episode: the games that are played.
    """

    def __init__(self, episode: Episode) -> None:
        actions = episode.actions.actions
        self.names = list(dict.fromkeys(name for action in actions for name in _fixed(action)))
        """What each weight weighs."""
        seen = {name: place for place, name in enumerate(episode.names)}
        terms = [
            (number, weight, seen[name]) for number, action in enumerate(actions) for weight, name in _observed(action)
        ]
        self.names += list(dict.fromkeys(weight for _, weight, _ in terms))
        place = {name: at for at, name in enumerate(self.names)}
        self._always = np.zeros((len(actions), len(self.names)))
        for number, action in enumerate(actions):
            self._always[number, [place[name] for name in _fixed(action)]] = 1.0
        self._actions = np.array([number for number, _, _ in terms])
        self._weights = np.array([place[weight] for _, weight, _ in terms])
        self._seen = np.array([at for _, _, at in terms])
        self.set_weights(np.zeros(len(self.names)))

    def __len__(self) -> int:
        """Return how many weights there are."""
        return len(self.names)

    def set_weights(self, weights: Weights) -> None:
        """Play by these weights from now on: as many as ``names``."""
        self._base, self._slopes = self._always @ weights, weights[self._weights]

    def choose(self, observation: Mapping[str, Any]) -> int:
        """Return the legal action with the highest score; of equal ones the first."""
        observed = self._slopes * observation["observation"][self._seen]
        scores = self._base + np.bincount(self._actions, observed, minlength=len(self._base))
        return int(np.where(observation["action_mask"], scores, -np.inf).argmax())


def _fixed(action: Action) -> list[str]:
    """Return the names of the weights that an action always has."""
    if action.kind in ("pass", "answer"):
        return []
    return [f"{action.kind} {action.parameter}".rstrip(), *([AGAINST_FEARED] if action.against_feared else [])]


def _observed(action: Action) -> list[tuple[str, str]]:
    """Return the weights of an action that count as far as something is observed: their names, and the name of what is."""
    if action.kind == "answer":
        return [
            (f"{action.parameter} to a call for {reason}", f"call for {reason} in slot {action.slot}")
            for reason in get_args(CallReason)
        ]
    if action.target is None:
        return []
    stance = STANCES[action.kind in HOSTILE]
    return [(f"{stance} by {name}", f"{name} of target {action.target}") for name in OBSERVED]
