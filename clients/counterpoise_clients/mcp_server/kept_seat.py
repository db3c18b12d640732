"""The way back to a seat, on disk: a link works once, and a program that plays over MCP is started anew for each conversation."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from counterpoise.errors import StorageError
from counterpoise_clients.network.links import KeptToken


class TokenFile(KeptToken):
    """The newest token of a link, in a file that only its owner can read.

    Args:
        folder: where the files are; it is made if it does not exist.
        link: the link, as the host gave it. The file's name does not tell it.

    Raises:
        StorageError: the folder or the file cannot be used.
    """

    def __init__(self, folder: Path, link: str) -> None:
        self._file = folder / f"seat-{hashlib.sha256(link.strip().encode()).hexdigest()[:16]}.token"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            super().__init__(self._file.read_text(encoding="ascii").strip() if self._file.exists() else "")
        except (OSError, UnicodeError) as error:
            raise StorageError(str(self._file), str(error)) from error

    def follow(self, used: str, next_token: str) -> None:
        """Keep what replaces a token, in the file too."""
        super().follow(used, next_token)
        beside = self._file.with_suffix(".new")
        try:
            with os.fdopen(
                os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii"
            ) as file:
                file.write(self.newest)
            beside.replace(self._file)
        except OSError as error:
            raise StorageError(str(self._file), error.strerror or str(error)) from error
