"""The unit of systemd and the container file start a server with settings that it takes, and confine it."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from counterpoise.cli.host.host_command import resolved_settings
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server

SYSTEMD = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(SYSTEMD is None, reason="systemd-analyze is not on this machine")


@pytest.fixture
def unit(repository: Path, tmp_path: Path) -> Path:
    """The unit, with a program that is on this machine."""
    text = (repository / "server/operations/counterpoise.service").read_text(encoding="utf-8")
    assert "/opt/counterpoise/bin/counterpoise" in text
    path = tmp_path / "counterpoise.service"
    path.write_text(text.replace("/opt/counterpoise/bin/counterpoise", sys.executable), encoding="utf-8")
    return path


@needs_systemd
def test_systemd_finds_no_fault_in_the_unit(unit: Path) -> None:
    done = subprocess.run([str(SYSTEMD), "verify", str(unit)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "counterpoise.service" not in done.stderr, done.stderr


@needs_systemd
def test_the_unit_leaves_a_service_little_that_it_could_harm(unit: Path) -> None:
    command = [str(SYSTEMD), "security", "--offline=true", "--threshold=20", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout[-300:]


def test_the_unit_starts_host_with_settings_that_it_takes(repository: Path) -> None:
    text = (repository / "server/operations/counterpoise.service").read_text(encoding="utf-8")
    words = re.findall(r"^ExecStart=\S+ (.*)$", text, re.MULTILINE)[0].split()
    assert words.pop(0) == "host"
    del words[words.index("--config") : words.index("--config") + 2]
    settings = resolved_settings(words)
    assert (str(settings["data"]), settings["log_format"]) == ("/var/lib/counterpoise", "json")


@pytest.fixture
def container(repository: Path) -> list[tuple[str, str]]:
    """The instructions of the container file."""
    text = (repository / "server/operations/Containerfile").read_text(encoding="utf-8")
    return [(line.split()[0], line.partition(" ")[2]) for line in text.splitlines() if line and line[0].isupper()]


def test_the_container_copies_what_there_is_and_runs_as_an_account_of_its_own(
    container: list[tuple[str, str]], repository: Path
) -> None:
    copied = [word for name, rest in container if name == "COPY" and "--from" not in rest for word in rest.split()[:-1]]
    assert copied
    assert [word for word in copied if not (repository / word).exists()] == []
    last = [name for name, _ in container][::-1].index("FROM")
    stage = dict(container[len(container) - last - 1 :])
    assert stage["USER"] == "10001:10001"
    assert stage["VOLUME"] == "/data"
    assert "/readyz" in stage["HEALTHCHECK"]


def test_the_environment_of_the_container_is_one_that_host_takes(
    container: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, rest in container:
        if name == "ENV" and rest.startswith("COUNTERPOISE_"):
            monkeypatch.setenv(*rest.split("=", 1))
    settings = resolved_settings([])
    assert (str(settings["data"]), settings["host"], settings["insecure_lan"]) == ("/data", "0.0.0.0", True)


async def test_the_check_of_the_container_tells_a_server_that_is_ready_from_one_that_is_gone(
    container: list[tuple[str, str]], tmp_path: Path
) -> None:
    words = json.loads(dict(container)["HEALTHCHECK"].partition(" CMD ")[2])

    async def check(port: int) -> int:
        command = [sys.executable, *(word.replace("8700", str(port)) for word in words[1:])]
        return (await asyncio.to_thread(subprocess.run, command, capture_output=True, timeout=30)).returncode

    async with Server(ServerConfig(data_dir=tmp_path, port=0)) as server:
        port = server.port
        assert await check(port) == 0
    assert await check(port) != 0
