"""A result that is kept beside the world until what it was made from changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A result, and what it was made from: as long as that is equal, the result is too."""

    made_from: object
    result: T
