"""The page of a trial, opened without a server: it shows what the report holds, and the browser reports no fault."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.packed_page import data_of

pytestmark = pytest.mark.browser
REPORT = ".trial"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The page of a short trial, and the report inside it."""
    page = tmp_path_factory.mktemp("trial") / "trial.html"
    command = [
        *(sys.executable, "-m", "counterpoise", "trial", "europe-1933", "--seeds", "2", "--years", "5"),
        *("--html", str(page)),
    ]
    subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return page, data_of(page.read_text(encoding="utf-8"))["report"]


def test_every_row_of_the_report_is_drawn_and_listed(
    opened: Callable[..., Any], written: tuple[Path, dict[str, Any]], accessible: Callable[[Any], None]
) -> None:
    page, report = opened(viewport={"width": 1280, "height": 900}), written[1]
    rows = report["expectations"]
    assert page.locator(".range-row").count() == len(rows)
    assert page.locator("#t-tuned tbody tr").count() == sum(not row["held_out"] for row in rows)
    assert page.locator("#t-held-out tbody tr").count() == sum(row["held_out"] for row in rows)
    assert page.locator("#t-tied tbody tr").count() == min(30, len(report["allied"]))
    assert page.locator("#t-injects tbody tr").count() == len(report["injects"])
    accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_phone(opened: Callable[..., Any], scheme: str, accessible: Callable[[Any], None]) -> None:
    page = opened(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    accessible(page)
