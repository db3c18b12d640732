"""The browser client's modules pass TypeScript's strict type check.

`tsconfig.json` names the modules in which every parameter has a type, and which import no others. `tsconfig.every_module.json`
checks all modules with every other rule.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
COMPILER = HERE / "node_modules" / "typescript" / "bin" / "tsc"
INSTALL = "npm install --prefix tests/browser"


def test_the_wire_types_match_the_protocol() -> None:
    script = HERE / "write_wire_types.py"
    done = subprocess.run([sys.executable, str(script), "--check"], timeout=60, check=False)
    assert done.returncode == 0, f"the protocol has changed: run python {script} and commit wire_types.d.ts"


@pytest.mark.parametrize("project", ["tsconfig.json", "tsconfig.every_module.json"])
def test_the_modules_pass_the_strict_type_check(project: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed; it is needed to check the browser client's modules, not to run them")
    if not COMPILER.exists():
        pytest.skip(f"TypeScript is not installed; run this once, with a network: {INSTALL}")
    command = [node, str(COMPILER), "--project", str(HERE / project), "--pretty", "false"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout
