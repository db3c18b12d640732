"""The command runs the trials that are named, prints what they found, and ends with 1 if one failed."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from counterpoise.torture import running
from counterpoise.torture.torture_document import torture_schema
from counterpoise.torture.trial import Trial, TrialRun, TrialSkipped

Command = Callable[..., "subprocess.CompletedProcess[str]"]


class Sound(Trial):
    name, does, passes, seconds_max = "sound", "Does nothing.", "Nothing happens.", (9.0, 9.0)

    async def run(self, run: TrialRun) -> None:
        run.figure("orders acknowledged", 12345)
        run.figure("slowest ack", 12.3456, "ms")
        run.notes.append("this is a note")


class Wrong(Sound):
    name = "wrong"

    async def run(self, run: TrialRun) -> None:
        run.require(run.seed == "no", "2 of 3 orders are lost")


class Lacking(Sound):
    name = "lacking"

    async def run(self, run: TrialRun) -> None:
        raise TrialSkipped("strace is not installed")


@pytest.fixture(autouse=True)
def own_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "all_trials", lambda: {kind.name: kind() for kind in (Sound, Wrong, Lacking)})


def test_a_sound_server_gives_figures_and_exit_code_0(counterpoise: Command) -> None:
    done = counterpoise("torture", "sound", "lacking", "--quick", "--seed", "no")
    assert done.returncode == 0, done.stderr
    for words in (
        "seed no, quick",
        "sound: passed (",
        "Passes if: Nothing happens.",
        "orders acknowledged 12,345; slowest ack 12.346 ms",
        "Note: this is a note",
        "lacking: skipped (",
        "Missing: strace is not installed",
        "1 passed, 1 skipped",
    ):
        assert words in done.stdout


def test_a_failed_trial_gives_the_reason_the_command_to_repeat_it_and_exit_code_1(counterpoise: Command) -> None:
    done = counterpoise("torture")
    assert done.returncode == 1
    assert "Wrong: 2 of 3 orders are lost" in done.stdout
    assert "Run it again: counterpoise torture wrong --seed 1\n" in done.stdout
    assert "1 passed, 1 failed, 1 skipped" in done.stdout


def test_the_document_fits_its_schema(counterpoise: Command) -> None:
    done = counterpoise("torture", "--json")
    assert done.returncode == 1
    document: dict[str, Any] = json.loads(done.stdout)
    jsonschema.Draft202012Validator(torture_schema()).validate(document)
    assert not document["passed"]
    assert [(trial["trial"], trial["outcome"]) for trial in document["trials"]] == [
        ("sound", "passed"),
        ("wrong", "failed"),
        ("lacking", "skipped"),
    ]


def test_the_list_says_what_each_trial_does_and_runs_none(counterpoise: Command) -> None:
    done = counterpoise("torture", "--list")
    assert done.returncode == 0
    assert "Does nothing." in done.stdout


def test_an_unknown_trial_is_refused_with_the_names_of_all(counterpoise: Command) -> None:
    done = counterpoise("torture", "hammer")
    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr == "counterpoise: no trial has the name hammer. Choose from sound, wrong, lacking.\n"
