"""The address of an arena, and the key that an entrant keeps."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from counterpoise.errors import StorageError

_SCHEMES = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}


def arena_socket(address: str) -> str | None:
    """Return the address of an arena's websocket; ``None`` if the address is of something else.

    Args:
        address: such as ``https://games.example/arena``.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    if parts.scheme not in _SCHEMES or not parts.netloc or not path.endswith("/arena"):
        return None
    return f"{_SCHEMES[parts.scheme]}://{parts.netloc}{path}/ws"


def kept_key(path: Path) -> str:
    """Return the key in a file; make one, for the owner of the file alone, if there is no file.

    Raises:
        StorageError: the file cannot be read or written, or holds no key.
    """
    try:
        if not path.exists():
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
            with open(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(24) + "\n")
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        raise StorageError(str(path), f"cannot read or write this key ({error})") from error
    if not 16 <= len(key) <= 128:
        raise StorageError(str(path), f"expected a key of 16 to 128 characters, got {len(key)}")
    return key
