"""An archive holds all that another person needs, has the same bytes twice, and tells what was changed in it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from counterpoise.cli.archive.manifest import archive_schema
from counterpoise.cli.archive.zip_file import zipped
from counterpoise.cli.verify.archives import print_archive, verified_archive
from counterpoise.cli.verify.verified_journal import verify_schema
from counterpoise.errors import InputError
from counterpoise.session.commands import SERVER, Start, local_id
from counterpoise.session.running_session import Session
from counterpoise.sim.moves.message import Message
from counterpoise.sim.types import ActorId
from counterpoise.store.journal_file import JournalFile

Command = Callable[..., "subprocess.CompletedProcess[str]"]
GOLDEN = Path(__file__).parents[1] / "golden"
JOURNAL = GOLDEN / "rules-6" / "checkerboard-with-messages.jsonl"


@pytest.fixture(scope="module")
def archive(counterpoise: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "a.zip"
    done = counterpoise("archive", JOURNAL, path, "--title", 'A "title": yes', "--author", "Ada Lovelace", "--json")
    assert done.returncode == 0, done.stderr
    jsonschema.validate(json.loads(done.stdout), archive_schema())
    return path


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def verified(counterpoise: Command, path: Path, code: int) -> dict[str, Any]:
    done = counterpoise("verify", path, "--json")
    assert done.returncode == code, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    jsonschema.validate(found, verify_schema())
    return found


def test_an_archive_holds_journals_tables_debrief_scenario_wheel_lock_and_citation(
    counterpoise: Command, archive: Path
) -> None:
    held = contents(archive)
    assert {
        "journals/journal.jsonl",
        "tables/decisions.csv",
        "tables/dictionary.csv",
        "debrief.html",
        "debrief.json",
    } <= set(held)
    assert [name for name in held if name.startswith("scenarios/checkerboard-")]
    assert b"simpy==" in held["wheel/lock.txt"]
    assert 'title: "A \\"title\\": yes"\n' in held["CITATION.cff"].decode()
    assert '  - name: "Ada Lovelace"\n' in held["CITATION.cff"].decode()
    assert set(json.loads(held["manifest.json"])["files"]) == set(held) - {"manifest.json"}
    found = verified(counterpoise, archive, 0)
    assert found["verified"] is True


def test_archive_and_verify_count_the_same_files_in_the_same_words(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    path = tmp_path / "paper.zip"
    written = counterpoise("archive", journal, path)
    checked = counterpoise("verify", path)
    words = f"{len(contents(path)) - 1} files, and the manifest that lists them."
    assert words in " ".join(written.stdout.split())
    assert words in " ".join(checked.stdout.split())


def test_equal_journals_give_equal_bytes(counterpoise: Command, archive: Path, tmp_path: Path) -> None:
    again = tmp_path / "b.zip"
    done = counterpoise("archive", JOURNAL, again, "--title", 'A "title": yes', "--author", "Ada Lovelace")
    assert done.returncode == 0, done.stderr
    assert again.read_bytes() == archive.read_bytes()
    assert counterpoise("archive", JOURNAL, again).returncode == 78


def test_without_texts_no_word_that_was_typed_is_in_an_archive(counterpoise: Command, tmp_path: Path) -> None:
    typed = [
        json.loads(json.loads(line)["body"])["text"]
        for line in JOURNAL.read_text(encoding="utf-8").splitlines()
        if '"kind":"text"' in line
    ]
    assert typed
    done = counterpoise("archive", JOURNAL, tmp_path / "x.zip", "--without-texts")
    assert done.returncode == 0, done.stderr
    held = contents(tmp_path / "x.zip")
    told = b"".join(data for name, data in held.items() if name.startswith(("journals/", "tables/", "debrief.json")))
    assert [text for text in typed if json.dumps(text).strip('"').encode() in told] == []
    assert verified(counterpoise, tmp_path / "x.zip", 0)["verified"] is True


def test_the_program_of_an_archive_runs_and_verifies_it(archive: Path, tmp_path: Path) -> None:
    held = contents(archive)
    wheel = next(name for name in held if name.endswith(".whl"))
    (tmp_path / "w.whl").write_bytes(held[wheel])
    with zipfile.ZipFile(tmp_path / "w.whl") as file:
        file.extractall(tmp_path / "program")
    run = "import sys; sys.path.insert(0, sys.argv.pop(1)); from counterpoise.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import site; site.addsitedir({str(_packages())!r}); {run}",
         str(tmp_path / "program"), "verify", str(archive)],
        capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "verified" in done.stdout
    where = subprocess.run(
        [sys.executable, "-c", "import sys; sys.path.insert(0, sys.argv[1]); import counterpoise; print(counterpoise.__file__)",
         str(tmp_path / "program")],
        capture_output=True, text=True, cwd=tmp_path, timeout=60, check=True,
    )  # fmt: skip
    assert where.stdout.startswith(str(tmp_path))


def _packages() -> Path:
    return Path(pytest.__file__).parents[1]


@pytest.mark.parametrize("what", ["changed", "missing", "added"])
def test_what_is_changed_missing_or_added_is_named_in_words(
    counterpoise: Command, archive: Path, tmp_path: Path, what: str
) -> None:
    held = contents(archive)
    name = "tables/decisions.csv"
    if what == "changed":
        held[name] = held[name].replace(b"BAL", b"BW", 1) + b"\n"
    elif what == "missing":
        del held[name]
    else:
        name = "tables/more.csv"
        held[name] = b"more\n"
    with (tmp_path / "x.zip").open("wb") as file:
        zipped(file, held)
    found = verified(counterpoise, tmp_path / "x.zip", 1)
    assert (found["verified"], found[what]) == (False, [name])
    assert f"{name} is {what}: " in " ".join(counterpoise("verify", tmp_path / "x.zip").stdout.split())


@pytest.mark.parametrize("name", ["tables/decisions.csv", "journals/journal.jsonl"])
def test_a_file_that_unpacks_to_more_than_the_manifest_says_is_not_unpacked(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as file:
        for other, data in {**contents(archive), name: bytes(8 << 20)}.items():
            file.writestr(other, data)
    opened: list[str] = []
    really = zipfile.ZipFile.open

    def noted(self: zipfile.ZipFile, name: str) -> object:
        opened.append(name)
        return really(self, name)

    monkeypatch.setattr(zipfile.ZipFile, "open", noted)
    found = verified_archive(tmp_path / "x.zip")
    assert (found.verified, found.changed) == (False, [name])
    assert "manifest.json" in opened
    assert name not in opened


def test_a_file_that_an_archive_holds_twice_is_named(counterpoise: Command, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(archive.read_bytes())
    with zipfile.ZipFile(tmp_path / "x.zip", "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("debrief.json", b"{}")
    done = counterpoise("verify", tmp_path / "x.zip")
    assert done.returncode == 1, done.stderr
    told = " ".join(done.stdout.split())
    assert "debrief.json is added: the archive holds it more often than the manifest lists it." in told


def test_a_journal_with_a_forged_hash_in_the_manifest_is_found_by_its_chain(
    counterpoise: Command, archive: Path, tmp_path: Path
) -> None:
    held = contents(archive)
    lines = held["journals/journal.jsonl"].splitlines(keepends=True)
    held["journals/journal.jsonl"] = b"".join(lines[:-3] + lines[-2:])
    manifest = json.loads(held["manifest.json"])
    digest = hashlib.sha256(held["journals/journal.jsonl"]).hexdigest()
    manifest["files"]["journals/journal.jsonl"] |= {"sha256": digest, "bytes": len(held["journals/journal.jsonl"])}
    held["manifest.json"] = json.dumps(manifest).encode()
    with (tmp_path / "x.zip").open("wb") as file:
        zipped(file, held)
    found = verified(counterpoise, tmp_path / "x.zip", 1)
    assert found["changed"] == []
    [journal] = found["journals"]
    assert journal["chain"] is False


def test_a_journal_of_older_rules_names_the_program_of_the_archive(counterpoise: Command, tmp_path: Path) -> None:
    old = GOLDEN / "rules-5" / "checkerboard-with-messages.jsonl"
    done = counterpoise("archive", old, JOURNAL, tmp_path / "two.zip")
    assert done.returncode == 0, done.stderr
    found = verified(counterpoise, tmp_path / "two.zip", 0)
    notes = {one["replayed"]: one["note"] for one in found["journals"]}
    assert notes[True] == ""
    assert "0.3.0" in notes[None]


def test_another_zip_file_is_refused_in_words(counterpoise: Command, archive: Path, tmp_path: Path) -> None:
    with (tmp_path / "x.zip").open("wb") as file:
        zipped(file, {"a.txt": b"a"})
    (tmp_path / "cut.zip").write_bytes(archive.read_bytes()[:9000])
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    for name in ("x.zip", "cut.zip", "empty.zip"):
        done = counterpoise("verify", tmp_path / name)
        assert done.returncode == 65, done.stderr
        told = " ".join(done.stderr.split())
        assert "counterpoise archive wrote" in told
        assert ("got a file that is cut off or damaged" in told) == (name == "cut.zip")
    assert counterpoise("verify", archive, "--quick").returncode == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"[]", "manifest.json: $: expected a map, got a list of 0 values"),
        (b"{", "manifest.json: expected a manifest in JSON, got a text that is damaged or not JSON"),
    ],
)
def test_a_manifest_of_another_form_is_refused_in_our_own_words(tmp_path: Path, text: bytes, told: str) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as file:
        file.writestr("manifest.json", text)
    with pytest.raises(InputError) as refused:
        verified_archive(tmp_path / "x.zip")
    assert str(refused.value) == f"{tmp_path / 'x.zip'}: {told}"


def test_a_missing_journal_is_not_said_to_have_a_broken_chain(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = contents(archive)
    del held["journals/journal.jsonl"]
    with (tmp_path / "x.zip").open("wb") as file:
        zipped(file, held)
    found = verified_archive(tmp_path / "x.zip")
    assert (found.verified, found.journals[0].chain) == (False, None)
    print_archive(found)
    told = " ".join(capsys.readouterr().out.split())
    assert "its chain is not checked, because the file is missing." in told
    assert "not whole" not in told


def forged(path: Path, target: Path, name: str, data: bytes | None) -> None:
    """Change or remove a file of an archive, and the manifest with it."""
    held = contents(path)
    manifest = json.loads(held["manifest.json"])
    if data is None:
        del held[name], manifest["files"][name]
    else:
        held[name] = data
        told = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        manifest["files"][name] = {"what": "the sessions as a table", **manifest["files"].get(name, {}), **told}
    held["manifest.json"] = json.dumps(manifest).encode()
    with target.open("wb") as file:
        zipped(file, held)


def test_the_tables_and_the_debrief_of_an_archive_are_what_its_journals_give(
    counterpoise: Command, archive: Path
) -> None:
    compared = verified(counterpoise, archive, 0)["compared"]
    made = [name for name in contents(archive) if name.startswith(("tables/", "debrief.", "scenarios/"))]
    assert sorted(compared["equal"]) == sorted(made)
    assert (compared["differing"], compared["skipped"], compared["note"]) == ([], [], "")
    told = " ".join(counterpoise("verify", archive).stdout.split())
    assert f"Made again from the journals, with equal bytes: {len(made)} tables and other files." in told


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("tables/decisions.csv", lambda data: data + b"\n"),
        ("debrief.json", lambda data: data.replace(b"0", b"1", 1)),
        ("tables/more.csv", lambda _: b"more\n"),
        ("tables/scores.csv", lambda _: None),
    ],
)
def test_a_table_that_was_changed_together_with_the_manifest_is_named(
    counterpoise: Command, archive: Path, tmp_path: Path, name: str, change: Callable[[bytes], bytes | None]
) -> None:
    forged(archive, tmp_path / "x.zip", name, change(contents(archive).get(name, b"")))
    found = verified(counterpoise, tmp_path / "x.zip", 1)
    assert (found["changed"], found["added"], found["missing"]) == ([], [], [])
    assert found["compared"]["differing"] == [name]
    told = " ".join(counterpoise("verify", tmp_path / "x.zip").stdout.split())
    assert f"{name} differs from what the journals give." in told


def test_what_another_release_made_is_not_compared_and_that_is_said(
    counterpoise: Command, archive: Path, tmp_path: Path
) -> None:
    held = contents(archive)
    manifest = json.loads(held["manifest.json"]) | {"counterpoise": "0.3.9"}
    with (tmp_path / "x.zip").open("wb") as file:
        zipped(file, {**held, "manifest.json": json.dumps(manifest).encode()})
    compared = verified(counterpoise, tmp_path / "x.zip", 0)["compared"]
    assert compared["equal"] == compared["differing"] == []
    assert "tables/decisions.csv" in compared["skipped"]
    assert "release 0.3.9 made them" in compared["note"]


def test_an_archive_of_a_game_of_people_verifies_and_says_which_tables_the_server_alone_can_make(
    counterpoise: Command, checkerboard: str, tmp_path: Path
) -> None:
    session = Session(scenario_text=checkerboard, seed="7", session_id="s", secret="secret")
    session.command(SERVER, local_id("s", SERVER, 0), Start())
    session.submit(ActorId("ARD"), "a" * 32, 0, Message(to=(ActorId("BEL"),), text="Trust Ada Lovelace"))
    with JournalFile.create(tmp_path / "s.db") as file:
        file.append(session.take_entries())
        file.tokens.claim(file.tokens.issue("player", "ARD"), "Ada Lovelace")
    assert counterpoise("archive", tmp_path / "s.db", tmp_path / "x.zip").returncode == 0
    compared = verified(counterpoise, tmp_path / "x.zip", 0)["compared"]
    assert {"tables/people.csv", "tables/sessions.csv", "tables/incidents.csv"} <= set(compared["skipped"])
    assert {"tables/scores.csv", "tables/model_rows.csv"} <= set(compared["equal"])
    assert "what the server noted of people" in compared["note"]


def test_tables_of_erased_texts_are_not_compared_and_the_others_are(counterpoise: Command, tmp_path: Path) -> None:
    assert counterpoise("archive", JOURNAL, tmp_path / "x.zip", "--without-texts").returncode == 0
    compared = verified(counterpoise, tmp_path / "x.zip", 0)["compared"]
    assert "tables/incidents.csv" in compared["skipped"]
    assert "tables/decisions.csv" in compared["equal"]
    assert "texts that are erased" in compared["note"]
