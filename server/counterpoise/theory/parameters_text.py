"""Read a user's parameters from a TOML file: numbers of the model that forecasts from frozen decisions depend on.

::

    autonomy = 3.0
    noise = 1.0
"""

from __future__ import annotations

from dataclasses import fields, replace
from difflib import get_close_matches

from counterpoise.errors import InputError
from counterpoise.sim.reading.toml_lines import LineIndex
from counterpoise.sim.reading.toml_text import read_toml
from counterpoise.theory.parameters import DEFAULT, FROZEN, Parameters
from counterpoise.validation_errors import Problem

CLASS_SHARES = ("share_balance", "share_bandwagon", "share_other", "share_hide")


def parse(text: str, source: str) -> Parameters:
    """Return the parameters of a file; a parameter that the file does not name keeps its default.

    Raises:
        InputError: naming the parameter and its line.
    """
    raw = read_toml(text)
    if isinstance(raw, Problem):
        raise InputError(source, *raw)
    lines = LineIndex(text)
    known = {field.name: field.metadata for field in fields(Parameters)}
    changes: dict[str, float] = {}
    for name, value in raw.items():
        where = f"{name} (line {lines.line_of(name)})"
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = (
                f"a parameter such as {near[0]}"
                if near
                else f"one of {', '.join(one for one in known if one not in FROZEN)}"
            )
            raise InputError(source, where, hint, repr(name))
        if name in FROZEN:
            raise InputError(
                source,
                where,
                "a parameter of the forecasts",
                f"{name}, which has no effect after the decisions are frozen",
            )
        low, high = known[name]["low"], known[name]["high"]
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise InputError(source, where, f"a number from {low:g} to {high:g}", repr(value))
        changes[name] = float(value)
    made = replace(DEFAULT, **changes)
    if sum(1 for name in CLASS_SHARES if name in changes):
        whole = made.share_balance + made.share_bandwagon + made.share_other + made.share_hide
        if whole > 1.0:
            named = next(name for name in changes if name in CLASS_SHARES)
            where = f"{named} (line {lines.line_of(named)})"
            raise InputError(source, where, f"{', '.join(CLASS_SHARES)} that sum to 1 at most", f"{whole:g}")
    return made
