"""Which file of a folder has which table, by the names that this project and the distributors of data use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from counterpoise.errors import InputError
from counterpoise.theory.dyadyear.reading.columns import plain_name
from counterpoise.theory.dyadyear.reading.data_files import DATA_FILES, DataFile

ENDINGS = (".csv", ".txt", ".tsv", ".tab", ".dat")
OTHER_FORMATS = (
    ".dta",
    ".rda",
    ".rds",
    ".rdata",
    ".sav",
    ".xlsx",
    ".xls",
    ".ods",
    ".parquet",
    ".feather",
    ".zip",
    ".gz",
)
OTHER_UNITS = (
    (r"mid[abi]p?\d.*", "lists disputes or participants, not pairs of states; give the dyadic MID data"),
    (r"atop\d*(sy|a|m|vm)(nna)?", "lists states or treaties, not pairs of states; give atop5_1ddyr.csv"),
    (r"alliancev?\d*bymember.*", "lists members, not pairs of states; give alliance_v4.1_by_dyad_yearly.csv"),
    (r"contdirs.*", "counts the neighbours of each state; give contdir.csv or contdird.csv"),
    (r"p[45]v\d{4}d", "has spans of regimes, not years; give p5v2018.csv"),
)
"""Files that do not have what a table needs, with what to do."""


@dataclass(frozen=True, slots=True)
class FolderContents:
    """The files of a folder by the name of the table."""

    tables: dict[str, str]
    """The file of each table, by the table's name."""
    absent: tuple[str, ...]
    """The tables without a file."""
    assumed: tuple[str, ...]
    notes: tuple[str, ...]
    """The files that are not read."""


def folder_contents(folder: str, names: Iterable[str]) -> FolderContents:
    """Return which of the files in a folder has which table.

    Args:
        folder: path of the folder, for errors.
        names: the names of its files.

    Raises:
        InputError: a required table has no file, or several files that are as good as each other.
    """
    ordered = sorted(names)
    readable = [name for name in ordered if PurePath(name).suffix.lower() in ENDINGS]
    tables: dict[str, str] = {}
    for file in DATA_FILES:
        if (name := _file_of(file, readable, folder)) is not None:
            tables[file.name] = name
    _require(tables, ordered, folder)
    return FolderContents(
        tables,
        tuple(file.name for file in DATA_FILES if file.name not in tables and not _is_replaced(file, tables)),
        (*(f"{name} is read as {table}" for table, name in tables.items() if name != table), *_replacements(tables)),
        tuple(
            f"{name} is not read{_reason(name)}" for name in ordered
            if name not in tables.values() and name.lower().endswith((*ENDINGS, *OTHER_FORMATS))
        ),
    )  # fmt: skip


def _file_of(file: DataFile, names: Sequence[str], folder: str) -> str | None:
    # A browser adds (1) to the name of a file that it downloads again.
    stems = {name: plain_name(re.sub(r" ?\(\d+\)$", "", PurePath(name).stem)) for name in names}
    if file.name in names:
        return file.name
    for pattern in (plain_name(PurePath(file.name).stem), *file.others):
        found = [name for name, stem in stems.items() if re.fullmatch(pattern, stem) and not _reason(name)]
        if len(found) > 1:
            problem = f"{' and '.join(found)} both look like {file.name}. Keep one of them, or name one {file.name}."
            raise InputError(folder, "", "", problem)
        if found:
            return found[0]
    return None


def _reason(name: str) -> str:
    """Return why a file cannot be used, beginning with a colon; "" if nothing speaks against it."""
    path = PurePath(name)
    if path.suffix.lower() in OTHER_FORMATS:
        return ": export it as CSV"
    return next((f": it {why}" for pattern, why in OTHER_UNITS if re.fullmatch(pattern, plain_name(path.stem))), "")


def _require(tables: dict[str, str], names: Sequence[str], folder: str) -> None:
    missing = [
        file for file in DATA_FILES if file.required and file.name not in tables and not _is_replaced(file, tables)
    ]
    if missing:
        unread = [f"{name}{_reason(name)}" for name in names if name not in tables.values()]
        found = f" Not recognised in the folder: {', '.join(unread)}." if unread else ""
        raise InputError(folder, "", "", f"these files are missing: {', '.join(file.name for file in missing)}.{found}")


def _is_replaced(file: DataFile, tables: dict[str, str]) -> bool:
    """Tell whether another table that is there makes a table unnecessary."""
    return file.instead_of in tables or any(
        file.name == other.instead_of for other in DATA_FILES if other.name in tables
    )


def _replacements(tables: dict[str, str]) -> list[str]:
    return [
        f"{tables[file.name]} stands in for {file.instead_of}, which is missing"
        for file in DATA_FILES
        if file.name in tables and file.instead_of and file.instead_of not in tables
    ]
