"""The preloaded process: forks a process for each seat, in milliseconds, because everything is imported already.

It reads requests from the socket that is its standard input: a JSON object with the fields of ``Request``, and four file
descriptors beside it, for the standard input, output and error of the bot and for news of its process. When the socket closes,
this process ends, and with it the bots.

If the bots are confined, it makes the namespaces once, and ``confined_server`` forks the bots inside them. If they are not, or
the kernel refuses namespaces, it forks a keeper for each request; the keeper makes the namespaces, forks the bot, tells its
number, and waits for it.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from counterpoise.registry import modules_of
from counterpoise_clients import bot_kit
from counterpoise_clients.isolation import landlock, sandbox, system_calls
from counterpoise_clients.isolation.confined_server import ConfinedServer
from counterpoise_clients.isolation.fork_client import REQUEST_BYTES_MAX, Request
from counterpoise_clients.isolation.python_bot import play_python
from counterpoise_clients.isolation.readable_files import readable_by_command, readable_by_python

PRELOADED = ("counterpoise.theory.threat", "copy", "itertools", "json", "math", "random", "statistics")
"""What bots import most, beside all of the bot kit."""
WALLS_REFUSED = 3
"""The exit code of a process that could not be cut off from the machine."""


def serve_confined(control: socket.socket) -> bool:
    """Start Python bots inside walls until the other end of the socket is closed; return at once with false if there are none."""
    server = os.fork()
    if server:
        _, status = os.waitpid(server, 0)
        return os.waitstatus_to_exitcode(status) != WALLS_REFUSED
    sandbox.end_with_parent()
    files = sandbox.process_files()
    if sandbox.separate():
        os._exit(WALLS_REFUSED)
    inside = os.fork()  # the first process of its namespace: all others of it end with it
    if inside == 0:
        sandbox.end_with_parent()
        _preload()
        ConfinedServer(control, files).serve()
    else:
        control.close()
        os.close(files)
        os.waitpid(inside, 0)
    os._exit(0)


def serve(control: socket.socket) -> None:
    """Start bots, each with a keeper, until the other end of the socket is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers tell their news themselves, and leave nothing behind
    _preload()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, REQUEST_BYTES_MAX, 4)
        if not message:
            return
        request = msgspec.json.decode(message, type=Request)
        if os.fork() == 0:
            _in_child(request, control.fileno(), *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _preload() -> None:
    """Import what bots import, and keep the collector of garbage from touching it."""
    for module in PRELOADED:
        importlib.import_module(module)
    modules_of(bot_kit)
    gc.collect()
    gc.freeze()


def _in_child(request: Request, control: int, stdin: int, stdout: int, stderr: int, news: int) -> None:
    """Be the keeper of a bot; never returns."""
    code = 1
    try:
        os.close(control)
        _keep(request, stdin, stdout, stderr, news)
        code = 0
    except OSError as error:
        with suppress(OSError):
            os.write(news, json.dumps({"problem": str(error)}).encode() + b"\n")
    finally:
        os._exit(code)


def _keep(request: Request, stdin: int, stdout: int, stderr: int, news: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    sandbox.end_with_parent()
    missing = ["its user trusts it (--trust-bots)"]
    if not request.trusted:
        missing = [*sandbox.separate(), *landlock.missing(), *system_calls.missing()]
    bot = os.fork()
    if bot == 0:
        _be_bot(request, stdin, stdout, stderr, news)
    for descriptor in (stdin, stdout, stderr):
        os.close(descriptor)
    os.write(news, json.dumps({"process": bot, "missing": missing}).encode() + b"\n")
    _, status = os.waitpid(bot, 0)
    if missing:  # else the kernel has killed all that the bot started
        sandbox.kill_children()
    with suppress(OSError):  # the game may be over already
        os.write(news, json.dumps({"ended": os.waitstatus_to_exitcode(status)}).encode() + b"\n")


def _be_bot(request: Request, stdin: int, stdout: int, stderr: int, news: int) -> None:
    """Be the process of the bot; never returns."""
    try:
        os.close(news)
        sandbox.end_with_parent()
        os.dup2(stderr, 2)
        if not request.trusted:
            sandbox.give_up_privileges()
        sandbox.limit_memory(request.memory, taken=sandbox.address_space() if request.path else None)
        if request.path:
            os.dup2(2, 1)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            if not request.trusted:
                readable_by_python(request.path, request.private).restrict()
                system_calls.forbid_children()
                system_calls.forbid_sockets_of_the_machine()
            play_python(Path(request.path), stdin, stdout)
        os.dup2(stdin, 0)
        os.dup2(stdout, 1)
        os.chdir(request.folder)
        os.closerange(3, sandbox.FILES_OPEN_MAX)
        if not request.trusted:
            readable_by_command(request.command, request.folder, request.private).restrict()
            system_calls.forbid_sockets_of_the_machine()
        try:
            os.execvp(request.command[0], request.command)  # noqa: S606 - the command that the user named
        except OSError as error:
            raise OSError(f"cannot start {request.command[0]}: {error.strerror}") from error
    except BaseException as error:
        with suppress(BaseException):
            os.write(2, f"{error}\n".encode(errors="replace"))
    finally:
        os._exit(127)


if __name__ == "__main__":
    requests = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    first = requests.recv(REQUEST_BYTES_MAX, socket.MSG_PEEK)
    if first and not (msgspec.json.decode(first, type=Request).confined and serve_confined(requests)):
        serve(requests)
