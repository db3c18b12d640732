"""Recoded decisions by plain arithmetic: what the arrays of the server must agree with."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from msgspec import structs
from scalar_threat import index

from counterpoise.sim.types import ActorId, AlignmentClass
from counterpoise.theory.decisions.decision_point import BANDWAGON, HIDE, NEUTRAL, Candidate, DecisionPoint, options_of
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.recoding import Coding
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.quantising import DIGITS
from counterpoise.theory.threat import threat_floor

LEAST, MOST = 1e-6, 1.0 - 1e-6


def threat_of(coding: Coding, point: DecisionPoint, k: Candidate) -> float:
    """Return T_ik under a coding, from the chooser's perceptions of k; in [0, 1] and quantised."""
    weights = coding.outside if point.role == "outside" else coding.regional
    parts = (k.relative_power, k.proximity, k.offense, k.intentions)
    if coding.form == "logit":
        return round(index(weights, parts, coding.parameters), DIGITS)
    shares = (weights.power, weights.proximity, weights.offense, weights.intentions)
    if coding.form == "largest":
        heaviest = max(shares)
        return round(max(part * share / heaviest for part, share in zip(parts, shares, strict=True)), DIGITS)
    product = 1.0
    for part, share in zip(parts, shares, strict=True):
        product *= part**share if share > 0.0 else 1.0
    return round(product, DIGITS)


def recoded(records: Sequence[DecisionRecord], coding: Coding) -> list[DecisionRecord]:
    """Return the decisions of any number of sessions under another coding, without forecasts, in their order.

    Args:
        records: decisions with outcomes; the decisions of a window of a session are consecutive, the oldest window first.
        coding: the definition of the index.
    """
    made: list[DecisionRecord] = []
    window: list[DecisionRecord] = []
    past: deque[_Signed] = deque()
    for record in [*records, None]:
        if window and (record is None or _moment(record) != _moment(window[0])):
            if made and made[-1].session != window[0].session:
                past.clear()
            made.extend(_Window(window, coding, past).decisions())
            window = []
        if record is not None:
            window.append(record)
    return made


def _moment(record: DecisionRecord) -> tuple[str, int]:
    return record.session, record.point.opened


@dataclass(frozen=True, slots=True)
class _Signed:
    """A new alignment of two states, from the record of the state that chose it."""

    closed: int
    actor: ActorId
    partner: ActorId


