"""Cuts a process off from the machine: namespaces, a read-only file system, no privileges, no children, limits on memory.

All of it is Linux; what the kernel refuses is named, so that a table can say so. Python has none of these calls, so they go
through the C library.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path

NEW_MOUNTS, NEW_IPC, NEW_USER, NEW_PIDS, NEW_NET = 0x00020000, 0x08000000, 0x10000000, 0x20000000, 0x40000000
_MS_REC_PRIVATE = (1 << 14) | (1 << 18)
_MOUNT_SETATTR, _AT_FDCWD, _AT_RECURSIVE, _RDONLY = 442, -100, 0x8000, 1
_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _PR_SET_CHILD_SUBREAPER = 1, 24, 38, 22, 36
_CAPABILITIES_MAX = 63
_CLONE_THREAD = 0x00010000
_FORKING = {"x86_64": (0xC000003E, 56, (57, 58), 435), "aarch64": (0xC00000B7, 220, (), 435)}
"""By machine: its name in seccomp, then the numbers of clone, of fork and vfork, and of clone3."""
_X32_CALLS = 0x40000000
"""Where the numbers of the second way to make each call begin on x86_64."""
_LOAD, _JUMP, _EQUAL, _AT_LEAST, _HAS_BITS, _RETURN = 0x20, 0x05, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _NO_SUCH_CALL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
FILES_OPEN_MAX = 256

_libc = ctypes.CDLL(None, use_errno=True)


def _prctl(*arguments: int) -> None:
    """Call prctl; it reads its arguments as unsigned longs, and some must be 0 in all their bits."""
    _libc.prctl(*(ctypes.c_ulong(argument) for argument in (*arguments, *([0] * (5 - len(arguments))))))


def end_with_parent() -> None:
    """Let this process be killed when its parent ends, and let what outlives its own children become its children."""
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def separate() -> list[str]:
    """Give this process and its children namespaces of their own, and make all files read-only for them.

    The next child is the first process of its own process namespace: when it ends, the kernel kills all that it started.

    Returns:
        What could not be done, in a few words each; empty if all of it holds.
    """
    if sys.platform != "linux":
        return [f"{sys.platform} has no namespaces"]
    user, group = os.getuid(), os.getgid()
    if _libc.unshare(NEW_USER | NEW_MOUNTS | NEW_IPC | NEW_PIDS | NEW_NET):
        return [f"the kernel refuses namespaces ({os.strerror(ctypes.get_errno())})"]
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    attributes = struct.pack("QQQQ", _RDONLY, 0, 0, 0)
    if _libc.mount(None, b"/", None, _MS_REC_PRIVATE, None) or _libc.syscall(
        _MOUNT_SETATTR, _AT_FDCWD, b"/", _AT_RECURSIVE, attributes, len(attributes)
    ):
        return [f"files can be written ({os.strerror(ctypes.get_errno())})"]
    return []


def give_up_privileges() -> None:
    """Give up every capability of this process for good."""
    if sys.platform != "linux":
        return
    for capability in range(_CAPABILITIES_MAX + 1):
        _prctl(_PR_CAPBSET_DROP, capability)
    _libc.capset(struct.pack("Ii", 0x20080522, 0), bytes(24))
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def limit_memory(size: int, *, address_space: bool) -> None:
    """Limit the memory of this process.

    Args:
        size: bytes that it may take beyond what it has now; 0 for no limit.
        address_space: limit all addresses; else only what can be written, because some runtimes reserve addresses in plenty.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = FILES_OPEN_MAX if hard == resource.RLIM_INFINITY else min(FILES_OPEN_MAX, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    if size:
        kind = resource.RLIMIT_AS if address_space else resource.RLIMIT_DATA
        with suppress(OSError, ValueError):  # macOS refuses this limit
            resource.setrlimit(kind, (size + _taken(), size + _taken()) if address_space else (size, size))


def _taken() -> int:
    """Return the size of this process's address space in bytes."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    return 0


def forbid_children() -> None:
    """Let every attempt of this process to start another one fail with EPERM; threads are allowed.

    Processor time is read from one process, and time that children take would not count.
    """
    if sys.platform != "linux" or platform.machine() not in _FORKING:
        return
    machine, clone, forks, clone3 = _FORKING[platform.machine()]
    tests = [(_EQUAL, clone), (_EQUAL, clone3), *((_EQUAL, call) for call in forks), (_AT_LEAST, _X32_CALLS)]
    threads = 3 + len(tests) + 1
    allow, refuse, none = threads + 2, threads + 3, threads + 4
    targets = [threads, none, *(refuse for _ in forks), refuse]
    # Each row: code, rows to skip if true, rows to skip if false, operand.
    rows = [(_LOAD, 0, 0, 4), (_EQUAL, 0, refuse - 2, machine), (_LOAD, 0, 0, 0)]
    for number, ((code, operand), target) in enumerate(zip(tests, targets, strict=True), start=3):
        rows.append((code, target - number - 1, 0, operand))
    rows.append((_JUMP, 0, 0, allow - threads))
    rows += [(_LOAD, 0, 0, 16), (_HAS_BITS, allow - threads - 2, refuse - threads - 2, _CLONE_THREAD)]
    rows += [(_RETURN, 0, 0, outcome) for outcome in (_ALLOW, _REFUSE, _NO_SUCH_CALL)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *row) for row in rows))
    filter_ = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(rows), ctypes.addressof(program)))
    _prctl(_PR_SET_SECCOMP, 2, ctypes.addressof(filter_))


def kill_children() -> None:
    """Kill every process whose parent is this one, until there is none."""
    own = str(os.getpid())
    while True:
        found = []
        for entry in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = entry.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
                if fields[1] == own and fields[0] != "Z":
                    found.append(int(entry.parent.name))
        if not found:
            return
        for process in found:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass
