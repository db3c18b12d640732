"""Create the folders and write the files that users name. An older file is replaced by a whole new one or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from counterpoise.errors import ConfigurationError, StorageError
from counterpoise.store.open_files import sync_directory

PAGE_HEAD_BYTES = 16_384
"""In how many bytes at the start of a page our name is looked for."""


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


def require_no_journals(folder: Path, option: str) -> None:
    """Refuse a folder that holds journals: new ones could replace them, and ``debrief FOLDER`` would pool them all.

    Raises:
        ConfigurationError: there is a journal in it.
    """
    if folder.is_dir():
        found = sorted(file.name for file in folder.iterdir() if file.suffix in (".db", ".jsonl", ".models"))
        if found:
            raise ConfigurationError(
                f"{option} {folder}: it holds journals already, such as {found[0]}. Give an empty folder."
            )


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a new file beside a path; it takes the path's place when the block ends without an error.

    So the path never holds a part, and what was there before is lost only when the new file is on the disk. A pipe or a device
    is written to directly.

    Raises:
        OSError: the disk refuses.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    target = path.resolve()  # a link to a file stays a link
    beside = target.with_name(f".{secrets.token_hex(6)}.new")
    descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o666)
    try:
        with open(descriptor, "wb") as file:
            if target.exists():
                os.fchmod(descriptor, target.stat().st_mode & 0o777)
            yield file
            file.flush()
            os.fsync(descriptor)
        beside.replace(target)
        sync_directory(target.parent)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def require_no_files(folder: Path, names: Iterable[str], option: str) -> None:
    """Check, before the work starts, that a folder has none of the files that a command without ``--force`` will write there.

    Raises:
        ConfigurationError: it has one of them.
    """
    for name in names:
        if (folder / name).exists():
            raise ConfigurationError(
                f"{option} {folder}: {name} exists there already. Give another folder, or remove the files of the older tables."
            )


@contextmanager
def filling(folder: Path, names: Collection[str], *, force: bool) -> Iterator[Path]:
    """Create a folder and yield an empty one inside it; the files that are written there move up when the block ends.

    So all files come together or none does.

    Args:
        folder: where the files belong.
        names: the files that will be written.
        force: whether files of these names may be replaced.

    Raises:
        ConfigurationError: one of the files exists, and ``force`` does not allow to replace it.
        StorageError: the folder cannot be created or written into.
    """
    ensure_folder(folder)
    taken = [name for name in names if (folder / name).exists()]
    if taken and not force:
        raise ConfigurationError(
            f"{folder / taken[0]} exists already. Give an empty folder, or replace {_files(len(taken))} with --force."
        )
    inside = folder / f".{secrets.token_hex(6)}.new"
    try:
        inside.mkdir()
        yield inside
        for name in names:
            with (inside / name).open("rb") as file:
                os.fsync(file.fileno())
        for name in names:
            (inside / name).replace(folder / name)
        sync_directory(folder)
    except OSError as error:
        raise StorageError(str(folder), f"cannot write into this folder ({error.strerror or error})") from error
    finally:
        shutil.rmtree(inside, ignore_errors=True)


def _files(count: int) -> str:
    return "that file" if count == 1 else f"{count} files"


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


def replace_text(path: Path, text: str, *, private: bool = False) -> None:
    """Write a text file; an older file is replaced by the whole text or not at all.

    Args:
        path: the file.
        text: what it will hold.
        private: whether only the owner may read the file.

    Raises:
        StorageError: the file cannot be written.
    """
    try:
        with replacing(path) as file:
            if private:
                os.fchmod(file.fileno(), 0o600)
            file.write(text.encode())
    except OSError as error:
        raise StorageError(str(path), f"cannot write this file ({error.strerror or error})") from error


def require_page(path: Path) -> None:
    """Check, before the work starts, that an HTML page can be written here without replacing anything but a page of ours.

    Raises:
        ConfigurationError: the path is another file.
        StorageError: the path is a folder, is in a folder that does not exist, or cannot be read.
    """
    try:
        if path.is_file() and path.stat().st_size and not _is_our_page(path):
            raise ConfigurationError(
                f"--html {path}: this file exists and is no page of counterpoise. Give a new file name."
            )
        if path.is_dir():
            raise StorageError(f"--html {path}", "this is a folder. Give a file name.")
        if not path.absolute().parent.is_dir():
            raise StorageError(f"--html {path}", f"the folder {path.parent} does not exist. Create it first.")
    except OSError as error:
        raise StorageError(str(path), f"cannot read this file ({error.strerror or error})") from error


def _is_our_page(path: Path) -> bool:
    """Tell whether a file is a page that a command wrote: its head has our name."""
    with path.open("rb") as file:
        start = file.read(PAGE_HEAD_BYTES)
    return start[:15].lower().startswith(b"<!doctype html") and b"counterpoise" in start
