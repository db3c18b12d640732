"""What commands leave on the disk: journals in folders, pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from counterpoise.errors import ConfigurationError, StorageError
from counterpoise.session.journal import Entry, export_lines


def made(folder: Path) -> Path:
    """Make a folder, if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(str(folder), error.strerror or str(error)) from error
    return folder


def write_journal(path: Path, entries: Sequence[Entry]) -> None:
    """Write a journal as exported lines."""
    try:
        path.write_bytes(b"".join(line + b"\n" for line in export_lines(entries)))
    except OSError as error:
        raise StorageError(str(path), error.strerror or str(error)) from error


def write_text(path: Path, text: str) -> None:
    """Write a text, over an older one."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(str(path), error.strerror or str(error)) from error


def require_page(path: Path) -> None:
    """Refuse to write over anything but an older page, before the work is done."""
    try:
        if path.is_file() and path.stat().st_size and not path.read_bytes()[:15].lower().startswith(b"<!doctype html"):
            raise ConfigurationError(f"--html {path}: expected a new file or an older page, got another file")
        if path.is_dir() or not path.absolute().parent.is_dir():
            raise ConfigurationError(f"--html {path}: expected a file in a folder that is there")
    except OSError as error:
        raise StorageError(str(path), error.strerror or str(error)) from error
