"""Forecast who starts disputes against whom: the threat index as a ranking, beside simpler forecasters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from msgspec import structs

from counterpoise.theory.dyadyear.data_tables import Selection
from counterpoise.theory.dyadyear.held_out import in_sample
from counterpoise.theory.dyadyear.heldout_logit import BLOCK_YEARS, expanding_forecasts, first_forecast_year, log_scores
from counterpoise.theory.dyadyear.history_document import DisputeReport, ForecasterDifference, ForecasterRow
from counterpoise.theory.dyadyear.ranking_accuracy import bootstrapped_accuracy, event_ranks
from counterpoise.theory.dyadyear.worlds import WorldYear
from counterpoise.theory.parameters import DEFAULT, WEIGHTS
from counterpoise.theory.statistics import Fit, bootstrap_ratio

COMPONENTS = ("power", "proximity", "offense", "intentions")
FITTED: dict[str, tuple[str, ...]] = {
    "four_components": COMPONENTS,
    "power_alone": ("cinc",),
    "power_of_both": ("log_power", "log_own_power", "disparity"),
    "distance_alone": ("log_km", "neighbours"),
    "history_alone": ("log_history",),
    "intentions_alone": ("intentions",),
    "base_rate": (),
    "without_power": ("proximity", "offense", "intentions"),
    "without_proximity": ("power", "offense", "intentions"),
    "without_offense": ("power", "proximity", "intentions"),
    "without_intentions": ("power", "proximity", "offense"),
}
"""Forecasters by name, with the columns that each is fitted on."""
INDICES = ("threat_index", "threat_index_equal_weights", "power_unfitted")
"""Rankings without fitted numbers: the index with the default weights, with four equal weights, and power alone."""
BASELINES = (
    "power_alone",
    "power_of_both",
    "power_unfitted",
    "distance_alone",
    "history_alone",
    "intentions_alone",
    "base_rate",
)


@dataclass(slots=True)
class DyadYears:
    """Directed dyad-years, one row each: columns by name. The observed state is the one that may begin a dispute."""

    columns: dict[str, Any]
    event: Any
    year: Any
    observer: Any
    other: Any
    cluster: Any
    """The undirected dyad, numbered."""
    menu: Any
    """The observer's year, numbered: the rows of a year are ranked against each other."""


def dyad_years_of(years: Sequence[WorldYear]) -> DyadYears:
    """Return the relevant dyad-years of all worlds."""
    parts: dict[str, list[Any]] = {}
    equal = WEIGHTS["equal"]
    for world in years:
        a, b = np.nonzero(world.relevant)
        states = np.array(world.states, dtype=int)
        strength = np.log(np.maximum(world.cinc, 1e-6))
        parts.setdefault("observer", []).append(states[a])
        parts.setdefault("other", []).append(states[b])
        parts.setdefault("year", []).append(np.full(len(a), world.year))
        parts.setdefault("event", []).append(world.began[a, b])
        parts.setdefault("outside", []).append(world.outside[a, b])
        values = {
            "power": world.power[a, b], "cinc": world.cinc[b], "proximity": world.proximity[a, b], "offense": world.offense[b],
            "intentions": world.intentions[a, b], "threat_index": world.threat[a, b],
            "log_km": np.log(np.maximum(1.0, world.km[a, b])), "neighbours": (world.border[a, b] > 0).astype(float),
            "log_history": np.log1p(world.hostility[a, b]), "power_unfitted": world.cinc[b],
            "log_power": strength[b], "log_own_power": strength[a], "disparity": np.abs(strength[a] - strength[b]),
        }  # fmt: skip
        weighted = equal.power * values["power"] + equal.proximity * values["proximity"]
        weighted = weighted + equal.offense * values["offense"] + equal.intentions * values["intentions"]
        # Any rising function of the weighted sum gives the same ranking; this one is the index itself.
        values["threat_index_equal_weights"] = np.round(
            1.0 / (1.0 + np.exp(-DEFAULT.steepness * (weighted - DEFAULT.centre))), 6
        )
        for name, value in values.items():
            parts.setdefault(name, []).append(value)
    joined = {name: np.concatenate(pieces) for name, pieces in parts.items()}
    observer, other, year = (joined.pop(name) for name in ("observer", "other", "year"))
    event = joined.pop("event")
    pairs = np.minimum(observer, other) * 10_000 + np.maximum(observer, other)
    cluster = np.unique(pairs, return_inverse=True)[1]
    menu = np.unique(observer * 10_000 + year, return_inverse=True)[1]
    return DyadYears(joined, event, year, observer, other, cluster, menu)


