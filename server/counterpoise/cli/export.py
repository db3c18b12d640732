"""``counterpoise export``: write a journal as tidy tables."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from counterpoise.cli.journals import read_journal
from counterpoise.cli.output_files import filling
from counterpoise.cli.terminal import console, notes, print_json, progress_bar, session_bar
from counterpoise.errors import RulesVersionError, StorageError
from counterpoise.session.export_tables import ExportTable, export_tables
from counterpoise.session.journal.entries import Entry, check_chain, export_lines
from counterpoise.session.journal.journal_contents import journal_contents
from counterpoise.session.replay import replay
from counterpoise.sim.world import World

DICTIONARY = "dictionary"
JOURNAL = "journal.jsonl"


def export(
    journal: Annotated[Path, typer.Argument(help="A journal: a session's database, or an exported journal.jsonl.")],
    folder: Annotated[Path, typer.Argument(help="Folder for the tables; created if it does not exist.")],
    force: Annotated[bool, typer.Option("--force", help="Replace files of the same names in the folder.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the list of written files as one JSON document.")] = False,
) -> None:
    """Write a journal as tables and as verifiable lines.

    The tables are CSV and JSONL files with a data dictionary; the lines are journal.jsonl. Files that are in the folder already
    are replaced only with --force, all of them together.
    """
    if folder.is_file():
        raise StorageError(str(folder), "this is a file; give a folder")
    entries = read_journal(journal)
    source = str(journal)
    world = _world_of(entries, source)
    tables = export_tables(journal_contents(entries, source), entries, world)
    dictionary = _dictionary(tables)
    names = [f"{table.name}.{kind}" for table in (*tables, dictionary) for kind in ("csv", "jsonl")]
    written: dict[str, Any] = {}
    with filling(folder, [JOURNAL, *names], force=force) as inside:
        with (inside / JOURNAL).open("wb") as file:
            file.writelines(line + b"\n" for line in export_lines(entries))
        with progress_bar("Writing tables", len(tables)) as done:
            for count, table in enumerate(tables, start=1):
                written[table.name] = _write(inside, table)
                done(count)
        _write(inside, dictionary)
    if json:
        print_json({"folder": folder.name, "journal": JOURNAL, "entries": len(entries), "tables": written})
    else:
        console.print(f"wrote {folder}: journal.jsonl and {', '.join(written)}, described in {DICTIONARY}.csv")


def _world_of(entries: list[Entry], source: str) -> World | None:
    """Replay a journal and return its world; ``None``, and a warning, where the journal was written under other rules."""
    try:
        with session_bar(f"Replaying {Path(source).name}", max((entry.tick for entry in entries), default=0)) as show:
            return replay(entries, source, progress=show).simulation.world
    except RulesVersionError as error:
        list(check_chain(entries, source))
        limits = "Without a replay the tables hold no alignments, and incidents up to the last window only."
        notes.print(f"{error} {limits}", markup=False)
        return None


def _write(folder: Path, table: ExportTable) -> int:
    """Write one table as CSV and as JSON lines; return its number of rows."""
    names = [name for name, _ in table.columns]
    count = 0
    with (
        (folder / f"{table.name}.csv").open("w", newline="", encoding="utf-8") as sheet,
        (folder / f"{table.name}.jsonl").open("wb") as lines,
    ):
        writer = csv.writer(sheet, lineterminator="\n")
        writer.writerow(names)
        for row in table.rows():
            writer.writerow(["true" if value is True else "false" if value is False else value for value in row])
            lines.write(msgspec.json.encode(dict(zip(names, row, strict=True))) + b"\n")
            count += 1
    return count


def _dictionary(tables: tuple[ExportTable, ...]) -> ExportTable:
    columns = (
        ("table", "name of the table"),
        ("column", "name of the column"),
        ("meaning", "what it holds, with units"),
    )
    rows = [(table.name, name, meaning) for table in tables for name, meaning in table.columns]
    return ExportTable(DICTIONARY, "one row per column of every table", columns, lambda: iter(rows))
