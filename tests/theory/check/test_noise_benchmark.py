from __future__ import annotations

import json
from collections.abc import Callable

import jsonschema
import pytest

from counterpoise.errors import InputError
from counterpoise.theory.check.noise_benchmark import NoiseBenchmark, noise_schema, read_benchmark
from counterpoise.theory.check.noise_estimates import noise_of, pool_estimates
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.forecasts import HYPOTHESES


def test_a_benchmark_is_read_as_it_was_written(benchmark_of: Callable[..., NoiseBenchmark]) -> None:
    made = benchmark_of([0.25, None, -1.5])
    text = made.text()
    assert read_benchmark(text, "b.json") == made
    assert '"W3.1": {"n":100.0,"values":[0.25,null,-1.5]}' in text.splitlines(), "one line for each proposition"
    jsonschema.Draft202012Validator(noise_schema()).validate(json.loads(text))


@pytest.mark.parametrize("text", ["", "[]", '{"format": 1}', '{"format": 2}'])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"b\.json.*not a noise benchmark"):
        read_benchmark(text, "b.json")


def test_a_pool_has_every_proposition_and_hypothesis(planted: Callable[..., list[DecisionRecord]]) -> None:
    pools = [pool_estimates(planted("ideology", sessions=4, seed=seed), (), {}) for seed in ("1", "2")]
    noise = noise_of(pools, 8)
    assert noise.games == 8
    assert list(noise.propositions) == list(PROPOSITIONS)
    assert list(noise.hypotheses) == list(HYPOTHESES)
    shares, likeness = noise.propositions["W3.1"], noise.propositions["W4.1"]
    assert len(shares.values) == len(likeness.values) == 2
    assert all(value is not None and value > 0.0 for value in likeness.values)
    assert noise.propositions["W1.6"].values == [None, None], "nothing is known of the lives of alliances"
    assert noise.propositions["W1.6"].n == 0.0
    assert noise.hypotheses["ideology"].n > noise.hypotheses["ideology"].partners > 0.0
    assert all(skill is not None and skill > 0.0 for skill in noise.hypotheses["ideology"].partner_skill)
