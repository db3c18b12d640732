"""What a class costs its server: three worlds with thirty people, who all send messages and are ready for some windows.

The server is the command of an instructor, ``counterpoise host checkerboard --class … --worlds 3``, in a process of its own. The
people are clients in this process. They join by the code, and each waits for the answer to one message before the next.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measurement import Report, figure
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from counterpoise.wire.class_messages import CLASS_SUBPROTOCOL
from counterpoise_clients.client import Client

WORLDS = 3
PAUSE_SECONDS = 0.5
"""Between two messages of one person: faster than anybody types, slower than the limit of the server."""


def measure(*, tiny: bool) -> Report:
    """Start the server, let the people play, and read what the server used."""
    people, messages = (6, 2) if tiny else (30, 12)
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-m", "counterpoise", "host", "checkerboard", "--class", "Bench", "--worlds", str(WORLDS),
            "--port", "0", "--data", str(Path(folder) / "data"), "--window-seconds", "600", "--json",
        ]  # fmt: skip
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            try:
                asked = asyncio.run(_class_hour(_links(server), server.pid, people, messages))
            finally:
                server.send_signal(signal.SIGINT)
                server.wait(30)
    waits, joined, before, after, share = asked
    cuts = statistics.quantiles(waits, n=100)
    load = os.getloadavg()[0]
    return Report(
        f"A class of {people} people in {WORLDS} worlds of checkerboard",
        (
            figure("processor of the server, of one core", "%", 100 * share),
            figure("message to acknowledgement, p50", "ms", 1000 * statistics.median(waits)),
            figure("message to acknowledgement, p99", "ms", 1000 * cuts[98]),
            figure("everybody joins and sits", "s", joined),
            figure("memory of the server with the class in its lobby", "MB", before),
            figure("memory of the server after the messages", "MB", after),
        ),
        (f"{len(waits)} messages. Load of the machine at the end: {load:.1f} on {os.cpu_count()} cores.",),
    )


def _links(server: subprocess.Popen[str]) -> dict[str, Any]:
    """Return what the command prints: one JSON document over several lines."""
    assert server.stdout is not None
    text = ""
    for line in server.stdout:
        text += line
        if re.match(r"\}", line):
            break
    found: dict[str, Any] = json.loads(text)["class"]
    return found


async def _class_hour(
    links: dict[str, Any], pid: int, people: int, messages: int
) -> tuple[list[float], float, float, float, float]:
    """Return the waits in seconds, the time to join, the memory before and after in MB, and the share of a core."""
    root, _, token = links["moderator"].partition("/class#")
    async with _class_socket(root) as moderator:
        await _ask(moderator, {"t": "open_class", "token": token}, "opened")
        await _ask(moderator, {"t": "door", "open": True, "admits": "everyone", "seats": "everyone"}, "taken")
        before, began = _memory(pid), time.monotonic()
        seats = await asyncio.gather(*(_sit(root, links["code"], f"Person {n}") for n in range(people)))
        joined = time.monotonic() - began
        await _ask(moderator, {"t": "command", "worlds": [], "command": {"kind": "start"}}, "taken")
        used, began = _processor(pid), time.monotonic()
        waits = await asyncio.gather(*(_write(seat, messages) for seat in seats))
        share = (_processor(pid) - used) / (time.monotonic() - began)
        return [wait for some in waits for wait in some], joined, before, _memory(pid), share


def _class_socket(root: str) -> connect:
    url = root.replace("http://", "ws://") + "/c/ws"
    return connect(url, subprotocols=[Subprotocol(CLASS_SUBPROTOCOL)], compression=None, proxy=None)


async def _ask(socket: ClientConnection, message: dict[str, Any], answer: str) -> dict[str, Any]:
    await socket.send(json.dumps({"id": secrets.token_hex(16), **message} if answer == "taken" else message))
    return await _hear(socket, lambda heard: heard["t"] == answer)


async def _hear(socket: ClientConnection, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    while True:
        message: dict[str, Any] = json.loads(await socket.recv())
        if message["t"] == "refused":
            raise RuntimeError(f"the class refuses: {message}")
        if wanted(message):
            return message


async def _sit(root: str, code: str, name: str) -> str:
    """Join by the code, take the seat that the class deals, and return its link."""
    async with _class_socket(root) as socket:
        await socket.send(json.dumps({"t": "enter", "code": code, "name": name}))
        await _hear(socket, lambda heard: heard["t"] == "lobby" and heard["place"] == "seated")
        await socket.send(json.dumps({"t": "take_seat", "id": secrets.token_hex(16)}))
        way = await _hear(socket, lambda heard: heard["t"] == "your_seat")
        return f"{root}/j/{way['session']}#{way['token']}"


async def _write(link: str, messages: int) -> list[float]:
    """Write to everyone again and again; return how long each answer took."""
    waits = []
    async with Client(link) as client:
        await client.wait_until_started()
        for number in range(messages):
            began = time.perf_counter()
            await client.order({"kind": "message", "to": [], "text": f"The {number}. message to all"})
            waits.append(time.perf_counter() - began)
            await asyncio.sleep(PAUSE_SECONDS)
    return waits


def _memory(pid: int) -> float:
    """Return the memory of a process in MB, from Linux."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def _processor(pid: int) -> float:
    """Return the processor time of a process in seconds, from Linux."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
