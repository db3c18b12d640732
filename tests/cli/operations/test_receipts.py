"""``receipts`` lists and exports what a server has signed, and prints its key."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from counterpoise.cli.operations.receipts import receipts_schema
from counterpoise.gateway.signing.server_key import ServerKey, open_private_key
from counterpoise.session.commands import SERVER, Start, local_id
from counterpoise.session.proofs.checkpoints import write_checkpoint
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile

Command = Callable[..., Any]


@pytest.fixture(scope="module")
def signed(checkerboard: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the key of a server and a journal that is signed twice."""
    folder = tmp_path_factory.mktemp("signed")
    key = ServerKey(open_private_key(folder / "server.key"), lambda: b"0" * 16)
    session = Session(scenario_text=checkerboard, seed="7", session_id="s", secret="salt")
    write_checkpoint(session, key, key.salt())
    session.command(SERVER, local_id("s", SERVER, 0), Start())
    write_checkpoint(session, key, key.salt())
    with JournalFile.create(folder / "s.db") as journal:
        journal.append(session.take_entries())
    return folder


def test_the_receipts_of_a_journal_are_listed(signed: Path, counterpoise: Command) -> None:
    listed = counterpoise("receipts", "list", signed / "s.db", "--json")
    document = json.loads(listed.stdout)
    jsonschema.validate(document, receipts_schema())
    assert document["sessions"] == ["s"]
    assert [(row["phase"], row["signed"]) for row in document["receipts"]] == [("lobby", True), ("running", True)]
    assert counterpoise("receipts", "list", signed / "s.db").stdout.count("signed") == 2


def test_exported_receipts_anchor_the_journal(signed: Path, counterpoise: Command, tmp_path: Path) -> None:
    file = tmp_path / "kept.jsonl"
    assert "2 receipts" in counterpoise("receipts", "export", signed / "s.db", file).stdout
    assert counterpoise("receipts", "export", signed / "s.db", file).returncode == 78
    assert counterpoise("receipts", "list", file).stdout == counterpoise("receipts", "list", signed / "s.db").stdout
    key = counterpoise("receipts", "key", signed).stdout.strip()
    done = counterpoise("verify", signed / "s.db", "--receipt", file, "--key", key, "--json")
    found = json.loads(done.stdout)["provenance"]
    assert (done.returncode, found["anchored"], found["signed"], found["problems"]) == (0, 2, "yes", [])


def test_a_changed_receipt_is_found(signed: Path, counterpoise: Command, tmp_path: Path) -> None:
    file = tmp_path / "kept.jsonl"
    counterpoise("receipts", "export", signed / "s.db", file)
    file.write_text(file.read_text().replace('"phase":"lobby"', '"phase":"ended"'))
    assert "FALSE SIGNATURE" in counterpoise("receipts", "list", file).stdout
    done = counterpoise("verify", signed / "s.db", "--receipt", file)
    assert done.returncode == 1
    assert "has a false signature" in done.stdout


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "expected receipts, one JSON map on each line, got none"),
        ("no\n", "line 1: expected a receipt, one JSON map on the line"),
        ('{"t":"checkpoint","session":5}\n', "line 1, $.session: expected text, got 5"),
    ],
)
def test_a_file_without_receipts_is_a_bad_input(
    counterpoise: Command, tmp_path: Path, content: str, problem: str
) -> None:
    file = tmp_path / "kept.jsonl"
    file.write_text(content)
    done = counterpoise("receipts", "list", file)
    assert done.returncode == 65
    assert problem in done.stderr


def test_wrong_keys_are_refused_and_a_public_key_may_be_a_file(
    signed: Path, counterpoise: Command, tmp_path: Path
) -> None:
    public = tmp_path / "server.pub"
    public.write_text(counterpoise("receipts", "key", signed / "server.key").stdout)
    assert counterpoise("verify", signed / "s.db", "--key", public).returncode == 0
    assert counterpoise("verify", signed / "s.db", "--key", tmp_path / "none").returncode == 65
    public.write_text("no key")
    assert "expected a public Ed25519 key" in counterpoise("verify", signed / "s.db", "--key", public).stderr
    other = counterpoise("verify", signed / "s.db", "--key", "0" * 64)
    assert (other.returncode, "which was not given" in other.stdout) == (1, True)
