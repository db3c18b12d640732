"""The sharing of the spoils at the end of a war: the losers pay the victors, and the claims of those that joined are met."""

from __future__ import annotations

from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.rules import power
from counterpoise.sim.rules.conflict import occupation
from counterpoise.sim.rules.relevant_pairs import set_claim
from counterpoise.sim.spoils import INDEMNITY, Spoils, expected_spoils
from counterpoise.sim.types import ActorId, Issue
from counterpoise.sim.world import World

TREASURY_MAX = 200.0
"""The most that a treasury holds (``processes.treasury``)."""
CEDED_SHARE = occupation.VICTOR_OCCUPIED_MIN
"""Share of a loser's land that a victor with a claim on its land takes."""


def share_spoils(stage: Stage, war: War, victors: tuple[ActorId, ...]) -> None:
    """Let the losers of a war pay the victors, and meet the claims of the victors that joined the war.

    The claim of the principal that attacked is met by the war's aim (``endings``). A loser that cannot pay borrows, so the
    payment tells nobody what its treasury holds. The caller must run ``power.refresh`` afterwards.

    Args:
        stage: the simulation.
        war: a war that has just been won.
        victors: the states that fought on the winning side to the end.
    """
    world = stage.world
    losers = tuple(party for party in war.parties if party not in victors)
    if not victors or not losers or stage.recorded:  # a record tells itself what changes hands
        return
    gains = {victor: _spoils_of(world, victor, victors, losers) for victor in victors}
    for loser in losers:
        _change_treasury(world, loser, -INDEMNITY)
    met = []
    for victor, spoils in gains.items():
        _change_treasury(world, victor, spoils.money)
        for loser in () if victor == war.attackers[0] else spoils.claims:
            _meet_claim(stage, victor, loser)
            met.append((victor, loser))
    stage.record(
        "spoils_shared",
        *victors,
        *losers,
        war=war.id,
        victors=list(victors),
        losers=list(losers),
        met=[*map(list, met)],
    )


def _spoils_of(world: World, victor: ActorId, victors: tuple[ActorId, ...], losers: tuple[ActorId, ...]) -> Spoils:
    def power_of(state: ActorId) -> float:
        return world.actors[state].power

    def claim_on(loser: ActorId) -> Issue | None:
        return world.dyad(loser, victor).claim

    return expected_spoils(victors, losers, victor, power_of, claim_on)


def _meet_claim(stage: Stage, victor: ActorId, loser: ActorId) -> None:
    """Meet a victor's claim on a loser; land that nobody else holds passes to the victor, and the loser claims it back."""
    issue = stage.world.dyad(loser, victor).claim
    set_claim(stage.world, victor, loser, None)
    if issue == "territory":
        occupation.cede(stage, loser, victor, CEDED_SHARE)


def _change_treasury(world: World, state: ActorId, by: float) -> None:
    actor = world.actors[state]
    actor.treasury = quantised(power.clip(actor.treasury + by, 0.0, TREASURY_MAX))
