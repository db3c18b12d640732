"""The API reference is built from the docstrings by pdoc, and what they refer to exists."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import posixpath
import re
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import counterpoise
import counterpoise_clients
from counterpoise_clients import evaluation

REFERENCE = re.compile(r"``([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?:\(\))?``")
PLACEHOLDER = re.compile(r"[A-Z]+\.\w+")
"""A file named by a placeholder, such as ``SESSION.db``."""


def modules() -> dict[str, ModuleType]:
    """Return every module of both packages by its full name, but for those that need an extra that is not installed."""
    absent = [f"{evaluation.__name__}.{module}" for module in evaluation.PACKAGES if module not in evaluation.__all__]
    names = [
        found.name
        for package in (counterpoise, counterpoise_clients)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    return {
        name: importlib.import_module(name) for name in names if not name.endswith("__main__") and name not in absent
    }


def strings(tree: ast.AST) -> Iterator[str]:
    """Yield the docstrings of a module, those of constants and attributes included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


def names_in(tree: ast.AST) -> set[str]:
    """Return the names of variables, arguments and attributes that a module uses: their attributes are not looked up."""
    found: set[str] = set()
    for node in ast.walk(tree):
        found |= {node.id} if isinstance(node, ast.Name) else set()
        found |= {node.arg} if isinstance(node, ast.arg) else set()
        found |= {node.attr} if isinstance(node, ast.Attribute) else set()
    return found


def has(thing: object, path: list[str]) -> bool:
    """Tell whether a chain of attributes leads somewhere, annotated fields without a value included."""
    for name in path:
        if hasattr(thing, name):
            thing = getattr(thing, name)
        elif name in getattr(thing, "STEPS", {}):  # a step of a process, under its name on the agenda
            return name == path[-1]
        else:
            return name in getattr(thing, "__annotations__", {}) and name == path[-1]
    return True


def test_every_dotted_name_in_a_docstring_exists(repository: Path) -> None:
    known = modules()
    by_tail: dict[str, list[object]] = defaultdict(list)
    for name, module in known.items():
        parts = name.split(".")
        for start in range(len(parts)):
            by_tail[".".join(parts[start:])].append(module)
        for label, value in vars(module).items():
            if isinstance(value, type) and value.__module__ == name:
                by_tail[label].append(value)
    files = {path.name for folder in ("server", "clients") for path in (repository / folder).rglob("*.py")}
    lost = []
    for name, module in known.items():
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        variables = names_in(tree)
        for reference in (found for text in strings(tree) for found in REFERENCE.findall(text)):
            parts = reference.split(".")
            resolved = any(
                has(candidate, parts[length:])
                for length in range(1, len(parts) + 1)
                for candidate in by_tail.get(".".join(parts[:length]), [])
            )
            own = hasattr(module, parts[0]) and has(getattr(module, parts[0]), parts[1:])
            if parts[0] in sys.stdlib_module_names:
                resolved = resolved or has(importlib.import_module(parts[0]), parts[1:])
            variable = parts[0] in variables and not hasattr(module, parts[0])
            if not (resolved or own or variable or reference in files or PLACEHOLDER.fullmatch(reference)):
                lost.append(f"{name}: ``{reference}``")
    assert lost == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_reference_builds_without_warnings_and_every_link_has_a_target(tmp_path: Path) -> None:
    pdoc = pytest.importorskip("pdoc", reason="the documentation builder is a development requirement")
    # Colouring the source beside each docstring takes half of the time and adds no link but those to its own lines.
    pdoc.render.configure(docformat="google", search=False, show_source=False)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        # In this process, because it has imported every module already.
        pdoc.pdoc("counterpoise", "counterpoise_clients", output_directory=tmp_path)
    # pdoc cannot read the annotations of a NamedTuple's generated constructor; it shows them as they are written.
    assert [str(one.message) for one in caught if "__init__. Import of" not in str(one.message)] == []
    pages = {
        path.relative_to(tmp_path).as_posix(): path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.html")
    }
    assert len(pages) > 200
    anchors = {page: set(re.findall(r'\bid="([^"]+)"', text)) for page, text in pages.items()}
    broken = []
    for page, text in pages.items():
        for target, anchor in re.findall(r'href="(?!https?:|data:|\$\{)([^"#]*)(?:#([^"]*))?"', text):
            landed = posixpath.normpath(posixpath.join(posixpath.dirname(page), target)) if target else page
            if landed not in pages or (anchor and anchor not in anchors[landed]):
                broken.append(f"{page}: {target}#{anchor}")
    assert broken == []
