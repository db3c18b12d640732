"""``counterpoise host --database``: what it refuses, and a process that creates no session."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer


def test_an_address_that_is_no_database_is_refused(run_here: Callable[..., str]) -> None:
    with pytest.raises(typer.BadParameter, match="expected an address such as postgresql://"):
        run_here("host", "checkerboard", "--database", "sessions.db")


def test_a_password_in_the_address_is_refused(run_here: Callable[..., str], tmp_path: Path) -> None:
    with pytest.raises(typer.BadParameter, match="expected no password") as caught:
        run_here(
            "host", "checkerboard", "--port", 0, "--data", tmp_path, "--database", "postgresql://a:geheim@127.0.0.1/b"
        )
    assert "geheim" not in str(caught.value)


def test_a_process_may_create_no_session(database: str, tmp_path: Path) -> None:
    options = ["--sessions", "0", "--port", "0", "--data", str(tmp_path / "data"), "--database", database, "--json"]
    command = [sys.executable, "-m", "counterpoise", "host", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        text = ""
        while not text.endswith("\n}\n"):
            line = process.stdout.readline()
            assert line
            text += line
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
    assert json.loads(text)["sessions"] == []
    assert process.returncode == 0, said
    assert not list((tmp_path / "data").glob("*.db"))
