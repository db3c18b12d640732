"""The roster loads bots by name and by file, and fills empty seats."""

from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import counterpoise_clients.bots as shipped
from counterpoise.errors import BotError, InputError
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import decide_moves
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise_clients import roster
from counterpoise_clients.bots import status_quo


def played(text: str, bot: str) -> list[bytes]:
    session = Session(scenario_text=text, seed="5", session_id="s", secret="s")
    seats = session.seats[:2] if "planner" in bot else session.seats  # it thinks long
    play(session, {seat: roster.load_bot(bot)(f"5/{seat}") for seat in seats}, until=365)
    return [entry.body for entry in session.take_entries() if entry.kind == "order"]


def test_every_public_module_of_the_bots_package_is_a_bot() -> None:
    files = {path.stem for path in Path(shipped.__path__[0]).glob("*.py") if not path.stem.startswith("_")}
    assert len(roster.bot_names()) == len(files)
    assert {"random", "status-quo", "balancer", "bandwagoner", "hedger"} <= set(roster.bot_names())
    assert {"ideologue", "aid-seeker", "penetrator", "jackal", "waiter", "buck-passer", "planner"} <= set(
        roster.bot_names()
    )


@pytest.mark.parametrize("name", roster.bot_names())
def test_a_bot_loaded_by_path_plays_like_the_one_loaded_by_name(name: str, checkerboard: str, tmp_path: Path) -> None:
    copy = tmp_path / f"my_{name}.py"
    copy.write_bytes((Path(shipped.__path__[0]) / _file_of(name)).read_bytes())
    assert played(checkerboard, str(copy)) == played(checkerboard, name)


def _file_of(name: str) -> str:
    return {"random": "random_legal.py"}.get(name, name.replace("-", "_") + ".py")


def test_a_bot_factory_survives_pickling(tmp_path: Path) -> None:
    file = tmp_path / "quiet.py"
    file.write_text(
        "class Bot:\n    def __init__(self, seed):\n        self.seed = seed\n    def decide(self, view):\n        return []\n"
    )
    for source in ("hedger", str(file)):
        maker = pickle.loads(pickle.dumps(roster.load_bot(source)))
        assert maker("x").seed == "x"
        assert maker.fingerprint == roster.load_bot(source).fingerprint


@pytest.mark.parametrize(
    ("source", "path", "expected"),
    [
        ("class Bot\n    pass\n", "line 1", "Python"),
        ("import nothing_of_this_name\n", "line 1", "imported"),
        ("x = 1\n\n1 / 0\n", "line 3", "imported"),
        ("raise SystemExit\n", "line 1", "imported"),
        ("import json\n\njson.loads('{')\n", "line 3", "imported"),
        ("x = 1\n\n\neval('1 +')\n", "line 4", "imported"),
        ("class Robot:\n    pass\n", "", "no class Bot in this file"),
        ("Bot = 3\n", "Bot", "class Bot"),
        ("class Bot:\n    decide = None\n", "Bot.decide", "decide"),
    ],
)
def test_an_error_about_a_bot_file_names_its_place(source: str, path: str, expected: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.py"
    file.write_text(source)
    with pytest.raises(InputError) as caught:
        roster.load_bot(str(file))
    assert caught.value.source == str(file)
    assert caught.value.path == path
    assert expected in str(caught.value)
    assert caught.value.got


def test_an_error_about_a_bot_file_with_a_relative_path_names_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.py").write_text("import json\n\njson.loads('{')\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        roster.load_bot("broken.py")
    assert (caught.value.source, caught.value.path) == ("broken.py", "line 3")


def test_an_error_of_a_bundled_bot_names_a_line_of_the_bot() -> None:
    lines = Path(str(status_quo.__file__)).read_text(encoding="utf-8").splitlines()
    wanted = next(number for number, line in enumerate(lines, start=1) if "Assessment(view)" in line)
    with pytest.raises(BotError, match=rf"\(line {wanted}\)$"):
        decide_moves(status_quo.Bot("1").decide, None)  # type: ignore[arg-type]


def test_an_unknown_name_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="balancer"):
        roster.load_bot("nobody")
    with pytest.raises(InputError, match=r"nearest: balancer\), a \.py file"):
        roster.load_bot("balancr")
    with pytest.raises(InputError, match=r"gone\.py"):
        roster.load_bot(str(tmp_path / "gone.py"))


def test_a_file_that_was_edited_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "bot.py"
    body = "class Bot:\n    version = {}\n    def __init__(self, seed): ...\n    def decide(self, view): return []\n"
    file.write_text(body.format(1))
    first = roster.load_bot(str(file))
    file.write_text(body.format(2))
    second = roster.load_bot(str(file))
    assert second("s").version == 2  # type: ignore[attr-defined]
    assert first.fingerprint != second.fingerprint


def test_empty_seats_get_a_mix_of_bots_that_depends_on_the_seed_only() -> None:
    dealt = [roster.default_bot(f"S{number}", "1") for number in range(400)]
    assert dealt == [roster.default_bot(f"S{number}", "1") for number in range(400)]
    counts = Counter(dealt)
    assert set(counts) == {name for name, _ in roster.DEFAULT_MIX}
    for name, weight in roster.DEFAULT_MIX:
        assert abs(counts[name] / 4 - weight) < 9
    assert dealt != [roster.default_bot(f"S{number}", "2") for number in range(400)]


def test_a_scenario_can_suggest_bots_for_a_seat(checkerboard: str) -> None:
    states = parse_scenario(checkerboard, "checkerboard").actors
    actors = [replace(state, bots=("wolf", "hedger")) if place % 2 else state for place, state in enumerate(states)]
    dealt = [roster.line_up(actors, str(seed)) for seed in range(20)]
    suited = [actor.id for actor in actors if actor.bots]
    assert {names[seat] for names in dealt for seat in suited} == {"wolf", "hedger"}
    assert "wolf" not in {name for names in dealt for seat, name in names.items() if seat not in suited}
    assert roster.line_up(actors, "3") == roster.line_up(actors, "3")


def test_a_scenario_that_suggests_an_unknown_bot_is_refused_with_its_place(checkerboard: str) -> None:
    states = parse_scenario(checkerboard, "checkerboard").actors
    actors = [replace(states[0], bots=("balancer", "lion")), *states[1:]]
    with pytest.raises(InputError) as refusal:
        roster.line_up(actors, "1")
    assert refusal.value.path == f"actors.{actors[0].id}.bots[1]"
    assert "balancer" in refusal.value.expected
    assert refusal.value.got == "lion"


@pytest.mark.parametrize("name", ["europe-1870", "europe-1933", "cold-war-1947"])
def test_the_bots_the_shipped_scenarios_suggest_exist(scenarios: dict[str, str], name: str) -> None:
    scenario = parse_scenario(scenarios[name], name)
    dealt = roster.line_up(scenario.actors, "1")
    assert all(dealt[actor.id] in actor.bots for actor in scenario.actors)


def test_a_folder_without_a_slash_is_told_where_the_slash_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="expected a slash after the name of a folder: mine/"):
        roster.load_bot("mine")
    with pytest.raises(InputError, match="a folder written with a slash, or cmd: and a command"):
        roster.load_bot("other")
