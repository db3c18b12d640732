"""Cuts a process off from the machine: namespaces, a read-only file system, no privileges, limits on memory.

All of it is Linux; what the kernel refuses is named, so that a table can say so. Python has none of these calls, so they go
through the C library.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path

NEW_MOUNTS, NEW_IPC, NEW_USER, NEW_PIDS, NEW_NET = 0x00020000, 0x08000000, 0x10000000, 0x20000000, 0x40000000
_MS_REC_PRIVATE = (1 << 14) | (1 << 18)
_MOUNT_SETATTR, _AT_FDCWD, _AT_RECURSIVE, _RDONLY = 442, -100, 0x8000, 1
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_CHILD_SUBREAPER = 1, 38, 36
FILES_OPEN_MAX = 256

_libc = ctypes.CDLL(None, use_errno=True)


def prctl(*arguments: int) -> None:
    """Call prctl; it reads its arguments as unsigned longs, and some must be 0 in all their bits."""
    _libc.prctl(*(ctypes.c_ulong(argument) for argument in (*arguments, *([0] * (5 - len(arguments))))))


def end_with_parent() -> None:
    """Let this process be killed when its parent ends, and let what outlives its own children become its children."""
    if sys.platform == "linux":
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        prctl(_PR_SET_CHILD_SUBREAPER, 1)


def process_files() -> int:
    """Open ``/proc`` as it is now and return its file descriptor; it stays writable when files are made read-only later."""
    return os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)


def separate() -> list[str]:
    """Give this process and its children namespaces of their own, and make all files read-only for them.

    The next child is the first process of its own process namespace: when it ends, the kernel kills all that it started.

    Returns:
        What could not be done, in a few words each; empty if all of it holds.
    """
    if sys.platform != "linux":
        return [f"{sys.platform} has no namespaces"]
    files = process_files()
    try:
        _leave(NEW_USER | NEW_MOUNTS | NEW_IPC | NEW_PIDS | NEW_NET, files)
    except OSError as error:
        return [f"the kernel refuses namespaces ({error.strerror})"]
    finally:
        os.close(files)
    attributes = struct.pack("QQQQ", _RDONLY, 0, 0, 0)
    if _libc.mount(None, b"/", None, _MS_REC_PRIVATE, None) or _libc.syscall(
        _MOUNT_SETATTR, _AT_FDCWD, b"/", _AT_RECURSIVE, attributes, len(attributes)
    ):
        return [f"files can be written ({os.strerror(ctypes.get_errno())})"]
    return []


def separate_next_child(own_processes: int) -> None:
    """Let the next child be the first process of a process namespace of its own, once this process is separate itself.

    Args:
        own_processes: a file descriptor of ``/proc/self/ns/pid``, opened before the first call.

    Raises:
        OSError: the kernel refuses.
    """
    if _libc.setns(own_processes, NEW_PIDS) or _libc.unshare(NEW_PIDS):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def separate_from_siblings(files: int) -> None:
    """Cut this process off from other children of its parent: their memory, their sockets, their shared memory, their signals.

    Args:
        files: ``process_files()``, from before files were made read-only. What may write nothing must not keep it.

    Raises:
        OSError: the kernel refuses.
    """
    os.setsid()
    _leave(NEW_USER | NEW_IPC | NEW_NET, files)


def _leave(namespaces: int, files: int) -> None:
    """Leave namespaces, that of users among them, for new ones in which this process is the same user."""
    user, group = os.getuid(), os.getgid()
    if _libc.unshare(namespaces):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        file = os.open(f"self/{name}", os.O_WRONLY, dir_fd=files)
        os.write(file, text.encode())
        os.close(file)


def give_up_privileges() -> None:
    """Give up every capability of this process for good: it keeps none, and no program that it becomes gets any."""
    if sys.platform != "linux":
        return
    _libc.capset(struct.pack("Ii", 0x20080522, 0), bytes(24))
    prctl(_PR_SET_NO_NEW_PRIVS, 1)


def limit_memory(size: int, *, taken: int | None = None) -> None:
    """Limit the memory of this process.

    Args:
        size: bytes that it may take beyond what it has now; 0 for no limit.
        taken: ``address_space()``, to limit all addresses; ``None`` to limit only what can be written, because some runtimes
            reserve addresses in plenty.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = FILES_OPEN_MAX if hard == resource.RLIM_INFINITY else min(FILES_OPEN_MAX, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    if size:
        kind, limit = (resource.RLIMIT_DATA, size) if taken is None else (resource.RLIMIT_AS, size + taken)
        with suppress(OSError, ValueError):  # macOS refuses this limit
            resource.setrlimit(kind, (limit, limit))


def address_space() -> int:
    """Return the size of this process's address space in bytes."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    return 0


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
