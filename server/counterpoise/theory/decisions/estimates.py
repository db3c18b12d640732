"""An actor's estimates of others: whether they would help it, and whether they already shelter it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World
from counterpoise.theory.parameters import DEFAULT, Parameters
from counterpoise.theory.portable import Mask, Numbers, logistic


def willingness(
    *,
    fear_of_threat: Numbers,
    prior: Mask,
    honour: Numbers,
    fear_of_asker: Numbers,
    captive: Mask,
    reach: Numbers,
    parameters: Parameters = DEFAULT,
) -> Numbers:
    """Return the chances that states accept an alliance against a threat and honour it, as an outsider estimates them.

    The log-odds are the project's rule for allies that join a war (constant, treaty, fear of the attacker, record;
    theory 4.6), set with regard to the shares of honoured commitments in Leeds (2003) and Berkemeier & Fuhrmann (2018), and
    three more terms: fear of the asker, alignment with the threat, and reach. All arguments are arrays that fit each other.

    Args:
        fear_of_threat: its own fear of the threat.
        prior: whether the two are aligned already.
        honour: the share of calls that it honoured, one half if it was never called.
        fear_of_asker: its fear of the state that asks.
        captive: whether it is publicly aligned with the threat.
        reach: the share of its force that is left on the ground of the state that asks, in (0, 1].
        parameters: the model's constants.
    """
    p = parameters
    log_odds = (
        p.will_constant
        + p.will_prior * prior
        + p.will_threat * fear_of_threat
        + p.will_honour * (honour - 0.5)
        - p.will_fear * fear_of_asker
        - p.will_captive * captive
        + p.will_near * (reach - 0.5)
    )
    return logistic(log_odds)


def public_since(world: World, start: int, stop: int) -> list[Alignment]:
    """Return the public alignments that were made or that a state joined in ``[start, stop)``, whether or not they have ended."""
    return [
        found
        for found in world.alignments.values()
        if not found.secret
        and (start <= found.since < stop or any(start <= tick < stop for tick in found.joined.values()))
    ]


def balanced_by_others(
    recent: Sequence[Alignment], actor: ActorId, source: ActorId, fears: Mapping[ActorId, float], floor: float
) -> bool:
    """Tell whether other states publicly aligned against ``source``.

    An alignment is against ``source`` if it names it, or if at least two members besides ``actor`` fear it.

    Args:
        recent: recent public alignments, see ``public_since``.
        actor: the state that may be hiding behind them.
        source: the threat.
        fears: T_k,source of each state.
        floor: the fear that counts, ``shared_floor`` (theory 1.0).
    """
    for alignment in recent:
        members = alignment.members
        if actor in members or source in members:
            continue
        if alignment.against == source or len([k for k in members if fears.get(k, 0.0) >= floor]) >= 2:
            return True
    return False
