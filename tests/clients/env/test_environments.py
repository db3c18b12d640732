"""The environments for learners keep the contracts of PettingZoo and Gymnasium, and play the game that ``Game`` plays."""

from __future__ import annotations

import subprocess
import sys
import warnings
from random import Random
from typing import Any

import numpy as np
import pytest

from counterpoise.errors import InputError

pytest.importorskip("pettingzoo", reason="the extra rl is not installed: pip install 'counterpoise[rl]'")

from gymnasium.utils.env_checker import check_env
from pettingzoo.test.api_test import api_test
from pettingzoo.test.parallel_test import parallel_api_test
from pettingzoo.test.seed_test import parallel_seed_test

from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.moves.respond_crisis import RespondCrisis
from counterpoise_clients.env.actions import PASS, ActionList
from counterpoise_clients.env.episode import Episode, Rewards
from counterpoise_clients.env.parallel import AllianceEnv, turn_by_turn
from counterpoise_clients.env.single import SeatEnv, workers

SHORT = "checkerboard"


def chosen(mask: np.ndarray[tuple[int, ...], np.dtype[np.int8]], chances: Random) -> int:
    return int(chances.choice(np.flatnonzero(mask).tolist()))


def play(env: SeatEnv, seed: int, chances: Random, steps: int) -> list[tuple[int, float, list[float]]]:
    """Play some steps of a game; return each action with its reward and what was observed."""
    observation, _ = env.reset(seed=seed)
    played = []
    for _ in range(steps):
        action = chosen(observation["action_mask"], chances)
        observation, reward, *_ = env.step(action)
        played.append((action, reward, observation["observation"].tolist()))
    return played


@pytest.fixture(autouse=True)
def _no_advice() -> None:
    """The checkers warn where they would like renderers or a registered name."""
    warnings.filterwarnings("ignore", module="gymnasium|pettingzoo")


def test_the_parallel_environment_passes_pettingzoos_checks() -> None:
    parallel_api_test(AllianceEnv(), num_cycles=120)
    parallel_seed_test(AllianceEnv, num_cycles=60)


def test_the_turn_by_turn_environment_passes_pettingzoos_checks() -> None:
    api_test(turn_by_turn(AllianceEnv(seats=("COR", "BEL"), bots="status-quo")), num_cycles=300)


def test_the_single_environment_passes_gymnasiums_checks() -> None:
    check_env(SeatEnv("COR", bots="status-quo"), skip_render_check=True)


def test_every_action_that_a_mask_offers_is_an_order_that_the_game_takes_and_the_seat_can_pay() -> None:
    episode, chances = Episode(SHORT), Random("legal")
    left = episode.names.index("treasury left at this stop")
    kinds: dict[str, int] = {}
    episode.begin("1")
    while not episode.is_over:
        for seat in episode.seats:
            observed = episode.observation(seat)
            if episode.acts(seat):
                costs = episode.actions.costs[observed["action_mask"] == 1]
                assert costs.max() <= observed["observation"][left] * 100 + 1e-3
            action = chosen(observed["action_mask"], chances)
            kind = episode.actions.actions[action].kind
            kinds[kind] = kinds.get(kind, 0) + 1
            episode.act(seat, action)
        episode.move_on()
    assert episode.orders_refused == 0
    assert {"pass", "answer", "propose_alliance", "give_aid", "penetrate", "found_pact", "arm"} <= set(kinds)


@pytest.mark.parametrize(
    "weights", [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (1.0, 0.0, 1.0)], ids=["score", "goals", "rivals"]
)
def test_rewards_add_up_to_what_they_count(weights: tuple[float, float, float]) -> None:
    def counted() -> dict[str, float]:
        scores, found = episode.scores(), {}
        for seat, score in scores.items():
            goals = episode.game.view(seat).own.score_parts.objectives
            others = np.mean([other for rival, other in scores.items() if rival != seat])
            found[seat] = float(np.dot(weights, (score, goals, -float(others))))
        return found

    episode = Episode(SHORT, rewards=Rewards(*weights))
    episode.begin("3")
    begun, totals = counted(), dict.fromkeys(episode.seats, 0.0)
    while not episode.is_over:
        for seat in episode.seats:
            episode.act(seat, PASS)
        assert episode.move_on()
        for seat, reward in episode.rewards().items():
            totals[seat] += reward
    assert totals == pytest.approx({seat: score - begun[seat] for seat, score in counted().items()}, abs=1e-6)
    assert all(total != 0.0 for total in totals.values())


def test_equal_seeds_and_actions_give_equal_games_and_others_differ() -> None:
    env = SeatEnv("BEL", bots="mix")
    games = [play(env, seed, Random("same"), steps=25) for seed in (5, 5, 6)]
    assert games[0] == games[1]
    assert games[0] != games[2]


def test_an_action_outside_the_mask_passes() -> None:
    env = SeatEnv("COR", bots="status-quo")
    observation, _ = env.reset(seed=1)
    forbidden = int(np.flatnonzero(observation["action_mask"] == 0)[0])
    tick = env.episode.game.tick
    env.step(forbidden)
    assert env.episode.game.tick > tick


