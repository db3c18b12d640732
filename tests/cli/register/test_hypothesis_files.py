"""A hypothesis file that is none is refused with the reason."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.cli.register.hypothesis_files import own_hypotheses
from counterpoise.errors import InputError

Command = Callable[..., "subprocess.CompletedProcess[str]"]
HEAD = "from counterpoise.theory.forecasting.hypothesis import Hypothesis\n\n"
WHOLE = """
class Mine(Hypothesis):
    name = "mine"
    title = "My hypothesis"

    def shares(self, window):
        return window.options / window.options.sum(axis=1, keepdims=True)
"""


def written(folder: Path, text: str, name: str = "mine.py") -> Path:
    path = folder / name
    path.write_text(HEAD + text)
    return path


def test_a_hypothesis_is_known_by_its_name_and_its_code(tmp_path: Path) -> None:
    [(name, own)] = own_hypotheses([written(tmp_path, WHOLE)]).items()
    assert (name, own.title, own.standing) == ("mine", "My hypothesis", "rival")
    [other] = own_hypotheses([written(tmp_path, WHOLE + "\n")]).values()
    assert other.code != own.code
    assert own_hypotheses(None) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected one class derived from .*Hypothesis, got none"),
        (WHOLE + WHOLE.replace("Mine", "Second"), "got 2 of them"),
        (WHOLE.replace('"mine"', '"My Hypothesis"'), "Mine.name: expected .*, got 'My Hypothesis'"),
        (WHOLE.replace('"mine"', '"ideology"'), "expected a name that no other hypothesis has, got 'ideology'"),
        (WHOLE.replace('title = "My hypothesis"', ""), "Mine.title: expected a text for readers"),
        (WHOLE.replace("def shares", "def sharing"), "Mine: expected a method scores.* or shares.*, got neither"),
        (WHOLE + "    def __init__(self, seed): ...\n", "expected a class that takes no arguments"),
        ("def broken(:\n", "line 3: expected Python"),
        (
            WHOLE + "    def __init__(self): raise SystemExit(3)\n",
            "expected a class that takes no arguments, got SystemExit",
        ),
        ("1 / 0\n", "line 3: expected a file that can be imported"),
    ],
)
def test_a_file_that_is_no_hypothesis_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        own_hypotheses([written(tmp_path, text)])


@pytest.mark.parametrize(
    ("raised", "told"), [("1 / 0", "ZeroDivisionError: division by zero"), ("raise SystemExit(3)", "SystemExit: 3")]
)
def test_a_hypothesis_that_raises_ends_the_debrief_with_its_line(
    counterpoise: Command, journal: Path, tmp_path: Path, raised: str, told: str
) -> None:
    path = written(tmp_path, WHOLE.replace("        return", f"        {raised}\n        return"))
    done = counterpoise("debrief", journal, "--hypothesis", path)
    assert done.returncode == 65
    assert f"got {told} (line 9)" in " ".join(done.stderr.split())


def test_the_file_is_read_once_so_that_its_hash_is_that_of_what_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, WHOLE)
    content, reads = path.read_bytes(), []
    read = Path.read_bytes

    def counted(self: Path) -> bytes:
        reads.append(self)
        found = read(self)
        self.write_text("changed = 1")
        return found

    monkeypatch.setattr(Path, "read_bytes", counted)
    [own] = own_hypotheses([path]).values()
    assert (own.code, reads) == (hashlib.sha256(content).hexdigest(), [path])


def test_two_files_need_two_names(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a name that no other hypothesis has"):
        own_hypotheses([written(tmp_path, WHOLE), written(tmp_path, WHOLE + "\n", "again.py")])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        own_hypotheses([tmp_path / "nowhere.py"])
