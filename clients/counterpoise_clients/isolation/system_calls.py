"""Refuses system calls to a process and its children, for good: children, and sockets of the machine.

Namespaces do not stop a process from reaching a socket by the name of its file, such as that of a database or of a container
service, and Landlock does not either. All of it is Linux, by seccomp; elsewhere nothing is refused.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import socket
import struct
import sys
from functools import cache
from typing import Any, NamedTuple

from counterpoise_clients.isolation.sandbox import prctl

_PR_SET_SECCOMP, _FILTER = 22, 2
_CLONE_THREAD = 0x00010000
_X32_CALLS = 0x40000000
"""Where the numbers of the second way to make each call begin on x86_64."""
_LOAD, _JUMP, _EQUAL, _AT_LEAST, _HAS_BITS, _RETURN = 0x20, 0x05, 0x15, 0x35, 0x45, 0x06
_CALL, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
"""Where a filter finds what it judges."""
_ALLOW, _REFUSE, _NO_SUCH_CALL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS


class _Machine(NamedTuple):
    """The numbers of the system calls of a machine."""

    name: int
    clone: int
    forks: tuple[int, ...]
    socket: int
    clone3: int = 435
    io_uring_setup: int = 425


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 56, (57, 58), 41),
    "aarch64": _Machine(0xC00000B7, 220, (), 198),
}


@cache
def missing() -> tuple[str, ...]:
    """Return what cannot be refused on this machine, in a few words; empty if all can. ``sandbox`` names what is not Linux."""
    if sys.platform != "linux" or _machine() is not None:
        return ()
    return (f"sockets of the machine can be opened (no filter of system calls for {platform.machine()})",)


def forbid_children() -> None:
    """Let every attempt of this process to start another one fail with EPERM; threads are allowed.

    Processor time is read from one process, and time that children take would not count.
    """
    _install(children_filter())


def forbid_sockets_of_the_machine() -> None:
    """Let this process and its children open no socket that has the name of a file: EPERM. Pairs of sockets are allowed.

    The second way to make system calls, io_uring, is refused too, because it opens sockets unseen: ENOSYS, which programs take as
    an older kernel. Programs of another machine's calls, such as those of 32 bits, cannot run.
    """
    _install(sockets_filter())


@cache
def children_filter() -> tuple[Any, ...]:
    """Return the filter that refuses children, with the memory that it points to; empty where there is none.

    It is made once, before a process is forked for each bot.
    """
    machine = _machine()
    if machine is None:
        return ()
    calls = [machine.clone, machine.clone3, *machine.forks]
    tests = [*((_EQUAL, call) for call in calls), (_AT_LEAST, _X32_CALLS)]
    threads = 3 + len(tests) + 1
    allow, refuse, none = threads + 2, threads + 3, threads + 4
    targets = [threads, none, *(refuse for _ in machine.forks), refuse]
    # Each row: code, rows to skip if true, rows to skip if false, operand.
    rows = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 0, refuse - 2, machine.name), (_LOAD, 0, 0, _CALL)]
    for number, ((code, operand), target) in enumerate(zip(tests, targets, strict=True), start=3):
        rows.append((code, target - number - 1, 0, operand))
    rows.append((_JUMP, 0, 0, allow - threads))
    rows.append((_LOAD, 0, 0, _FIRST_ARGUMENT))
    rows.append((_HAS_BITS, allow - threads - 2, refuse - threads - 2, _CLONE_THREAD))
    return _program(rows)


@cache
def sockets_filter() -> tuple[Any, ...]:
    """Return the filter that refuses sockets of the machine, as ``children_filter`` does."""
    machine = _machine()
    if machine is None:
        return ()
    allow, refuse, none = 8, 9, 10
    return _program(
        [
            (_LOAD, 0, 0, _MACHINE),
            (_EQUAL, 0, refuse - 2, machine.name),
            (_LOAD, 0, 0, _CALL),
            (_AT_LEAST, refuse - 4, 0, _X32_CALLS),
            (_EQUAL, none - 5, 0, machine.io_uring_setup),
            (_EQUAL, 0, allow - 6, machine.socket),
            (_LOAD, 0, 0, _FIRST_ARGUMENT),
            (_EQUAL, refuse - 8, allow - 8, int(socket.AF_UNIX)),
        ]
    )


def _machine() -> _Machine | None:
    return _MACHINES.get(platform.machine()) if sys.platform == "linux" else None


def _program(rows: list[tuple[int, int, int, int]]) -> tuple[Any, ...]:
    """Return a filter of rows, which the three outcomes follow: allowed, refused, no such call."""
    rows = [*rows, *((_RETURN, 0, 0, outcome) for outcome in (_ALLOW, _REFUSE, _NO_SUCH_CALL))]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *row) for row in rows))
    filter_ = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(rows), ctypes.addressof(program)))
    return filter_, program


def _install(filter_: tuple[Any, ...]) -> None:
    if filter_:
        prctl(_PR_SET_SECCOMP, _FILTER, ctypes.addressof(filter_[0]))
