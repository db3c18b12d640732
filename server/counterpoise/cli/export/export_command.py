"""``counterpoise export``: write journals as tidy tables."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.export.session_reading import ReadJournals, read_for_export
from counterpoise.cli.export.table_files import file_names, require_parquet, write_table
from counterpoise.cli.journals import journals_in
from counterpoise.cli.output_files import filling, replace_text, require_free
from counterpoise.cli.terminal import console, print_json, progress_bar
from counterpoise.errors import ConfigurationError, StorageError
from counterpoise.session.csv_cells import csv_cell
from counterpoise.session.export.columns import ExportTable, dictionary_table
from counterpoise.session.export.tables import export_tables
from counterpoise.session.journal.entries import export_lines
from counterpoise.session.journal.pseudonyms import Pseudonyms
from counterpoise.store.shipped_noise import shipped_noise
from counterpoise.store.tokens import HolderName


def export(
    journals: Annotated[
        list[Path],
        typer.Argument(
            help="Journals or folders of journals: sessions' databases, or exported lines.", metavar="JOURNAL..."
        ),
    ],
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
    parquet: Annotated[bool, typer.Option("--parquet", help="Write Parquet files too (extra analysis).")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files of the same names in the folder.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the list of written files as one JSON document.")] = False,
) -> None:
    """Write journals as tables and as verifiable lines.

    The tables are CSV and JSONL files, and Parquet files with --parquet; dictionary.csv gives type, unit, levels, missing
    rule and meaning of every column. Every table has the column session. The lines are journal.jsonl, or with several journals
    journal-1.jsonl and so on. Pseudonyms such as P1 replace the names that people gave, in texts too; an equal name has the
    same pseudonym in all journals. In the lines such a text is erased, and the rest verifies. Texts can still tell who wrote
    them: read them before you pass them on, or leave them out. In CSV a text that a spreadsheet would run as a formula begins
    with an apostrophe (for =, +, -, @, a tab or a return); JSONL and Parquet have it as it is. Files that are in the folder
    already are replaced only with --force, all of them together.

    The table model_rows has the rows of each estimate of the debrief, and propositions its formula.

    Of how people played, with times of day, the tables participants and events hold those who agreed on the page, by pseudonym.
    """
    if folder.is_file():
        raise StorageError(str(folder), "this is a file; give a folder")
    if mapping is not None:
        _require_mapping(mapping, folder, identified=identified, force=force)
    if parquet:
        require_parquet()
    files = [file for path in journals for file in journals_in(path)]
    read = read_for_export(files, identified=identified, without_texts=without_texts)
    tables = export_tables(read.sessions, shipped_noise())
    written = _write_all(folder, read, tables, parquet=parquet, force=force)
    if mapping is not None:
        replace_text(mapping, _mapping(read.names, read.pseudonyms), private=True)
    if json:
        count = {"entries": sum(map(len, read.lines.values())), "erased_texts": read.erased_texts, "tables": written}
        print_json({"folder": folder.name, "journals": list(read.lines), **count})
        return
    console.print(f"wrote {folder}: {', '.join(read.lines)} and {', '.join(written)}, described in dictionary.csv")
    if read.names and not identified:
        console.print("Pseudonyms replace the names that people gave. Texts can still tell who wrote them.")


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


def write_session_files(
    inside: Path, read: ReadJournals, tables: Sequence[ExportTable], *, parquet: bool
) -> dict[str, int]:
    """Write the lines and the tables of an export into an empty folder; return the number of rows of each table."""
    written: dict[str, int] = {}
    for name, lines in read.lines.items():
        with (inside / name).open("wb") as file:
            file.writelines(line + b"\n" for line in export_lines(lines))
    with progress_bar("Writing tables", len(tables)) as done:
        for count, table in enumerate(tables, start=1):
            written[table.name] = write_table(inside, table, parquet=parquet)
            done(count)
    write_table(inside, dictionary_table(tables), parquet=parquet)
    return written


def _write_all(
    folder: Path, read: ReadJournals, tables: Sequence[ExportTable], *, parquet: bool, force: bool
) -> dict[str, int]:
    """Write the lines and the tables, all together; return the number of rows of each table."""
    described = (*tables, dictionary_table(tables))
    names = [name for table in described for name in file_names(table, parquet=parquet)]
    with filling(folder, [*read.lines, *names], force=force) as inside:
        return write_session_files(inside, read, tables, parquet=parquet)
