"""The bots in the READMEs play without a fault, as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from counterpoise.scenario_files import scenario_text
from counterpoise_clients.roster import load_bot
from counterpoise_clients.testing import check_bot

REPOSITORY = Path(__file__).resolve().parents[2]
BOTS = {
    f"{page}-{number}": code
    for page in ("README.md", "clients/README.md")
    for number, code in enumerate(
        re.findall(r"```python\n(.*?)```", (REPOSITORY / page).read_text(encoding="utf-8"), re.DOTALL)
    )
    if "class Bot:" in code
}


def test_both_pages_show_a_bot() -> None:
    assert {name.rpartition("-")[0] for name in BOTS} == {"README.md", "clients/README.md"}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", BOTS)
def test_a_bot_that_a_page_shows_has_no_faults(name: str, tmp_path: Path) -> None:
    file = tmp_path / "shown.py"
    file.write_text(BOTS[name], encoding="utf-8")
    report = check_bot(load_bot(str(file)), scenario_text("checkerboard")[0])
    assert report.ok, str(report)
