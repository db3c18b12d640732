"""Each new tie in a sentence, with its reason by the threats alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from counterpoise.sim.types import ActorId
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.ties.offers import Pact
from counterpoise.theory.evidence.ties.roles import fears, threat_of

STATES_LISTED = 4
"""How many states a list spells out."""
COMMITMENTS = {
    "arms": "a supply of arms",
    "consultation": "a pact of consultation",
    "defence": "a defence pact",
    "guarantee": "a guarantee",
    "neutrality": "a pact of neutrality",
    "nonaggression": "a nonaggression pact",
    "offence": "a pact of attack",
    "union": "a union",
}
REASONS = {
    "shared": "between states that feared the same threat",
    "joined": "with the state that the proposer feared most",
    "yielded": "with a state that the proposer's partner feared most",
    "mutual": "between states that feared each other most",
    "mixed": "with one of several states feared about equally, against another of them",
    "proposer": "against a threat that only the proposer feared",
    "partner": "against a threat that only the partner feared",
    "unshared": "with a partner that did not share the proposer's fear",
    "unknown": "with a partner whose fears are not on record",
    "none": "that no threat explains",
}
"""The reasons for a tie, and the words that follow the number of such ties."""


def listed_states(names: Sequence[str]) -> str:
    """Return names as a list in words; of many names the first and how many others there are."""
    most = STATES_LISTED
    shown = list(names) if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1} others"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]


def tie_in_words(sample: Sample, case: Case, pact: Pact, names: Mapping[str, str]) -> tuple[str, str]:
    """Return the reason for a tie, by its key in ``REASONS``, and the sentence that tells the tie.

    Args:
        sample: the decisions of all players.
        case: the decision of the proposer.
        pact: the tie.
        names: the name of each state, by its code.
    """
    point = case.point
    who, other = names.get(point.actor, point.actor), _listed(pact.partners, names)
    named = "" if pact.against is None else f" against {names.get(pact.against, pact.against)}"
    what = COMMITMENTS.get(pact.commitment, f"a pact ({pact.commitment})")
    made = f"{who} {'proposed' if pact.is_offered else 'agreed on'} {what}{named} "
    made += f"to {other}, which accepted" if pact.is_offered and len(pact.partners) == 1 else f"with {other}"
    theirs = {
        partner: found
        for partner in pact.partners
        for found in [sample.point_at(case.record.session, partner, pact.tick)]
        if found is not None
    }
    joined = _joined(case, pact, theirs, names)
    reason, why = joined or _shared(point, pact, {state: found.point for state, found in theirs.items()}, names)
    return reason, f"In the window from {point.date} {made}: {why}."


def _listed(states: Sequence[str], names: Mapping[str, str]) -> str:
    return listed_states([names.get(state, state) for state in states])


def _joined(case: Case, pact: Pact, theirs: Mapping[ActorId, Case], names: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the reason for a tie in which a state joined the one that it feared most; ``None`` if it is another tie."""
    point, members = case.point, (case.point.actor, *pact.partners)
    who = names.get(point.actor, point.actor)
    joins = point.threatened and point.top_threat in pact.partners
    # A guarantee is the guarantor's choice alone, so a state is not said to have given in to it.
    yielding = {
        state: found.point.top_threat
        for state, found in theirs.items()
        if found.point.threatened
        and found.point.top_threat in members
        and found.point.top_threat in found.outcome.partners
    }
    if (joins and case.did == "BAL") or (not joins and any(theirs[state].did == "BAL" for state in yielding)):
        state, top = (point.actor, point.top_threat) if joins else next(iter(yielding.items()))
        return "mixed", f"{names.get(state, state)} feared {names.get(top, top)} most, and another state about as much"
    if joins and yielding.get(point.top_threat) == point.actor:
        return "mutual", f"{who} and {names.get(point.top_threat, point.top_threat)} feared each other most"
    if joins:
        return "joined", f"{who} joined the state that it feared most"
    if yielding:
        told = (
            f"{names.get(state, state)} feared {names.get(top, top)} most, and gave in to it"
            for state, top in yielding.items()
        )
        return "yielded", "; ".join(told)
    return None


def _shared(
    point: DecisionPoint, pact: Pact, theirs: Mapping[ActorId, DecisionPoint], names: Mapping[str, str]
) -> tuple[str, str]:
    """Return the reason for a tie of states none of which joined the one that it feared most."""
    threat = threat_of(pact.against, point)
    nothing = ("none", "no threat explains it")
    if threat is None or threat in pact.partners:
        return nothing
    who, feared = names.get(point.actor, point.actor), names.get(threat, threat)
    mine, sharing = fears(point, threat), [state for state, found in theirs.items() if fears(found, threat)]
    if not mine:
        return ("partner", f"only {_listed(sharing, names)} feared {feared}") if sharing else nothing
    if len(sharing) == len(pact.partners):
        return "shared", f"{'both' if len(sharing) == 1 else 'all'} feared {feared}"
    if sharing:
        rest = [state for state in theirs if state not in sharing]
        did_not = f", and {_listed(rest, names)} did not" if rest else ""
        return "shared", f"{_listed([point.actor, *sharing], names)} feared {feared}{did_not}"
    if not theirs:
        return "unknown", f"{who} feared {feared}; what its partner feared is not on record"
    partner = "its partner" if len(pact.partners) == 1 else "its partners"
    return "unshared" if pact.against is None else "proposer", f"{who} feared {feared}, and {partner} did not"
