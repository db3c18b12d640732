"""Free text of a journal: words that people typed, kept in entries of their own so that they can be erased.

From journal format 2 on, every text that a person may type (``sim.types.FREE_TEXT``) stands in one ``text`` entry, right after
the order or command it belongs to. The order, the world, its digests and the chronicle hold a reference, the number of that
entry. To erase the text, empty the body and the salt of the ``text`` entry; nothing else in the journal depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec
from msgspec import structs

from counterpoise.errors import ScenarioError
from counterpoise.session.commands import Bookmark, Inject, Note, Pause
from counterpoise.session.journal.entries import INPUTS, Entry
from counterpoise.sim.catalogue import INJECTS, MOVES
from counterpoise.sim.field_types import free_text_fields
from counterpoise.sim.move import Move
from counterpoise.sim.read_only import ReadOnlyDict
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.views.view import View

REDACTED = "[redacted]"
"""What stands in place of a text that was erased."""
MASK = "[text]"
"""What stands for every text where neither the text nor its entry may be named: in receipts and in headers of forks."""
FILLED_MAX = 512
"""How many incidents are kept with their texts filled in."""
_WITH_TEXT: dict[str, type] = {"pause": Pause, "inject": Inject, "bookmark": Bookmark, "note": Note}
"""The commands with words that people typed."""
_UNKNOWN: tuple[dict[str, Any] | None, dict[str, Any]] = (None, {})
"""What is remembered of an incident that has not been filled yet."""
_PREFIX = "[text of entry "
_REFERENCE = re.compile(re.escape(_PREFIX) + r"([0-9]{1,18})\]")


def reference_to(sequence: int) -> str:
    """Return what stands for a text in every entry but its own."""
    return f"{_PREFIX}{sequence}]"


def entry_referred_to(value: object) -> int | None:
    """Return the number of the entry that a reference names; ``None`` if the value is no reference."""
    match = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return None if match is None else int(match[1])


def _is_reference(value: object) -> bool:
    return isinstance(value, str) and value.startswith(_PREFIX)


def require_no_references(scenario: Scenario, source: str) -> None:
    """Raise ``ScenarioError`` if a text of a scenario looks like a reference: players would read another player's text there."""
    if _PREFIX.encode() not in msgspec.json.encode(scenario):
        return  # so with nearly every scenario, and every session asks
    for text in strings_in(msgspec.to_builtins(scenario)):
        if entry_referred_to(text) is not None:
            raise ScenarioError(
                source, "", "a text that does not look like a journal's reference to another text", text
            )


class FreeTexts:
    """The free texts of one session, by the number of the entry that holds each."""

    def __init__(self, texts: Mapping[int, str] | None = None) -> None:
        self._texts: dict[int, str] = dict(texts or {})
        self._plain: dict[int, dict[str, Any]] = {}
        """Incidents that refer to no text, by number. Every seat sees the same incidents, so each is searched once."""
        self._filled: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
        """Incidents that refer to texts, each with its filled form."""

    def by_entry(self) -> dict[int, str]:
        """Return the texts by the number of the entry that holds each."""
        return dict(self._texts)

    def before(self, sequence: int) -> FreeTexts:
        """Return the texts of the entries before one."""
        return FreeTexts({number: text for number, text in self._texts.items() if number < sequence})

    @classmethod
    def from_entries(cls, entries: Iterable[Entry]) -> FreeTexts:
        """Collect the texts of a journal; a text that was erased reads ``[redacted]``."""
        texts = cls()
        for entry in entries:
            if entry.kind == "text":
                texts.add(entry.sequence, REDACTED if entry.is_redacted else str(entry.content()["text"]))
        return texts

    def add(self, sequence: int, text: str) -> None:
        """Add the text of an entry."""
        if self._texts.setdefault(sequence, text) != text:
            self._texts[sequence] = text
            self._filled.clear()

    def text(self, value: str) -> str:
        """Return the text that a reference stands for; any other string is returned as it is."""
        if not self._texts or not value.startswith(_PREFIX):
            return value
        sequence = entry_referred_to(value)
        return value if sequence is None else self._texts.get(sequence, REDACTED)

    def filled(self, value: Any) -> Any:
        """Return plain values with texts in place of the references to them."""
        return _with_strings(value, self.text) if self._texts else value

    def masked(self, value: Any) -> Any:
        """Return plain values with one mark in place of every reference, which hides the numbers of entries."""
        return _with_strings(value, _masked) if self._texts else value

    def filled_view(self, view: View) -> View:
        """Return a seat's view with texts in place of the references to them."""
        if not self._texts:
            return view
        return replace(
            view,
            alignments=tuple(
                structs.replace(a, name=self.text(a.name)) if _is_reference(a.name) else a for a in view.alignments
            ),
            proposals=tuple(replace(p, name=self.text(p.name)) if _is_reference(p.name) else p for p in view.proposals),
            crises=tuple(replace(c, demand=self.text(c.demand)) if _is_reference(c.demand) else c for c in view.crises),
            aid=tuple(
                structs.replace(f, condition=self.text(f.condition)) if _is_reference(f.condition) else f
                for f in view.aid
            ),
            questions=tuple(
                replace(q, words=self.text(q.words)) if _is_reference(q.words) else q for q in view.questions
            ),
            incidents=tuple(map(self.filled_incident, view.incidents)),
        )

    def filled_incident(self, incident: dict[str, Any]) -> dict[str, Any]:
        """Return an incident, as views and messages show it, with texts in place of the references in its detail."""
        if not self._texts:
            return incident
        if self._plain.get(incident["id"]) is incident:
            return incident
        source, shown = self._filled.get(incident["id"], _UNKNOWN)
        if source is incident:
            return shown
        # A text stands in a field of the detail, never deeper, and most incidents have none.
        detail = incident["detail"]
        found = {name: self.text(value) for name, value in detail.items() if _is_reference(value)}
        if len(self._plain) + len(self._filled) >= FILLED_MAX:
            self._plain.clear()
            self._filled.clear()
        if not found:
            self._plain[incident["id"]] = incident
            return incident
        shown = ReadOnlyDict({**incident, "detail": ReadOnlyDict({**detail, **found})})
        if REDACTED not in found.values():  # a text that is not there may come later
            self._filled[incident["id"]] = (incident, shown)
        return shown


