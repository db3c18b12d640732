"""List the modules and classes of a package, so that a new move, hypothesis or bot is one new file and nothing else."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


@cache
def modules_of(package: ModuleType) -> tuple[ModuleType, ...]:
    """Import every public module of ``package`` and return them in the order of their names, the same on every machine.

    The folder is read once in each process: a bot that looks ahead starts thousands of simulations, and each needs the list.
    """
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_"))
    return tuple(importlib.import_module(f"{package.__name__}.{name}") for name in names)


def subclasses_in(package: ModuleType, base: type[T]) -> tuple[type[T], ...]:
    """Return the classes derived from ``base`` that the modules of ``package`` define, in the order of their names."""
    found: list[type[T]] = []
    for module in modules_of(package):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, base) and value.__module__ == module.__name__:
                found.append(value)
    return tuple(found)
