"""The table of commands, and what a command imports before it starts."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from counterpoise.cli.app import COMMANDS, ListedCommand, command_group, load

STATISTICS = {"pandas", "scipy", "statsmodels"}
ARRAYS = {"numpy"}
"""What forecasts are computed with, so that a server needs it and a short command does not."""
SUMMARY_MAX = 60
"""Longer summaries would be cut off in the help of a terminal of 80 columns."""

_SCRIPT = """
import json, sys

async def stop_at_once(server):
    pass

sys.argv = ["counterpoise", *json.loads(sys.argv[1])]
if "host" in sys.argv:
    from counterpoise.gateway.server import Server
    Server.serve_until_stopped = stop_at_once
from counterpoise.cli import main
try:
    main()
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def imported_by(*arguments: object) -> Collection[str]:
    """Return the modules that are imported once a command has run; for ``host``, once the server listens."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, json.dumps([str(argument) for argument in arguments])],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    modules: list[str] = json.loads(done.stderr.splitlines()[-1])
    return frozenset(modules)


@pytest.mark.parametrize("listed", COMMANDS, ids=lambda listed: listed.name)
def test_a_summary_is_the_first_line_of_the_help_of_its_command(listed: ListedCommand) -> None:
    command = load(listed)
    assert command.help.split("\n\n")[0] == listed.summary
    assert len(listed.summary) <= SUMMARY_MAX


def test_the_help_lists_every_command_and_imports_none() -> None:
    imported = imported_by("--help")
    assert not [listed.name for listed in COMMANDS if listed.entry_point.partition(":")[0] in imported]


def test_the_group_holds_every_row_of_the_table() -> None:
    assert list(command_group().commands) == [listed.name for listed in COMMANDS]


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("scenarios",)], ids=" ".join)
def test_a_short_command_imports_no_statistics_library(arguments: tuple[str, ...]) -> None:
    assert (STATISTICS | ARRAYS).isdisjoint(imported_by(*arguments))


def test_the_version_imports_no_console_and_no_model() -> None:
    assert {"rich", "simpy", "counterpoise.sim"}.isdisjoint(imported_by("--version"))


def test_a_server_that_listens_has_imported_no_statistics_library(tmp_path: Path) -> None:
    imported = imported_by("host", "--port", 0, "--data", tmp_path)
    assert "websockets" in imported
    assert STATISTICS.isdisjoint(imported)
