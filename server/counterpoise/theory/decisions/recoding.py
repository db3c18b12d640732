"""Recode decisions with another threat index, from their frozen points alone (theory 5.7).

Each frozen point holds the actor's perceptions of each other state (power, proximity, offence, intent). From these the
index is computed again, and with it the top threat, the states that share it, and the class of a new alignment. Two things
differ from the default coding: others' fears come from their own points, not from the chooser's estimates, and secret
alliances give shelter like public ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from msgspec import structs
from msgspec.structs import astuple

from counterpoise.sim.types import ActorId, AlignmentClass
from counterpoise.theory.decisions.decision_point import (
    BALANCE,
    BANDWAGON,
    HIDE,
    NEUTRAL,
    OTHER,
    DecisionPoint,
    options_of,
)
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.recoding_table import Places, RecodedFears, RecodingTable, Signed
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.parameters import Parameters, Weights
from counterpoise.theory.portable import Numbers, power
from counterpoise.theory.quantising import DIGITS, quantised_array
from counterpoise.theory.threat import Components, WeightColumns, index, threat_floor

FEAR = RecodedFears._fields.index("fear_of_top_threat")
Form = Literal["logit", "cobb_douglas", "largest"]


@dataclass(frozen=True, slots=True)
class Coding:
    """One definition of the threat index, with which decisions are recoded."""

    regional: Weights
    outside: Weights
    form: Form
    """The default logistic of the weighted sum, the weighted geometric mean, or the largest weighted component."""
    parameters: Parameters
    mixed: bool = True
    """Whether mixed choices, of one of several about equally feared states, stay in the sample."""


def threats_of(coding: Coding, table: RecodingTable) -> Numbers:
    """Return T of each other state under a coding, from the choosers' perceptions; D x O, in [0, 1] and quantised."""
    parts, outside = table.components, table.is_outside
    regional, far = astuple(coding.regional), astuple(coding.outside)
    if coding.form == "logit":
        weights = WeightColumns(*(np.where(outside, one, other) for one, other in zip(far, regional, strict=True)))
        return quantised_array(index(weights, parts, coding.parameters))
    form = _largest if coding.form == "largest" else _product
    return quantised_array(np.where(outside, form(parts, far), form(parts, regional)))


def _largest(parts: Components, shares: Sequence[float]) -> Numbers:
    """Return the largest weighted component."""
    weighed = [part * share / max(shares) for part, share in zip(parts, shares, strict=True)]
    return np.maximum(np.maximum(weighed[0], weighed[1]), np.maximum(weighed[2], weighed[3]))


def _product(parts: Components, shares: Sequence[float]) -> Numbers:
    """Return the weighted geometric mean."""
    product = np.ones(parts.power.shape)
    for part, share in zip(parts, shares, strict=True):
        product = product * (power(part, share) if share > 0.0 else 1.0)
    return product


def recoded(table: RecodingTable, coding: Coding) -> list[DecisionRecord]:
    """Return the decisions of a table under another coding, without forecasts, in their order.

    Args:
        table: decisions with outcomes, the oldest window of each session first.
        coding: the definition of the index.
    """
    made = recoded_decisions(table, coding)
    return [DecisionRecord(one.point, {}, one.outcome, one.session, one.player) for one in made]


def recoded_decisions(table: RecodingTable, coding: Coding) -> list[RecodedDecision]:
    """Return the same decisions, whose points are made when they are read."""
    recoding = _Recoding(table, coding)
    outcomes = map(recoding.outcome, range(len(table.records)))
    return [
        RecodedDecision(recoding, row, outcome)
        for row, outcome in enumerate(outcomes)
        if outcome is not None and (coding.mixed or not outcome.mixed)
    ]


class RecodedDecision:
    """A ``Decision`` under another coding. Its point is made when it is read: most tests read few of them."""

    __slots__ = ("_point", "_recoding", "_row", "forecasts", "frozen", "outcome", "player", "session")

    def __init__(self, recoding: _Recoding, row: int, outcome: Outcome) -> None:
        record = recoding.table.records[row]
        self.session, self.player, self.frozen = record.session, record.player, record.point
        self.outcome = outcome
        self.forecasts: dict[str, tuple[float, ...]] = {}
        self._recoding, self._row = recoding, row
        self._point: DecisionPoint | None = None

    @property
    def point(self) -> DecisionPoint:
        """The point under this coding."""
        if self._point is None:
            self._point = self._recoding.point(self._row)
        return self._point

    @property
    def is_threatened(self) -> bool:
        """Whether the top threat reaches the floor."""
        found: bool = self._recoding.threatened[self._row]
        return found


