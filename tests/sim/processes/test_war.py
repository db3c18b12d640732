from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import crisis, war
from counterpoise.sim.rules import alignments
from counterpoise.sim.rules.conflict import war_month
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))
Run = Callable[[Simulation, int], None]


def _kinds(sim: Simulation) -> list[str]:
    return [incident.kind for incident in sim.world.incidents]


def test_a_pair_at_war_stays_in_one_war(sim: Simulation) -> None:
    fought = war.begin(sim, (A,), (B,), "territory")
    assert war.begin(sim, (B,), (A,), "regime") is fought
    assert len(sim.world.wars) == 1


def test_an_attack_on_an_ally_breaks_a_promise_and_ends_the_alignment(sim: Simulation) -> None:
    war.begin(sim, (D,), (B,), "territory")
    assert not list(sim.world.alignments_between(B, D))
    assert sim.world.dyad(B, D).broken_promises.at(0) == 1
    assert sim.world.dyad(B, D).hostility.at(0) == 1


def test_a_war_between_donor_and_recipient_ends_the_aid(sim: Simulation) -> None:
    war.begin(sim, (C,), (E,), "policy")
    assert [key[:2] for key in sim.world.aid] == [(E, B)]


def test_an_attack_ends_the_crisis_of_the_pair(sim: Simulation) -> None:
    crisis.begin(sim, C, D, "policy", level=3)
    war.begin(sim, (C,), (D,), "policy")
    assert not sim.world.crises
    assert sim.world.dyad(D, C).hostility.at(0) == pytest.approx(1.0)


def test_a_war_is_reviewed_every_thirty_days(sim: Simulation, run_to: Run) -> None:
    fought = war.begin(sim, (A,), (B,), "territory")
    run_to(sim, 31)
    assert [i.tick for i in sim.world.incidents if i.kind == "war_review"] == [30]
    assert min(fought.losses.values()) > 0


def test_every_war_ends_within_a_generation(sim: Simulation, run_to: Run) -> None:
    sim.world.end *= 5
    war.begin(sim, (A,), (B,), "territory")
    war.begin(sim, (C,), (D,), "policy")
    run_to(sim, sim.world.end)
    assert not sim.world.wars
    assert _kinds(sim).count("war_ended") == 2


def test_honouring_a_call_joins_and_counts(sim: Simulation) -> None:
    fought = war.begin(sim, (B,), (A,), "territory")
    war.answer_ally(sim, fought, C, True)
    assert fought.defenders == (A, C)
    assert sim.world.actors[C].honoured == 1
    assert not [call for call in sim.world.calls.values() if call.actor == C]


def test_reneging_counts_and_leaves_a_broken_promise(sim: Simulation) -> None:
    fought = war.begin(sim, (B,), (A,), "territory")
    war.answer_ally(sim, fought, C, False)
    assert fought.defenders == (A,)
    assert sim.world.actors[C].reneged == 1
    assert sim.world.dyad(A, C).broken_promises.at(0) == 1


def test_nobody_can_answer_a_call_that_was_not_made(sim: Simulation) -> None:
    fought = war.begin(sim, (B,), (A,), "territory")
    war.answer_ally(sim, fought, D, False)
    assert sim.world.actors[D].reneged == 0


def test_a_silent_ally_gets_a_default_answer(sim: Simulation, run_to: Run) -> None:
    war.begin(sim, (B,), (A,), "territory")
    run_to(sim, 32)
    ally = sim.world.actors[C]
    assert ally.honoured + ally.reneged <= 1
    assert ("call_lapsed" in _kinds(sim)) == (ally.honoured + ally.reneged == 1)


def test_a_state_cannot_join_a_second_war_against_the_same_enemy(sim: Simulation) -> None:
    first = war.begin(sim, (A,), (B,), "territory")
    second = war.begin(sim, (D,), (B,), "policy")
    war.join(sim, second, A, D)
    assert second.attackers == (D,)
    war.join(sim, first, D, B)
    assert first.defenders == (B,)


def test_a_state_that_attacks_its_comrade_leaves_their_common_war(sim: Simulation) -> None:
    common = war.begin(sim, (A, D), (B,), "territory")
    war.begin(sim, (D,), (A,), "policy")
    assert common.attackers == (A,)


