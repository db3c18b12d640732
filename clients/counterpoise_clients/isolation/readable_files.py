"""What a bot in a process of its own may read: the system, Python, and what stands beside it, but no file of the game.

The game's own files are its journals, its key, its tournament file, and whatever else the command that plays it names; they are
the ``private`` ones here. A bot's folder may hold some of them, and get more while the game runs, so a bot may read what is in
its folder when it starts: each file, and each folder whole unless a private file is in it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path

import counterpoise
import counterpoise_clients
from counterpoise.scenario_files import scenario_folder
from counterpoise_clients.isolation import landlock
from counterpoise_clients.isolation.bot_source import files_of_command, files_of_python

BESIDE_MAX = 512
"""How many entries a folder may have. Of one with more a bot may read its own file and those that it imports."""
SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/opt", "/etc", "/nix", "/gnu", "/snap", "/home/linuxbrew"),
    *(f"/dev/{name}" for name in ("null", "zero", "full", "random", "urandom")),
    *(f"/proc/{name}" for name in ("cpuinfo", "meminfo", "stat", "sys", "version", "filesystems")),
    *("/sys/devices/system", "/sys/fs/cgroup", "/sys/kernel/mm"),
)
"""Where programs, their libraries and their settings are. Of ``/proc`` it is what tells nothing of another process."""


class ReadableFiles:
    """What a bot may read, as paths without symbolic links.

    Args:
        private: files and folders of the game, which it may not read.
    """

    def __init__(self, private: Iterable[str]) -> None:
        self._private = [os.path.realpath(path) for path in private]
        self.whole: dict[str, None] = {}
        """Files, and folders with all that is in them."""
        self.listed: dict[str, None] = {}
        """Folders of which the names of the files may be read."""

    def add(self, path: str) -> None:
        """Allow a file, or a folder: whole if nothing private is in it, else what else is in it now."""
        self._add(os.path.realpath(path), beside=False)

    def restrict(self) -> None:
        """Let this process, and all that it starts, read nothing else; raise ``OSError`` if the kernel refuses."""
        landlock.allow_reading(self.whole, self.listed)

    def add_beside(self, folder: str, own: Iterable[str]) -> None:
        """Allow what is in the folder of a bot now, other than hidden files.

        Args:
            folder: the folder.
            own: the bot's files, which it may read wherever they are; asked for in case the folder's are too many or private.
        """
        real = os.path.realpath(folder)
        if not self._add_entries(real, beside=True):
            for file in islice(own, BESIDE_MAX):
                self.add_file(file)

    def add_file(self, path: str) -> None:
        """Allow a file of the bot, also in a private folder."""
        real = os.path.realpath(path)
        if not any(_belongs_to(real, private) for private in self._private):
            self.whole[real] = None

    def _add(self, real: str, *, beside: bool) -> None:
        if not any(real == private or _is_in(private, real) for private in self._private):
            self.whole[real] = None
        elif real not in self.listed:  # else a link leads back to a folder that holds it
            self._add_entries(real, beside=beside)

    def _add_entries(self, folder: str, *, beside: bool) -> bool:
        """Allow what is in a folder; return false, and allow nothing but its names, if that is private or too much.

        Nothing hidden is allowed beside a bot, and no folder of the system has too much.
        """
        self.listed[folder] = None
        if folder in self._private:
            return False
        entries: list[os.DirEntry[str]] = []
        with suppress(OSError), os.scandir(folder) as found:
            entries.extend(islice(found, BESIDE_MAX + 1 if beside else None))
        if beside and len(entries) > BESIDE_MAX:
            return False
        for entry in entries:
            if not (beside and entry.name.startswith(".")):
                real = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
                if not self._is_private(real, folder):
                    self._add(real, beside=beside)
        return True

    def _is_private(self, real: str, folder: str) -> bool:
        """Tell whether what a folder holds, or a link there leads to, is private."""
        return any(
            _belongs_to(real, private) or (_is_in(real, private) and not _is_in(folder, private))
            for private in self._private
        )


def readable_by_python(path: str, private: tuple[str, ...]) -> ReadableFiles:
    """Return what a Python bot may read; ``path`` is its file or folder."""
    readable = _with_system(private)
    readable.add_file(os.path.join(path, "__init__.py") if os.path.isdir(path) else path)
    readable.add_beside(path if os.path.isdir(path) else os.path.dirname(path), map(str, files_of_python(Path(path))))
    return readable


def readable_by_command(command: list[str], folder: str, private: tuple[str, ...]) -> ReadableFiles:
    """Return what a command that runs in a folder may read: what stands there, its program, and what its arguments name."""
    readable = _with_system(private)
    files = [str(file) for file in files_of_command(command, Path(folder))]
    readable.add_beside(folder, files)
    for argument in command:
        named = os.path.join(folder, argument)
        if os.path.isdir(named):
            readable.add_beside(named, files)
        elif os.path.isfile(named):
            readable.add_file(named)
            readable.add_beside(os.path.dirname(named), files)
    program = os.path.join(folder, command[0]) if "/" in command[0] else shutil.which(command[0])
    if program is not None:
        for place in (os.path.abspath(program), os.path.realpath(program)):
            readable.add_file(place)
            _add_program(readable, os.path.dirname(place), (os.path.realpath(folder), _home()))
    return readable


def _add_program(readable: ReadableFiles, folder: str, kept: tuple[str, ...]) -> None:
    """Allow the folder of a program, and the folder above it, where its libraries are, unless one of ``kept`` is there."""
    above = os.path.dirname(folder)
    if not any(_is_in(place, above) or place == above for place in kept):
        readable.add(above)
    else:
        readable.add_beside(folder, ())


def _with_system(private: tuple[str, ...]) -> ReadableFiles:
    readable, system = ReadableFiles(private), readable_system(private)
    readable.whole.update(system.whole)
    readable.listed.update(system.listed)
    readable.add("/proc/self")
    return readable


@lru_cache(maxsize=8)
def readable_system(private: tuple[str, ...]) -> ReadableFiles:
    """Return what every bot may read; it is found once, before a process is forked for each bot."""
    readable = ReadableFiles(private)
    for path in (*SYSTEM, *_python_places()):
        readable.add(path)
    return readable


def _python_places() -> Iterator[str]:
    """Yield where Python and what it imports are, this project among it."""
    yield from dict.fromkeys((sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix))
    yield from (path for path in sys.path if path)
    yield from (*counterpoise.__path__, *counterpoise_clients.__path__, str(scenario_folder()))
    yield os.path.join(_home(), ".local", "lib")


def _home() -> str:
    with suppress(KeyError):
        return os.path.realpath(pwd.getpwuid(os.getuid()).pw_dir)
    return "/"


def _belongs_to(path: str, private: str) -> bool:
    """Tell whether a path is private, or stands beside what is under a longer name, as ``GAME.db-wal`` beside ``GAME.db``."""
    return path == private or path.startswith((f"{private}-", f"{private}."))


def _is_in(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip("/") + "/")
