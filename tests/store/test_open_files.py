"""A file that is deleted or replaced while it is open is noticed, and what was only in it is saved."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from counterpoise.errors import StorageError
from counterpoise.session.journal.entries import Entry
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.open_files import INDEX, LOG, OpenFiles, copy_database
from counterpoise.store.sqlite import sqlite3

Make = Callable[[int], list[Entry]]


@pytest.fixture
def journal(path: Path, some_entries: Make) -> Iterator[JournalFile]:
    """An open journal with entries in its log."""
    with JournalFile.create(path) as made:
        made.append(some_entries(1))
        made.append(some_entries(20))
        yield made


def entries_without_log(path: Path) -> int:
    """How many entries a process finds that comes after this one was killed, and sees the database alone."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.parametrize("name", [LOG, INDEX])
@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_log_that_is_gone_is_noticed_and_every_entry_is_moved_into_the_file(
    path: Path, journal: JournalFile, name: str, is_replaced: bool
) -> None:
    journal.renew()
    assert entries_without_log(path) == 1
    beside = path.with_name(path.name + name)
    if is_replaced:
        other = shutil.copy(beside, path.with_name("other"))
        beside.unlink()
        shutil.move(other, beside)
    else:
        beside.unlink()
    with pytest.raises(StorageError, match=f"{beside.name} was deleted or replaced .* moved into game.db"):
        journal.renew()
    assert entries_without_log(path) == 21, "the process may be killed now"
    with pytest.raises(StorageError, match="an earlier write failed"):
        journal.renew()


def test_an_append_after_the_log_is_gone_is_refused_and_loses_nothing(
    path: Path, journal: JournalFile, some_entries: Make
) -> None:
    Path(f"{path}{LOG}").unlink()
    with pytest.raises(StorageError, match="deleted or replaced"):
        journal.append(some_entries(1))
    assert entries_without_log(path) == 21


def test_a_log_that_goes_while_entries_are_written_is_noticed_before_they_are_acknowledged(
    path: Path, journal: JournalFile, some_entries: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[None] = []
    lost = OpenFiles.lost

    def lose_after_the_first_look(files: OpenFiles) -> list[Path]:
        found = lost(files)
        if not looks:
            Path(f"{path}{LOG}").unlink()
        looks.append(None)
        return found

    monkeypatch.setattr(OpenFiles, "lost", lose_after_the_first_look)
    with pytest.raises(StorageError, match="deleted or replaced"):
        journal.append(some_entries(1))
    assert entries_without_log(path) == 22


@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_journal_that_is_gone_is_saved_beside_its_old_place(
    path: Path, journal: JournalFile, is_replaced: bool
) -> None:
    path.unlink()
    if is_replaced:
        path.write_text("precious")
    Path(f"{path}.rescued").write_text("an older one")
    with pytest.raises(StorageError, match=r"game.db was deleted .* saved in .*game.db.rescued-2: rename it"):
        journal.renew()
    assert path.exists() == is_replaced
    saved = Path(f"{path}.rescued-2")
    assert saved.stat().st_mode & 0o777 == 0o600
    with JournalFile.read_only(saved) as reader:
        assert reader.head() == journal.head()
    if is_replaced:
        assert path.read_text() == "precious"


def test_a_folder_that_is_gone_is_said_to_have_taken_the_entries(tmp_path: Path, some_entries: Make) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    with JournalFile.create(folder / "game.db") as journal:
        journal.append(some_entries(3))
        shutil.rmtree(folder)
        with pytest.raises(StorageError, match="could not be saved"):
            journal.renew()


def test_a_copy_replaces_no_file_and_leaves_none_behind_when_it_fails(path: Path, journal: JournalFile) -> None:
    target = path.with_name("copy.db")
    target.write_text("precious")
    with pytest.raises(FileExistsError):
        copy_database(journal._connection, target)
    assert target.read_text() == "precious"
    target.unlink()
    letter = path.with_name("letter.db")
    letter.write_bytes(b"Dear all, " * 5000)
    with closing(sqlite3.connect(letter)) as connection, pytest.raises(sqlite3.Error):
        copy_database(connection, target)
    assert not target.exists()