def test_peace_between_the_principals_ends_the_war(sim: Simulation) -> None:
    fought = war.begin(sim, (A, D), (B, E), "territory")
    war.offer_peace(sim, fought, A)
    assert [call.actor for call in sim.take_calls() if call.reason == "peace"] == [B, E]
    war.answer_peace(sim, fought, B, True)
    assert not sim.world.wars
    assert sim.world.incidents[-1].detail["outcome"] == "COMPROMISE"
    assert not [call for call in sim.world.calls.values() if call.reason == "peace"]


def test_an_ally_can_make_a_separate_peace(sim: Simulation) -> None:
    fought = war.begin(sim, (A, D), (B, E), "territory")
    war.offer_peace(sim, fought, D)
    assert [call.actor for call in sim.take_calls() if call.reason == "peace"] == [B]
    war.answer_peace(sim, fought, B, True)
    assert (fought.attackers, fought.defenders) == ((A,), (B, E))
    war.offer_peace(sim, fought, A)
    war.answer_peace(sim, fought, E, True)
    assert (fought.attackers, fought.defenders) == ((A,), (B,))


def test_a_refused_peace_offer_stands_until_its_deadline(sim: Simulation, run_to: Run) -> None:
    fought = war.begin(sim, (A,), (B,), "territory")
    war.offer_peace(sim, fought, A)
    war.answer_peace(sim, fought, B, False)
    assert "peace_refused" in _kinds(sim)
    assert A in fought.peace_offers
    run_to(sim, 31)
    assert A not in fought.peace_offers


def test_a_silent_enemy_gets_a_default_answer_to_a_peace_offer(sim: Simulation, run_to: Run) -> None:
    fought = war.begin(sim, (A,), (B,), "territory")
    war.offer_peace(sim, fought, A)
    run_to(sim, 31)
    lapsed = [i for i in sim.world.incidents if i.kind == "call_lapsed" and i.detail["reason"] == "peace"]
    if lapsed:
        assert lapsed[0].audience == (B,)
        assert (fought.id in sim.world.wars) == (lapsed[0].detail["default"] == "refuse")
    assert not [call for call in sim.world.calls.values() if call.reason == "peace"]


def test_a_principal_that_leaves_a_war_leaves_no_open_call(sim: Simulation) -> None:
    fought = war.begin(sim, (A, D), (B,), "territory")
    war.offer_peace(sim, fought, A)
    war.leave(sim, fought, A, "gone")
    assert fought.attackers == (D,)
    assert not [call for call in sim.world.calls.values() if call.reason == "peace"]


def test_a_state_that_joins_the_attack_on_its_partner_breaks_a_promise(sim: Simulation) -> None:
    alignments.form(sim, (A, C), "offence")
    alignments.form(sim, (B, C), "nonaggression")
    fought = war.begin(sim, (A,), (B,), "territory")
    war.answer_ally(sim, fought, C, True)
    assert fought.attackers == (A, C)
    assert sim.world.dyad(B, C).broken_promises.at(0) == 1
    assert not list(sim.world.alignments_between(B, C))


def test_an_attack_after_friendly_words_is_a_broken_promise(sim: Simulation) -> None:
    sim.world.dyad(D, C).stated_intent = "friendly"
    war.begin(sim, (C,), (D,), "policy")
    assert sim.world.dyad(D, C).broken_promises.at(0) == 1
    assert sim.world.dyad(D, C).stated_intent == "hostile"
    assert "words_belied" in _kinds(sim)


def test_an_uneven_war_ends_sooner(sim: Simulation) -> None:
    # Certain victory, quicker peace: by the hazard of an end, and by what silent losers accept.
    fought = war.begin(sim, (C,), (D,), "policy")
    even = war_month.ending_hazard(sim.world, fought)
    sim.world.actors[C].power *= 20
    assert war_month.ending_hazard(sim.world, fought) > 2 * even


def test_a_silent_side_accepts_peace_more_often_when_it_is_losing(
    calm: Scenario, run_to: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(war, "draw_ending", lambda *of: None)
    monkeypatch.setattr(war, "attackers_win_chance", lambda *of: of[1].win_chance)
    peaces = {0.5: 0, 0.95: 0}
    for chance in peaces:
        for seed in range(40):
            sim = Simulation(calm, f"peace {seed}")
            fought = war.begin(sim, (C,), (D,), "policy")
            fought.win_chance = chance
            war.offer_peace(sim, fought, C)
            run_to(sim, 40)
            peaces[chance] += not sim.world.wars
    assert peaces[0.95] > peaces[0.5] > 0
