"""What each actor believes that others fear, from public signals and its own view of strength (Walt 1987, ch. 2)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from counterpoise.theory.parameters import Parameters
from counterpoise.theory.portable import Mask, Numbers, logistic
from counterpoise.theory.quantising import quantised_array
from counterpoise.theory.threat import Sights, off_diagonal, power_root, relative_power

SLACK = 1e-9
"""Added to an upper bound of sums, since the bound and the sums may be added up in different orders."""
AT_ONCE = 8
"""How many states the search for a shared threat looks at before it asks whether more can matter."""

Places = NDArray[np.intp]
"""Places of states, in the order of ``Sights``."""


class EstimatedFears(NamedTuple):
    """Fears of other states as the actors estimate them: A x A, actors by fearing states, zero on the diagonal."""

    top: Numbers
    """T_k,j*: fear of the actor's own top threat."""
    shared: Numbers
    """S_ik squared: the largest product of the fears of the actor and of k of the same third state."""
    asker: Numbers
    """T_ki: fear of the actor."""


def estimated_fears(seen: Sights, top: Places, parameters: Parameters) -> EstimatedFears:
    """Return the fears of every state as every actor estimates them.

    Args:
        seen: what the actors perceive.
        top: the place of each actor's top threat.
        parameters: of the index.
    """
    guess = _Guess(seen, parameters)
    size = len(seen.active)
    actor, other = np.arange(size)[:, None], np.arange(size)[None, :]
    elsewhere = off_diagonal(size)
    asker = np.where(elsewhere, guess.fears(actor, other, actor), 0.0)
    of_top = np.where(elsewhere & (other != top[:, None]), guess.fears(actor, other, top[:, None]), 0.0)
    return EstimatedFears(of_top, _shared(seen.threats, guess, elsewhere), asker)


class _Guess:
    """The index with proximity and public deeds as everybody knows them, and power and offence as one actor sees them."""

    def __init__(self, seen: Sights, parameters: Parameters) -> None:
        self.parameters, self.known, self.weights = parameters, seen.known, seen.weights
        size = len(seen.active)
        own = np.eye(size, dtype=np.bool_)
        self.roots = power_root(np.where(own, quantised_array(np.array([k.power for k in seen.active])), seen.power))
        """The roots of the powers of all states, actors by states."""
        self.offense = np.where(own, np.array([k.offense for k in seen.active]), seen.parts.offense)
        self.left = np.sqrt(np.where(own, 1.0, seen.reach))
        """The roots of the shares of forces that are left, fearing by feared states."""

    def fears(self, actor: Places, fearing: Places, feared: Places) -> Numbers:
        """Return the fear of one state of another as an actor estimates it, for places that fit each other."""
        reaching = self.roots[actor, feared] * self.left[fearing, feared]
        power = relative_power(reaching, self.roots[actor, fearing])
        return self._index(fearing, self.known[fearing, feared], power, self.offense[actor, feared])

    def highest(self) -> Numbers:
        """Return a bound of all fears of a state that an actor can estimate; A x A, actors by fearing states.

        No power weighs more than that of the strongest state next door.
        """
        fearing = np.arange(len(self.known))
        power = relative_power(self.roots.max(axis=1, keepdims=True), self.roots)
        return self._index(fearing, self.known.max(axis=1) + SLACK, power, self.offense.max(axis=1, keepdims=True))

    def _index(self, fearing: Places, known: Numbers, power: Numbers, offense: Numbers) -> Numbers:
        by_power, by_offense = self.weights.power[fearing, 0], self.weights.offense[fearing, 0]
        weighed = known + by_power * power + by_offense * offense
        steepness = self.parameters.steepness
        return logistic(steepness * weighed - steepness * self.parameters.centre)


def _shared(threats: Numbers, guess: _Guess, elsewhere: Mask) -> Numbers:
    """Return the largest products of two states' fears of the same third one, A x A.

    The search goes through each actor's fears from the largest down and stops where the largest left, times the largest fear
    that the other state can have, is no larger than a product already found: Fagin, Lotem & Naor (2003), *Journal of Computer
    and System Sciences* 66(4), pp. 614-656. To compute the fear of every state of every other for every actor would take time
    that grows with the cube of the number of states.
    """
    size = len(threats)
    gravest = np.argsort(-threats, axis=1, kind="stable")
    highest, found = guess.highest(), np.zeros((size, size))
    actor, other = np.nonzero(elsewhere)
    for first in range(0, size - 1, AT_ONCE):
        third = gravest[actor, first : first + AT_ONCE].T
        products = threats[actor, third] * guess.fears(actor, other, third)
        products = np.where((third != other) & (third != actor), products, 0.0)
        found[actor, other] = np.maximum(found[actor, other], products.max(axis=0))
        if first + AT_ONCE >= size - 1:
            break
        left = threats[actor, gravest[actor, first + AT_ONCE]] * highest[actor, other]
        open_still = left > found[actor, other]
        actor, other = actor[open_still], other[open_still]
    return found
