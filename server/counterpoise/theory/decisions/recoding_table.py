"""The perceptions in many frozen decisions as arrays, laid out once for any number of recodings."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from counterpoise.sim.types import ActorId
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.parameters import Parameters
from counterpoise.theory.portable import Mask, Numbers, log, logistic
from counterpoise.theory.quantising import quantised_array
from counterpoise.theory.threat import Components

Places = NDArray[np.intp]
LEAST, MOST = 1e-6, 1.0 - 1e-6
"""The ends of a chance whose odds are changed."""
AT_ONCE = 500
"""Decisions whose shared threats are computed at once: each takes memory for every pair of others and states."""


class RecodedFears(NamedTuple):
    """What recoding changes in the records of the others: decisions by others, quantised."""

    threat: Numbers
    fear_of_top_threat: Numbers
    shared: Numbers
    will: Numbers
    motivation: Numbers


class Signed(NamedTuple):
    """The new alignments, each of two states, that may shelter others in W windows; W x S for at most S of them.

    The states are given by their numbers, and by the rows of their decisions in the window.
    """

    present: Mask
    chooser: Places
    partner: Places
    chooser_rows: Places
    partner_rows: Places


class RecodingTable:
    """The decisions of any number of sessions, D of them with at most O other states each.

    The states of all sessions have numbers; a decision's own fears stand in a row with one column for each state, so that the
    fears of another state in the same window are another row. States without a decision in the window have a row of zeros.

    Args:
        records: decisions; those of a window of a session are consecutive.
    """

    def __init__(self, records: Sequence[DecisionRecord]) -> None:
        self.records = records
        self.points = [record.point for record in records]
        self.others = [point.others for point in self.points]
        most = max([len(others) for others in self.others], default=0)
        self.present: Mask = np.arange(most) < np.array([len(others) for others in self.others])[:, None]
        """D x O: whether there is another state at this place."""
        states: dict[str, int] = {}
        self.codes = self._places([[states.setdefault(k.id, len(states)) for k in row] for row in self.others])
        """D x O: the number of each other state."""
        self.actors = np.array([states.setdefault(point.actor, len(states)) for point in self.points], dtype=np.intp)
        self.tops = np.array([states[point.top_threat] for point in self.points], dtype=np.intp)
        self.states = states
        """The number of each state."""
        moments = [(record.session, record.point.opened) for record in records]
        self.windows = _runs(moments)
        """The rows of each window of each session, as ranges."""
        window_of = [window for window, rows in enumerate(self.windows) for _ in rows]
        self.window_of = np.array(window_of, dtype=np.intp)
        """The number of each decision's window among all windows, D."""
        self.moments = moments
        self.row_of = rows = {
            (moment, point.actor): row for row, (moment, point) in enumerate(zip(moments, self.points, strict=True))
        }
        """The row of the decision of a state in a window of a session."""
        last = len(self.points)
        self.rows = self._places(
            [[rows.get((moment, k.id), last) for k in row] for moment, row in zip(moments, self.others, strict=True)]
        )
        """D x O: the decision of each other state in the same window; D, an empty row, where it has none."""
        self.barred = [tuple(k.id for k in point.barred) for point in self.points]
        """The states that each actor cannot align with. Its own point does not show that it is at war with its top threat."""
        for row, (moment, point) in enumerate(zip(moments, self.points, strict=True)):
            top = rows.get((moment, point.top_threat))
            if top is not None and point.actor in [k.id for k in self.points[top].barred]:
                self.barred[row] += (point.top_threat,)
        self._columns: dict[str, Numbers] = {}
        self._signed: dict[int, tuple[Signed, Signed]] = {}

    def _places(self, lists: Sequence[Sequence[int]]) -> Places:
        """Return lists of places as an array, with zeros where a list is shorter than the longest."""
        found = np.zeros(self.present.shape, dtype=np.intp)
        found[self.present] = [place for row in lists for place in row]
        return found

    def column(self, name: str) -> Numbers:
        """Return a field of the other states, D x O; zero where there is none."""
        found = self._columns.get(name)
        if found is None:
            found = self._columns[name] = np.zeros(self.present.shape)
            found[self.present] = [getattr(k, name) for row in self.others for k in row]
        return found

    def signed(self, hiding_days: int) -> tuple[Signed, Signed]:
        """Return the new alignments that may shelter others: when each window opens, and when it closes.

        Args:
            hiding_days: how long an alignment counts.
        """
        if hiding_days not in self._signed:
            before: list[list[tuple[ActorId, ActorId]]] = []
            after: list[list[tuple[ActorId, ActorId]]] = []
            past: deque[tuple[int, ActorId, ActorId]] = deque()
            for number, window in enumerate(self.windows):
                session, opened = self.moments[window[0]]
                if number and self.moments[window[0] - 1][0] != session:
                    past.clear()
                while past and past[0][0] <= opened - hiding_days:
                    past.popleft()
                before.append([(chooser, partner) for _, chooser, partner in past])
                for row in window:
                    outcome = self.records[row].outcome
                    if outcome is not None:
                        past.extend((outcome.closed, outcome.actor, partner) for partner in outcome.partners)
                after.append([(chooser, partner) for _, chooser, partner in past])
            self._signed[hiding_days] = (self._laid_out(before), self._laid_out(after))
        return self._signed[hiding_days]

    def _laid_out(self, windows: Sequence[Sequence[tuple[ActorId, ActorId]]]) -> Signed:
        """Return the alignments of each window as arrays."""
        counts = np.array([len(pairs) for pairs in windows], dtype=np.intp)
        present = np.arange(counts.max(initial=0)) < counts[:, None]
        moments = [self.moments[rows[0]] for rows in self.windows]
        found = []
        for side in (0, 1):
            codes, rows = np.zeros(present.shape, dtype=np.intp), np.zeros(present.shape, dtype=np.intp)
            codes[present] = [self.states.get(pair[side], -1) for pairs in windows for pair in pairs]
            rows[present] = [
                self.row_of.get((moment, pair[side]), len(self.points))
                for moment, pairs in zip(moments, windows, strict=True)
                for pair in pairs
            ]
            found.append((codes, rows))
        (chooser, chooser_rows), (partner, partner_rows) = found
        return Signed(present, chooser, partner, chooser_rows, partner_rows)

    @cached_property
    def components(self) -> Components:
        """The components of the index as the actors perceived them, D x O each."""
        return Components(*map(self.column, ("relative_power", "proximity", "offense", "intentions")))

    @cached_property
    def is_outside(self) -> Mask:
        """Whether each actor is an outside power, D x 1."""
        return np.array([[point.role == "outside"] for point in self.points])

    @cached_property
    def _will_odds(self) -> Numbers:
        will = np.minimum(np.maximum(self.column("will"), LEAST), MOST)
        return log(will / (1.0 - will))

    @cached_property
    def _held(self) -> Numbers:
        """Whether each actor was aligned with each state, (D + 1) x states."""
        return self.by_state(self.column("prior"))

    def by_state(self, values: Numbers) -> Numbers:
        """Return numbers of other states with one column for each state, and an empty row at the end."""
        found = np.zeros((len(self.points) + 1, len(self.states)))
        place = np.nonzero(self.present)[0]
        found[place, self.codes[self.present]] = values[self.present]
        return found

    def top_places(self, threats: Numbers) -> Places:
        """Return the place of each decision's gravest threat among the others; of equal ones the old top threat, or the first."""
        shown = np.where(self.present, threats, -1.0)
        most = shown == shown.max(axis=1, keepdims=True)
        found: Places = (2 * most + (most & (self.codes == self.tops[:, None]))).argmax(axis=1)
        return found

    def recoded(self, threats: Numbers, top: Places, parameters: Parameters) -> RecodedFears:
        """Return the fears of the others, and what follows from them, under another index.

        Others' fears come from their own decisions.

        Args:
            threats: the index of each other state, D x O; quantised.
            top: the place of each gravest threat, see ``top_places``.
            parameters: of the coding.
        """
        p, every = parameters, np.arange(len(self.points))
        fears, before = self.by_state(threats), self.by_state(self.column("threat"))
        top_code = self.codes[every, top][:, None]
        me = self.actors[:, None]
        fear = np.where(self.codes == top_code, 0.0, fears[self.rows, top_code])
        # Nobody fears itself, so that the two states never count as the third that both fear.
        shared = np.zeros(threats.shape)
        for first in range(0, len(every), AT_ONCE):
            rows = slice(first, min(first + AT_ONCE, len(every)))
            shared[rows] = (fears[rows][:, None, :] * fears[self.rows[rows]]).max(axis=2, initial=0.0)
        held = self._held
        odds = (
            self._will_odds
            + p.will_threat * (fear - self.column("fear_of_top_threat"))
            - p.will_fear * (fears[self.rows, me] - before[self.rows, me])
            + p.will_captive * (held[self.rows, self.tops[:, None]] - held[self.rows, top_code])
        )
        gravest = threats[every, top][:, None]
        return RecodedFears(
            threats, fear, *quantised_array(np.stack((np.sqrt(shared), logistic(odds), fear - gravest)))
        )


def _runs(labels: Sequence[object]) -> list[range]:
    """Return the ranges of equal labels that follow each other."""
    starts = [place for place in range(len(labels)) if not place or labels[place] != labels[place - 1]]
    return [range(start, stop) for start, stop in zip(starts, [*starts[1:], len(labels)], strict=True)]
