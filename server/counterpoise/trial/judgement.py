"""Compares the games of a trial with the rows of a scenario's expectations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from math import fsum
from typing import NamedTuple

from counterpoise.sim.clock.calendar import DAYS_PER_YEAR, Calendar
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
    TieKind,
    UnalignedExpectation,
    WarsExpectation,
    inject_words,
)
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.theory.statistics.shares import share_interval
from counterpoise.trial.camps import two_camps
from counterpoise.trial.game_record import GameRecord, GreatPowerSpell, Pair, RegimeSpell, Tie, War
from counterpoise.trial.intervals import rate_interval


class Period(NamedTuple):
    """From ``start`` until before ``end``, in ticks."""

    start: int
    end: int


class Observed(NamedTuple):
    """What the games show: ``cases`` of ``exposure``, a share if ``is_share``, a rate otherwise."""

    cases: int
    exposure: float
    is_share: bool

    @property
    def value(self) -> float:
        """The share or the rate."""
        return self.cases / self.exposure

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval."""
        return (
            share_interval(self.cases, int(self.exposure))
            if self.is_share
            else rate_interval(self.cases, self.exposure)
        )


class Judge:
    """Observes in games what a row is about.

    Args:
        scenario: the scenario of the games.
        games: their records.
    """

    def __init__(self, scenario: Scenario, games: Sequence[GameRecord]) -> None:
        self._scenario = scenario
        self._calendar = Calendar(scenario.start, scenario.window_months)
        self._games = games

    def observe(self, row: AnyExpectation) -> Observed | None:
        """Return what the games show; ``None`` if none reached the end of the row's period, or none holds a case of it."""
        period = self._period(row)
        games = self._long_enough(period)
        if not games:
            return None
        observed = self._observe(row, period, games)
        return observed if observed.exposure else None

    def why_unjudged(self, row: AnyExpectation) -> str:
        """Return why ``observe`` returns ``None`` for a row."""
        if not self._long_enough(self._period(row)):
            return "no game reached the end of the row's period"
        if isinstance(row, InitiatorExpectation):
            return "no such war in these games"
        return "no such state or regime in these games"

    def _long_enough(self, period: Period) -> list[GameRecord]:
        # The last day of a scenario is not played: the game ends when it begins.
        return [game for game in self._games if game.ticks >= min(period.end, self._last)]

    @property
    def _last(self) -> int:
        return int(self._calendar.tick_of(self._scenario.end))

    def _period(self, row: AnyExpectation) -> Period:
        tick_of = self._calendar.tick_of
        if isinstance(row, CampsExpectation):
            return Period(tick_of(row.on), tick_of(row.on) + 1)
        end = (row.until or self._scenario.end) + timedelta(days=1)
        return Period(tick_of(row.since or self._scenario.start), tick_of(end))

    def _observe(self, row: AnyExpectation, period: Period, games: Sequence[GameRecord]) -> Observed:
        if isinstance(row, WarsExpectation):
            return Observed(
                sum(len(list(_wars(game, row.among, period))) for game in games), len(games), is_share=False
            )
        if isinstance(row, CrisesExpectation):
            return self._crises(row, period, games)
        if isinstance(row, CoupsExpectation):
            return self._coups(row, period, games)
        if isinstance(row, InitiatorExpectation):
            sides = (row.by, row.against)
            wars = [war for game in games for war in game.wars if _within(war.began, period) and _between(war, sides)]
            return Observed(sum(war.attackers[0] == row.by for war in wars), len(wars), is_share=True)
        holds = self._test(row, period)
        return Observed(sum(holds(game) for game in games), len(games), is_share=True)

    def _test(self, row: AnyExpectation, period: Period) -> Callable[[GameRecord], bool]:
        """Return the test whether a game has what a row about a share of games describes."""
        if isinstance(row, TieExpectation):
            pairs = [_pair(*pair) for pair in (row.between, *row.or_between)]
            return lambda game: any(_is_tied(game, pair, row.by, period, row.years) for pair in pairs)
        if isinstance(row, UnalignedExpectation):
            return lambda game: (
                not any(
                    row.of in tie.states and (not row.partners or any(state in row.partners for state in tie.states))
                    for tie in _ties(game, row.by, period)
                )
            )
        if isinstance(row, FoughtExpectation):
            pair = _pair(*row.between)
            return lambda game: any(
                fight.states == pair and fight.start < period.end and fight.end >= period.start for fight in game.fights
            )
        if isinstance(row, RegimeExpectation):
            return lambda game: all(
                spell.family in row.families
                for spell in game.regimes
                if spell.state == row.of and spell.start < period.end and spell.end > period.start
            )
        if isinstance(row, InjectExpectation):
            index = self._inject(row)
            return lambda game: any(
                inject.index == index and not inject.void and _within(inject.tick, period) for inject in game.injects
            )
        assert isinstance(row, CampsExpectation), "every kind has its test"
        return lambda game: two_camps(row, list(_ties(game, row.by, period)), _great_powers(game, period))

    def _crises(self, row: CrisesExpectation, period: Period, games: Sequence[GameRecord]) -> Observed:
        cases = sum(
            _within(crisis.tick, period)
            and (not row.among or (crisis.initiator in row.among and crisis.target in row.among))
            for game in games
            for crisis in game.crises
        )
        years = fsum(max(0, min(period.end, game.ticks) - period.start) for game in games) / DAYS_PER_YEAR
        return Observed(cases, years, is_share=False)

    def _coups(self, row: CoupsExpectation, period: Period, games: Sequence[GameRecord]) -> Observed:
        cases = sum(
            _within(coup.tick, period)
            and (coup.great_power if row.among == "great_powers" else not row.among or coup.state in row.among)
            and (not row.families or coup.before in row.families)
            for game in games
            for coup in game.coups
        )
        if row.per == "game":
            return Observed(cases, len(games), is_share=False)
        if row.among == "great_powers" and not row.families:
            days = fsum(_days_in(spell, period) for game in games for spell in game.great_powers)
        else:
            days = fsum(
                _days_in(spell, period)
                for game in games
                for spell in game.regimes
                if (not row.among or spell.state in row.among) and (not row.families or spell.family in row.families)
            )
        return Observed(cases, days / DAYS_PER_YEAR, is_share=False)

    def _inject(self, row: InjectExpectation) -> int:
        words = [inject_words(spec.plain(), spec.optional) for spec in self._scenario.injects]
        return next(index for index, text in enumerate(words) if text.startswith(row.begins))


