"""A simulation's state as bytes: everything on which its future depends, and nothing else.

A snapshot does not contain the scenario. The caller restores a simulation with the scenario from which it was made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, get_origin, get_type_hints

import msgspec

from counterpoise.errors import SnapshotError
from counterpoise.sim.clock.agenda import Agenda
from counterpoise.sim.opening import calendar_of
from counterpoise.sim.relations.conflicts import Crisis, War
from counterpoise.sim.relations.influence import Aid, Campaign, Condition, Sanction
from counterpoise.sim.relations.pacts import Alignment, MembershipVote, Proposal, Treaty
from counterpoise.sim.relations.questions import Question
from counterpoise.sim.relations.talk import Talk
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.score_parts import ScoreParts
from counterpoise.sim.types import ActorId, AidKind, SanctionScope
from counterpoise.sim.world import Actor, Call, Dyad, Incident, PastInject, World

SNAPSHOT_VERSION = 4
"""Raised whenever the encoding changes. A snapshot of another version is rejected, and the journal is replayed instead."""


class WorldState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of a ``World`` that do not come from the scenario."""

    tick: int
    actors: dict[ActorId, Actor]
    dyads: dict[tuple[ActorId, ActorId], Dyad]
    alignments: dict[int, Alignment]
    proposals: dict[int, Proposal]
    treaties: dict[int, Treaty]
    membership_votes: dict[int, MembershipVote]
    crises: dict[int, Crisis]
    wars: dict[int, War]
    aid: dict[tuple[ActorId, ActorId, AidKind], Aid]
    conditions: dict[int, Condition]
    campaigns: dict[tuple[ActorId, ActorId], Campaign]
    sanctions: dict[tuple[ActorId, ActorId, SanctionScope], Sanction]
    calls: dict[int, Call]
    questions: dict[int, Question]
    leaders: dict[str, ActorId]
    scores: dict[ActorId, float]
    seen_scores: dict[ActorId, float]
    score_parts: dict[ActorId, ScoreParts]
    seen_score_parts: dict[ActorId, ScoreParts]
    incidents: list[Incident]
    last_id: int
    agenda: Agenda
    past_offense: list[tuple[int, dict[ActorId, float]]]
    scored_years: dict[ActorId, int]
    injected: dict[str, PastInject]
    talk: Talk


class SimulationState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole state of a simulation."""

    version: int
    scenario: str
    """The scenario's id."""
    recorded: bool
    """Whether the world follows a record."""
    seed: str
    draws: dict[str, int]
    """The number of draws from each random stream, by purpose."""
    ids_taken: list[int]
    """The ids of hidden things since the last public one."""
    incidents_taken: int
    """The number of the world's incidents that the session has already taken."""
    calls_untaken: list[Call]
    called: bool
    """Whether an order of the present tick has called a seat, so that the clock stops after this tick."""
    world: WorldState


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(SimulationState)


def world_state(world: World, *, incidents: bool = True) -> WorldState:
    """Return the state of a world. It shares the world's objects, so encode it before the world changes."""
    fields = {name: getattr(world, name) for name in WorldState.__struct_fields__}
    return WorldState(**(fields if incidents else {**fields, "incidents": []}))


def world_from(state: WorldState, scenario: Scenario, incidents: list[Incident] | None = None) -> World:
    """Return the world of a state.

    Args:
        state: of the world.
        scenario: the scenario from which the world was made.
        incidents: the world's incidents, if the state does not include them.
    """
    calendar, end = calendar_of(scenario)
    fields = {name: getattr(state, name) for name in WorldState.__struct_fields__}
    if incidents is not None:
        fields["incidents"] = list(incidents)
    return World(
        calendar=calendar,
        end=end,
        ideology=scenario.ideology,
        distance_scale_km=scenario.distance_scale_km,
        objectives={spec.id: spec.objectives for spec in scenario.actors},
        **fields,
    )


def copy_world(world: World) -> World:
    """Return an independent copy of a world. The two share what never changes: incidents, ids and other texts."""
    names = [name for name in WorldState.__struct_fields__ if name != "incidents"]
    return World(
        calendar=world.calendar,
        end=world.end,
        ideology=world.ideology,
        distance_scale_km=world.distance_scale_km,
        objectives=world.objectives,
        incidents=list(world.incidents),
        shown_incidents=dict(world.shown_incidents),
        latest_incidents=dict(world.latest_incidents),
        **{name: _copied(getattr(world, name)) for name in names},
    )


def _copied(value: Any) -> Any:
    kind = type(value)
    if kind is dict:
        return {key: _copied(item) for key, item in value.items()}
    if kind is list or kind is tuple:
        return kind(map(_copied, value))
    return _copier(kind)(value) if is_dataclass(kind) else value


@cache
def _copier(kind: type[Any]) -> Callable[[Any], Any]:
    """Return the function that copies the objects of a dataclass, with the dicts, lists and dataclasses that they hold."""
    names = [field.name for field in fields(kind)]
    values, hints = attrgetter(*names), get_type_hints(kind)
    containers = [name for name in names if get_origin(hints[name]) in (dict, list)]
    nested = [(name, _copier(hints[name])) for name in names if is_dataclass(hints[name])]

    def copied(original: Any) -> Any:
        made = kind(*values(original))
        for name in containers:
            setattr(made, name, _copied(getattr(original, name)))
        for name, copier in nested:
            setattr(made, name, copier(getattr(original, name)))
        return made

    return copied if containers or nested else lambda original: kind(*values(original))


def encode(state: SimulationState) -> bytes:
    """Return a state as MessagePack. Equal states give equal bytes."""
    return _encoder.encode(state)


def decode(snapshot: bytes, scenario: Scenario) -> SimulationState:
    """Return the state that ``encode`` encoded.

    Raises:
        SnapshotError: the bytes are not a snapshot, or one of another version or scenario.
    """
    try:
        state = _decoder.decode(snapshot)
    except msgspec.MsgspecError as error:
        raise SnapshotError(f"these bytes are not a snapshot of a simulation: {error}") from None
    if state.version != SNAPSHOT_VERSION:
        raise SnapshotError(f"the snapshot has version {state.version}; this release reads version {SNAPSHOT_VERSION}")
    if state.scenario != scenario.id:
        raise SnapshotError(f"the snapshot is of the scenario {state.scenario}, not of {scenario.id}")
    return state
