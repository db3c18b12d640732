"""Open the files of a folder of dyad-year data and have them read."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from counterpoise.errors import ConfigurationError, InputError, StorageError, comparison
from counterpoise.theory.dyadyear.data_tables import DyadYearTables, Selection
from counterpoise.theory.dyadyear.reading.data_files import DATA_FILES
from counterpoise.theory.dyadyear.reading.file_names import folder_contents
from counterpoise.theory.dyadyear.reading.table_building import TableReader


def read_tables(folder: Path, progress: Callable[[int], None] = lambda done: None) -> DyadYearTables:
    """Return the tables of a folder.

    Raises:
        InputError: the folder or a required file does not exist, or a file is wrong; the error names file, line and column.
        StorageError: a file cannot be read.
    """
    required = ", ".join(file.name for file in DATA_FILES if file.required)
    if folder.is_file():
        raise InputError(str(folder), "", "", f"this is a file; give a folder with {required}.")
    if not folder.is_dir():
        raise InputError(str(folder), "", "", f"no such folder. Give a folder with {required}.")
    contents = folder_contents(str(folder), [path.name for path in folder.iterdir() if path.is_file()])
    reader = TableReader()
    for done, file in enumerate(DATA_FILES, start=1):
        if file.name in contents.tables:
            path = folder / contents.tables[file.name]
            try:
                raw = path.read_bytes()
            except OSError as error:
                raise StorageError(str(path), f"cannot read this file ({error.strerror or error})") from error
            reader.read(file, raw, str(path))
        progress(done)
    return reader.tables(contents)


def check_years(tables: DyadYearTables, selection: Selection, folder: Path) -> None:
    """Check that the files cover the selected years. A year is forecast from the year before it.

    Raises:
        ConfigurationError: a file lacks years that --from and --to select; the error names the file and the years.
    """
    needed = range(selection.first - 1, selection.last)
    have = {year: True for _, year in tables.capability}
    lacking = [year for year in needed if year not in have]
    if lacking:
        expected = f"rows for {needed[0]} to {needed[-1]}, the years before those forecast"
        raise _uncovered(selection, folder / tables.files["nmc.csv"], expected, lacking, have)
    for name, years in (
        ("mid_dyad_year.csv", [d.year for d in tables.disputes]),
        ("alliances_dyad_year.csv", [year for _, _, year in tables.ties]),
    ):
        lacking = [
            y for y in range(selection.first, selection.last + 1) if not years or y > max(years) or y < min(years)
        ]
        if lacking:
            expected = f"rows that reach from {selection.first} to {selection.last}"
            raise _uncovered(selection, folder / tables.files[name], expected, lacking, years)


def _uncovered(
    selection: Selection, file: Path, expected: str, lacking: list[int], have: Collection[int]
) -> ConfigurationError:
    known = f"The file has {_ranges(sorted(set(have)))}." if have else "The file has no year."
    return ConfigurationError(
        f"--from {selection.first} --to {selection.last}: {file}: column year: "
        f"{comparison(expected, f'none for {_ranges(lacking)}')}. {known}"
    )


def _ranges(years: list[int]) -> str:
    """Return years as runs: 1950-1953, 1960."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
