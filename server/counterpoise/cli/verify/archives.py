"""Check an archive: its files against its manifest, its journals against themselves, its tables against its journals."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections import Counter
from functools import partial
from pathlib import Path

from counterpoise.cli.archive.manifest import (
    JOURNALS,
    MANIFEST,
    ArchivedFile,
    ArchivedJournal,
    CheckedJournal,
    VerifiedArchive,
    files_in_words,
    read_manifest,
)
from counterpoise.cli.journals import last_tick
from counterpoise.cli.terminal import console, progress_bar, session_bar
from counterpoise.cli.verify.remade_files import print_compared, remade
from counterpoise.errors import CounterpoiseError, InputError, JournalError, RulesVersionError, StorageError
from counterpoise.session.journal.entries import Entry, parse_export
from counterpoise.session.proofs.checkpoints import counts_messages
from counterpoise.session.replay import replay

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
"""The first bytes of a zip file, and of one without files."""
WHOLE = "a whole zip file that counterpoise archive wrote"
MANIFEST_BYTES_MAX = 16 << 20
FILE_BYTES_MAX = 512 << 20
"""Largest file of an archive that is read."""
FILES_MAX = 10_000


def is_archive(path: Path) -> bool:
    """Tell whether a file starts as a zip file does; false if it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(4) in ZIP_STARTS
    except OSError:
        return False


def verified_archive(path: Path) -> VerifiedArchive:
    """Check an archive.

    Raises:
        InputError: the file is no archive of ``counterpoise archive``.
        StorageError: it cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _checked(archive, path)
    except NotImplementedError as error:
        got = "a zip file that is packed in a way this program does not know"
        raise InputError(str(path), "file", WHOLE, got) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise InputError(str(path), "file", WHOLE, "a file that is cut off or damaged") from error
    except OSError as error:
        raise StorageError(str(path), f"cannot read this file ({error.strerror or error})") from error


def _checked(archive: zipfile.ZipFile, path: Path) -> VerifiedArchive:
    names = [entry.filename for entry in archive.infolist()]
    if MANIFEST not in names or len(names) > FILES_MAX:
        got = f"{len(names)} files" if MANIFEST in names else f"a zip file without {MANIFEST}"
        raise InputError(str(path), "file", "an archive that counterpoise archive wrote", got)
    if (size := archive.getinfo(MANIFEST).file_size) > MANIFEST_BYTES_MAX:
        raise InputError(str(path), MANIFEST, f"{MANIFEST_BYTES_MAX} bytes at most", f"{size}")
    manifest = read_manifest(_read(archive, MANIFEST) or b"", str(path))
    missing = [name for name in manifest.files if name not in names]
    added = [name for name in dict.fromkeys(names) if name != MANIFEST and name not in manifest.files]
    added += [name for name, times in Counter(names).items() if times > 1 and name not in added]
    changed, journals = [], []
    texts: dict[str, bytes] = {}
    with progress_bar("Comparing hashes", len(manifest.files)) as show:
        for place, (name, told) in enumerate(manifest.files.items(), start=1):
            if name not in missing and not _is_as_told(archive, name, told):
                changed.append(name)
            show(place)
    for name, journal in manifest.journals.items():
        if name not in manifest.files or name in missing:
            journals.append(CheckedJournal(name, journal.session, journal.entries, None, None, "the file is missing"))
        elif archive.getinfo(name).file_size != manifest.files[name].bytes:
            note = f"the file has {archive.getinfo(name).file_size} bytes, and the manifest says {manifest.files[name].bytes}"
            journals.append(CheckedJournal(name, journal.session, journal.entries, None, None, note))
        else:
            texts[name] = _read(archive, name) or b""
            journals.append(_checked_journal(texts[name], name, journal))
    listed = [name for name in manifest.files if name.startswith(JOURNALS) and name not in manifest.journals]
    whole = bool(journals) and all(one.chain and one.replayed for one in journals)
    compared = remade(manifest, texts, partial(_held, archive), named=[*missing, *changed], replayed=whole)
    sound = all(one.chain and one.replayed is not False for one in journals) and bool(journals) and not listed
    return VerifiedArchive(
        archive=path.name,
        verified=sound and not (missing or changed or added or compared.differing),
        counterpoise=manifest.counterpoise,
        files=len(manifest.files),
        missing=missing,
        changed=changed,
        added=[*added, *listed],
        journals=journals,
        compared=compared,
    )


def _is_as_told(archive: zipfile.ZipFile, name: str, told: ArchivedFile) -> bool:
    """Tell whether a file is the one of the manifest. Its size is compared first: a file that unpacks to more is not unpacked."""
    if archive.getinfo(name).file_size != told.bytes:
        return False
    data = _read(archive, name)
    return data is not None and hashlib.sha256(data).hexdigest() == told.sha256


def _held(archive: zipfile.ZipFile, name: str) -> bytes | None:
    return _read(archive, name) if name in archive.NameToInfo else None


def _read(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Return a file of an archive; ``None`` if it is damaged or larger than one may be."""
    try:
        with archive.open(name) as file:
            data = file.read(FILE_BYTES_MAX + 1)
        return None if len(data) > FILE_BYTES_MAX else data
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
        return None


def _checked_journal(data: bytes, name: str, told: ArchivedJournal) -> CheckedJournal:
    """Check the chain of a journal and replay it."""
    try:
        entries = parse_export(data, name)
    except JournalError as error:
        return CheckedJournal(name, told.session, told.entries, False, None, str(error))
    if entries[-1].chain != told.head or len(entries) != told.entries:
        note = f"it has {len(entries)} entries and the head {entries[-1].chain[:16]}…, and the manifest tells of others"
        return CheckedJournal(name, told.session, told.entries, False, None, note)
    replayed, note = _replayed(entries, name)
    return CheckedJournal(name, told.session, told.entries, True, replayed, note)


def _replayed(entries: list[Entry], name: str) -> tuple[bool | None, str]:
    try:
        with session_bar(f"Replaying {name}", last_tick(entries)) as show:
            replay(entries, name, streaming=counts_messages(entries), progress=show)
    except RulesVersionError as error:
        return None, f"{error}. The archive holds a program that replays it: see its README.txt."
    except CounterpoiseError as error:
        return False, str(error)
    return True, ""


def _because(journal: CheckedJournal) -> str:
    if journal.chain is None:
        return f", because {journal.note}."
    return f". {journal.note}" if journal.note else "."


def print_archive(found: VerifiedArchive) -> None:
    """Print what was found, in words."""
    word = "verified" if found.verified else "NOT as it was written"
    console.print(
        f"{found.archive}: {word}. Written by counterpoise {found.counterpoise}; {files_in_words(found.files)}."
    )
    for what, names in (
        ("missing: the manifest lists it, and the archive does not hold it", found.missing),
        ("changed: its content is not what the manifest says", found.changed),
        ("added: the archive holds it more often than the manifest lists it", found.added),
    ):
        for name in names:
            console.print(f"{name} is {what}.", markup=False)
    for one in found.journals:
        if one.chain is None:
            state = "its chain is not checked"
        elif not one.chain:
            state = "its chain is not whole or not the one of the manifest"
        elif one.replayed is None:
            state = f"its chain is whole ({one.entries} entries); this release cannot replay it"
        elif one.replayed:
            state = f"its chain is whole, and a replay gives all of its {one.entries} entries"
        else:
            state = "its chain is whole, but a replay gives other entries"
        console.print(f"{one.file} ({one.session}): {state}{_because(one)}", markup=False)
    print_compared(found.compared)
