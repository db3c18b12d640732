"""The command: the composition root, the only room that may import everything."""

from __future__ import annotations

import sys
from typing import NoReturn

from counterpoise.errors import CounterpoiseError

INTERRUPTED = 130
"""As shells have it: 128 and the number of the signal that Ctrl-C sends."""


def main() -> None:
    """Run the command line. Errors of ours become one line on standard error and the exit code of their kind."""
    try:
        from counterpoise.cli.app import (
            app,  # loading all of it takes a second, in which somebody may change their mind
        )

        app()
    except CounterpoiseError as error:
        print(f"counterpoise: {error}", file=sys.stderr)  # noqa: T201 - this is what a command is for
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _break_off()
    except SystemExit as leaving:
        if leaving.code == INTERRUPTED:  # the command was loaded, and has taken the interruption already
            _break_off()
        raise


def _break_off() -> NoReturn:
    print("counterpoise: interrupted", file=sys.stderr)  # noqa: T201
    sys.exit(INTERRUPTED)