def move_with_references(move: Move, first: int) -> tuple[Move, list[str]]:
    """Return a move with references in place of its texts, and those texts.

    Args:
        move: as the player ordered it.
        first: number of the entry that will hold the first text.
    """
    names = [name for name in free_text_fields(type(move)) if getattr(move, name)]
    if not names:
        return move, []
    references = {name: reference_to(first + place) for place, name in enumerate(names)}
    kept = structs.replace(move, **references)
    return kept, [getattr(move, name) for name in names]


def command_with_references(command: dict[str, Any], first: int) -> tuple[dict[str, Any], list[str]]:
    """Return a plain command with references in place of its texts, and those texts; see ``move_with_references``."""
    texts: list[str] = []
    kept = dict(command)
    for act in ("inject", "move"):
        if act in command:
            kept[act] = dict(command[act])
    for fields, free in _texts_of_command(kept):
        for name in free:
            if fields.get(name):
                texts.append(fields[name])
                fields[name] = reference_to(first + len(texts) - 1)
    return (kept, texts) if texts else (command, [])


def is_same_move(taken: object, given: object) -> bool:
    """Tell whether a move or command is the one that was taken before; an erased text is taken to be the same text."""
    if isinstance(taken, Move) and type(taken) is type(given):
        erased = {name: REDACTED for name in free_text_fields(type(taken)) if getattr(taken, name) == REDACTED}
        return bool(taken == structs.replace(given, **erased))
    return taken == given


def references_in(entry: Entry) -> list[int]:
    """Return the numbers of the ``text`` entries that belong to an order or command."""
    if entry.kind not in INPUTS or entry.is_redacted:
        return []
    numbers = (
        entry_referred_to(fields.get(name)) for fields, names in _texts_of_input(entry.content()) for name in names
    )
    return [number for number in numbers if number is not None]


def filled_content(entry: Entry, texts: FreeTexts) -> dict[str, Any]:
    """Return the content of an order, a command or a chronicle with texts in place of the references to them."""
    content = entry.content()
    if entry.kind == "chronicle":
        for incident in content["incidents"]:
            detail = incident["detail"]
            detail |= {name: texts.text(value) for name, value in detail.items() if isinstance(value, str)}
    elif entry.kind in INPUTS:
        for fields, names in _texts_of_input(content):
            fields |= {name: texts.text(fields[name]) for name in names if isinstance(fields.get(name), str)}
    return content


def act_without_texts(act: Mapping[str, Any]) -> dict[str, Any]:
    """Return a plain move or inject with a mark in place of its texts."""
    names = _free_text_of(MOVES.get(act["kind"]) or INJECTS.get(act["kind"]))
    return {name: MASK if name in names and value else value for name, value in act.items()}


def _texts_of_input(content: dict[str, Any]) -> list[tuple[dict[str, Any], tuple[str, ...]]]:
    """Return the plain maps of an input that hold free text, each with the names of the fields that do."""
    if "move" in content:
        move: dict[str, Any] = content["move"]
        return [(move, _free_text_of(MOVES.get(move["kind"])))]
    return _texts_of_command(content["command"])


def _texts_of_command(command: dict[str, Any]) -> list[tuple[dict[str, Any], tuple[str, ...]]]:
    """Return the same of a plain command: an inject or a move holds texts of its own, before those of the command."""
    own = free_text_fields(_WITH_TEXT[command["kind"]]) if command["kind"] in _WITH_TEXT else ()
    if command["kind"] == "inject":
        inject: dict[str, Any] = command["inject"]
        return [(inject, _free_text_of(INJECTS.get(inject["kind"]))), (command, own)]
    if command["kind"] == "propose":
        move: dict[str, Any] = command["move"]
        return [(move, _free_text_of(MOVES.get(move["kind"])))]
    return [(command, own)]


def _free_text_of(kind: type | None) -> tuple[str, ...]:
    """Return the free text fields of a kind; none for a kind of other rules, which this release does not know."""
    return () if kind is None else free_text_fields(kind)


def _with_strings(value: Any, change: Callable[[str], str]) -> Any:
    """Return plain values with every string changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: _with_strings(item, change) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_with_strings(item, change) for item in value)
    return value


def _masked(text: str) -> str:
    return text if entry_referred_to(text) is None else MASK


def strings_in(value: object) -> Iterator[str]:
    """Yield the strings in plain values, without the keys of maps."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from strings_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings_in(item)
