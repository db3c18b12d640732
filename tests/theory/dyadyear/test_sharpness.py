"""The registered sharpness of forecasts is what the world outside the judged cases gives, and it needs no constant beside it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from counterpoise.cli.history.reading import read_tables
from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import BANDWAGON
from counterpoise.theory.dyadyear.alliance_decisions import Choice, choices, decisions
from counterpoise.theory.dyadyear.data_tables import REGIONS, Selection
from counterpoise.theory.dyadyear.partner_choice import decision_point_of, hypotheses_without_data
from counterpoise.theory.dyadyear.worlds import WorldBuilder, WorldYear
from counterpoise.theory.forecasts import HYPOTHESES, sharp_forecast
from counterpoise.theory.parameters import DEFAULT, table
from counterpoise.theory.statistics import ChoiceSet

JUDGED_YEARS = range(1955, 1980)
CHOSEN = 0.2


def is_judged(choice: Choice, worlds: list[WorldYear]) -> bool:
    """Tell whether a choice is of the Middle East of 1955-79, by the chooser or the partner."""
    low, high = REGIONS["middle-east"]
    partner = worlds[choice.decision.world].states[int(choice.alternatives[choice.chosen])]
    return choice.decision.year in JUDGED_YEARS and any(low <= s <= high for s in (choice.decision.state, partner))


@dataclass(frozen=True)
class Abroad:
    """Choices of a partner outside the judged cases."""

    rows: list[tuple[Choice, dict[str, tuple[float, ...]], list[int], list[bool]]]
    """Each choice with the forecasts before they are flattened, the options of its alternatives, and which joins the threat."""
    silent: Collection[str]
    """Hypotheses that the data do not let forecast."""


@pytest.fixture(scope="module")
def abroad() -> Abroad:
    data = Path(__file__).resolve().parents[4] / "shared" / "data"
    if not data.is_dir():
        pytest.skip("the reference data are not beside this repository")
    tables, selection = read_tables(data, lambda _: None), Selection(1946, 1990, None, (), False)
    worlds = list(WorldBuilder(tables, selection).years(None))
    chosen = choices(worlds, tables, decisions(worlds, tables, selection.focal))
    kept = [choice for choice in chosen if not is_judged(choice, worlds)]
    assert len(kept) < len(chosen)
    described = [decision_point_of(worlds[choice.decision.world], tables, choice.decision) for choice in kept]
    forecasts = sharp_forecast([point for point, _ in described])
    rows = []
    for choice, (point, where), shares in zip(kept, described, forecasts, strict=True):
        menu = [where[int(k)] for k in choice.alternatives]
        rows.append((choice, shares, menu, [point.options[place] == BANDWAGON for place in menu]))
    return Abroad(rows, hypotheses_without_data(tables))


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_the_registered_sharpness_is_fitted_outside_the_judged_cases_or_chosen(abroad: Abroad) -> None:
    registered = {name: (value, low, high) for name, value, low, high, _ in table()}
    for name in HYPOTHESES:
        if f"sharpness_{name}" not in registered:
            continue
        value, least, most = registered[f"sharpness_{name}"]
        if name in abroad.silent:
            assert value == CHOSEN, name
            continue
        sets = [
            ChoiceSet(
                tuple((float(np.log(shares[name][place])),) for place in menu), choice.chosen, ("", str(choice.pact))
            )
            for choice, shares, menu, _ in abroad.rows
        ]
        size = statistics.standard_deviation([row[0] for one in sets for row in one.rows])
        fit = statistics.conditional_logit(sets)
        assert fit is not None
        if fit.low > 0.0:
            expected = (fit.estimate / size, fit.low / size, fit.high / size)
            assert (value, least, most) == pytest.approx(expected, abs=0.011), name
        else:
            assert value == CHOSEN == DEFAULT.sharpness(name), name


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", ["balance_of_threat", "balance_of_threat_full", "chain_gangs", "waiting"])
def test_flattened_forecasts_of_balancing_need_no_constant_for_joining_the_threat(abroad: Abroad, name: str) -> None:
    sets = [
        ChoiceSet(
            tuple(
                (float(joins), float(np.log(shares[name][place]))) for place, joins in zip(menu, joining, strict=True)
            ),
            choice.chosen,
            ("", str(choice.pact)),
        )
        for choice, shares, menu, joining in abroad.rows
    ]
    joined = sum(joining[choice.chosen] for choice, _, _, joining in abroad.rows)
    assert joined >= 5, "too few joined the threat to tell"
    fit = statistics.conditional_logit(sets)
    assert fit is not None
    assert fit.low < 0.0 < fit.high
    sharpness = DEFAULT.sharpness(name)
    expected = 0.0
    for _, shares, menu, joining in abroad.rows:
        powers = [shares[name][place] ** sharpness for place in menu]
        expected += sum(power for power, joins in zip(powers, joining, strict=True) if joins) / sum(powers)
    assert expected == pytest.approx(joined, rel=0.25)
