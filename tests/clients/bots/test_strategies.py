"""Each strategy decides differently from the same view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.answer_condition import AnswerCondition
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.cut_aid import CutAid
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.expel import Expel
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.moves.join_war import JoinWar
from counterpoise.sim.moves.penetrate import Penetrate
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.moves.respond_crisis import RespondCrisis
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import (
    AidView,
    AlignmentView,
    CallView,
    ConditionView,
    CrisisView,
    OtherState,
    ProposalView,
    View,
    WarView,
)
from counterpoise_clients import roster
from counterpoise_clients.bot_kit import initiatives
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.testing import recorded_views

SEEDS = 60


@pytest.fixture(scope="module")
def plain(repository: Path) -> View:
    """The view of Dunmark in the checkerboard: a middling state beside a stronger one, with nothing going on yet."""
    text = (repository / "scenarios" / "checkerboard.toml").read_text(encoding="utf-8")
    found = next(view for view in recorded_views(text, stops=1) if view.own.id == "DUN")
    quiet = replace(found.own, treasury=150.0, power=0.12)
    return replace(found, own=quiet, alignments=(), aid=(), calls=(), crises=(), wars=(), proposals=(), incidents=())


def others(view: View, **changed: dict[str, Any]) -> View:
    """Return a view in which other states, by code, are different."""
    made: list[OtherState] = [msgspec.structs.replace(o, **changed.get(o.id, {})) for o in view.others]
    return replace(view, others=tuple(made))


def calm(view: View, **every: Any) -> View:
    """Return a view in which all others are harmless strangers of another creed."""
    blank: dict[str, Any] = {
        "rivalry": False,
        "claim": None,
        "claimed": None,
        "hostility": 0.0,
        "offense": 0.2,
        "contiguity": 0,
        "proximity": 0.3,
        "similarity": 0.5,
        "divisive": False,
        "penetration": 0.0,
        "access": 0.0,
        **every,
    }
    return others(view, **{str(o.id): blank for o in view.others})


def moves(bot: str, view: View) -> list[Move]:
    """Return what a bot decides over many private seeds."""
    return [move for seed in range(SEEDS) for move in roster.load_bot(bot)(f"s{seed}").decide(view)]


def said(bot: str, view: View, kind: type[Move]) -> list[Any]:
    return [move for move in moves(bot, view) if isinstance(move, kind)]


COR, GAL, HAR = ActorId("COR"), ActorId("GAL"), ActorId("HAR")
BEL, DUN = ActorId("BEL"), ActorId("DUN")
FIERCE: dict[str, Any] = {"hostility": 1.5, "offense": 0.9, "power": 0.3, "contiguity": 1, "proximity": 1.0}


@pytest.fixture(scope="module")
def lost_war(plain: View) -> View:
    """The neighbour that threatens one is beating somebody one likes; one is tied to neither."""
    view = others(calm(plain), COR={**FIERCE, "rivalry": True}, GAL={"cooperation": 1.0, "proximity": 0.95})
    war = WarView(900, (COR,), (GAL,), "territory", view.tick - 200, 0.85, ())
    pact = AlignmentView(901, (DUN, GAL), "defence", view.tick - 900, COR, False, None, "")
    return replace(view, wars=(war,), alignments=(pact,))


def test_the_jackal_joins_the_winner_where_the_balancer_joins_the_loser(lost_war: View) -> None:
    untied = replace(lost_war, alignments=())
    jackal = said("jackal", untied, JoinWar)
    assert jackal
    assert {move.side for move in jackal} == {COR}
    balancer = said("balancer", lost_war, JoinWar)
    assert balancer
    assert {move.side for move in balancer} == {GAL}


def test_the_jackal_deserts_a_partner_that_loses_and_the_balancer_does_not(lost_war: View) -> None:
    leaving = [sum(move.kind == "leave_alliance" for move in moves(bot, lost_war)) for bot in ("jackal", "balancer")]
    assert leaving[0] > SEEDS / 3
    assert leaving[1] < SEEDS / 10


def test_the_balancer_joins_a_losing_ally_and_jackal_waiter_and_buck_passer_seldom_do(
    lost_war: View,
) -> None:
    asked = replace(lost_war, occasion="call", calls=(CallView(5, "ally", 900, lost_war.tick + 20, GAL),))
    kept = {
        bot: sum(move.honour for move in said(bot, asked, AnswerCall))
        for bot in ("balancer", "jackal", "waiter", "buck-passer", "ideologue")
    }
    assert kept["balancer"] > SEEDS * 0.4
    assert kept["jackal"] < SEEDS * 0.15
    assert kept["waiter"] < SEEDS * 0.25
    assert kept["buck-passer"] > SEEDS * 0.4, "without it the front would fall"
    winning = replace(asked, wars=(replace(asked.wars[0], win_chance=0.3),))
    assert sum(move.honour for move in said("buck-passer", winning, AnswerCall)) < SEEDS * 0.25
    assert sum(move.honour for move in said("jackal", winning, AnswerCall)) > SEEDS * 0.6


def test_the_waiter_joins_a_war_only_as_the_next_target_or_after_the_war_is_decided(lost_war: View) -> None:
    untied = replace(lost_war, alignments=())
    menaced = replace(untied, wars=(replace(untied.wars[0], win_chance=0.65),))
    joined = said("waiter", menaced, JoinWar)
    assert joined
    assert {move.side for move in joined} == {GAL}, "it is next"
    harmless = others(menaced, COR={"hostility": 0.0, "offense": 0.1, "power": 0.1, "rivalry": False})
    assert said("waiter", harmless, JoinWar) == []
    decided = replace(harmless, wars=(replace(harmless.wars[0], win_chance=0.9),))
    assert {move.side for move in said("waiter", decided, JoinWar)} == {COR}
    young = replace(decided, wars=(replace(decided.wars[0], since=decided.tick - 10),))
    assert said("waiter", young, JoinWar) == []


def test_the_waiter_and_a_buck_passer_with_enough_opponents_refuse_an_alliance_against_the_top_threat(
    plain: View,
) -> None:
    view = others(calm(plain), COR=FIERCE, GAL={"cooperation": 1.0})
    offer = ProposalView(7, GAL, DUN, "defence", COR, False, view.tick + 30)
    asked = replace(view, occasion="call", proposals=(offer,), calls=(CallView(8, "proposal", 7, view.tick + 30, GAL),))
    taken = {
        bot: sum(move.accept for move in said(bot, asked, AnswerProposal))
        for bot in ("balancer", "waiter", "buck-passer")
    }
    assert taken["balancer"] > SEEDS / 3
    assert taken["waiter"] == 0
    assert taken["buck-passer"] > 0, "nobody else stands against the threat"
    front = AlignmentView(31, (GAL, HAR), "defence", view.tick - 100, COR, False, None, "")
    held = others(replace(asked, alignments=(front,)), GAL={"power": 0.2}, HAR={"power": 0.2})
    assert sum(move.accept for move in said("buck-passer", held, AnswerProposal)) < SEEDS / 10
    assert sum(move.accept for move in said("balancer", held, AnswerProposal)) > SEEDS / 3


def offered(view: View, proposer: ActorId, against: ActorId | None = None) -> View:
    """Return a view with an open offer of defence."""
    offer = ProposalView(7, proposer, DUN, "defence", against, False, view.tick + 30)
    calls = (CallView(8, "proposal", 7, view.tick + 30, proposer),)
    return replace(view, occasion="call", proposals=(offer,), calls=calls)


def taken(bot: str, view: View) -> int:
    return sum(move.accept for move in said(bot, view, AnswerProposal))


def test_the_waiter_signs_in_quiet_times_and_never_with_a_state_in_a_quarrel(plain: View) -> None:
    quiet = offered(others(calm(plain), COR=FIERCE, GAL={"cooperation": 1.0}), GAL)
    assert taken("waiter", quiet) > SEEDS / 6
    crisis = CrisisView(61, HAR, GAL, "policy", 3, quiet.tick - 5, quiet.tick + 20, None, "", {})
    assert taken("waiter", replace(quiet, crises=(crisis,))) == 0


def test_the_buck_passer_signs_what_has_nothing_to_do_with_the_threat(plain: View) -> None:
    front = AlignmentView(31, (GAL, HAR), "defence", plain.tick - 100, COR, False, None, "")
    strong = {"power": 0.2, "cooperation": 1.0}
    held = others(replace(calm(plain), alignments=(front,)), COR=FIERCE, GAL=strong, HAR=strong, BEL=strong)
    assert taken("buck-passer", offered(held, BEL)) > SEEDS / 6
    assert taken("buck-passer", offered(held, BEL, COR)) < SEEDS / 10
    assert taken("buck-passer", offered(held, GAL)) < SEEDS / 10, "an opponent of the threat would draw it in"


def test_the_buck_passer_seeks_allies_without_other_opponents_and_aids_them_otherwise(plain: View) -> None:
    alone = others(calm(plain), COR=FIERCE)
    assert any(move.against == COR for move in said("buck-passer", alone, ProposeAlliance))
    front = AlignmentView(31, (GAL, HAR), "defence", alone.tick - 100, COR, False, None, "")
    covered = others(replace(alone, alignments=(front,)), GAL={"power": 0.2}, HAR={"power": 0.2})
    assert not any(move.against == COR for move in said("buck-passer", covered, ProposeAlliance))
    aided = {move.to for move in said("buck-passer", covered, GiveAid)}
    assert aided
    assert aided <= {GAL, HAR}


def test_the_ideologue_signs_with_similar_regimes_only(plain: View) -> None:
    view = others(calm(plain), GAL={"similarity": 0.95}, COR={"similarity": 0.1})
    offered = said("ideologue", view, ProposeAlliance)
    assert offered
    assert {move.to for move in offered} == {GAL}
    for proposer, readily in ((GAL, True), (COR, False)):
        offer = ProposalView(7, proposer, DUN, "consultation", None, False, view.tick + 30)
        calls = (CallView(8, "proposal", 7, view.tick + 30, proposer),)
        asked = replace(view, occasion="call", proposals=(offer,), calls=calls)
        taken = sum(move.accept for move in said("ideologue", asked, AnswerProposal))
        assert (taken > SEEDS * 0.6) is readily


def test_the_ideologue_signs_the_more_readily_the_more_similar_the_regime(plain: View) -> None:
    likeness = {0.9: SEEDS * 0.7, 0.5: SEEDS * 0.3, 0.2: 0.0}
    found = [taken("ideologue", offered(others(calm(plain), GAL={"similarity": like}), GAL)) for like in likeness]
    assert found == sorted(found, reverse=True)
    assert [count >= least for count, least in zip(found, likeness.values(), strict=True)] == [True] * 3
    assert found[2] < SEEDS / 6


def test_the_ideologue_offers_its_own_kind_defence(plain: View) -> None:
    view = others(calm(plain), GAL={"similarity": 0.95})
    assert "defence" in {move.commitment for move in said("ideologue", view, ProposeAlliance)}


def test_the_bandwagoner_offers_the_threat_more_than_paper_and_signs_nothing_against_it(plain: View) -> None:
    offers = said("bandwagoner", others(calm(plain), COR=FIERCE), ProposeAlliance)
    binding = [move for move in offers if move.to == COR and move.commitment in ("arms", "defence")]
    assert len(binding) > len(offers) / 3 > 0
    assert not any(move.against == COR for move in offers)


def test_the_ideologue_of_a_movement_with_one_leader_claims_leadership_and_signs_nothing(plain: View) -> None:
    family = plain.own.family
    alien = {"similarity": 0.2, "family": "republic"}
    view = others(calm(plain), GAL={"similarity": 0.95, "divisive": True, "family": family}, FEN=alien)
    claimed = [move for move in moves("ideologue", view) if move.kind == "claim_leadership"]
    assert len(claimed) > SEEDS / 6
    assert said("ideologue", view, ProposeAlliance) == []
    assert not [move for move in moves("balancer", view) if move.kind == "claim_leadership"]
    leading = replace(view, leaders={family: DUN})
    assert not [move for move in moves("ideologue", leading) if move.kind == "claim_leadership"]


def test_a_poor_aid_seeker_complies_with_its_largest_donor_only(plain: View) -> None:
    view = others(calm(plain), COR={"power": 0.4}, GAL={"power": 0.3})
    paid = replace(view, aid=(AidView(COR, DUN, "economic", 0.2, ""),))
    offered = said("aid-seeker", paid, ProposeAlliance)
    assert sum(move.to == COR for move in offered) > len(offered) * 0.7 > 0
    for flows, readily in (((AidView(COR, DUN, "economic", 0.2, ""),), True), ((), False)):
        condition = ConditionView(41, COR, DUN, "economic", "friendly_words", GAL, view.tick + 60, False)
        asked = replace(
            view,
            aid=flows,
            conditions=(condition,),
            occasion="call",
            calls=(CallView(42, "condition", 41, view.tick + 60, COR),),
        )
        obeys = sum(move.comply for move in said("aid-seeker", asked, AnswerCondition))
        assert (obeys > SEEDS * 0.7) is readily
        assert (obeys < SEEDS * 0.3) is not readily


def test_a_rich_aid_seeker_gives_conditional_aid_and_cuts_it_after_a_refusal(plain: View) -> None:
    rich = replace(calm(plain, power=0.05), own=replace(plain.own, power=0.6, treasury=150.0))
    given = said("aid-seeker", rich, GiveAid)
    assert given
    assert all(move.demand is not None for move in given)
    refused = {
        "id": 1,
        "date": rich.date,
        "tick": rich.tick,
        "kind": "compliance_refused",
        "actors": [DUN, GAL],
        "detail": {},
    }
    flow = AidView(DUN, GAL, "economic", 0.1, "")
    snubbed = replace(rich, aid=(flow,), incidents=(refused,))
    assert len(said("aid-seeker", snubbed, CutAid)) == SEEDS
    assert said("aid-seeker", replace(rich, aid=(flow,)), CutAid) == []


def test_the_penetrator_runs_campaigns_and_follows_only_strong_penetration(plain: View) -> None:
    alien = {"similarity": 0.2, "family": "republic"}
    view = others(calm(plain), GAL={"penetration": 0.05}, COR={"penetration": 0.4}, FEN=alien)
    assert len(said("penetrator", view, Penetrate)) > SEEDS / 4
    assert {move.of for move in said("penetrator", view, Expel)} == {GAL}
    assert {move.to for move in said("penetrator", view, ProposeAlliance)} == {COR}
    assert said("balancer", view, Penetrate) == []
    foes = others(view, GAL={"rivalry": True, "hostility": 1.0})
    means = {(move.aim, move.target == GAL) for move in said("penetrator", foes, Penetrate)}
    assert ("intrusive", True) in means
    assert ("intrusive", False) not in means


def test_the_balancer_expels_agents_of_threats_and_the_hedger_only_strong_penetration(plain: View) -> None:
    view = others(calm(plain), COR={**FIERCE, "penetration": 0.05}, GAL={"penetration": 0.3, "cooperation": 1.0})
    assert {move.of for move in said("balancer", view, Expel)} == {COR}
    assert {move.of for move in said("hedger", view, Expel)} == {GAL}


def test_the_jackal_presses_distracted_states_only(plain: View) -> None:
    view = others(calm(plain), GAL={"contiguity": 1, "power": 0.05, "claimed": "territory"})
    idle = said("jackal", view, Demand)
    crisis = CrisisView(61, COR, GAL, "policy", 3, view.tick - 5, view.tick + 20, None, "", {})
    pressed = said("jackal", replace(view, crises=(crisis,)), Demand)
    assert len(pressed) > 4 * max(1, len(idle))
    assert any(move.ultimatum for move in pressed)
    assert said("balancer", replace(view, crises=(crisis,)), Demand) == []


def test_the_wolf_attacks_weaker_states_without_strong_allies_only(plain: View) -> None:
    view = others(
        calm(plain), GAL={"contiguity": 1, "power": 0.02, "claim": "territory", "claimed": "territory", "rivalry": True}
    )
    view = replace(view, own=replace(view.own, power=0.3, posture="offensive"))
    alone = said("wolf", view, Attack)
    assert {(move.target, move.aim) for move in alone} == {(GAL, "territory")}
    assert said("jackal", view, Attack) == said("balancer", view, Attack) == []
    strong = others(view, COR={"power": 0.4})
    pact = AlignmentView(901, (COR, GAL), "defence", view.tick - 900, None, False, None, "")
    assert said("wolf", strong, Attack)
    assert said("wolf", replace(strong, alignments=(pact,)), Attack) == []


def test_the_wolf_attacks_sooner_during_a_crisis_with_its_target(plain: View) -> None:
    prey = {"contiguity": 1, "power": 0.02, "claimed": "territory", "rivalry": True}
    view = others(calm(plain), GAL=prey)
    view = replace(view, own=replace(view.own, power=0.3, posture="offensive"))
    crisis = CrisisView(61, view.own.id, GAL, "territory", 4, view.tick - 5, view.tick + 20, None, "", {})
    assert len(said("wolf", replace(view, crises=(crisis,)), Attack)) > 1.5 * len(said("wolf", view, Attack)) > 0


def test_friends_escalate_against_each_other_less_often(plain: View) -> None:
    view = others(calm(plain), COR={"similarity": 1.0, "power": 0.2}, GAL={"similarity": 0.0, "power": 0.2})
    risen = {}
    for other in (COR, GAL):
        crisis = CrisisView(61, other, view.own.id, "policy", 3, view.tick - 5, view.tick + 20, None, "", {})
        asked = replace(
            view, occasion="call", crises=(crisis,), calls=(CallView(5, "crisis", 61, view.tick + 20, other),)
        )
        risen[other] = sum(move.response == "escalate" for move in said("wolf", asked, RespondCrisis))
    assert risen[COR] < 0.6 * risen[GAL]


def test_partners_stay_together_while_they_share_a_grave_threat(plain: View) -> None:
    pact = AlignmentView(901, (plain.own.id, GAL), "defence", plain.tick, None, False, None, "")
    safe = replace(others(calm(plain), GAL={"similarity": 0.5}), alignments=(pact,), tick=plain.tick + 2000)
    menaced = others(safe, COR=FIERCE | {"rivalry": True})
    leaving = [initiatives.leave_chance(Assessment(view), pact) for view in (safe, menaced)]
    assert 0 < leaving[1] < 0.5 * leaving[0]
    both = AlignmentView(902, (COR, GAL), "defence", plain.tick - 2000, None, False, None, "")
    deserted = initiatives.leave_chance(Assessment(replace(menaced, alignments=(pact, both))), pact)
    assert deserted > leaving[0], "a partner that is bound to the threat shares it no more"


def test_no_state_leaves_an_opening_alliance_in_the_first_year(plain: View) -> None:
    old = AlignmentView(901, (plain.own.id, GAL), "defence", -4000, None, False, None, "")
    rates = [
        initiatives.leave_chance(Assessment(replace(calm(plain), alignments=(old,), tick=tick)), old)
        for tick in (0, 300, 400)
    ]
    assert rates[0] == rates[1] == 0.0
    assert rates[2] > 0.0


def test_no_two_bundled_bots_play_alike(checkerboard: str, watch: Callable[..., Any]) -> None:
    played = {bot: watch(checkerboard, bot, years=4).kinds() for bot in roster.bot_names()}
    names = list(played)
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            assert played[one] != played[other], (one, other)
