"""A policy of few weights plays what its weights say, and the training example learns the same every time."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

pytest.importorskip("pettingzoo", reason="the extra rl is not installed: pip install 'counterpoise[rl]'")

from counterpoise_clients.env.actions import PASS
from counterpoise_clients.env.linear_policy import AGAINST_FEARED, LinearPolicy, Weights
from counterpoise_clients.env.single import SeatEnv

EXAMPLE = Path(__file__).parents[3] / "clients" / "examples" / "learning" / "train_policy.py"
TINY = ("--generations", "2", "--pairs", "1", "--games", "1", "--held-out", "2")


@pytest.fixture
def env() -> SeatEnv:
    return SeatEnv("BEL", bots="status-quo")


def weights(policy: LinearPolicy, given: dict[str, float]) -> Weights:
    """Return weights that are -1, or 0 for what is observed, but for those that are given by name."""
    assert given.keys() <= set(policy.names)
    return np.array([given.get(name, 0.0 if " by " in name else -1.0) for name in policy.names])


def test_a_policy_takes_the_legal_action_that_its_weights_score_highest(env: SeatEnv) -> None:
    policy, actions = LinearPolicy(env.episode), env.episode.actions.actions
    observation, _ = env.reset(seed=1)
    policy.set_weights(weights(policy, {}))
    assert policy.choose(observation) == PASS
    policy.set_weights(weights(policy, {"propose_alliance defence": 1.0, "govern provide": 0.5}))
    for kind in ("propose_alliance", "govern"):
        chosen = policy.choose(observation)
        assert actions[chosen].kind == kind
        observation["action_mask"][[n for n, action in enumerate(actions) if action.kind == kind]] = 0
    assert policy.choose(observation) == PASS


def test_a_policy_weighs_what_is_observed_of_the_target(env: SeatEnv) -> None:
    policy, actions = LinearPolicy(env.episode), env.episode.actions.actions
    observation, _ = env.reset(seed=1)
    row = dict(zip(env.episode.names, observation["observation"].tolist(), strict=True))
    for weight, best in ((1.0, max), (-1.0, min)):
        named = {"propose_alliance defence": 2.0, "friendly by similarity": weight, AGAINST_FEARED: -9.0}
        policy.set_weights(weights(policy, named))
        chosen = actions[policy.choose(observation)]
        legal = [
            actions[number].target
            for number in np.flatnonzero(observation["action_mask"])
            if (actions[number].kind, actions[number].parameter) == ("propose_alliance", "defence")
        ]
        likeness = {target: row[f"similarity of target {target}"] for target in legal}
        assert likeness[chosen.target] == best(likeness.values())


def test_a_policy_answers_by_the_reason_of_the_call(env: SeatEnv) -> None:
    policy, actions = LinearPolicy(env.episode), env.episode.actions.actions
    observation, over = env.reset(seed=1)[0], False
    call = env.episode.names.index("call for crisis in slot 0")
    while not over and not observation["observation"][call]:
        observation, _, over, _, _ = env.step(PASS)
    assert not over
    policy.set_weights(weights(policy, {"answer 1 to a call for crisis": 1.0}))
    assert str(actions[policy.choose(observation)]) == "answer answer 1 slot 0"
    policy.set_weights(weights(policy, {"answer 1 to a call for proposal": 1.0}))
    assert policy.choose(observation) == PASS


def run_example(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLE), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)


def test_the_training_example_learns_the_same_in_one_process_and_in_two(tmp_path: Path) -> None:
    runs = [run_example(*TINY, "--jobs", jobs, "--out", str(tmp_path / jobs)) for jobs in ("1", "2")]
    assert runs[0].returncode == 0, runs[0].stderr
    assert runs[0].stdout == runs[1].stdout
    for file in ("curve.csv", "curve.svg", "weights.csv"):
        assert (tmp_path / "1" / file).read_bytes() == (tmp_path / "2" / file).read_bytes()
    curve = list(csv.DictReader((tmp_path / "1" / "curve.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["generation"] for row in curve] == ["1", "2"]
    assert all(float(row["mean"]) <= float(row["best quarter"]) for row in curve)
    picture = ElementTree.parse(tmp_path / "1" / "curve.svg").getroot()
    lines = picture.findall("{http://www.w3.org/2000/svg}polyline")
    assert [len(line.attrib["points"].split()) for line in lines] == [2, 2, 2]
    assert [line.partition(" (")[0] for line in runs[0].stdout.splitlines()[1:]] == [
        "than random", "than status-quo", "than balancer",
    ]  # fmt: skip


def test_the_training_example_names_what_is_wrong_before_it_learns(tmp_path: Path) -> None:
    (tmp_path / "curve.svg").write_text("mine", encoding="utf-8")
    for arguments, error in (
        (("--out", str(tmp_path)), "is there already: move it away, or name another folder with --out"),
        (("--seat", "XXX"), "--seat: no seat XXX; the seats are ARD, BEL"),
        (("--held-out", "1"), "--held-out: expected a number from 2, got 1"),
    ):
        done = run_example(*arguments)
        assert (done.returncode, error in done.stderr) == (2, True), done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["curve.svg"]
