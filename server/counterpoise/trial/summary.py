"""Summarises the games of a trial: who was tied, who fought, coups, injects, absurdities, and the rows of expectations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from typing import get_args

from counterpoise.sim.clock.calendar import DAYS_PER_YEAR, Calendar
from counterpoise.sim.expectation import PACTS_TO_FIGHT, SUPPORT, AnyExpectation, TieKind, inject_words, kind_of
from counterpoise.sim.scenario import InjectSpec, Scenario
from counterpoise.sim.types import ActorId
from counterpoise.trial.expectation_words import words_of
from counterpoise.trial.game_record import Absurdity, AbsurdityKind, GameRecord, InjectRecord, Pair
from counterpoise.trial.intervals import rate_interval
from counterpoise.trial.judgement import Judge, Observed, Period, days_covered, sides_of
from counterpoise.trial.trial_document import (
    UNITS,
    AbsurdityResult,
    ExpectationResult,
    FamilyCoups,
    FightingPair,
    InjectResult,
    Rate,
    StateCoups,
    Tally,
    TiedPair,
    TrialReport,
    Unit,
)

WORDS_SHOWN = 70
"""Largest number of characters of an inject's text in the report."""
DIGITS = 4


def trial_report(
    scenario: Scenario, games: Sequence[GameRecord], seed: str, bots: Sequence[str], warnings: Sequence[str]
) -> TrialReport:
    """Return the report of a trial.

    Args:
        scenario: the scenario.
        games: the records of its games, at least one, in any order.
        seed: the seed from which the seeds of the games derive.
        bots: the options that chose the bots.
        warnings: odd figures of the file, a sentence each.
    """
    games = sorted(games, key=lambda game: game.number)
    calendar = Calendar(scenario.start, scenario.window_months)
    judge = Judge(scenario, games)
    rows = [_judged(judge, number, row) for number, row in enumerate(scenario.expectations, start=1)]
    years = fsum(game.ticks for game in games) / DAYS_PER_YEAR
    coups = [coup for game in games for coup in game.coups]
    great_wars = sum(
        all(any(state in war.great_powers for state in side) for side in sides_of(war))
        for game in games
        for war in game.wars
    )
    return TrialReport(
        scenario=scenario.id,
        title=scenario.title,
        started=str(scenario.start),
        ended=calendar.iso(max(game.ticks for game in games)),
        seed=seed,
        games=len(games),
        bots=list(bots),
        actors={str(actor.id): actor.name for actor in scenario.actors},
        warnings=list(warnings),
        tuned=_tally(row for row in rows if not row.held_out),
        held_out=_tally(row for row in rows if row.held_out),
        expectations=rows,
        great_power_wars=_rate(great_wars, len(games)),
        wars=_rate(sum(len(game.wars) for game in games), len(games)),
        crises=_rate(sum(len(game.crises) for game in games), years),
        great_power_coups=_rate(sum(coup.great_power for coup in coups), len(games)),
        coups=_rate(len(coups), len(games)),
        coups_by_family=_coups_by_family(scenario, games),
        coups_by_state=_coups_by_state(scenario, games),
        allied=_tied_pairs(games),
        fought=_fighting_pairs(games),
        injects=_injects(scenario, calendar, games),
        absurdities_a_game=_absurdities_a_game(games),
        absurdities=_absurdities(calendar, games),
    )


def _judged(judge: Judge, number: int, row: AnyExpectation) -> ExpectationResult:
    observed = judge.observe(row)
    return ExpectationResult(
        number=number,
        kind=kind_of(row),
        words=words_of(row),
        source=row.source,
        held_out=row.held_out,
        unit=unit_of(row),
        at_least=row.at_least,
        at_most=row.at_most,
        cases=None if observed is None else observed.cases,
        of=None if observed is None else round(observed.exposure, DIGITS),
        observed=None if observed is None else round(observed.value, DIGITS),
        ci=None if observed is None else _rounded(observed.interval),
        met=None if observed is None else _is_met(row, observed),
        unjudged=judge.why_unjudged(row) if observed is None else None,
    )


def unit_of(row: AnyExpectation) -> Unit:
    """Return what the range of a row counts."""
    if kind_of(row) == "coups":
        return "per state and year" if getattr(row, "per", "game") == "state_year" else "per game"
    return UNITS.get(kind_of(row), "share of games")


def _is_met(row: AnyExpectation, observed: Observed) -> bool:
    is_enough = row.at_least is None or observed.value >= row.at_least
    return is_enough and (row.at_most is None or observed.value <= row.at_most)


def _tally(rows: Iterable[ExpectationResult]) -> Tally:
    verdicts = [row.met for row in rows]
    judged = [met for met in verdicts if met is not None]
    return Tally(sum(judged), len(judged), len(verdicts) - len(judged))


def _rate(cases: int, exposure: float) -> Rate:
    if not exposure:
        return Rate(cases, 0.0, (0.0, 0.0))
    return Rate(cases, round(cases / exposure, DIGITS), _rounded(rate_interval(cases, exposure)))


def _rounded(interval: tuple[float, float]) -> tuple[float, float]:
    return round(interval[0], DIGITS), round(interval[1], DIGITS)


def _coups_by_family(scenario: Scenario, games: Sequence[GameRecord]) -> list[FamilyCoups]:
    found = []
    for family in scenario.ideology.families:
        spells = [spell for game in games for spell in game.regimes if spell.family == family]
        years = fsum(spell.end - spell.start for spell in spells) / DAYS_PER_YEAR
        cases = sum(coup.before == family for game in games for coup in game.coups)
        found.append(FamilyCoups(family, round(years, 1), _rate(cases, years)))
    return found


