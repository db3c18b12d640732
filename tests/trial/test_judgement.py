"""A row observes in games what it is about, in its period, and in games that reached its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counterpoise.sim.expectation import (
    AnyExpectation,
    CampsExpectation,
    CoupsExpectation,
    CrisesExpectation,
    FoughtExpectation,
    InitiatorExpectation,
    InjectExpectation,
    RegimeExpectation,
    TieExpectation,
    UnalignedExpectation,
    WarsExpectation,
)
from counterpoise.sim.scenario import InjectSpec, Scenario
from counterpoise.sim.types import ActorId
from counterpoise.trial.game_record import (
    Coup,
    CrisisRecord,
    Fight,
    GameRecord,
    GreatPowerSpell,
    InjectRecord,
    Pair,
    RegimeSpell,
    Tie,
    War,
)
from counterpoise.trial.judgement import Judge, Observed

NewGame = Callable[..., GameRecord]
Observe = Callable[..., Observed | None]
DAY = date(1902, 1, 1)
MIDDLE = 365
"""The tick of ``DAY``."""
NEWS = InjectSpec("announce", {"text": "The fair opens."}, tick=5)
LAST = 1460
"""The tick at which games of the small scenario end: 1904-12-31."""


def pair(a: str, b: str) -> Pair:
    return ActorId(a), ActorId(b)


def tie(a: str, b: str, kind: Any = "defence", start: int = 0, end: int = LAST) -> Tie:
    return Tie(pair(a, b), kind, start, end)


def fight(a: str, b: str, start: int, end: int) -> Fight:
    return Fight(pair(a, b), start, end)


def war(attackers: str, defenders: str, began: int = 0, great_powers: str = "") -> War:
    sides = [[ActorId(code) for code in side.split()] for side in (attackers, defenders, great_powers)]
    return War(began, *sides)


def regime(state: str, family: str, start: int = 0, end: int = LAST) -> RegimeSpell:
    return RegimeSpell(ActorId(state), family, start, end)


@pytest.fixture
def observe(checkerboard_scenario: Scenario) -> Observe:
    """Observes a row in games of the small scenario, to which one inject is added."""

    def observed(row: AnyExpectation, *games: GameRecord) -> Observed | None:
        scenario = replace(checkerboard_scenario, injects=(NEWS,))
        return Judge(scenario, games).observe(row)

    return observed


def expect(kind: Any, **keys: Any) -> Any:
    return kind(source="a test", at_least=0.5, **keys)


def test_a_tie_counts_if_it_holds_on_a_day_of_the_period(observe: Observe, new_game: NewGame) -> None:
    row = expect(TieExpectation, between=("BEL", "ARD"), since=DAY)
    games = [
        new_game(ties=[tie("ARD", "BEL", start=0, end=MIDDLE)]),
        new_game(ties=[tie("ARD", "BEL", start=0, end=MIDDLE + 1)]),
        new_game(ties=[tie("ARD", "COR")]),
        new_game(ties=[tie("ARD", "BEL", "nonaggression")]),
    ]
    assert observe(row, *games) == Observed(1, 4, is_share=True)


def test_a_tie_may_have_to_last_and_may_be_of_any_of_several_pairs(observe: Observe, new_game: NewGame) -> None:
    game = new_game(ties=[tie("ARD", "BEL", "arms", 0, 300), tie("ARD", "BEL", "military", 200, 800)])
    assert observe(expect(TieExpectation, between=("ARD", "BEL"), years=2), game) == Observed(1, 1, is_share=True)
    assert observe(expect(TieExpectation, between=("ARD", "BEL"), years=3), game) == Observed(0, 1, is_share=True)
    row = expect(TieExpectation, between=("COR", "DUN"), or_between=(("BEL", "ARD"),), by=("arms",))
    assert observe(row, game) == Observed(1, 1, is_share=True)


def test_a_state_without_pacts_is_unaligned(observe: Observe, new_game: NewGame) -> None:
    games = [new_game(ties=[tie("ARD", "BEL", "economic")]), new_game(ties=[tie("ARD", "BEL")])]
    assert observe(expect(UnalignedExpectation, of="ARD"), *games) == Observed(1, 2, is_share=True)
    row = expect(UnalignedExpectation, of="ARD", partners=("COR",))
    assert observe(row, *games) == Observed(2, 2, is_share=True)


def test_camps_are_those_of_the_date(observe: Observe, new_game: NewGame) -> None:
    great = [GreatPowerSpell(ActorId(code), 0, LAST) for code in ("ARD", "BEL", "COR", "DUN")]
    games = [
        new_game(ties=[tie("ARD", "BEL"), tie("COR", "DUN")], great_powers=great),
        new_game(ties=[tie("ARD", "BEL"), tie("COR", "DUN", end=MIDDLE)], great_powers=great),
    ]
    assert observe(expect(CampsExpectation, on=DAY), *games) == Observed(1, 2, is_share=True)


def test_two_states_that_fight_on_one_side_have_not_fought(observe: Observe, new_game: NewGame) -> None:
    games = [new_game(fights=[fight("ARD", "COR", 400, 500), fight("BEL", "COR", 400, 500)])]
    assert observe(expect(FoughtExpectation, between=("COR", "ARD")), *games) == Observed(1, 1, is_share=True)
    assert observe(expect(FoughtExpectation, between=("ARD", "BEL")), *games) == Observed(0, 1, is_share=True)


def test_wars_of_great_powers_have_one_on_each_side(observe: Observe, new_game: NewGame) -> None:
    game = new_game(wars=[war("ARD BEL", "COR", great_powers="BEL COR"), war("ARD", "COR", great_powers="COR")])
    assert observe(expect(WarsExpectation, among="great_powers"), game) == Observed(1, 1, is_share=False)
    assert observe(expect(WarsExpectation), game) == Observed(2, 1, is_share=False)
    assert observe(expect(WarsExpectation, among=("BEL", "COR")), game) == Observed(1, 1, is_share=False)


def test_the_initiator_is_the_state_that_began_the_war(observe: Observe, new_game: NewGame) -> None:
    row = expect(InitiatorExpectation, by="ARD", against="COR")
    game = new_game(wars=[war("ARD", "COR"), war("COR", "ARD"), war("BEL ARD", "COR")])
    assert observe(row, game) == Observed(1, 2, is_share=True)
    assert observe(row, new_game()) is None


def test_a_row_that_is_not_judged_says_why(checkerboard_scenario: Scenario, new_game: NewGame) -> None:
    row = expect(InitiatorExpectation, by="ARD", against="COR")
    peaceful = new_game()
    assert Judge(checkerboard_scenario, [peaceful]).why_unjudged(row) == "no such war in these games"
    short = new_game(ticks=10)
    reason = "no game reached the end of the row's period"
    assert Judge(checkerboard_scenario, [short]).why_unjudged(row) == reason


def test_coups_are_counted_by_game_and_by_state_and_year(observe: Observe, new_game: NewGame) -> None:
    coups = [
        Coup(ActorId("ARD"), 100, "republic", "junta", great_power=True),
        Coup(ActorId("BEL"), MIDDLE, "monarchy", "junta", great_power=False),
    ]
    game = new_game(coups=coups, regimes=[regime("ARD", "republic"), regime("BEL", "monarchy", 0, 730)])
    assert observe(expect(CoupsExpectation, among="great_powers"), game) == Observed(1, 1, is_share=False)
    assert observe(expect(CoupsExpectation, since=DAY), game) == Observed(1, 1, is_share=False)
    rate = observe(expect(CoupsExpectation, families=("monarchy",), per="state_year"), game)
    assert rate is not None
    assert rate.value == pytest.approx(1 / 2, rel=1e-2)


def test_a_regime_holds_if_no_other_family_rules_on_any_day(observe: Observe, new_game: NewGame) -> None:
    row = expect(RegimeExpectation, of="ARD", families=("republic",), until=DAY)
    games = [
        new_game(regimes=[regime("ARD", "republic", 0, 700), regime("ARD", "junta", 700)]),
        new_game(regimes=[regime("ARD", "republic", 0, 300), regime("ARD", "junta", 300)]),
    ]
    assert observe(row, *games) == Observed(1, 2, is_share=True)


def test_an_inject_counts_if_it_happens_in_the_period_and_is_not_void(observe: Observe, new_game: NewGame) -> None:
    row = expect(InjectExpectation, begins="The fair", since=DAY)
    games = [
        new_game(injects=[InjectRecord(0, 400, void=False)]),
        new_game(injects=[InjectRecord(0, 400, void=True)]),
        new_game(injects=[InjectRecord(0, 3, void=False)]),
    ]
    assert observe(row, *games) == Observed(1, 3, is_share=True)


def test_crises_are_counted_by_year(observe: Observe, new_game: NewGame) -> None:
    crises = [CrisisRecord(tick, ActorId("ARD"), ActorId("BEL")) for tick in (10, 20, 700)]
    observed = observe(expect(CrisesExpectation), new_game(crises=crises))
    assert observed is not None
    assert observed.value == pytest.approx(3 / 4, rel=1e-2)


def test_a_game_that_stopped_before_the_end_of_the_period_is_not_judged(observe: Observe, new_game: NewGame) -> None:
    row = expect(TieExpectation, between=("ARD", "BEL"))
    assert observe(row, new_game(ticks=700)) is None
    early = expect(TieExpectation, between=("ARD", "BEL"), until=DAY)
    assert observe(early, new_game(ticks=700)) == Observed(0, 1, is_share=True)
