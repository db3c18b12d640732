"""What a user has at a path is replaced by a whole new file or not at all, and never without being asked for."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from counterpoise.cli.output_files import filling, replace_text, replacing, require_no_journals, require_page
from counterpoise.errors import ConfigurationError, StorageError

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@contextmanager
def full_disk(free: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: a write beyond them fails as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_that_cannot_be_written_whole_leaves_the_older_one_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("older")
    with full_disk(4096), pytest.raises(StorageError) as refused:
        replace_text(path, "x" * 100_000)
    assert refused.value.exit_code == 74
    assert path.read_text() == "older"
    assert os.listdir(tmp_path) == ["page.html"]


def test_a_replaced_file_keeps_its_mode_and_a_link_to_it_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "page.html", tmp_path / "link.html"
    path.write_text("older")
    path.chmod(0o640)
    link.symlink_to(path)
    replace_text(link, "newer")
    assert link.is_symlink()
    assert path.read_text() == "newer"
    assert path.stat().st_mode & 0o777 == 0o640


def test_an_interrupted_writer_leaves_the_older_file(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_text("older")

    def write_half() -> None:
        with replacing(path) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()
    assert path.read_text() == "older"
    assert os.listdir(tmp_path) == ["journal.jsonl"]


def test_a_pipe_is_written_to_and_not_replaced() -> None:
    reader, writer = os.pipe()
    with open(reader, "rb") as kept:
        replace_text(Path(f"/dev/fd/{writer}"), "through")
        os.close(writer)
        assert kept.read() == b"through"


def test_files_that_belong_together_come_together_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    with filling(folder, ["a.csv", "b.csv"], force=False) as inside:
        (inside / "a.csv").write_text("a1")
        (inside / "b.csv").write_text("b1")
    (folder / "orders.csv").write_text("mine")
    with pytest.raises(ConfigurationError, match=r"a.csv exists already. .*replace 2 files with --force"):
        filling(folder, ["a.csv", "b.csv"], force=False).__enter__()

    def fill_disk() -> None:
        with filling(folder, ["a.csv", "b.csv"], force=True) as inside:
            (inside / "a.csv").write_text("a2")
            (inside / "b.csv").write_text("b" * 100_000)

    with full_disk(4096), pytest.raises(StorageError):
        fill_disk()
    assert [(folder / name).read_text() for name in ("a.csv", "b.csv", "orders.csv")] == ["a1", "b1", "mine"]
    with filling(folder, ["a.csv"], force=True) as inside:
        (inside / "a.csv").write_text("a3")
    assert (folder / "a.csv").read_text() == "a3"
    assert sorted(os.listdir(folder)) == ["a.csv", "b.csv", "orders.csv"]


def test_an_export_does_not_replace_a_users_own_file_without_being_told_to(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    (tmp_path / "orders.csv").write_text("my own orders")
    (tmp_path / "notes.txt").write_text("my notes")
    done = counterpoise("export", journal, tmp_path)
    assert done.returncode == 78
    assert "orders.csv exists already" in done.stderr
    assert sorted(os.listdir(tmp_path)) == ["notes.txt", "orders.csv"]
    assert (tmp_path / "orders.csv").read_text() == "my own orders"
    assert counterpoise("export", journal, tmp_path, "--force").returncode == 0
    assert (tmp_path / "orders.csv").read_text() != "my own orders"
    assert (tmp_path / "notes.txt").read_text() == "my notes"


def test_a_folder_with_journals_is_refused_where_new_ones_would_join_them(tmp_path: Path) -> None:
    require_no_journals(tmp_path / "new", "--journals")
    (tmp_path / "notes.txt").touch()
    require_no_journals(tmp_path, "--journals")
    (tmp_path / "game-00001.jsonl").touch()
    with pytest.raises(ConfigurationError, match=r"--journals .*game-00001.jsonl\. Give an empty folder"):
        require_no_journals(tmp_path, "--journals")


def test_a_page_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><title>My homepage</title>")
    with pytest.raises(ConfigurationError, match="no page of counterpoise"):
        require_page(page)
    page.write_text("<!doctype html><title>Europe - counterpoise debrief</title>")
    require_page(page)


@pytest.mark.parametrize(("arguments", "code"), [(("verify", "missing.db"), 65), (("scenarios",), 74)])
def test_a_full_disk_under_the_output_changes_no_exit_code_but_that_of_success(
    tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "counterpoise", *arguments]
        done = subprocess.run(command, stdout=full, stderr=full, cwd=tmp_path, timeout=60, check=False)
    assert done.returncode == code
