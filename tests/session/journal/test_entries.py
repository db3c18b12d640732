"""The format of the journal: entries read back as they were written, and a changed entry is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoise.errors import ChainError, JournalError
from counterpoise.session.journal.entries import Chain, Entry, canonical, check_chain, export_lines, parse_export


def some_entries(count: int = 5, secret: str = "s") -> list[Entry]:
    chain = Chain(secret)
    return [chain.entry(tick * 7, "order" if tick else "header", {"n": tick, "text": "Ünï"}) for tick in range(count)]


def export(entries: list[Entry]) -> bytes:
    return b"".join(line + b"\n" for line in export_lines(entries))


def test_an_exported_journal_reads_back_as_it_was() -> None:
    entries = some_entries()
    assert parse_export(export(entries), "j") == entries


def test_equal_content_gives_equal_bytes_whatever_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": [1.5, None]}) == canonical({"a": [1.5, None], "b": 1}) == b'{"a":[1.5,null],"b":1}'


def test_salts_hide_equal_bodies_from_each_other() -> None:
    chain = Chain("s")
    first, second = chain.entry(1, "order", {"x": 1}), chain.entry(1, "order", {"x": 1})
    assert first.body == second.body
    assert first.commitment != second.commitment


def test_a_redacted_body_leaves_the_rest_verifiable() -> None:
    entries = some_entries()
    entries[2] = replace(entries[2], body=b"", salt=b"")
    assert list(check_chain(entries, "j")) == entries


@pytest.mark.parametrize("change", ["tick", "kind", "body", "salt", "commitment", "chain"])
def test_a_changed_field_is_found_at_its_entry(change: str) -> None:
    entries = some_entries()
    values: dict[str, Any] = {
        "tick": 15,
        "kind": "command",
        "body": b"{}",
        "salt": b"x" * 16,
        "commitment": "f" * 64,
        "chain": "0" * 64,
    }
    entries[2] = replace(entries[2], **{change: values[change]})
    with pytest.raises(ChainError) as caught:
        list(check_chain(entries, "j"))
    assert caught.value.sequence == 2


@given(st.data())
def test_one_changed_byte_anywhere_in_an_export_is_found(data: st.DataObject) -> None:
    text = bytearray(export(some_entries()))
    place = data.draw(st.integers(0, len(text) - 1))
    text[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(JournalError):
        parse_export(bytes(text), "j")


@given(st.integers(0, 3000))
def test_an_export_cut_off_anywhere_is_found(kept: int) -> None:
    text = export(some_entries())
    if kept >= len(text):
        return
    with pytest.raises(JournalError):
        parse_export(text[:kept], "j")


def test_a_dropped_and_a_doubled_line_are_named() -> None:
    lines = export(some_entries()).splitlines(keepends=True)
    with pytest.raises(ChainError, match="entry 3"):
        parse_export(b"".join(lines[:3] + lines[4:]), "j")
    with pytest.raises(ChainError, match=r"entry 2.*stands here again"):
        parse_export(b"".join(lines[:3] + lines[2:]), "j")


def test_something_that_is_no_journal_says_so() -> None:
    with pytest.raises(JournalError, match="not an exported journal"):
        parse_export(b"hello\n", "j")
    with pytest.raises(JournalError) as caught:
        parse_export(b"hello\n", "j")
    assert caught.value.problem.endswith('line 1: expected an entry as export writes it, got "hello"')
    with pytest.raises(JournalError) as caught:
        parse_export(b'{"sequence":"x"}\n', "j")
    assert caught.value.problem.endswith('line 1: $.sequence: expected a whole number, got "x"')
    with pytest.raises(JournalError, match="empty"):
        parse_export(b"", "j")


def crlf(text: bytes) -> bytes:
    return text.replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    ("rewrite", "said"),
    [
        (crlf, "its line ends were changed from LF to CRLF"),
        (lambda text: text.replace(b"\n", b"\r"), "its line ends were changed from LF to CR"),
        (lambda text: text.replace(b"\n", b"\r\n", 2), "its line ends were changed from LF to CRLF"),
        (lambda text: b"\xef\xbb\xbf" + text, "a byte order mark was put at its start"),
        (lambda text: b"\xef\xbb\xbf" + crlf(text), "a byte order mark was put at its start and its line ends"),
        (
            lambda text: b"\xff\xfe" + crlf(text).decode().encode("utf-16-le"),
            "it was saved as UTF-16 and its line ends",
        ),
        (lambda text: b"\xfe\xff" + text.decode().encode("utf-16-be"), "it was saved as UTF-16"),
    ],
)
def test_an_export_that_an_editor_rewrote_is_told_from_one_that_was_tampered_with(
    rewrite: Callable[[bytes], bytes], said: str
) -> None:
    text = export(some_entries())
    with pytest.raises(JournalError, match=said) as rewritten:
        parse_export(rewrite(text), "j")
    assert rewritten.value.exit_code == 65
    assert "Nothing else was changed" in str(rewritten.value)
    tampered = text.replace(b'"tick":14', b'"tick":15', 1)
    assert tampered != text
    with pytest.raises(ChainError):
        parse_export(rewrite(tampered), "j")
