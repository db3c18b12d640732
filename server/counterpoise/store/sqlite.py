"""The parts of sqlite-utils that journals use, imported without pandas and numpy.

sqlite-utils imports pandas and numpy wherever they are installed, to store their types.
Journals hold none of these types, and the two libraries cost half a second each time a command starts.

``sqlite3`` is the module that sqlite-utils uses: it prefers ``pysqlite3`` where that is installed, and the errors are
then that module's.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

_OPTIONAL = ("numpy", "pandas")


@contextmanager
def _import_refused(*names: str) -> Iterator[None]:
    """Let ``import`` of these modules raise ImportError inside the block, unless they are imported already."""
    refused = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(refused))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in refused:
            del sys.modules[name]


if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database, Migrations
else:
    with _import_refused(*_OPTIONAL):
        from sqlite_utils import Database, Migrations
        from sqlite_utils.utils import sqlite3

__all__ = ["Database", "Migrations", "sqlite3"]
