"""Whether this machine and this installation can run a server."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
import time
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime

from counterpoise.cli.operations.findings import Finding
from counterpoise.gateway.listener.http_connection import raise_file_limit
from counterpoise.gateway.listener.static import StaticFiles
from counterpoise.store.sqlite import sqlite3

Version = tuple[int, ...]
TESTED_PYTHONS: tuple[Version, Version] = ((3, 11), (3, 14))
SQLITE_LEAST: Version = (3, 37, 0)
"""The first SQLite with strict tables, which journals have."""
SQLITE_MENDED: Version = (3, 51, 3)
FILES_LEAST = 4096
RELEASED = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock that shows an earlier time is wrong."""
ZONE = "Europe/Berlin"
_DEVELOPERS_EXTRAS = ("test", "dev")
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+).*;.*extra\s*==\s*['\"]([A-Za-z0-9._-]+)['\"]")


def machine_findings() -> Iterator[Finding]:
    """Yield what is found of Python, SQLite, the clock, the limits of the process and the installation."""
    yield python_finding(sys.version_info[:3])
    yield sqlite_finding(tuple(map(int, sqlite3.sqlite_version.split("."))))
    yield _clock()
    yield _time_zones()
    yield _open_files()
    yield _browser_files()
    yield from _extras()


def python_finding(version: Version) -> Finding:
    """Return whether a version of Python is one of those that the tests run on."""
    least, most = TESTED_PYTHONS
    found = f"Python {_dotted(version)}"
    if least <= version[:2] <= most:
        return Finding("Python", "ok", found)
    return Finding(
        "Python", "warning", found, f"It is tested on Python {_dotted(least)} to {_dotted(most)}: use one of these."
    )


def sqlite_finding(version: Version) -> Finding:
    """Return whether a version of SQLite can hold journals, and whether it has the fault in which a reset log loses pages.

    Versions 3.7.0 to 3.51.2 have it, unless a distribution has mended them. It needs two connections that write or move the log
    at the same time, and a server has one for each journal.
    """
    found = f"SQLite {_dotted(version)}"
    if version < SQLITE_LEAST:
        return Finding(
            "SQLite", "fault", found, f"Use SQLite {_dotted(SQLITE_LEAST)} or newer: journals need strict tables."
        )
    if version >= SQLITE_MENDED:
        return Finding("SQLite", "ok", found)
    return Finding(
        "SQLite",
        "warning",
        f"{found} may damage a database that two programs write at the same time (the WAL-reset fault of 3.7.0 to 3.51.2)",
        "The server is the only writer of its journals, so it does not meet the fault. Let no other program write into them, or "
        f"use SQLite {_dotted(SQLITE_MENDED)} (`pip install pysqlite3`, where there is a wheel). Your distribution may have "
        "mended it under the older number.",
    )


def _clock() -> Finding:
    now = datetime.now(UTC)
    shown = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    if now < RELEASED:
        return Finding("clock", "fault", shown, "Set the clock: tokens expire by it, and logs would be wrong.")
    timedatectl = shutil.which("timedatectl")
    if timedatectl is not None:
        asked = [timedatectl, "show", "--property=NTPSynchronized", "--value"]
        try:
            done = subprocess.run(asked, capture_output=True, text=True, timeout=5, check=False)  # noqa: S603 - fixed words
        except (OSError, subprocess.TimeoutExpired):
            return Finding("clock", "ok", shown)
        if done.stdout.strip() == "no":
            advice = "Turn on time synchronisation: `timedatectl set-ntp true`."
            return Finding("clock", "warning", f"{shown}, not synchronised", advice)
    return Finding("clock", "ok", shown)


def _time_zones() -> Finding:
    try:
        zoneinfo.ZoneInfo(ZONE)
    except zoneinfo.ZoneInfoNotFoundError:
        advice = "Install the package tzdata, of the system or of Python."
        return Finding("time zones", "warning", f"no data for {ZONE}", advice)
    return Finding("time zones", "ok", f"data for {ZONE}; the local zone is {time.tzname[0]}")


def _open_files() -> Finding:
    limit = raise_file_limit()
    found = f"{limit} open files"
    if limit >= FILES_LEAST:
        return Finding("limits", "ok", found)
    advice = f"Each client needs one. Allow {FILES_LEAST} or more: LimitNOFILE= in a unit of systemd, `ulimit -n` in a shell."
    return Finding("limits", "warning", found, advice)


def _browser_files() -> Finding:
    page = StaticFiles().answer("GET", "/", "127.0.0.1")
    if page.status_code == 200:
        return Finding("browser files", "ok", f"the page has {len(page.body)} bytes")
    return Finding("browser files", "fault", f"the page answers {page.status_code}", "Install counterpoise again.")


def _extras() -> Iterator[Finding]:
    """Yield for each optional part of the package whether it is installed."""
    needed: dict[str, list[str]] = {}
    for line in importlib.metadata.requires("counterpoise") or ():
        if (match := _REQUIREMENT.match(line)) is not None and match[2] not in _DEVELOPERS_EXTRAS:
            needed.setdefault(match[2], []).append(match[1])
    for extra, names in needed.items():
        missing = [name for name in names if not _is_installed(name)]
        found = f"lacks {', '.join(missing)}" if missing else "installed"
        advice = f"Only if you need it: pip install 'counterpoise[{extra}]'." if missing else ""
        yield Finding(f"extra {extra}", "ok", found, advice)


def _is_installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))
