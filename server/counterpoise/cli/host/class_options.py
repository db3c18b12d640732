"""The options of ``counterpoise host`` for a class."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.classes.classroom import WORLDS_MAX
from counterpoise.cli.options.numbers import number_option
from counterpoise.errors import InputError
from counterpoise.wire.class_messages import ROSTER_MAX, TITLE_MAX

ClassTitle = Annotated[
    str,
    typer.Option(
        "--class",
        help="Serve a class with this title: students come by one code, and the moderator seats them over its worlds.",
        metavar="TITLE",
    ),
]
Worlds = Annotated[int, number_option("--worlds", "With --class: how many worlds a new class has.", int, 1, WORLDS_MAX)]
Roster = Annotated[
    Path | None,
    typer.Option(
        "--roster",
        help="With --class: a CSV file of who is expected, with columns name, email or number, world, seat.",
        metavar="FILE",
    ),
]
Anonymous = Annotated[bool, typer.Option("--anonymous", help="With --class: only the moderator learns who plays what.")]


@dataclass(frozen=True, slots=True)
class ClassAsked:
    """What the options say of a class."""

    title: str
    worlds: int
    roster: Path | None
    anonymous: bool


def class_asked(title: str, worlds: int, roster: Path | None, *, anonymous: bool) -> ClassAsked | None:
    """Return what the options say of a class, ``None`` without one; raise ``typer.BadParameter`` for an option that needs one."""
    if title.strip():
        if len(title) > TITLE_MAX:
            raise typer.BadParameter(f"at most {TITLE_MAX} characters, got {len(title)}", param_hint="--class")
        return ClassAsked(title, worlds, roster, anonymous)
    options = (("--worlds", worlds != 1), ("--roster", roster is not None), ("--anonymous", anonymous))
    if given := next((name for name, is_given in options if is_given), ""):
        raise typer.BadParameter("this option needs --class TITLE.", param_hint=given)
    return None


def roster_text(path: Path | None) -> str:
    """Return the text of a roster file; empty without one.

    Raises:
        InputError: it cannot be read, or is no text.
    """
    if path is None:
        return ""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), "", "a CSV file", error.strerror or str(error)) from None
    if len(raw) > 4 * ROSTER_MAX:
        raise InputError(str(path), "", f"at most {ROSTER_MAX} characters", f"{len(raw)} bytes")
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(str(path), "", "text in UTF-8, UTF-16 or Windows-1252", "bytes that are none")
