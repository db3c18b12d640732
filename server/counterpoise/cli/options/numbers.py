"""Options that are numbers."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

import typer

from counterpoise.errors import comparison


def number_option(
    name: str, help_text: str, kind: type[int] | type[float], least: float = -inf, most: float = inf, metavar: str = ""
) -> Any:
    """Return an option that is a number.

    Args:
        name: the option's, such as ``--seeds``.
        help_text: what the option does.
        kind: ``int`` for whole numbers only.
        least: the least number allowed.
        most: the greatest number allowed.
        metavar: what stands for the number in the help: the range, unless it is given.
    """
    if not metavar:
        metavar = f"{least:g}-{most:.0f}" if most < inf else "NUMBER"
    return typer.Option(name, parser=_parser(name, kind, least, most), metavar=metavar, help=help_text)


def _parser(name: str, kind: type[int] | type[float], least: float, most: float) -> Callable[[object], float]:
    """Return the function that reads the text of an option; it raises ``typer.BadParameter``."""
    expected = "a whole number" if kind is int else "a number"
    if most < inf:
        expected += f" from {least:g} to {most:.0f}"
    elif least > -inf:
        expected += f" of at least {least:g}"

    def parse(text: object) -> float:
        try:
            number = kind(str(text))
        except ValueError as error:
            raise typer.BadParameter(comparison(expected, str(text)), param_hint=name) from error
        if not least <= number <= most:
            raise typer.BadParameter(comparison(expected, str(text)), param_hint=name)
        return number

    return parse
