"""The links of a session, its tokens and its moves do not go to the log of a service."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from counterpoise.cli.host.service_log import secrets_in_file
from counterpoise.cli.terminal import console
from counterpoise_clients.client import Client
from counterpoise_clients.network.reconnecting import SeatLost

Command = Callable[..., "subprocess.CompletedProcess[str]"]
TEXT = "Meet me at the old bridge tonight"


@pytest.mark.parametrize("is_service", [True, False], ids=["service", "plain file"])
def test_links_go_to_a_file_of_their_own_if_the_output_is_a_service_log(tmp_path: Path, is_service: bool) -> None:
    data, log = tmp_path / "data", tmp_path / "log"
    with log.open("w", encoding="utf-8") as output:
        status = os.fstat(output.fileno())
        stream = f"{status.st_dev}:{status.st_ino if is_service else 0}"
        process = subprocess.Popen(
            [sys.executable, "-m", "counterpoise", "host", "checkerboard", "--port", "0", "--data", str(data)],
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "JOURNAL_STREAM": stream},
        )
    links = data / "checkerboard.links"
    try:
        until = time.monotonic() + 60
        while "links are in" not in log.read_text() and "/j/" not in log.read_text():
            assert time.monotonic() < until
            assert process.poll() is None, log.read_text()
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    if is_service:
        assert str(links) in log.read_text()
        assert "#" not in log.read_text()
        assert "/j/checkerboard#" in links.read_text()
        assert links.stat().st_mode & 0o777 == 0o600
    else:
        assert "/j/checkerboard#" in log.read_text()
        assert not links.exists()


def test_the_console_prints_to_the_standard_output_of_the_moment_after_links_went_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with redirect_stdout(StringIO()) as then, secrets_in_file(tmp_path / "s.links", always=True):
        console.print("a link")
    console.print("after it")
    assert str(tmp_path) in then.getvalue()
    assert (tmp_path / "s.links").read_text() == "a link\n"
    assert capsys.readouterr().out == "after it\n"


@pytest.mark.timeout(120)
async def test_the_log_of_a_played_session_has_no_token_link_or_move(tmp_path: Path) -> None:
    data = tmp_path / "data"
    arguments = ("checkerboard", "checkerboard", "--port", "0", "--data", str(data), "--window-seconds", "600")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "counterpoise", "host", *arguments, "--log-format", "json", "--log-level", "debug",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    logged = asyncio.create_task(process.stderr.read())
    try:
        printed = [await asyncio.wait_for(process.stdout.readline(), 60) for _ in range(3)]
        files = sorted(data.glob("*.links"))
        assert [file.name for file in files] == ["checkerboard-2.links", "checkerboard.links"]
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
        links = re.findall(r"http\S+/j/\S+", "".join(file.read_text() for file in files))
        of_seat = {line.split()[0]: line.split()[-1] for line in files[1].read_text().splitlines() if "/j/" in line}
        secrets = {link.partition("#")[2] for link in links}
        async with Client(of_seat["moderator"]) as moderator, Client(of_seat["ARD"]) as player:
            await moderator.command({"kind": "start"})
            await player.wait_until_started()
            await player.order({"kind": "message", "to": ["BEL"], "text": TEXT})
            await player.order({"kind": "arm", "effort": 0.0617})
            secrets |= {moderator.connection.token, player.connection.token}
        base, _, token = of_seat["BEL"].partition("#")
        with pytest.raises(SeatLost):
            async with Client(f"{base}#{token[::-1]}") as stranger:
                await stranger.look()
    finally:
        process.terminate()
    log = (await asyncio.wait_for(logged, 30)).decode()
    await process.wait()
    for secret in (*secrets, TEXT, "0.0617", "/j/"):
        assert secret not in log + b"".join(printed).decode()
    assert len(secrets) > 10
    rows = [json.loads(line) for line in log.splitlines()]
    assert {"time", "level", "logger", "message"} <= set(rows[0])
    assert [row for row in rows if row["message"].startswith("joined session=checkerboard role=player seat=ARD")]
    assert [row for row in rows if row["message"].startswith("auth_fail")]


def test_an_error_that_ends_the_server_is_a_line_of_its_json_log(counterpoise_process: Command) -> None:
    done = counterpoise_process("host", "nowhere", "--log-format", "json")
    assert done.returncode == 65
    row = json.loads(done.stderr)
    assert (row["level"], row["logger"]) == ("CRITICAL", "counterpoise.cli")
    assert "nowhere" in row["message"]
