"""An OpenEnv episode in process, and over a websocket of the served environment, in processes of their own."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("openenv") is None, reason="OpenEnv is not installed: pip install 'counterpoise[openenv]'"
)
EXAMPLE = Path(__file__).parents[3] / "clients" / "examples" / "openenv_episode.py"
OVER_THE_WIRE = """
from starlette.testclient import TestClient
from counterpoise_clients.evaluation.openenv_server import served

with TestClient(served("checkerboard", "ARD", 1.0)) as client, client.websocket_connect("/ws") as socket:
    def ask(kind, **data):
        socket.send_json({"type": kind, "data": data} if kind != "state" else {"type": kind})
        return socket.receive_json()["data"]

    seen = ask("reset", seed=7)
    assert seen["reward"] is None, seen
    assert "ARD" in seen["observation"]["system"]
    seen = ask("step", answer="no JSON")
    assert "expected one JSON object" in seen["observation"]["problems"][0]
    while not seen["done"]:
        seen = ask("step", answer='{"moves": []}')
    state = ask("state")
    print(state["seat"], state["seed"], state["date"], state["score"] > 0)
"""


def run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, timeout=170)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_plays_an_episode() -> None:
    match = re.fullmatch(r"COR 1902-\d\d-\d\d: (\d+) steps, reward (\S+), score (\S+)\n", run(str(EXAMPLE)))
    assert match is not None
    assert int(match[1]) > 3
    assert match[2] == match[3], "the rewards add up to the score"


def test_a_served_environment_plays_an_episode_over_a_websocket() -> None:
    assert re.fullmatch(r"ARD 7 1902-\d\d-\d\d True\n", run("-c", OVER_THE_WIRE))
