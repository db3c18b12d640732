"""The closing time of a window in the form that calendars read."""

from __future__ import annotations

from datetime import datetime

from counterpoise.gateway.listener.calendar_file import LINE_BYTES_MAX, calendar_file

DUE = datetime.fromisoformat("2026-10-25T18:00+01:00").timestamp()


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_the_event_is_at_the_closing_time_in_utc_with_a_reminder() -> None:
    lines = unfolded(calendar_file("s", "Checkerboard", DUE, DUE - 3600))

    assert "DTSTART:20261025T170000Z" in lines
    assert "DTSTAMP:20261025T160000Z" in lines
    assert "SUMMARY:Checkerboard: the window closes" in lines
    assert "TRIGGER:-PT2H" in lines


def test_without_a_closing_time_the_calendar_is_empty() -> None:
    text = calendar_file("s", "Checkerboard", None, DUE)

    assert "VEVENT" not in text
    assert text.endswith("END:VCALENDAR\r\n")


def test_each_closing_time_is_an_event_of_its_own() -> None:
    def name(due: float) -> str:
        return next(line for line in unfolded(calendar_file("s", "x", due, 0.0)) if line.startswith("UID:"))

    assert name(DUE) != name(DUE + 86_400)


def test_signs_of_the_format_in_a_title_are_escaped_and_long_lines_folded() -> None:
    title = "Élan, vital; or: " + "ö" * 80
    text = calendar_file("s", title, DUE, DUE)

    assert all(len(line.encode()) <= LINE_BYTES_MAX for line in text.split("\r\n"))
    assert f"X-WR-CALNAME:Élan\\, vital\\; or: {'ö' * 80}" in unfolded(text)
