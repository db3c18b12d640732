"""The options of the pace, as the command that a moderator would give."""

from __future__ import annotations

import re
from typing import Any

import typer

from counterpoise.errors import OrderError, comparison
from counterpoise.gateway.timetable import require_zone
from counterpoise.session.commands import Pace, decode_command

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = re.compile(rf"({'|'.join(DAYS)})(?:-({'|'.join(DAYS)}))?")


def timetable_of(time_zone: str, closes: str, every_days: int, weekdays: str) -> dict[str, Any] | None:
    """Return the timetable in the options as plain values; ``None`` without a time zone.

    Raises:
        typer.BadParameter: the days of the week cannot be read.
    """
    if not time_zone:
        return None
    return {"time_zone": time_zone, "closes": closes, "every_days": every_days, "weekdays": _weekdays(weekdays)}


def pace_of(timetable: dict[str, Any] | None, **options: str | float) -> Pace:
    """Return the pace in the options, checked like a moderator's command, so that a replay accepts it.

    Raises:
        typer.BadParameter: an option has a value that the command does not take.
    """
    try:
        command = decode_command({"kind": "pace", **options, **({"timetable": timetable} if timetable else {})})
        require_zone(command)
    except OrderError as error:
        option = "--" + error.path.rpartition(".")[2].replace("_", "-")
        raise typer.BadParameter(comparison(error.expected, error.got), param_hint=option) from error
    assert isinstance(command, Pace)
    return command


def _weekdays(text: str) -> list[int]:
    """Return the numbers of the days in a text such as ``mon-fri`` or ``sat,sun``; a range may go over the weekend."""
    found: set[int] = set()
    for part in text.lower().replace(" ", "").split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise typer.BadParameter(
                f"expected days such as mon-fri or mon,wed,fri, got {text!r}", param_hint="--weekdays"
            )
        first = DAYS.index(match[1])
        last = DAYS.index(match[2]) if match[2] else first
        found.update(day % len(DAYS) for day in range(first, last + 1 + (len(DAYS) if last < first else 0)))
    return sorted(found)
