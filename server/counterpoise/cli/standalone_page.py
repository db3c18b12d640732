"""A self-contained page: the browser client's modules and figures, with the data inside, in one file.

Modules and data are compressed. A short script unpacks them when the page opens, gives the data elements of their own, and puts
the modules into an import map as data addresses, so that they run from a file without a server. A content security policy
allows exactly this script and this import map, by hash, and no network.
"""

from __future__ import annotations

import gzip
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

# The import map must be, to the letter, the one whose hash the policy names: JSON without spaces, in the order of the modules.
_UNPACK = """
(async () => {
  if (!("DecompressionStream" in window)) {
    document.getElementById("app").textContent =
      "This page needs a browser of 2023 or newer. Diese Seite braucht einen Browser von 2023 oder neuer.";
    return;
  }
  const bytes = Uint8Array.from(atob(document.getElementById("packed").textContent), (one) => one.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const { entry, modules, data } = JSON.parse(await new Response(unpacked).text());
  const add = (type, id, text) => {
    const element = document.createElement("script");
    element.type = type;
    element.id = id;
    element.textContent = text;
    document.body.append(element);
  };
  for (const [id, content] of Object.entries(data)) add("application/json", id, JSON.stringify(content));
  const base64 = (text) => {
    let binary = "";
    for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
    return btoa(binary);
  };
  const imports = {};
  for (const [name, text] of Object.entries(modules)) imports[name] = `data:text/javascript;base64,${base64(text)}`;
  add("importmap", "modules", JSON.stringify({ imports }));
  await import(entry);
})();
"""


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

    modules = {f"counterpoise/{name}": text for name, text in _modules(entry, read).items()}
    addresses = {
        name: f"data:text/javascript;base64,{b64encode(text.encode()).decode()}" for name, text in modules.items()
    }
    import_map = msgspec.json.encode({"imports": addresses}).decode()
    packed = _packed({"entry": f"counterpoise/{entry}", "modules": modules, "data": data})
    style = "".join(read(name) for name in styles)
    policy = (
        f"default-src 'none'; script-src {_hash_source(import_map)} {_hash_source(_UNPACK)} data:; "
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
            "</head>",
            "<body>",
            '<div id="app"></div>',
            f'<script type="text/plain" id="packed">{packed}</script>',
            f"<script>{_UNPACK}</script>",
            "</body>",
            "</html>",
            "",
        )
    )


def _packed(content: object) -> str:
    """Return a document compressed, as text."""
    return b64encode(gzip.compress(msgspec.json.encode(content), 9, mtime=0)).decode()


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
