"""The same table gives the same result in whatever form R, pandas, Stata, Excel and the data sets write it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from counterpoise.theory.dyadyear.data_tables import DyadYearTables

Tables = dict[str, list[dict[str, Any]]]
ReadBytes = Callable[[Mapping[str, bytes]], DyadYearTables]
Content = Callable[[DyadYearTables], DyadYearTables]
MISSING = ("", "NA", "NaN", "nan", "<NA>", ".", ".a", ".z", "-9", "-9.0", "-8", "-99", "NULL", "#N/A")
NUMBERS_MAY_BE_REAL = ("-9", "-9.0", "-8")
OTHER_NAMES = {
    "ccode": ("ccode", "CCode", "cowcode", "cow_code"), "ccode1": ("ccode1", "statea", "ccodea", "stateno1"),
    "ccode2": ("ccode2", "stateb", "ccodeb", "stateno2"), "state_abb": ("state_abb", "stateabb", "State.Abb"),
    "start_year": ("start_year", "styear"), "end_year": ("end_year", "endyear"), "lon": ("lon", "lng", "Longitude"),
    "onset": ("onset", "disponset", "gmlmidonset"), "hostlev1": ("hostlev1", "hihosta"), "hostlev2": ("hostlev2", "hihostb"),
    "sidea1": ("sidea1", "sideaa"), "sidea2": ("sidea2", "sideab"), "orig1": ("orig1", "orignata"),
    "orig2": ("orig2", "orignatb"), "dispnum": ("dispnum", "disno"), "defense": ("defense", "atop_defense", "cow_defense"),
}  # fmt: skip


@dataclass(frozen=True)
class Dress:
    """How a program writes a table."""

    separator: str
    decimal_comma: bool
    line_end: str
    encoding: str
    quoted: bool
    upper: bool
    missing: str
    floats: bool
    row_names: str
    order: int
    directed: bool
    repeated: bool
    names: int


dresses = st.builds(
    Dress, separator=st.sampled_from([",", ";", "\t", "|", " "]), decimal_comma=st.booleans(),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1"]),
    quoted=st.booleans(), upper=st.booleans(), missing=st.sampled_from(MISSING), floats=st.booleans(),
    row_names=st.sampled_from(["none", "write.csv", "write.table"]), order=st.integers(0, 9), directed=st.booleans(),
    repeated=st.booleans(), names=st.integers(0, 3),
)  # fmt: skip


def written(rows: list[dict[str, Any]], name: str, dress: Dress) -> bytes:
    """Return a table as a program writes it."""
    rows = [dict(row) for row in rows]
    if dress.directed and "ccode1" in rows[0]:
        rows += [mirrored(row) for row in rows]
    if dress.repeated:
        rows += rows[::2]
    Random(dress.order).shuffle(rows)
    choices = [OTHER_NAMES.get(key, (key,)) for key in rows[0]]
    header = [names[dress.names % len(names)] for names in choices]
    lines = [[cell(value, name, dress) for value in row.values()] for row in rows]
    if dress.row_names != "none":
        lines = [[str(number), *line] for number, line in enumerate(lines, start=1)]
        header = ["", *header] if dress.row_names == "write.csv" else header
    text = io.StringIO(newline="")
    # A separator that stands alone needs quotes around empty cells.
    writer = csv.writer(
        text, delimiter=dress.separator, lineterminator=dress.line_end,
        quoting=csv.QUOTE_ALL if dress.quoted or dress.separator == " " else csv.QUOTE_MINIMAL,
    )  # fmt: skip
    writer.writerows([[heading.upper() if dress.upper else heading for heading in header], *lines])
    return text.getvalue().encode(dress.encoding)


def mirrored(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row about a pair from the other side."""
    ends = {"1": "2", "2": "1"}
    partners = {key: key[:-1] + ends[key[-1]] for key in row if key[-1] in ends}
    return {key: row[partners.get(key, key)] for key in row}


def cell(value: Any, name: str, dress: Dress) -> str:
    if value is None:
        return "NA" if name == "polity.csv" and dress.missing in NUMBERS_MAY_BE_REAL else dress.missing
    if isinstance(value, int) and dress.floats:
        value = float(value)
    text = str(value)
    return text.replace(".", ",") if dress.decimal_comma and isinstance(value, float) else text


@settings(max_examples=120)
@given(dress=dresses)
@example(dress=Dress("\t", True, "\n", "utf-8", False, False, "NA", False, "none", 1, False, False, 0))
@example(dress=Dress(",", True, "\r\n", "latin-1", False, True, ".a", True, "write.table", 2, True, True, 1))
def test_a_table_gives_the_same_result_in_every_dress(
    base_world: Tables, read_bytes: ReadBytes, content_of: Content, dress: Dress
) -> None:
    plain = content_of(read_bytes({}))
    dressed = read_bytes({name: written(rows, name, dress) for name, rows in base_world.items()})
    assert content_of(dressed) == plain


def typed(cell: str) -> Any:
    """Return the value of a cell of the reference data."""
    for kind in (int, float):
        try:
            return kind(cell)
        except ValueError:
            continue
    return cell or None


@pytest.mark.parametrize(
    "dress",
    [
        Dress(";", True, "\r\n", "utf-8-sig", False, True, "NA", False, "none", 3, True, False, 2),
        Dress("\t", False, "\n", "utf-8", True, False, ".", True, "write.table", 4, False, True, 3),
    ],
    ids=["Excel", "R"],
)
def test_the_data_sets_give_the_same_tables_in_other_dresses(
    reference_data: Path, read_bytes: ReadBytes, content_of: Content, dress: Dress
) -> None:
    names = ("states.csv", "nmc.csv", "mid_dyad_year.csv", "polity.csv", "capitals.csv", "major_powers.csv")
    plain = {name: (reference_data / name).read_bytes() for name in names}
    dressed = {}
    for name, raw in plain.items():
        rows = [{key: typed(value) for key, value in row.items()} for row in csv.DictReader(io.StringIO(raw.decode()))]
        dressed[name] = written(rows, name, dress)
    assert content_of(read_bytes(dressed)) == content_of(read_bytes(plain))


@pytest.mark.parametrize("name", ["nmc.csv", "mid_dyad_year.csv", "polity.csv"])
def test_what_was_assumed_is_said(base_world: Tables, read_bytes: ReadBytes, name: str) -> None:
    dress = Dress(";", True, "\r\n", "latin-1", True, False, "NA", True, "write.table", 1, True, True, 1)
    raw = written(base_world[name], name, dress)
    said = " ".join(read_bytes({name: raw}).assumed)
    assert f"{name}: values are separated by the semicolon character" in said
    assert f"{name}: a comma in a number is a decimal comma" in said
    assert f"{name}: the first cell of each row is the name of the row" in said
    assert "rows that repeat another row" in said
    if name != "mid_dyad_year.csv":
        assert f"{name}: cells read as missing values: " in said
        assert "with 'NA'" in said
        assert f"{name}: read CCode as ccode" in said
    else:
        assert "read disno as dispnum, statea as ccode1" in said
        assert "that give a pair of states in the other direction" in said


def test_a_plain_file_needs_no_assumption(read_bytes: ReadBytes) -> None:
    said = [one for one in read_bytes({}).assumed if "missing" not in one]
    assert said == []
