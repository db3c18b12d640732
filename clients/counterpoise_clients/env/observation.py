"""What a learner observes of a view: one row of numbers, the same for every seat of a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from counterpoise.sim.types import CallReason, Posture
from counterpoise.sim.views.view import CallView, OtherState, View
from counterpoise_clients.env.actions import CALL_SLOTS

REASONS, POSTURES = get_args(CallReason), get_args(Posture)
PLEDGES = ("defence", "offence", "neutrality", "nonaggression", "consultation", "guarantee")
CALM, OPEN_ENDED = 4.0, 10.0
"""Divisors that bring memories of deeds, and counts, near 1."""

OWN = (
    "share of the game played", "a window is open", "power", "offence", "technology", "treasury", "legitimacy", "openness",
    "constraint", "mobilised", "share of land occupied", "score", "score for survival", "score for security",
    "score for influence", "score for objectives", "cost of ties", "gravest threat", "mean threat", "alignments", "wars",
    "own wars", "crises", "own crises", "offers received", "offers made", "leads its movement",
    *(f"posture {posture}" for posture in POSTURES), "moves made at this stop", "treasury left at this stop",
)  # fmt: skip
"""The names of the numbers about the seat itself. Treasury is in yearly budgets, scores in hundreds of points."""
OTHER = (
    "exists", "threat", "power over own power", "offence", "proximity", "reach", "similarity", "outside power", "rival",
    "it claims", "is claimed", "hostility", "cooperation", "hostile words", "subversion", "broken promises", "says friendly",
    "says hostile", "at war with it", "aligned", "shares a foe", "access to it", "its access", "occupied", "nuclear",
    "refused an offer", "named in own goals", "offer to it waits", "offer of it waits", "partners", "gets aid",
    *(f"promise of {pledge}" for pledge in PLEDGES),
)  # fmt: skip
"""The names of the numbers about each other state, the most feared first."""
CALL = (*(f"call for {reason}" for reason in REASONS), "place of the asker", "days left")
"""The names of the numbers about each open call."""


def names(targets: int) -> list[str]:
    """Return the name of every number of an observation with this many other states."""
    others = [f"{name} of target {place}" for place in range(targets) for name in OTHER]
    calls = [f"{name} in slot {slot}" for slot in range(CALL_SLOTS) for name in CALL]
    return [*OWN, *others, *calls]


def observed(view: View, ranked: list[str], threats: Mapping[str, float], targets: int) -> NDArray[np.float32]:
    """Return the numbers of a view: ``float32``, as many as ``names(targets)``, each cut to [-10, 10].

    Args:
        view: the seat's.
        ranked: the codes of the other states, the most feared first.
        threats: the threat index of each, in [0, 1].
        targets: how many other states the scenario has.
    """
    facts = _Facts(view)
    others = {str(other.id): other for other in view.others}
    ranked_first, calls = ranked[:targets], view.calls[:CALL_SLOTS]
    numbers = list(_own(view, threats))
    for code in ranked_first:
        numbers += _other(view, others[code], threats[code], facts)
    numbers += [0.0] * ((targets - len(ranked_first)) * len(OTHER))
    for call in calls:
        numbers += _call(view, call, ranked, targets)
    numbers += [0.0] * ((CALL_SLOTS - len(calls)) * len(CALL))
    row = np.array(numbers, dtype=np.float32)
    np.clip(row, -10.0, 10.0, out=row)
    return row


def _own(view: View, threats: Mapping[str, float]) -> tuple[float, ...]:
    own, score = view.own, view.own.score_parts
    me = own.id
    feared = list(threats.values()) or [0.0]
    return (
        view.tick / view.end, view.occasion == "window", own.power, own.offense, own.technology, own.treasury / 100,
        own.legitimacy, own.openness, own.constraint, own.mobilized, own.occupied, own.score / 100, score.survival / 100,
        score.security / 100, score.influence / 100, score.objectives / 100, score.upkeep / 100, max(feared),
        fsum(feared) / len(feared), sum(me in found.members for found in view.alignments) / CALM, len(view.wars) / CALM,
        sum(me in (*war.attackers, *war.defenders) for war in view.wars) / CALM, len(view.crises) / CALM,
        sum(me in (crisis.initiator, crisis.target) for crisis in view.crises) / CALM,
        sum(offer.to == me for offer in view.proposals) / CALM, sum(offer.proposer == me for offer in view.proposals) / CALM,
        view.leaders.get(own.family) == me, *(own.posture == posture for posture in POSTURES), 0.0, own.treasury / 100,
    )  # fmt: skip


class _Bits(dict[str, int]):
    """A bit for each state, given when it is asked for first."""

    def __missing__(self, code: str) -> int:
        self[code] = bit = 1 << len(self)
        return bit


class _Facts:
    """What a view says of pairs of states, gathered once for all of them. The bits of a number stand for a set of states."""

    def __init__(self, view: View) -> None:
        me = view.own.id
        bits = _Bits()
        self.partners: dict[str, int] = {}
        self.pledges: dict[str, dict[str, None]] = {}
        for found in view.alignments:
            together = 0
            for member in found.members:
                together |= bits[member]
            for member in found.members:
                self.partners[member] = self.partners.get(member, 0) | together
                if me in found.members:
                    self.pledges.setdefault(member, {})[found.commitment] = None
        foes: dict[str, int] = {}
        for a, b in view.rivalries:
            foes[a] = foes.get(a, 0) | bits[b]
            foes[b] = foes.get(b, 0) | bits[a]
        own_foes = foes.get(me, 0)
        self.foes_shared = {code: found & own_foes != 0 for code, found in foes.items()}
        self.goals = {state: goal.weight for goal in view.own.objectives for state in goal.states}
        self.offered_to = dict.fromkeys(offer.to for offer in view.proposals if offer.proposer == me)
        self.offered_by = dict.fromkeys(offer.proposer for offer in view.proposals if offer.to == me)
        self.aided = dict.fromkeys(flow.recipient for flow in view.aid if flow.donor == me)


def _other(view: View, other: OtherState, threat: float, facts: _Facts) -> tuple[float, ...]:
    code, promised = other.id, facts.pledges.get(other.id, {})
    return (
        1.0, threat, other.power / max(view.own.power, 0.01) / CALM, other.offense, other.proximity, other.reach,
        other.similarity, other.role == "outside", other.rivalry, other.claim is not None, other.claimed is not None,
        other.hostility / CALM, other.cooperation / CALM, other.hostile_statements / CALM, other.subversion,
        other.broken_promises / CALM, other.stated_intent == "friendly", other.stated_intent == "hostile", other.at_war,
        other.aligned, facts.foes_shared.get(code, False), other.access, other.penetration, other.occupied, other.nuclear,
        other.refused, facts.goals.get(code, 0.0), code in facts.offered_to, code in facts.offered_by,
        facts.partners.get(code, 0).bit_count() / CALM, code in facts.aided, *(pledge in promised for pledge in PLEDGES),
    )  # fmt: skip


def _call(view: View, call: CallView, ranked: list[str], targets: int) -> tuple[float, ...]:
    place = ranked.index(call.asker) / targets if call.asker is not None and call.asker in ranked else 1.0
    return (*(call.reason == reason for reason in REASONS), place, (call.deadline - view.tick) / 30 / OPEN_ENDED)
