"""The command line wins over the environment, and that over a file; a wrong setting is named with its place."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]
FILE = """# The evening class
[host]
port = 8800
window_seconds = 90
autostart = true
bots = ["hedger", "ARD=balancer"]
mode = "continuous"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A settings file."""
    path = tmp_path / "class.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(
    counterpoise: Command, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERPOISE_HOST_PORT", "8801")
    monkeypatch.setenv("COUNTERPOISE_HOST_WINDOW_SECONDS", "60")
    monkeypatch.setenv("COUNTERPOISE_HOST_CONFIG", str(file))
    done = counterpoise("host", "--show-config", "--json", "--port", "8802", "--no-autostart")
    assert done.returncode == 0, done.stderr
    rows = {row["setting"]: (row["value"], row["origin"]) for row in json.loads(done.stdout)["settings"]}
    assert rows["port"] == (8802, "flag --port")
    assert rows["autostart"][0] is False
    assert rows["window_seconds"] == (60, "environment COUNTERPOISE_HOST_WINDOW_SECONDS")
    assert rows["mode"] == ("continuous", f"file {file}: host.mode (line 7)")
    assert rows["bots"] == (["hedger", "ARD=balancer"], f"file {file}: host.bots (line 6)")
    assert rows["call_seconds"] == (60, "default")
    assert not {"json", "show_config", "help"} & set(rows)


def test_the_settings_are_printed_as_text_too(counterpoise: Command, file: Path) -> None:
    shown = counterpoise("host", "--config", file, "--show-config").stdout
    rows = {line.split()[0]: line.split()[1:] for line in shown.splitlines()}
    assert rows["port"][0] == "8800"
    assert rows["port"][-2:] == ["(line", "3)"]
    assert rows["public_url"] == ["-", "default"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("port =", "prot ="), "host.prot (line 3): expected a setting"),
        (("port =", "prot ="), "(nearest: port)"),
        (("8800", "88000"), "host.port (line 3): expected a whole number from 0 to 65535, got 88000"),
        (("8800", "true"), "host.port (line 3): expected a text or a number, got true"),
        (("true", '"yes"'), "host.autostart (line 5): expected true or false, got yes"),
        (('"hedger"', "3"), "host.bots (line 6): expected a text or a list of texts"),
        (('"continuous"', '"fast"'), "host.mode (line 7): expected one of continuous, windows, got fast"),
        (("= 90", "= 0"), "host.window_seconds (line 4): expected"),
        (("= 90", "= "), "line 4"),
        (("[host]", "[hosts]"), "hosts (line 2): expected the table [host], got hosts (nearest: host)"),
        (("[host]", "host = 1\n[other]"), "other"),
    ],
)
def test_a_wrong_line_of_the_file_is_named(
    counterpoise: Command, file: Path, tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    file.write_text(FILE.replace(*change, 1), encoding="utf-8")
    done = counterpoise("host", "checkerboard", "--config", file, "--data", tmp_path / "d")
    assert done.returncode == 65
    assert f"counterpoise: {file}: " in done.stderr
    assert message in done.stderr
    assert not (tmp_path / "d").exists()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PORT", "many", "COUNTERPOISE_HOST_PORT: expected a whole number from 0 to 65535, got many"),
        ("PROT", "1", "expected a variable for a setting of counterpoise host, got COUNTERPOISE_HOST_PROT (nearest: "),
        ("DATABASE", "postgresql://me:secret@127.0.0.1/x", "COUNTERPOISE_HOST_DATABASE: expected no password"),
        ("PUBLIC_URL", "ftp://x", "COUNTERPOISE_HOST_PUBLIC_URL: expected an address such as https://example.org"),
    ],
)
def test_a_wrong_variable_is_named(
    counterpoise: Command, monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv(f"COUNTERPOISE_HOST_{name}", value)
    done = counterpoise("host", "--show-config")
    assert done.returncode == 65
    assert done.stderr.startswith("counterpoise: environment: COUNTERPOISE_HOST_")
    assert message in done.stderr


def test_a_settings_file_that_is_missing_or_no_text_is_named(counterpoise: Command, tmp_path: Path) -> None:
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    for name, message in (("none.toml", "No such file or directory"), ("binary.toml", "it is not UTF-8")):
        done = counterpoise("host", "--config", tmp_path / name)
        assert done.returncode == 65
        assert f"{name}: cannot read this settings file ({message})" in done.stderr


def test_a_wrong_flag_is_wrong_usage_although_a_file_has_the_setting_too(counterpoise: Command, file: Path) -> None:
    done = counterpoise("host", "--config", file, "--port", "x")
    assert done.returncode == 2
    assert "--port" in done.stderr
