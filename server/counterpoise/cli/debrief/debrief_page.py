"""The debrief as one self-contained page: the browser client's own figures, with the report inside.

The client's modules are put into an import map as data addresses, so that they run from a file without a server. A content
security policy allows exactly these scripts, by hash, and nothing from any network.
"""

from __future__ import annotations

import hashlib
import html
import re
from base64 import b64encode
from collections.abc import Iterable
from importlib import resources
from posixpath import dirname, join, normpath
from typing import Any

import msgspec

from counterpoise.session.debrief_document import Debrief

ENTRY = "standalone.mjs"
_IMPORT = re.compile(r"(^\s*(?:import|export)\b[^;\"]*?from\s*|^\s*import\s*)\"(\.{1,2}/[^\"]+)\"", re.MULTILINE)


def debrief_page(report: Debrief) -> str:
    """Return the page of a debrief."""
    web = resources.files("counterpoise_clients") / "web"
    modules = _modules(lambda name: (web / name).read_text(encoding="utf-8"))
    addresses = {
        f"counterpoise/{name}": f"data:text/javascript;base64,{b64encode(text.encode()).decode()}"
        for name, text in modules.items()
    }
    import_map = msgspec.json.encode({"imports": addresses}).decode()
    start = f'import "counterpoise/{ENTRY}";'
    style = (web / "app.css").read_text(encoding="utf-8")
    # A "<" could end the block that holds the report; as an escape it is the same JSON.
    data = msgspec.json.encode(report).decode().replace("<", "\\u003c")
    policy = (
        f"default-src 'none'; script-src {hash_of(import_map)} {hash_of(start)} data:; style-src {hash_of(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return self_contained(
        f"{report.title} - counterpoise debrief",
        policy,
        (f"<style>{style}</style>", f'<script type="importmap">{import_map}</script>'),
        (
            '<div id="app"></div>',
            f'<script type="application/json" id="report">{data}</script>',
            f'<script type="module">{start}</script>',
        ),
    )


def self_contained(title: str, policy: str, head: Iterable[str], body: Iterable[str]) -> str:
    """Return a page that needs nothing from any network; ``policy`` is its content security policy."""
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{html.escape(title)}</title>",
            *head,
            "</head>",
            "<body>",
            *body,
            "</body>",
            "</html>",
            "",
        )
    )


def _modules(read: Any) -> dict[str, str]:
    """Return every module that the entry needs, with relative imports turned into names of the import map."""
    found: dict[str, str] = {}
    waiting = [ENTRY]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        text = read(name)

        def named(match: re.Match[str], name: str = name) -> str:
            target = normpath(join(dirname(name), match[2]))
            waiting.append(target)
            return f'{match[1]}"counterpoise/{target}"'

        found[name] = _IMPORT.sub(named, text)
    return found


def hash_of(text: str) -> str:
    """Return the source by which a content security policy allows a style or script."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
