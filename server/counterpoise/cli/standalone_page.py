"""A self-contained page: the browser client's modules and figures, with the data inside, in one file.

The client's modules are put into an import map as data addresses, so that they run from a file without a server. A content
security policy allows exactly these scripts, by hash, and no network.
"""

from __future__ import annotations

import hashlib
import html
import re
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from posixpath import dirname, join, normpath

import msgspec

_IMPORT = re.compile(
    r"(^\s*(?:import|export)\b[^;\"]*?from\s*|^\s*import\s*|\bimport\()\"(\.{1,2}/[^\"]+)\"", re.MULTILINE
)


def standalone_page(title: str, entry: str, styles: Sequence[str], data: Mapping[str, object]) -> str:
    """Return a page that needs no network.

    Args:
        title: of the page.
        entry: the client's module that draws the page.
        styles: the client's style sheets, in order.
        data: documents that the module reads, by the id of their element.
    """
    web = resources.files("counterpoise_clients") / "web"

    def read(name: str) -> str:
        return (web / name).read_text(encoding="utf-8")

    addresses = {
        f"counterpoise/{name}": f"data:text/javascript;base64,{b64encode(text.encode()).decode()}"
        for name, text in _modules(entry, read).items()
    }
    import_map = msgspec.json.encode({"imports": addresses}).decode()
    start = f'import "counterpoise/{entry}";'
    style = "".join(read(name) for name in styles)
    policy = (
        f"default-src 'none'; script-src {_hash_source(import_map)} {_hash_source(start)} data:; "
        f"style-src {_hash_source(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    )
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
            f"<style>{style}</style>",
            f'<script type="importmap">{import_map}</script>',
            "</head>",
            "<body>",
            '<div id="app"></div>',
            *(
                f'<script type="application/json" id="{name}">{_script_json(document)}</script>'
                for name, document in data.items()
            ),
            f'<script type="module">{start}</script>',
            "</body>",
            "</html>",
            "",
        )
    )


def _script_json(document: object) -> str:
    """Return JSON for a script element: a "<" could end the element, and its escape is the same JSON."""
    return msgspec.json.encode(document).decode().replace("<", "\\u003c")


def _modules(entry: str, read: Callable[[str], str]) -> dict[str, str]:
    """Return every module that the entry needs, with relative imports turned into names of the import map."""
    found: dict[str, str] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue

        def mapped(match: re.Match[str], name: str = name) -> str:
            target = normpath(join(dirname(name), match[2]))
            waiting.append(target)
            return f'{match[1]}"counterpoise/{target}"'

        found[name] = _IMPORT.sub(mapped, read(name))
    return found


def _hash_source(text: str) -> str:
    """Return the source expression by which a content security policy allows a style or script."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
