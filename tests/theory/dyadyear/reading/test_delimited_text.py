"""Cells are cut from the text of a file; a row that does not fit is named with its line."""

from __future__ import annotations

import pytest

from counterpoise.errors import InputError
from counterpoise.theory.dyadyear.reading.delimited_text import cell_table


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", " "])
def test_the_separator_is_the_one_that_cuts_the_header(separator: str) -> None:
    table = cell_table(f"a{separator}b{separator}c\n1{separator}2{separator}3\n".encode(), "t.csv")
    assert (table.header, table.rows) == (["a", "b", "c"], [(2, ["1", "2", "3"])])
    assert bool(table.assumed) == (separator != ",")


def test_a_separator_that_excel_declares_is_taken_and_lines_keep_their_numbers() -> None:
    table = cell_table(b"sep=;\r\na;b,c\r\n1;2,5\r\n", "t.csv")
    assert (table.header, table.rows) == (["a", "b,c"], [(3, ["1", "2,5"])])


def test_windows_text_is_read_as_such_and_said() -> None:
    table = cell_table("n\nCôte d’Ivoire\n".encode("cp1252"), "t.csv")
    assert table.rows == [(2, ["Côte d’Ivoire"])]
    assert table.assumed == ["t.csv: the text is not UTF-8; it is read as Latin-1, as Windows writes it"]
    assert cell_table("n\nCôte\n".encode("utf-16"), "t.csv").rows == [(2, ["Côte"])]


def test_empty_rows_are_counted_and_blank_lines_are_not() -> None:
    table = cell_table(b"\na,b\n\n1,2\n,\n\n,\n", "t.csv")
    assert (table.header_line, table.rows, table.empty_rows) == (2, [(4, ["1", "2"])], 2)


def test_rows_may_have_names_or_end_with_a_separator() -> None:
    assert cell_table(b'"a" "b"\n"1" 2 3\n"2" 4 5\n', "t.txt").header == ["", "a", "b"]
    assert cell_table(b"a,b\n1,2,\n3,4,\n", "t.csv").header == ["a", "b", ""]


@pytest.mark.parametrize(
    ("raw", "path", "message"),
    [
        (b"", "line 1", "got an empty file"),
        (b"a,b\n1,2\n3\n", "line 3, column a", "expected 2 cells, as in the header, got 1"),
        (b"a,b\n7,2,3\n7,2,4\n", "line 2, column b", "expected 2 cells, as in the header, got 3"),
        (b'a;b\n1;"2\n', "line 2", "expected a row of semicolon-separated values with matching quotes"),
    ],
)
def test_a_row_that_does_not_fit_is_named(raw: bytes, path: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        cell_table(raw, "t.csv")
    assert caught.value.path == path
    assert message in str(caught.value)
