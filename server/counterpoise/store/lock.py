"""One process holds a journal: an advisory lock on a file beside it, gone when the process is."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from counterpoise.errors import LockedError, StorageError


class FileLock:
    """Holds ``PATH.lock`` from construction to ``release``.

    The lock file stays: to delete it would let two processes each lock a file of that name.

    Raises:
        LockedError: another process, or another place in this one, holds it.
        StorageError: the lock file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(path.name + ".lock")
        try:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StorageError(str(path), f"its folder cannot be written to: {error.strerror}") from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._descriptor)
            raise LockedError(str(path)) from error

    def release(self) -> None:
        """Let others have it; calling again does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
