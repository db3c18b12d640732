"""The examples of ``clients/examples`` as code blocks for the READMEs."""

from __future__ import annotations

from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "clients" / "examples"


def example(name: str) -> str:
    """Return a file of ``clients/examples`` as a code block."""
    return f"```python\n{(EXAMPLES / name).read_text(encoding='utf-8')}```"
