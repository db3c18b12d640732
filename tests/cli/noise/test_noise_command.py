"""``noise`` plays players without a theory, and ``debrief --noise`` holds verdicts against them."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.cli.packed_page import data_of

from counterpoise.cli.noise import noise_games
from counterpoise.cli.noise.noise_command import print_written
from counterpoise.scenario_files import bundled_scenarios
from counterpoise.sim import RULES_VERSION
from counterpoise.theory import THEORY_VERSION
from counterpoise.theory.check.noise_benchmark import NoiseBenchmark, WrittenBenchmark, noise_schema, read_benchmark
from counterpoise.theory.check.proposition_registry import PROPOSITIONS

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def folder(checkerboard: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a scenario of a user's own."""
    made = tmp_path_factory.mktemp("noise")
    (made / "small.toml").write_text(checkerboard.replace('id = "checkerboard"', 'id = "small"', 1), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def written(counterpoise: Command, folder: Path) -> Path:
    """The benchmark of the small scenario, of which one game makes an estimate."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(noise_games, "DECISIONS_MIN", 1)
        done = counterpoise("noise", "small.toml", "--out", ".", "--games", 9, "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "printed.json").write_text(done.stdout)
    return folder / "small.noise.json"


def read(path: Path) -> NoiseBenchmark:
    return read_benchmark(path.read_text(encoding="utf-8"), path.name)


def test_the_benchmark_says_what_it_is_of(folder: Path, written: Path) -> None:
    found = read(written)
    jsonschema.Draft202012Validator(noise_schema()).validate(json.loads(written.read_text()))
    assert (found.scenario, found.rules_version, found.theory_version) == ("small", RULES_VERSION, THEORY_VERSION)
    assert found.scenario_hash == hashlib.sha256((folder / "small.toml").read_bytes()).hexdigest()
    assert (found.random.games, found.shuffled.games, found.pool) == (9, 8, 1)
    for noise, count in ((found.random, 9), (found.shuffled, 8)):
        assert list(noise.propositions) == list(PROPOSITIONS)
        assert {len(row.values) for row in noise.propositions.values()} == {count}
        assert {len(row.skill) for row in noise.hypotheses.values()} == {count}
    skills = [skill for skill in found.random.hypotheses["uniform"].skill if skill is not None]
    assert len(set(skills)) > 4, "every game is another one"
    assert not list(folder.glob(".small*")), "the file was written beside and renamed"


def test_the_document_holds_each_benchmark_and_its_file_and_fits_the_schema(folder: Path, written: Path) -> None:
    document = json.loads((folder / "printed.json").read_text())
    jsonschema.Draft202012Validator(noise_schema()).validate(document)
    assert document == {"benchmarks": [{"file": "small.noise.json", "benchmark": json.loads(written.read_text())}]}


def test_the_text_says_on_how_many_games_a_benchmark_rests(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_written(WrittenBenchmark("small.noise.json", read(written)))
    assert capsys.readouterr().out == (
        "wrote small.noise.json: 9 games of random players, 8 with shuffled threats, 1 for each estimate\n"
    )


def test_a_file_that_is_there_is_not_replaced_unasked(counterpoise: Command, folder: Path, written: Path) -> None:
    before = written.read_bytes()
    done = counterpoise("noise", "small.toml", "--out", ".", cwd=folder)
    assert done.returncode == 78
    assert "small.noise.json exists already" in done.stderr
    assert written.read_bytes() == before


def test_too_few_games_are_refused_with_how_many_it_takes(counterpoise: Command, folder: Path) -> None:
    done = counterpoise("noise", "checkerboard", "--games", 79, "--out", "new.json", cwd=folder)
    assert done.returncode == 78
    assert "10 games of checkerboard make one estimate" in done.stderr
    assert "Give at least 80" in done.stderr


def test_the_help_says_how_many_games_are_played(counterpoise: Command, folder: Path) -> None:
    text = " ".join(counterpoise("noise", "--help").stdout.replace("│", " ").split())
    assert "8-100000" in text
    assert "half as many with shuffled threats are played besides" in text
    assert counterpoise("noise", "checkerboard", "--games", 7, "--out", "new.json", cwd=folder).returncode == 2


def test_several_scenarios_need_a_folder(counterpoise: Command, folder: Path) -> None:
    for names in (("checkerboard", "weak-and-alone"), ()):
        done = counterpoise("noise", *names, "--out", "new.json", cwd=folder)
        assert done.returncode == 78
        assert f"there are {len(names) or len(bundled_scenarios())} scenarios. Give a folder that exists" in done.stderr


@pytest.fixture(scope="module")
def debriefs(counterpoise: Command, folder: Path, written: Path) -> dict[str, Any]:
    """The debrief of a game of the small scenario without and with its benchmark."""
    done = counterpoise("run", "small.toml", "--bots", "hedger", "--journal", "small.db", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    found = {}
    for name, option in (("without", ()), ("with", ("--noise", written.name))):
        done = counterpoise("debrief", "small.db", "--draws", 0, "--json", *option, cwd=folder)
        assert done.returncode == 0, done.stderr
        found[name] = json.loads(done.stdout)
    return found


def test_a_debrief_shows_the_noise_of_the_benchmark_that_it_is_given(debriefs: dict[str, Any]) -> None:
    rows = {row["name"]: row["noise"] for row in debriefs["with"]["hypotheses"]}
    assert rows["ideology"]["random"]["estimates"] == 9
    low, high = rows["ideology"]["random"]["range"]
    assert low < rows["ideology"]["random"]["mean"] < high
    assert rows["ideology"]["shuffled"]["estimates"] == 8
    assert any(row["noise"] is not None for row in debriefs["with"]["propositions"])
    assert any(
        "Noise is known of small from 9 games" in sentence for sentence in debriefs["with"]["threats_to_validity"]
    )


def test_a_debrief_without_a_benchmark_says_so_and_names_the_command(debriefs: dict[str, Any]) -> None:
    for row in (*debriefs["without"]["propositions"], *debriefs["without"]["hypotheses"]):
        assert row["noise"] is None
    [sentence] = [one for one in debriefs["without"]["threats_to_validity"] if "noise benchmark" in one]
    assert "there is none of small" in sentence
    assert "counterpoise noise small --out FILE" in sentence


def test_the_text_and_the_page_show_the_noise(counterpoise: Command, folder: Path, debriefs: dict[str, Any]) -> None:
    done = counterpoise(
        "debrief", "small.db", "--draws", 0, "--noise", "small.noise.json", "--html", "s.html", cwd=folder
    )
    assert done.returncode == 0, done.stderr
    assert '"within_noise"' in json.dumps(data_of((folder / "s.html").read_text(encoding="utf-8")))
    text = counterpoise("debrief", "small.db", "--draws", 0, "--noise", "small.noise.json", cwd=folder).stdout
    assert "random players" in text
    assert "shuffled threats" in text


def test_a_benchmark_of_another_scenario_is_refused(counterpoise: Command, journal: Path, written: Path) -> None:
    done = counterpoise("debrief", journal, "--noise", written)
    assert done.returncode == 65
    error = " ".join(done.stderr.split())
    assert (
        "small.noise.json: expected a noise benchmark of the session, such as one of checkerboard with rules" in error
    )
    assert "got one of small with rules version" in error
