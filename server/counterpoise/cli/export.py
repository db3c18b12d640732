"""``counterpoise export``: write a journal as tidy tables."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from counterpoise.cli.journals import names_in, play_rows, read_journal
from counterpoise.cli.operations.redact import FORMAT_WITHOUT_TEXT_ENTRIES
from counterpoise.cli.output_files import filling, replace_text, require_free
from counterpoise.cli.terminal import console, notes, print_json, progress_bar, session_bar
from counterpoise.errors import ConfigurationError, JournalError, RulesVersionError, StorageError
from counterpoise.session.csv_cells import csv_cell
from counterpoise.session.export_tables import ExportTable, export_tables, people_table
from counterpoise.session.journal.entries import Entry, export_lines
from counterpoise.session.journal.journal_contents import journal_contents
from counterpoise.session.journal.pseudonyms import Pseudonyms, erased, with_pseudonyms, without_named_texts
from counterpoise.session.play.tables import play_tables
from counterpoise.session.replay import replay
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.world import World
from counterpoise.store.tokens import HolderName

DICTIONARY = "dictionary"
JOURNAL = "journal.jsonl"


def export(
    journal: Annotated[Path, typer.Argument(help="A journal: a session's database, or an exported journal.jsonl.")],
    folder: Annotated[Path, typer.Argument(help="Folder for the tables; created if it does not exist.")],
    identified: Annotated[
        bool, typer.Option("--identified", help="Keep the names that people gave, in texts too.")
    ] = False,
    without_texts: Annotated[
        bool, typer.Option("--without-texts", help="Leave out all that people typed; the rest still verifies.")
    ] = False,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping", help="Write which pseudonym stands for which name, outside the folder.", metavar="FILE"
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files of the same names in the folder.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the list of written files as one JSON document.")] = False,
) -> None:
    """Write a journal as tables and as verifiable lines.

    The tables are CSV and JSONL files with a data dictionary; the lines are journal.jsonl. Pseudonyms such as P1 replace the
    names that people gave, in texts too. In journal.jsonl such a text is erased, and the rest verifies. Texts can still tell who
    wrote them: read them before you pass them on, or leave them out. In CSV a text that a spreadsheet would run as a formula
    begins with an apostrophe (for =, +, -, @, a tab or a return); JSONL has it as it is. Files that are in the folder already
    are replaced only with --force, all of them together.

    Of how people played, with times of day, the tables participants and events hold those who agreed on the page, by pseudonym.
    """
    if folder.is_file():
        raise StorageError(str(folder), "this is a file; give a folder")
    if mapping is not None:
        _require_mapping(mapping, folder, identified=identified, force=force)
    entries, names = read_journal(journal), names_in(journal)
    source = str(journal)
    if names and not identified:
        _require_text_entries(entries, source)
    world = _world_of(entries, source)
    pseudonyms = Pseudonyms(() if identified else (held.name for held in names))
    if without_texts:
        entries = [erased(entry) if entry.kind == "text" else entry for entry in entries]
    lines, shown = list(without_named_texts(entries, pseudonyms)), list(with_pseudonyms(entries, pseudonyms))
    contents = journal_contents(shown, source)
    scenario = contents.scenario
    calendar = Calendar(scenario.start, scenario.window_months)
    played = play_tables(play_rows(journal), contents.session, scenario.id, calendar)
    tables = (*export_tables(contents, shown, world), *played)
    if names:
        people = [(held.name if identified else pseudonyms.of(held.name), held.role, held.seat) for held in names]
        tables = (*tables, people_table(people))
    written = _write_all(folder, lines, tables, force=force)
    if mapping is not None:
        replace_text(mapping, _mapping(names, pseudonyms), private=True)
    erased_texts = sum(entry.kind == "text" and entry.is_redacted for entry in lines)
    if json:
        count = {"journal": JOURNAL, "entries": len(entries), "erased_texts": erased_texts, "tables": written}
        print_json({"folder": folder.name, **count})
        return
    console.print(f"wrote {folder}: journal.jsonl and {', '.join(written)}, described in {DICTIONARY}.csv")
    if names and not identified:
        console.print("Pseudonyms replace the names that people gave. Texts can still tell who wrote them.")


def _require_text_entries(entries: Sequence[Entry], source: str) -> None:
    """Raise ``JournalError`` for a journal whose texts cannot be told from its orders."""
    if entries[0].content().get("format") == FORMAT_WITHOUT_TEXT_ENTRIES:
        raise JournalError(
            source, "journal format 1, in which names in texts cannot be replaced. Export it with --identified."
        )


def _require_mapping(mapping: Path, folder: Path, *, identified: bool, force: bool) -> None:
    """Refuse a mapping where there are no pseudonyms, and one that would travel with the tables."""
    if identified:
        raise typer.BadParameter(
            "there are no pseudonyms with --identified. Leave one of them out.", param_hint="--mapping"
        )
    if mapping.resolve().is_relative_to(folder.resolve()):
        raise ConfigurationError(
            f"--mapping {mapping}: this is in {folder}, which is passed on. Give a file elsewhere."
        )
    require_free(mapping, force=force)


def _mapping(names: Sequence[HolderName], pseudonyms: Pseudonyms) -> str:
    """Return the text of a mapping: a table in CSV."""
    text = StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(("person", "name", "role", "seat"))
    sheet.writerows((pseudonyms.of(held.name), csv_cell(held.name), held.role, held.seat) for held in names)
    return text.getvalue()


def _write_all(folder: Path, lines: Sequence[Entry], tables: tuple[ExportTable, ...], *, force: bool) -> dict[str, int]:
    """Write the lines and the tables, all together; return the number of rows of each table."""
    dictionary = _dictionary(tables)
    names = [f"{table.name}.{kind}" for table in (*tables, dictionary) for kind in ("csv", "jsonl")]
    written: dict[str, int] = {}
    with filling(folder, [JOURNAL, *names], force=force) as inside:
        with (inside / JOURNAL).open("wb") as file:
            file.writelines(line + b"\n" for line in export_lines(lines))
        with progress_bar("Writing tables", len(tables)) as done:
            for count, table in enumerate(tables, start=1):
                written[table.name] = _write(inside, table)
                done(count)
        _write(inside, dictionary)
    return written


def _world_of(entries: list[Entry], source: str) -> World | None:
    """Replay a journal and return its world; ``None``, and a warning, where the journal was written under other rules."""
    try:
        with session_bar(f"Replaying {Path(source).name}", max((entry.tick for entry in entries), default=0)) as show:
            return replay(entries, source, progress=show).simulation.world
    except RulesVersionError as error:
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
            writer.writerow(map(csv_cell, row))
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
