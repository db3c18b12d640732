"""The noise benchmarks that fit the sessions of a debrief, and what to say where none fits."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from counterpoise.errors import InputError
from counterpoise.session.journal.header import theory_version
from counterpoise.theory.check.expected_noise import ExpectedNoise
from counterpoise.theory.check.noise_benchmark import NoiseBenchmark


def matching_noise(
    headers: Mapping[str, Mapping[str, Any]], benchmarks: Sequence[NoiseBenchmark]
) -> tuple[ExpectedNoise | None, list[str]]:
    """Return what noise would give in some sessions, and a sentence on where that is from.

    A benchmark fits a session with the same scenario file, rules and version of the theory. Without one for every session there
    is no noise to compare with.

    Args:
        headers: the content of each journal's header, by the label of the session.
        benchmarks: those that may fit; of several that fit the first is taken.
    """
    counted: dict[int, int] = {}
    lacking: list[str] = []
    for label, header in headers.items():
        fitting = [place for place, benchmark in enumerate(benchmarks) if _fits(benchmark, header)]
        if fitting:
            counted[fitting[0]] = counted.get(fitting[0], 0) + 1
        else:
            lacking.append(f"{label} ({_why(header, benchmarks)})")
    if lacking:
        return None, [_without(lacking, headers)]
    found = [(benchmarks[place], sessions) for place, sessions in counted.items()]
    return ExpectedNoise(found), [_with([benchmark for benchmark, _ in found])]


def require_fitting(benchmark: NoiseBenchmark, source: str, headers: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse a benchmark that a user named and that fits none of the sessions: it would be left out without a word.

    Args:
        benchmark: what the user named.
        source: name of its file.
        headers: the content of each journal's header, by any label.

    Raises:
        InputError: the benchmark is of another scenario, other rules or another theory.
    """
    if any(_fits(benchmark, header) for header in headers.values()):
        return
    header = next(iter(headers.values()))
    whose = "the session" if len(headers) == 1 else "one of the sessions"
    if benchmark.scenario == header["scenario"] and benchmark.scenario_hash != _scenario_hash(header):
        got = f"one of another file of {benchmark.scenario}"
    else:
        got = f"one of {_described(benchmark.scenario, benchmark.rules_version, benchmark.theory_version)}"
    wanted = _described(header["scenario"], header["rules_version"], theory_version(header))
    raise InputError(source, "", f"a noise benchmark of {whose}, such as one of {wanted}", got)


def _described(scenario: str, rules: int, theory: int) -> str:
    return f"{scenario} with rules version {rules} and version {theory} of the theory"


def _fits(benchmark: NoiseBenchmark, header: Mapping[str, Any]) -> bool:
    mine = (benchmark.scenario_hash, benchmark.rules_version, benchmark.theory_version)
    return mine == (_scenario_hash(header), header["rules_version"], theory_version(header))


def _scenario_hash(header: Mapping[str, Any]) -> str:
    return hashlib.sha256(header["scenario_text"].encode()).hexdigest()


def _why(header: Mapping[str, Any], benchmarks: Sequence[NoiseBenchmark]) -> str:
    name = header["scenario"]
    same = [benchmark for benchmark in benchmarks if benchmark.scenario == name]
    if not same:
        return f"there is none of {name}"
    if all(benchmark.scenario_hash != _scenario_hash(header) for benchmark in same):
        return f"that of {name} is of another file of this name"
    return (
        f"that of {name} is of rules version {same[0].rules_version} and version {same[0].theory_version} of the theory, the "
        f"session of {header['rules_version']} and {theory_version(header)}"
    )


def _without(lacking: Sequence[str], headers: Mapping[str, Mapping[str, Any]]) -> str:
    name = next(iter(headers.values()))["scenario"]
    shown = ", ".join(lacking[:3]) + (f" and {len(lacking) - 3} more" if len(lacking) > 3 else "")
    return (
        f"No noise benchmark fits {shown}. Verdicts compare with the nominal nulls alone, beyond which random players may get as "
        f"well. `counterpoise noise {name} --out FILE` plays random players of this program's rules and writes such a benchmark, "
        "and `counterpoise debrief --noise FILE` uses it."
    )


def _with(benchmarks: Sequence[NoiseBenchmark]) -> str:
    parts = [
        f"of {benchmark.scenario} from {benchmark.random.games} games of random players"
        + (f", {benchmark.pool} for each estimate" if benchmark.pool > 1 else "")
        for benchmark in benchmarks
    ]
    return (
        f"Noise is known {' and '.join(parts)}. Every verdict that an effect is there lies beyond what these players give from "
        "as many observations."
    )
