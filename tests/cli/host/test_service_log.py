"""The links of a session do not go to the log of a service."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


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
