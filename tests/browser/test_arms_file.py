"""The pages of a fork with several arms, of a sweep and of each window: read on a narrow screen and with the keyboard."""

from __future__ import annotations

import re
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
KINDS = {
    "arms": ("--arm", "strong=ARD.power=x2", "--arm", "weak=ARD.power=x0.5"),
    "sweep": ("--sweep", "ARD.power=x1,x1.5,x2"),
    "windows": ("--each-window",),
}


@pytest.fixture(scope="module", params=sorted(KINDS))
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A page of one kind, and the report inside it."""
    page = tmp_path_factory.mktemp("arms") / "page.html"
    command = [
        *(sys.executable, "-m", "counterpoise", "fork", str(JOURNAL), "--on", "1902-01-01", "--until", "1902-08-01"),
        *("--seeds", "2", "--jobs", "1", *KINDS[request.param], "--html", str(page)),
    ]
    subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return page, data_of(page.read_text(encoding="utf-8"))["report"]


def test_the_page_is_read_at_320_pixels_by_keyboard_without_motion_and_in_german(
    opened: Callable[..., Any], written: tuple[Path, dict[str, Any]], accessible: Callable[[Any], None]
) -> None:
    how = {"color_scheme": "dark", "reduced_motion": "reduce", "locale": "de-DE"}
    page, report = opened(viewport={"width": 320, "height": 700}, **how), written[1]
    folded = page.locator("details:not([open])").count()
    assert folded > 0, "the numbers of each figure stand below it"
    for _ in range(folded + 4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('details:not([open]) > summary')"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            page.keyboard.press("Enter")
    assert page.locator("details:not([open])").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.locator("#f-counts svg").count() == len(report["counts"])
    numbers = " ".join(page.locator("#f-counts td").all_inner_texts())
    assert re.search(r"\d,\d", numbers), "German writes a decimal comma"
    assert not re.search(r"(?<!x)\d\.\d", numbers), "only settings have a point, as they were typed"
    accessible(page)
