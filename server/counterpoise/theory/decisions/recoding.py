"""Recode decisions with another threat index, from their frozen points alone (theory 5.7).

Each frozen point holds the actor's perceptions of each other state (power, proximity, offence, intent). From these the
index is computed again, and with it the top threat, the states that share it, and the class of a new alignment. Two things
differ from the default coding: others' fears come from their own points, not from the chooser's estimates, and secret
alliances give shelter like public ones.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from msgspec import structs
from msgspec.structs import astuple

from counterpoise.sim.types import ActorId, AlignmentClass
from counterpoise.theory.decisions.decision_point import BANDWAGON, HIDE, NEUTRAL, DecisionPoint, options_of
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.recoding_table import RecodingTable
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.parameters import Parameters, Weights
from counterpoise.theory.portable import Numbers, power
from counterpoise.theory.quantising import DIGITS, quantised_array
from counterpoise.theory.threat import Components, WeightColumns, index, threat_floor

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
    recoding = _Recoding(table, coding)
    made: list[DecisionRecord] = []
    past: deque[_Signed] = deque()
    session = ""
    for rows in table.windows:
        if table.records[rows[0]].session != session:
            session = table.records[rows[0]].session
            past.clear()
        made.extend(recoding.window(rows, past))
    return made


@dataclass(frozen=True, slots=True)
class _Signed:
    """A new alignment of two states, from the record of the state that chose it."""

    closed: int
    actor: ActorId
    partner: ActorId


class _Recoding:
    """All decisions of a table under one coding: each chooser's fears are the others' covariates."""

    def __init__(self, table: RecodingTable, coding: Coding) -> None:
        self.table, self.coding = table, coding
        threats = threats_of(coding, table)
        top = table.top_places(threats)
        changed = table.recoded(threats, top, coding.parameters)
        self.gravest = threats[np.arange(len(top)), top].tolist()
        self.top = top.tolist()
        self.changed = np.stack(changed, axis=2).tolist()
        """For each decision and other state the numbers of ``RecodedFears``."""
        self.fears = table.by_state(threats).tolist()

    def window(self, rows: range, past: deque[_Signed]) -> list[DecisionRecord]:
        """Return the decisions of a window, and add its new alignments to the past ones of the session."""
        records = self.table.records
        horizon = records[rows[0]].point.opened - int(self.coding.parameters.hiding_days)
        while past and past[0].closed <= horizon:
            past.popleft()
        self.places = {records[row].point.actor: row for row in rows}
        self.floor = threat_floor([self.gravest[row] for row in rows], self.coding.parameters)
        points = [self._point(row, past) for row in rows]
        for row in rows:
            outcome = records[row].outcome
            if outcome is not None:
                past.extend(_Signed(outcome.closed, outcome.actor, partner) for partner in outcome.partners)
        made = []
        for row, point in zip(rows, points, strict=True):
            record = records[row]
            outcome = self._outcome(record, point, past)
            if outcome is not None and (self.coding.mixed or not outcome.mixed):
                made.append(DecisionRecord(point, {}, outcome, record.session, record.player))
        return made

    def _fear(self, who: ActorId, whom: ActorId) -> float:
        """Return the fear of a state of another in this window, 0 for a state without a decision."""
        row, column = self.places.get(who), self.table.states.get(whom)
        return 0.0 if row is None or column is None else self.fears[row][column]

    def _point(self, row: int, past: Iterable[_Signed]) -> DecisionPoint:
        old, parameters, gravest, floor = self.table.points[row], self.coding.parameters, self.gravest[row], self.floor
        others = [
            structs.replace(k, threat=threat, fear_of_top_threat=fear, shared=shared, will=will, motivation=motivation)
            for k, (threat, fear, shared, will, motivation) in zip(
                self.table.others[row], self.changed[row], strict=False
            )
        ]
        source = others[self.top[row]]
        top, threatened = source.id, gravest >= floor
        barred = [k.id for k in old.barred] + ([old.top_threat] if self.table.fights_top[row] else [])
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
            sheltered=threatened and self._sheltered(old.actor, top, past),
            win_chance=old.win_chance if top == old.top_threat else 0.5,
            source=source,
            candidates=candidates,
            barred=tuple([k for k in others if k.id in barred and k.id != top]),
            options=options_of(candidates, parameters.shared_floor, threatened=threatened),
            floor=floor,
            shared_floor=parameters.shared_floor,
        )

    def _sheltered(self, me: ActorId, top: ActorId, past: Iterable[_Signed]) -> bool:
        """Tell whether two others that fear the threat have aligned recently enough to shelter the actor."""
        floor = self.coding.parameters.shared_floor
        return any(
            me not in (s.actor, s.partner)
            and top not in (s.actor, s.partner)
            and self._fear(s.actor, top) >= floor
            and self._fear(s.partner, top) >= floor
            for s in past
        )

    def _outcome(self, record: DecisionRecord, point: DecisionPoint, past: Iterable[_Signed]) -> Outcome | None:
        old = record.outcome
        if old is None:
            return None
        did, mixed = self._class(record, point, old, past)
        choice = _label(point, did, old)
        return structs.replace(
            old,
            choice=choice,
            alignment_class=did,
            mixed=mixed,
            on_menu=choice != "",
            conceded=_conceded(record, point),
        )

    def _class(
        self, record: DecisionRecord, point: DecisionPoint, old: Outcome, past: Iterable[_Signed]
    ) -> tuple[AlignmentClass, bool]:
        if not point.threatened:
            return ("OTHER" if old.partners else "NEU"), False
        same, floor = point.top_threat == record.point.top_threat, point.shared_floor
        if point.top_threat in old.partners:
            return ("BAL", True) if same and old.mixed and old.alignment_class == "BAL" else ("BW", False)
        if same and old.alignment_class == "BW":
            return "BW", False  # it conceded and left the states that opposed the threat
        mixed = any(k in point.contenders for k in old.partners)
        if any(self._fear(k, point.top_threat) >= floor for k in old.partners) or (same and _aimed(record, old)):
            return "BAL", mixed
        if old.partners:
            return "OTHER", mixed
        return ("HIDE" if self._sheltered(point.actor, point.top_threat, past) else "NEU"), False


def _aimed(record: DecisionRecord, old: Outcome) -> bool:
    """Tell whether the choice was balancing because an alliance named the threat, not because a partner feared it."""
    floor = record.point.shared_floor
    partners = [record.point.candidate(k) for k in old.partners]
    return old.alignment_class == "BAL" and not any(k is not None and k.fear_of_top_threat >= floor for k in partners)


def _conceded(record: DecisionRecord, point: DecisionPoint) -> bool:
    assert record.outcome is not None
    return record.outcome.conceded and point.top_threat == record.point.top_threat


def _label(point: DecisionPoint, did: AlignmentClass, old: Outcome) -> str:
    if point.threatened and (did == "BW" or point.top_threat in old.partners):
        return BANDWAGON
    if not old.partners:
        return HIDE if did == "HIDE" else NEUTRAL
    named = {option.partition(":")[2]: option for option in point.options}
    return next((named[k] for k in old.partners if k in named), "")
