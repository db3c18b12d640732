"""Which modules a page loads, so that the browser can ask for all of them at once.

A browser learns of a module's imports only when it has the module: without the list in the page, it asks for the last files of a
page after as many round trips as the imports are deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from posixpath import dirname, join, normpath

_ENTRY = re.compile(rb'<script type="module" src="/([^"]+)"')
_IMPORT = re.compile(
    r"""^(?:import|export)\b[^;"]*?from\s*"(\.{1,2}/[^"]+)"|^import\s*"(\.{1,2}/[^"]+)";""", re.MULTILINE
)


def with_modules_listed(page: bytes, files: Mapping[str, Traversable]) -> bytes:
    """Return a page with a link to each module that its script imports, directly or not; a page without a script stays as it is.

    Args:
        page: the page.
        files: the files of the browser client, by their path from the root.
    """
    entry = _ENTRY.search(page)
    if entry is None:
        return page
    modules = [name for name in _imported(entry[1].decode(), files) if name != entry[1].decode()]
    links = "".join(f'<link rel="modulepreload" href="/{name}">\n' for name in modules)
    return page[: entry.start()] + links.encode() + page[entry.start() :]


def _imported(entry: str, files: Mapping[str, Traversable]) -> Iterator[str]:
    """Yield a module and what it imports, those next to it first."""
    waiting, seen = [entry], {entry}
    while waiting:
        name = waiting.pop(0)
        yield name
        for found in _IMPORT.finditer(files[name].read_text(encoding="utf-8")):
            target = normpath(join(dirname(name), found[1] or found[2]))
            if target not in seen and target in files:
                seen.add(target)
                waiting.append(target)
