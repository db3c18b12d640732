"""Decisions laid out as arrays, actors by options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
from msgspec.structs import astuple

from counterpoise.theory.decisions.decision_point import BALANCE, Candidate, DecisionPoint
from counterpoise.theory.forecasting.scores import OTHERS
from counterpoise.theory.parameters import Parameters
from counterpoise.theory.portable import Mask, Numbers, read_only, total


class States(NamedTuple):
    """The covariates of other states, one array for each field of ``Candidate``; yes and no are 1 and 0."""

    power: Numbers
    km: Numbers
    proximity: Numbers
    reach: Numbers
    offense: Numbers
    intentions: Numbers
    threat: Numbers
    fear_of_top_threat: Numbers
    shared: Numbers
    will: Numbers
    similarity: Numbers
    divisive: Numbers
    aid: Numbers
    monopoly: Numbers
    asymmetry: Numbers
    motivation: Numbers
    constraint: Numbers
    penetration: Numbers
    limited: Numbers
    legitimate: Numbers
    prior: Numbers
    rivals_shared: Numbers
    rivals_of_allies: Numbers
    relative_power: Numbers


_NOBODY = (0.0,) * (1 + len(States._fields))
"""What stands in the places of partners that a shorter menu than the longest does not have."""


class Layout:
    """The covariates of decisions: those of a window, or any others. All arrays are read-only.

    With A decisions and at most K partners, the arrays of the actors are A x 1 and those of the partners A x K. The menu
    has K + 3 columns: one for each partner in the order of ``candidates``, then joining the top threat, neutrality and
    hiding. Columns that are no option of a decision hold zeros; ``options`` tells which are.

    Args:
        points: the decisions, at least one.
        parameters: the model's constants.
    """

    def __init__(self, points: Sequence[DecisionPoint], parameters: Parameters) -> None:
        self.points, self.parameters = tuple(points), parameters
        counts = [len(point.candidates) for point in points]
        most = max(counts)
        columns = _columns(
            [(*point.candidates, *[None] * (most - n), point.source) for point, n in zip(points, counts, strict=True)]
        )
        self.alignments = States(*columns)
        """The states that the actor could align with, A x (K + 1): the partners and, last, the top threat."""
        self.partners, self.source = States(*columns[:, :, :-1]), States(*columns[:, :, -1:])
        """The partners alone, A x K, and the top threat alone, A x 1."""
        actors = [
            (
                p.threat, p.weight, p.power, p.relative_power, p.legitimacy, p.openness, p.win_chance, p.revisionism,
                p.threatened, p.war, p.sheltered, p.neutral,
            )
            for p in points
        ]  # fmt: skip
        numbers = read_only(np.array(actors, dtype=np.float64).T[:, :, None])
        (
            self.threat, self.weight, self.power, self.relative_power, self.legitimacy, self.openness, self.win_chance,
            self.revisionism,
        ) = numbers[:8]  # fmt: skip
        self.threatened, self.war, self.sheltered, self.neutral = read_only(numbers[8:] == 1.0)
        """A x 1 as the fields of ``DecisionPoint`` with these names."""
        options = np.zeros((len(points), most + OTHERS), dtype=np.bool_)
        options[:, :most] = np.arange(most) < np.array(counts)[:, None]
        options[:, most] = options[:, most + 2] = self.threatened[:, 0]
        options[:, most + 1] = True
        self.options: Mask = read_only(options)
        """A x (K + 3): which columns of the menu are options of the decision."""

    def on_menus(self, values: Numbers) -> list[tuple[float, ...]]:
        """Return for each decision the numbers of ``point.options``, from an array with one column for each possible option."""
        last = self.options.shape[1] - OTHERS
        found = []
        for point, row in zip(self.points, values.tolist(), strict=True):
            others = row[last:] if point.threatened else row[last + 1 : last + 2]
            found.append((*row[: len(point.candidates)], *others))
        return found

    @cached_property
    def is_top_threat(self) -> Mask:
        """A x (K + 1): which of the alignments is the top threat: the last and, below the floor, one of the partners too."""
        found = np.zeros(self.alignments.power.shape, dtype=np.bool_)
        found[:, -1] = True
        for row, point in enumerate(self.points):
            if not point.threatened:
                found[row, : len(point.candidates)] = [k.id == point.top_threat for k in point.candidates]
        return read_only(found)

    @cached_property
    def is_balancing(self) -> Mask:
        """A x K: whether aligning with the partner counts as balancing, because it shares the fear of the top threat."""
        found = np.zeros(self.partners.power.shape, dtype=np.bool_)
        for row, point in enumerate(self.points):
            if point.threatened:
                found[row, : len(point.candidates)] = [option.startswith(BALANCE) for option in point.options[:-OTHERS]]
        return read_only(found)

    @cached_property
    def offense_of_others(self) -> Numbers:
        """A x 1: the mean offensive capability that each actor sees in all other states, possible partners or not."""
        most = max(1, max(len(point.barred) for point in self.points))
        barred = np.zeros((len(self.points), most))
        for row, point in enumerate(self.points):
            barred[row, : len(point.barred)] = [k.offense for k in point.barred]
        counted = np.array([[float(len(point.barred) + len(point.candidates))] for point in self.points])
        # Below the floor the top threat is usually one of the partners already.
        apart = self.threatened | ~self.is_top_threat[:, :-1].any(axis=1, keepdims=True)
        known = total(self.partners.offense) + total(barred) + np.where(apart, self.source.offense, 0.0)
        return read_only(known / (counted + apart))


def _columns(rows: Sequence[Sequence[Candidate | None]]) -> Numbers:
    """Return the fields of states by field, row and place; ``None`` is nobody."""
    shape = len(rows), len(rows[0]), len(States._fields)
    values = chain.from_iterable(_fields(rows))
    numbers = np.fromiter(values, dtype=np.float64, count=shape[0] * shape[1] * shape[2])
    return read_only(np.ascontiguousarray(numbers.reshape(shape).transpose(2, 0, 1)))


def _fields(rows: Sequence[Sequence[Candidate | None]]) -> Iterator[tuple[float, ...]]:
    for row in rows:
        for state in row:
            yield (_NOBODY if state is None else astuple(state))[1:]
