"""A cell holds a value, a code for a missing value, or something that is refused."""

from __future__ import annotations

import pytest

from counterpoise.theory.dyadyear.reading.cell_values import (
    COUNT,
    DATE,
    FLAG,
    LATITUDE,
    MISSING,
    NAME,
    POLITY,
    SHARE,
    WRONG,
    YEAR,
    Kind,
    NumberStyle,
    date_text,
    number_style,
)


@pytest.mark.parametrize(
    "cell",
    ["", "NA", "na", "N/A", "#N/A", "NaN", "nan", "<NA>", "NaT", ".", ".a", ".z", "NULL", "None", "-9", "-9.0", "-8", "-99"],
)  # fmt: skip
def test_a_code_for_a_missing_value_is_missing(cell: str) -> None:
    assert COUNT.value(cell, "point") == (None, MISSING)
    assert COUNT.value(cell, "decimal comma") == (None, MISSING)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (POLITY, "-9", -9.0), (POLITY, "-8.0", -8.0), (LATITUDE, "-9", -9.0), (YEAR, "1955.0", 1955.0),
        (COUNT, "1e+05", 100_000.0),
        (COUNT, "9 000", 9000.0), (COUNT, "9\u202f000", 9000.0), (FLAG, "TRUE", 1.0), (FLAG, "F", 0.0), (FLAG, "Yes", 1.0),
        (NAME, "NAM", "NAM"),
        (DATE, "192001.0", "1920-01"), (DATE, "1920-01-31 00:00:00", "1920-01-31"),
    ],
)  # fmt: skip
def test_a_value_within_the_range_of_its_column_is_a_value(kind: Kind, cell: str, value: float | str) -> None:
    assert kind.value(cell, "point") == (value, "")


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (POLITY, "-11"), (SHARE, "1.2"), (COUNT, "1_0"), (COUNT, "inf"), (COUNT, "-1"), (YEAR, "1955.5"), (FLAG, "2"),
        (FLAG, "maybe"), (DATE, "soon"), (DATE, "192013"), (DATE, "-1"), (COUNT, "1,5"), (COUNT, "0x10"),
    ],
)  # fmt: skip
def test_anything_else_is_wrong(kind: Kind, cell: str) -> None:
    assert kind.value(cell, "point") == (None, WRONG)


def test_the_codes_of_polity_are_missing_in_polity_only() -> None:
    assert POLITY.value("-66", "point") == POLITY.value("-88", "point") == (None, MISSING)
    assert COUNT.value("-66", "point") == (None, WRONG)


@pytest.mark.parametrize(
    ("cells", "separator", "style"),
    [
        (["1.5", "2"], ";", "point"),
        (["0,3"], ",", "decimal comma"),
        (["9,000", "0,3"], "\t", "decimal comma"),
        (["9,000", "0.3"], ";", "thousands comma"),
        (["1,234,567"], ";", "thousands comma"),
        (["9,000"], ";", "decimal comma"),
        (["9,000"], "\t", "thousands comma"),
        (["30,044"], "\t", "decimal comma"),
        (["1.234,5", "9.000"], ";", "decimal comma"),
    ],
)
def test_what_a_comma_is_follows_from_all_numbers_of_a_file(
    cells: list[str], separator: str, style: NumberStyle
) -> None:
    assert number_style([(cell, 10_000.0) for cell in cells], separator) == style


def test_a_point_in_a_file_with_decimal_commas_separates_thousands_or_is_wrong() -> None:
    assert COUNT.value("9.000", "decimal comma") == (9000.0, "")
    assert COUNT.value("1.234,5", "decimal comma") == (1234.5, "")
    assert COUNT.value("0.3", "decimal comma") == (None, WRONG)


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("1920", "1920"), ("192001", "1920-01"), ("19200131", "1920-01-31"), ("1920/1/31", "1920-01-31"),
        ("31jan1920", "1920-01-31"), ("1920-1", ""),
        ("31/01/1920", "1920-01-31"), ("1/31/1920", "1920-01-31"), ("2/1/1920", "1920"), ("1399", ""), ("40/1/1920", ""),
        ("31abc1920", ""), ("1920-13-01", ""),
    ],
)  # fmt: skip
def test_dates_are_read_as_far_as_they_are_clear(cell: str, date: str) -> None:
    assert date_text(cell) == date
