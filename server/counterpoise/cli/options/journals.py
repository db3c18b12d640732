"""Arguments and options that several commands about journals have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Journal = Annotated[Path, typer.Argument(help="A journal: a session's database, or an exported journal.jsonl.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
