"""The form of an entry's body, by the kind of the entry: what the readers of a journal rely on.

A body is checked before anything is read from it, because a hash chain proves only that nobody changed a journal later: anyone
can link bodies of any form. The forms name what all formats of journals have in common and allow further keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from counterpoise.errors import JournalError, comparison
from counterpoise.session.journal.entries import Entry, EntryKind
from counterpoise.sim.scenario import IndexSetting
from counterpoise.validation_errors import CONVERSION_ERRORS, JSON


class _IndexDeal(Struct):
    setting: IndexSetting
    seats: dict[str, bool]


class _Header(Struct):
    format: int
    rules_version: int
    session: str
    scenario: str
    scenario_text: str
    seed: str
    counterpoise: str
    secret: str = ""
    seed_salt: str = ""
    theory_version: int = 1
    threat_index: _IndexDeal | None = None
    recorded: bool = False
    forked: dict[str, Any] | None = None
    withheld: list[int] = []


class _Act(Struct):
    """A move, an inject or a command: the fields differ by kind and are checked when it is carried out."""

    kind: str


class _Order(Struct):
    id: str
    seat: str
    window: int
    move: _Act
    replaces: str = ""
    member: str = ""
    proposal: str = ""


class _CommandAct(_Act):
    inject: _Act | None = None
    move: _Act | None = None


class _Command(Struct):
    id: str
    who: str
    command: _CommandAct


class _Text(Struct):
    text: str


class _Incident(Struct):
    detail: dict[str, Any]


class _Chronicle(Struct):
    incidents: list[_Incident]


class _Forecast(Struct):
    window: int
    decisions: list[dict[str, Any]]


class _Outcome(Struct):
    window: int
    outcomes: list[dict[str, Any] | None]
    players: dict[str, str] = {}


class _Digest(Struct):
    digest: str


class _End(Struct):
    digest: str
    scores: dict[str, float]


_Hex = Annotated[str, Meta(pattern="^([0-9a-f]{2})*$", max_length=128)]


class _Checkpoint(Struct):
    phase: Literal["lobby", "running", "paused", "ended"]
    entries: int
    head: str
    streams: dict[str, tuple[int, str]]
    salt: _Hex
    key: _Hex
    signature: _Hex


class _Play(Struct):
    rows: Annotated[int, Meta(ge=0)]
    head: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


_FORMS: dict[EntryKind, Any] = {
    "header": _Header,
    "order": _Order,
    "command": _Command,
    "text": _Text,
    "clock": dict[str, Any],
    "chronicle": _Chronicle,
    "forecast": _Forecast,
    "outcome": _Outcome,
    "structure": dict[str, Any],
    "digest": _Digest,
    "end": _End,
    "checkpoint": _Checkpoint,
    "play": _Play,
}


def require_form(entry: Entry, source: str) -> None:
    """Refuse an entry whose body has not the form of its kind. One that was redacted has no body, and passes.

    Raises:
        JournalError: the error names the entry and the place in its body.
    """
    if entry.is_redacted:
        return
    form = _FORMS[entry.kind]
    try:
        msgspec.json.decode(entry.body, type=form)
    except (*CONVERSION_ERRORS, msgspec.DecodeError, RecursionError) as error:
        raise JournalError(source, f"entry {entry.sequence}: {_problem(entry, form, error)}") from None


def require_forms(entries: Iterable[Entry], source: str) -> None:
    """Refuse the first entry whose body has not the form of its kind, as ``require_form`` does.

    A header passes: what it must hold depends on the versions that it names.
    """
    for entry in entries:
        if entry.kind != "header":
            require_form(entry, source)


def _problem(entry: Entry, form: Any, error: Exception) -> str:
    """Say what is wrong with a body."""
    wanted = f"the body of an entry of kind {entry.kind}"
    try:
        raw = msgspec.json.decode(entry.body)
        msgspec.convert(raw, form)
    except CONVERSION_ERRORS as problem:
        path, expected, got = JSON.problem(problem, raw, form)
        return f"{path} in {wanted}: {comparison(expected, got)}"
    except (msgspec.DecodeError, RecursionError):
        pass
    shown = JSON.shown(entry.body.decode(errors="replace"))
    return f"expected {wanted} as counterpoise writes it, got {shown} ({error})"
