"""Rules for every file of the browser client."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "clients" / "counterpoise_clients" / "web"
MODULES = sorted(WEB.rglob("*.mjs"))
IMPORT = re.compile(r"""(?:^\s*|\bfrom\s+)(?:import\s+)?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)
NAMED_IMPORT = re.compile(r"""^import \{([^}]*)\} from ["'](\.{1,2}/[^"']+)["'];""", re.MULTILINE)
REQUEST = r"\bfetch\s*\(|XMLHttpRequest|sendBeacon|EventSource"
LOADERS = tuple(
    WEB / name for name in ("arena/start.mjs", "map/load.mjs", "replay/source.mjs", "ui/debrief/ask_record.mjs")
)
TEXTS = WEB / "text" / "text.mjs"
FORBIDDEN = {
    r"\.(?:inner|outer)HTML\b": "markup from text",
    r"\binsertAdjacentHTML\b": "markup from text",
    r"\bdocument\.write\b": "markup from text",
    r"\bDOMParser\b": "markup from text",
    r"\beval\s*\(|\bnew\s+Function\b": "code from text",
    r"\bset(?:Timeout|Interval)\s*\(\s*[\"'`]": "code from text",
    r"""["']style["']\s*,""": "a style attribute",
    r"\bstyle:": "a style attribute",
    REQUEST: "a request beside the websocket",
    r"\bMath\.random\(\)\.toString": "an id that can be guessed",
    r"\bconsole\.(?:log|info|warn|error|debug|trace|table|dir)\b": "a message left in the console",
}


def name_of(path: Path) -> str:
    return path.relative_to(WEB).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_inserts_no_markup_and_contacts_no_other_server(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    found = [f"{why}: {match[0]}" for pattern, why in FORBIDDEN.items() for match in re.finditer(pattern, text)]
    # Outlines and films come from the page's own server, which the content security policy holds it to.
    assert found == (["a request beside the websocket: fetch("] if module in LOADERS else [])


def loads_later(module: Path) -> bool:
    return module.parent == TEXTS.parent or module == WEB / "later.mjs"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_imports_only_files_of_the_client(module: Path) -> None:
    text = re.sub(r"/\*\*.*?\*/", "", module.read_text(encoding="utf-8"), flags=re.DOTALL)  # comments import types only
    # Some modules load others later: the texts those of the language in use, the page those that few people open.
    later = re.findall(r"""\bimport\("(\./[a-z_/]+\.mjs)"\)""", text) if loads_later(module) else []
    assert all((module.parent / target).is_file() for target in later)
    text = re.sub(r"""\bimport\("\./[a-z_/]+\.mjs"\)""", "", text) if later else text
    assert not re.search(r"""\bimport\s*\(|from\s+["'][^."']""", text)
    for target in IMPORT.findall(text):
        assert (module.parent / target).resolve().is_file(), target


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_imports_only_what_the_other_module_exports(module: Path) -> None:
    for names, target in NAMED_IMPORT.findall(module.read_text(encoding="utf-8")):
        exported = (module.parent / target).read_text(encoding="utf-8")
        for name in (each.split(" as ")[0].strip() for each in names.split(",") if each.strip()):
            declared = (
                rf"^export (?:async )?(?:function\*?|const|let|class) {name}\b|^export {{[^}}]*\b{name}\b[^}}]*}}"
            )
            assert re.search(declared, exported, re.MULTILINE), f"{target} does not export {name}"


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_begins_with_a_description_and_stays_short(module: Path) -> None:
    lines = module.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("// ")
    assert len(lines) <= 400


def test_no_file_contains_an_external_address() -> None:
    # The names of XML vocabularies look like addresses; nobody goes there.
    allowed = {"http://www.w3.org/2000/svg"}
    for path in sorted(WEB.rglob("*")):
        if path.is_file() and path.suffix in (".mjs", ".css", ".html"):
            found = set(re.findall(r"""(?:https?:|wss?:)//[a-z][^\s"'`)>]*""", path.read_text(encoding="utf-8")))
            assert found <= allowed, path


@pytest.mark.parametrize(
    "module",
    [
        m
        for m in MODULES
        if (m.parent.name in ("viz", "map") and m not in LOADERS)
        or m.stem in ("store", "seat", "threads", "forms", "words")
    ],
    ids=name_of,
)
def test_pure_modules_touch_no_document(module: Path) -> None:
    assert not re.search(
        r"\b(?:document|window|localStorage|sessionStorage|location)\.", module.read_text(encoding="utf-8")
    )


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style") and data.strip():
            self.inline.append(data)


def test_the_page_has_a_language_and_nothing_inline() -> None:
    page = _Page()
    page.feed((WEB / "index.html").read_text(encoding="utf-8"))
    assert ("html", {"lang": "en"}) in page.tags
    assert page.inline == []
    for _, attributes in page.tags:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_the_page_loads_only_files_that_exist() -> None:
    page = _Page()
    page.feed((WEB / "index.html").read_text(encoding="utf-8"))
    named = [value for _, attributes in page.tags for name, value in attributes.items() if name in ("src", "href")]
    local = [value for value in named if value and not value.startswith("data:")]
    assert local
    assert all((WEB / value.removeprefix("/")).is_file() for value in local)
