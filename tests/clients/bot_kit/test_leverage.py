"""What bots do with money: they press recipients, and sanction states while these give cause. What weak regimes do for kin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from msgspec import structs

from counterpoise.sim.moves.sanction import Sanction
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import (
    AidView,
    AlignmentView,
    CampaignView,
    ConditionView,
    CrisisView,
    SanctionView,
    View,
)
from counterpoise_clients.bot_kit import initiatives, instruments, kinship, leverage
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.testing import recorded_views

ARD, BEL, COR, DUN, FEN, GAL = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "FEN", "GAL"))
SURE = 1.0


@pytest.fixture(scope="module")
def view(checkerboard: str) -> View:
    """The opening view of Dunmark in the checkerboard, rich and without a tie to anybody."""
    found = next(view for view in recorded_views(checkerboard, stops=1) if view.own.id == DUN)
    return replace(
        found, own=replace(found.own, treasury=150.0), alignments=(), aid=(), calls=(), crises=(), campaigns=()
    )


def move_list(view: View) -> MoveList:
    return MoveList(Assessment(view), Random("1"))


def kinds(moves: MoveList) -> list[str]:
    return [move.kind for move in moves.moves]


def with_other(view: View, state: ActorId, **changed: object) -> View:
    """Return the view with some fields of another state changed."""
    others = [structs.replace(other, **changed) if other.id == state else other for other in view.others]
    return replace(view, others=tuple(others))


def test_a_donor_ties_one_demand_at_a_time_to_its_aid(view: View) -> None:
    flowing = replace(view, aid=(AidView(DUN, GAL, "economic", 0.1, ""),))
    asked = move_list(flowing)
    leverage.press_recipients(asked, rate=SURE)
    [move] = asked.moves
    assert (move.kind, getattr(move, "to", None)) == ("give_aid", GAL)
    assert (getattr(move, "demand", None), getattr(move, "about", None)) in leverage.demands_on(
        Assessment(flowing), GAL
    )
    waiting = ConditionView(5, DUN, GAL, "economic", "friendly_words", DUN, 60, False)
    silent = move_list(replace(flowing, conditions=(waiting,)))
    leverage.press_recipients(silent, rate=SURE)
    assert silent.moves == []


def test_a_donor_wants_a_recipient_to_leave_the_donors_enemies(view: View) -> None:
    enemy = next(other.id for other in view.others if other.rivalry)
    client = next(state for state in (ARD, GAL, FEN) if state != enemy)
    pact = AlignmentView(3, (client, enemy), "defence", 0, None, False, None, "")
    assert ("leave_alliance", enemy) in leverage.demands_on(Assessment(replace(view, alignments=(pact,))), client)
    assert ("leave_alliance", enemy) not in leverage.demands_on(Assessment(view), client)


def test_a_state_sanctions_one_that_presses_it_and_no_partner(view: View) -> None:
    pressing = CrisisView(9, BEL, DUN, "policy", 3, 0, 20, None, "", {})
    cause = with_other(replace(view, crises=(pressing,)), BEL, hostility=1.0)
    imposed = move_list(cause)
    leverage.impose_sanctions(imposed, rate=SURE)
    assert [(move.kind, getattr(move, "against", None)) for move in imposed.moves] == [("sanction", BEL)]
    tie = AlignmentView(3, (BEL, DUN), "arms", 0, None, False, None, "")
    spared = move_list(replace(cause, alignments=(tie,)))
    leverage.impose_sanctions(spared, rate=SURE)
    assert spared.moves == []


def test_a_sanction_is_lifted_once_its_cause_is_gone_and_kept_while_it_lasts(view: View) -> None:
    sanctioned = replace(view, sanctions=(SanctionView(DUN, BEL, "trade", 0),))
    lifted = move_list(with_other(sanctioned, BEL, stated_intent="friendly"))
    leverage.lift_sanctions(lifted, rate=0.0)
    assert [(move.kind, getattr(move, "course", None)) for move in lifted.moves] == [("sanction", "lift")]
    pressing = CrisisView(9, BEL, DUN, "policy", 3, 0, 20, None, "", {})
    kept = move_list(replace(with_other(sanctioned, BEL, stated_intent="friendly"), crises=(pressing,)))
    leverage.lift_sanctions(kept, rate=SURE)
    assert kept.moves == []


def test_a_campaign_is_renewed_before_it_ends(view: View) -> None:
    running = replace(view, campaigns=(CampaignView(GAL, "lobbying", "limited", 0.8, view.tick + 30),))
    renewals = 0
    for seed in range(20):
        made = MoveList(Assessment(running), Random(str(seed)))
        leverage.cultivate(made, rate=0.0)
        renewals += kinds(made) == ["penetrate"]
    assert 8 <= renewals <= 20


def test_a_weak_regime_seeks_its_kin_more_often_than_a_strong_one(view: View) -> None:
    counts = {}
    for legitimacy in (0.1, 0.9):
        regime = replace(view, own=replace(view.own, legitimacy=legitimacy, standing=0.0))
        counts[legitimacy] = 0
        for seed in range(300):
            made = MoveList(Assessment(regime), Random(str(seed)))
            kinship.seek_kin(made, rate=0.5)
            counts[legitimacy] += len(made.moves)
    assert counts[0.1] > counts[0.9]


def test_a_regime_beside_its_leader_seeks_nobody(view: View) -> None:
    made = move_list(replace(view, own=replace(view.own, legitimacy=0.0, standing=1.0)))
    kinship.seek_kin(made, rate=SURE)
    assert made.moves == []


def test_a_state_under_sanctions_of_the_seat_gets_no_aid_from_it(view: View) -> None:
    ways: tuple[Callable[[MoveList], None], ...] = (
        lambda made: initiatives.give_aid(made, GAL, "military", 0.1),
        lambda made: instruments.give_conditional_aid(made, GAL, "economic", 0.1, "friendly_words", DUN),
    )
    for give in ways:
        free, bound = move_list(view), move_list(replace(view, sanctions=(SanctionView(DUN, GAL, "arms", 0),)))
        imposing = move_list(view)
        imposing.moves.append(Sanction(GAL, "impose", "arms"))
        for made in (free, bound, imposing):
            give(made)
        assert kinds(free) == ["give_aid"]
        assert (kinds(bound), kinds(imposing)) == ([], ["sanction"])
