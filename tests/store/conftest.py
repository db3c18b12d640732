"""Entries of a journal and a folder for files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.session.journal.entries import Chain, Entry


@pytest.fixture
def chain() -> Chain:
    return Chain("a secret for tests")


@pytest.fixture
def some_entries(chain: Chain) -> Callable[[int], list[Entry]]:
    def make(count: int) -> list[Entry]:
        return [chain.entry(n, "order" if chain.length else "header", {"n": n, "text": "x" * 40}) for n in range(count)]

    return make


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "game.db"
