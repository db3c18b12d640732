"""``counterpoise redact``: erase texts that people typed from a journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.terminal import console, print_json
from counterpoise.errors import ConfigurationError, JournalError
from counterpoise.session.format_1 import FORMAT_1
from counterpoise.session.free_text import references_in
from counterpoise.session.journal import Entry, check_chain
from counterpoise.store.journal_file import JournalFile

SHOWN_CHARACTERS = 60
"""How much of a text the list shows."""


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text in a journal."""

    entry: int
    """Number of its entry."""
    owner: int
    """Number of the order or command it belongs to."""
    sender: str
    """The seat that ordered, or who commanded."""
    kind: str
    text: str


def redact(
    journal: Annotated[Path, typer.Argument(help="A session's database that no server has open.")],
    entry: Annotated[
        list[int] | None,
        typer.Option("--entry", help="Erase the text of this order, command or text entry.", metavar="N"),
    ] = None,
    seat: Annotated[str | None, typer.Option(help="Erase every text that this seat wrote.", metavar="CODE")] = None,
    match: Annotated[
        str | None,
        typer.Option(
            help="Erase every text and name of a player that contains this. Case does not matter.",
            metavar="TEXT",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Erase; without this option the texts are only listed.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Erase texts that people typed from a journal.

    Messages, notes, demands, conditions, announcements, names of pacts and reasons of a pause are erased for good; what was
    ordered and what came of it stays, and the journal still verifies. Exports, debriefs and copies that were made before are
    other files: erase or make them again.
    """
    if sum(option is not None for option in (entry or None, seat, match)) != 1:
        raise typer.BadParameter("expected one of --entry, --seat and --match", param_hint="--entry")
    with JournalFile.open(journal) as file:
        entries = list(check_chain(file.entries(), str(journal)))
        _require_erasable(entries, journal)
        stored = list(_texts_in(entries))
        chosen = [text for text in stored if _is_meant(text, entry or (), seat, match)]
        names = file.tokens.names_with(match) if match else []
        if not names:
            _require_found(chosen, stored, entries, journal, entry or (), seat)
        if yes:
            file.tokens.erase_names(names)
            file.redact(text.entry for text in chosen)
            entries = list(check_chain(file.entries(), str(journal)))
    left = [e.sequence for e in entries if yes and match and match.lower() in e.body.decode().lower()]
    if json:
        rows = [{"entry": t.entry, "of": t.owner, "from": t.sender, "kind": t.kind} for t in chosen]
        print_json({"journal": journal.name, "erased": yes, "texts": rows, "names": len(names), "left_in": left})
        return
    for text in chosen:
        shown = text.text if len(text.text) <= SHOWN_CHARACTERS else f"{text.text[:SHOWN_CHARACTERS]}…"
        line = f"entry {text.entry}: {text.kind} by {text.sender} (entry {text.owner})"
        console.print(line if yes else f"{line}: {shown!r}", markup=False)
    count = f"{len(chosen)} texts and {len(names)} names of people in seats" if names else f"{len(chosen)} texts"
    if not yes:
        console.print(f"{count}. Nothing was erased: add --yes to erase them.", markup=False)
        return
    console.print(f"Erased {count} from {journal}. Erase or export again what was made of it.", markup=False)
    if left:
        where = ", ".join(map(str, left))
        console.print(
            f"Still in entries {where}: the scenario and the names of bots are not erased.",
            markup=False,
        )


def _require_erasable(entries: Sequence[Entry], journal: Path) -> None:
    if not entries or entries[0].is_redacted:
        raise JournalError(str(journal), "no header: expected the first entry to be one")
    if entries[0].content().get("format") == FORMAT_1:
        raise JournalError(
            str(journal),
            "journal format 1, in which texts are part of the digests and cannot be erased; expected format 2. "
            "Delete the journal if it must not be kept.",
        )


def _texts_in(entries: Sequence[Entry]) -> Iterator[StoredText]:
    """Yield the texts of a journal that have not been erased."""
    for owner in entries:
        for number in references_in(owner):
            if number >= len(entries) or entries[number].is_redacted:
                continue
            content = owner.content()
            act = content["move"] if owner.kind == "order" else content["command"]
            kind = str(act["inject"]["kind"] if act["kind"] == "inject" else act["kind"])
            sender = str(content["seat"] if owner.kind == "order" else content["who"])
            yield StoredText(number, owner.sequence, sender, kind, str(entries[number].content()["text"]))


def _is_meant(text: StoredText, numbers: Sequence[int], seat: str | None, match: str | None) -> bool:
    if match is not None:
        return match.lower() in text.text.lower()
    return text.sender == seat if seat is not None else text.entry in numbers or text.owner in numbers


def _require_found(
    chosen: Sequence[StoredText],
    stored: Sequence[StoredText],
    entries: Sequence[Entry],
    journal: Path,
    numbers: Sequence[int],
    seat: str | None,
) -> None:
    """Refuse to erase nothing, and to pass over one of several entries in silence."""
    for number in numbers:
        if not any(number in (text.entry, text.owner) for text in chosen):
            kind = entries[number].kind if 0 <= number < len(entries) else "none: the last has number"
            found = kind if 0 <= number < len(entries) else f"{kind} {len(entries) - 1}"
            raise ConfigurationError(f"--entry {number}: expected an entry with a text that is not erased, got {found}")
    if not chosen:
        writers = ", ".join(dict.fromkeys(text.sender for text in stored)) or "nobody"
        option = "--match" if seat is None else f"--seat {seat}"
        raise ConfigurationError(f"{journal}: {option}: no such text; texts were written by {writers}")
