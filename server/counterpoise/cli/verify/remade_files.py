"""Compare the tables, the debrief and the scenarios of an archive with what its journals give."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from counterpoise import __version__
from counterpoise.cli.archive.made_files import made_files
from counterpoise.cli.archive.manifest import JOURNALS, TABLES, ComparedFiles, Manifest
from counterpoise.cli.export.session_reading import read_for_export
from counterpoise.cli.terminal import console, progress_bar
from counterpoise.errors import CounterpoiseError
from counterpoise.session.journal.entries import Entry, parse_export
from counterpoise.session.play.log import seals_in

MADE = (TABLES, "debrief.", "scenarios/")
"""How the names of the files begin that are made from journals."""
DEBRIEF = ("debrief",)
PEOPLE = f"{TABLES}people"
OF_PLAY_LOG = tuple(f"{TABLES}{name}" for name in ("sessions", "participants", "events", "people", "dictionary"))
"""Tables with columns from a play log or from the names of people, which stay with the server; without their endings."""
OF_TEXTS = tuple(f"{TABLES}{name}" for name in ("incidents", "alignments", "orders"))
"""Tables with texts that people typed, without their endings."""


def remade(
    manifest: Manifest,
    journals: Mapping[str, bytes],
    file_of: Callable[[str], bytes | None],
    *,
    named: Sequence[str] = (),
    replayed: bool,
) -> ComparedFiles:
    """Make the files of the journals again and compare them byte for byte.

    Args:
        manifest: what the archive holds.
        journals: the journals by name, in the order of the manifest.
        file_of: returns a file of the archive; ``None`` if it is damaged.
        named: files that are missing or changed, which are named already and not read.
        replayed: whether this release replays all of them.
    """
    held = [name for name in manifest.files if name.startswith(MADE) and name not in named]
    if not replayed or not journals:
        return ComparedFiles(skipped=held, note="not every journal can be replayed here")
    if manifest.counterpoise != __version__:
        note = f"release {manifest.counterpoise} made them, and this is {__version__}; the archive holds that program"
        return ComparedFiles(skipped=held, note=note)
    entries = [parse_export(data, name) for name, data in journals.items()]
    leave, note = _beyond_archive(entries, held)
    try:
        made = _made(journals)
    except CounterpoiseError as error:
        return ComparedFiles(skipped=held, note=f"they cannot be made here: {error}")
    names = [*held, *(name for name in made if name not in held and name not in named)]
    same: list[str] = []
    other: list[str] = []
    with progress_bar("Comparing tables", len(names)) as show:
        for place, name in enumerate(names, start=1):
            if _stem(name) not in leave:
                (same if made.get(name, b"") == file_of(name) else other).append(name)
            show(place)
    skipped = [name for name in held if _stem(name) in leave]
    return ComparedFiles(same, other, skipped, note if skipped else "")


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


def _made(journals: Mapping[str, bytes]) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as away:
        files = [Path(away) / Path(name).name for name in journals]
        for file, data in zip(files, journals.values(), strict=True):
            file.write_bytes(data)
        made, _ = made_files(read_for_export(files), files[0])
    return {name: data for name, data in made.items() if not name.startswith(JOURNALS)}


def _beyond_archive(journals: list[list[Entry]], held: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the files, without their endings, that hold what the archive's journals do not, and why they do."""
    why: list[str] = []
    leave: tuple[str, ...] = ()
    if any(seals_in(entries) for entries in journals) or any(_stem(name) == PEOPLE for name in held):
        leave += (*OF_PLAY_LOG, *(DEBRIEF if len(journals) == 1 else ()))
        why.append("they hold what the server noted of people and of its clock, which is not in an archive")
    if any(entry.kind == "text" and entry.is_redacted for entries in journals for entry in entries):
        leave += (*OF_TEXTS, *DEBRIEF)
        why.append("they hold texts that are erased in the journals")
    return leave, "; ".join(why)


def print_compared(found: ComparedFiles) -> None:
    """Print what was compared, in words."""
    if found.equal:
        console.print(f"Made again from the journals, with equal bytes: {len(found.equal)} tables and other files.")
    for name in found.differing:
        console.print(f"{name} differs from what the journals give.", markup=False)
    if found.skipped:
        console.print(f"Not made again: {', '.join(found.skipped)}, because {found.note}.", markup=False)
