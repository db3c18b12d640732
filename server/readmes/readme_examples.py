"""The examples of ``clients/examples`` as code blocks for the READMEs."""

from __future__ import annotations

from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "clients" / "examples"
LANGUAGES = {".py": "python", ".mjs": "js"}


def example(name: str) -> str:
    """Return a file of ``clients/examples`` as a code block."""
    path = EXAMPLES / name
    return f"```{LANGUAGES[path.suffix]}\n{path.read_text(encoding='utf-8')}```"
