"""Two sets of forked games side by side, and the journal they were forked from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import Any

from counterpoise.session.game_summary import TITLES, Course, Pair, evidence_from
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.check.debrief import debrief
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.statistics import mean_interval

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


def counts(original: Course, baseline: Sequence[Course], changed: Sequence[Course]) -> list[dict[str, Any]]:
    """Return, for each thing counted, how often it happened: in the journal, and game by game in both sets.

    The two sets have the same seeds in the same order, so that their difference is taken seed by seed. ``changed`` is empty
    if nothing was changed.
    """
    return [
        {
            "name": name,
            "title": title,
            "original": original.counts[name],
            "baseline": _spread([course.counts[name] for course in baseline]),
            "changed": _spread([course.counts[name] for course in changed]) if changed else None,
            "difference": _difference(
                [c.counts[name] for c in baseline], [c.counts[name] for c in changed], share=False
            ),
        }
        for name, title in TITLES.items()
    ]


def pairs(
    original: Sequence[Pair], baseline: Sequence[Sequence[Pair]], changed: Sequence[Sequence[Pair]]
) -> list[dict[str, Any]]:
    """Return, for each pair of states that ever stood so, in what share of the games it did; the largest
    differences first."""
    known = dict.fromkeys([*original, *(pair for games in (baseline, changed) for game in games for pair in game)])
    rows = []
    for pair in known:
        before = [int(pair in game) for game in baseline]
        after = [int(pair in game) for game in changed]
        rows.append(
            {
                "states": list(pair),
                "original": pair in original,
                "baseline": _share(before),
                "changed": _share(after) if after else None,
                "difference": _difference(before, after, share=True),
            }
        )
    return sorted(rows, key=_interest)


def levels(
    original: Mapping[ActorId, float],
    baseline: Sequence[Mapping[ActorId, float]],
    changed: Sequence[Mapping[ActorId, float]],
) -> list[dict[str, Any]]:
    """Return, for each state, what something came to on the average of the games; the largest differences first.

    States that do not exist at the end of a game have none of it there.
    """
    known = dict.fromkeys([*original, *(state for games in (baseline, changed) for game in games for state in game)])
    rows = []
    for state in known:
        before, after = ([game.get(state, 0.0) for game in games] for games in (baseline, changed))
        rows.append(
            {
                "state": state,
                "original": original.get(state, 0.0),
                "baseline": _share(before),
                "changed": _share(after) if after else None,
                "difference": _difference(before, after, share=True),
            }
        )
    return sorted(rows, key=lambda row: (*_interest(row)[:2], row["state"]))


def verdicts(games: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what the check says of a set of games since the fork, pooled.

    Args:
        games: the evidence of each, by session.
    """
    records: list[DecisionRecord] = []
    structures: list[Structure] = []
    incidents: dict[str, list[Incident]] = {}
    for session, encoded in games.items():
        found = evidence_from(encoded)
        records.extend(found.records)
        structures.extend(found.structures)
        incidents[session] = found.incidents
    report = debrief(records, structures, incidents)
    keep = ("id", "claim", "n", "estimate", "ci", "verdict")
    return {
        "classes": report["classes"],
        "hypotheses": [
            {name: row[name] for name in ("name", "standing", "n", "log_score", "skill", "ci")}
            for row in report["hypotheses"]
        ],
        "propositions": [{name: row[name] for name in keep} for row in report["propositions"]],
    }


def side_by_side(checks: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the checks of several sets of games with one row for each proposition and each hypothesis.

    Args:
        checks: by the name of the set, what ``verdicts`` says of it.
    """
    first = next(iter(checks.values()))
    by_id = {name: {row["id"]: row for row in check["propositions"]} for name, check in checks.items()}
    by_name = {name: {row["name"]: row for row in check["hypotheses"]} for name, check in checks.items()}
    hypotheses = list(dict.fromkeys(row for rows in by_name.values() for row in rows))
    return {
        "classes": {name: check["classes"] for name, check in checks.items()},
        "propositions": [
            {
                "id": row["id"],
                "claim": row["claim"],
                **{
                    name: {k: rows[row["id"]][k] for k in ("verdict", "n", "estimate", "ci")}
                    for name, rows in by_id.items()
                },
            }
            for row in first["propositions"]
        ],
        "hypotheses": [
            {
                "name": hypothesis,
                **{
                    name: {k: rows[hypothesis][k] for k in ("n", "log_score", "skill", "ci")}
                    if hypothesis in rows
                    else None
                    for name, rows in by_name.items()
                },
            }
            for hypothesis in hypotheses
        ],
    }


def _share(values: Sequence[float]) -> float:
    return round(fsum(values) / len(values), 6)


def _spread(values: Sequence[int]) -> dict[str, Any]:
    """Return a distribution: its mean, its quantiles and its values in the order of the seeds."""
    ordered = sorted(values)
    return {
        "mean": _share(values),
        "quantiles": {f"{share:g}": ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in QUANTILES},
        "values": list(values),
    }


def _interest(row: Mapping[str, Any]) -> tuple[float, float, list[str]]:
    """Sort by what the change did, then by how far the baseline is from the journal."""
    difference = row["difference"]
    gap = abs(row["baseline"] - row["original"])
    return (0.0 if difference is None else -abs(difference["mean"]), -round(gap, 6), row.get("states", []))


def _difference(before: Sequence[float], after: Sequence[float], *, share: bool) -> dict[str, Any] | None:
    """Return the mean difference seed by seed with its 95 % interval, which seeds that all differ alike do not have."""
    if not after:
        return None
    gaps = [b - a for a, b in zip(before, after, strict=True)]
    ends = mean_interval(gaps)
    if ends is not None and share:
        ends = (max(-1.0, ends[0]), min(1.0, ends[1]))
    return {
        "mean": round(fsum(gaps) / len(gaps), 6),
        "ci": None if ends is None else [round(end, 6) for end in ends],
    }
