"""A bot opens no socket of the machine, by no way that the system has."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterpoise.errors import BotError
from counterpoise.sim.views.view import View
from counterpoise_clients.isolation import system_calls
from counterpoise_clients.isolation.bot_limits import BotLimits
from counterpoise_clients.roster import SeatLoader
from counterpoise_clients.testing import recorded_views

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has filters of system calls")

CONNECT = "import socket; socket.socket(socket.AF_UNIX).connect({!r})"
RING = (
    "import ctypes; c = ctypes.CDLL(None, use_errno=True); c.syscall(425, 8, bytes(120)); "
    "raise OSError(ctypes.get_errno(), 'ring')"
)
STDIO_BOT = """\
import json, sys
for line in sys.stdin:
    try:
        {body}
        told = "no error"
    except OSError as error:
        told = f"errno {{error.errno}}"
    if json.loads(line)["t"] == "start":
        print(json.dumps({{"t": "ready"}}), flush=True)
    else:
        print(told, file=sys.stderr, flush=True)
        print(json.dumps({{"t": "moves", "moves": []}}), flush=True)
"""


@pytest.fixture(scope="module")
def view(checkerboard: str) -> View:
    return recorded_views(checkerboard, stops=1)[0]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[str]:
    """The path of a socket on which a service of the machine listens."""
    path = str(tmp_path / "service")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        yield path


@pytest.mark.parametrize(("body", "said"), [(CONNECT, "Operation not permitted"), (RING, r"\[Errno 38\]")])
def test_a_python_bot_opens_no_socket_of_the_machine(
    tmp_path: Path, view: View, service: str, body: str, said: str
) -> None:
    file = tmp_path / "wild.py"
    file.write_text(
        f"class Bot:\n    def __init__(self, seed): ...\n    def decide(self, view): {body.format(service)}\n",
        encoding="utf-8",
    )
    with pytest.raises(BotError, match=said):
        SeatLoader(BotLimits())(str(file))("seed").decide(view)


@pytest.mark.parametrize(
    ("body", "said"), [(CONNECT, "errno 1"), (RING, "errno 38"), ("socket.socketpair()", "no error")]
)
def test_a_command_and_its_children_open_no_socket_of_the_machine(
    tmp_path: Path, view: View, service: str, body: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    script = STDIO_BOT.format(body=f"import socket; {body.format(service)}")
    (tmp_path / "bot.py").write_text(script, encoding="utf-8")
    bot = SeatLoader(BotLimits(), str(tmp_path))(f"cmd:sh -c '{sys.executable} bot.py; true'")("seed")
    assert bot.decide(view) == []
    assert said in capfd.readouterr().err


def test_a_machine_whose_calls_are_unknown_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert system_calls.missing() == ()
    system_calls.missing.cache_clear()
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    try:
        assert system_calls.missing() == (
            "sockets of the machine can be opened (no filter of system calls for riscv64)",
        )
    finally:
        system_calls.missing.cache_clear()


def test_without_walls_a_bot_may_connect(tmp_path: Path, view: View, service: str) -> None:
    file = tmp_path / "wild.py"
    file.write_text(
        "class Bot:\n    def __init__(self, seed): ...\n    def decide(self, view):\n"
        f"        {CONNECT.format(service)}\n        return []\n",
        encoding="utf-8",
    )
    assert SeatLoader(BotLimits(trusted=True))(str(file))("seed").decide(view) == []
