"""The rows that an estimator was given, kept while somebody asks for them.

A table of these rows lets a reader make an estimate again without reading the code. ``kept_models`` asks; an estimator that is
wrapped by ``keeps_rows`` answers. Nothing is kept, and no time is spent, outside of ``kept_models``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from counterpoise.theory.statistics.fitting import Fit

P = ParamSpec("P")
R = TypeVar("R")
Columns = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class ModelRows:
    """One model as it was fitted.

    ``columns`` are equally long: ``y`` is the outcome, ``x1`` the covariate of the estimate, ``x2`` and on are controls.
    ``session`` and ``chooser`` are the cluster of a row. What else there is depends on the estimator, whose formula names it.
    """

    estimator: str
    formula: str
    columns: Columns
    fit: Fit | None


_kept: ContextVar[list[ModelRows] | None] = ContextVar("kept_models", default=None)


@contextmanager
def kept_models() -> Iterator[list[ModelRows]]:
    """Keep the rows of every model that is fitted in the block, in the order of the fits."""
    models: list[ModelRows] = []
    token = _kept.set(models)
    try:
        yield models
    finally:
        _kept.reset(token)


def keeps_rows(
    formula: str, laid_out: Callable[..., Columns], fit_of: Callable[[Any], Fit | None] = lambda fit: fit
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator for an estimator whose rows can be kept.

    Args:
        formula: how the estimate comes from the columns. ``{controls}`` stands for the controls: ``+ x2 + x3``.
        laid_out: from the estimator's arguments, by their names, to the columns.
        fit_of: from what the estimator returns to its fit.
    """

    def decorate(estimator: Callable[P, R]) -> Callable[P, R]:
        order = signature(estimator)

        @wraps(estimator)
        def fitted(*given: P.args, **named: P.kwargs) -> R:
            kept = _kept.get()
            if kept is None:
                return estimator(*given, **named)
            token = _kept.set(None)  # an estimator inside this one is part of it
            try:
                made = estimator(*given, **named)
            finally:
                _kept.reset(token)
            bound = order.bind(*given, **named)
            bound.apply_defaults()
            columns = laid_out(**bound.arguments)
            more = [name for name in columns if name.startswith("x") and name != "x1"]
            controls = "".join(f" + {name}" for name in more)
            kept.append(ModelRows(estimator.__name__, formula.format(controls=controls), columns, fit_of(made)))
            return made

        return fitted

    return decorate


def numbered_columns(columns: Sequence[Any], first: int = 1) -> Columns:
    """Return columns by the names ``x1``, ``x2`` and so on."""
    return {f"x{place}": plain(column) for place, column in enumerate(columns, start=first)}


def cluster_columns(clusters: Any) -> Columns:
    """Return the session and the chooser of each row; clusters that are numbers have no session."""
    pairs = [label if isinstance(label, tuple) else (None, str(label)) for label in clusters]
    return {
        "session": [None if label[0] is None else str(label[0]) for label in pairs],
        "chooser": [" ".join(str(part) for part in label[1:]) for label in pairs],
    }


def window_column(windows: Sequence[int] | None) -> Columns:
    """Return the windows of the rows; nothing where they are not known."""
    return {} if windows is None else {"window": [int(window) for window in windows]}


def plain(column: Any) -> list[float]:
    """Return a column as plain numbers."""
    return [float(value) for value in column]
