"""The conformance kit catches wrong bots in processes of their own, in Python and in other languages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from counterpoise_clients.isolation.bot_limits import BotLimits
from counterpoise_clients.roster import SeatLoader
from counterpoise_clients.testing import check_named_bot

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the clock of another process")
LOAD = SeatLoader(BotLimits(seconds=0.5, bank=0.2, memory=512))
MADE = "class Bot:\n    def __init__(self, seed): {made}\n    def decide(self, view): {body}\n"
LEAVE = "from counterpoise.sim.moves.leave_alliance import LeaveAlliance\n"
WRONG = {
    "raises": (MADE.format(made="...", body="return 1 / 0"), "ERROR: ZeroDivisionError: division by zero (line 3)"),
    "answers nothing": (MADE.format(made="...", body="pass"), "INVALID: decide returned nothing"),
    "answers texts": (MADE.format(made="...", body="return ['attack']"), "INVALID: decide returned a str among its moves"),
    "is not legal": (
        LEAVE + MADE.format(made="...", body="return [LeaveAlliance(999)]"), "a move of kind leave_alliance is not legal"
    ),
    "is malformed": (LEAVE + MADE.format(made="...", body="return [LeaveAlliance('x')]"), "INVALID: a move that is none"),
    "draws from the system": (
        "import os\nfrom counterpoise.sim.moves.arm import Arm\n"
        + MADE.format(made="...", body="return [Arm(round(os.urandom(1)[0] / 256, 4))]"),
        "two bots with the same seed decided differently",
    ),
    "takes no seed": ("class Bot:\n    def decide(self, view): return []\n", "ERROR: cannot be made: TypeError"),
    "has no class": ("class Robot: ...\n", "ERROR: cannot be made: no class Bot in this file"),
    "misses a module": ("import no_such_module\n", "ERROR: cannot be made: line 1: ModuleNotFoundError"),
    "hangs at import": ("while True: pass\n", "TIMEOUT: import: no answer within 0.5 s"),
    "hangs when made": (MADE.format(made="exec('while True: pass')", body="return []"), "TIMEOUT: constructor"),
    "hangs": ("import time\n" + MADE.format(made="...", body="time.sleep(99)"), "TIMEOUT: decision"),
    "exits": ("import os\n" + MADE.format(made="...", body="os._exit(5)"), "ERROR: ended its process with exit code 5"),
    "prints": (MADE.format(made="...", body="print('x' * 2000000)"), "INVALID: wrote more than 1048576 bytes"),
    "eats": (MADE.format(made="...", body="return [bytearray(10**9)]"), "ERROR: MemoryError"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_bot_is_caught(kind: str, checkerboard: str, tmp_path: Path) -> None:
    file = tmp_path / "wrong.py"
    file.write_text(WRONG[kind][0])
    report = check_named_bot(str(file), checkerboard, stops=1, load=LOAD)
    assert not report.ok
    assert any(WRONG[kind][1] in problem for problem in report.problems), report.problems


def test_a_program_that_does_not_keep_the_format_is_caught(checkerboard: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.sh").write_text(
        "read line; echo '{\"t\":\"ready\"}'; read line; echo 'my move: attack'; sleep 9\n"
    )
    load = SeatLoader(LOAD.limits, str(tmp_path))
    report = check_named_bot("cmd:sh wrong.sh", checkerboard, stops=1, load=load)
    assert "INVALID: a line of standard output that is no message" in report.problems[0]
