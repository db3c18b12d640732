"""Bots seek the ties that their objectives want, and ask for something that binds when they are offered paper."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from msgspec import structs

from counterpoise.session.running_session import Session
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.scenario import Objective
from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.views.view import AlignmentView, OtherState, View
from counterpoise_clients.bot_kit import ambitions, wants
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList

ARD, BEL, COR, DUN, GAL = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "GAL"))


class EveryChance(MoveList):
    """A list in which every chance happens."""

    def happens(self, probability: float) -> bool:
        return probability > 0.0


@pytest.fixture(scope="module")
def view(checkerboard: str) -> View:
    """Return a view of a state at peace, which has no ties and no rivals and fears nobody much."""
    plain = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="s").view(ARD)

    def friendly(other: OtherState) -> OtherState:
        return structs.replace(
            other, rivalry=False, claim=None, claimed=None, hostility=0.0, similarity=0.6, proximity=0.9, divisive=False
        )

    return replace(plain, alignments=(), rivalries=(), others=tuple(friendly(other) for other in plain.others))


def wanting(view: View, *objectives: Objective) -> View:
    return replace(view, own=replace(view.own, objectives=objectives))


def asked(view: View, **given: object) -> list[ProposeAlliance]:
    move_list = EveryChance(Assessment(view, threat_floor=1.0), Random(0))
    ambitions.pursue(move_list, rate=1.0, **given)  # type: ignore[arg-type]
    return [move for move in move_list.moves if isinstance(move, ProposeAlliance)]


def refusing(view: View, proposer: ActorId, commitment: Commitment) -> View:
    refusal = {
        "id": 1, "date": "", "tick": view.tick, "kind": "alliance_refused", "actors": [ARD, proposer],
        "detail": {"commitment": commitment},
    }  # fmt: skip
    return replace(view, incidents=(refusal,))


def tied(view: View, commitment: Commitment, *partners: ActorId) -> View:
    pacts = (AlignmentView(900 + n, (ARD, p), commitment, 0, None, False, None, "") for n, p in enumerate(partners))
    return replace(view, alignments=tuple(pacts))


def test_a_seat_offers_a_tie_to_the_state_that_it_wants_as_an_ally(view: View) -> None:
    assert [move.to for move in asked(wanting(view, Objective("allies", (GAL,))))] == [GAL]


def test_a_seat_that_wants_no_ally_seeks_none(view: View) -> None:
    assert asked(wanting(view, Objective("peace"))) == []


def test_a_protector_is_stronger_than_the_seat(view: View) -> None:
    powers = {BEL: 2.0 * view.own.power, COR: 0.5 * view.own.power}
    others = tuple(structs.replace(o, power=powers.get(o.id, o.power)) for o in view.others)
    seat = wanting(replace(view, others=others), Objective("protector", (BEL, COR)))
    assert list(wants.wanted_partners(Assessment(seat, threat_floor=1.0))) == [BEL]


def test_arms_come_first_and_defence_to_a_close_state_once_the_two_are_tied(view: View) -> None:
    seat = wanting(view, Objective("allies", (GAL,)))
    friends = replace(seat, others=tuple(structs.replace(o, similarity=0.9) for o in seat.others))
    assert [move.commitment for move in asked(friends)] == ["arms"]
    assert [move.commitment for move in asked(tied(friends, "arms", GAL))] == ["defence"]
    assert [move.commitment for move in asked(tied(seat, "consultation", GAL))] == ["arms"]
    assert [move.commitment for move in asked(tied(friends, "consultation", GAL), firm=False)] == ["arms"]


def test_a_seat_signs_nothing_against_a_state_that_it_spares(view: View) -> None:
    feud = replace(
        view,
        others=tuple(structs.replace(o, rivalry=o.id == COR) for o in view.others),
        rivalries=((ARD, COR), (BEL, COR)),
    )
    seat = wanting(feud, Objective("allies", (BEL,)))
    assert [move.against for move in asked(seat)] == [COR]
    assert [move.against for move in asked(seat, spared=COR)] == [None]
    move_list = EveryChance(Assessment(refusing(seat, BEL, "consultation"), threat_floor=1.0), Random(0))
    ambitions.pursue(move_list, rate=0.0, spared=COR)
    assert move_list.moves == [ProposeAlliance(BEL, "arms")], "what it wants, but not against that state"


def test_a_seat_with_an_ally_does_not_seek_it_again(view: View) -> None:
    assert asked(tied(wanting(view, Objective("allies", (GAL,))), "defence", GAL)) == []


def test_a_seat_that_can_bear_no_more_partners_asks_nobody(view: View) -> None:
    burdened = tied(wanting(view, Objective("allies", (GAL,))), "defence", *[o.id for o in view.others if o.id != GAL])
    assert not wants.can_bear_partner(Assessment(burdened))
    assert asked(burdened) == []


def test_a_seat_that_was_offered_paper_asks_a_wanted_state_for_arms(view: View) -> None:
    seat = wanting(view, Objective("allies", (GAL,)))
    move_list = EveryChance(Assessment(refusing(seat, GAL, "nonaggression"), threat_floor=1.0), Random(0))
    ambitions.pursue(move_list, rate=0.0)
    assert move_list.moves == [ProposeAlliance(GAL, "arms")]


def test_a_seat_that_was_offered_paper_asks_for_defence_against_a_common_enemy(view: View) -> None:
    feud = replace(
        view,
        others=tuple(structs.replace(o, rivalry=o.id == COR) for o in view.others),
        rivalries=((ARD, COR), (BEL, COR)),
    )
    move_list = EveryChance(Assessment(refusing(wanting(feud), BEL, "consultation"), threat_floor=1.0), Random(0))
    ambitions.pursue(move_list, rate=0.0)
    assert move_list.moves == [ProposeAlliance(BEL, "defence", COR)]


def test_a_refused_promise_that_binds_is_not_answered_with_a_request(view: View) -> None:
    seat = wanting(view, Objective("allies", (GAL,)))
    move_list = EveryChance(Assessment(refusing(seat, GAL, "defence"), threat_floor=1.0), Random(0))
    ambitions.pursue(move_list, rate=0.0)
    assert move_list.moves == []
