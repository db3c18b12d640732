"""The commands: the composition root, the only package that may import every other one."""

from __future__ import annotations

import sys
from typing import NoReturn

from counterpoise.errors import CounterpoiseError

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it: 128 and the number of SIGINT."""


def main() -> None:
    """Run the command line. Print our errors as one line on standard error and exit with the code of their class."""
    try:
        # Imported here, so that Ctrl-C during the import ends in one line too.
        from counterpoise.cli.app import command_group

        command_group()()
    except CounterpoiseError as error:
        print(f"counterpoise: {error}", file=sys.stderr)  # noqa: T201 - a command prints its errors
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _exit_interrupted()
    except SystemExit as leaving:
        if leaving.code == INTERRUPTED:  # typer turns Ctrl-C into this exit code without printing anything
            _exit_interrupted()
        raise


def _exit_interrupted() -> NoReturn:
    print("counterpoise: interrupted", file=sys.stderr)  # noqa: T201
    sys.exit(INTERRUPTED)
