"""The journals of one server as SQLite files in a folder. The lock on a file is the claim to its journal."""

from __future__ import annotations

import shutil
from pathlib import Path

from counterpoise.errors import LockedError, StorageError
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.lock import FileLock

SUFFIX = ".db"
FREE_BYTES_MIN = 200 * 1024 * 1024
"""No session starts on a disk with less free space. Running sessions may use all of it."""

FOLDER_IN_USE = (
    "another server uses this folder, and one at a time can. Stop that server (Ctrl-C in its window), or give another folder "
    "with --data."
)


class FolderShelf:
    """A folder of journals, ``SESSION.db`` each; the name of a journal is that of its file. One server at a time uses it.

    Args:
        folder: the folder; it is made if it does not exist.
    """

    is_shared = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: FileLock | None = None

    def open(self, url: str) -> None:
        """Make and lock the folder. The lock does not need ``url``: no other process serves these sessions.

        Raises:
            LockedError: another server uses this folder.
            StorageError: the folder cannot be created or read.
        """
        if self._folder.is_file():
            raise StorageError(str(self._folder), "this is a file; give a folder")
        try:
            self._folder.mkdir(0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise self._unusable(error) from error
        try:
            self._lock = FileLock(self._folder / "server")
        except LockedError as error:
            raise LockedError(str(self._folder), FOLDER_IN_USE) from error

    def require_key(self, public: str) -> None:
        """Do nothing: the key stands in the folder too."""

    def names(self) -> list[str]:
        """Return the names of the files that may be journals, in order."""
        try:
            return sorted(path.name for path in self._folder.iterdir() if path.suffix == SUFFIX)
        except OSError as error:
            raise self._unusable(error) from error

    def unclaimed(self) -> list[str]:
        """Return no names: the one server of the folder has claimed every journal that it can serve."""
        return []

    def name_for(self, session_id: str) -> str:
        """Return the name of the file for a new session."""
        return f"{session_id}{SUFFIX}"

    def find(self, name: str) -> str | None:
        """Return the path of a file in the folder; ``None`` if there is none with this name."""
        path = self._folder / name
        return str(path) if path.exists() else None

    def require_space(self) -> None:
        """Raise ``StorageError`` if the disk has too little space for another session."""
        free = shutil.disk_usage(self._folder).free
        if free < FREE_BYTES_MIN:
            problem = f"{free >> 20} MiB free; a new session needs {FREE_BYTES_MIN >> 20} MiB. Free space or use another disk."
            raise StorageError(str(self._folder), problem)

    def create(self, name: str) -> JournalFile:
        """Make a new file and lock it; raise as ``JournalFile.create``."""
        return JournalFile.create(self._folder / name)

    def claim(self, name: str) -> JournalFile:
        """Open and lock a file; raise as ``JournalFile.open``."""
        return JournalFile.open(self._folder / name)

    def read(self, name: str) -> JournalFile:
        """Open a file for reading, without a check of its pages; raise as ``JournalFile.read_only``."""
        return JournalFile.read_only(self._folder / name, check=False)

    def delete(self, name: str) -> None:
        """Delete a file that no process has open, with what SQLite keeps beside it; do nothing if there is none.

        Raises:
            StorageError: it cannot be deleted.
        """
        try:
            for ending in ("", "-wal", "-shm", ".lock"):
                (self._folder / f"{name}{ending}").unlink(missing_ok=True)
        except OSError as error:
            raise self._unusable(error) from error

    def close(self) -> None:
        """Unlock the folder."""
        if self._lock is not None:
            self._lock.release()

    def _unusable(self, error: OSError) -> StorageError:
        return StorageError(str(self._folder), f"cannot use this data folder ({error.strerror or error})")
