"""What part a state had in the ties that it got in a window, and the class of an answer to somebody else's offer.

The proposer of a tie chose it. A state that accepted an offer answered it, so its answer is read by the threat that the pact is
about, not by the state that it fears most itself. Otherwise whoever takes in a state that joins its own threat would count as
balancing as soon as the two share some other fear.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from counterpoise.sim.types import ActorId, AlignmentClass
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import Decision
from counterpoise.theory.evidence.ties.offers import Diplomacy, Pact

Role = Literal["proposer", "acceptor", "member", ""]
"""Of a decision: it proposed a tie that was made, it only accepted offers, it got a tie otherwise, or it got none."""
DecisionKey = tuple[str, ActorId, int]
"""Session, actor and window."""
DecisionAt = Callable[[str, str, int], Decision | None]
"""Returns the decision of an actor of a session that was open at a tick."""


class Part(NamedTuple):
    """The pacts of one decision: those that the actor proposed, and those that it accepted with their threats."""

    proposed: list[Pact]
    accepted: list[tuple[Pact, ActorId | None]]

    def role(self, outcome: Outcome) -> Role:
        """Return the role of the actor in the ties of its outcome."""
        if self.proposed:
            return "proposer"
        answered = [pact.alignment for pact, _ in self.accepted]
        if outcome.alignments and all(alignment in answered for alignment in outcome.alignments):
            return "acceptor"
        return "member" if outcome.partners else ""


def parts(diplomacies: Mapping[str, Diplomacy], decision_at: DecisionAt) -> dict[DecisionKey, Part]:
    """Return the part in the ties of play that each decision had, if it had any.

    Args:
        diplomacies: the offers and ties of each session.
        decision_at: finds decisions.
    """
    found: dict[DecisionKey, Part] = {}

    def part(session: str, actor: ActorId, tick: int) -> Part | None:
        decision = decision_at(session, actor, tick)
        return None if decision is None else found.setdefault((session, actor, decision.frozen.window), Part([], []))

    for session, known in diplomacies.items():
        for pact in known.pacts:
            mine = part(session, pact.proposer, pact.tick)
            if mine is not None:
                mine.proposed.append(pact)
            if pact.is_offered:
                proposal = decision_at(session, pact.proposer, pact.chosen)
                threat = threat_of(pact.against, None if proposal is None else proposal.point)
                for partner in pact.partners:
                    theirs = part(session, partner, pact.tick)
                    if theirs is not None:
                        theirs.accepted.append((pact, threat))
    return found


def threat_of(named: ActorId | None, proposal: DecisionPoint | None) -> ActorId | None:
    """Return the threat that a pact is about: the one it names, or the one its proposer fears most; ``None`` without either.

    Args:
        named: the state that the pact names as its threat.
        proposal: the decision of the proposer, if it is known.
    """
    if named is not None or proposal is None or not proposal.threatened:
        return named
    return proposal.top_threat


def fears(point: DecisionPoint, threat: ActorId) -> bool:
    """Tell whether the actor of a decision shares a threat: it fears that state by the shared floor or more (theory 1.0)."""
    known = point.candidate(threat)
    return known is not None and known.threat >= point.shared_floor


def class_of_answer(point: DecisionPoint, outcome: Outcome, part: Part) -> AlignmentClass:
    """Return the class of a decision that only accepted offers.

    To accept the state that it fears most is bandwagoning, whoever proposed it. Of other pacts, one whose threat the actor
    shares is balancing. Nobody balances a threat that is in the pact, or itself.
    """
    if not point.threatened or point.top_threat in outcome.partners or outcome.alignment_class == "BW":
        return outcome.alignment_class
    for pact, threat in part.accepted:
        members = (point.actor, pact.proposer, *pact.partners)
        if threat is not None and threat not in members and fears(point, threat):
            return "BAL"
    return "OTHER"