class _Window:
    """The decisions of one window: each chooser's fears are the others' covariates."""

    def __init__(self, records: Sequence[DecisionRecord], coding: Coding, past: deque[_Signed]) -> None:
        self.records, self.coding, self.past = records, coding, past
        self.others = {r.point.actor: r.point.others for r in records}
        self.fears = {
            r.point.actor: {k.id: threat_of(coding, r.point, k) for k in self.others[r.point.actor]} for r in records
        }
        gravest = [max(mine.values()) for mine in self.fears.values() if mine]
        self.floor = threat_floor(gravest, coding.parameters) if gravest else 0.0
        self.before = {r.point.actor: {k.id: k.threat for k in self.others[r.point.actor]} for r in records}
        self.allied = {r.point.actor: [k.id for k in self.others[r.point.actor] if k.prior] for r in records}

    def decisions(self) -> list[DecisionRecord]:
        """Return the window's decisions under the new coding."""
        horizon = self.records[0].point.opened - int(self.coding.parameters.hiding_days)
        while self.past and self.past[0].closed <= horizon:
            self.past.popleft()
        points = [self._point(record.point) for record in self.records if self.others[record.point.actor]]
        for record in self.records:
            if record.outcome is not None:
                self.past.extend(
                    _Signed(record.outcome.closed, record.point.actor, partner) for partner in record.outcome.partners
                )
        made = []
        for record, point in zip(self.records, points, strict=True):
            outcome = self._outcome(record, point)
            if outcome is not None and (self.coding.mixed or not outcome.mixed):
                made.append(DecisionRecord(point, {}, outcome, record.session, record.player))
        return made

    def _fear(self, who: ActorId, whom: ActorId) -> float:
        return self.fears.get(who, {}).get(whom, 0.0)

    def _point(self, old: DecisionPoint) -> DecisionPoint:
        me, parameters, floor = old.actor, self.coding.parameters, self.floor
        mine = self.fears[me]
        top = max(mine, key=lambda k: (mine[k], k == old.top_threat))
        threatened = mine[top] >= floor
        gravest = sorted(mine, key=lambda j: -mine[j])
        others = [self._candidate(old, k, top, gravest) for k in self.others[me]]
        source = next(k for k in others if k.id == top)
        barred = [k.id for k in old.barred] + ([old.top_threat] if self._enemy(old) else [])
        candidates = tuple(k for k in others if k.id not in barred and (k.id != top or not threatened))
        total = old.power + source.power
        return structs.replace(
            old,
            threatened=threatened,
            top_threat=top,
            threat=mine[top],
            weight=round(old.power / total, DIGITS) if total > 0.0 else 0.5,
            relative_power=source.relative_power,
            contenders=tuple(j for j in gravest if threatened and mine[j] >= parameters.mixed_share * mine[top]),
            sheltered=threatened and self._sheltered(me, top),
            win_chance=old.win_chance if top == old.top_threat else 0.5,
            source=source,
            candidates=candidates,
            barred=tuple(k for k in others if k.id in barred and k.id != top),
            options=options_of(candidates, parameters.shared_floor, threatened=threatened),
            floor=floor,
            shared_floor=parameters.shared_floor,
        )

    def _enemy(self, old: DecisionPoint) -> bool:
        """Tell whether the chooser is at war with its old top threat, which its own point does not show."""
        me, top = old.actor, old.top_threat
        return any(r.point.actor == top and any(k.id == me for k in r.point.barred) for r in self.records)

    def _candidate(self, old: DecisionPoint, k: Candidate, top: ActorId, gravest: Sequence[ActorId]) -> Candidate:
        me, parameters = old.actor, self.coding.parameters
        mine, shared = self.fears[me], 0.0
        theirs = self.fears.get(k.id, {})
        for j in gravest:
            if mine[j] <= shared:
                break
            if j != k.id:
                shared = max(shared, mine[j] * theirs.get(j, 0.0))
        fear = theirs.get(top, 0.0) if k.id != top else 0.0
        odds = log(_inside(k.will) / (1.0 - _inside(k.will)))
        odds += parameters.will_threat * (fear - k.fear_of_top_threat)
        odds -= parameters.will_fear * (theirs.get(me, 0.0) - self.before.get(k.id, {}).get(me, 0.0))
        held = self.allied.get(k.id, ())
        odds += parameters.will_captive * (float(old.top_threat in held) - float(top in held))
        return structs.replace(
            k,
            threat=mine[k.id],
            fear_of_top_threat=fear,
            shared=round(sqrt(shared), DIGITS),
            will=round(1.0 / (1.0 + exp(-odds)), DIGITS),
            motivation=round(fear - mine[top], DIGITS),
        )

    def _sheltered(self, me: ActorId, top: ActorId) -> bool:
        """Tell whether two others that fear the threat have aligned recently enough to shelter the actor."""
        floor = self.coding.parameters.shared_floor
        return any(
            me not in (s.actor, s.partner)
            and top not in (s.actor, s.partner)
            and self._fear(s.actor, top) >= floor
            and self._fear(s.partner, top) >= floor
            for s in self.past
        )

    def _outcome(self, record: DecisionRecord, point: DecisionPoint) -> Outcome | None:
        old = record.outcome
        if old is None:
            return None
        did, mixed = self._class(record, point, old)
        choice = _label(point, did, old)
        return structs.replace(
            old,
            choice=choice,
            alignment_class=did,
            mixed=mixed,
            on_menu=choice != "",
            conceded=_conceded(record, point),
        )

    def _class(self, record: DecisionRecord, point: DecisionPoint, old: Outcome) -> tuple[AlignmentClass, bool]:
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
        return ("HIDE" if self._sheltered(point.actor, point.top_threat) else "NEU"), False


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


def _inside(share: float) -> float:
    return min(MOST, max(LEAST, share))
