"""Every hypothesis, rival and baseline in the registry obeys the same rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from inspect import getdoc
from math import exp
from typing import Any, TypeVar

import msgspec
import numpy as np
import pytest
import scalar_forecasts

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint, option_of
from counterpoise.theory.decisions.freezing import freeze
from counterpoise.theory.forecasting.choice_rule import flattened, nested
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.window import Window
from counterpoise.theory.forecasts import HYPOTHESES, forecast, sharp_forecast
from counterpoise.theory.parameters import DEFAULT, Parameters

NAMES = list(HYPOTHESES)
T = TypeVar("T", bound=msgspec.Struct)


@pytest.fixture
def points(
    world_of: Callable[..., World], point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]
) -> list[DecisionPoint]:
    made = [point for seed in range(4) for point in freeze(world_of(7, seed))]
    secure = point_of((candidate_of("AAA"), candidate_of("BBB", power=0.3)), threat=0.05, threatened=False)
    return [*made, secure, point_of(()), point_of((), threatened=False)]


def shares_of(name: str, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
    """Return a hypothesis's shares of one decision, as sharp as the theory itself; not quantised."""
    window = Window([point], parameters)
    return window.on_menus(HYPOTHESES[name].shares(window))[0]


def forecast_of(name: str, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
    """Return a hypothesis's forecast of one decision, not quantised."""
    window = Window([point], parameters)
    exponent, joining = np.array(parameters.sharpness(name)), np.array(parameters.joining(name))
    return window.on_menus(flattened(HYPOTHESES[name].shares(window), exponent, joining))[0]


def changed(record: T, **values: Any) -> T:
    return msgspec.structs.replace(record, **values)


@pytest.mark.parametrize("name", NAMES)
def test_forecasts_are_probabilities_over_the_whole_menu(name: str, points: list[DecisionPoint]) -> None:
    for point in points:
        shares = forecast_of(name, point)
        assert len(shares) == len(point.options)
        assert sum(shares) == pytest.approx(1.0)
        assert min(shares) >= DEFAULT.epsilon / len(shares) - 1e-12


@pytest.mark.parametrize("name", NAMES)
def test_forecasts_do_not_depend_on_the_names_of_states(name: str, points: list[DecisionPoint]) -> None:
    for point in points:

        def renamed(record: Candidate) -> Candidate:
            return changed(record, id=ActorId(f"X{record.id[::-1]}"))

        other = changed(
            point,
            actor=ActorId("XX"),
            top_threat=renamed(point.source).id,
            source=renamed(point.source),
            candidates=tuple(renamed(k) for k in point.candidates),
            options=tuple(
                option if not option_of(option)[1] else f"{option_of(option)[0]}:X{option_of(option)[1][::-1]}"
                for option in point.options
            ),
        )
        assert forecast_of(name, other) == forecast_of(name, point)


@pytest.mark.parametrize("name", NAMES)
def test_forecasts_do_not_depend_on_the_order_of_states(name: str, points: list[DecisionPoint]) -> None:
    for point in points:
        n = len(point.candidates)
        turned = changed(
            point,
            candidates=point.candidates[::-1],
            options=point.options[:n][::-1] + point.options[n:],
        )
        before = dict(zip(point.options, forecast_of(name, point), strict=True))
        after = dict(zip(turned.options, forecast_of(name, turned), strict=True))
        assert after == pytest.approx(before, abs=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_a_hypothesis_names_its_claim_and_its_source(name: str) -> None:
    hypothesis = HYPOTHESES[name]
    assert hypothesis.name == name
    assert hypothesis.title
    text = getdoc(type(hypothesis)) or ""
    assert text.split("\n\n")[0].endswith(".")
    assert len(text.split("\n\n")) > 1


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_value_in_its_range_gives_a_valid_forecast(name: str, points: list[DecisionPoint]) -> None:
    for field in fields(DEFAULT):
        for end in ("low", "high"):
            parameters = replace(DEFAULT, **{field.name: field.metadata[end]})
            for point in points[::5]:
                assert sum(forecast_of(name, point, parameters)) == pytest.approx(1.0)


def test_all_hypotheses_and_baselines_of_the_specification_exist() -> None:
    promised = {
        "balance_of_threat", "balance_of_threat_full", "bandwagoning", "ideology", "aid", "penetration", "uniform",
        "base_rate", "balance_of_power", "status_quo", "nearest", "enemy_of_enemy",
    }  # fmt: skip
    assert promised <= HYPOTHESES.keys()


def test_a_hypothesis_without_shares_cannot_forecast(point_of: Callable[..., DecisionPoint]) -> None:
    with pytest.raises(TypeError):
        Hypothesis().shares(Window([point_of(())], DEFAULT))


def test_a_partner_with_score_zero_counts_as_much_as_doing_nothing(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]
) -> None:
    for threatened in (True, False):
        window = Window([point_of((candidate_of("AAA"),), threatened=threatened)], DEFAULT)
        scores = window.scores_of_alignments(np.zeros((1, 2)))
        [shares] = window.on_menus(nested(scores.values, scores.nest, window.options, DEFAULT))
        count = len(window.points[0].options)
        assert shares == pytest.approx([1.0 / count] * count)


def test_hypotheses_do_not_change_the_window_that_they_share(points: list[DecisionPoint]) -> None:
    window = Window(points, DEFAULT)
    for name in (*HYPOTHESES, *reversed(HYPOTHESES)):
        fresh = HYPOTHESES[name].shares(Window(points, DEFAULT))
        assert HYPOTHESES[name].shares(window).tobytes() == fresh.tobytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_forecast_does_not_depend_on_the_decisions_beside_it(name: str, points: list[DecisionPoint]) -> None:
    window = Window(points, DEFAULT)
    together = window.on_menus(HYPOTHESES[name].shares(window))
    assert together == [shares_of(name, point) for point in points]


@pytest.mark.parametrize(
    "parameters", [DEFAULT, replace(DEFAULT, contest=0.45, nest=0.8, noise=0.4, floor_quantile=0.5)]
)
def test_arrays_agree_with_plain_arithmetic_to_the_millionth(
    parameters: Parameters, points: list[DecisionPoint], world_of: Callable[..., World]
) -> None:
    many = [*points, *(point for seed in range(12) for point in freeze(world_of(5 + seed, seed), parameters))]
    for point, sharp, flat in zip(many, sharp_forecast(many, parameters), forecast(many, parameters), strict=True):
        for found, plain in ((sharp, scalar_forecasts.sharp_shares), (flat, scalar_forecasts.shares)):
            expected = plain(point, parameters)
            assert found == {name: tuple(round(share, 6) for share in expected[name]) for name in HYPOTHESES}


@pytest.mark.parametrize("name", NAMES)
def test_a_forecast_is_flattened_among_the_alignments_and_nowhere_else(name: str, points: list[DecisionPoint]) -> None:
    exponent = DEFAULT.sharpness(name)
    for point in points:
        sharp, flat = shares_of(name, point), forecast_of(name, point)
        n = point.alignments
        assert flat[n:] == sharp[n:]
        assert sum(flat[:n]) == pytest.approx(sum(sharp[:n]))
        powers = [share**exponent for share in sharp[:n]]
        if point.threatened:
            powers[-1] *= exp(DEFAULT.joining(name))
        assert flat[:n] == pytest.approx([sum(sharp[:n]) * power / sum(powers) for power in powers])


def test_every_hypothesis_that_prefers_some_alignments_has_a_sharpness(points: list[DecisionPoint]) -> None:
    named = {field.name for field in fields(DEFAULT)}
    for name in HYPOTHESES:
        rows = [shares_of(name, point)[: point.alignments] for point in points]
        prefers = any(max(row) > 1.01 * min(row) for row in rows if row)
        assert (f"sharpness_{name}" in named) == prefers, name


Points = Callable[..., DecisionPoint]
Candidates = Callable[..., Candidate]


def by_option(name: str, point: DecisionPoint) -> dict[str, float]:
    return dict(zip(point.options, forecast_of(name, point), strict=True))


def test_bandwagoning_forecasts_joining_the_top_threat(point_of: Points, candidate_of: Candidates) -> None:
    fearful = by_option("bandwagoning", point_of((candidate_of("AAA"),), threat=0.9))
    calm = by_option("bandwagoning", point_of((candidate_of("AAA"),), threat=0.2))
    assert fearful["BW"] > calm["BW"] > fearful["BAL:AAA"]


@pytest.mark.parametrize(
    ("name", "trait"),
    [
        ("ideology", {"similarity": 1.0}),
        ("aid", {"aid": 0.5, "monopoly": 1.0}),
        ("penetration", {"penetration": 0.8}),
        ("nearest", {"km": 50.0}),
        ("enemy_of_enemy", {"rivals_shared": 3}),
    ],
)
def test_each_simple_hypothesis_prefers_the_candidate_with_its_trait(
    name: str, trait: dict[str, Any], point_of: Points, candidate_of: Candidates
) -> None:
    shares = by_option(name, point_of((candidate_of("AAA", **trait), candidate_of("BBB"))))
    assert shares["BAL:AAA"] > shares["BAL:BBB"]


def test_balance_of_power_opposes_the_strongest_state_and_not_the_top_threat(
    point_of: Points, candidate_of: Candidates
) -> None:
    giant, peer = candidate_of("BIG", power=0.9), candidate_of("AAA", power=0.3)
    point = point_of((giant, peer), power=0.4, source_power=0.05)
    power, threat = (
        dict(zip(point.options, sharp_forecast([point])[0][name], strict=True))
        for name in ("balance_of_power", "balance_of_threat")
    )
    assert power["BAL:AAA"] > 5 * power["BAL:BIG"]
    assert threat["BAL:AAA"] < 2 * threat["BAL:BIG"]


def test_the_status_quo_forecasts_no_change_and_base_rates_follow_the_classes(
    point_of: Points, candidate_of: Candidates
) -> None:
    point = point_of((candidate_of("AAA"), candidate_of("BBB")))
    quiet = by_option("status_quo", point)
    assert quiet["NEU"] > quiet["HIDE"] > quiet["BW"]
    sheltered = by_option("status_quo", changed(point, sheltered=True))
    assert sheltered["HIDE"] > sheltered["NEU"]
    rates = by_option("base_rate", point)
    assert rates["BAL:AAA"] == rates["BAL:BBB"] > rates["BW"]
    assert len(set(by_option("uniform", point).values())) == 1
