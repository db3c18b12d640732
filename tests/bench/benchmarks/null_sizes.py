"""How often each p-value falls below 5 % where there is no effect: independent decisions, leaning choosers, shared shocks.

A p-value that holds in a world rejects in 5 % of draws, up to the chance of the draws. Errors over choosers are not meant to hold
under shared shocks: their rows show how wrong they are there, and the rows of two ways and of shifts stand for them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from intervals import binomial
from measurement import Figure, Report, figure, tracked
from null_data import CHOOSERS, SESSIONS, WINDOWS, WORLDS, rejections

NOMINAL = 5.0
AT_ONCE = 10
"""Draws that a process makes at a time."""


def measure(*, tiny: bool) -> Report:
    """Draw each world many times and count the p-values below 5 %."""
    draws = AT_ONCE if tiny else 1000
    plan = [(place, first) for place in range(len(WORLDS)) for first in range(0, draws, AT_ONCE)]
    hits: dict[tuple[int, str], list[bool]] = {}
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("forkserver")) as processes:
        found = tracked(processes.map(_rejections, *zip(*plan, strict=True)), "draws of no effect", len(plan))
        for (place, _), tests in zip(plan, found, strict=True):
            for name, rejected in tests.items():
                hits.setdefault((place, name), []).extend(rejected)
    rows = [
        (WORLDS[place].name, name, _size(name, WORLDS[place].name, rejected))
        for (place, name), rejected in hits.items()
    ]
    low = [f"{name} ({world})" for world, name, row in rows if max(row.values) < NOMINAL]
    high = [f"{name} ({world})" for world, name, row in rows if min(row.values) > NOMINAL]
    return Report(
        "Sizes of p-values where there is no effect",
        tuple(row for _, _, row in rows),
        (
            f"{draws} draws of each world: {SESSIONS} sessions, {CHOOSERS} choosers each, {WINDOWS} windows. Share of p <= 0.05,",
            "with its exact interval (Clopper & Pearson 1934). 5 % lies inside it but for the rows named here.",
            f"Below 5 %, so too careful: {', '.join(low) or 'none'}.",
            f"Above 5 %, so not to be trusted there: {', '.join(high) or 'none'}.",
        ),
    )


def _rejections(place: int, first: int) -> dict[str, list[bool]]:
    return rejections(WORLDS[place], range(first, first + AT_ONCE))


def _size(name: str, world: str, rejected: Sequence[bool]) -> Figure:
    value, low, high = binomial(sum(rejected), len(rejected))
    return figure(f"{name}: p below 5 % under {world}", "%", low, value, high)
