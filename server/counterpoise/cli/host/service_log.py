"""Keep secrets out of the log of a service: whoever may read the log is not whoever may take a seat."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counterpoise.cli.terminal import console
from counterpoise.errors import StorageError


@contextmanager
def secrets_in_file(path: Path) -> Iterator[None]:
    """Write what the block prints to a file that only its owner may read, if standard output is the log of a service.

    Raises:
        StorageError: the file cannot be written.
    """
    if not goes_to_service_log():
        yield
        return
    shown = console.file
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            os.fchmod(descriptor, 0o600)
            console.file = file
            yield
    except OSError as error:
        raise StorageError(str(path), f"cannot write the links ({error.strerror or error})") from error
    finally:
        console.file = shown
    console.print(f"The links are in {path}, because this output goes to the log of a service.", markup=False)


def goes_to_service_log() -> bool:
    """Return whether standard output is the journal of systemd, which names it in ``JOURNAL_STREAM`` (systemd.exec)."""
    try:
        status = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{status.st_dev}:{status.st_ino}"
