"""Decisions recorded under version 1 of the theory, in today's form.

Version 1 had one proximity, by the distance scale of the other state, where there are now proximity and reach. Its floor was the
same in every world, and a partner shared the threat from half of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

FLOOR = 0.15
"""The floor of version 1, for points that do not tell it."""


def in_form_of_today(decision: Mapping[str, Any]) -> dict[str, Any]:
    """Return a plain decision of version 1 with the fields that ``record.decode_record`` expects.

    Raises:
        KeyError, TypeError, ValueError: the decision has not the form of version 1.
    """
    point = dict(decision["point"])
    floor = point.get("floor", FLOOR)
    point.update(
        floor=floor,
        shared_floor=floor / 2.0,
        source=_with_reach(point["source"]),
        candidates=[_with_reach(candidate) for candidate in point["candidates"]],
        barred=[_with_reach(candidate) for candidate in point["barred"]],
    )
    return {**decision, "point": point}


def _with_reach(candidate: Sequence[Any]) -> list[Any]:
    """Return a candidate's values with the reach, which was the proximity of version 1."""
    id_, power, km, proximity, *others = candidate
    return [id_, power, km, proximity, proximity, *others]
