"""Lets a process read some files and folders and no others, for good: Landlock, of Linux 5.13 and later.

Python has none of these calls, so they go through the C library. Their numbers are the same on every machine.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION, _BENEATH = 1, 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
FILES_READABLE = "files can be read"
"""What is missing where the kernel has no Landlock."""

_libc = ctypes.CDLL(None, use_errno=True)


@cache
def missing() -> tuple[str, ...]:
    """Return ``FILES_READABLE`` and why if this kernel cannot keep a process from files; empty if it can."""
    if sys.platform != "linux":
        return (f"{FILES_READABLE} ({sys.platform} has no Landlock)",)
    if _libc.syscall(_CREATE, None, ctypes.c_size_t(0), _ASK_VERSION) > 0:
        return ()
    return (f"{FILES_READABLE} (the kernel has no Landlock: {os.strerror(ctypes.get_errno())})",)


def allow_reading(whole: Iterable[str], listed: Iterable[str]) -> None:
    """Let this process, and all that it starts, open for reading only what these paths name; it may not gain privileges.

    What is open already stays open, and what does not exist is left out. Nothing is done where ``missing`` says so.

    Args:
        whole: files, and folders with all that is in them now or later.
        listed: folders of which only the names of the files are told.

    Raises:
        OSError: the kernel refuses.
    """
    if missing():
        return
    handled = struct.pack("Q", _READ_FILE | _READ_FOLDER)
    rules = _libc.syscall(_CREATE, handled, ctypes.c_size_t(len(handled)), 0)
    if rules < 0:
        raise _error()
    for path in whole:
        _add(rules, path, _READ_FILE | _READ_FOLDER)
    for path in listed:
        _add(rules, path, _READ_FOLDER)
    if _libc.syscall(_RESTRICT, rules, 0):
        raise _error()
    os.close(rules)


def _add(rules: int, path: str, allowed: int) -> None:
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            allowed &= _READ_FILE
        refused = allowed and _libc.syscall(_ADD, rules, _BENEATH, struct.pack("=Qi", allowed, place), 0)
        os.close(place)
        if refused:
            raise _error()


def _error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, f"its files cannot be kept from it: {os.strerror(number)}")
