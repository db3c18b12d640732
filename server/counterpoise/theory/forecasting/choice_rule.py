"""The nested choice rule that turns scores into probabilities, the same for every hypothesis (theory 5.4).

Partners form a nest whose inclusive value is a mean, not a sum, so that a longer list of partners alone does not make
alignment likelier. Since all hypotheses use the same rule, their forecasts differ in substance only.

All arrays are actors by options, as in ``Window``; any number of axes may stand before, so that many hypotheses are
computed at once. Columns that are no options hold zeros, before and after.
"""

from __future__ import annotations

import numpy as np

from counterpoise.theory.forecasting.scores import OTHERS
from counterpoise.theory.parameters import Parameters
from counterpoise.theory.portable import Mask, Numbers, exp, log, power, total


def nested(scores: Numbers, nest: Mask, options: Mask, parameters: Parameters) -> Numbers:
    """Return the probability of each option; they sum to 1 along the last axis, and none is below the floor.

    Args:
        scores: the score of each option, in utility units.
        nest: the options that form the nest; of some menus there may be none.
        options: the columns that are options; at least one of each menu, outside the nest.
        parameters: temperature, nest and floor.
    """
    tau, narrow = parameters.noise, parameters.nest
    values = scores / tau
    best = np.where(nest, scores, -np.inf).max(axis=-1, keepdims=True)
    some = best > -np.inf
    best = np.where(some, best, 0.0)
    peak = np.where(options, values, -np.inf).max(axis=-1, keepdims=True)
    odds = np.where(options, exp(np.where(nest, (scores - best) / (tau * narrow), values - peak)), 0.0)
    inside = np.where(nest, odds, 0.0)
    whole = np.where(some, menu_total(inside), 1.0)
    count = np.maximum(np.count_nonzero(nest, axis=-1, keepdims=True), 1)
    together = np.where(some, exp(narrow * log(whole / count) + (best / tau - peak)), 0.0)
    either = menu_total(odds - inside) + together
    shares = np.where(nest, odds * (together / whole), odds) / either
    return floored(shares, options, parameters)


def floored(shares: Numbers, options: Mask, parameters: Parameters) -> Numbers:
    """Return probabilities mixed with the uniform ones, so that no option has probability 0."""
    least = parameters.epsilon / np.count_nonzero(options, axis=-1, keepdims=True)
    return np.where(options, (1.0 - parameters.epsilon) * shares + least, 0.0)


def flattened(shares: Numbers, exponents: Numbers, joining: Numbers) -> Numbers:
    """Return probabilities that are less sure with whom a state aligns, and as sure as before whether it does.

    The shares p among the alignments become p^t, that of joining the top threat times exp(c), over their sum, times the
    probability of any alignment. The other options keep theirs. States' choices of a partner are far less regular than any
    hypothesis says, and they join their threat more seldom (theory 5.4).

    Args:
        shares: the probability of each option.
        exponents: t, with a shape that fits ``shares``; a small one makes alignments almost equally likely, 1 changes nothing.
        joining: c, of the same shape, in log-odds; 0 changes nothing.
    """
    sides = shares[..., : 1 - OTHERS]
    powers = power(sides, exponents)
    powers[..., -1:] *= exp(joining)
    any_side, any_power = _side_total(sides), _side_total(powers)
    scale = any_side / np.where(any_power > 0.0, any_power, 1.0)
    flat = np.where((exponents == 1.0) & (joining == 0.0), sides, powers * scale)
    return np.concatenate((flat, shares[..., 1 - OTHERS :]), axis=-1)


def menu_total(values: Numbers) -> Numbers:
    """Return the sum of each menu, A x 1. It is the same to the last bit however long the longest menu beside it is."""
    joined, neutral, hidden = values[..., -3:-2], values[..., -2:-1], values[..., -1:]
    return total(values[..., :-OTHERS]) + joined + neutral + hidden


def _side_total(sides: Numbers) -> Numbers:
    """Return the sums over the alignments: the partners and, last, the top threat."""
    return total(sides[..., :-1]) + sides[..., -1:]