class _Recoding:
    """All decisions of a table under one coding: each chooser's fears are the others' covariates."""

    def __init__(self, table: RecodingTable, coding: Coding) -> None:
        self.table, self.parameters = table, coding.parameters
        every = np.arange(len(table.points))
        self.threats = threats_of(coding, table)
        top = table.top_places(self.threats)
        self.changed = np.stack(table.recoded(self.threats, top, coding.parameters), axis=2)
        """For each decision and other state the numbers of ``RecodedFears``."""
        self.fears = table.by_state(self.threats)
        self.top_codes: Places = table.codes[every, top]
        self.top: list[int] = top.tolist()
        self.gravest: list[float] = self.threats[every, top].tolist()
        self.floors = [
            floor
            for rows in table.windows
            for floor in [threat_floor([self.gravest[row] for row in rows], coding.parameters)] * len(rows)
        ]
        self.threatened = [gravest >= floor for gravest, floor in zip(self.gravest, self.floors, strict=True)]
        self.is_same_top: list[bool] = (self.top_codes == table.tops).tolist()
        self._before, after = table.signed(int(coding.parameters.hiding_days))
        self.hides = self._sheltered(after)
        """Whether the alignments made by the end of each window shelter the actor."""

    @cached_property
    def sheltered(self) -> list[bool]:
        """Whether earlier alignments shelter the actor of each decision when its window opens."""
        return self._sheltered(self._before)

    def _sheltered(self, signed: Signed) -> list[bool]:
        """Tell, for each decision, whether two others that fear the threat have aligned recently enough to shelter the actor."""
        floor, windows = self.parameters.shared_floor, self.table.window_of
        me, top = self.table.actors[:, None], self.top_codes[:, None]
        chooser, partner = signed.chooser[windows], signed.partner[windows]
        found: list[bool] = (
            (
                signed.present[windows]
                & (chooser != me)
                & (partner != me)
                & (chooser != top)
                & (partner != top)
                & (self.fears[signed.chooser_rows[windows], top] >= floor)
                & (self.fears[signed.partner_rows[windows], top] >= floor)
            )
            .any(axis=1)
            .tolist()
        )
        return found

    def _fears_top(self, who: ActorId, row: int) -> bool:
        """Tell whether a state shares the top threat of a decision; a state without a decision in the window does not."""
        theirs = self.table.row_of.get((self.table.moments[row], who), len(self.table.points))
        return bool(self.fears[theirs, self.top_codes[row]] >= self.parameters.shared_floor)

    def point(self, row: int) -> DecisionPoint:
        """Return the point of a decision."""
        old, parameters, gravest = self.table.points[row], self.parameters, self.gravest[row]
        others = [
            structs.replace(k, threat=threat, fear_of_top_threat=fear, shared=shared, will=will, motivation=motivation)
            for k, (threat, fear, shared, will, motivation) in zip(
                self.table.others[row], self.changed[row].tolist(), strict=False
            )
        ]
        source = others[self.top[row]]
        top, threatened, barred = source.id, self.threatened[row], self.table.barred[row]
        candidates = tuple([k for k in others if k.id not in barred and (k.id != top or not threatened)])
        total = old.power + source.power
        feared = sorted([k for k in others if k.threat >= parameters.mixed_share * gravest], key=lambda k: -k.threat)
        return structs.replace(
            old,
            threatened=threatened,
            top_threat=top,
            threat=gravest,
            weight=round(old.power / total, DIGITS) if total > 0.0 else 0.5,
            relative_power=source.relative_power,
            contenders=tuple([k.id for k in feared]) if threatened else (),
            sheltered=threatened and self.sheltered[row],
            win_chance=old.win_chance if top == old.top_threat else 0.5,
            source=source,
            candidates=candidates,
            barred=tuple([k for k in others if k.id in barred and k.id != top]),
            options=options_of(candidates, parameters.shared_floor, threatened=threatened),
            floor=self.floors[row],
            shared_floor=parameters.shared_floor,
        )

    def outcome(self, row: int) -> Outcome | None:
        """Return the outcome of a decision; ``None`` where its window is open."""
        record, is_same = self.table.records[row], self.is_same_top[row]
        old = record.outcome
        if old is None:
            return None
        top = self.table.others[row][self.top[row]].id
        did, mixed = self._class(row, record, old, top)
        choice = self._label(row, did, old, top)
        conceded = old.conceded and is_same
        return structs.replace(
            old, choice=choice, alignment_class=did, mixed=mixed, on_menu=choice != "", conceded=conceded
        )

    def _class(self, row: int, record: DecisionRecord, old: Outcome, top: ActorId) -> tuple[AlignmentClass, bool]:
        """Return the class of what was done, and whether the choice was mixed."""
        if not self.threatened[row]:
            return ("OTHER" if old.partners else "NEU"), False
        is_same = self.is_same_top[row]
        if top in old.partners:
            return ("BAL", True) if is_same and old.mixed and old.alignment_class == "BAL" else ("BW", False)
        if is_same and old.alignment_class == "BW":
            return "BW", False  # it conceded and left the states that opposed the threat
        if not old.partners:
            if is_same and _aimed(record, old):
                return "BAL", False
            return ("HIDE" if self.hides[row] else "NEU"), False
        contends = self.parameters.mixed_share * self.gravest[row]
        places = [self._place(row, k) for k in old.partners]
        mixed = any(place is not None and self.threats[row, place] >= contends for place in places)
        if any(self._fears_top(k, row) for k in old.partners) or (is_same and _aimed(record, old)):
            return "BAL", mixed
        return "OTHER", mixed

    def _place(self, row: int, state: ActorId) -> int | None:
        """Return the place of a state among the others of a decision."""
        return next((place for place, k in enumerate(self.table.others[row]) if k.id == state), None)

    def _label(self, row: int, did: AlignmentClass, old: Outcome, top: ActorId) -> str:
        """Return the option that was chosen: with the first partner that is on the menu, or empty without one."""
        threatened = self.threatened[row]
        if threatened and (did == "BW" or top in old.partners):
            return BANDWAGON
        if not old.partners:
            return HIDE if did == "HIDE" else NEUTRAL
        for k in old.partners:
            place = self._place(row, k)
            if place is not None and k not in self.table.barred[row]:
                shares = threatened and self.changed[row, place, FEAR] >= self.parameters.shared_floor
                return f"{BALANCE if shares else OTHER}:{k}"
        return ""


def _aimed(record: DecisionRecord, old: Outcome) -> bool:
    """Tell whether the choice was balancing because an alliance named the threat, not because a partner feared it."""
    floor = record.point.shared_floor
    partners = [record.point.candidate(k) for k in old.partners]
    return old.alignment_class == "BAL" and not any(k is not None and k.fear_of_top_threat >= floor for k in partners)
