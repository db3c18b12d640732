"""New alliances as decisions: one for each state and year, classified by the rule of play, with the possible partners.

A tie is a defence or offence pact outside mass pacts. A state that signs with more than four others in one year joins a
standing organisation instead of choosing a partner; such ties are left out (Fordham & Poast 2016 on dyads that are not
decisions). Every covariate is of the year before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np

from counterpoise.theory.decisions.estimates import willingness
from counterpoise.theory.dyadyear.data_tables import DyadYearTables
from counterpoise.theory.dyadyear.worlds import WorldYear, shared_threat
from counterpoise.theory.parameters import DEFAULT

PARTNERS_MAX = 4
SIMILARITY_UNKNOWN = 0.5
USA = 2
HONOUR_UNKNOWN = 0.5


@dataclass(slots=True)
class Decision:
    """The decision of one state in one year: its fears, its choice, and other covariates."""

    state: int
    year: int
    world: int
    """The place of the year among the worlds."""
    me: int
    top: int
    """The place of its top threat in that world; ``me`` is its own."""
    threat: float
    threatened: bool
    """Whether the top threat reaches the floor."""
    did: str
    """BAL, BW, OTHER, HIDE or NEU; an unthreatened decision is OTHER or NEU."""
    partners: tuple[int, ...]
    opposed: bool
    """Whether a partner fears the top threat, and the top threat is not a partner: balancing, threatened or not."""
    weight: float
    war: bool
    will: float
    """The highest willingness to help among states that are not allies yet."""
    coverage: float
    """The power of allied states that fear the top threat, over the power of the top threat."""
    sheltered: bool
    """Whether two others that fear the top threat became allies in the year before, so that the state can hide behind them."""


@dataclass(slots=True)
class Choice:
    """The choice of one partner: columns over the alternatives, and the place of the chosen one."""

    decision: Decision
    alternatives: Any
    """The alternatives' places in the world."""
    chosen: int
    columns: dict[str, Any]
    pact: int
    """The number of the pact: ties of one year that share members belong to one pact."""


def new_ties(world: WorldYear) -> Any:
    """Return the new ties between states that each signed with at most ``PARTNERS_MAX`` others this year."""
    few = world.signed.sum(axis=1) <= PARTNERS_MAX
    return world.signed & few[:, None] & few[None, :]


def decisions(worlds: Sequence[WorldYear], tables: DyadYearTables, focal: Any) -> list[Decision]:
    """Return every focal state's decision in every world."""
    found = []
    sheltering: list[tuple[int, int]] = []
    for number, world in enumerate(worlds):
        ties = new_ties(world)
        for me, state in enumerate(world.states):
            if focal(state) and len(world.states) > 2:
                found.append(_decision(world, number, me, ties[me], sheltering, tables))
        sheltering = [(world.states[a], world.states[b]) for a, b in zip(*np.nonzero(np.triu(ties)), strict=True)]
    return found


def _decision(
    world: WorldYear, number: int, me: int, ties: Any, sheltering: list[tuple[int, int]], tables: DyadYearTables
) -> Decision:
    threat = world.threat[me]
    top = int(np.argmax(threat))
    fears = world.threat[:, top]
    partners = tuple(int(k) for k in np.flatnonzero(ties))
    opposed = bool(partners) and top not in partners and any(fears[k] >= DEFAULT.shared_floor for k in partners)
    threatened = bool(threat[top] >= world.floor)
    sheltered = threatened and _sheltered(world, me, top, fears, sheltering)
    if threatened and top in partners:
        did = "BW"
    elif threatened and opposed:
        did = "BAL"
    elif partners:
        did = "OTHER"
    else:
        did = "HIDE" if sheltered else "NEU"
    both = world.cinc[me] + world.cinc[top]
    before = world.year - 1
    war = (world.states[me], before) in tables.wars or (world.states[top], before) in tables.wars
    allied = world.tied & (fears >= DEFAULT.shared_floor)[None, :]
    helpers = (fears >= DEFAULT.shared_floor) & allied.any(axis=1)
    helpers[[me, top]] = False
    free = np.flatnonzero(~world.tied[me])
    wills = willingness_of(world, me, top)[[k for k in free if k not in (me, top)]]
    return Decision(
        world.states[me], world.year, number, me, top, float(threat[top]), threatened, did, partners, opposed,
        round(float(world.cinc[me] / both), 6) if both > 0 else 0.5, war, float(wills.max(initial=0.0)),
        round(float(world.cinc[helpers].sum() / max(world.cinc[top], 1e-9)), 6), sheltered,
    )  # fmt: skip


