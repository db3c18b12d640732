"""The browser client's pure modules, by Node's own test runner."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.mjs")), ids=lambda file: file.name)
def test_the_tests_of_a_module_pass_under_node(file: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed; it is needed to test the browser client's modules, not to run them")
    done = subprocess.run([node, "--test", str(file)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
