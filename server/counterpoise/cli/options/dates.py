"""Dates that users give as options."""

from __future__ import annotations

from datetime import date

import typer

from counterpoise.errors import ConfigurationError
from counterpoise.session.running_session import Session

A_DATE = "a date such as 1967-05-15"


def parse_date(text: str, option: str, expected: str = A_DATE) -> date:
    """Return the date in an option; raise ``typer.BadParameter``, with what is ``expected``, if it is not a date."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"expected {expected}, got {text!r}", param_hint=option) from error


def tick_on(session: Session, text: str, option: str, journal_end: int | None = None, expected: str = A_DATE) -> int:
    """Return the tick of the date in an option. The day after the scenario's last day is the moment at which it ends.

    Args:
        session: the session of the scenario.
        text: the date.
        option: the name of the option, for errors.
        journal_end: the last tick of the journal, if the date must lie in a journal.
        expected: what the option allows, for the error about a text that is no date.

    Raises:
        ConfigurationError: the date is outside the scenario or the journal.
    """
    calendar = session.simulation.world.calendar
    tick = calendar.tick_of(parse_date(text, option, expected))
    if 0 <= tick <= (session.end if journal_end is None else journal_end):
        return tick
    last = str(session.scenario.end) if journal_end is None else calendar.iso(journal_end)
    what = "scenario" if journal_end is None else "journal"
    bound = f"begins on {calendar.iso(0)}" if tick < 0 else f"ends on {last}"
    raise ConfigurationError(f"{option} {text}: expected a date from {calendar.iso(0)} to {last}. The {what} {bound}.")
