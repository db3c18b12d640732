"""The list of what an archive holds, and what ``verify`` says of one."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta, Struct

from counterpoise.document_schema import Count, Hash, json_schema
from counterpoise.errors import InputError
from counterpoise.validation_errors import CONVERSION_ERRORS, JSON

ARCHIVE_VERSION: Final = 1
"""Rises when a reader of an older archive would misread a newer one."""
MANIFEST = "manifest.json"
JOURNALS = "journals/"
TABLES = "tables/"
FileName = Annotated[str, Meta(min_length=1, max_length=300)]


class ArchivedFile(Struct, frozen=True):
    """One file of an archive."""

    sha256: Hash
    """Its hash."""
    bytes: Count
    """Its size."""
    what: str
    """What it is, in words."""


class ArchivedJournal(Struct, frozen=True):
    """One journal of an archive."""

    session: str
    """The label of its session in the tables."""
    head: Hash
    """The hash of its last entry, over all before it."""
    entries: Count
    """How many entries it has."""
    rules_version: Count
    """The version of the rules that replay it."""


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What an archive holds. It is the only file that it does not list."""

    archive: Literal[1]
    """The version of the form of the archive."""
    counterpoise: str
    """The release that wrote it."""
    python: str
    """The version of Python that wrote it, such as 3.11."""
    journals: dict[FileName, ArchivedJournal]
    """By the name of the file."""
    files: dict[FileName, ArchivedFile]
    """By name, every other file of the archive."""


class CheckedJournal(Struct, frozen=True):
    """What is found of a journal of an archive."""

    file: str
    """The name of the file."""
    session: str
    """The label of its session."""
    entries: Count
    """How many entries the manifest gives it."""
    chain: bool | None
    """Whether its hash chain is whole and ends as the manifest says; null where the file is missing or of another size, so
    that the chain is not read."""
    replayed: bool | None
    """Whether a replay gives every entry; null where this release cannot replay it."""
    note: str
    """What is wrong, or which release replays it; empty if nothing is."""


class ComparedFiles(Struct, frozen=True):
    """What comes of making an archive's tables, debrief and scenarios again from its journals."""

    equal: list[str] = []
    """Files with the same bytes."""
    differing: list[str] = []
    """Files with other bytes, files that the journals do not give, and files of the journals that the archive lacks."""
    skipped: list[str] = []
    """Files that cannot be made from the archive alone, so that only their hashes are compared."""
    note: str = ""
    """Why files are skipped; empty if none are."""


class VerifiedArchive(Struct, frozen=True, kw_only=True):
    """What ``verify --json`` prints about an archive."""

    archive: str
    """The name of the file."""
    verified: bool
    """Whether no file is missing, changed or added, every chain is whole, every replay gives the journal, and no table,
    debrief or scenario differs from what the journals give."""
    counterpoise: str
    """The release that wrote it."""
    files: Count
    """How many files the manifest lists."""
    missing: list[str]
    """Files of the manifest that are not there."""
    changed: list[str]
    """Files whose content is not what the manifest says."""
    added: list[str]
    """Files that the manifest does not list."""
    journals: list[CheckedJournal]
    """What is found of each journal."""
    compared: ComparedFiles
    """Whether the journals give the tables, the debrief and the scenarios."""


def files_in_words(listed: int) -> str:
    """Return how many files an archive has, from the number of those that its manifest lists."""
    return f"{listed} files, and the manifest that lists them"


def read_manifest(data: bytes, source: str) -> Manifest:
    """Return a manifest.

    Args:
        data: the text of the file.
        source: the name of the archive, for errors.

    Raises:
        InputError: the data are no manifest of this version.
    """
    try:
        value = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise InputError(source, MANIFEST, "a manifest in JSON", "a text that is damaged or not JSON") from error
    try:
        manifest: Manifest = msgspec.convert(value, Manifest)
    except CONVERSION_ERRORS as error:
        problem = JSON.problem(error, value, Manifest)
        raise InputError(source, f"{MANIFEST}: {problem.path}", problem.expected, problem.got) from error
    return manifest


def archive_schema() -> dict[str, Any]:
    """Return the JSON Schema of a manifest."""
    return json_schema("counterpoise archive", Manifest)
