"""How a meeting of so many minutes is spent: briefing, windows and debrief."""

from __future__ import annotations

from typing import NamedTuple

BRIEFING_SHARE, DEBRIEF_SHARE = 0.14, 0.30
"""What the briefing and the debrief take of a meeting. A debrief that is cut short is the commonest regret (chosen)."""
BRIEFING_LEAST, DEBRIEF_LEAST = 6, 12
WINDOW_LEAST = 2.5
"""Minutes that a class needs for a window. With less it clicks and does not talk (chosen)."""


class Step(NamedTuple):
    """A part of a meeting."""

    minutes: int
    what: str


def lesson_plan(minutes: int, windows: int) -> list[Step]:
    """Return the steps of a meeting; their minutes sum to the whole.

    Args:
        minutes: how long the meeting is.
        windows: how many windows the scenario has. If they do not fit, the plan plays the first ones.
    """
    briefing = max(BRIEFING_LEAST, round(minutes * BRIEFING_SHARE))
    debrief = max(DEBRIEF_LEAST, round(minutes * DEBRIEF_SHARE))
    play = minutes - briefing - debrief
    played = min(windows, int(play / WINDOW_LEAST))
    each = int(play / played * 2) / 2
    spare = play - int(played * each)
    which = f"windows 1 to {played}" if played < windows else f"all {windows} windows"
    return [
        Step(
            briefing,
            "Hand out the role sheets. Everyone reads, writes down whom they fear, and joins. Ask the two questions.",
        ),
        Step(play - spare, f"Play {which}, {each:g} minutes each. Start the clock and say nothing about the theory."),
        Step(debrief + spare, "Debrief: ask first, then show the threats, the alliances and what was predicted."),
    ]
