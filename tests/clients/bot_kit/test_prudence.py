"""A seat reckons with its target's allies, with distance and with nuclear arms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import AlignmentView, View, WarView
from counterpoise_clients.bot_kit import prudence
from counterpoise_clients.bot_kit.assessment import Assessment

EGY, ISR, JOR, USA = (ActorId(code) for code in ("EGY", "ISR", "JOR", "USA"))


@pytest.fixture(scope="module")
def view(middle_east: str) -> View:
    plain = Session(scenario_text=middle_east, seed="1", session_id="s", secret="s").view(EGY)
    return replace(plain, alignments=(), aid=(), wars=(), crises=())


def changed(view: View, state: ActorId, **fields: Any) -> Assessment:
    return Assessment(
        replace(view, others=tuple(msgspec.structs.replace(o, **fields) if o.id == state else o for o in view.others))
    )


def test_the_allies_of_a_target_lower_the_chance_of_an_attack(view: View) -> None:
    alone = prudence.attack_chance(Assessment(view), JOR)
    pact = AlignmentView(900, (JOR, USA), "defence", 0, None, False, None, "")
    assert prudence.attack_chance(Assessment(replace(view, alignments=(pact,))), JOR) < alone


def test_distance_lowers_the_chance_of_an_attack(view: View) -> None:
    near = prudence.attack_chance(changed(view, JOR, proximity=1.0), JOR)
    assert prudence.attack_chance(changed(view, JOR, proximity=0.2), JOR) < near


def test_a_lost_war_is_hopeless_unless_the_joiner_is_strong(view: View) -> None:
    war = WarView(901, (ISR,), (JOR,), "policy", 0, 0.95, ())
    weak = Assessment(replace(view, own=replace(view.own, power=0.00001)))
    strong = Assessment(replace(view, own=replace(view.own, power=0.5)))
    assert prudence.is_hopeless(weak, war, war.defenders)
    assert not prudence.is_hopeless(strong, war, war.defenders)
    assert not prudence.is_hopeless(weak, war, war.attackers)


def test_nuclear_arms_of_an_enemy_or_its_protector_call_for_caution(view: View) -> None:
    assert prudence.nuclear_caution(Assessment(view), JOR) == 1.0
    armed = changed(view, JOR, nuclear=True)
    assert prudence.nuclear_caution(armed, JOR) < 0.5
    both = Assessment(replace(armed.view, own=replace(view.own, nuclear=True)))
    assert prudence.nuclear_caution(both, JOR) < prudence.nuclear_caution(armed, JOR)
    pact = AlignmentView(900, (JOR, USA), "defence", 0, None, False, None, "")
    guarded = changed(replace(view, alignments=(pact,)), USA, nuclear=True)
    assert prudence.nuclear_caution(guarded, JOR) < 1.0


def test_a_promise_to_a_state_out_of_reach_is_worth_little(view: View) -> None:
    assert prudence.reach_factor(changed(view, JOR, proximity=1.0, reach=1.0), JOR) == 1.0
    assert prudence.reach_factor(changed(view, JOR, proximity=0.05, reach=0.05), JOR) < 0.1


def test_the_pace_is_higher_in_a_game_of_few_windows(view: View) -> None:
    assert Assessment(view).pace == 1.0, "the first window does not tell how many there are"
    assert Assessment(replace(view, tick=182, window=1, end=1461)).pace > 4.0
    assert Assessment(replace(view, tick=910, window=10, end=9131)).pace == 1.0
