"""How much a page weighs as the server sends it: its modules, styles and texts, without the data of the map."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "clients" / "counterpoise_clients" / "web"
MOST_BYTES = 250_000
IMPORT = re.compile(r'^(?:import|export)\b[^;"]*?"(\.[^"]+)"', re.MULTILINE)
LINKED = re.compile(r'(?:href|src)="/?([\w/]+\.(?:css|mjs))"')


def files_of(page: str, language: str) -> set[Path]:
    """Return what a browser loads before it has drawn a page: what is imported later is not among it."""
    found: set[Path] = set()
    waiting = [WEB / page, *(WEB / name for name in LINKED.findall((WEB / page).read_text("utf-8")))]
    waiting.append(WEB / "text" / language / "index.mjs")
    while waiting:
        if (path := waiting.pop()) not in found:
            found.add(path)
            waiting += [(path.parent / name).resolve() for name in IMPORT.findall(path.read_text("utf-8"))]
    return found


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("page", "module"), [("index.html", "boot.mjs"), ("class.html", "class.mjs")])
def test_a_page_weighs_less_than_250_kilobytes(
    page: str, module: str, language: str, record_property: Callable[[str, object], None]
) -> None:
    files = files_of(page, language)
    assert {WEB / page, WEB / module, WEB / "app.css", WEB / "h.mjs", WEB / "text" / language / "words.mjs"} <= files
    raw = [path.read_bytes() for path in files]
    sent = sum(len(gzip.compress(content, mtime=0)) for content in raw)
    record_property("bytes", f"{sent} sent in gzip, {sum(map(len, raw))} raw, {len(files)} files")
    print(f"{page} in {language}: {sent} bytes in gzip, {sum(map(len, raw))} raw, {len(files)} files")
    assert sent <= MOST_BYTES
