"""The notebook and the R script make figures of the debrief again, from the exported tables alone."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

EXAMPLES = Path(__file__).parents[2] / "clients" / "examples"
JOURNAL = Path(__file__).parents[1] / "golden" / "rules-6" / "checkerboard.jsonl"
ESTIMATES = ("W1.4", "W4.1", "W5.1n")


def counterpoise(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "counterpoise", *arguments], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    counterpoise("export", str(JOURNAL), str(folder))
    return folder


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    """The figures as the debrief has them."""
    debrief = json.loads(counterpoise("debrief", str(JOURNAL), "--draws", "0", "--json"))
    classes = {name: debrief["classes"][name] for name in ("BAL", "BW", "HIDE", "NEU", "OTHER")}
    skill = next(row["skill"] for row in debrief["hypotheses"] if row["name"] == "balance_of_threat")
    estimates = {row["id"]: row["estimate"] for row in debrief["propositions"]}
    return {"classes": classes, "skill": skill, **{name: estimates[name] for name in ESTIMATES}}


def test_the_notebook_makes_five_figures_again_in_a_kernel_of_jupyter(
    tables: Path, figures: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TABLES", str(tables))
    notebook = nbformat.read(EXAMPLES / "recompute_debrief.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("import json; print(json.dumps(figures))"))
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    printed = [output.text for output in outputs if output.output_type == "stream"]
    made = json.loads(printed[-1])
    assert made["classes"] == {name: count for name, count in figures["classes"].items() if count}
    for name in ("skill", *ESTIMATES):
        assert made[name] == pytest.approx(figures[name], abs=2e-5), name
    assert "conditional logit of y on x1" in "".join(printed)


def test_the_r_script_makes_the_same_figures(tables: Path, figures: dict[str, Any]) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    script = EXAMPLES / "recompute_debrief.R"
    done = subprocess.run(
        ["Rscript", str(script), str(tables)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    made = {name: float(value) for name, value in csv.reader(done.stdout.splitlines())}
    assert {name: made[name] for name in figures["classes"]} == figures["classes"]
    for name in ("skill", *ESTIMATES):
        assert made[name] == pytest.approx(figures[name], abs=2e-5), name
