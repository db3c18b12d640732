"""A PostgreSQL server for tests, with Debian's programs, run by a user without privileges, on a socket that is only theirs."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

_USERS = ("postgres", "nobody")
"""Users without privileges, one of which runs the server if root runs the tests: PostgreSQL refuses root."""


def programs() -> Path | None:
    """Return the folder of ``initdb`` and ``postgres``; ``None`` without PostgreSQL."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """Run a server and yield the address of its first database."""
    home = Path(tempfile.mkdtemp(prefix="cp-pg-"))  # the path of a socket may have 107 bytes
    user = next((name for name in _USERS if _exists(name)), "") if os.geteuid() == 0 else ""
    try:
        if user:
            os.chown(home, pwd.getpwnam(user).pw_uid, -1)
        data = ("-D", str(home / "data"))
        _run(
            user, folder / "initdb", *data, "-A", "trust", "-U", "counterpoise", "-E", "UTF8", "--locale=C", "--no-sync"
        )
        settings = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off -c max_connections=300"
        _run(user, folder / "pg_ctl", *data, "-w", "-l", str(home / "log"), "-o", settings, "start")
        try:
            yield f"postgresql://counterpoise@/postgres?host={quote(str(home), safe='')}"
        finally:
            _run(user, folder / "pg_ctl", *data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home)


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _run(user: str, program: Path, *arguments: str) -> None:
    other = pwd.getpwnam(user) if user else None
    done = subprocess.run(
        [program, *arguments],
        user=None if other is None else other.pw_uid,
        group=None if other is None else other.pw_gid,
        extra_groups=None if other is None else [],
        cwd="/",
        stdin=subprocess.DEVNULL,
        # The server keeps what pg_ctl inherits, so a pipe would stay open as long as it runs.
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, f"{program.name} ended with {done.returncode}"
