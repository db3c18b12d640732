"""Responses depend on power, threat and the state of a war in the expected direction."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from counterpoise.session.running_session import Session
from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import (
    AidView,
    AlignmentView,
    CallView,
    ConditionView,
    CrisisView,
    ProposalView,
    View,
    WarView,
)
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.responses import (
    Temperament,
    accepts_peace,
    accepts_proposal,
    crisis_response,
    honours_call,
    meets_condition,
    responses_to_calls,
)

TEMPERAMENT = Temperament(resolve=0.6, escalation=0.2, compromise=0.5, loyalty=0.4, openness=0.3, bandwagoning=0.0)
DRAWS = 2000


@pytest.fixture
def view(middle_east: str) -> View:
    return Session(scenario_text=middle_east, seed="1", session_id="s", secret="s").view(ActorId("JOR"))


def with_power(view: View, own: float) -> Assessment:
    return Assessment(replace(view, own=replace(view.own, power=own)))


def test_weak_states_concede_more_than_strong_states(view: View) -> None:
    crisis = CrisisView(1, ActorId("TUR"), ActorId("JOR"), "territory", 3, 0, 30, None, "", {})
    stream = Random("a")
    weak, strong = (
        [crisis_response(with_power(view, power), crisis, TEMPERAMENT, stream) for _ in range(DRAWS)]
        for power in (0.0005, 0.2)
    )
    assert weak.count("concede") > 2 * strong.count("concede")
    assert strong.count("escalate") > 2 * weak.count("escalate")


def test_an_offer_against_a_threat_is_accepted_more_often(view: View) -> None:
    assessment, stream = Assessment(view), Random("b")
    feared, harmless = ActorId("ISR"), ActorId("SUD")
    if harmless not in assessment.others:
        harmless = min(assessment.others, key=lambda state: assessment.threats[state])
    counts = []
    for against in (feared, harmless):
        offer = ProposalView(1, ActorId("IRQ"), ActorId("JOR"), "defence", against, False, 60)
        counts.append(sum(accepts_proposal(assessment, offer, TEMPERAMENT, stream) for _ in range(DRAWS)))
    assert counts[0] > 1.3 * counts[1]


def test_a_bandwagoner_accepts_a_threats_offer_that_a_balancer_refuses(view: View) -> None:
    assessment = Assessment(view)
    assert assessment.top_threat is not None
    offer = ProposalView(1, assessment.top_threat, ActorId("JOR"), "consultation", None, False, 60)
    takes = [
        sum(
            accepts_proposal(assessment, offer, replace(TEMPERAMENT, bandwagoning=bandwagoning), Random("c"))
            for _ in range(1)
        )
        + sum(
            accepts_proposal(assessment, offer, replace(TEMPERAMENT, bandwagoning=bandwagoning), stream)
            for _ in range(DRAWS)
        )
        for bandwagoning, stream in ((-0.5, Random("d")), (0.5, Random("d")))
    ]
    assert takes[1] > 2 * takes[0]


def test_loyal_states_honour_calls_more_often_and_never_against_a_partner(view: View) -> None:
    assessment, stream = Assessment(view), Random("e")
    war = WarView(9, (ActorId("ISR"),), (ActorId("EGY"),), "territory", 0, 0.5, ())
    loyal, faithless = (
        sum(
            honours_call(assessment, war, ActorId("EGY"), replace(TEMPERAMENT, loyalty=loyalty), stream)
            for _ in range(DRAWS)
        )
        for loyalty in (0.7, 0.1)
    )
    assert loyal > 2 * faithless
    partner = next(iter(assessment.alignments_by_partner), None)
    if partner is not None:
        betrayal = WarView(9, (partner,), (ActorId("EGY"),), "territory", 0, 0.5, ())
        assert not any(honours_call(assessment, betrayal, ActorId("EGY"), TEMPERAMENT, stream) for _ in range(50))


def test_peace_is_accepted_more_often_in_a_long_and_losing_war(view: View) -> None:
    assessment, stream = Assessment(replace(view, tick=700)), Random("f")
    ill = WarView(9, (ActorId("ISR"),), (ActorId("JOR"),), "territory", 0, 0.9, ())
    well = WarView(9, (ActorId("ISR"),), (ActorId("JOR"),), "territory", 690, 0.1, ())
    takes = [sum(accepts_peace(assessment, war, TEMPERAMENT, stream) for _ in range(DRAWS)) for war in (ill, well)]
    assert takes[0] > 1.5 * takes[1]


def test_a_state_seldom_leaves_an_ally_against_its_top_threat_for_aid(view: View) -> None:
    assessment = Assessment(view)
    top = assessment.top_threat
    assert top is not None
    donor, ally = (state for state in (ActorId("USR"), ActorId("IRQ")) if state != top)
    demand = ConditionView(9, donor, ActorId("JOR"), "economic", "leave_alliance", ally, 60, False)
    flow = AidView(donor, ActorId("JOR"), "economic", 0.2, "")
    given_up = []
    for commitment in ("arms", "defence"):
        pact = AlignmentView(90, (ally, ActorId("JOR")), commitment, 0, top, False, None, "")
        bound = Assessment(replace(view, aid=(flow,), alignments=(pact,)))
        given_up.append(
            sum(meets_condition(bound, demand, TEMPERAMENT, stream) for stream in [Random("g")] for _ in range(DRAWS))
        )
    assert given_up[0] > 1.5 * given_up[1]


def test_a_bots_own_response_comes_before_its_temperaments(view: View) -> None:
    calls = (CallView(1, "proposal", 5, 60, ActorId("IRQ")), CallView(2, "proposal", 6, 60, ActorId("SYR")))
    offers = (
        ProposalView(5, ActorId("IRQ"), ActorId("JOR"), "arms", None, False, 60),
        ProposalView(6, ActorId("SYR"), ActorId("JOR"), "arms", None, False, 60),
    )
    asked = Assessment(replace(view, calls=calls, proposals=offers))

    def own(call: CallView) -> Move | None:
        return AnswerProposal(5, True) if call.subject == 5 else None

    given = responses_to_calls(asked, TEMPERAMENT, Random("h"), own)
    assert given[0] == AnswerProposal(5, True)
    assert [getattr(move, "proposal", None) for move in given[:2]] == [5, 6]
    assert [move.kind for move in given[2:]] == ["state_belief", "assess_threats"], (
        "answers to the scenario's questions"
    )
