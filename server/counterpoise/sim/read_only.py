"""Plain values that nobody can change, so that all seats can share them."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")
_CONTAINERS = (dict, list, tuple)


class ReadOnlyDict(dict[K, V]):
    """A dict that cannot be changed. It reads, compares and encodes like any other dict; ``dict(it)`` is a copy to change."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("this part of a view is read-only, because other seats share it; change a copy: dict(...)")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __copy__(self) -> ReadOnlyDict[K, V]:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> ReadOnlyDict[K, V]:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return ReadOnlyDict, (dict(self),)


def read_only(value: Any) -> Any:
    """Return plain values that cannot be changed: dicts become ``ReadOnlyDict``, lists become tuples."""
    if isinstance(value, dict):
        return ReadOnlyDict(
            {name: read_only(item) if isinstance(item, _CONTAINERS) else item for name, item in value.items()}
        )
    if isinstance(value, _CONTAINERS):
        return tuple(map(read_only, value))
    return value