def test_a_seat_makes_as_many_moves_as_it_may_and_each_to_a_state_once() -> None:
    env = SeatEnv("COR", bots="status-quo", moves=3)
    observation, _ = env.reset(seed=1)
    groups, tick = env.episode.actions.groups, env.episode.game.tick
    for made in range(3):
        assert env.episode.game.tick == tick, made
        action = int(np.flatnonzero(observation["action_mask"])[1])
        observation, *_ = env.step(action)
        if made < 2:
            assert not observation["action_mask"][groups == groups[action]].any()
    assert env.episode.game.tick > tick


def test_actions_mean_the_most_feared_state_and_the_calls_that_wait() -> None:
    episode = Episode(SHORT, ("BEL",), bots="balancer")
    labels = {str(action): number for number, action in enumerate(episode.actions.actions)}
    assert len(labels) == len(episode.actions)
    episode.begin("1")
    mask = episode.observation("BEL")["action_mask"]
    moves = episode._stops["BEL"].legal
    offer = labels["propose_alliance defence target 1 against the most feared"]
    assert mask[offer]
    named = moves[offer]
    assert isinstance(named, ProposeAlliance)
    assert named.against == "COR", "Corvane is the state that Belmar fears most"
    assert not mask[labels["propose_alliance defence target 0 against the most feared"]]
    while not any(isinstance(move, RespondCrisis) for move in episode._stops["BEL"].legal.values()):
        episode.act("BEL", PASS)
        episode.move_on()
    answers = [n for n, move in episode._stops["BEL"].legal.items() if isinstance(move, RespondCrisis)]
    assert [str(episode.actions.actions[number]) for number in answers][:2] == [
        "answer answer 0 slot 0",
        "answer answer 1 slot 0",
    ]


def test_every_number_of_an_observation_has_a_name_of_its_own_and_keeps_its_range() -> None:
    env = SeatEnv("COR", bots="status-quo")
    assert len(dict.fromkeys(env.episode.names)) == len(env.episode.names)
    observation, _ = env.reset(seed=1)
    assert env.observation_space.contains(observation)
    row = dict(zip(env.episode.names, observation["observation"].tolist(), strict=True))
    assert row["a window is open"] == 1.0
    assert row["threat of target 0"] >= row["threat of target 1"] >= row["threat of target 6"] > 0.0
    assert row["gravest threat"] == pytest.approx(row["threat of target 0"])


def test_workers_in_processes_of_their_own_play_the_games_of_their_seeds() -> None:
    vector = workers(2, "COR", bots="status-quo")
    try:
        observations, _ = vector.reset(seed=11)
        alone, _ = SeatEnv("COR", bots="status-quo").reset(seed=12)
        assert np.array_equal(observations["observation"][1], alone["observation"])
        _, rewards, over, _, _ = vector.step(np.array([PASS, PASS]))
        assert rewards.shape == over.shape == (2,)
    finally:
        vector.close()


def test_large_scenarios_have_places_for_every_state() -> None:
    episode = Episode("middle-east-1955", ("EGY",), bots="status-quo")
    episode.begin("1")
    assert episode.actions.targets == 18
    assert episode.observation("EGY")["action_mask"].sum() > 100


def test_wrong_settings_are_named() -> None:
    with pytest.raises(KeyError, match="no seat XXX; the seats are ARD, BEL"):
        SeatEnv("XXX")
    with pytest.raises(InputError):
        SeatEnv("COR", bots="nobody")
    with pytest.raises(InputError, match="nobody"):
        AllianceEnv(bots={"COR": "nobody"})
    with pytest.raises(ValueError, match="moves: expected a number from 1, got 0"):
        SeatEnv("COR", moves=0)
    with pytest.raises(RuntimeError, match="call reset first"):
        SeatEnv("COR").step(PASS)


@pytest.mark.parametrize("action", [-1, 10**6, 10**30, 3.5, 0.0, "1", np.float32(1)])
def test_what_is_no_action_of_the_space_is_refused_and_changes_nothing(action: Any) -> None:
    env = SeatEnv("COR", bots="status-quo")
    before, _ = env.reset(seed=1)
    with pytest.raises(ValueError, match=r"action: expected a whole number of Discrete\(480\), 0 to 479, got "):
        env.step(action)
    assert np.array_equal(env.episode.observation("COR")["action_mask"], before["action_mask"])
    together = AllianceEnv(seats=("COR", "BEL"), bots="status-quo")
    together.reset(seed=1)
    with pytest.raises(ValueError, match="action: expected"):
        together.step({"COR": 0, "BEL": action})
    assert together.episode.acts("COR")


def test_without_the_extra_the_import_says_what_to_install() -> None:
    code = "import sys; sys.modules['pettingzoo'] = None; import counterpoise_clients.env.single"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.rstrip().endswith(
        "needs the package pettingzoo, which is not installed: pip install 'counterpoise[rl]'"
    )


def test_the_list_of_actions_depends_on_the_number_of_states_only() -> None:
    assert ActionList(8).actions == ActionList(8).actions
    assert len(ActionList(8)) == 480
