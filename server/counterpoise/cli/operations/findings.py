"""What a check of ``counterpoise doctor`` finds."""

from __future__ import annotations

from typing import Literal

import msgspec

Level = Literal["ok", "warning", "fault"]


class Finding(msgspec.Struct, frozen=True):
    """The outcome of one check.

    Args:
        check: what was looked at.
        level: ``ok``; ``warning`` if a server runs but something may go wrong; ``fault`` if it cannot run, or may lose data.
        found: what was found.
        advice: what to do; empty if nothing is to be done.
    """

    check: str
    level: Level
    found: str
    advice: str = ""
