"""A recorder keeps what happens between two stops of the clock, and a trial plays the game that ``run`` plays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from counterpoise.cli.options.seats import bots_by_seat
from counterpoise.cli.run import create_session
from counterpoise.session.commands import SERVER, Start, local_id
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import JournalSettings, ScenarioSetup
from counterpoise.sim.catalogue import decode_inject
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import Scenario
from counterpoise.trial.recorder import GameRecorder
from counterpoise.trial.runner import TrialGame, play_trial, play_trial_game

Step = Callable[..., None]


@pytest.fixture
def session(checkerboard: str) -> Session:
    """A quiet game of the small scenario: nobody orders, and no dispute and no coup comes by chance."""
    scenario = replace(parse_scenario(checkerboard, "checkerboard.toml"), dispute_rate=0.0, unrest_rate=0.0)
    running = Session(
        scenario_text=checkerboard,
        seed="1",
        session_id="s",
        secret="s",
        setup=ScenarioSetup(source="c", parsed=scenario),
        journal=JournalSettings(kept=False),
    )
    running.command(SERVER, local_id("s", SERVER, 0), Start())
    return running


@pytest.fixture
def recorder(session: Session) -> GameRecorder:
    return GameRecorder(session, 1)


@pytest.fixture
def step(session: Session, recorder: GameRecorder) -> Step:
    """Applies an inject, if one is given, runs to a tick and records."""

    def run(tick: int, kind: str = "", **fields: object) -> None:
        if kind:
            session.simulation.inject(decode_inject({"kind": kind, **fields}))
        while session.now < tick:
            session.advance(tick)
            recorder.record(session)

    return run


def test_a_tie_is_recorded_with_its_days(step: Step, recorder: GameRecorder) -> None:
    step(10)
    step(50, "form_alignment", members=["ARD", "FEN"], commitment="defence")
    step(200, "end_alignment", members=["ARD", "FEN"])
    found = [tie for tie in recorder.close([]).ties if tie.states == ("ARD", "FEN") and tie.kind == "defence"]
    assert [(tie.start, tie.end) for tie in found] == [(10, 50)]


def test_a_war_is_recorded_with_its_sides_and_days(step: Step, recorder: GameRecorder) -> None:
    step(20, "start_war", attackers=["COR"], defenders=["BEL", "DUN"], aim="policy")
    step(40, "end_war", between=["COR", "BEL"], outcome="compromise")
    game = recorder.close([])
    assert [(war.began, war.attackers, war.defenders) for war in game.wars] == [(0, ["COR"], ["BEL", "DUN"])]
    assert {fight.states: (fight.start, fight.end) for fight in game.fights} == {
        ("BEL", "COR"): (0, 20),
        ("COR", "DUN"): (0, 20),
    }


def test_a_change_of_regime_begins_another_spell(step: Step, recorder: GameRecorder) -> None:
    step(30)
    step(60, "change_regime", actor="ARD", family="junta", legitimacy=0.4)
    spells = [spell for spell in recorder.close([]).regimes if spell.state == "ARD"]
    assert [spell.family for spell in spells][-1] == "junta"
    assert spells[-1].end == 60


def test_a_trial_plays_the_same_game_on_every_call_and_in_any_order(checkerboard: str) -> None:
    games = [
        TrialGame(number, checkerboard, "checkerboard.toml", f"1/{number}", 1, (), bots_by_seat) for number in (1, 2)
    ]
    assert list(play_trial(games)) == [play_trial_game(game) for game in games]
    first, second = play_trial(games)
    assert first != second
    assert first.ticks == second.ticks


def test_run_with_the_seed_of_a_trials_game_plays_that_game(checkerboard: str) -> None:
    tried = play_trial_game(TrialGame(1, checkerboard, "checkerboard.toml", "1/1", 1, (), bots_by_seat))
    session = create_session("checkerboard", "1/1")
    play(session, bots_by_seat(session.scenario, [], "1/1"), until=tried.ticks)
    assert tried.scores == {state: round(score, 3) for state, score in session.simulation.world.scores.items()}


def test_opening_ties_and_great_powers_are_recorded(checkerboard_scenario: Scenario, checkerboard: str) -> None:
    game = play_trial_game(TrialGame(1, checkerboard, "checkerboard.toml", "1", 1, (), bots_by_seat))
    opening = {tuple(sorted(spec.members)) for spec in checkerboard_scenario.alignments if len(spec.members) == 2}
    assert opening <= {tie.states for tie in game.ties if tie.start == 0}
    assert game.great_powers
    assert set(game.scores) == {actor.id for actor in checkerboard_scenario.actors}


def test_what_is_recorded_of_a_whole_game_fits_together(scenarios: dict[str, str]) -> None:
    text = scenarios["europe-1933"]
    game = play_trial_game(TrialGame(1, text, "europe-1933.toml", "1", 5, (), bots_by_seat))
    spells: list[Any] = [*game.ties, *game.fights, *game.regimes, *game.great_powers]
    assert all(0 <= spell.start <= spell.end <= game.ticks for spell in spells)
    pairs = [*(tie.states for tie in game.ties), *(fight.states for fight in game.fights)]
    assert all(first < second for first, second in pairs)
    for war in game.wars:
        assert not set(war.attackers) & set(war.defenders)
        assert set(war.great_powers) <= {*war.attackers, *war.defenders}
    for state in {spell.state for spell in game.regimes}:
        own = sorted((spell for spell in game.regimes if spell.state == state), key=lambda spell: spell.start)
        assert all(before.end <= after.start for before, after in pairwise(own))
