"""The choice that an actor made at a decision point, read from the world after the window has closed.

The classification applies the rule of theory 1.0 in order: joining the threat is bandwagoning, even beside other moves; an
alignment that raises the force against the threat is balancing; no alignment while others align against it is hiding.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.types import ActorId, AlignmentClass
from counterpoise.sim.world import Incident, World
from counterpoise.theory.decisions.decision_point import (
    BANDWAGON,
    HIDE,
    NEUTRAL,
    DecisionKind,
    DecisionPoint,
    option_of,
)
from counterpoise.theory.decisions.estimates import balanced_by_others, public_since
from counterpoise.theory.parameters import DEFAULT, Parameters


class Outcome(msgspec.Struct, frozen=True):
    """The choice made at one decision point."""

    actor: ActorId
    window: int
    opened: int
    closed: int
    kind: DecisionKind
    choice: str
    """The label of the chosen option; empty if the choice was not among the options (see ``on_menu``)."""
    alignment_class: AlignmentClass
    partners: tuple[ActorId, ...]
    """Every new partner, in the order in which the alignments were made or joined."""
    alignments: tuple[int, ...]
    """The alignments that the actor made, joined or let another state join."""
    dropped: tuple[int, ...]
    """Alignments the actor left or ended."""
    conceded: bool
    """Whether the actor conceded something to its top threat."""
    mixed: bool
    """Whether it joined one of several states that it feared about equally, against another of them."""
    on_menu: bool = True
    """False if all partners were infeasible when the decision was frozen (enemies in war, states that did not exist yet)."""


def observe(point: DecisionPoint, world: World, parameters: Parameters = DEFAULT) -> Outcome:
    """Return the choice of the actor of ``point``, from the world at the close of the window."""
    me, closed = point.actor, min(world.tick, point.closes)
    happened = _incidents_of_window(world, point.opened, closed)
    dropped = _dropped_alignments(point, world, happened)
    gone = [a.id for a in dropped]
    made = _made(point, world, closed, gone)
    partners = tuple(dict.fromkeys(partner for choice in made for partner in choice.partners))
    conceded = _conceded(point, happened)
    alignment_class, mixed = _classify(point, world, made, partners, dropped, conceded, closed, parameters)
    choice = _label(point, alignment_class, partners)
    return Outcome(
        actor=me,
        window=point.window,
        opened=point.opened,
        closed=closed,
        kind=_kind(point, partners, dropped),
        choice=choice,
        alignment_class=alignment_class,
        partners=partners,
        alignments=tuple(dict.fromkeys(choice.alignment.id for choice in made)),
        dropped=tuple(a.id for a in dropped),
        conceded=conceded,
        mixed=mixed,
        on_menu=choice != "",
    )


class _Choice(NamedTuple):
    """An alignment that the actor made, joined or let another state join, with the partners that this brought it."""

    alignment: Alignment
    partners: tuple[ActorId, ...]


def _made(point: DecisionPoint, world: World, closed: int, gone: list[int]) -> list[_Choice]:
    """Return what the actor chose in the window, oldest first.

    An accession is a choice of both sides, as a new alliance is: the state that joins gets all members as partners, and each
    member, whose consent it needed, gets the new one.
    """
    me, found = point.actor, []
    for alignment in world.alignments.values():
        if not _chose(alignment, me, gone):
            continue
        if point.opened <= alignment.since < closed:
            found.append((alignment.since, alignment.id, _Choice(alignment, _members_beside(alignment, me))))
            continue
        newcomers = [state for state, tick in alignment.joined.items() if point.opened <= tick < closed]
        if me in newcomers:
            choice = _Choice(alignment, _members_beside(alignment, me))
            found.append((alignment.joined[me], alignment.id, choice))
        elif newcomers and me in alignment.members:
            since = min(alignment.joined[state] for state in newcomers)
            found.append((since, alignment.id, _Choice(alignment, tuple(newcomers))))
    return [choice for *_, choice in sorted(found, key=lambda one: one[:2])]


def _chose(alignment: Alignment, me: ActorId, gone: list[int]) -> bool:
    """Tell whether the actor chose the alignment. A guarantee is the choice of the guarantor alone."""
    if me not in alignment.members and alignment.id not in gone:
        return False
    return alignment.commitment != "guarantee" or alignment.lead in (me, None)


def _members_beside(alignment: Alignment, me: ActorId) -> tuple[ActorId, ...]:
    """Return the other members; the leader of a pact with many members comes first."""
    first = () if alignment.lead in (me, None) else (alignment.lead,)
    return tuple(dict.fromkeys(k for k in (*first, *alignment.members) if k is not None and k != me))


def _dropped_alignments(point: DecisionPoint, world: World, happened: Sequence[Incident]) -> list[Alignment]:
    """Return the alignments that the actor left, according to the log."""
    dropped: dict[int, Alignment] = {}
    for incident in happened:
        if incident.kind == "alliance_left" and incident.actors[:1] == (point.actor,):
            number = incident.detail.get("alignment")
            if isinstance(number, int) and number in world.alignments:
                dropped[number] = world.alignments[number]
    return [dropped[number] for number in sorted(dropped)]


def _incidents_of_window(world: World, opened: int, closed: int) -> list[Incident]:
    """Return the incidents of the window, oldest first."""
    found = []
    for incident in reversed(world.incidents):
        if incident.tick < opened:
            break
        if incident.tick < closed:
            found.append(incident)
    return found[::-1]


def _conceded(point: DecisionPoint, happened: Sequence[Incident]) -> bool:
    """Tell whether the actor yielded to its top threat in a crisis or accommodated it outside one."""
    for incident in happened:
        if incident.kind == "accommodated" and incident.actors[:2] == (point.actor, point.top_threat):
            return True
        yielded = incident.kind == "crisis_ended" and incident.detail.get("yielder") == point.actor
        if yielded and point.top_threat in incident.actors:
            return True
    return False


def _opposes(choice: _Choice, point: DecisionPoint, fears: dict[ActorId, float], floor: float) -> bool:
    """Tell whether an alignment of the actor raises the force against its top threat."""
    if point.top_threat in choice.alignment.members:
        return False
    if choice.alignment.against == point.top_threat:
        return True
    return any(fears.get(k, 0.0) >= floor for k in choice.partners)


def _classify(
    point: DecisionPoint, world: World, made: list[_Choice], partners: tuple[ActorId, ...], dropped: list[Alignment],
    conceded: bool, closed: int, parameters: Parameters,
) -> tuple[AlignmentClass, bool]:  # fmt: skip
    if not point.threatened:
        return ("OTHER" if partners else "NEU"), False
    top, floor = point.top_threat, point.shared_floor
    fears = {k.id: k.fear_of_top_threat for k in (*point.candidates, *point.barred)}
    if top in partners:
        # Joining one of two equally feared states against the other is mixed balancing (Jordan in May 1967).
        joined = [choice.alignment for choice in made if top in choice.alignment.members]
        aimed = [a.against for a in joined if a.against in point.contenders and a.against != top]
        return ("BAL", True) if aimed else ("BW", False)
    left = [_Choice(a, _members_beside(a, point.actor)) for a in dropped]
    if conceded and any(_opposes(choice, point, fears, floor) for choice in left):
        return "BW", False
    mixed = any(k in point.contenders for k in partners)
    if any(_opposes(choice, point, fears, floor) for choice in made):
        return "BAL", mixed
    if partners:
        return "OTHER", mixed
    start = closed - int(parameters.hiding_days)
    if balanced_by_others(public_since(world, start, closed), point.actor, top, fears, floor):
        return "HIDE", False
    return "NEU", False


def _label(point: DecisionPoint, alignment_class: AlignmentClass, partners: tuple[ActorId, ...]) -> str:
    """Return the label of the chosen option; of several partners the first feasible one counts."""
    if point.threatened and (alignment_class == "BW" or point.top_threat in partners):
        return BANDWAGON
    if not partners:
        return HIDE if alignment_class == "HIDE" else NEUTRAL
    by_partner = {option_of(option)[1]: option for option in point.options}
    return next((by_partner[k] for k in partners if k in by_partner), "")


def _kind(point: DecisionPoint, partners: tuple[ActorId, ...], dropped: list[Alignment]) -> DecisionKind:
    if not partners:
        return "defection" if dropped else "abstention"
    if dropped:
        return "realignment"
    records = [point.candidate(k) for k in partners]
    return "renewal" if all(k is not None and k.prior for k in records) else "formation"
