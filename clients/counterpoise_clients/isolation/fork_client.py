"""Starts the processes of bots: holds the preloaded process of this process, and the pipes to each bot."""

from __future__ import annotations

import atexit
import os
import select
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from counterpoise.errors import ConfigurationError
from counterpoise_clients.isolation.bot_limits import BotLimits
from counterpoise_clients.isolation.bot_source import BotSource

KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT")
"""What bots get of the environment; the rest may hold secrets."""
FIXED_VARIABLES = {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""The same order of sets in every game, and no threads that a fork would lose."""
STARTING_SECONDS = 60.0
MEBIBYTE = 1024 * 1024
REQUEST_BYTES_MAX = 64 * 1024


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A bot to start."""

    path: str
    """The file or folder of a Python bot; empty for a command."""
    command: list[str]
    """The program and its arguments; empty for a Python bot."""
    folder: str
    """Where a command runs."""
    memory: int
    """Bytes that the bot may take; 0 for no limit."""
    trusted: bool
    """Whether the bot keeps the network, the files and the right to start processes."""
    fingerprint: str
    """A hash of the files of the bot."""
    private: tuple[str, ...]
    """What it may not read of what stands beside it."""

    @property
    def confined(self) -> bool:
        """Whether it needs nothing but what a Python bot may do."""
        return bool(self.path) and not self.trusted


class News(msgspec.Struct, frozen=True):
    """What a keeper tells about its bot, one line for each thing."""

    process: int = 0
    missing: list[str] = []
    ended: int | None = None
    problem: str = ""


@dataclass(slots=True)
class Pipes:
    """The game's ends of the pipes to a bot, as file descriptors, and the number of its process."""

    stdin: int
    stdout: int
    stderr: int
    news: int
    process: int
    missing: list[str]
    told: bytes
    """What was told of its end together with its start; empty if nothing was."""

    def close(self) -> None:
        """Close all of them."""
        for descriptor in (self.stdin, self.stdout, self.stderr, self.news):
            os.close(descriptor)


class ForkClient:
    """A preloaded process, started when the first bot is. Either all of its bots are confined or none is."""

    def __init__(self) -> None:
        self._control: socket.socket | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self._lock = threading.Lock()

    def start(self, request: Request) -> Pipes:
        """Start the process of a bot.

        Raises:
            ConfigurationError: the system does not start the process.
        """
        pairs = [os.pipe() for _ in range(4)]
        (stdin, to_bot), (from_bot, stdout), (told, stderr), (heard, news) = pairs
        try:
            with self._lock:
                control = self._connected()
                socket.send_fds(control, [msgspec.json.encode(request)], [stdin, stdout, stderr, news])
        except OSError as error:
            for ends in (to_bot, from_bot, told, heard):
                os.close(ends)
            raise ConfigurationError(f"the process of a bot cannot be started: {error}") from error
        finally:
            for ends in (stdin, stdout, stderr, news):
                os.close(ends)
        first, later = _first_news(heard)
        pipes = Pipes(to_bot, from_bot, told, heard, first.process, first.missing, later)
        if not first.process:
            pipes.close()
            raise ConfigurationError(
                f"the process of a bot cannot be started: {first.problem or 'it ended at once'}. "
                "The machine may be out of memory or processes."
            )
        for descriptor in (to_bot, from_bot, told, heard):
            os.set_blocking(descriptor, False)
        return pipes

    def close(self) -> None:
        """End the preloaded process, and with it all bots that it started."""
        with self._lock:
            if self._control is not None:
                self._control.close()
                self._control = None
            if self._server is not None and self._owner == os.getpid():
                self._server.wait()
            self._server = None

    def _connected(self) -> socket.socket:
        if self._owner != os.getpid():  # a forked worker has the socket of its parent, and starts a process of its own
            self._control, self._owner = None, os.getpid()
            if self._server is not None:
                self._server.returncode = 0  # it is no child of this process, which cannot wait for it
                self._server = None
        if self._server is not None and self._server.poll() is not None:
            self._control = None  # the system has ended it, for want of memory perhaps
        if self._control is None:
            self._control, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
            with other:
                self._server = subprocess.Popen(
                    [sys.executable, "-P", "-m", "counterpoise_clients.isolation.fork_server"],
                    stdin=other.fileno(),
                    stdout=subprocess.DEVNULL,
                    env={**kept, **FIXED_VARIABLES},
                    start_new_session=True,
                )
        return self._control


def _first_news(news: int) -> tuple[News, bytes]:
    """Wait for the first line about a bot; return it with what came after it. The preloaded process may still be importing."""
    line = b""
    until = time.monotonic() + STARTING_SECONDS
    poll = select.poll()
    poll.register(news, select.POLLIN)
    while b"\n" not in line and poll.poll(max(0.0, until - time.monotonic()) * 1000):
        part = os.read(news, 4096)
        if not part:
            break
        line += part
    first, _, later = line.partition(b"\n")
    with suppress(msgspec.MsgspecError):
        return msgspec.json.decode(first, type=News), later
    return News(), later


_confined, _others = ForkClient(), ForkClient()
"""Those of this process."""
for _client in (_confined, _others):
    atexit.register(_client.close)


def start(source: BotSource, limits: BotLimits) -> Pipes:
    """Start the process of a bot.

    Raises:
        ConfigurationError: the system does not start the process.
    """
    request = Request(
        path=source.path, command=list(source.command), folder=source.folder, memory=limits.memory * MEBIBYTE,
        trusted=limits.trusted, fingerprint=source.fingerprint, private=limits.private,
    )  # fmt: skip
    return (_confined if request.confined else _others).start(request)
