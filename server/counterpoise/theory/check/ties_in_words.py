"""Each new tie in a sentence, with its reason by the threats alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from counterpoise.sim.types import ActorId
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.sentences import Names, Sentence, listed_states
from counterpoise.theory.evidence.ties.offers import Pact
from counterpoise.theory.evidence.ties.roles import fears, threat_of

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
_Reason = tuple[str, Sentence]
"""A reason by its key in ``REASONS``, and what tells it."""


def tie_in_words(sample: Sample, case: Case, pact: Pact, names: Mapping[str, str]) -> tuple[str, Sentence]:
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
    is_accepted = pact.is_offered and len(pact.partners) == 1
    made += f"to {other}, which accepted" if is_accepted else f"with {other}"
    theirs = {
        partner: found
        for partner in pact.partners
        for found in [sample.point_at(case.record.session, partner, pact.tick)]
        if found is not None
    }
    joined = _joined(case, pact, theirs, names)
    reason, why = joined or _shared(point, pact, {state: found.point for state, found in theirs.items()}, names)
    values = {
        "date": point.date,
        "who": who,
        "partners": other.values,
        "against": "" if pact.against is None else names.get(pact.against, pact.against),
        "commitment": pact.commitment,
        "how": "accepted" if is_accepted else "proposed" if pact.is_offered else "agreed",
        "why": {"kind": why.kind, "values": why.values},
    }
    return reason, Sentence(f"In the window from {point.date} {made}: {why.text}.", "tie", values)


def _listed(states: Sequence[str], names: Mapping[str, str]) -> Names:
    return listed_states([names.get(state, state) for state in states])


def _joined(case: Case, pact: Pact, theirs: Mapping[ActorId, Case], names: Mapping[str, str]) -> _Reason | None:
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
        one, feared = names.get(state, state), names.get(top, top)
        text = f"{one} feared {feared} most, and another state about as much"
        return "mixed", Sentence(text, "why_mixed", {"state": one, "feared": feared})
    if joins and yielding.get(point.top_threat) == point.actor:
        feared = names.get(point.top_threat, point.top_threat)
        text = f"{who} and {feared} feared each other most"
        return "mutual", Sentence(text, "why_mutual", {"state": who, "feared": feared})
    if joins:
        return "joined", Sentence(f"{who} joined the state that it feared most", "why_joined", {"state": who})
    if yielding:
        pairs = [(names.get(state, state), names.get(top, top)) for state, top in yielding.items()]
        text = "; ".join(f"{one} feared {feared} most, and gave in to it" for one, feared in pairs)
        return "yielded", Sentence(text, "why_yielded", {"pairs": pairs})
    return None


def _shared(
    point: DecisionPoint, pact: Pact, theirs: Mapping[ActorId, DecisionPoint], names: Mapping[str, str]
) -> _Reason:
    """Return the reason for a tie of states none of which joined the one that it feared most."""
    threat = threat_of(pact.against, point)
    nothing = ("none", Sentence("no threat explains it", "why_none", {}))
    if threat is None or threat in pact.partners:
        return nothing
    who, feared = names.get(point.actor, point.actor), names.get(threat, threat)
    mine, sharing = fears(point, threat), [state for state, found in theirs.items() if fears(found, threat)]
    if not mine:
        if not sharing:
            return nothing
        only = _listed(sharing, names)
        values = {"states": only.values, "feared": feared}
        return "partner", Sentence(f"only {only} feared {feared}", "why_partner", values)
    if len(sharing) == len(pact.partners):
        text = f"{'both' if len(sharing) == 1 else 'all'} feared {feared}"
        return "shared", Sentence(text, "why_all", {"count": len(sharing) + 1, "feared": feared})
    if sharing:
        rest = [state for state in theirs if state not in sharing]
        some, others = _listed([point.actor, *sharing], names), _listed(rest, names) if rest else None
        text = f"{some} feared {feared}{'' if others is None else f', and {others} did not'}"
        told: dict[str, Any] = {
            "states": some.values,
            "feared": feared,
            "others": None if others is None else others.values,
        }
        return "shared", Sentence(text, "why_some", told)
    if not theirs:
        text = f"{who} feared {feared}; what its partner feared is not on record"
        return "unknown", Sentence(text, "why_unknown", {"state": who, "feared": feared})
    partner = "its partner" if len(pact.partners) == 1 else "its partners"
    alone = Sentence(
        f"{who} feared {feared}, and {partner} did not",
        "why_alone",
        {"state": who, "feared": feared, "partners": len(pact.partners)},
    )
    return "unshared" if pact.against is None else "proposer", alone
