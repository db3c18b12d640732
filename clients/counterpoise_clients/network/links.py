"""Join links: where a client connects to, and the secret that lets it in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from counterpoise.errors import CounterpoiseError


class LinkError(CounterpoiseError):
    """A link leads to no session.

    Args:
        problem: what is wrong with it, without the secret in it.
    """

    exit_code = 78

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return f"not a link to a session: {self.problem}"


@dataclass(frozen=True, slots=True)
class Link:
    """The websocket address of a session, and the token for it."""

    url: str
    token: str

    def __repr__(self) -> str:
        return f"Link({self.url!r}, token hidden)"


_SOCKET_SCHEMES = {"http": "ws", "https": "wss", "ws": "ws", "wss": "wss"}


def parse_link(link: str, token: str = "") -> Link:
    """Return where a link leads.

    Args:
        link: a join link as ``host`` prints it (``http://HOST/j/SESSION#TOKEN``) or a websocket address
            (``ws://HOST/s/SESSION/ws``), also with the token after ``#``.
        token: for a link without one.

    Raises:
        LinkError: it is neither, or there is no token.
    """
    try:
        parts = urlsplit(link.strip())
        _ = parts.port
    except ValueError as error:
        raise LinkError(f"its host or port cannot be: {error}") from error
    scheme = _SOCKET_SCHEMES.get(parts.scheme)
    if scheme is None or not parts.netloc:
        raise LinkError("it should begin with http://, https://, ws:// or wss:// and a host")
    match parts.path.strip("/").split("/"):
        case ["j" | "s", session] | ["s", session, "ws"] if session:
            url = f"{scheme}://{parts.netloc}/s/{session}/ws"
        case _:
            raise LinkError(f"its path should be /j/SESSION or /s/SESSION/ws, not {parts.path or '/'}")
    secret = token or parts.fragment
    if not secret:
        raise LinkError("it has no token: the part after # belongs to the link")
    if not 8 <= len(secret) <= 128:
        raise LinkError(
            f"its token, the part after #, has {len(secret)} characters: a part is missing, or too much was copied"
        )
    return Link(url, secret)
