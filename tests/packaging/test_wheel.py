"""The wheel contains code, browser client and scenarios, and installs two packages only."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pytest.importorskip("build", reason="the package builder is a development requirement")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(repository)],
        capture_output=True, text=True, timeout=170, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    return next(folder.glob("*.whl"))


def test_the_wheel_contains_scenarios_and_the_browser_client(wheel: Path, repository: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for scenario in (repository / "scenarios").glob("*.toml"):
        assert f"counterpoise/scenarios/{scenario.name}" in names
    for file in (repository / "clients" / "counterpoise_clients" / "web").rglob("*.mjs"):
        assert file.relative_to(repository / "clients").as_posix() in names
    assert {f"counterpoise/cli/templates/{name}" for name in ("scenario.toml", "record.toml", "bot.py")} <= names
    assert "counterpoise/py.typed" in names


def test_the_wheel_installs_two_packages_only(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"counterpoise", "counterpoise_clients"}


def test_an_unpacked_wheel_finds_its_scenarios(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", "from counterpoise.scenario_files import bundled_scenarios as b; print(*b())"],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path), "PATH": ""}, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert {"checkerboard", "middle-east-1955"} <= set(done.stdout.split())
