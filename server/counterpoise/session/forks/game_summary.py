"""A summary of a game since a date: who was allied, who fought, what states decided under threat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import fsum
from typing import Literal

import msgspec
from msgspec import Struct

from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident, World
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import SUPPORTING, Structure
from counterpoise.theory.threat import perceived

Pair = tuple[ActorId, ActorId]
CountName = Literal[
    "allied_pairs",
    "fighting_pairs",
    "alliances_formed",
    "alliances_ended",
    "crises",
    "wars",
    "wars_joined",
    "regimes_changed",
    "BAL",
    "BW",
]
INCIDENT_KINDS: dict[CountName, str] = {
    "alliances_formed": "alliance_formed",
    "alliances_ended": "alliance_ended",
    "crises": "crisis_opened",
    "wars": "war_began",
    "wars_joined": "war_joined",
    "regimes_changed": "regime_changed",
}
"""Which counts are of incidents since the fork, and of which kind."""
COUNTED_CLASSES: tuple[Literal["BAL", "BW"], ...] = ("BAL", "BW")
"""Which counts are of decisions under threat."""
TITLES: dict[CountName, str] = {
    "allied_pairs": "pairs of allies at the end",
    "fighting_pairs": "pairs of states that fought",
    "alliances_formed": "alignments made",
    "alliances_ended": "alignments ended",
    "crises": "crises",
    "wars": "wars begun",
    "wars_joined": "entries into wars of others",
    "regimes_changed": "changes of regime",
    "BAL": "balanced against the top threat",
    "BW": "bandwagoned with it",
}
"""Every count in words."""


class GameSummary(Struct, frozen=True):
    """One game from the fork to the end of the comparison. Pairs are in the order of the codes."""

    session: str
    end_tick: int
    """The tick that the game reached."""
    counts: dict[CountName, int]
    allied: tuple[Pair, ...]
    """Pairs of states bound at the end by any commitment that supports."""
    fought: tuple[Pair, ...]
    """Pairs of states that fought each other at any time since the fork."""
    power: dict[ActorId, float]
    """Each state's share of all power at the end."""
    feared: dict[ActorId, float]
    """The mean threat that the others saw in each state at the end, in [0, 1]."""


class CheckInput(Struct, frozen=True):
    """What the checker needs from one game since the fork."""

    records: list[DecisionRecord]
    structures: list[Structure]
    incidents: list[Incident]


def summarize_game(session: Session, since: int) -> GameSummary:
    """Return the summary of a game since a tick."""
    world = session.simulation.world
    allied, fought = _allied(world), _fought(world, since)
    incidents = [incident for incident in world.incidents if incident.tick > since]
    outcomes = [
        record.outcome for record in _decided(session, since) if record.point.threatened and record.outcome is not None
    ]
    counts: dict[CountName, int] = {"allied_pairs": len(allied), "fighting_pairs": len(fought)}
    for name, kind in INCIDENT_KINDS.items():
        counts[name] = sum(1 for incident in incidents if incident.kind == kind)
    for alignment_class in COUNTED_CLASSES:
        counts[alignment_class] = sum(1 for outcome in outcomes if outcome.alignment_class == alignment_class)
    power = {actor.id: round(actor.power, 6) for actor in world.active()}
    return GameSummary(session.id, session.now, counts, allied, fought, power, _feared(world))


def encode_check_input(session: Session, since: int) -> bytes:
    """Return what the checker needs from a game since a tick, packed: many games have to fit in memory."""
    structures = [structure for structure in session.ledger.structures if structure.tick > since]
    incidents = [incident for incident in session.simulation.world.incidents if incident.tick > since]
    return msgspec.msgpack.encode(CheckInput(_decided(session, since), structures, incidents))


def decode_check_input(packed: bytes) -> CheckInput:
    """Return what ``encode_check_input`` packed."""
    return msgspec.msgpack.decode(packed, type=CheckInput)


def _decided(session: Session, since: int) -> list[DecisionRecord]:
    """Return the decisions of the windows that opened after a tick and have closed."""
    return [record for record in session.ledger.records if record.point.opened > since]


def _allied(world: World) -> tuple[Pair, ...]:
    pairs: dict[Pair, None] = {}
    for alignment in world.alignments.values():
        if not alignment.ended and alignment.commitment in SUPPORTING:
            pairs.update(dict.fromkeys(_pairs(alignment.members)))
    return tuple(sorted(pairs))


def _feared(world: World) -> dict[ActorId, float]:
    matrix = perceived(world)
    seen_in = {state: [row[state].threat for row in matrix.values() if state in row] for state in matrix}
    return {state: round(fsum(threats) / len(threats), 6) for state, threats in seen_in.items() if threats}


def _fought(world: World, since: int) -> tuple[Pair, ...]:
    """Return the pairs that fought after a tick.

    They are read from the log, because states leave wars and wars end.
    """
    sides: dict[int, tuple[list[ActorId], list[ActorId]]] = {}
    pairs: dict[Pair, None] = {}

    def add_pairs(wars: Iterable[int]) -> None:
        for war in wars:
            attackers, defenders = sides[war]
            pairs.update(dict.fromkeys(_pair(a, d) for a in attackers for d in defenders))

    begun = False
    for incident in world.incidents:
        if not begun and incident.tick > since:
            begun = True
            add_pairs(sides)
        war = _update_sides(sides, incident)
        if begun and war in sides:
            add_pairs([war])
    if not begun:
        add_pairs(sides)
    return tuple(sorted(pairs))


def _update_sides(sides: dict[int, tuple[list[ActorId], list[ActorId]]], incident: Incident) -> int:
    """Update the sides of the wars with one incident. Return the number of its war, or 0 if it changes no war."""
    war = incident.detail.get("war", 0)
    if incident.kind == "war_began":
        sides[war] = ([incident.actors[0]], [incident.actors[1]])
    elif war not in sides:
        return 0
    elif incident.kind == "war_joined":
        own = next(side for side in sides[war] if incident.detail["side"] in side)
        own.append(incident.actors[0])
    elif incident.kind == "war_left":
        for side in sides[war]:
            side[:] = [state for state in side if state != incident.actors[0]]
    elif incident.kind == "war_ended":
        del sides[war]
    return int(war)


def _pairs(members: Sequence[ActorId]) -> list[Pair]:
    return [_pair(a, b) for a, b in combinations(members, 2)]


def _pair(a: ActorId, b: ActorId) -> Pair:
    return (a, b) if a < b else (b, a)
