"""``host --class`` serves a class, resumes it after a crash, and adds a second one to the server that runs already."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from counterpoise.wire.class_messages import CLASS_SUBPROTOCOL

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@contextmanager
def hosting(data: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """A host of a class in its own process, with the document that it printed."""
    process = subprocess.Popen(
        [
            sys.executable, "-m", "counterpoise", "host", "checkerboard", "--class", "Alliances", "--port", "0", "--json",
            "--data", str(data), *arguments,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        text = ""
        for line in process.stdout:
            text += line
            if line.startswith("}"):
                break
        yield process, json.loads(text)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


class Visitor:
    """Somebody at the socket of a class."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def say(self, tag: str, **fields: Any) -> None:
        self.socket.send(json.dumps({"t": tag, **fields}))

    def hear(self, tag: str, **wanted: Any) -> dict[str, Any]:
        while True:
            message: dict[str, Any] = json.loads(self.socket.recv(timeout=30))
            if message["t"] == tag and all(message[name] == value for name, value in wanted.items()):
                return message
            assert message["t"] != "refused", message


@contextmanager
def visit(url: str) -> Iterator[Visitor]:
    address = url.replace("http://", "ws://") + "/c/ws"
    with connect(address, subprotocols=[Subprotocol(CLASS_SUBPROTOCOL)], proxy=None) as socket:
        yield Visitor(socket)


def test_after_a_crash_everybody_comes_back_by_the_token_and_the_class_is_as_before(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (roster := tmp_path / "roster.csv").write_text(
        "name;email;world;state\nAda;a@example.org;B;Belmar\n", encoding="cp1252"
    )
    with hosting(data, "--worlds", "2", "--roster", str(roster)) as (process, printed):
        links = printed["class"]
        assert links["new"] is True
        with visit(printed["url"]) as ada, visit(printed["url"]) as bob:
            ada.say("enter", code=links["code"], name="Ada", number="A@example.org")
            tokens = [ada.hear("entered")["token"]]
            before = [ada.hear("lobby", place="seated")]
            bob.say("enter", code=links["code"], name="Bob")
            tokens.append(bob.hear("entered")["token"])
            before.append(bob.hear("lobby", place="admitted"))
            ada.say("take_seat", id="0" * 32)
            way = ada.hear("your_seat")
            process.kill()
            process.wait()
    assert "Ada" not in "".join(path.read_bytes().decode("latin-1") for path in data.glob("*-a.db"))
    with hosting(data, "--worlds", "2") as (_, printed):
        again = printed["class"]
        assert {name: again[name].rpartition("/")[2] for name in ("moderator", "projector", "join")} == {
            name: links[name].rpartition("/")[2] for name in ("moderator", "projector", "join")
        }
        assert (again["new"], again["code"]) == (False, links["code"])
        for token, was in zip(tokens, before, strict=True):
            with visit(printed["url"]) as visitor:
                visitor.say("enter", token=token)
                visitor.hear("entered")
                assert {**visitor.hear("lobby"), "people": 0} == {**was, "people": 0}
                if was["place"] == "seated":
                    visitor.say("take_seat", id="1" * 32)
                    assert visitor.hear("your_seat")["session"] == way["session"]
        with visit(printed["url"]) as moderator:
            moderator.say("open_class", token=again["moderator"].partition("#")[2])
            board = moderator.hear("board")
        assert [world["world"] for world in board["worlds"]] == ["A", "B"]
        assert [(person["name"], person["seat"]) for person in board["people"]] == [("Ada", "BEL"), ("Bob", "")]


def test_a_second_host_adds_its_class_to_the_running_server_or_says_what_runs(
    tmp_path: Path, counterpoise: Command
) -> None:
    data = tmp_path / "data"
    second = ("host", "checkerboard", "--class", "Second", "--data", str(data))
    with hosting(data, "--operators-port", "0") as (_, printed):
        for is_new in (True, False):  # the same command again finds the class that it has added
            done = counterpoise(*second, "--json")
            made = json.loads(done.stdout)
            assert (done.returncode, made["url"], made["class"]["new"]) == (0, printed["url"], is_new)
        assert counterpoise(*second[:-1], str(data), "--worlds", "27").returncode == 2
        assert oct((data / "api.token").stat().st_mode)[-3:] == "600"
    with hosting(data) as (process, printed):
        done = counterpoise(*second)
        assert done.returncode == 75
        said = " ".join(done.stderr.split())
        assert f"process {process.pid} at {printed['url']}" in said
        assert "--operators-port 0" in said
        assert "--data FOLDER" in said


@pytest.mark.parametrize(
    ("options", "message", "code"),
    [
        (("--worlds", "3"), "needs --class", 2),
        (("--class", "T", "--sessions", "2"), "leave --sessions", 2),
        (("--class", "T", "--roster", "missing.csv"), "missing.csv", 65),
    ],
)
def test_options_that_do_not_fit_a_class_are_refused(
    counterpoise: Command, tmp_path: Path, options: tuple[str, ...], message: str, code: int
) -> None:
    done = counterpoise("host", "checkerboard", "--port", "0", "--data", str(tmp_path), *options)
    assert (done.returncode, message in " ".join(done.stderr.split())) == (code, True)