def _coups_by_state(scenario: Scenario, games: Sequence[GameRecord]) -> list[StateCoups]:
    cases = {actor.id: sum(c.state == actor.id for g in games for c in g.coups) for actor in scenario.actors}
    rows = [StateCoups(str(state), _rate(count, len(games))) for state, count in cases.items() if count]
    return sorted(rows, key=lambda row: -row.coups.cases)


def _tied_pairs(games: Sequence[GameRecord]) -> list[TiedPair]:
    days: dict[Pair, float] = {}
    kinds: dict[Pair, dict[TieKind, set[int]]] = {}
    for game in games:
        by_pair: dict[Pair, list[int]] = {}
        for place, tie in enumerate(game.ties):
            if tie.kind in SUPPORT:
                by_pair.setdefault(tie.states, []).append(place)
                kinds.setdefault(tie.states, {}).setdefault(tie.kind, set()).add(game.number)
        for pair, places in by_pair.items():
            covered = days_covered((game.ties[place] for place in places), Period(0, game.ticks))
            days[pair] = days.get(pair, 0) + covered
    rows = []
    for pair, by_kind in kinds.items():
        to_fight = {number for kind in PACTS_TO_FIGHT for number in by_kind.get(kind, ())}
        every = {number for numbers in by_kind.values() for number in numbers}
        rows.append(
            TiedPair(
                (str(pair[0]), str(pair[1])),
                round(len(every) / len(games), DIGITS),
                round(days[pair] / DAYS_PER_YEAR / len(games), 2),
                round(len(to_fight) / len(games), DIGITS),
                {kind: round(len(by_kind[kind]) / len(games), DIGITS) for kind in SUPPORT if kind in by_kind},
            )
        )
    return sorted(rows, key=lambda row: (-row.share, -row.years, row.states))


def _fighting_pairs(games: Sequence[GameRecord]) -> list[FightingPair]:
    days: dict[Pair, int] = {}
    fought: dict[Pair, set[int]] = {}
    begun: dict[tuple[ActorId, ActorId], int] = {}
    for game in games:
        for fight in game.fights:
            fought.setdefault(fight.states, set()).add(game.number)
            days[fight.states] = days.get(fight.states, 0) + fight.end - fight.start
        for war in game.wars:
            principals = (war.attackers[0], war.defenders[0])
            begun[principals] = begun.get(principals, 0) + 1
    rows = [
        FightingPair(
            (str(a), str(b)),
            round(len(numbers) / len(games), DIGITS),
            round(days[a, b] / DAYS_PER_YEAR / len(games), 2),
            begun.get((a, b), 0),
            begun.get((b, a), 0),
        )
        for (a, b), numbers in fought.items()
    ]
    return sorted(rows, key=lambda row: (-row.share, -row.years, row.states))


def _injects(scenario: Scenario, calendar: Calendar, games: Sequence[GameRecord]) -> list[InjectResult]:
    rows = []
    for index, spec in enumerate(scenario.injects):
        if spec.optional:
            continue
        seen: list[InjectRecord] = [inject for game in games for inject in game.injects if inject.index == index]
        ticks = [inject.tick for inject in seen if not inject.void]
        words = _named(spec, scenario)
        rows.append(
            InjectResult(
                index + 1,
                words if len(words) <= WORDS_SHOWN else words[: WORDS_SHOWN - 3] + "...",
                round(len(ticks) / len(games), DIGITS),
                round((len(seen) - len(ticks)) / len(games), DIGITS),
                round(sum(tick == 0 for tick in ticks) / len(games), DIGITS),
                calendar.iso(min(ticks)) if ticks else None,
                calendar.iso(max(ticks)) if ticks else None,
            )
        )
    return rows


def _named(spec: InjectSpec, scenario: Scenario) -> str:
    """Return the id of an inject, if it has one, and its text, or its kind and its states if it has no text."""
    words = inject_words(spec.plain(), spec.optional)
    if words == spec.kind:
        words = " ".join((words, *spec.states([actor.id for actor in scenario.actors])))
    return f"{spec.id}: {words}" if spec.id else words


def _absurdities_a_game(games: Sequence[GameRecord]) -> dict[AbsurdityKind, float]:
    counts: dict[AbsurdityKind, float] = {}
    for kind in get_args(AbsurdityKind):
        cases = sum(absurdity.kind == kind for game in games for absurdity in game.absurdities)
        counts[kind] = round(cases / len(games), DIGITS)
    return counts


def _absurdities(calendar: Calendar, games: Sequence[GameRecord]) -> list[AbsurdityResult]:
    """Return absurdities by kind and states: those first that are both bad and frequent."""
    found: dict[tuple[AbsurdityKind, tuple[ActorId, ...]], list[tuple[GameRecord, Absurdity]]] = {}
    for game in games:
        for absurdity in game.absurdities:
            found.setdefault((absurdity.kind, absurdity.states), []).append((game, absurdity))
    rows = []
    for (kind, states), cases in found.items():
        game, worst = max(cases, key=lambda case: (case[1].severity, -case[0].number))
        share = len({game.number for game, _ in cases}) / len(games)
        words, on = worst.words, calendar.iso(worst.tick)
        severity = round(worst.severity, DIGITS)
        codes = tuple(str(state) for state in states)
        rows.append(AbsurdityResult(kind, codes, round(share, DIGITS), len(cases), severity, words, on, game.seed))
    return sorted(rows, key=lambda row: (-row.severity * row.share, -row.severity, row.kind, row.states))
