"""A state whose enemy has a patron turns to the patron's rival, and the rival looks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import msgspec
import pytest

from counterpoise.session.running_session import Session
from counterpoise.sim.move import Move
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.moves.support_side import SupportSide
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import AidView, AlignmentView, CrisisView, View
from counterpoise_clients.bot_kit import patronage
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList

EGY, SYR, ISR, USA, USR = (ActorId(code) for code in ("EGY", "SYR", "ISR", "USA", "USR"))
ARMS_FOR_ISRAEL = AlignmentView(900, (USA, ISR), "arms", 0, None, False, USA, "")
SEEDS = 60


@pytest.fixture(scope="module")
def views(middle_east: str) -> dict[ActorId, View]:
    session = Session(scenario_text=middle_east, seed="1", session_id="s", secret="s")
    return {
        seat: replace(session.view(seat), alignments=(), aid=(), wars=(), crises=(), tick=2000, window=22)
        for seat in (EGY, USR, USA)
    }


def moves(view: View, act: Callable[[MoveList], None]) -> list[Move]:
    made: list[Move] = []
    for seed in range(SEEDS):
        move_list = MoveList(Assessment(view), Random(f"patronage {seed}"))
        act(move_list)
        made += move_list.moves
    return made


def seek(move_list: MoveList) -> None:
    patronage.seek_patron(move_list, rate=1.0)


def arm(move_list: MoveList) -> None:
    patronage.arm_enemies_of_clients(move_list, rate=1.0)


def test_a_state_whose_enemy_is_armed_by_one_power_turns_to_the_other(views: dict[ActorId, View]) -> None:
    view = views[EGY]
    assert moves(view, seek) == []
    asked = moves(replace(view, alignments=(ARMS_FOR_ISRAEL,)), seek)
    assert asked
    assert {(move.to, move.commitment) for move in asked if isinstance(move, ProposeAlliance)} == {
        (USR, "consultation")
    }


def test_a_pact_comes_after_the_first_tie(views: dict[ActorId, View]) -> None:
    gift = AidView(USR, EGY, "military", 0.1, "")
    view = replace(views[EGY], alignments=(ARMS_FOR_ISRAEL,), aid=(gift,))
    offers = [move for move in moves(view, seek) if isinstance(move, ProposeAlliance)]
    assert {(offer.to, offer.commitment) for offer in offers} == {(USR, "defence")}


def test_a_power_arms_the_enemies_of_its_rivals_clients(views: dict[ActorId, View]) -> None:
    view = replace(views[USR], own=replace(views[USR].own, treasury=150.0))
    assert moves(view, arm) == []
    given = moves(replace(view, alignments=(ARMS_FOR_ISRAEL,)), arm)
    assert given
    assert {move.to for move in given if isinstance(move, GiveAid)} <= {EGY, SYR, ActorId("JOR"), ActorId("IRQ")}
    armed = AidView(USR, EGY, "military", 0.1, "")
    later = moves(replace(view, alignments=(ARMS_FOR_ISRAEL,), aid=(armed,)), arm)
    assert any(isinstance(move, ProposeAlliance) and move.to == EGY for move in later)


def test_nobody_arms_a_state_that_is_out_of_reach(views: dict[ActorId, View]) -> None:
    view = replace(views[USR], own=replace(views[USR].own, treasury=150.0), alignments=(ARMS_FOR_ISRAEL,))
    far = tuple(msgspec.structs.replace(other, proximity=0.0001, reach=0.0001) for other in view.others)
    assert moves(replace(view, others=far), arm) == []


def test_a_great_power_with_a_rival_of_its_rank_builds_a_camp(views: dict[ActorId, View]) -> None:
    offers = moves(views[USA], lambda move_list: patronage.build_camp(move_list, rate=1.0))
    assert offers
    assert {move.against for move in offers if isinstance(move, ProposeAlliance)} == {USR}
    alone = replace(
        views[USA], others=tuple(msgspec.structs.replace(other, rivalry=False) for other in views[USA].others)
    )
    assert moves(alone, lambda move_list: patronage.build_camp(move_list, rate=1.0)) == []


def test_a_bystander_supports_the_enemy_of_its_enemy_and_the_bold_one_the_strong(views: dict[ActorId, View]) -> None:
    view = replace(views[EGY], own=replace(views[EGY].own, treasury=150.0))
    friendly = tuple(
        msgspec.structs.replace(other, cooperation=1.0, similarity=0.9, divisive=False, rivalry=False, hostility=0.0)
        if other.id == SYR
        else other
        for other in view.others
    )
    crisis = CrisisView(901, ISR, SYR, "policy", 2, 0, 2500, None, "", {})
    seen = replace(view, others=friendly, crises=(crisis,))
    taken = moves(seen, lambda move_list: patronage.take_sides(move_list, rate=1.0))
    assert {move.side for move in taken if isinstance(move, SupportSide)} == {SYR}
    strong = "USA"
    uneven = replace(seen, crises=(CrisisView(902, USA, ActorId("SUD"), "policy", 2, 0, 2500, None, "", {}),))
    gained = moves(uneven, lambda move_list: patronage.side_with_strong(move_list, rate=1.0))
    assert {move.side for move in gained if isinstance(move, SupportSide)} == {strong}
