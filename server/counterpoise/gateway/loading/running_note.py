"""A note in the data folder that says which server runs on it, for a second ``host`` on the same folder."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

import msgspec

FILE_NAME = "server.json"
API_TOKEN_FILE = "api.token"  # noqa: S105 - the name of its file
_API_TOKEN_BYTES = 24


class RunningNote(msgspec.Struct, frozen=True):
    """Which server runs on a data folder.

    Args:
        process: its process id.
        url: start of its links.
        local_url: where it listens.
        operators: port of its operators' listener on 127.0.0.1; ``None`` without one.
    """

    process: int
    url: str
    local_url: str
    operators: int | None


def write_note(folder: Path, note: RunningNote) -> None:
    """Leave the note of this server; a failure is no reason not to serve."""
    with contextlib.suppress(OSError):
        _write_private(folder / FILE_NAME, msgspec.json.encode(note))


def remove_note(folder: Path) -> None:
    """Take the note away, because this server stops."""
    with contextlib.suppress(OSError):
        (folder / FILE_NAME).unlink(missing_ok=True)


def read_note(folder: Path) -> RunningNote | None:
    """Return the note of the server that runs on a folder; ``None`` if it left none. Call it only while the folder is locked."""
    try:
        return msgspec.json.decode((folder / FILE_NAME).read_bytes(), type=RunningNote)
    except (OSError, msgspec.DecodeError):
        return None


def api_token(folder: Path) -> str:
    """Return the token of the HTTP API; it is made, for the owner of the folder alone, if there is none.

    Raises:
        OSError: the file cannot be read or made.
    """
    path = folder / API_TOKEN_FILE
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(_API_TOKEN_BYTES).encode() + b"\n")
    return path.read_text(encoding="ascii").strip()


def _write_private(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{secrets.token_hex(6)}.new")
    descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
