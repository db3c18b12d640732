"""Whole tournaments, played for real."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from counterpoise.errors import TournamentError
from counterpoise.tournament.plan import Tournament
from counterpoise.tournament.played_game import scenario_of
from counterpoise.tournament.result_document import GameResult, decode_result, encode_result
from counterpoise.tournament.runner import run
from counterpoise.tournament.standings import tournament_result
from counterpoise_clients.roster import load_bot

Make = Callable[..., Tournament]


def as_json(plan: Tournament, results: tuple[GameResult, ...]) -> str:
    return msgspec.json.encode(tournament_result(plan, results)).decode()


def test_a_process_pool_gives_the_same_bytes_as_one_process(tournament: Make, checkerboard: str) -> None:
    plan, texts = tournament(games=4), {"checkerboard": checkerboard}
    serial = run(plan, texts, load_bot)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        parallel = run(plan, texts, load_bot, executor=pool, jobs=2)
        batched = run(plan, texts, load_bot, executor=pool, jobs=2, batch=3)
    assert as_json(plan, serial) == as_json(plan, parallel) == as_json(plan, batched)


def test_a_bot_from_a_file_plays_in_other_processes(tournament: Make, checkerboard: str, tmp_path: Path) -> None:
    bot = tmp_path / "quiet.py"
    bot.write_text("class Bot:\n    def __init__(self, seed): ...\n    def decide(self, view): return []\n")
    plan = tournament(f'"hedger", {{ name = "quiet", bot = "{bot}" }}', games=2)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        results = run(plan, {"checkerboard": checkerboard}, load_bot, executor=pool, jobs=2)
    quiet = [row for result in results for row in result.entrants if row.entrant == "quiet"]
    assert [(row.moves, row.errors) for row in quiet] == [(0, 0), (0, 0)]
    assert str(tmp_path) not in as_json(plan, results)


def test_games_of_one_text_share_its_scenario_and_a_changed_text_has_its_own(checkerboard: str) -> None:
    changed = checkerboard.replace("dispute_rate", "unrest_rate = 0.5\ndispute_rate", 1)
    shared = scenario_of(checkerboard, "checkerboard")
    assert scenario_of(checkerboard, "checkerboard") is shared
    assert shared != scenario_of(changed, "checkerboard")


def test_a_resumed_tournament_gives_the_same_result(tournament: Make, checkerboard: str) -> None:
    plan, texts = tournament(games=4), {"checkerboard": checkerboard}
    kept: list[GameResult] = []

    class PowerCutError(Exception):
        pass

    def stop_after_two(result: GameResult, done: int, total: int) -> None:
        kept.append(result)
        if done == 2:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        run(plan, texts, load_bot, progress=stop_after_two)
    told: list[tuple[int, int, int]] = []
    stored = [decode_result(encode_result(result)) for result in reversed(kept)]
    resumed = run(plan, texts, load_bot, done=stored, progress=lambda r, n, all_: told.append((r.game, n, all_)))
    whole = run(plan, texts, load_bot)
    assert resumed == whole
    # In the order of the keys too: a reader compares bytes.
    assert as_json(plan, resumed) == as_json(plan, whole)
    assert told == [(1, 1, 4), (0, 2, 4), (2, 3, 4), (3, 4, 4)]


def test_results_of_another_tournament_are_rejected(tournament: Make, checkerboard: str) -> None:
    texts = {"checkerboard": checkerboard}
    others = run(tournament(games=1, seed="2"), texts, load_bot)
    with pytest.raises(TournamentError, match="game 0"):
        run(tournament(games=1, seed="1"), texts, load_bot, done=others)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("def decide(self, view): return 1 / 0", "ZeroDivisionError"),
        ("def decide(self, view): raise SystemExit(3)", "SystemExit"),
        ("def decide(self, view): return None", "decide returned nothing"),
        ("def decide(self, view): return ['attack']", "decide returned a str"),
        ("def decide(self, view): raise ValueError(object())", "0x…"),
        ("def decide(self, view): return self.decide(view)", "RecursionError"),
    ],
)
def test_a_bot_that_crashes_only_loses_its_move(
    body: str, word: str, tournament: Make, checkerboard: str, tmp_path: Path
) -> None:
    bot = tmp_path / "wild.py"
    bot.write_text(f"class Bot:\n    def __init__(self, seed): ...\n    {body}\n")
    plan = tournament(f'"hedger", {{ name = "wild", bot = "{bot}" }}', games=1)
    (result,) = run(plan, {"checkerboard": checkerboard}, load_bot)
    rows = {row.entrant: row for row in result.entrants}
    assert rows["wild"].errors > 3
    assert rows["wild"].moves == 0
    assert word in rows["wild"].error_samples[0]
    assert ("(line " in rows["wild"].error_samples[0]) == ("returned" not in word)
    assert rows["hedger"].errors == 0
    assert rows["hedger"].moves > 0
    assert run(plan, {"checkerboard": checkerboard}, load_bot) == (result,)


def test_a_constructor_that_crashes_is_counted_too(tournament: Make, checkerboard: str, tmp_path: Path) -> None:
    bot = tmp_path / "stillborn.py"
    bot.write_text("class Bot:\n    def __init__(self): ...\n    def decide(self, view): return []\n")
    plan = tournament(f'"hedger", "{bot}"', games=1)
    (result,) = run(plan, {"checkerboard": checkerboard}, load_bot)
    assert next(row for row in result.entrants if row.entrant == "stillborn").errors > 3


def test_illegal_moves_are_refused_and_counted(tournament: Make, checkerboard: str, tmp_path: Path) -> None:
    bot = tmp_path / "cheat.py"
    bot.write_text(
        "from counterpoise.sim.moves.leave_alliance import LeaveAlliance\n"
        "class Bot:\n    def __init__(self, seed): ...\n    def decide(self, view): return [LeaveAlliance(999999)]\n"
    )
    (result,) = run(tournament(f'"hedger", "{bot}"', games=1), {"checkerboard": checkerboard}, load_bot)
    cheat = next(row for row in result.entrants if row.entrant == "cheat")
    assert (cheat.moves, cheat.errors) == (0, 0)
    assert cheat.rejected > 3


def test_a_bot_file_that_cannot_be_loaded_stops_the_tournament_before_it_begins(
    tournament: Make, checkerboard: str, tmp_path: Path
) -> None:
    bot = tmp_path / "broken.py"
    bot.write_text("class Bot\n")
    with pytest.raises(TournamentError) as caught:
        run(tournament(f'"hedger", "{bot}"'), {"checkerboard": checkerboard}, load_bot)
    assert "$.entrants[1] (broken)" in caught.value.path
    assert "line 1" in caught.value.path


def test_a_game_ends_after_the_years_asked_for(tournament: Make, checkerboard: str) -> None:
    (short,) = run(tournament(games=1, years=1), {"checkerboard": checkerboard}, load_bot)
    (longer,) = run(tournament(games=1, years=2), {"checkerboard": checkerboard}, load_bot)
    assert 360 <= short.ticks <= 370
    assert 725 <= longer.ticks <= 735
    classes = [name for row in longer.entrants for name in row.classes]
    assert set(classes) <= {"BAL", "BW", "HIDE", "NEU", "OTHER"}


def test_games_are_replayed_from_their_journals_unless_the_file_says_otherwise(
    tournament: Make, checkerboard: str
) -> None:
    plan, texts = tournament(games=2), {"checkerboard": checkerboard}
    verified = run(plan, texts, load_bot)
    assert [result.verification for result in verified] == ["verified"] * 2
    unverified = run(replace(plan, verify="none"), texts, load_bot)
    assert [result.verification for result in unverified] == ["not verified"] * 2
    assert [result.digest for result in verified] == [result.digest for result in unverified]
    assert [result.key for result in verified] == [result.key for result in unverified]


def test_a_bot_that_reaches_into_the_world_fails_the_check_of_its_game(
    tournament: Make, checkerboard: str, tmp_path: Path
) -> None:
    bot = tmp_path / "cheat.py"
    bot.write_text(
        "import sys\n\n\nclass Bot:\n    def __init__(self, seed): ...\n    def decide(self, view):\n"
        "        frame = sys._getframe()\n"
        "        while not hasattr(frame.f_locals.get('self'), 'session'):\n"
        "            frame = frame.f_back\n"
        "        frame.f_locals['self'].session.simulation.world.actors[view.own.id].honoured += 1\n"
        "        return []\n"
    )
    (result,) = run(
        tournament(f'"hedger", {{ name = "cheat", bot = "{bot}" }}', games=1), {"checkerboard": checkerboard}, load_bot
    )
    assert "replay of the journal" in result.verification


def test_a_tournament_stops_once_its_intervals_are_narrow_for_any_number_of_jobs(
    tournament: Make, checkerboard: str
) -> None:
    plan = replace(tournament('"balancer", "random"', games=12), verify="none")
    texts = {"checkerboard": checkerboard}
    whole = tournament_result(plan, run(plan, texts, load_bot))
    assert whole.widest is not None
    wide, narrow = replace(plan, until_width=100.0), replace(plan, until_width=1e-6)
    stopped = run(wide, texts, load_bot)
    assert len(stopped) == 10  # five rounds of two games
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert as_json(wide, run(wide, texts, load_bot, executor=pool, jobs=2)) == as_json(wide, stopped)
    assert as_json(wide, run(wide, texts, load_bot, done=whole.games)) == as_json(wide, stopped)
    assert run(narrow, texts, load_bot, done=whole.games) == tuple(whole.games)
