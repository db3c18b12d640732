"""Who is whose enemy and patron follows from the public ties and rivalries of a view."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from msgspec import structs

from counterpoise.session.running_session import Session
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.views.view import AlignmentView, View
from counterpoise_clients.bot_kit import enmities
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList, offer_alliance

EGY, ISR, USA, USR, SUD, TUR = (ActorId(code) for code in ("EGY", "ISR", "USA", "USR", "SUD", "TUR"))


@pytest.fixture(scope="module")
def view(middle_east: str) -> View:
    plain = Session(scenario_text=middle_east, seed="1", session_id="s", secret="s").view(EGY)
    return replace(plain, alignments=(), aid=(), wars=(), crises=())


def tied(view: View, a: ActorId, b: ActorId, commitment: Commitment = "arms") -> View:
    return replace(view, alignments=(AlignmentView(900, (a, b), commitment, 0, None, False, a, ""),))


def test_rivals_are_enemies_and_shared_ones_are_common(view: View) -> None:
    assessment = Assessment(view)
    assert ISR in assessment.own_enemies
    assert ISR in enmities.common_enemies(assessment, ActorId("SYR"))
    assert ISR not in enmities.common_enemies(assessment, SUD)


def test_a_much_stronger_partner_is_a_patron(view: View) -> None:
    assert enmities.patrons_of(Assessment(view), ISR) == []
    assert enmities.patrons_of(Assessment(tied(view, USA, ISR)), ISR) == [USA]
    assert enmities.patrons_of(Assessment(tied(view, SUD, ISR)), ISR) == [], "a weaker partner stands behind nobody"
    assert enmities.patrons_of(Assessment(tied(view, USA, ISR, "neutrality")), ISR) == []


def test_an_ally_of_an_enemy_is_seen(view: View) -> None:
    assert not enmities.is_allied_with_enemy(Assessment(view), USA, [ISR])
    assert enmities.is_allied_with_enemy(Assessment(tied(view, USA, ISR)), USA, [ISR])


def test_a_rival_of_the_enemys_partner_is_half_an_enemy_of_the_enemy(view: View) -> None:
    assert enmities.enmity_with(Assessment(view), ActorId("SYR"), ISR) == 1.0
    assert enmities.enmity_with(Assessment(view), USR, ISR) == 0.0
    assert enmities.enmity_with(Assessment(tied(view, USA, ISR)), USR, ISR) == 0.5


def test_an_enemy_of_an_ally_is_seen_and_not_promised_help(view: View) -> None:
    syria = ActorId("SYR")
    assert not enmities.is_enemy_of_partner(Assessment(view), USR), "the seat has no partners"
    assert enmities.is_enemy_of_partner(Assessment(tied(view, EGY, syria, "defence")), ISR)
    assert not enmities.is_enemy_of_partner(Assessment(tied(view, EGY, syria, "neutrality")), ISR)

    def offers(seen: View) -> list[Move]:
        # Without rivalries of its own, only the ally's enmity can keep the seat from an offer.
        calm = replace(seen, others=tuple(structs.replace(other, rivalry=False) for other in seen.others))
        made = [MoveList(Assessment(calm), Random(number)) for number in range(60)]
        for moves in made:
            offer_alliance(moves, ISR, "defence")
        return [move for moves in made for move in moves.moves]

    assert offers(view)
    assert offers(tied(view, EGY, syria, "defence")) == []
