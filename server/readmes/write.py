"""Rewrite the generated parts of the READMEs: ``python server/readmes/write.py``. ``--check`` changes nothing.

A generated part stands between ``<!-- NAME:begin -->`` and ``<!-- NAME:end -->``. ``tests/docs`` fails when one is out of date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import readme_tables
from class_page import class_page
from counterpoise.wire.schema import published_schema
from protocol_page import protocol_page
from readme_examples import example

THEORY = "server/counterpoise/theory/README.md"
PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "moves": ("server/README.md", readme_tables.moves),
    "injects": ("server/README.md", readme_tables.injects),
    "acts": ("server/README.md", readme_tables.acts),
    **{
        f"claims-{family.lower()}": (THEORY, partial(readme_tables.claims, family))
        for family in ("W1", "W2", "W3", "W4", "W5", "W6", "WX")
    },
    "weights": (THEORY, readme_tables.weights),
    "parameters": (THEORY, readme_tables.parameters),
    "hypotheses": (THEORY, readme_tables.hypotheses),
    "bots": ("clients/README.md", readme_tables.bots),
    "example-bot": ("clients/README.md", partial(example, "first_bot.py")),
    "example-client": ("clients/README.md", partial(example, "join_session.py")),
    "example-step": ("clients/README.md", partial(example, "step_game.py")),
    "example-look-ahead": ("clients/README.md", partial(example, "look_ahead.py")),
    "example-stdio": ("clients/README.md", partial(example, "stdio_bot.mjs")),
    "protocol": ("clients/README.md", lambda: f"\n{protocol_page()}"),
    "classes": ("clients/README.md", lambda: f"\n{class_page()}"),
    "order-fields": ("scenarios/README.md", readme_tables.order_fields),
    "inject-fields": ("scenarios/README.md", readme_tables.inject_fields),
    "author-bots": ("scenarios/README.md", readme_tables.bots),
    "scenarios": ("scenarios/README.md", readme_tables.scenarios),
}
"""The README that holds each generated part, and the function that makes the part."""


FILES: dict[str, Callable[[], str]] = {
    "clients/protocol.schema.json": lambda: json.dumps(published_schema(), indent=1) + "\n",
}
"""The generated files, and the function that makes the text of each."""


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


def outdated(root: Path) -> dict[Path, str]:
    """Return the text that each README and generated file under ``root`` should have, for those that have another."""
    texts: dict[Path, str] = {}
    for name, (file, make) in PARTS.items():
        path = root / file
        texts[path] = with_part(texts.get(path) or path.read_text(encoding="utf-8"), name, make())
    texts |= {root / file: make() for file, make in FILES.items()}
    return {path: text for path, text in texts.items() if not path.exists() or text != path.read_text(encoding="utf-8")}


def main(arguments: list[str]) -> int:
    """Rewrite the READMEs, or with ``--check`` only name those that are out of date. Return the exit code."""
    repository = Path(__file__).resolve().parents[2]
    found = outdated(repository)
    for path, text in found.items():
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
        sys.stdout.write(
            f"{path.relative_to(repository)} {'is out of date' if '--check' in arguments else 'rewritten'}\n"
        )
    return int(bool(found) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