@dataclass(slots=True)
class DisputeRanking:
    """The report on the ranking, and the log scores behind it on the rows with a forecast."""

    report: DisputeReport
    scores: dict[str, Any]
    clusters: Any


def rank_disputes(rows: DyadYears, selection: Selection) -> DisputeRanking:
    """Return the accuracy of every forecaster on all dyad-years after the training years."""
    first, last = selection.first, selection.last
    start = first_forecast_year(first, last)
    forecasts = {
        name: expanding_forecasts([rows.columns[c] for c in columns], rows.event, rows.year, first, last)
        for name, columns in FITTED.items()
    }
    kept = (rows.year >= start) & np.isfinite(forecasts["base_rate"])
    event = rows.event[kept]
    report = DisputeReport(
        question="which of the states a state could meet begins a militarised dispute against it within the year",
        train=f"every year before the block forecast, from {first}",
        index_in_sample=in_sample(selection, start),
        blocks=f"of {BLOCK_YEARS} years, from {start} to {last}",
        dyad_years=int(kept.sum()),
        events=int(event.sum()),
        base_rate=round(float(event.mean()), 6) if len(event) else None,
        intervals="95 %, bootstrap over undirected dyads",
        forecasters=[],
        differences=[],
    )
    if len(event) == 0 or not 0 < int(event.sum()) < len(event):
        return DisputeRanking(structs.replace(report, note="too few disputes or years"), {}, None)
    values = {name: shares[kept] for name, shares in forecasts.items()}
    values.update({name: rows.columns[name][kept] for name in INDICES})
    cluster = np.unique(rows.cluster[kept], return_inverse=True)[1]
    boot = bootstrapped_accuracy(values, event, cluster)
    scores = {name: log_scores(values[name], event) for name in FITTED}
    base = float(scores["base_rate"].mean())
    table = []
    for name in (*INDICES, *FITTED):
        mean = float(scores[name].mean()) if name in scores else None
        table.append(
            ForecasterRow(
                name=name,
                fitted=list(FITTED.get(name, ())),
                auc=boot.of(name, 0).rounded(),
                pr_auc=boot.of(name, 1).rounded(),
                log_score=None if mean is None else round(mean, 6),
                skill=None if mean is None or base == 0.0 else round(1.0 - mean / base, 6),
                challenger_found=event_ranks(values[name], event, rows.menu[kept]),
            )
        )
    differences = [
        ForecasterDifference(
            of=one,
            over=other,
            auc=boot.difference(one, other, 0).rounded(),
            pr_auc=boot.difference(one, other, 1).rounded(),
        )
        for one in ("four_components", "threat_index")
        for other in (*BASELINES, *(f"without_{part}" for part in COMPONENTS))
        if one == "four_components" or other in BASELINES
    ]
    return DisputeRanking(structs.replace(report, forecasters=table, differences=differences), scores, cluster)


def log_score_gain(ranking: DisputeRanking, one: str, other: str) -> Fit | None:
    """Return the gain in mean log score of one forecaster over another."""
    if not ranking.scores:
        return None
    difference = ranking.scores[one] - ranking.scores[other]
    labels = [("", str(code)) for code in ranking.clusters.tolist()]
    return bootstrap_ratio(difference.tolist(), [1.0] * len(labels), labels)