def _sheltered(world: WorldYear, me: int, top: int, fears: Any, sheltering: list[tuple[int, int]]) -> bool:
    """Tell whether two others that fear the threat became allies last year."""
    mine = (world.states[me], world.states[top])
    for pair in sheltering:
        places = [world.place.get(state) for state in pair]
        if not any(state in mine for state in pair) and all(
            p is not None and fears[p] >= DEFAULT.shared_floor for p in places
        ):
            return True
    return False


def willingness_of(world: WorldYear, me: int, top: int) -> Any:
    """Return each state's estimated chance to accept an alliance with ``me`` against ``top`` and honour it, as in play."""
    return willingness(
        fear_of_threat=world.threat[:, top], prior=world.tied[me], honour=np.full(len(world.states), HONOUR_UNKNOWN),
        fear_of_asker=world.threat[:, me], captive=world.tied[:, top], reach=world.reach[me],
    )  # fmt: skip


def regime_similarity(world: WorldYear, tables: DyadYearTables) -> Any:
    """Return the similarity of the states' regimes, 1 - |difference of Polity| / 20; one half if either is unknown."""
    before = world.year - 1
    score = np.array([tables.polity.get((state, before), np.nan) for state in world.states])
    alike = 1.0 - np.abs(score[:, None] - score[None, :]) / 20.0
    return np.where(np.isfinite(alike), alike, SIMILARITY_UNKNOWN)


def choices(worlds: Sequence[WorldYear], tables: DyadYearTables, made: Sequence[Decision]) -> list[Choice]:
    """Return the choice of every new partner, among the states that were not yet allies of the chooser."""
    found = []
    pacts: dict[tuple[int, int], int] = {}
    current, shared, alike, labels = -1, np.zeros((0, 0)), np.zeros((0, 0)), []
    for decision in made:
        if not decision.partners:
            continue
        world = worlds[decision.world]
        if decision.world != current:
            current, shared, alike = decision.world, shared_threat(world.threat), regime_similarity(world, tables)
            labels = _pact_labels(new_ties(world))
        me = decision.me
        free = ~world.tied[me]
        free[me] = False
        for partner in decision.partners:
            menu = free.copy()
            menu[[k for k in decision.partners if k != partner]] = False
            places = np.flatnonzero(menu)
            if len(places) < 2 or not menu[partner]:
                continue
            pact = pacts.setdefault((current, labels[partner]), len(pacts))
            columns = _columns(world, tables, decision, places, shared[me], alike[me])
            found.append(Choice(decision, places, int(np.searchsorted(places, partner)), columns, pact))
    return found


def _columns(
    world: WorldYear, tables: DyadYearTables, decision: Decision, places: Any, shared: Any, alike: Any
) -> dict[str, Any]:
    me = decision.me
    strength = np.maximum(world.cinc[places], 1e-6)
    states = np.array(world.states)[places]
    recent = [tables.aid.get((decision.state, world.year - lag), 0.0) for lag in (1, 2, 3)]
    usa = (states == USA).astype(float)
    ideal = np.array([tables.ideal.get((s, world.year - 1), np.nan) for s in (decision.state, *states.tolist())])
    alike_votes = -np.abs(ideal[1:] - ideal[0])
    known = np.isfinite(alike_votes)
    # A state with unknown votes gets the mean of the others.
    middle = fsum(alike_votes[known].tolist()) / int(known.sum()) if known.any() else 0.0
    return {
        "shared": shared[places],
        "top": (places == decision.top).astype(float),
        "log_km": np.log(np.maximum(1.0, world.km[me, places])),
        "log_power": np.log(strength),
        "influence": world.cinc[me] / (world.cinc[me] + strength),
        "similarity": alike[places],
        "votes_alike": np.where(known, alike_votes, middle),
        "usa": usa,
        "aid": usa * np.log1p(max(0.0, fsum(recent) / 1e6)),
    }


def _pact_labels(ties: Any) -> list[int]:
    """Return the label of each state's pact: the lowest place among the states that its new ties connect."""
    label = list(range(len(ties)))
    for a, b in zip(*np.nonzero(np.triu(ties)), strict=True):
        low, high = sorted((label[a], label[b]))
        if low != high:
            label = [low if one == high else one for one in label]
    return label
