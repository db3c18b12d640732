"""Options that are one of a few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer

from counterpoise.errors import comparison


def choice_option(name: str, help_text: str, choices: Sequence[str]) -> Any:
    """Return an option that is one of a few words.

    Args:
        name: the option's, such as ``--mode``.
        help_text: what the option does.
        choices: the words.
    """

    def parse(text: str) -> str:
        if text not in choices:
            raise typer.BadParameter(comparison(f"one of {', '.join(choices)}", text), param_hint=name)
        return text

    return typer.Option(name, parser=parse, metavar="|".join(choices), help=help_text)
