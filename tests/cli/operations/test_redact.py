"""``counterpoise redact`` lists texts, erases them for good, and leaves a journal that every command still reads."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from counterpoise.cli.journals import read_journal
from counterpoise.errors import ConfigurationError, JournalError, LockedError
from counterpoise.session.commands import Inject, Start
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.sim.moves.message import Message
from counterpoise.store.journal_file import JournalFile

Run = Callable[..., str]
Command = Callable[..., "subprocess.CompletedProcess[str]"]
GOLDEN = Path(__file__).parents[2] / "golden" / "rules-4"
SECRET, OTHER, NEWS = "Meet me at the old mill, Zebedee.", "Zebedee told me all.", "Nothing happened."


def written(path: Path, text: str, secret_text: str = SECRET) -> Path:
    """Write a journal with three texts."""
    session = Session(scenario_text=text, seed="1", session_id="s", secret="secret")
    first, second = session.seats[:2]
    session.command(MODERATOR, f"{1:032x}", Start())
    session.submit(first, f"{2:032x}", 0, Message((second,), secret_text))
    session.submit(second, f"{3:032x}", 0, Message((first,), OTHER))
    session.command(MODERATOR, f"{4:032x}", Inject({"kind": "announce", "text": NEWS}))
    while session.now < 400:
        session.advance(400)
    with JournalFile.create(path) as journal:
        journal.append(session.take_entries())
        journal.tokens.claim(journal.tokens.issue("player", "ARD"), "Wilhelmina")
    return path


@pytest.fixture
def journal(tmp_path: Path, checkerboard: str) -> Path:
    """A journal with texts by ARD, BEL and the moderator."""
    return written(tmp_path / "s.db", checkerboard)


def bytes_beside(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def texts_of(path: Path) -> list[str]:
    with JournalFile.read_only(path) as reader:
        return [str(e.content()["text"]) for e in reader.entries() if e.kind == "text" and not e.is_redacted]


def test_without_yes_the_texts_are_listed_and_nothing_is_erased(run_here: Run, journal: Path) -> None:
    shown = run_here("redact", journal, "--match", "zebedee")
    assert SECRET in shown
    assert OTHER in shown
    assert NEWS not in shown
    assert "add --yes" in shown
    assert texts_of(journal) == [SECRET, OTHER, NEWS]


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (["--match", "OLD MILL"], [OTHER, NEWS]),
        (["--seat", "BEL"], [SECRET, NEWS]),
        (["--seat", "moderator"], [SECRET, OTHER]),
    ],
)
def test_texts_are_chosen_by_what_they_say_or_who_wrote_them(
    run_here: Run, journal: Path, options: list[str], kept: list[str]
) -> None:
    run_here("redact", journal, *options, "--yes")
    assert texts_of(journal) == kept


def test_an_order_or_the_entry_of_its_text_names_a_text(run_here: Run, journal: Path) -> None:
    rows: list[dict[str, Any]] = json.loads(run_here("redact", journal, "--match", "Zebedee", "--json"))["texts"]
    assert [row["kind"] for row in rows] == ["message", "message"]
    run_here("redact", journal, "--entry", rows[0]["of"], "--entry", rows[1]["entry"], "--yes")
    assert texts_of(journal) == [NEWS]


def test_an_erased_text_is_in_no_byte_of_the_journal_and_of_what_is_made_from_it(
    run_here: Run, journal: Path, tmp_path: Path
) -> None:
    assert b"old mill" in bytes_beside(journal)
    done = json.loads(run_here("redact", journal, "--match", "old mill", "--yes", "--json"))
    assert done["erased"] is True
    assert done["left_in"] == []
    assert b"old mill" not in bytes_beside(journal)
    assert "verified" in run_here("verify", journal)
    run_here("export", journal, tmp_path / "tables")
    page = tmp_path / "page.html"
    shown = run_here("debrief", journal, "--draws", "0", "--html", page, "--json")
    made = [file.read_text("utf-8") for file in (tmp_path / "tables").iterdir()]
    for document in (
        *made,
        page.read_text("utf-8"),
        shown,
        run_here("replay", journal, "--at", "1901-06-01", "--json"),
    ):
        assert "old mill" not in document
    assert any("[redacted]" in document for document in made)
    assert "verified" in run_here("verify", tmp_path / "tables" / "journal.jsonl")


def test_the_name_of_a_person_in_a_seat_is_erased_too(run_here: Run, journal: Path) -> None:
    assert b"Wilhelmina" in bytes_beside(journal)
    run_here("redact", journal, "--match", "wilhelmina", "--yes")
    assert b"Wilhelmina" not in bytes_beside(journal)
    assert texts_of(journal) == [SECRET, OTHER, NEWS]


def test_a_journal_that_a_server_has_open_is_left_alone(run_here: Run, journal: Path) -> None:
    with (
        JournalFile.open(journal),
        pytest.raises(LockedError, match="Stop the server that has it open, then try again"),
    ):
        run_here("redact", journal, "--match", "Zebedee", "--yes")


def test_an_entry_without_a_text_is_refused(run_here: Run, journal: Path) -> None:
    with pytest.raises(ConfigurationError, match="entry 0 is a header; run redact with --seat or --match"):
        run_here("redact", journal, "--entry", "0", "--yes")
    with pytest.raises(ConfigurationError, match="expected an entry from 0 to"):
        run_here("redact", journal, "--entry", "9999", "--yes")
    row = json.loads(run_here("redact", journal, "--match", "old mill", "--yes", "--json"))["texts"][0]
    for number in (row["entry"], row["of"]):
        with pytest.raises(ConfigurationError, match=f"the text of entry {number} was erased before"):
            run_here("redact", journal, "--entry", number)


def test_a_seat_that_wrote_nothing_is_refused_with_those_that_did(run_here: Run, journal: Path) -> None:
    with pytest.raises(ConfigurationError, match="ARD, BEL, moderator"):
        run_here("redact", journal, "--seat", "COR", "--yes")
    with pytest.raises(ConfigurationError, match=r"--seat bel: .*\(nearest: BEL\)"):
        run_here("redact", journal, "--seat", "bel", "--yes")


def test_a_journal_of_format_1_is_refused_because_its_digests_hold_the_texts(run_here: Run, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    with JournalFile.create(old) as journal:
        journal.append(read_journal(GOLDEN / "checkerboard-with-messages.jsonl"))
    with pytest.raises(JournalError, match="format 1"):
        run_here("redact", old, "--match", "e", "--yes")


@pytest.mark.parametrize(
    ("options", "got"),
    [
        ([], "got none"),
        (["--seat", "ARD", "--match", "old"], "got --seat and --match"),
        (["--entry", "0", "--seat", "ARD", "--match", ""], "got --entry, --seat and --match"),
    ],
)
def test_exactly_one_way_to_choose_is_expected(run_here: Run, journal: Path, options: list[str], got: str) -> None:
    with pytest.raises(typer.BadParameter) as raised:
        run_here("redact", journal, *options, "--yes")
    assert raised.value.message == f"Give exactly one of --entry, --seat and --match; {got}."


def test_an_empty_match_is_refused_and_erases_nothing(counterpoise: Command, journal: Path) -> None:
    done = counterpoise("redact", journal, "--match", "", "--yes")
    assert done.returncode == 2
    assert "--match: expected text of at least one character, got none" in done.stderr
    assert texts_of(journal) == [SECRET, OTHER, NEWS]


def test_the_names_that_would_be_erased_are_listed_with_their_seats(run_here: Run, journal: Path) -> None:
    shown = run_here("redact", journal, "--match", "wilhelmina")
    assert 'name: ARD "Wilhelmina"\n' in shown
    assert "1 name. Nothing was erased" in shown
    listed = json.loads(run_here("redact", journal, "--match", "wilhelmina", "--json"))
    assert listed["names"] == [{"seat": "ARD", "name": "Wilhelmina"}]
    erased = run_here("redact", journal, "--match", "wilhelmina", "--yes", "--json")
    assert json.loads(erased)["names"] == [{"seat": "ARD"}]


def test_a_seat_means_its_texts_and_the_name_of_its_person_and_no_other_name(run_here: Run, journal: Path) -> None:
    with JournalFile.open(journal) as file:
        file.tokens.claim(file.tokens.issue("player", "BEL"), "Wilhelmina")
        file.tokens.claim(file.tokens.issue("moderator"), "Wilhelmina")
    assert "1 text and 1 name." in run_here("redact", journal, "--seat", "BEL")
    assert "Erased 1 text and 1 name from" in run_here("redact", journal, "--seat", "BEL", "--yes")
    with JournalFile.read_only(journal) as file:
        assert [(held.seat, held.role) for held in file.tokens.names()] == [("", "moderator"), ("ARD", "player")]
    run_here("redact", journal, "--seat", "moderator", "--yes")
    assert texts_of(journal) == [SECRET]
    with JournalFile.read_only(journal) as file:
        assert [held.seat for held in file.tokens.names()] == ["ARD"]


def test_listing_changes_no_byte_and_needs_no_lock(run_here: Run, journal: Path) -> None:
    before = bytes_beside(journal)
    run_here("redact", journal, "--match", "zebedee")
    assert bytes_beside(journal) == before
    with JournalFile.open(journal):
        assert SECRET in run_here("redact", journal, "--seat", "ARD")


def test_a_key_of_an_entry_is_no_trace_of_an_erased_text(run_here: Run, tmp_path: Path, checkerboard: str) -> None:
    journal = written(tmp_path / "s.db", checkerboard, secret_text="The chronicle says incidents.")
    with JournalFile.read_only(journal) as reader:
        assert any(b'"incidents":' in entry.body for entry in reader.entries())
    done = json.loads(run_here("redact", journal, "--match", "incidents", "--yes", "--json"))
    assert [row["from"] for row in done["texts"]] == ["ARD"]
    assert done["left_in"] == []


def test_words_of_the_scenario_are_reported_as_left(run_here: Run, journal: Path) -> None:
    with JournalFile.open(journal) as file:
        file.tokens.claim(file.tokens.issue("player", "BEL"), "Checkerboard")
    assert "Still in entries 0: the scenario" in run_here("redact", journal, "--match", "checkerboard", "--yes")


def test_a_match_without_a_hit_is_refused(run_here: Run, journal: Path) -> None:
    with pytest.raises(ConfigurationError, match="no text and no player's name contains this"):
        run_here("redact", journal, "--match", "xylophone")


def test_a_journal_without_texts_and_names_says_so(run_here: Run, journal: Path) -> None:
    for seat in ("ARD", "BEL", "moderator"):
        run_here("redact", journal, "--seat", seat, "--yes")
    for option, value in (("--seat", "ARD"), ("--match", "old")):
        with pytest.raises(ConfigurationError, match="no text is left that could be erased"):
            run_here("redact", journal, option, value)


def test_an_export_a_folder_and_a_missing_file_are_refused(run_here: Run, journal: Path, tmp_path: Path) -> None:
    run_here("export", journal, tmp_path / "tables")
    with pytest.raises(JournalError, match=r"this is an export\. Redact the \.db it came from, then export again\."):
        run_here("redact", tmp_path / "tables" / "journal.jsonl", "--match", "old")
    for path in (tmp_path, tmp_path / "none.db"):
        with pytest.raises(JournalError) as by_redact:
            run_here("redact", path, "--match", "old")
        with pytest.raises(JournalError) as by_verify:
            run_here("verify", path)
        assert str(by_redact.value) == str(by_verify.value)


def test_verify_counts_the_texts_that_were_erased(run_here: Run, journal: Path) -> None:
    assert "erased" not in run_here("verify", journal)
    assert json.loads(run_here("verify", journal, "--json"))["erased_texts"] == 0
    run_here("redact", journal, "--match", "old mill", "--yes")
    assert "1 text was erased with redact" in run_here("verify", journal)
    run_here("redact", journal, "--match", "zebedee", "--yes")
    assert "2 texts were erased with redact" in run_here("verify", journal)
    assert json.loads(run_here("verify", journal, "--json"))["erased_texts"] == 2
