"""Zip files whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from typing import BinaryIO

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can give a file. Every file has it, so that equal contents give equal bytes."""
_UNIX, _PLAIN_FILE = 3, 0o100644


def zipped(target: BinaryIO, files: Mapping[str, bytes]) -> None:
    """Write files into a zip file, in the order of their names.

    Args:
        target: where to write.
        files: the contents, by name.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
