"""The commands: the composition root, the only package that may import every other one."""

from __future__ import annotations

import sys
from io import StringIO
from typing import NoReturn

from counterpoise.errors import CounterpoiseError, StorageError

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it: 128 and the number of SIGINT."""


def main() -> None:
    """Run the command line. Print our errors as one line on standard error and exit with the code of their class."""
    try:
        # Imported here, so that Ctrl-C during the import ends in one line too.
        from counterpoise.cli.app import command_group

        command_group()()
    except CounterpoiseError as error:
        _exit(str(error), error.exit_code)
    except KeyboardInterrupt:
        _exit("interrupted", INTERRUPTED)
    except OSError as error:  # standard output or standard error, or a file that no command expects to fail
        where = f"{error.filename}: " if error.filename else ""
        _exit(f"{where}cannot be read or written ({error.strerror or error})", StorageError.exit_code)
    except SystemExit as leaving:
        if leaving.code == INTERRUPTED:  # typer turns Ctrl-C into this exit code without printing anything
            _exit("interrupted", INTERRUPTED)
        _exit("", leaving.code)


def _exit(problem: str, code: str | int | None) -> NoReturn:
    """Print a problem, if there is one, and exit. What cannot be printed, as on a full disk, does not change the code."""
    try:
        if problem:
            print(f"counterpoise: {problem}", file=sys.stderr)  # noqa: T201 - a command prints its errors
        sys.stderr.flush()
    except OSError:
        sys.stderr = StringIO()  # Python would try again, and end with a code of its own
    try:
        sys.stdout.flush()
    except OSError as error:
        sys.stdout = StringIO()
        if not code:
            _exit(f"standard output cannot be written ({error.strerror})", StorageError.exit_code)
    sys.exit(code)
