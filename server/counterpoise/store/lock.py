"""A lock that lets one process write a journal: advisory, on a file beside it, released when the process ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from counterpoise.errors import LockedError, StorageError


class FileLock:
    """A lock on ``PATH.lock``, held from construction to ``release``.

    The lock file stays, but for ``remove``. Whoever has locked it looks whether it still stands at its path: otherwise two
    processes could each hold a lock on a file of that name.

    Raises:
        LockedError: another process, or another object in this process, holds the lock.
        StorageError: the lock file cannot be created.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(path.name + ".lock")
        try:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StorageError(str(path), f"cannot write in its folder ({error.strerror})") from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            stands = os.path.samestat(os.fstat(self._descriptor), self.path.stat())
        except OSError as error:
            os.close(self._descriptor)
            raise LockedError(str(path)) from error
        if not stands:
            os.close(self._descriptor)
            raise LockedError(str(path))

    def remove(self) -> None:
        """Delete the lock file and release the lock: the file that it guards was never made."""
        self.path.unlink(missing_ok=True)
        self.release()

    def release(self) -> None:
        """Release the lock; calling again does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
