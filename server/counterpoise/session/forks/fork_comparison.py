"""Comparison of two sets of forked games with each other and with the journal that they were forked from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from msgspec import UNSET
from msgspec.structs import replace

from counterpoise.session.forks.fork_document import (
    ClassComparison,
    CountComparison,
    HypothesisComparison,
    PairComparison,
    PropositionComparison,
    Quantiles,
    Side,
    SideFinding,
    SideSkill,
    Spread,
    StateComparison,
)
from counterpoise.session.forks.game_summary import TITLES, GameSummary, Pair, decode_check_input
from counterpoise.session.forks.paired_differences import corrected_differences, paired_difference
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.check.debrief import debrief
from counterpoise.theory.check.debrief_document import ClassCounts, HypothesisRow, PropositionRow
from counterpoise.theory.check.expected_noise import ExpectedNoise
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""The quantiles of a ``Quantiles``, in the order of its fields."""


def compare_counts(
    original: GameSummary, baseline: Sequence[GameSummary], changed: Sequence[GameSummary]
) -> list[CountComparison]:
    """Return how often each thing happened in the journal and in each game of both sets.

    Both sets have the same seeds in the same order, and their difference is taken seed by seed.

    Args:
        original: the journal.
        baseline: games with nothing changed.
        changed: games with the changes; empty if nothing was changed.
    """
    return [
        CountComparison(
            name=name,
            title=title,
            original=original.counts[name],
            baseline=spread_of([game.counts[name] for game in baseline]),
            changed=spread_of([game.counts[name] for game in changed]) if changed else None,
            difference=paired_difference(
                [game.counts[name] for game in baseline], [game.counts[name] for game in changed], "number"
            ),
        )
        for name, title in TITLES.items()
    ]


def compare_pairs(
    original: Sequence[Pair], baseline: Sequence[Sequence[Pair]], changed: Sequence[Sequence[Pair]]
) -> list[PairComparison]:
    """Return in what share of the games each pair of states is listed; the largest differences come first.

    Args:
        original: the pairs listed for the journal.
        baseline: the pairs listed for each game with nothing changed.
        changed: the pairs listed for each game with the changes; empty if nothing was changed.
    """
    known = dict.fromkeys([*original, *(pair for games in (baseline, changed) for game in games for pair in game)])
    rows = []
    for pair in known:
        before = [int(pair in game) for game in baseline]
        after = [int(pair in game) for game in changed]
        rows.append(
            PairComparison(
                states=pair,
                original=pair in original,
                baseline=_mean(before),
                changed=_mean(after) if after else None,
                difference=paired_difference(before, after, "yes_no"),
            )
        )
    return sorted(rows, key=lambda row: (*_smallness(row), row.states))


def compare_states(
    original: Mapping[ActorId, float],
    baseline: Sequence[Mapping[ActorId, float]],
    changed: Sequence[Mapping[ActorId, float]],
) -> list[StateComparison]:
    """Return the mean over the games of a number that each state has; the largest differences come first.

    A state that does not exist at the end of a game counts as 0 there.

    Args:
        original: the numbers in the journal.
        baseline: the numbers in each game with nothing changed.
        changed: the numbers in each game with the changes; empty if nothing was changed.
    """
    known = dict.fromkeys([*original, *(state for games in (baseline, changed) for game in games for state in game)])
    rows = []
    for state in known:
        before, after = ([game.get(state, 0.0) for game in games] for games in (baseline, changed))
        rows.append(
            StateComparison(
                state=state,
                original=original.get(state, 0.0),
                baseline=_mean(before),
                changed=_mean(after) if after else None,
                difference=paired_difference(before, after, "share"),
            )
        )
    return sorted(rows, key=lambda row: (*_smallness(row), row.state))


@dataclass(frozen=True, slots=True)
class ComparedGames:
    """What happened on each side, with every p corrected for all rows of the tables."""

    counts: list[CountComparison]
    allied: list[PairComparison]
    fought: list[PairComparison]
    power: list[StateComparison]
    feared: list[StateComparison]
    comparisons: int
    """How many differences there are."""


