"""The ``sqlite3`` that sqlite-utils uses: it prefers ``pysqlite3`` where that is installed, and the errors are then its."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
else:
    from sqlite_utils.utils import sqlite3

__all__ = ["sqlite3"]
