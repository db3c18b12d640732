"""The option ``--schema``: print the JSON Schema of a command's document, before any other argument is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from counterpoise.cli.terminal import print_json


def schema_option(schema: Callable[[], dict[str, Any]]) -> Any:
    """Return the option that prints a schema and ends the command."""

    def print_schema(asked: bool) -> None:
        if asked:
            print_json(schema())
            raise typer.Exit

    return typer.Option(
        "--schema",
        callback=print_schema,
        is_eager=True,
        help="Print the JSON Schema of the document instead; no other argument is needed.",
    )
