"""The log of a server, and what must not get into it: whoever may read the log is not whoever may take a seat."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from counterpoise.cli.terminal import console
from counterpoise.errors import CounterpoiseError, StorageError

LOG_FORMATS = ("text", "json")
LEVELS = ("debug", "info", "warning", "error")
_TEXT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_JSON = ("asctime", "levelname", "name", "message")
_JSON_NAMES = {"asctime": "time", "levelname": "level", "name": "logger", "exc_info": "exception"}
_SHOWS_FRAMES = ("counterpoise.websockets", "websockets")
"""The loggers that write whole frames at the level ``debug``: tokens, orders and texts."""


def start_log(form: str, level: str) -> None:
    """Send the log of this process to standard error.

    Args:
        form: ``text``, or ``json`` for one object with ``time`` (UTC), ``level``, ``logger`` and ``message`` on each line.
        level: the least important messages that are logged, one of ``LEVELS``. What clients send is never logged.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(_TEXT) if form == "text" else _json_formatter())
    logging.basicConfig(handlers=[handler], level=level.upper())
    for name in _SHOWS_FRAMES:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))


def _json_formatter() -> logging.Formatter:
    from time import gmtime  # a log of text needs neither of these

    from pythonjsonlogger.json import JsonFormatter

    formatter = JsonFormatter(_JSON, rename_fields=_JSON_NAMES, datefmt="%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = gmtime
    return formatter


@contextmanager
def errors_in_log(form: str) -> Iterator[None]:
    """Let an error that ends the command be a line of the log where the log is ``json``; the exit code stays the same."""
    try:
        yield
    except CounterpoiseError as error:
        if form != "json":
            raise
        logging.getLogger("counterpoise.cli").critical("%s", error)
        raise typer.Exit(error.exit_code) from error


@contextmanager
def secrets_in_file(path: Path, *, always: bool = False) -> Iterator[None]:
    """Write what the block prints to a file that only its owner may read, if standard output is the log of a service.

    Args:
        path: the file.
        always: whether to write the file wherever standard output goes.

    Raises:
        StorageError: the file cannot be written.
    """
    if not always and not goes_to_service_log():
        yield
        return
    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)  # journals in a database leave it unmade
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file, console.printing_to(file):
            os.fchmod(descriptor, 0o600)
            yield
    except OSError as error:
        raise StorageError(str(path), f"cannot write the links ({error.strerror or error})") from error
    console.print(f"The links are in {path}, because this output goes to the log of a service.", markup=False)


def goes_to_service_log() -> bool:
    """Return whether standard output is the journal of systemd, which names it in ``JOURNAL_STREAM`` (systemd.exec)."""
    try:
        status = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{status.st_dev}:{status.st_ino}"
