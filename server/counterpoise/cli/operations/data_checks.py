"""Whether the data folder of a server is fit to hold journals, and whether those in it are sound."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from counterpoise.cli.operations.findings import Finding
from counterpoise.errors import CounterpoiseError
from counterpoise.gateway.signing.server_key import FILE_NAME, load_private_key
from counterpoise.session.journal.entries import check_chain
from counterpoise.session.play.log import problem_in
from counterpoise.store.addresses import open_database
from counterpoise.store.folder_shelf import FREE_BYTES_MIN, SUFFIX
from counterpoise.store.journal import reaches_end
from counterpoise.store.journal_file import JournalFile

FREE_BYTES_WANTED = 5 * FREE_BYTES_MIN
SYNC_SECONDS_MAX = 0.05
NETWORK_FILE_SYSTEMS = (
    "9p",
    "afs",
    "ceph",
    "cifs",
    "fuse.sshfs",
    "glusterfs",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
    "virtiofs",
)
"""SQLite keeps the index of its log in shared memory, which processes on several machines do not share."""
_OTHERS = 0o077
_SYNCS = 5


def data_findings(folder: Path) -> Iterator[Finding]:
    """Yield what is found of a data folder, its disk and its journals. The folder need not exist yet."""
    if folder.exists() and not folder.is_dir():
        yield Finding("data folder", "fault", f"{folder} is a file", "Give a folder with --data.")
        return
    place = folder
    while not place.exists():
        place = place.absolute().parent
    if not os.access(place, os.W_OK | os.X_OK):
        advice = f"Let the account of the server own it: chown -R ACCOUNT {folder}"
        yield Finding("data folder", "fault", f"{place} cannot be written to", advice)
        return
    yield _folder(folder)
    yield _file_system(place)
    yield _free_space(place)
    yield _sync_time(place)
    if folder.exists():
        yield _key(folder)
        yield from _private_files(folder)
        yield from _journals(folder)


def database_finding(url: str) -> Finding:
    """Return whether the database that has the journals of a server in place of a folder answers."""
    try:
        with closing(open_database(url)) as shelf:
            names = shelf.names()
    except CounterpoiseError as error:
        advice = "Start the database, or mend its address or its rights. A new database has no tables until host has made them."
        return Finding("database", "fault", str(error), advice)
    return Finding("database", "ok", f"{url} has {len(names)} sessions")


def _folder(folder: Path) -> Finding:
    if not folder.exists():
        return Finding("data folder", "ok", f"{folder} does not exist yet; host makes it")
    found = folder.stat()
    if found.st_uid != os.geteuid():
        advice = f"Run counterpoise as that account, or: chown -R $(id -un) {folder}"
        return Finding(
            "data folder", "warning", f"{folder} belongs to account {found.st_uid}, and this is {os.geteuid()}", advice
        )
    if found.st_mode & _OTHERS:
        mode = f"{found.st_mode & 0o777:o}"
        return Finding(
            "data folder", "warning", f"other accounts can open {folder} (mode {mode})", f"chmod 700 {folder}"
        )
    return Finding("data folder", "ok", f"{folder}, for its owner alone")


def _key(folder: Path) -> Finding:
    """Return whether the key that signs checkpoints and seals receipts is there and for its owner alone."""
    path = folder / FILE_NAME
    if path.exists():
        try:
            load_private_key(path)
        except CounterpoiseError as error:
            return Finding("key", "fault", str(error), "Put it right: without its key the server does not start.")
        return Finding("key", "ok", f"{FILE_NAME}, for its owner alone")
    if any(folder.glob(f"*{SUFFIX}")):
        advice = (
            f"Bring {FILE_NAME} back from a backup: with another key the server cannot check what clients have seen."
        )
        return Finding("key", "warning", f"there are journals, but no {FILE_NAME}", advice)
    return Finding("key", "ok", f"there is no {FILE_NAME} yet; host makes it")


def _private_files(folder: Path) -> Iterator[Finding]:
    """Yield a finding for each file that other accounts can open: links would let them play."""
    open_to_others = [file for file in sorted(folder.iterdir()) if file.is_file() and file.stat().st_mode & _OTHERS]
    for file in open_to_others:
        yield Finding("permissions", "warning", f"other accounts can open {file.name}", f"chmod 600 {file}")
    if not open_to_others:
        yield Finding("permissions", "ok", "every file is for its owner alone")


def _file_system(place: Path) -> Finding:
    kind = file_system_of(place.resolve(), Path("/proc/mounts"))
    if kind in NETWORK_FILE_SYSTEMS:
        advice = "SQLite may damage journals on a network file system: use a disk of this machine."
        return Finding("file system", "fault", kind, advice)
    return Finding("file system", "ok", kind or "unknown")


def file_system_of(place: Path, mounts: Path) -> str:
    """Return the kind of the file system of a resolved path, empty if unknown; ``mounts`` has the form of /proc/mounts."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    found = {Path(point.replace("\\040", " ")): kind for _, point, kind, *_ in map(str.split, lines)}
    return next((found[parent] for parent in (place, *place.parents) if parent in found), "")


def _free_space(place: Path) -> Finding:
    free = shutil.disk_usage(place).free
    found = f"{free >> 20} MiB free"
    if free < FREE_BYTES_MIN:
        return Finding(
            "disk", "fault", found, f"A new session needs {FREE_BYTES_MIN >> 20} MiB. Free space or use another disk."
        )
    if free < FREE_BYTES_WANTED:
        return Finding("disk", "warning", found, f"Free space: {FREE_BYTES_WANTED >> 20} MiB are comfortable.")
    return Finding("disk", "ok", found)


def _sync_time(place: Path) -> Finding:
    """Write and sync a small file some times: every acknowledged order waits for one sync."""
    file = place / f".{secrets.token_hex(6)}.new"
    taken = []
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        try:
            for _ in range(_SYNCS):
                os.write(descriptor, bytes(4096))
                began = time.perf_counter()
                os.fsync(descriptor)
                taken.append(time.perf_counter() - began)
        finally:
            os.close(descriptor)
            file.unlink()
    except OSError as error:
        return Finding("sync", "fault", f"{place}: {error.strerror}", "Use a disk that can be written to.")
    middle = sorted(taken)[_SYNCS // 2]
    found = f"{middle * 1000:.1f} ms to bring a page to the disk"
    if middle > SYNC_SECONDS_MAX:
        return Finding("sync", "warning", found, "Every answer to an order waits so long: use a faster disk.")
    return Finding("sync", "ok", found)


def _journals(folder: Path) -> Iterator[Finding]:
    """Yield whether the pages and the hash chain of each journal are sound, whether a server has it open or not."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            with JournalFile.read_only(path) as journal:
                count = sum(1 for _ in check_chain(journal.entries(), str(path)))
                phase = "ended" if reaches_end(journal) else "not ended"
                wrong = problem_in(journal.play_log.rows())
                lacks_log = journal.lacks_log
        except CounterpoiseError as error:
            problem = str(error).removeprefix(f"{path}: ")
            yield Finding(
                f"journal {path.name}", "fault", problem, "Restore it from a backup, or move it out of the folder."
            )
            continue
        if wrong:
            yield Finding(f"journal {path.name}", "fault", wrong, "Restore it from a backup: somebody has changed it.")
            continue
        found = f"{count} entries, {phase}; the chain is whole"
        if lacks_log:
            yield Finding(
                f"journal {path.name}", "warning", f"{found}, but its log is missing", "Its last entries may be lost."
            )
        else:
            yield Finding(f"journal {path.name}", "ok", found)
