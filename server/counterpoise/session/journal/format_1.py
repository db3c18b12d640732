"""Journal format 1, as release 0.1.0 wrote it. Sessions that began in it are replayed and go on in it.

Free text stands in the order or command itself and, through the world, in the digests and the chronicle, so it cannot be
erased. A frozen decision leaves out the threat floor, which was the default in every session.
"""

from __future__ import annotations

from typing import Any

FORMAT_1 = 1


def decision_in_format_1(decision: dict[str, Any]) -> dict[str, Any]:
    """Return a decision with its forecasts, in plain values, as format 1 has it."""
    point = {name: value for name, value in decision["point"].items() if name != "floor"}
    return {**decision, "point": point}
