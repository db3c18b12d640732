"""``counterpoise redact``: erase texts that people typed, and names that they gave, from a journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.journals import require_database
from counterpoise.cli.terminal import console, print_json
from counterpoise.errors import ConfigurationError, JournalError
from counterpoise.session.journal.bodies import require_form
from counterpoise.session.journal.entries import INPUTS, Entry, check_chain
from counterpoise.session.journal.free_text import references_in, strings_in
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.tokens import HolderName
from counterpoise.validation_errors import nearest_hint
from counterpoise_clients.language_models.recording import SUFFIX as MODELS

FORMAT_WITHOUT_TEXT_ENTRIES = 1
"""The journal format of release 0.1.0: free text stands in the order or command itself."""
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


@dataclass(frozen=True, slots=True)
class Choice:
    """Which texts and names the options mean: exactly one of the fields is given."""

    entries: tuple[int, ...] = ()
    seat: str | None = None
    match: str | None = None

    def has_text(self, text: StoredText) -> bool:
        """Tell whether a text is meant."""
        if self.match is not None:
            return self.match.lower() in text.text.lower()
        return text.sender == self.seat or text.entry in self.entries or text.owner in self.entries

    def has_name(self, held: HolderName) -> bool:
        """Tell whether the name of a person in a seat is meant."""
        return self.match.lower() in held.name.lower() if self.match is not None else _holder(held) == self.seat


def redact(
    journal: Annotated[
        Path, typer.Argument(help="A session's database. To erase, stop the server that has it open first.")
    ],
    entry: Annotated[
        list[int] | None,
        typer.Option("--entry", help="Erase the text of this order, command or text entry.", metavar="N"),
    ] = None,
    seat: Annotated[
        str | None,
        typer.Option(
            help="Erase every text that this seat wrote, and the name of the person in it. "
            '"moderator" stands for the moderator.',
            metavar="CODE",
        ),
    ] = None,
    match: Annotated[
        str | None,
        typer.Option(
            help="Erase every text and name of a player that contains this. Case does not matter.",
            metavar="TEXT",
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Erase; without this option the texts and names are only listed.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Erase texts that people typed from a journal.

    Messages, notes, demands, conditions, announcements, names of pacts and reasons of a pause are erased for good; what was
    ordered and what came of it stays, and the journal still verifies. Exports, debriefs and copies that were made before are
    other files: erase or make them again. --seat and --match also erase the names that people gave when they took a seat.
    """
    choice = _choice(entry or (), seat, match)
    require_database(journal, "Redact the .db it came from, then export again.")
    with JournalFile.open(journal) if yes else JournalFile.read_only(journal) as file:
        entries = list(check_chain(file.entries(), str(journal)))
        require_erasable(entries, journal)
        stored, held = list(texts_in(entries)), file.tokens.names()
        chosen = [text for text in stored if choice.has_text(text)]
        names = [name for name in held if choice.has_name(name)]
        _require_found(choice, chosen, entries, journal)
        if not chosen and not names:
            raise ConfigurationError(f"{journal}: {_nothing_found(choice, stored, held)}")
        if yes:
            file.tokens.erase_names(names)
            file.redact(text.entry for text in chosen)
            entries = list(check_chain(file.entries(), str(journal)))
    left = _entries_with(match, entries) if yes and match is not None else []
    if json:
        rows = [{"entry": t.entry, "of": t.owner, "from": t.sender, "kind": t.kind} for t in chosen]
        people = [{"seat": _holder(name), **({} if yes else {"name": name.name})} for name in names]
        print_json({"journal": journal.name, "erased": yes, "texts": rows, "names": people, "left_in": left})
        return
    _print_chosen(chosen, names, is_erased=yes)
    count = " and ".join(_number_of(len(rows), noun) for rows, noun in ((chosen, "text"), (names, "name")) if rows)
    if not yes:
        console.print(f"{count}. Nothing was erased: add --yes to erase.", markup=False)
        return
    console.print(
        f"Erased {count} from {journal}. Erase exports, debriefs and copies that were made before, or make them again.",
        markup=False,
    )
    calls = journal.with_name(journal.name + MODELS)
    if calls.exists():
        console.print(f"{calls} quotes what people wrote to language models: delete it.", markup=False)
    if left:
        where = ", ".join(map(str, left))
        console.print(f"Still in entries {where}: the scenario and the names of bots are not erased.", markup=False)


