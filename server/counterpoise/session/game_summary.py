"""What became of a game from a date on, in numbers: who stood with whom, who fought whom, what was decided under threat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import fsum

import msgspec
from msgspec import Struct

from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident, World
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import SUPPORTING, Structure
from counterpoise.theory.threat import perceived

Pair = tuple[ActorId, ActorId]
HAPPENED = {
    "alliances_formed": ("alliance_formed", "alignments made"),
    "alliances_ended": ("alliance_ended", "alignments ended"),
    "crises": ("crisis_opened", "crises"),
    "wars": ("war_began", "wars begun"),
    "wars_joined": ("war_joined", "entries into wars of others"),
    "regimes_changed": ("regime_changed", "changes of regime"),
}
"""What is counted since the fork: the incident's kind, and what to call it."""
STOOD = {"allied_pairs": "pairs of allies at the end", "fighting_pairs": "pairs of states that fought"}
DECIDED = {"BAL": "balanced against the top threat", "BW": "bandwagoned with it"}
TITLES = {**STOOD, **{name: title for name, (_, title) in HAPPENED.items()}, **DECIDED}
"""Every count, and what to call it."""


class Course(Struct, frozen=True):
    """One game from the fork to the end of the comparison. Pairs are in the order of the codes."""

    session: str
    to: int
    """The tick it got to."""
    counts: dict[str, int]
    """By the names of ``TITLES``."""
    allied: tuple[Pair, ...]
    """Who was bound to whom at the end, by any commitment that supports."""
    fought: tuple[Pair, ...]
    """Who fought whom at any time since the fork."""
    power: dict[ActorId, float]
    """Each state's share of all power at the end."""
    feared: dict[ActorId, float]
    """How great a threat the others saw in each state at the end: the mean of their estimates, in [0, 1]."""


class Evidence(Struct, frozen=True):
    """What the checker needs of one game since the fork."""

    records: list[DecisionRecord]
    structures: list[Structure]
    incidents: list[Incident]


def course(session: Session, since: int) -> Course:
    """Return what became of a game since a tick."""
    world = session.simulation.world
    allied, fought = _allied(world), _fought(world, since)
    happened = [incident for incident in world.incidents if incident.tick > since]
    made = [record for record in _decided(session, since) if record.point.threatened]
    counts = {"allied_pairs": len(allied), "fighting_pairs": len(fought)}
    for name, (kind, _) in HAPPENED.items():
        counts[name] = sum(1 for incident in happened if incident.kind == kind)
    for name in DECIDED:
        counts[name] = sum(
            1 for record in made if record.outcome is not None and record.outcome.alignment_class == name
        )
    power = {actor.id: round(actor.power, 6) for actor in world.active()}
    return Course(session.id, session.now, counts, allied, fought, power, _feared(world))


def evidence(session: Session, since: int) -> bytes:
    """Return what the checker needs of a game since a tick, encoded, for a hundred games are too large otherwise."""
    structures = [structure for structure in session.ledger.structures if structure.tick > since]
    incidents = [incident for incident in session.simulation.world.incidents if incident.tick > since]
    return msgspec.msgpack.encode(Evidence(_decided(session, since), structures, incidents))


def evidence_from(encoded: bytes) -> Evidence:
    """Return what ``evidence`` encoded."""
    return msgspec.msgpack.decode(encoded, type=Evidence)


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
    seen = perceived(world)
    felt = {other: [threats[other].threat for threats in seen.values() if other in threats] for other in seen}
    return {other: round(fsum(threats) / len(threats), 6) for other, threats in felt.items() if threats}


def _fought(world: World, since: int) -> tuple[Pair, ...]:
    """Return who fought whom after a tick, read from the log: states leave wars, and wars end."""
    sides: dict[int, tuple[list[ActorId], list[ActorId]]] = {}
    pairs: dict[Pair, None] = {}

    def note(wars: Iterable[int]) -> None:
        for war in wars:
            attackers, defenders = sides[war]
            pairs.update(dict.fromkeys(_pair(a, d) for a in attackers for d in defenders))

    begun = False
    for incident in world.incidents:
        if not begun and incident.tick > since:
            begun = True
            note(sides)
        war = _changed(sides, incident)
        if begun and war in sides:
            note([war])
    if not begun:
        note(sides)
    return tuple(sorted(pairs))


def _changed(sides: dict[int, tuple[list[ActorId], list[ActorId]]], incident: Incident) -> int:
    """Keep track of who is on which side of which war; returns the war's number, or 0 if the incident is about none."""
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
