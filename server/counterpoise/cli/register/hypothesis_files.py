"""The option ``--hypothesis``: hypotheses of a user's own, each in one Python file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.errors import InputError
from counterpoise.sim.bot import describe_error
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.own_hypothesis import NAME, OwnHypothesis
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise_clients.python_files import hash_of_source, imported_file

HypothesisFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--hypothesis",
        help="A Python file with one class derived from Hypothesis, scored beside the others; may be repeated.",
        metavar="FILE",
    ),
]


def own_hypotheses(files: Sequence[Path] | None) -> dict[str, OwnHypothesis]:
    """Return the hypotheses of some files by name.

    Raises:
        InputError: a file holds no hypothesis or several, or one without a name, a title or a forecast, or whose name is taken.
    """
    found: dict[str, OwnHypothesis] = {}
    for file in files or ():
        own = _own_hypothesis(file)
        if own.name in HYPOTHESES or own.name in found:
            raise InputError(str(file), "name", "a name that no other hypothesis has", repr(own.name))
        found[own.name] = own
    return found


def _own_hypothesis(file: Path) -> OwnHypothesis:
    source = str(file)
    module = imported_file(source, "hypothesis")
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Hypothesis) and value.__module__ == module.__name__
    ]
    if len(classes) != 1:
        expected = "one class derived from counterpoise.theory.forecasting.hypothesis.Hypothesis"
        raise InputError(source, "", expected, f"{len(classes)} of them" if classes else "none")
    [kind] = classes
    name, title = getattr(kind, "name", None), getattr(kind, "title", None)
    if not isinstance(name, str) or not NAME.fullmatch(name):
        form = "a text of lower case letters, digits and underscores, at most 40 of them, a letter first"
        raise InputError(source, f"{kind.__name__}.name", form, repr(name))
    if not isinstance(title, str) or not title:
        raise InputError(source, f"{kind.__name__}.title", "a text for readers", repr(title))
    if kind.scores is Hypothesis.scores and kind.shares is Hypothesis.shares:
        raise InputError(source, kind.__name__, "a method scores(self, window) or shares(self, window)", "neither")
    try:
        given = kind()
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise InputError(source, kind.__name__, "a class that takes no arguments", describe_error(error)) from error
    return OwnHypothesis(given, source, hash_of_source(module))
