"""Join links: the address that a client connects to, and its token."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from counterpoise.errors import CounterpoiseError


class LinkError(CounterpoiseError):
    """A text is not a link to a session.

    Args:
        problem: what is wrong with the link; it never contains the token.
    """

    exit_code = 78

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"not a link to a session: {self.problem}"


@dataclass(slots=True)
class KeptToken:
    """The newest token of one place, which the clients of one machine may share, as the tabs of a browser do.

    Args:
        newest: a token to begin with; empty for that of the link.
    """

    newest: str = field(default="", repr=False)

    def follow(self, used: str, next_token: str) -> None:
        """Keep what replaces a token, unless another client has gone on from that token meanwhile: then its token is newer."""
        if self.newest == used:
            self.newest = next_token


@dataclass(frozen=True, slots=True)
class Link:
    """The websocket address of a session and the newest token."""

    url: str
    kept: KeptToken

    @property
    def token(self) -> str:
        """The newest token."""
        return self.kept.newest

    def __repr__(self) -> str:
        return f"Link({self.url!r}, token hidden)"


_TOKEN = re.compile("[A-Za-z0-9_-]+")
"""A token has no other characters."""
_SOCKET_SCHEMES = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}


def _token_in(fragment: str) -> str:
    """Return the token of a link without what was pasted with it, such as a percent sign, a full stop or a bracket."""
    found = _TOKEN.match(unquote(fragment))
    return "" if found is None else found[0]


def parse_link(link: str, token: str | KeptToken = "") -> Link:
    """Return the websocket address and the token of a link.

    Args:
        link: a join link as ``host`` prints it (``http://HOST/j/SESSION#TOKEN``), or a websocket address
            (``ws://HOST/s/SESSION/ws``), optionally with the token after ``#``. A server behind a proxy may have a path before
            ``/j`` or ``/s``.
        token: the token, for a link that has none or whose token was replaced; where it is kept, it follows what replaces it.

    Raises:
        LinkError: the link has another form, or there is no token.
    """
    try:
        parts = urlsplit(link.strip())
        _ = parts.port
    except ValueError as error:
        raise LinkError(f"its host or port is invalid: {error}") from error
    scheme = _SOCKET_SCHEMES.get(parts.scheme)
    if scheme is None or not parts.netloc:
        raise LinkError("it must begin with http://, https://, ws:// or wss:// and a host")
    match parts.path.strip("/").split("/"):
        case [*prefix, "j" | "s", session] | [*prefix, "s", session, "ws"] if session:
            url = "/".join([f"{scheme}://{parts.netloc}", *prefix, "s", session, "ws"])
        case _:
            raise LinkError(f"its path must be /j/SESSION or /s/SESSION/ws, got {parts.path or '/'}")
    kept = token if isinstance(token, KeptToken) else KeptToken(token)
    secret = kept.newest or _token_in(parts.fragment)
    if not secret:
        raise LinkError("it has no token; copy the link with the part after #")
    if not 8 <= len(secret) <= 128:
        raise LinkError(
            f"its token, the part after #, has {len(secret)} characters, expected 8 to 128; copy the whole link again"
        )
    kept.newest = secret
    return Link(url, kept)
