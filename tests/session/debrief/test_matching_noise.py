from __future__ import annotations

import hashlib
from typing import Any

import pytest
from tests.theory.check.conftest import made_benchmark

from counterpoise.errors import InputError
from counterpoise.session.debrief.matching_noise import matching_noise, require_fitting
from counterpoise.theory.check.noise_benchmark import NoiseBenchmark

TEXT = "the scenario"


def header(**changes: Any) -> dict[str, Any]:
    return {"scenario": "checkerboard", "scenario_text": TEXT, "rules_version": 6, "theory_version": 2, **changes}


def fitting(**changes: Any) -> NoiseBenchmark:
    return made_benchmark([0.1] * 9, **{"scenario_hash": hashlib.sha256(TEXT.encode()).hexdigest(), **changes})


def test_sessions_are_counted_by_the_benchmark_that_fits_them() -> None:
    other = fitting(scenario="other", scenario_hash=hashlib.sha256(b"another").hexdigest())
    headers = {"a": header(), "b": header(scenario="other", scenario_text="another"), "c": header()}
    noise, sentences = matching_noise(headers, [fitting(), other])
    assert noise is not None
    assert [(benchmark.scenario, sessions) for benchmark, sessions in noise.counted] == [
        ("checkerboard", 2),
        ("other", 1),
    ]
    assert "of checkerboard from 9 games of random players and of other from 9 games" in sentences[0]


@pytest.mark.parametrize(
    ("session", "benchmarks", "why"),
    [
        (header(), [], "there is none of checkerboard"),
        (header(scenario_text="changed"), [fitting()], "of another file of this name"),
        (
            header(rules_version=5),
            [fitting()],
            "of rules version 6 and version 2 of the theory, the session of 5 and 2",
        ),
        (
            header(theory_version=1),
            [fitting()],
            "of rules version 6 and version 2 of the theory, the session of 6 and 1",
        ),
    ],
)
def test_without_a_benchmark_the_debrief_says_why_and_how_to_make_one(
    session: dict[str, Any], benchmarks: list[NoiseBenchmark], why: str
) -> None:
    noise, [sentence] = matching_noise({"a": session}, benchmarks)
    assert noise is None
    assert why in sentence
    assert "counterpoise noise checkerboard --out FILE" in sentence
    assert "debrief --noise FILE" in sentence


def test_a_session_without_a_benchmark_leaves_the_others_without_one_too() -> None:
    noise, [sentence] = matching_noise({"a": header(), "b": header(rules_version=5)}, [fitting()])
    assert noise is None
    assert "fits b (" in sentence


def test_of_two_benchmarks_that_fit_the_first_is_taken() -> None:
    noise, _ = matching_noise({"a": header()}, [fitting(seed="mine"), fitting(seed="shipped")])
    assert noise is not None
    assert noise.counted[0][0].seed == "mine"


@pytest.mark.parametrize(
    ("session", "got"),
    [
        (header(scenario_text="changed"), "got one of another file of checkerboard"),
        (header(rules_version=5), "got one of checkerboard with rules version 6 and version 2 of the theory"),
        (header(scenario="other"), "got one of checkerboard with rules version 6"),
    ],
)
def test_a_named_benchmark_that_fits_no_session_is_refused(session: dict[str, Any], got: str) -> None:
    if session["scenario"] == "other":
        session = {**session, "scenario_text": "another"}
    with pytest.raises(InputError, match=rf"^n\.json: expected a noise benchmark of the session, .*{got}"):
        require_fitting(fitting(), "n.json", {"a": session})
    require_fitting(fitting(), "n.json", {"a": session, "b": header()})