def _days_in(spell: RegimeSpell | GreatPowerSpell, period: Period) -> int:
    return max(0, min(spell.end, period.end) - max(spell.start, period.start))


def _within(tick: int, period: Period) -> bool:
    return period.start <= tick < period.end


def _ties(game: GameRecord, kinds: Iterable[TieKind], period: Period) -> Iterator[Tie]:
    """Yield the ties of certain kinds that hold on a day of the period."""
    yield from (tie for tie in game.ties if tie.kind in kinds and tie.start < period.end and tie.end > period.start)


def _great_powers(game: GameRecord, period: Period) -> list[ActorId]:
    return [spell.state for spell in game.great_powers if _days_in(spell, period) > 0]


def _is_tied(game: GameRecord, pair: Pair, kinds: Iterable[TieKind], period: Period, years: float) -> bool:
    ties = [tie for tie in _ties(game, kinds, period) if tie.states == pair]
    return bool(ties) and days_covered(ties, period) >= years * DAYS_PER_YEAR


def days_covered(ties: Iterable[Tie], period: Period) -> int:
    """Return the number of days of a period on which at least one of the ties holds."""
    covered, reached = 0, period.start
    for tie in sorted(ties, key=lambda tie: tie.start):
        start, end = max(tie.start, reached), min(tie.end, period.end)
        covered += max(0, end - start)
        reached = max(reached, end)
    return covered


def _wars(game: GameRecord, among: str | tuple[str, ...], period: Period) -> Iterator[War]:
    """Yield the wars that begin in a period in which states of a group fight each other."""
    for war in game.wars:
        group = war.great_powers if among == "great_powers" else among
        if _within(war.began, period) and (not among or all(any(s in group for s in side) for side in sides_of(war))):
            yield war


def sides_of(war: War) -> tuple[list[ActorId], list[ActorId]]:
    """Return the states of each side of a war, the attackers' first."""
    return war.attackers, war.defenders


def _between(war: War, pair: tuple[str, str]) -> bool:
    """Tell whether two states are the principals of a war, whichever attacked."""
    return {war.attackers[0], war.defenders[0]} == set(pair)


def _pair(a: str, b: str) -> Pair:
    return (ActorId(a), ActorId(b)) if a < b else (ActorId(b), ActorId(a))
