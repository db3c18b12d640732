"""Predictions registered before a small tournament are judged after it."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from counterpoise.theory.registration.registration_document import register_schema

Command = Callable[..., "subprocess.CompletedProcess[str]"]
README = Path(__file__).resolve().parents[3] / "server" / "README.md"


def example(name: str) -> str:
    """Return the example file of the README that begins with a comment of its name."""
    found = re.search(rf"```\w+\n(# {re.escape(name)}\n.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert found, name
    return found[1]


@pytest.fixture(scope="module")
def folder(counterpoise: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The README's example: its files, the registration made of them, and the journals of the tournament played after it."""
    made = tmp_path_factory.mktemp("registered")
    for name in ("predictions.toml", "weaker.py", "spring.toml"):
        (made / name).write_text(example(name), encoding="utf-8")
    done = counterpoise(
        "register", "predictions.toml", "--to", "registration.toml", "--hypothesis", "weaker.py", "--draws", "4",
        "--games", "1", cwd=made,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (made / "printed.txt").write_text(done.stdout)
    done = counterpoise("tournament", "spring.toml", "--journals", "journals", cwd=made)
    assert done.returncode == 0, done.stderr
    return made


def judged(counterpoise: Command, folder: Path, *arguments: object) -> Any:
    done = counterpoise(
        "debrief", "journals", "--against", "registration.toml", "--hypothesis", "weaker.py", "--draws", "0", *arguments,
        cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_registration_says_what_it_takes_and_prints_the_hash(folder: Path) -> None:
    printed, text = (folder / "printed.txt").read_text(), (folder / "registration.toml").read_bytes()
    rest = b"".join(line for line in text.splitlines(keepends=True) if not line.startswith(b"hash = "))
    assert f"Publish this hash before the first session: {hashlib.sha256(rest).hexdigest()}" in printed
    assert re.search(r"this needs (over )?\d+ sessions? of 8 players to pass in 80% of simulations", printed)
    assert not list(folder.glob(".registration*")), "the file was written beside and renamed"


def test_the_document_says_what_the_registration_does_and_fits_the_schema(counterpoise: Command, folder: Path) -> None:
    done = counterpoise(
        "register", "predictions.toml", "--to", "again.toml", "--hypothesis", "weaker.py", "--draws", "1", "--games", "1",
        "--json", cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    jsonschema.Draft202012Validator(register_schema()).validate(document)
    written = tomllib.loads((folder / "again.toml").read_text(encoding="utf-8"))
    same = (
        "hash",
        "by",
        "date",
        "scenario",
        "scenario_hash",
        "rules_version",
        "theory",
        "sessions",
        "players",
        "whose",
    )
    assert {name: document[name] for name in same} == {name: written[name] for name in same}
    assert document["hypotheses"] == written["hypotheses"]
    assert document["file"] == "again.toml"
    printed = (folder / "printed.txt").read_text()
    for registered, prediction in zip(written["predictions"], document["predictions"], strict=True):
        assert prediction["power"] == registered.get("power")
        criteria = ("null", "direction", "smallest", "p_at_most", "least", "choosers", "assuming")
        assert {name: prediction[name] for name in criteria} == {name: registered[name] for name in criteria}
        assert prediction["sessions_needed"] == registered.get("sessions_needed")
        assert all(prediction[words] in printed for words in ("title", "passes", "fails"))


def test_every_prediction_is_judged_in_the_document_and_it_fits_the_schema(counterpoise: Command, folder: Path) -> None:
    report = json.loads(judged(counterpoise, folder, "--json"))
    jsonschema.Draft202012Validator(json.loads(counterpoise("debrief", "--schema").stdout)).validate(report)
    found = report["registration"]
    assert found["remarks"] == []
    assert [row["title"] for row in found["predictions"]] == [
        "W4.1 above 0",
        "balance_of_threat better than weaker on partners",
    ]
    assert found["predictions"][0]["outcome"] == "passed"
    assert all(row["estimate"] is not None and row["reason"] for row in found["predictions"])
    own = next(row for row in report["hypotheses"] if row["name"] == "weaker")
    assert own["code"] == hashlib.sha256((folder / "weaker.py").read_bytes()).hexdigest()
    assert own["n"] == report["hypotheses"][0]["n"]
    assert not any("code" in row for row in report["hypotheses"] if row["name"] != "weaker")


def test_the_outcomes_stand_in_words(counterpoise: Command, folder: Path) -> None:
    text = judged(counterpoise, folder)
    assert "PASSED: W4.1 above 0. The estimate is" in text
    assert "Registered predictions by" in text


def test_with_fewer_sessions_than_planned_nothing_is_decided(counterpoise: Command, folder: Path) -> None:
    one = sorted((folder / "journals").iterdir())[0]
    done = counterpoise(
        "debrief",
        one,
        "--against",
        "registration.toml",
        "--hypothesis",
        "weaker.py",
        "--draws",
        "0",
        "--json",
        cwd=folder,
    )
    found = json.loads(done.stdout)["registration"]
    assert {row["outcome"] for row in found["predictions"]} == {"undecided"}
    assert found["remarks"] == ["The registration plans 4 sessions, and these are 1: give as many as planned."]


def refusal(counterpoise: Command, folder: Path, registration: Path, *arguments: object) -> str:
    done = counterpoise("debrief", *(arguments or ("journals",)), "--against", registration, "--draws", "0", cwd=folder)
    assert done.returncode == 65, done.stderr
    return done.stderr


def rewritten(folder: Path, name: str, old: str, new: str) -> Path:
    """Write a registration with a changed line and the hash that fits it."""
    text = re.sub(old, new, (folder / "registration.toml").read_text(encoding="utf-8"), count=1)
    rest = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("hash = "))
    path = folder / name
    path.write_text(re.sub('(?m)^hash = ".*"', f'hash = "{hashlib.sha256(rest.encode()).hexdigest()}"', text, count=1))
    return path


def test_a_changed_registration_is_refused(counterpoise: Command, folder: Path) -> None:
    changed = folder / "changed.toml"
    changed.write_text(
        (folder / "registration.toml").read_text(encoding="utf-8").replace("sessions = 4", "sessions = 1")
    )
    assert "was changed after it was registered" in refusal(counterpoise, folder, changed)


def test_another_scenario_is_refused(counterpoise: Command, folder: Path) -> None:
    other = rewritten(folder, "scenario.toml", r'scenario_hash = "\w+"', f'scenario_hash = "{"0" * 64}"')
    assert "this session plays the scenario checkerboard with the hash" in refusal(counterpoise, folder, other)


def test_other_rules_are_refused(counterpoise: Command, folder: Path) -> None:
    other = rewritten(folder, "rules.toml", r"rules_version = (\d+)", r"rules_version = 9\1")
    assert "is about rules version 9" in refusal(counterpoise, folder, other)


def test_another_theory_or_program_is_said_plainly(counterpoise: Command, folder: Path) -> None:
    old = r'counterpoise = "[^"]*"\ntheory = "\w+"'
    other = rewritten(folder, "theory.toml", old, f'counterpoise = "0.0.1"\ntheory = "{"1" * 64}"')
    done = counterpoise(
        "debrief", "journals", "--against", other, "--hypothesis", "weaker.py", "--draws", "0", cwd=folder
    )
    assert done.returncode == 0, done.stderr
    assert "Note: The registration was made with counterpoise 0.0.1; this is counterpoise" in done.stdout
    assert (
        "Note: The numbers, the hypotheses or the claims of the theory have changed since the registration was made."
        in done.stdout
    )


def test_a_missing_or_changed_hypothesis_is_refused(counterpoise: Command, folder: Path) -> None:
    assert "hypothesis weaker: expected --hypothesis with the file" in refusal(
        counterpoise, folder, folder / "registration.toml"
    )
    (folder / "changed").mkdir()
    changed = folder / "changed" / "weaker.py"
    changed.write_text(example("weaker.py") + "# another line\n")
    assert "got code with the hash" in refusal(
        counterpoise, folder, folder / "registration.toml", "journals", "--hypothesis", changed
    )


def test_a_fork_is_no_registered_session(counterpoise: Command, folder: Path) -> None:
    first = sorted((folder / "journals").iterdir())[0]
    done = counterpoise(
        "fork", first, "--on", "1901-02-01", "--until", "1901-03-01", "--without", "injects[0]", "--seeds", "1", "--jobs", "1",
        "--journals", "forks", cwd=folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    refused = refusal(counterpoise, folder, folder / "registration.toml", "forks", "--hypothesis", "weaker.py")
    assert "this session is a fork of another one" in refused


def test_an_older_registration_is_replaced_only_by_force(counterpoise: Command, folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "r.toml"
    kept.write_text("precious")
    words = ("register", "predictions.toml", "--to", kept, "--hypothesis", "weaker.py", "--draws", "1", "--games", "1")
    done = counterpoise(*words, cwd=folder)
    assert (done.returncode, kept.read_text()) == (78, "precious")
    assert "exists already. Choose another name, or replace it with --force." in done.stderr
    assert counterpoise(*words, "--force", cwd=folder).returncode == 0
    assert "[[predictions]]" in kept.read_text()


def test_other_numbers_and_a_registration_do_not_go_together(counterpoise: Command, folder: Path) -> None:
    (folder / "numbers.toml").write_text("noise = 1.0\n")
    done = counterpoise(
        "debrief", "journals", "--against", "registration.toml", "--parameters", "numbers.toml", cwd=folder
    )
    assert done.returncode == 78
    assert "Leave out --parameters" in done.stderr
