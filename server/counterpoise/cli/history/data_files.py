"""The data files of ``counterpoise history``: their columns, the values that cells may have, and which files may be missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

YEAR_FIRST, YEAR_LAST = 1400, 2100
"""Rivalries reach back to the fifteenth century."""
MISSING = ("", "-9")
Check = Callable[[str], tuple[float | None, str]]
"""Returns the value of a cell, and what is expected there if the cell is wrong."""


def number_check(low: float, high: float, what: str, *, whole: bool = False, empty: bool = False) -> Check:
    """Return a check for a number.

    Args:
        low: smallest number.
        high: largest number.
        what: what is expected, in words.
        whole: whether the number must be whole.
        empty: whether a cell may be empty or -9, the missing value of Correlates of War.
    """

    def check(cell: str) -> tuple[float | None, str]:
        if empty and cell in MISSING and not (cell == "-9" and low <= -9.0):
            return None, ""
        try:
            value = float(cell)
        except ValueError:
            return None, what
        if not isfinite(value) or not low <= value <= high or (whole and value != int(value)) or "_" in cell:
            return None, what
        return value, ""

    return check


def check_date(text: str) -> tuple[float | None, str]:
    """Check a date; its value is the year."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text):
        return None, "a date, YYYY-MM-DD"
    return YEAR(text[:4])


def check_name(value: str) -> tuple[float | None, str]:
    """Check a name."""
    return (0.0, "") if value.strip() else (None, "a name")


STATE = number_check(1, 9999, "a Correlates of War state number", whole=True)
YEAR = number_check(YEAR_FIRST, YEAR_LAST, f"a year from {YEAR_FIRST} to {YEAR_LAST}", whole=True)
OPEN_YEAR = number_check(
    YEAR_FIRST, YEAR_LAST, f"a year from {YEAR_FIRST} to {YEAR_LAST}, or nothing", whole=True, empty=True
)
SHARE = number_check(0.0, 1.0, "a share from 0 to 1")
COUNT = number_check(0.0, 1e13, "a number from 0, or nothing", empty=True)
FLAG = number_check(0, 1, "0 or 1", whole=True)
LEVEL = number_check(1, 5, "a level of hostility from 1 to 5", whole=True)
KIND = number_check(0, 5, "a type of contiguity from 0 to 5", whole=True)
LATITUDE = number_check(-90.0, 90.0, "degrees from -90 to 90")
LONGITUDE = number_check(-180.0, 180.0, "degrees from -180 to 180")
POLITY = number_check(-10, 10, "a Polity score from -10 to 10, or nothing", whole=True, empty=True)
IDEAL = number_check(-10.0, 10.0, "an ideal point from -10 to 10")
DOLLARS = number_check(-1e13, 1e13, "an amount in dollars, or nothing", empty=True)
SERIAL = number_check(0, 1e9, "a number of the data set", whole=True)


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file: its columns, the columns with states, the columns that make a row unique, and whether it is required."""

    name: str
    columns: dict[str, Check]
    states: tuple[str, ...]
    key: tuple[str, ...]
    required: bool = False
    spell: tuple[str, str] = ("", "")
    """Columns of the first and last year of a spell."""
    entities: bool = False
    """Whether numbers above 999 may denote entities that are not states. Their rows are skipped."""
    unstated: bool = False
    """Whether rows without a state are totals. They are skipped."""
    also: tuple[str, ...] = ()
    """Optional columns."""


PAIR = {"ccode1": STATE, "ccode2": STATE}
DATA_FILES: tuple[DataFile, ...] = (
    DataFile(
        "states.csv", {"ccode": STATE, "state_abb": check_name, "start_year": YEAR, "end_year": YEAR},
        ("ccode",), ("ccode", "start_year"), True, ("start_year", "end_year"),
    ),
    DataFile(
        "nmc.csv", {"ccode": STATE, "year": YEAR, "milper": COUNT, "tpop": COUNT, "cinc": SHARE},
        ("ccode",), ("ccode", "year"), True,
    ),
    DataFile(
        "contiguity.csv", {**PAIR, "conttype": KIND, "start_date": check_date, "start_year": YEAR, "end_year": YEAR},
        ("ccode1", "ccode2"), ("ccode1", "ccode2", "start_date"), True, ("start_year", "end_year"),
    ),
    DataFile(
        "capitals.csv", {"ccode": STATE, "start_date": check_date, "end_date": check_date, "lat": LATITUDE, "lon": LONGITUDE},
        ("ccode",), ("ccode", "start_date"), True, ("start_date", "end_date"),
    ),
    DataFile(
        "major_powers.csv", {"ccode": STATE, "start_year": YEAR, "end_year": YEAR},
        ("ccode",), ("ccode", "start_year"), True, ("start_year", "end_year"),
    ),
    DataFile(
        "mid_dyad_year.csv",
        {
            "dispnum": SERIAL, **PAIR, "year": YEAR, "onset": FLAG, "sidea1": FLAG, "sidea2": FLAG, "orig1": FLAG,
            "orig2": FLAG, "hostlev1": LEVEL, "hostlev2": LEVEL,
        },
        ("ccode1", "ccode2"), ("dispnum", "ccode1", "ccode2", "year"), True,
    ),
    DataFile(
        "alliances_dyad_year.csv", {**PAIR, "year": YEAR, "defense": FLAG, "offense": FLAG},
        ("ccode1", "ccode2"), ("ccode1", "ccode2", "year"), True, also=("defense_x", "offense_x"),
    ),
    DataFile(
        "rivalries.csv", {**PAIR, "start_year": YEAR, "end_year": OPEN_YEAR},
        ("ccode1", "ccode2"), ("ccode1", "ccode2", "start_year"), spell=("start_year", "end_year"),
    ),
    DataFile(
        "territorial_claims.csv",
        {"claimdy": SERIAL, "ccode_challenger": STATE, "ccode_target": STATE, "start_year": YEAR, "end_year": OPEN_YEAR},
        ("ccode_challenger", "ccode_target"), ("claimdy",), spell=("start_year", "end_year"), entities=True,
    ),
    DataFile(
        "wars_dyad_year.csv", {"war_num": SERIAL, **PAIR, "year": YEAR}, ("ccode1", "ccode2"), (),
    ),
    DataFile("polity.csv", {"ccode": STATE, "year": YEAR, "polity2": POLITY}, ("ccode",), ("ccode", "year")),
    DataFile("ideal_points.csv", {"ccode": STATE, "year": YEAR, "ideal_point": IDEAL}, ("ccode",), ("ccode", "year")),
    DataFile(
        "us_aid.csv",
        {"ccode": STATE, "year": YEAR, "economic_usd_const2020": DOLLARS, "military_usd_const2020": DOLLARS},
        ("ccode",), ("ccode", "year"), unstated=True,
    ),
)  # fmt: skip
