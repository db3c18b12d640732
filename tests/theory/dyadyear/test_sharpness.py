"""The registered sharpness and the constants of joining the threat are what the world outside the judged cases gives."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs
from scipy.stats import t

from counterpoise.cli.history.reading import read_tables
from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import BANDWAGON, DecisionPoint
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
class Menu:
    """A choice of a partner, with the forecasts before they are flattened."""

    shares: dict[str, tuple[float, ...]]
    """By hypothesis, the probability of each option of the decision."""
    places: list[int]
    """The options on the menu."""
    joining: list[bool]
    """Which of them joins the top threat."""
    chosen: int
    pact: int


@dataclass(frozen=True)
class Abroad:
    """Choices of a partner outside the judged cases."""

    menus: list[Menu]
    silent: Collection[str]
    """Hypotheses that the data do not let forecast."""


def choices_of(first: int, last: int, *, are_near: bool = False) -> Abroad:
    """Return the choices of some years, among all states or among those politically relevant to the chooser alone."""
    data = Path(__file__).resolve().parents[4] / "shared" / "data"
    if not data.is_dir():
        pytest.skip("the reference data are not beside this repository")
    tables, selection = read_tables(data, lambda _: None), Selection(first, last, None, (), False)
    worlds = list(WorldBuilder(tables, selection).years(None))
    chosen = choices(worlds, tables, decisions(worlds, tables, selection.focal))
    kept = [choice for choice in chosen if not is_judged(choice, worlds)]
    assert len(kept) < len(chosen)
    found = [(choice, decision_point_of(worlds[choice.decision.world], tables, choice.decision)) for choice in kept]
    if are_near:
        near = [(choice, near_menu(worlds[choice.decision.world], choice, *decision)) for choice, decision in found]
        found = [(choice, decision) for choice, decision in near if decision is not None]
    return Abroad(menus_of(found), hypotheses_without_data(tables))


Described = tuple[DecisionPoint, dict[int, int]]
"""A decision, and the option of each state that it could align with."""


def near_menu(world: WorldYear, choice: Choice, point: DecisionPoint, where: dict[int, int]) -> Described | None:
    """Return a decision among politically relevant states alone, as in a scenario; ``None`` if the chosen one was not."""
    me, top = choice.decision.me, choice.decision.top
    states = [k for k in where if k != top or not point.threatened]
    kept = [k for k in states if world.relevant[me, k] or world.relevant[k, me]]
    partner = int(choice.alternatives[choice.chosen])
    if partner not in kept and not (partner == top and point.threatened):
        return None
    beside = point.options[len(point.candidates) :]
    near = structs.replace(
        point,
        candidates=tuple(point.candidates[where[k]] for k in kept),
        options=(*[point.options[where[k]] for k in kept], *beside),
    )
    places = {k: place for place, k in enumerate(kept)}
    return near, places | ({top: len(kept)} if point.threatened else {})


def menus_of(made: Sequence[tuple[Choice, Described]]) -> list[Menu]:
    """Return the menus of choices, with the forecasts of each."""
    forecasts = sharp_forecast([point for _, (point, _) in made])
    found = []
    for (choice, (point, where)), shares in zip(made, forecasts, strict=True):
        states = [int(k) for k in choice.alternatives if int(k) in where]
        places = [where[k] for k in states]
        joining = [point.options[place] == BANDWAGON for place in places]
        chosen = states.index(int(choice.alternatives[choice.chosen]))
        found.append(Menu(shares, places, joining, chosen, choice.pact))
    return found


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_the_registered_sharpness_is_fitted_outside_the_judged_cases_or_chosen() -> None:
    abroad = choices_of(1946, 1990)
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
                tuple((float(np.log(menu.shares[name][place])),) for place in menu.places),
                menu.chosen,
                ("", str(menu.pact)),
            )
            for menu in abroad.menus
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
@pytest.mark.timeout(240)
def test_the_registered_constants_of_joining_the_threat_are_fitted_outside_the_judged_cases() -> None:
    menus = [menu for menu in choices_of(1915, 1990, are_near=True).menus if any(menu.joining)]
    registered = {name: (value, low, high) for name, value, low, high, _ in table()}
    for name in HYPOTHESES:
        constant, low, high = joining_constant(menus, name, DEFAULT.sharpness(name))
        if high < 0.0 and name not in CLAIMANTS:
            assert registered[f"joining_{name}"] == pytest.approx((constant, low, high), abs=0.011), name
        else:
            assert f"joining_{name}" not in registered, name


CLAIMANTS = ("bandwagoning", "bandwagoning_for_profit")
"""Hypotheses that claim that states join their threat: a constant would take back what they claim."""


def joining_constant(menus: list[Menu], name: str, exponent: float) -> tuple[float, float, float]:
    """Return the constant of joining the threat that fits choices best, with its 90 % interval over pacts."""
    logs = [exponent * np.log([menu.shares[name][place] for place in menu.places]) for menu in menus]
    places = [menu.joining.index(True) for menu in menus]
    chosen = np.array([menu.joining[menu.chosen] for menu in menus], dtype=float)
    pacts = np.array([menu.pact for menu in menus])
    constant = 0.0
    for _ in range(50):
        joins = []
        for values, place in zip(logs, places, strict=True):
            odds = np.exp(values - values.max())
            odds[place] *= np.exp(constant)
            joins.append(odds[place] / odds.sum())
        likely = np.array(joins)
        information = float((likely * (1.0 - likely)).sum())
        constant += float((chosen - likely).sum()) / information
    scores = [float((chosen - likely)[pacts == pact].sum()) for pact in np.unique(pacts)]
    spread = float(np.sqrt(len(scores) / (len(scores) - 1) * np.square(scores).sum())) / information
    width = float(t.ppf(0.95, len(scores) - 1)) * spread
    return constant, constant - width, constant + width
