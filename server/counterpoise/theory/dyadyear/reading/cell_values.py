"""What the cells of data files may hold: numbers, years, dates and names, and the codes for a missing value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Literal

YEAR_FIRST, YEAR_LAST = 1400, 2100
"""Rivalries reach back to the fifteenth century."""
MISSING_TEXTS = ("", "na", "n/a", "#n/a", "nan", "<na>", "nat", "null", "none", "\\n")
"""Missing values as R, pandas, Excel and databases write them, in lower case."""
STATA_MISSING = re.compile(r"\.[a-z]?")
"""Missing values of Stata: ``.`` and ``.a`` to ``.z``."""
MISSING_NUMBERS = (-8.0, -9.0, -99.0, -999.0, -9999.0)
"""Missing values of the data sets themselves, where a column has no such number."""
MISSING_CODE = re.compile(r"-(\d+)([.,]0*)?")
"""A code as a whole number or, where a program made it one, as a number with decimals: -9, -9.0, -9,0."""
TRUTHS = {"true": 1.0, "t": 1.0, "yes": 1.0, "false": 0.0, "f": 0.0, "no": 0.0}
"""What R, pandas and the labels of Stata have for 0 and 1."""
NumberStyle = Literal["point", "decimal comma", "thousands comma"]
"""What a comma in a number is. With ``point`` no number has one."""
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
DOTTED_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")
SPACED_THOUSANDS = re.compile(r"[+-]?\d{1,3}([ \u00a0\u202f]\d{3})+([.,]\d+)?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MISSING = "missing"
WRONG = "wrong"
Value = float | str
"""A number, or a text: a name, or a date as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a column holds."""

    expected: str
    """What a cell should be, in words, for errors."""
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    form: Literal["number", "name", "date"] = "number"
    codes: tuple[float, ...] = ()
    """Codes for a missing value that only this column has."""

    def value(self, cell: str, style: NumberStyle) -> tuple[Value | None, str]:
        """Return the value of a cell and "", or ``None`` and whether the cell is ``MISSING`` or ``WRONG``."""
        if not cell[:1].isdigit() and (cell.lower() in MISSING_TEXTS or STATA_MISSING.fullmatch(cell)):
            return None, MISSING
        if self.form == "name":
            return cell, ""
        if (code := MISSING_CODE.fullmatch(cell)) and self._means_missing(-float(code[1])):
            return None, MISSING
        number = _number(cell, style)
        if number is None and self.whole and self.high == 1.0:
            number = TRUTHS.get(cell.lower())
        if self.form == "date":
            date = date_text(cell if number is None else f"{number:.0f}" if number == int(number) else cell)
            return (date, "") if date else (None, WRONG)
        if number is None or not self.low <= number <= self.high or (self.whole and number != int(number)):
            return None, WRONG
        return number, ""

    def _means_missing(self, number: float) -> bool:
        return number < self.low and number in (*MISSING_NUMBERS, *self.codes)


def _number(cell: str, style: NumberStyle) -> float | None:
    """Return the finite number in a cell, or ``None``."""
    if SPACED_THOUSANDS.fullmatch(cell):
        cell = re.sub(r"[ \u00a0\u202f]", "", cell)
    if style == "decimal comma" and ("," in cell or "." in cell):
        if "," not in cell and not DOTTED_THOUSANDS.fullmatch(cell):
            return None
        cell = cell.replace(".", "").replace(",", ".")
    elif style == "thousands comma" and THOUSANDS.fullmatch(cell):
        cell = cell.replace(",", "")
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if isfinite(number) and "_" not in cell else None


def number_style(cells: Iterable[tuple[str, float]], separator: str) -> NumberStyle:
    """Return what a comma is in the numbers of a file.

    A comma that cannot separate thousands (0,3) is a decimal comma. Where every comma can, a decimal point elsewhere tells, then
    the separator (programs that write decimal commas separate values by semicolons), and then the size of the numbers.

    Args:
        cells: the cells of numbers that have a comma or a point, each with the largest number that its column may have.
        separator: the character between the cells of a row.
    """
    numbers = [(cell, high) for cell, high in cells if re.fullmatch(r"[+-]?[\d.,]+([eE][+-]?\d+)?", cell)]
    marked = [(cell, high) for cell, high in numbers if "," in cell]
    if not marked:
        return "point"
    if any(not THOUSANDS.fullmatch(cell) for cell, _ in marked):
        return "decimal comma"
    if any(cell.count(",") > 1 or ("." in cell and not DOTTED_THOUSANDS.fullmatch(cell)) for cell, _ in numbers):
        return "thousands comma"
    is_too_large = any(abs(float(cell.replace(",", ""))) > high for cell, high in marked)
    return "decimal comma" if separator == ";" or is_too_large else "thousands comma"


def date_text(cell: str) -> str:
    """Return a date as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; "" if the cell is no date or its year is out of range.

    Read are 1920, 192001, 19200131, 1920-01-31 with or without a time, 31/1/1920, 1/31/1920 and 31jan1920. Where day and month
    cannot be told apart only the year is returned.
    """
    if found := re.fullmatch(r"(\d{4})(?:(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?)?", cell):
        parts = [part for part in found.groups() if part]
    elif found := re.fullmatch(r"(\d{4})[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12]\d|3[01])([T ][\d:.]+Z?)?", cell):
        parts = [found[1], f"{int(found[2]):02}", f"{int(found[3]):02}"]
    elif found := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", cell):
        one, other = int(found[1]), int(found[2])
        if not (1 <= min(one, other) <= 12 and max(one, other) <= 31):
            return ""
        parts = [found[3]] if max(one, other) <= 12 else [found[3], f"{min(one, other):02}", f"{max(one, other):02}"]
    elif (found := re.fullmatch(r"(\d{1,2})[- ]?([a-z]{3})[- ]?(\d{4})", cell.lower())) and found[2] in MONTHS:
        parts = [found[3], f"{MONTHS.index(found[2]) + 1:02}", f"{int(found[1]):02}"]
    else:
        return ""
    return "-".join(parts) if YEAR_FIRST <= int(parts[0]) <= YEAR_LAST else ""


def whole(low: float, high: float, expected: str, codes: tuple[float, ...] = ()) -> Kind:
    """Return the kind of a whole number."""
    return Kind(expected, low, high, whole=True, codes=codes)


STATE = whole(1, 9999, "a Correlates of War state number")
YEAR = whole(YEAR_FIRST, YEAR_LAST, f"a year from {YEAR_FIRST} to {YEAR_LAST}")
DATE = Kind(f"a date, YYYY-MM-DD, or a year from {YEAR_FIRST} to {YEAR_LAST}", YEAR_FIRST, YEAR_LAST, form="date")
NAME = Kind("a name", form="name")
SHARE = Kind("a share from 0 to 1", 0.0, 1.0)
COUNT = Kind("a number from 0, or a missing value", 0.0, 1e13)
FLAG = whole(0, 1, "0 or 1")
LEVEL = whole(0, 5, "a level of hostility from 0 to 5")
CONTIGUITY = whole(0, 6, "a type of contiguity from 0 to 6")
LATITUDE = Kind("degrees from -90 to 90", -90.0, 90.0)
LONGITUDE = Kind("degrees from -180 to 180", -180.0, 180.0)
POLITY = whole(-10, 10, "a Polity score from -10 to 10, or a missing value", (-66.0, -77.0, -88.0))
IDEAL_POINT = Kind("an ideal point from -10 to 10", -10.0, 10.0)
DOLLARS = Kind("an amount in dollars, or a missing value", -1e13, 1e13)
SERIAL = whole(0, 1e9, "a number of the data set")
KILOMETRES = Kind("a distance from 0 to 20100 km", 0.0, 20_100.0)
ROLE = whole(1, 4, "a role from 1 to 4")
SESSION = whole(1, 150, "a session of the General Assembly from 1 to 150")
