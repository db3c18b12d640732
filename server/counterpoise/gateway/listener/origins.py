"""Which web pages may open a websocket here: the server's own, under whatever name they were loaded."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from urllib.parse import urlsplit

LOGGED_MAX = 20
"""Of so many refused origins the log says how to allow them; a stranger could make up any number."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_log = logging.getLogger("counterpoise.gateway")


class OriginCheck:
    """Accepts a page whose origin is the host that it asks, and pages of further origins that the operator names.

    A browser sends the name and port under which it reached the server as ``Host``, through a tunnel and a container's port
    too. A proxy may change it: then the operator names the public address.

    Args:
        allowed: further origins, such as ``https://example.org``.
        url: the address to tell a refused page.
    """

    def __init__(self, allowed: Iterable[str], url: str) -> None:
        self._allowed = {place for origin in allowed if (place := _place(origin)) is not None}
        self._url = url
        self._logged: set[str] = set()

    def problem(self, origin: str | None, host: str) -> str:
        """Return why a page may not connect and what to do; empty if it may. Clients other than browsers send no origin."""
        if origin is None:
            return ""
        place = _place(origin)
        if place is not None and (place in self._allowed or place == _place(f"{place[0]}://{host}")):
            return ""
        shown = origin[:60]
        problem = f"open it at {self._url}, or give the server --public-url {shown}"
        if shown not in self._logged and len(self._logged) < LOGGED_MAX:
            self._logged.add(shown)
            _log.warning("refused a page that was opened at %s: %s", shown, problem)
        return problem


def _place(origin: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port of an origin; ``None`` if it is not the origin of a web page."""
    try:
        parts = urlsplit(origin)
        port = parts.port or _DEFAULT_PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None
