"""The files of the browser client and the maps of the scenarios over HTTP, on the port of the websocket: GET and HEAD only."""

from __future__ import annotations

import gzip
import hashlib
import http
import re
from collections.abc import Iterator
from email.utils import formatdate
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from websockets.datastructures import Headers
from websockets.http11 import Response

from counterpoise.gateway.listener.page_modules import with_modules_listed
from counterpoise.scenario_files import map_folder, scenario_map
from counterpoise.sim.scenario import Scenario

CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_INDEX = "index.html"
_CLASS, _REPLAY, _ARENA = "class.html", "replay.html", "arena.html"
_MAPS = "maps/"
_FROM_ROOT = re.compile(rb'\b(href|src)="/')
_PAGE = re.compile(r"^/(?:j|play|brief|wall|details|debrief)/[A-Za-z0-9-]{1,40}/?$")
# Who leaves out the session is shown the way in.
_CLASS_PAGE = re.compile(r"^/(?:(?:join(?:/[A-Za-z0-9-]{1,40})?|class|j|play|brief|wall|details|debrief)/?)?$")
_HOST = re.compile(r"^[A-Za-z0-9.\-]+(?::\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](?::\d{1,5})?$")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'{sockets}; "
    "font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
_SAFETY = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cache-Control", "no-cache"),
)
_PACKED = (".html", ".mjs", ".js", ".css", ".json", ".svg")
"""Files that are sent in gzip to whoever takes it: their text takes about a third of its size."""
_LASTING = [("Cache-Control", "public, max-age=31536000, immutable")]


def map_address(scenario_id: str, content: bytes) -> str:
    """Return the address of a scenario's map, relative to the page's root. Another content has another address."""
    return f"{_MAPS}{scenario_id}.json?{hashlib.sha256(content).hexdigest()[:12]}"


def outlines_address(scenario: Scenario) -> str:
    """Return the address of the outlines of a scenario's states; empty if it has none."""
    outlines = scenario_map(scenario.id, [actor.id for actor in scenario.actors])
    return "" if outlines is None else map_address(scenario.id, outlines)


class StaticFiles:
    """The files in the folder of the browser client, and the maps of the scenarios.

    The folders are listed once. A request can only name a file of that list, so no path leads out of the folders.
    A browser may keep a map: its address has a hash of the content (``map_address``). It asks for the other files each time, and
    gets them again only if they have changed.

    Args:
        root: the folder.
        prefix: the path under which a proxy offers the pages, such as ``/games``; empty for the root.
    """

    def __init__(self, root: Traversable | None = None, *, prefix: str = "") -> None:
        self._prefix = prefix.encode()
        self._files = dict(_walk(root if root is not None else files("counterpoise_clients") / "web", ""))
        self._files |= {name: file for name, file in _walk(map_folder(), _MAPS) if name.endswith(".json")}
        self._pages: dict[str, bytes] = {}

    def answer(self, method: str, path: str, host: str, *, accepts: str = "", known: str = "") -> Response:
        """Return the response to a request for a page or a file.

        Args:
            method: GET or HEAD.
            path: of the request.
            host: the Host header of the request.
            accepts: its Accept-Encoding header.
            known: its If-None-Match header: the tags of what the browser has.
        """
        name = _page_of(path) or path.removeprefix("/")
        if name not in self._files:
            return plain(method, http.HTTPStatus.NOT_FOUND, "Not found\n")
        suffix, headers = name[name.rfind(".") :], list(_LASTING if name.startswith(_MAPS) else ())
        if suffix == ".html":
            content = self._page(name)
            headers.append(("Content-Security-Policy", content_security_policy(host)))
        else:
            content = self._files[name].read_bytes()
        tag = f'W/"{hashlib.sha256(content).hexdigest()[:16]}"'
        headers += [("ETag", tag), ("Vary", "Accept-Encoding")]
        if tag in known:
            return answer("HEAD", http.HTTPStatus.NOT_MODIFIED, b"", CONTENT_TYPES[suffix], headers)
        if suffix in _PACKED and accepts_gzip(accepts):
            headers.append(("Content-Encoding", "gzip"))
            content = _packed(content)
        return answer(method, http.HTTPStatus.OK, content, CONTENT_TYPES[suffix], headers)

    def _page(self, name: str) -> bytes:
        """Return a page. It names its files from the root, because its own address has one or two parts; they name each other."""
        if name not in self._pages:
            page = with_modules_listed(self._files[name].read_bytes(), self._files)
            self._pages[name] = _FROM_ROOT.sub(rb'\1="' + self._prefix + b"/", page)
        return self._pages[name]


def _page_of(path: str) -> str:
    """Return the file of the page at a path; empty if the path is none of a page."""
    if path == "/replay":
        return _REPLAY
    if path.rstrip("/") == "/arena":
        return _ARENA
    if _CLASS_PAGE.match(path):
        return _CLASS
    return _INDEX if _PAGE.match(path) else ""


@lru_cache(maxsize=256)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def accepts_gzip(accepts: str) -> bool:
    """Return whether an Accept-Encoding header takes gzip."""
    offers = [offer.replace(" ", "").partition(";") for offer in accepts.lower().split(",")]
    return any(name == "gzip" and weight not in ("q=0", "q=0.0") for name, _, weight in offers)


def content_security_policy(host: str) -> str:
    """Return the policy of our pages. Some browsers need ``host``, the address of the page's websockets, in it."""
    sockets = f" ws://{host} wss://{host}" if _HOST.match(host) else ""
    return _POLICY.format(sockets=sockets)


def answer(
    method: str, status: http.HTTPStatus, body: bytes, content_type: str, headers: list[tuple[str, str]] | None = None
) -> Response:
    """Return an HTTP response with the headers of all our responses, unless ``headers`` has another value for one.

    A response to HEAD has no body.
    """
    fields = Headers([("Date", formatdate(usegmt=True)), ("Connection", "close"), ("Content-Type", content_type)])
    if status is not http.HTTPStatus.NOT_MODIFIED:  # its length would be that of what the browser has
        fields["Content-Length"] = str(len(body))
    for name, value in (dict(_SAFETY) | dict(headers or [])).items():
        fields[name] = value
    return Response(status.value, status.phrase, fields, b"" if method == "HEAD" else body)


def plain(method: str, status: http.HTTPStatus, text: str, headers: list[tuple[str, str]] | None = None) -> Response:
    """Return a short response in plain text."""
    return answer(method, status, text.encode(), CONTENT_TYPES[".txt"], headers)


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name[entry.name.rfind(".") :] in CONTENT_TYPES:
            yield prefix + entry.name, entry
