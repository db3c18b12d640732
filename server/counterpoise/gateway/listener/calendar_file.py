"""When the open window of a session closes, as a calendar file (iCalendar, RFC 5545) that phones and mail programs read."""

from __future__ import annotations

from datetime import UTC, datetime

CALENDAR_TYPE = "text/calendar; charset=utf-8"
LINE_BYTES_MAX = 75
REMIND = "-PT2H"
"""When a calendar reminds of the closing time, relative to it."""


def calendar_file(session_id: str, title: str, due: float | None, now: float) -> str:
    """Return a calendar with the closing time of the open window; it is empty where none is set.

    A calendar program that subscribes to the address finds the next closing time there after each window.

    Args:
        session_id: name of the session.
        title: title of its scenario.
        due: when the window closes, in seconds since 1970.
        now: the present time, likewise.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//counterpoise//session//EN",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        f"X-WR-CALNAME:{_escaped(title)}",
    ]
    if due is not None:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{session_id}-{round(due)}@counterpoise",
            f"DTSTAMP:{_instant(now)}",
            f"DTSTART:{_instant(due)}",
            f"SUMMARY:{_escaped(f'{title}: the window closes')}",
            "DESCRIPTION:Whoever has not decided by then takes the default.",
            "TRANSP:TRANSPARENT",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "DESCRIPTION:The window closes soon.",
            f"TRIGGER:{REMIND}",
            "END:VALARM",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 bytes, each but the first after a space."""
    pieces: list[str] = []
    piece = ""
    for character in line:
        if len((piece + character).encode()) > LINE_BYTES_MAX - bool(pieces):
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join([*pieces, piece])
