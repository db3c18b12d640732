"""Occupation of land: it moves with the odds of a war, and is kept or given back when the war ends.

The numbers are chosen. Occupied land lowers its owner's power while the occupation lasts (``power.usable_components``) and adds
nothing to the occupier's: conquest rarely paid its way after 1945 (Brooks 1999). The owner claims the land back.
"""

from __future__ import annotations

from typing import Literal

from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.rules import memory, power
from counterpoise.sim.rules.relevant_pairs import set_claim
from counterpoise.sim.types import ActorId

ADVANCE_WIN_CHANCE = 0.60
"""Chance of winning from which a side takes land."""
ADVANCE_PER_MONTH = 0.10
"""Share of the country that a side sure of victory takes in a month (0.03-0.2)."""
OCCUPIED_MAX = 0.5
"""Largest share of a country that can be occupied while it is still at war."""
NUCLEAR_OCCUPIED_MAX = 0.10
"""The same for a state with nuclear arms: its attackers stop short of what would make it use them (0.05-0.2, chosen).

Nuclear arms leave room for limited war only (Snyder 1965; Waltz 1981): in 1973 and in 1999 the fighting stayed at the border."""
VICTOR_OCCUPIED_MIN = 0.10
"""Smallest share that victorious attackers hold at the end of a war for territory."""
EVACUATION_GOODWILL = 1.0
"""Goodwill that a withdrawal earns: the same as a new alliance."""


def move_front(stage: Stage, war: War) -> None:
    """Move the front by a month: the side that is ahead first frees its own land, then takes the enemy's."""
    attacker, defender = war.attackers[0], war.defenders[0]
    ahead = max(war.win_chance, 1.0 - war.win_chance)
    if ahead < ADVANCE_WIN_CHANCE:
        return
    winner, loser = (attacker, defender) if war.win_chance > 0.5 else (defender, attacker)
    ground = ADVANCE_PER_MONTH * (2 * ahead - 1.0)
    state = stage.world.actors[winner]
    if state.occupier == loser:
        freed = min(ground, state.occupied)
        _set_occupation(stage, winner, loser, state.occupied - freed)
        ground -= freed
    lost = stage.world.actors[loser]
    if ground > 0 and lost.occupier in (None, winner):
        most = NUCLEAR_OCCUPIED_MAX if lost.nuclear else OCCUPIED_MAX
        _set_occupation(stage, loser, winner, max(lost.occupied, min(most, lost.occupied + ground)))
    power.refresh(stage.world)


def settle_occupations(
    stage: Stage, war: War, outcome: Literal["WIN", "COMPROMISE", "STALEMATE", "VOID"], winners: tuple[ActorId, ...]
) -> None:
    """Decide how much land stays occupied when a war ends; the caller must run ``power.refresh`` afterwards.

    Peace returns all land, a stalemate keeps the front, and victors keep the land they hold. Attackers who won a war for
    territory keep at least ``VICTOR_OCCUPIED_MIN``. The loser claims the land back.
    """
    principals = (war.attackers[0], war.defenders[0])
    for owner, holder in (principals, principals[::-1]):
        state = stage.world.actors[owner]
        is_occupied = state.occupier == holder
        kept = state.occupied if is_occupied and (outcome == "STALEMATE" or holder in winners) else 0.0
        if winners == war.attackers and owner == war.defenders[0] and war.aim == "territory":
            kept = max(kept, VICTOR_OCCUPIED_MIN) if state.occupier in (None, holder) else 0.0
        if is_occupied or kept > 0:
            _set_occupation(stage, owner, holder, kept)
        if kept > 0 and stage.world.dyad(holder, owner).claim is None:
            set_claim(stage.world, owner, holder, "territory")


def cede(stage: Stage, owner: ActorId, holder: ActorId, share: float) -> None:
    """Let a victor take a share of a loser's land, unless another state holds land there; the loser claims it back."""
    state = stage.world.actors[owner]
    if state.occupier in (None, holder):
        _set_occupation(stage, owner, holder, max(state.occupied, share))
    if stage.world.dyad(holder, owner).claim is None:
        set_claim(stage.world, owner, holder, "territory")


def evacuate(stage: Stage, holder: ActorId, owner: ActorId) -> None:
    """Return all land that a holder occupies to its owner, who feels goodwill and drops its claim on it."""
    _set_occupation(stage, owner, holder, 0.0)
    memory.add_goodwill(stage, holder, owner, EVACUATION_GOODWILL)
    if stage.world.dyad(holder, owner).claim == "territory":
        set_claim(stage.world, owner, holder, None)
    power.refresh(stage.world)


def _set_occupation(stage: Stage, owner: ActorId, holder: ActorId, share: float) -> None:
    """Set the share of a country that another occupies.

    The change is logged when the occupation begins or ends, or when the share passes a tenth of the country.
    """
    state = stage.world.actors[owner]
    before, state.occupied = state.occupied, quantised(share)
    state.occupier = holder if state.occupied > 0 else None
    if state.occupied == 0 and before > 0:
        stage.record("land_evacuated", holder, owner)
    elif int(state.occupied * 10) != int(before * 10) or (before == 0 and state.occupied > 0):
        stage.record("land_occupied", holder, owner, share=state.occupied)
