"""Decisions in which threats have changed places among states: what players did has nothing to do with these threats.

A permutation of the labels of a threat matrix keeps its degrees: how many states fear how many, how strongly, and for how long.
It moves rows and columns together, which keeps the dependence between cells of a network's matrix (Krackhardt 1988). The choices,
the distances and the alliances stay with their states. So the threat of each state lasts as it did, but it is somebody else's,
and what a test still finds in it comes from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from msgspec import structs

from counterpoise.sim.types import ActorId
from counterpoise.theory.decisions.decision_point import Candidate
from counterpoise.theory.decisions.recoding import Coding, recoded
from counterpoise.theory.decisions.recoding_table import RecodingTable
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.parameters import BY_ROLE, DEFAULT

CODING = Coding(BY_ROLE["regional"], BY_ROLE["outside"], "logit", DEFAULT)
"""The default index, by which the decisions are coded anew."""


def with_shuffled_threats(records: Sequence[DecisionRecord], seed: str) -> list[DecisionRecord]:
    """Return the decisions of one session, without forecasts, coded by threats that have changed places.

    The states stand in a random circle, the same in every window. Each sees of every other state what the next state in the
    circle saw of that other's next one: power, nearness, offence and intentions, from which the index is computed. The journal
    holds all of this for every state, so that no game is played again.

    Args:
        records: with outcomes, the oldest window first.
        seed: decides the circle.
    """
    moved: list[DecisionRecord] = []
    window: list[DecisionRecord] = []
    for record in records:
        if window and record.point.opened != window[0].point.opened:
            moved += _moved(window, seed)
            window = []
        window.append(record)
    return recoded(RecodingTable([*moved, *_moved(window, seed)]), CODING)


def _moved(window: Sequence[DecisionRecord], seed: str) -> list[DecisionRecord]:
    """Return the decisions of one window with the sights of others."""
    following = _circle([record.point.actor for record in window], seed)
    seen = {record.point.actor: {k.id: k for k in record.point.others} for record in window}
    made = []
    for record in window:
        point = record.point
        sights = seen[following[point.actor]]

        def as_seen(k: Candidate, sights: dict[ActorId, Candidate] = sights) -> Candidate:
            other = sights.get(following[k.id]) if k.id in following else None
            if other is None:
                return k
            return structs.replace(
                k,
                relative_power=other.relative_power,
                proximity=other.proximity,
                offense=other.offense,
                intentions=other.intentions,
            )

        moved = structs.replace(
            point,
            source=as_seen(point.source),
            candidates=tuple(as_seen(k) for k in point.candidates),
            barred=tuple(as_seen(k) for k in point.barred),
        )
        made.append(structs.replace(record, point=moved))
    return made


def _circle(actors: Sequence[ActorId], seed: str) -> dict[ActorId, ActorId]:
    """Return the next state of each one; a state that comes or goes changes only who is next to it."""
    places = {actor: Random(f"{seed}/{actor}").random() for actor in actors}
    order = sorted(actors, key=lambda actor: (places[actor], actor))
    return {actor: order[(place + 1) % len(order)] for place, actor in enumerate(order)}
