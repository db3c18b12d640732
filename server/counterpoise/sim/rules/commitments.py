"""What a commitment is worth to a state, and what it costs: paper that binds to little and would not be kept is worth little.

A tie counts by what it binds to and by whether the partner would honour it:

    worth = binding x record x harmony x faith x reserves x candour

- *binding*: pacts of defence deter attacks and pacts of neutrality and non-aggression do not (Leeds 2003; Johnson & Leeds 2011);
  the scale is chosen.
- *record*: states that kept their promises are expected to (Crescenzi, Kathman, Kleinberg & Wood 2012; Gibler 2008).
- *harmony*: a partner at odds with another partner cannot help both (Snyder 1997); each such quarrel halves the worth (chosen).
- *faith*: a partner that the state itself has failed owes it nothing: each broken promise that the partner remembers halves it.
- *reserves*: a state bound to many has less to give to each, so less is expected of it. Partners of its own size or more count as
  one, smaller ones by their relative power. Up to three cost nothing, four leave 2/3 of the worth and five a half (chosen). The
  partner's reserves count, and the state's own.
- *candour*: whoever gives paper to many is taken at its word by few: with one partner on paper nothing is lost, with two
  two fifths of the worth are left, with three a quarter (chosen).

Commitments take forces, money and a free hand, more with each (Morrow 1991 on autonomy; Altfeld 1984 on the price of alliances).
The burden of a tie is chosen; it grows with the depth of the tie, and what all ties cost grows faster than their sum.

Only what a state may know enters: public quarrels, public records, public pacts and its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import fsum

from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules.power import SMALLEST_SHARE
from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.world import World

PowerOf = Callable[[ActorId], float]

BINDING: dict[Commitment, float] = {
    "nonaggression": 0.02,
    "neutrality": 0.05,
    "consultation": 0.08,
    "arms": 0.25,
    "joint_operation": 0.50,
    "offence": 0.80,
    "basing": 0.80,
    "guarantee": 0.90,
    "defence": 1.00,
    "union": 1.00,
}
"""What a commitment binds a partner to do for a state in need, from 0 to 1."""
PAPER = 0.1
"""The binding up to which a tie is paper."""
PAPERS_AT_EASE, CANDOUR_LOSS = 1, 1.5
"""How many partners on paper cost no candour, and what each more adds to the divisor of the worth (chosen)."""
DEEP = 0.5
"""The binding from which a tie counts as an alliance."""
PAPER_BURDEN, DEPTH_BURDEN = 0.45, 0.55
"""The burden of a partner with whom there is any tie, and what a tie of full depth adds."""
PARTNERS_AT_EASE, STRAIN = 3.0, 0.5
"""How many partners cost no reserves, and what each more adds to the divisor of the worth (chosen)."""
TREASURY_SHARE = 0.02
"""What a burden of 1 costs, as a share of a year's budget each year."""


def ties(world: World, actor: ActorId, *, giving: bool = False) -> dict[ActorId, float]:
    """Return the binding of a state's deepest tie with each partner.

    Args:
        world: the model.
        actor: the state.
        giving: whether one-sided promises that the state gives count. They bind it, but nobody else to it.
    """
    found: dict[ActorId, float] = {}
    for pact in world.alignments_of(actor):
        if pact.commitment == "guarantee" and pact.lead == actor and not giving:
            continue
        binding = BINDING[pact.commitment]
        for member in pact.members:
            if member != actor and binding > found.get(member, 0.0) and world.actors[member].active:
                found[member] = binding
    return found


def worths(world: World, actor: ActorId, power_of: PowerOf) -> dict[ActorId, float]:
    """Return what the tie with each partner is worth to a state, from 0 to 1.

    Args:
        world: the model.
        actor: the state.
        power_of: returns the power of a state: the true one, or what the actor believes it to be.
    """
    bound = ties(world, actor)
    own = _reserves(actor, list(ties(world, actor, giving=True)), power_of) * _candour(bound)
    return {
        partner: quantised(
            binding
            * own
            * _reserves(partner, _public_partners(world, partner), power_of)
            * honour(world, actor, partner, bound)
        )
        for partner, binding in bound.items()
    }


def honour(world: World, actor: ActorId, partner: ActorId, bound: dict[ActorId, float]) -> float:
    """Return how far a partner would keep its promise to a state, from 0 to 1, by its record, its quarrels and its grudges.

    Args:
        world: the model.
        actor: the state.
        partner: the state that has promised.
        bound: the bindings of all the state's ties, by partner.
    """
    state = world.actors[partner]
    record = (state.honoured + 2.0) / (state.honoured + state.reneged + 2.0)
    quarrels = len([other for other in bound if other != partner and at_odds(world, partner, other)])
    failed = world.dyad(partner, actor).broken_promises.at(world.tick)
    return float(record * 0.5 ** (quarrels + failed))


def burden(world: World, actor: ActorId) -> float:
    """Return the burden of all a state's ties: 1 for each partner in a defence pact, about a half for each on paper."""
    return burden_of(ties(world, actor, giving=True).values())


def burden_of(bindings: Iterable[float]) -> float:
    """Return the burden of ties with several partners, from the binding of the deepest tie with each."""
    return quantised(fsum(PAPER_BURDEN + DEPTH_BURDEN * binding for binding in bindings))


def _reserves(actor: ActorId, partners: Iterable[ActorId], power_of: PowerOf) -> float:
    """Return what the number of a state's partners leaves of its promises, from 0 to 1."""
    own = max(power_of(actor), SMALLEST_SHARE)
    load = fsum(min(1.0, power_of(partner) / own) for partner in partners)
    return 1.0 / (1.0 + STRAIN * max(0.0, load - PARTNERS_AT_EASE))


def _candour(bound: dict[ActorId, float]) -> float:
    """Return how far partners take a state at its word, from 0 to 1, by the partners whom it gave paper only."""
    papers = len([binding for binding in bound.values() if binding <= PAPER])
    return 1.0 / (1.0 + CANDOUR_LOSS * max(0, papers - PAPERS_AT_EASE))


def _public_partners(world: World, actor: ActorId) -> list[ActorId]:
    partners = dict.fromkeys(m for pact in world.alignments_of(actor) if not pact.secret for m in pact.members)
    return [partner for partner in partners if partner != actor]


def at_odds(world: World, a: ActorId, b: ActorId) -> bool:
    """Tell whether two states are rivals, in a crisis with each other, or at war."""
    return world.dyad(a, b).rivalry or world.crisis_between(a, b) is not None or world.at_war(a, b)
