"""Forks a process for each seat of a Python bot, inside walls that are built once.

It reads the requests that ``fork_server`` reads. It is cut off from the machine itself, with a file system that is read-only, so
that a seat's process is one fork and only has to be cut off from its siblings. No code of a bot runs here: each seat imports the
file of its bot. The first seats tell what the file compiles to before any of it runs, and later seats need not compile it.
"""

from __future__ import annotations

import os
import resource
import select
import socket
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import msgspec

from counterpoise_clients.isolation import landlock, sandbox, system_calls
from counterpoise_clients.isolation.fork_client import REQUEST_BYTES_MAX, News, Request
from counterpoise_clients.isolation.frames import READ_BYTES
from counterpoise_clients.isolation.python_bot import play_python
from counterpoise_clients.isolation.readable_files import readable_by_python, readable_system
from counterpoise_clients.python_files import CompiledFile, compiled_bot, compiled_files

COMPILED_BYTES_MAX, COMPILED_MAX = 8 * 1024 * 1024, 64
"""Longest compiled file that is kept, and of how many bots they are."""
FILES_OPEN_MAX, FILES_OWN, FILES_OF_SEAT = 4096, 16, 3
"""How many file descriptors this process may have, for itself and for each seat."""


class ConfinedServer:
    """The seats that were forked, and what is known of the files of their bots.

    Args:
        control: where requests come.
        files: ``sandbox.process_files()``, from before files were made read-only.
    """

    def __init__(self, control: socket.socket, files: int) -> None:
        self._control, self._files = control, files
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)
        self._seats: dict[int, tuple[int, int]] = {}
        """By the file descriptor of its process: a seat's process, and where its end is told."""
        self._compiling: dict[int, bytearray] = {}
        """What seats have told about the files that they compile, by the file descriptor on which they tell it."""
        self._compiled: dict[str, tuple[str, str]] = {}
        """By the path of a bot, the oldest first: its fingerprint, and the path of its file that is compiled."""
        self._missing = [*landlock.missing(), *system_calls.missing()]
        self._own_processes = os.open("/proc/self/ns/pid", os.O_RDONLY)
        self._taken = sandbox.address_space()
        system_calls.children_filter()
        system_calls.sockets_filter()
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        files_max = FILES_OPEN_MAX if hard == resource.RLIM_INFINITY else min(FILES_OPEN_MAX, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (files_max, hard))
        self._seats_max = (files_max - FILES_OWN) // FILES_OF_SEAT

    def serve(self) -> None:
        """Start bots until the other end of the socket is closed."""
        while True:
            for ready, _ in self._poll.poll():
                if ready == self._control.fileno():
                    message, descriptors, _, _ = socket.recv_fds(self._control, REQUEST_BYTES_MAX, 4)
                    if not message:
                        return
                    self._start(msgspec.json.decode(message, type=Request), *descriptors)
                elif ready in self._seats:
                    self._tell_end(ready)
                else:
                    self._hear_compiled(ready)

    def _start(self, request: Request, stdin: int, stdout: int, stderr: int, news: int) -> None:
        """Fork a seat."""
        compiled, _ = self._compiled.get(request.path, ("", ""))
        pipe = None if compiled == request.fingerprint else os.pipe()
        try:
            if len(self._seats) >= self._seats_max:
                raise OSError(
                    f"{len(self._seats)} bots have a process already, and this machine allows no more open files"
                )
            readable_system(request.private)
            sandbox.separate_next_child(self._own_processes)
            process = os.fork()
            if process == 0:
                self._be_seat(request, stdin, stdout, stderr, news, None if pipe is None else pipe[1])
            seat = os.pidfd_open(process)
        except OSError as error:
            _tell(news, News(problem=str(error)))
            os.close(news)
        else:
            self._seats[seat] = process, news
            self._poll.register(seat, select.POLLIN)
        for descriptor in (stdin, stdout, stderr):
            os.close(descriptor)
        if pipe is not None:
            heard, telling = pipe
            os.close(telling)
            self._compiling[heard] = bytearray()
            self._poll.register(heard, select.POLLIN)

    def _tell_end(self, seat: int) -> None:
        """Tell how a seat's process has ended."""
        process, news = self._seats.pop(seat)
        _, status = os.waitpid(process, 0)
        _tell(news, News(ended=os.waitstatus_to_exitcode(status)))
        self._poll.unregister(seat)
        os.close(seat)
        os.close(news)

    def _hear_compiled(self, heard: int) -> None:
        """Read what a seat tells about its file, and keep it once it is whole."""
        part = os.read(heard, READ_BYTES)
        told = self._compiling[heard]
        told += part
        if part and len(told) <= COMPILED_BYTES_MAX:
            return
        self._poll.unregister(heard)
        os.close(heard)
        del self._compiling[heard]
        with suppress(msgspec.MsgspecError):  # it is cut short, or the seat could not compile its file
            path, fingerprint, compiled = msgspec.msgpack.decode(told, type=tuple[str, str, CompiledFile])
            self._compiled[path] = fingerprint, compiled.path
            compiled_files[compiled.path] = compiled
            if len(self._compiled) > COMPILED_MAX:
                _, forgotten = self._compiled.pop(next(iter(self._compiled)))
                compiled_files.pop(forgotten, None)

    def _be_seat(
        self, request: Request, stdin: int, stdout: int, stderr: int, news: int, telling: int | None
    ) -> NoReturn:
        """Be the process of a bot."""
        try:
            self._separate(news)
            os.dup2(stderr, 2)
            os.dup2(2, 1)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            _close_all_but(stdin, stdout, *(() if telling is None else (telling,)))
            sandbox.give_up_privileges()
            readable_by_python(request.path, request.private).restrict()
            sandbox.limit_memory(request.memory, taken=self._taken)
            system_calls.forbid_children()
            system_calls.forbid_sockets_of_the_machine()
            if telling is not None:
                with suppress(Exception):  # whatever is wrong with the file is told when it is imported
                    what = request.path, request.fingerprint, compiled_bot(request.path)
                    told = memoryview(msgspec.msgpack.encode(what))
                    while told:
                        told = told[os.write(telling, told) :]
                os.close(telling)
            play_python(Path(request.path), stdin, stdout)
        except BaseException as error:
            with suppress(BaseException):
                os.write(2, f"{error}\n".encode(errors="replace"))
        finally:
            os._exit(127)

    def _separate(self, news: int) -> None:
        """Cut a seat's process off from its siblings, and tell its number as the machine knows it, or why it cannot be one."""
        try:
            sandbox.separate_from_siblings(self._files)
        except OSError as error:
            _tell(news, News(problem=str(error)))
            raise
        sandbox.end_with_parent()
        _tell(news, News(process=int(os.readlink("/proc/self")), missing=self._missing))


def _tell(news: int, what: News) -> None:
    with suppress(OSError):  # the game may be over already
        os.write(news, msgspec.json.encode(what) + b"\n")


def _close_all_but(*kept: int) -> None:
    """Close the file descriptors of this process that are none of these and none of the three standard ones."""
    last = 2
    for descriptor in sorted(kept):
        os.closerange(last + 1, descriptor)
        last = descriptor
    os.closerange(last + 1, FILES_OPEN_MAX)
