from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterpoise.sim.numbers.decaying_sum import DecayingSum
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident, World
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.decisions.freezing import freeze
from counterpoise.theory.decisions.outcome import Outcome, observe
from counterpoise.theory.forecasts import forecast

ME = ActorId("S00")


class Stand:
    """One state's decision, with methods to make it."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.dyads[ME, ActorId("S02")].hostility = DecayingSum(3.0, 0)
        self.point: DecisionPoint = next(point for point in freeze(world) if point.actor == ME)
        assert self.point.threatened
        self.top = self.point.top_threat
        fearful = [k for k in self.point.candidates if not k.prior and k.id not in self.point.contenders]
        self.sharing = next(k.id for k in fearful if k.fear_of_top_threat >= self.point.shared_floor)
        self.careless = next((k.id for k in fearful if k.fear_of_top_threat < self.point.shared_floor), None)

    def sign(self, *partners: ActorId, tick: int = 10, **more: Any) -> Alignment:
        number = 100 + len(self.world.alignments)
        made = Alignment(number, (ME, *partners), more.pop("commitment", "defence"), since=tick, **more)
        self.world.alignments[number] = made
        return made

    def log(self, kind: str, *actors: ActorId, **detail: Any) -> None:
        self.world.incidents.append(Incident(len(self.world.incidents), 20, kind, actors, None, detail))

    def close(self) -> Outcome:
        self.world.tick = self.point.closes
        return observe(self.point, self.world)


@pytest.fixture
def stand(world: World) -> Stand:
    return Stand(world)


def test_an_alliance_with_a_state_that_shares_the_threat_is_balancing(stand: Stand) -> None:
    stand.sign(stand.sharing)
    made = stand.close()
    assert (made.alignment_class, made.choice, made.partners) == ("BAL", f"BAL:{stand.sharing}", (stand.sharing,))
    assert made.kind == "formation"


def test_an_alliance_with_the_threat_is_bandwagoning_even_beside_other_pacts(stand: Stand) -> None:
    stand.sign(stand.sharing, tick=5)
    stand.sign(stand.top, tick=9)
    made = stand.close()
    assert (made.alignment_class, made.choice) == ("BW", "BW")
    assert made.partners == (stand.sharing, stand.top)


def test_a_pact_that_names_the_threat_is_balancing_with_any_partner(world_of: Callable[..., World]) -> None:
    stand = next(s for s in (Stand(world_of(9, seed, outside=3)) for seed in range(20)) if s.careless is not None)
    assert stand.careless is not None
    pact = stand.sign(stand.careless)
    assert stand.close().alignment_class == "OTHER"
    pact.against = stand.top
    assert stand.close().alignment_class == "BAL"
    assert stand.close().choice == f"OTHER:{stand.careless}"


def test_the_earliest_of_several_partners_is_the_choice(stand: Stand) -> None:
    later, earlier = [k.id for k in stand.point.candidates if not k.prior][:2]
    stand.sign(later, tick=12)
    stand.sign(earlier, tick=3)
    made = stand.close()
    assert made.partners == (earlier, later)
    assert made.choice.endswith(earlier)


def test_doing_nothing_while_others_balance_is_hiding(stand: Stand) -> None:
    quiet = stand.close()
    assert (quiet.alignment_class, quiet.choice, quiet.kind) == ("NEU", "NEU", "abstention")
    others = [k.id for k in stand.point.candidates][:2]
    stand.world.alignments[90] = Alignment(90, (others[0], others[1]), "defence", since=30, against=stand.top)
    hidden = stand.close()
    assert (hidden.alignment_class, hidden.choice) == ("HIDE", "HIDE")


def test_yielding_to_the_threat_and_leaving_an_alliance_against_it_is_bandwagoning(stand: Stand) -> None:
    front = stand.world.alignments[1]
    front.against = stand.top
    stand.log("crisis_ended", stand.top, ME, yielder=ME)
    assert stand.close().alignment_class in ("NEU", "HIDE")
    assert stand.close().conceded
    front.ended, front.until = True, 20
    stand.log("alliance_left", ME, ActorId("S01"), alignment=1)
    made = stand.close()
    assert (made.alignment_class, made.choice, made.dropped, made.kind) == ("BW", "BW", (1,), "defection")


def test_accommodating_another_state_is_no_concession_to_the_threat(stand: Stand) -> None:
    stand.log("accommodated", ME, stand.sharing)
    assert not stand.close().conceded
    stand.log("accommodated", ME, stand.top)
    assert stand.close().conceded


def test_joining_one_feared_state_against_another_is_mixed_balancing(stand: Stand) -> None:
    second = next(k.id for k in stand.point.candidates if k.id != stand.sharing)
    point = stand.point
    fields = {name: getattr(point, name) for name in point.__struct_fields__}
    stand.point = DecisionPoint(**{**fields, "contenders": (stand.top, second)})
    stand.sign(stand.top, against=second)
    made = stand.close()
    assert (made.alignment_class, made.mixed) == ("BAL", True)


def test_a_guarantee_is_the_choice_of_the_guarantor_alone(stand: Stand) -> None:
    pact = stand.sign(stand.sharing, commitment="guarantee", lead=stand.sharing)
    assert stand.close().partners == ()
    pact.lead = ME
    assert stand.close().partners == (stand.sharing,)


def test_a_second_pact_with_an_ally_is_a_renewal_and_leaving_one_for_another_a_realignment(stand: Stand) -> None:
    ally = ActorId("S01")
    pact = stand.sign(ally)
    assert stand.close().kind == "renewal"
    del stand.world.alignments[pact.id]
    stand.sign(stand.sharing)
    stand.log("alliance_left", ME, ally, alignment=1)
    assert stand.close().kind == "realignment"


def test_alliances_before_or_after_the_window_do_not_count(stand: Stand) -> None:
    stand.sign(stand.sharing, tick=-1)
    stand.sign(stand.sharing, tick=stand.point.closes)
    assert stand.close().partners == ()


def test_a_choice_of_a_partner_off_the_menu_is_marked(stand: Stand) -> None:
    stand.sign(ActorId("NEW"))
    made = stand.close()
    assert (made.choice, made.on_menu, made.alignment_class) == ("", False, "OTHER")


def test_the_forecast_does_not_depend_on_the_choice(world_of: Callable[..., World]) -> None:
    first, second = Stand(world_of()), Stand(world_of())
    first.sign(first.sharing)
    second.sign(second.top)
    assert first.close() != second.close()
    assert forecast([first.point]) == forecast([second.point])
    assert first.point == second.point


def test_joining_a_pact_of_many_is_a_choice_of_all_its_members(stand: Stand) -> None:
    third = next(k.id for k in stand.point.candidates if not k.prior and k.id not in (stand.sharing, stand.top))
    pact = Alignment(500, (stand.sharing, third), "defence", since=-400, against=stand.top)
    stand.world.alignments[500] = pact
    pact.members, pact.joined = (*pact.members, ME), {ME: 10}
    made = stand.close()
    assert (made.alignment_class, made.choice) == ("BAL", f"BAL:{stand.sharing}")
    assert (made.partners, made.alignments, made.kind) == ((stand.sharing, third), (500,), "formation")


def test_letting_a_state_join_is_a_choice_of_that_state_only(stand: Stand) -> None:
    old = next(k.id for k in stand.point.candidates if not k.prior and k.id not in (stand.sharing, stand.top))
    pact = Alignment(500, (ME, old), "consultation", since=-400)
    stand.world.alignments[500] = pact
    pact.members, pact.joined = (*pact.members, stand.sharing), {stand.sharing: 10}
    made = stand.close()
    assert (made.partners, made.choice) == ((stand.sharing,), f"BAL:{stand.sharing}")


def test_an_accession_of_an_earlier_window_is_no_choice_of_this_one(stand: Stand) -> None:
    pact = Alignment(500, (ME, stand.sharing), "consultation", since=-400, joined={stand.sharing: -10})
    stand.world.alignments[500] = pact
    assert stand.close().partners == ()