def compare_games(
    original: GameSummary, baseline: Sequence[GameSummary], changed: Sequence[GameSummary]
) -> ComparedGames:
    """Return what happened on each side; see the functions above for the arguments."""
    counts = compare_counts(original, baseline, changed)
    allied, fought = (
        compare_pairs(own, before, after)
        for own, before, after in (
            (original.allied, [game.allied for game in baseline], [game.allied for game in changed]),
            (original.fought, [game.fought for game in baseline], [game.fought for game in changed]),
        )
    )
    power, feared = (
        compare_states(own, before, after)
        for own, before, after in (
            (original.power, [game.power for game in baseline], [game.power for game in changed]),
            (original.feared, [game.feared for game in baseline], [game.feared for game in changed]),
        )
    )
    tables: tuple[Sequence[CountComparison | PairComparison | StateComparison], ...] = (
        counts,
        allied,
        fought,
        power,
        feared,
    )
    made = corrected_differences([row.difference for table in tables for row in table])
    following = iter(made)
    return ComparedGames(
        counts=[replace(row, difference=next(following)) for row in counts],
        allied=[replace(row, difference=next(following)) for row in allied],
        fought=[replace(row, difference=next(following)) for row in fought],
        power=[replace(row, difference=next(following)) for row in power],
        feared=[replace(row, difference=next(following)) for row in feared],
        comparisons=sum(1 for one in made if one is not None),
    )


@dataclass(frozen=True, slots=True)
class GamesCheck:
    """What the check says about the games of one side, without their single decisions."""

    classes: ClassCounts
    propositions: list[PropositionRow]
    hypotheses: list[HypothesisRow]


def check_games(games: Mapping[str, bytes], noise: ExpectedNoise | None = None) -> GamesCheck:
    """Return what the check says about a set of games since the fork, pooled.

    Args:
        games: by session, what the checker needs from each game, packed.
        noise: what players without a theory give in games of the scenario, if it is known.
    """
    records: list[DecisionRecord] = []
    structures: list[Structure] = []
    incidents: dict[str, list[Incident]] = {}
    for session, packed in games.items():
        game = decode_check_input(packed)
        records.extend(game.records)
        structures.extend(game.structures)
        incidents[session] = game.incidents
    report = debrief(records, structures, incidents, noise=noise)
    return GamesCheck(report.classes, report.propositions, report.hypotheses)


def compare_classes(reports: Mapping[Side, GamesCheck]) -> ClassComparison:
    """Return what states did under threat on each side."""
    return ClassComparison(
        original=reports["original"].classes,
        baseline=reports["baseline"].classes,
        changed=reports["changed"].classes if "changed" in reports else UNSET,
    )


def compare_propositions(reports: Mapping[Side, GamesCheck]) -> list[PropositionComparison]:
    """Return the finding on each proposition on each side."""
    findings = {
        side: {
            row.id: SideFinding(verdict=row.verdict, n=row.n, estimate=row.estimate, ci=row.ci)
            for row in report.propositions
        }
        for side, report in reports.items()
    }
    return [
        PropositionComparison(
            id=row.id,
            claim=row.claim,
            original=findings["original"][row.id],
            baseline=findings["baseline"][row.id],
            changed=findings["changed"][row.id] if "changed" in findings else UNSET,
        )
        for row in reports["original"].propositions
    ]


def compare_hypotheses(reports: Mapping[Side, GamesCheck]) -> list[HypothesisComparison]:
    """Return the skill of each hypothesis on each side."""
    skills = {
        side: {
            row.name: SideSkill(n=row.n, log_score=row.log_score, skill=row.skill, ci=row.ci)
            for row in report.hypotheses
        }
        for side, report in reports.items()
    }
    names = dict.fromkeys(name for by_name in skills.values() for name in by_name)
    return [
        HypothesisComparison(
            name=name,
            original=skills["original"].get(name),
            baseline=skills["baseline"].get(name),
            changed=skills["changed"].get(name) if "changed" in skills else UNSET,
        )
        for name in names
    ]


def _mean(values: Sequence[float]) -> float:
    return round(fsum(values) / len(values), 6)


def spread_of(values: Sequence[int]) -> Spread:
    """Return a distribution: its mean, its quantiles and its values in the order of the seeds."""
    ordered = sorted(values)
    quantiles = (ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in QUANTILES)
    return Spread(mean=_mean(values), quantiles=Quantiles(*quantiles), values=list(values))


def _smallness(row: PairComparison | StateComparison) -> tuple[float, float]:
    """Return a sort key: rows that the change moved most first, then rows whose baseline is furthest from the journal."""
    gap = abs(row.baseline - row.original)
    return (0.0 if row.difference is None else -abs(row.difference.mean), -round(gap, 6))
