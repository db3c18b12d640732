"""Rewrite the generated parts of the READMEs: ``python server/readmes/write.py``.

A generated part stands between ``<!-- NAME:begin -->`` and ``<!-- NAME:end -->``. ``tests/docs`` fails when one is out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import readme_tables
from protocol_page import protocol_page

THEORY = "server/counterpoise/theory/README.md"
PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "moves": ("server/README.md", readme_tables.moves),
    "injects": ("server/README.md", readme_tables.injects),
    **{
        f"claims-{family.lower()}": (THEORY, partial(readme_tables.claims, family))
        for family in ("W1", "W2", "W3", "W4", "W5", "W6", "WX")
    },
    "weights": (THEORY, readme_tables.weights),
    "parameters": (THEORY, readme_tables.parameters),
    "hypotheses": (THEORY, readme_tables.hypotheses),
    "bots": ("clients/README.md", readme_tables.bots),
    "protocol": ("clients/README.md", lambda: f"\n{protocol_page()}"),
    "scenarios": ("scenarios/README.md", readme_tables.scenarios),
}
"""The README that holds each generated part, and the function that makes the part."""


def with_part(text: str, name: str, part: str) -> str:
    """Return a README's text with one part between its markers replaced.

    Raises:
        ValueError: If the text lacks one of the two markers.
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, has_begin, rest = text.partition(begin)
    _, has_end, after = rest.partition(end)
    if not has_begin or not has_end:
        raise ValueError(f"the README lacks {begin} or {end}: put both lines where the part belongs")
    return f"{before}{begin}\n{part}\n{end}{after}"


def rewrite(root: Path) -> list[Path]:
    """Rewrite every part in the READMEs under ``root`` and return the files that changed."""
    changed: dict[Path, None] = {}
    for name, (file, make) in PARTS.items():
        path = root / file
        before = path.read_text(encoding="utf-8")
        after = with_part(before, name, make())
        if after != before:
            path.write_text(after, encoding="utf-8")
            changed[path] = None
    return list(changed)


if __name__ == "__main__":
    repository = Path(__file__).resolve().parents[2]
    for path in rewrite(repository):
        sys.stdout.write(f"{path.relative_to(repository)} rewritten\n")
