"""The doctor names what is wrong with a machine, its settings and its data, with what to do; a fault gives exit code 1."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counterpoise.cli.operations.data_checks import file_system_of
from counterpoise.cli.operations.machine_checks import python_finding, sqlite_finding
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.gateway.signing.server_key import ServerKey, open_private_key
from counterpoise.session.commands import SERVER, End, local_id
from counterpoise.session.proofs.checkpoints import write_checkpoint
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def folder(tmp_path: Path, checkerboard: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one sound journal; a server on it would take any free port."""
    monkeypatch.setenv("COUNTERPOISE_HOST_PORT", "0")
    data = tmp_path / "data"
    data.mkdir(0o700)
    with JournalFile.create(data / "g.db") as journal:
        journal.append(Session(scenario_text=checkerboard, seed="7", session_id="g", secret="s").take_entries())
    return data


def diagnosed(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    return {row["check"]: row for row in json.loads(done.stdout)["findings"]}


def test_a_sound_server_has_no_fault(counterpoise: Command, folder: Path) -> None:
    done = counterpoise("doctor", "--data", folder, "--json")
    rows = diagnosed(done)
    assert done.returncode == 0, [row for row in rows.values() if row["level"] == "fault"]
    assert {"Python", "SQLite", "clock", "time zones", "limits", "browser files", "disk", "sync"} <= set(rows)
    assert rows["journal g.db"]["found"].endswith("not ended; the chain is whole")
    assert rows["permissions"]["level"] == rows["data folder"]["level"] == "ok"
    text = counterpoise("doctor", "--data", folder).stdout
    assert "ok       port 0: any free port" in text
    assert " checks; faults: 0, " in text
    assert not list(folder.glob("*.new"))


def test_a_game_that_is_over_is_called_ended_although_a_checkpoint_comes_last(
    counterpoise: Command, folder: Path, checkerboard: str
) -> None:
    key = ServerKey(open_private_key(folder / "server.key"), lambda: b"0" * 16)
    session = Session(scenario_text=checkerboard, seed="7", session_id="g", secret="s")
    session.command(SERVER, local_id("g", SERVER, 0), End())
    write_checkpoint(session, key, key.salt())
    (folder / "g.db").unlink()
    with JournalFile.create(folder / "g.db") as journal:
        journal.append(session.take_entries())
    found = diagnosed(counterpoise("doctor", "--data", folder, "--json"))["journal g.db"]["found"]
    assert found.endswith(" entries, ended; the chain is whole")


def test_what_is_wrong_with_the_data_is_named_with_what_to_do(counterpoise: Command, folder: Path) -> None:
    shutil.copy(folder / "g.db", folder / "cut.db")
    with (folder / "cut.db").open("r+b") as file:
        file.truncate(5000)
    (folder / "server.key").write_text("key")
    (folder / "server.key").chmod(0o644)
    folder.chmod(0o755)
    done = counterpoise("doctor", "--data", folder, "--json")
    assert done.returncode == 1
    rows = diagnosed(done)
    assert (rows["journal cut.db"]["level"], rows["journal g.db"]["level"]) == ("fault", "ok")
    assert "Restore it from a backup" in rows["journal cut.db"]["advice"]
    assert rows["data folder"]["advice"] == f"chmod 700 {folder}"
    assert rows["key"]["level"] == "fault"
    assert "chmod 600" in rows["key"]["found"]
    (folder / "server.key").unlink()
    assert diagnosed(counterpoise("doctor", "--data", folder, "--json"))["key"]["level"] == "warning"


def test_a_wrong_setting_is_a_fault_with_its_line(counterpoise: Command, folder: Path) -> None:
    file = folder.parent / "class.toml"
    file.write_text(f'[host]\ndata = "{folder}"\nmode = "fast"\n', encoding="utf-8")
    done = counterpoise("doctor", "--config", file, "--json")
    assert done.returncode == 1
    assert "host.mode (line 3)" in diagnosed(done)["settings"]["found"]


async def test_a_port_in_use_is_a_fault_unless_the_server_of_the_folder_has_it(
    counterpoise: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Server(ServerConfig(data_dir=folder, port=0)) as server:
        monkeypatch.setenv("COUNTERPOISE_HOST_PORT", str(server.port))
        port = f"port {server.port}"
        own = diagnosed(counterpoise("doctor", "--data", folder, "--json"))
        assert own[port]["found"] == "in use, and the server of these settings runs"
        assert own["journal g.db"]["level"] == "ok"
        other = counterpoise("doctor", "--data", tmp_path / "other", "--json")
        assert other.returncode == 1
        assert diagnosed(other)[port]["level"] == "fault"


def test_an_address_that_is_open_to_others_is_a_fault_unless_it_is_accepted(
    counterpoise: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNTERPOISE_HOST_HOST", "0.0.0.0")
    assert diagnosed(counterpoise("doctor", "--data", folder, "--json"))["address"]["level"] == "fault"
    monkeypatch.setenv("COUNTERPOISE_HOST_INSECURE_LAN", "1")
    assert diagnosed(counterpoise("doctor", "--data", folder, "--json"))["address"]["level"] == "warning"


def test_a_database_that_does_not_answer_is_a_fault(
    counterpoise: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("psycopg", reason="the extra cluster is not installed")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("COUNTERPOISE_HOST_DATABASE", f"postgresql://nobody@127.0.0.1:{port}/none")
    done = counterpoise("doctor", "--data", folder, "--json")
    assert done.returncode == 1
    assert diagnosed(done)["database"]["level"] == "fault"


@pytest.mark.parametrize(
    ("version", "level"),
    [((3, 36, 0), "fault"), ((3, 40, 1), "warning"), ((3, 51, 2), "warning"), ((3, 51, 3), "ok"), ((4, 0, 0), "ok")],
)
def test_a_sqlite_that_may_lose_pages_of_a_reset_log_is_a_warning(version: tuple[int, ...], level: str) -> None:
    assert sqlite_finding(version).level == level


@pytest.mark.parametrize(("version", "level"), [((3, 11, 2), "ok"), ((3, 14, 0), "ok"), ((3, 15, 0), "warning")])
def test_a_python_that_is_not_tested_is_a_warning(version: tuple[int, ...], level: str) -> None:
    assert python_finding(version).level == level


def test_the_file_system_of_a_folder_is_that_of_its_nearest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda / ext4 rw 0 0\nhost:/export /srv/class\\040two nfs4 rw 0 0\n", encoding="utf-8")
    assert file_system_of(Path("/srv/class two/data"), mounts) == "nfs4"
    assert file_system_of(Path("/srv/class"), mounts) == "ext4"
    assert file_system_of(Path("/srv"), tmp_path / "none") == ""
