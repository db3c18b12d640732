"""The page of a fork, opened without a server: it shows what the report holds, and the browser reports no fault."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.packed_page import data_of

pytestmark = pytest.mark.browser
REPORT = ".fork"
JOURNAL = Path(__file__).parents[1] / "golden" / "rules-6" / "checkerboard.jsonl"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A fork's page, and the report inside it."""
    page = tmp_path_factory.mktemp("fork") / "fork.html"
    command = [
        *(sys.executable, "-m", "counterpoise", "fork", str(JOURNAL), "--on", "1902-01-01", "--until", "1903-01-01"),
        *("--seeds", "2", "--jobs", "1", "--set", "ARD.power=x2", "--html", str(page)),
    ]
    subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return page, data_of(page.read_text(encoding="utf-8"))["report"]


def test_every_count_and_pair_of_the_report_has_a_figure_and_a_row(
    opened: Callable[..., Any], written: tuple[Path, dict[str, Any]], accessible: Callable[[Any], None]
) -> None:
    page, report = opened(viewport={"width": 1280, "height": 900}), written[1]
    assert page.locator("#f-counts svg").count() == len(report["counts"])
    assert page.locator("#f-counts tbody tr").count() == len(report["counts"])
    pairs = len(report["allied"])
    assert page.locator("#f-allied .share-row").count() == min(20, pairs)
    assert page.locator("#f-allied tbody tr").count() == min(20, pairs)
    assert page.locator("#f-power tbody tr").first.inner_text().startswith("Arden")
    assert page.locator("#f-cautions li").count() == 6
    assert "shift_power" in page.inner_text("#f-changes")
    table = page.locator("#f-counts details")
    assert not table.locator("table").is_visible()
    table.locator("summary").focus()
    page.keyboard.press("Enter")
    assert table.locator("table").is_visible()
    accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_phone(opened: Callable[..., Any], scheme: str, accessible: Callable[[Any], None]) -> None:
    page = opened(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    accessible(page)
