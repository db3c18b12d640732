"""Create the folders and write the text files that users name."""

from __future__ import annotations

import os
from pathlib import Path

from counterpoise.errors import ConfigurationError, StorageError


def ensure_folder(folder: Path) -> Path:
    """Create a folder unless it exists, and return it.

    Raises:
        StorageError: the folder cannot be created.
    """
    if folder.is_file():
        raise StorageError(str(folder), "this is a file; give a folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(str(folder), f"cannot create this folder ({error.strerror or error})") from error
    return folder


def write_text(path: Path, text: str) -> None:
    """Write a text file; an older file is replaced.

    Raises:
        StorageError: the file cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(str(path), f"cannot write this file ({error.strerror or error})") from error


def require_free(path: Path, *, force: bool) -> None:
    """Check, before the work starts, that a file can be written here without replacing another.

    Raises:
        ConfigurationError: the file exists, and ``force`` does not allow to replace it.
        StorageError: the path is a folder, or is in a folder that does not exist.
    """
    if path.is_dir():
        raise StorageError(str(path), "this is a folder. Give a file name.")
    if path.exists() and not force:
        raise ConfigurationError(f"{path} exists already. Choose another name, or replace it with --force.")
    if not path.absolute().parent.is_dir():
        raise StorageError(str(path), f"the folder {path.parent} does not exist. Create it first.")


def replace_text(path: Path, text: str) -> None:
    """Write a text to a new file beside the path and rename it, so that the path never holds a part of the text.

    Raises:
        StorageError: the file cannot be written.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise StorageError(str(path), f"cannot write this file ({error.strerror or error})") from error


def require_page(path: Path) -> None:
    """Check, before the work starts, that an HTML page can be written here without replacing any other kind of file.

    Raises:
        ConfigurationError: the path is another kind of file.
        StorageError: the path is a folder, is in a folder that does not exist, or cannot be read.
    """
    try:
        if path.is_file() and path.stat().st_size and not path.read_bytes()[:15].lower().startswith(b"<!doctype html"):
            raise ConfigurationError(f"--html {path}: this file exists and is not an HTML page. Give a new file name.")
        if path.is_dir():
            raise StorageError(f"--html {path}", "this is a folder. Give a file name.")
        if not path.absolute().parent.is_dir():
            raise StorageError(f"--html {path}", f"the folder {path.parent} does not exist. Create it first.")
    except OSError as error:
        raise StorageError(str(path), f"cannot read this file ({error.strerror or error})") from error
