"""``counterpoise archive``: journals, tables, debrief, scenarios and the program, in one file that can be checked years later."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from counterpoise import __version__
from counterpoise.cli.archive.made_files import made_files
from counterpoise.cli.archive.manifest import (
    ARCHIVE_VERSION,
    JOURNALS,
    MANIFEST,
    ArchivedFile,
    ArchivedJournal,
    Manifest,
    archive_schema,
    files_in_words,
)
from counterpoise.cli.archive.wheel import WHEEL_NAME, lock_text, wheel_bytes
from counterpoise.cli.archive.zip_file import zipped
from counterpoise.cli.export.session_reading import ReadJournals, read_for_export
from counterpoise.cli.journals import journals_in
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.output_files import replacing, require_free
from counterpoise.cli.terminal import console, print_json
from counterpoise.errors import StorageError

_README = """\
Archive of {count} of counterpoise, release {version}.

journals/    the sessions as they were played. Every entry is chained to those before it by hashes.
tables/      the same as tables. tables/dictionary.csv describes every column; tables/propositions.csv has the formula of each
             estimate, and tables/model_rows.csv the rows that it is made from.
debrief.html the debrief, as a page for any browser; debrief.json the same as data.
scenarios/   the scenarios that were played.
wheel/       the program that wrote this archive, and lock.txt with the exact versions of what it ran with.
CITATION.cff how to cite it.
manifest.json the hash of every file.

To check the archive: counterpoise verify ARCHIVE.zip. Years later, with the program of this archive, on Python {python}:

    unzip ARCHIVE.zip -d archive
    python{python} -m venv venv
    venv/bin/pip install -r archive/wheel/lock.txt archive/wheel/{wheel}
    venv/bin/counterpoise verify ARCHIVE.zip

Names that people gave are replaced by pseudonyms. Texts can still tell who wrote them.
"""
_WHAT = {
    "CITATION.cff": "how to cite the archive",
    "README.txt": "what the archive holds and how to check it",
    "debrief.html": "the debrief as a page",
    "debrief.json": "the debrief as data",
    "journals/": "a session as it was played",
    "scenarios/": "a scenario that was played",
    "tables/": "the sessions as a table",
    "wheel/lock.txt": "the exact versions of what the program ran with",
    "wheel/": "the program",
}


def archive(
    journals: Annotated[
        list[Path] | None, typer.Argument(help="Journals or folders of journals.", metavar="JOURNAL...")
    ] = None,
    output: Annotated[Path | None, typer.Argument(help="The zip file to write.", metavar="OUT.zip")] = None,
    title: Annotated[str, typer.Option(help="Title of the work, for the citation file.")] = "",
    author: Annotated[
        list[str] | None, typer.Option(help="An author, for the citation file; may be repeated.", metavar="NAME")
    ] = None,
    without_texts: Annotated[bool, typer.Option("--without-texts", help="Leave out all that people typed.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the manifest as one JSON document.")] = False,
    schema: Annotated[bool, schema_option(archive_schema)] = False,
) -> None:
    """Pack journals with all that is needed to check them.

    The file holds the journals, their tables and debrief, the scenarios, the program as a wheel with the exact versions of
    what it needs, a citation file and a manifest of hashes. Pseudonyms replace the names that people gave. Equal journals and
    options give equal bytes with one release on one Python. counterpoise verify OUT.zip checks it.
    """
    if not journals or output is None:
        raise typer.BadParameter("give one journal or more, and the file to write", param_hint="JOURNAL... OUT.zip")
    require_free(output, force=force)
    files = [file for path in journals for file in journals_in(path)]
    read = read_for_export(files, without_texts=without_texts)
    contents = _contents(read, files, title, author or [])
    manifest = _manifest(read, contents)
    contents[MANIFEST] = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    try:
        with replacing(output) as target:
            zipped(target, contents)
    except OSError as error:
        raise StorageError(str(output), f"cannot write this file ({error.strerror or error})") from error
    if json:
        print_json(manifest)
    else:
        console.print(
            f"wrote {output}: {_sessions(len(read.sessions))}, {files_in_words(len(manifest.files))}. Check it with verify."
        )


def _contents(read: ReadJournals, files: Sequence[Path], title: str, authors: Sequence[str]) -> dict[str, bytes]:
    """Return the files of an archive but for its manifest."""
    own = [one.contents for one in read.sessions]
    found, report = made_files(read, files[0])
    found[f"wheel/{WHEEL_NAME}"], found["wheel/lock.txt"] = wheel_bytes(), lock_text().encode()
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    count = _sessions(len(own))
    told = _README.format(count=count, version=__version__, python=python, wheel=WHEEL_NAME)
    found["README.txt"] = told.encode()
    found["CITATION.cff"] = _citation(title or report.title, authors, [one.head for one in own]).encode()
    return found


def _manifest(read: ReadJournals, contents: dict[str, bytes]) -> Manifest:
    journals = {
        f"{JOURNALS}{one.journal}": ArchivedJournal(
            one.label, one.contents.head, len(one.entries), one.contents.header["rules_version"]
        )
        for one in read.sessions
    }
    files = {
        name: ArchivedFile(hashlib.sha256(data).hexdigest(), len(data), _what(name))
        for name, data in sorted(contents.items())
    }
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Manifest(ARCHIVE_VERSION, __version__, python, journals, files)


def _what(name: str) -> str:
    return next(what for start, what in _WHAT.items() if name.startswith(start))


def _citation(title: str, authors: Sequence[str], heads: Sequence[str]) -> str:
    """Return a citation file (Citation File Format 1.2.0); its identifiers are the heads of the journals."""
    people = [f"  - name: {_quoted(name)}\n" for name in authors or ["The authors of this archive"]]
    identifiers = [
        f"  - type: other\n    value: {_quoted(head)}\n    description: hash of the last entry of a journal\n"
        for head in heads
    ]
    return (
        "cff-version: 1.2.0\n"
        "message: If you use these data, please cite them as below.\n"
        "type: dataset\n"
        f"title: {_quoted(title)}\n"
        f"authors:\n{''.join(people)}"
        f"identifiers:\n{''.join(identifiers)}"
        "references:\n"
        "  - type: software\n"
        "    title: counterpoise\n"
        f"    version: {_quoted(__version__)}\n"
        "    authors:\n"
        "      - name: The authors of counterpoise\n"
        "    license: MIT\n"
    )


def _quoted(text: str) -> str:
    """Return a text as YAML quotes it; JSON's quotes are YAML's too."""
    return msgspec.json.encode(text).decode()


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"
