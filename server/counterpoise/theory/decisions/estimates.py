"""What an actor can guess of others: whether they would help it, and whether they already shelter it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Alignment, World
from counterpoise.theory.parameters import DEFAULT, Parameters


def willingness(
    *,
    fear_of_threat: float,
    prior: bool,
    honour: float,
    fear_of_asker: float,
    captive: bool,
    proximity: float,
    parameters: Parameters = DEFAULT,
) -> float:
    """Return the chance that a state accepts an alliance against a threat and honours it, as an outsider would guess.

    The log-odds are the project's rule for allies joining a war (constant, treaty, fear of the attacker, record), set with
    the shares of commitments honoured in view that Leeds (2003) and Berkemeier & Fuhrmann (2018) report, and three more
    terms: fear of the one who asks, being aligned with the threat, and nearness.

    Args:
        fear_of_threat: its own fear of the threat.
        prior: whether the two are aligned already.
        honour: share of calls it honoured, one half if never called.
        fear_of_asker: its fear of the one who asks.
        captive: whether it is publicly aligned with the threat.
        proximity: of the two, in (0, 1].
        parameters: the model's constants.
    """
    p = parameters
    log_odds = (
        p.will_constant
        + (p.will_prior if prior else 0.0)
        + p.will_threat * fear_of_threat
        + p.will_honour * (honour - 0.5)
        - p.will_fear * fear_of_asker
        - (p.will_captive if captive else 0.0)
        + p.will_near * (proximity - 0.5)
    )
    return 1.0 / (1.0 + exp(-log_odds))


def public_since(world: World, start: int, stop: int) -> list[Alignment]:
    """Return the alignments made in ``[start, stop)`` for all to see, whether or not they have ended."""
    return [found for found in world.alignments.values() if start <= found.since < stop and not found.secret]


def balanced_by_others(
    recent: Sequence[Alignment], actor: ActorId, source: ActorId, fears: Mapping[ActorId, float], floor: float
) -> bool:
    """Tell whether other states aligned against ``source`` for all to see.

    An alignment is against it if it names it, or if at least two members besides ``actor`` fear it.

    Args:
        recent: what to look at, see ``public_since``.
        actor: the state that might be hiding behind them.
        source: the threat.
        fears: T_k,source of each state.
        floor: fear that counts, half the threat floor by the classification rule.
    """
    for alignment in recent:
        members = alignment.members
        if actor in members or source in members:
            continue
        if alignment.against == source or len([k for k in members if fears.get(k, 0.0) >= floor]) >= 2:
            return True
    return False