def _print_chosen(texts: Sequence[StoredText], names: Sequence[HolderName], *, is_erased: bool) -> None:
    """Print a line for each text and name, with its words only while they are in the journal."""
    for text in texts:
        shown = text.text if len(text.text) <= SHOWN_CHARACTERS else f"{text.text[:SHOWN_CHARACTERS]}…"
        line = f"entry {text.entry}: {text.kind} by {text.sender} (entry {text.owner})"
        console.print(line if is_erased else f"{line}: {shown!r}", markup=False)
    for name in names:
        line = f"name: {_holder(name)}"
        console.print(line if is_erased else f'{line} "{name.name}"', markup=False)


def _choice(numbers: Sequence[int], seat: str | None, match: str | None) -> Choice:
    """Return what the options choose; raise ``typer.BadParameter`` if they are not exactly one."""
    given = {"--entry": bool(numbers), "--seat": seat is not None, "--match": match is not None}
    names = [name for name, is_given in given.items() if is_given]
    if len(names) != 1:
        got = f"{', '.join(names[:-1])} and {names[-1]}" if names else "none"
        raise typer.BadParameter(f"Give exactly one of --entry, --seat and --match; got {got}.")
    if match == "":
        raise typer.BadParameter("expected text of at least one character, got none", param_hint="--match")
    return Choice(tuple(numbers), seat, match)


def _holder(held: HolderName) -> str:
    """Return the seat of a person, or the role of one who has no seat."""
    return held.seat or held.role


def _number_of(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _entries_with(match: str, entries: Sequence[Entry]) -> list[int]:
    """Return the numbers of the entries that have a text in one of their values; keys are words of the format."""
    kept = (entry for entry in entries if not entry.is_redacted)
    return [e.sequence for e in kept if any(match.lower() in value.lower() for value in strings_in(e.content()))]


def require_erasable(entries: Sequence[Entry], journal: Path) -> None:
    """Raise ``JournalError`` if the texts of a journal do not stand in entries of their own, and so cannot be erased."""
    for entry in entries:
        require_form(entry, str(journal))
    if not entries or entries[0].is_redacted:
        raise JournalError(str(journal), "no header: expected the first entry to be one")
    if entries[0].content().get("format") == FORMAT_WITHOUT_TEXT_ENTRIES:
        raise JournalError(
            str(journal),
            "journal format 1, in which texts are part of the digests and cannot be erased; expected format 2. "
            "Delete the journal if it must not be kept.",
        )


def texts_in(entries: Sequence[Entry]) -> Iterator[StoredText]:
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


def _require_found(choice: Choice, chosen: Sequence[StoredText], entries: Sequence[Entry], journal: Path) -> None:
    """Refuse an ``--entry`` that has no text, also where other entries have one."""
    found = {number for text in chosen for number in (text.entry, text.owner)}
    for number in choice.entries:
        if number not in found:
            raise ConfigurationError(f"{journal}: --entry {number}: {_why_no_text(number, entries)}")


def _why_no_text(number: int, entries: Sequence[Entry]) -> str:
    if not 0 <= number < len(entries):
        return f"expected an entry from 0 to {len(entries) - 1}"
    entry = entries[number]
    if entry.is_redacted or references_in(entry):
        return f"the text of entry {number} was erased before"
    article = "an" if entry.kind[0] in "aeiou" else "a"
    what = f"{entry.kind} without a text" if entry.kind in INPUTS else entry.kind
    return (
        f"entry {number} is {article} {what}; run redact with --seat or --match, without --yes, "
        "to list the entries with texts"
    )


def _nothing_found(choice: Choice, stored: Sequence[StoredText], held: Sequence[HolderName]) -> str:
    if not stored and not held:
        return "no text is left that could be erased"
    if choice.match is not None:
        return "--match: no text and no player's name contains this"
    people = sorted({*(text.sender for text in stored), *(_holder(name) for name in held)})
    hint = nearest_hint(people, choice.seat or "")
    return f"--seat {choice.seat}: no text and no name is from this seat. Texts or names are from {', '.join(people)}{hint}"
