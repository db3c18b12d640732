"""The numeric table of the reference model, before forecasts are flattened: every cell, to two decimals.

What the table leaves unsaid was fitted to it: the candidates' own fear of the threat is 0.62; far allies have a proximity
of 0.28; where the threat's power varies, its relative power is twice its share, at most 1; in the row on similarity the
partner is the first candidate, the other one is unlike, and secure means that all four components are zero.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.forecasts import sharp_forecast

Points = Callable[..., DecisionPoint]
Candidates = Callable[..., Candidate]
TOLERANCE = 0.0151
"""The table is rounded to two decimals; its unstated baseline values add the rest."""
STRONGER = {"power": 0.20, "will": 0.8, "similarity": 0.3}
WEAKER = {"power": 0.10, "will": 0.5, "similarity": 0.7}

CASES: list[tuple[str, dict[str, Any], dict[str, float]]] = [
    ("baseline", {}, {"T": 0.83, "BAL": 0.47, "BW": 0.07, "NEU": 0.21, "HIDE": 0.25}),
    ("all components 0", {"all": 0.0}, {"T": 0.02, "BAL": 0.30, "BW": 0.03, "NEU": 0.42, "HIDE": 0.26}),
    ("all components .5", {"all": 0.5}, {"T": 0.50, "BAL": 0.33, "BW": 0.05, "NEU": 0.33, "HIDE": 0.29}),
    ("all components 1", {"all": 1.0}, {"T": 0.98, "BAL": 0.59, "BW": 0.01, "NEU": 0.17, "HIDE": 0.23}),
    ("own power .01", {"power": 0.01}, {"T": 0.83, "BAL": 0.09, "BW": 0.36}),
    ("own power .05", {"power": 0.05}, {"T": 0.83, "BAL": 0.28, "BW": 0.20}),
    ("own power .30", {"power": 0.30}, {"T": 0.83, "BAL": 0.46, "BW": 0.04}),
    ("willingness 0", {"will": 0.0}, {"BAL": 0.24, "BW": 0.13}),
    ("willingness .6", {"will": 0.6}, {"BAL": 0.41, "BW": 0.09}),
    ("willingness 1", {"will": 1.0}, {"BAL": 0.56, "BW": 0.06}),
    ("no candidates", {"alone": True}, {"BAL": 0.0, "BW": 0.17, "NEU": 0.47, "HIDE": 0.36}),
    ("intent 0", {"intentions": 0.0}, {"T": 0.48, "BAL": 0.29, "BW": 0.21}),
    ("intent 1", {"intentions": 1.0}, {"T": 0.94, "BAL": 0.56, "BW": 0.01}),
    ("offence 0, near allies", {"offense": 0.0}, {"T": 0.65, "BAL": 0.39, "BW": 0.06}),
    ("offence 1, near allies", {"offense": 1.0}, {"T": 0.90, "BAL": 0.50, "BW": 0.08}),
    ("offence 0, far allies", {"offense": 0.0, "far": 0.28}, {"T": 0.65, "BAL": 0.28, "BW": 0.07}),
    ("offence 1, far allies", {"offense": 1.0, "far": 0.28}, {"T": 0.90, "BAL": 0.28, "BW": 0.12}),
    ("proximity .05", {"proximity": 0.05}, {"T": 0.43, "BAL": 0.25, "BW": 0.03}),
    ("threat's power .05", {"source_power": 0.05, "relative": 0.1}, {"T": 0.69, "BAL": 0.36, "BW": 0.01}),
    ("threat's power .25", {"source_power": 0.25, "relative": 0.5}, {"T": 0.81, "BAL": 0.49, "BW": 0.06}),
    ("threat's power .70", {"source_power": 0.70, "relative": 1.0}, {"T": 0.90, "BAL": 0.17, "BW": 0.27}),
    ("war, even", {"war": True, "win_chance": 0.5}, {"T": 0.83, "BAL": 0.80, "BW": 0.08}),
    ("war, threat ahead", {"war": True, "win_chance": 0.8}, {"BAL": 0.56, "BW": 0.35}),
    ("war, threat has won", {"war": True, "win_chance": 1.0}, {"BAL": 0.30, "BW": 0.65}),
    ("extreme", {"power": 0.02, "alone": True, "war": True, "win_chance": 0.95}, {"BAL": 0.0, "BW": 0.98}),
]


def vary(point_of: Points, candidate_of: Candidates, case: dict[str, Any]) -> DecisionPoint:
    case = dict(case)
    extra: dict[str, Any] = {"reach": case.pop("far", 1.0)}
    if "will" in case:
        extra["will"] = case.pop("will")
    if "all" in case:
        level = case.pop("all")
        case |= {"relative": level, "proximity": level, "offense": level, "intentions": level}
    alone = case.pop("alone", False)
    partners = () if alone else (candidate_of("AAA", **STRONGER | extra), candidate_of("BBB", **WEAKER | extra))
    return point_of(partners, **case)


@pytest.mark.parametrize(("case", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_the_reference_table_is_reproduced(
    point_of: Points, candidate_of: Candidates, case: dict[str, Any], expected: dict[str, float]
) -> None:
    point = vary(point_of, candidate_of, case)
    shares = sharp_forecast([point])[0]["balance_of_threat_full"]
    found = {"T": point.threat, "BAL": sum(shares[: len(point.candidates)])}
    found |= dict(zip(("BW", "NEU", "HIDE"), shares[-3:], strict=True))
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, abs=TOLERANCE), name


def test_balancing_outweighs_bandwagoning_at_the_baseline(point_of: Points, candidate_of: Candidates) -> None:
    shares = sharp_forecast([vary(point_of, candidate_of, {})])[0]["balance_of_threat_full"]
    balance = shares[0] + shares[1]
    assert balance / (balance + shares[2]) == pytest.approx(0.87, abs=TOLERANCE)


@pytest.mark.parametrize(
    ("case", "divisive", "change"), [({"all": 0.0}, False, 0.35), ({}, False, 0.12), ({"all": 0.0}, True, 0.04)]
)
def test_similarity_attracts_partners_unless_fear_or_division_is_stronger(
    point_of: Points, candidate_of: Candidates, case: dict[str, Any], divisive: bool, change: float
) -> None:
    shares = []
    level = case.get("all")
    levels = {} if level is None else {"relative": level, "proximity": level, "offense": level, "intentions": level}
    for similarity in (0.0, 1.0):
        like = candidate_of("AAA", **STRONGER | {"similarity": similarity, "divisive": divisive})
        point = point_of((like, candidate_of("BBB", **WEAKER | {"similarity": 0.0})), **levels)
        shares.append(sharp_forecast([point])[0]["balance_of_threat_full"][0])
    assert shares[1] - shares[0] == pytest.approx(change, abs=TOLERANCE)


@pytest.mark.parametrize(("aid", "share"), [(0.0, 0.08), (1.0, 0.20)])
def test_aid_from_a_monopoly_attracts_the_recipient_to_the_donor(
    point_of: Points, candidate_of: Candidates, aid: float, share: float
) -> None:
    donor = candidate_of("BBB", **WEAKER | {"aid": aid, "monopoly": 1.0, "asymmetry": 1.0})
    point = point_of((candidate_of("AAA", **STRONGER), donor))
    assert sharp_forecast([point])[0]["balance_of_threat_full"][1] == pytest.approx(share, abs=TOLERANCE)
