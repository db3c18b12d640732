"""A bad entrant loses its own moves and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from counterpoise.tournament.plan import Tournament
from counterpoise.tournament.result_document import GameResult, SeatLog
from counterpoise.tournament.runner import run
from counterpoise_clients.isolation.bot_limits import BotLimits
from counterpoise_clients.roster import SeatLoader

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the clock of another process")
MADE = "class Bot:\n    def __init__(self, seed): {made}\n    def decide(self, view): {body}\n"
TAMPERING = (
    'exec(\'for o in gc.get_objects():\\n if type(o).__name__ == "World": '
    "o.scores.update(dict.fromkeys(o.scores, 99.0))') or []"
)
BAD = {
    "hangs-at-import": ("while True: pass\n" + MADE.format(made="...", body="return []"), "TIMEOUT"),
    "hangs-in-constructor": (MADE.format(made="exec('while True: pass')", body="return []"), "TIMEOUT"),
    "hangs-in-decide": ("import time\n" + MADE.format(made="...", body="time.sleep(999)"), "TIMEOUT"),
    "exits": ("import os\n" + MADE.format(made="...", body="os._exit(1)"), "ERROR"),
    "forks": ("import os\n" + MADE.format(made="...", body="exec('while True: os.fork()')"), "ERROR"),
    "eats": (MADE.format(made="...", body="return [bytearray(4 * 10**9)]"), "ERROR"),
    "prints": (MADE.format(made="...", body="exec('for _ in range(1000): print(\"x\" * 10**6)')"), "INVALID"),
    "talks-nonsense": (MADE.format(made="...", body="return {'kind': 'win'}"), "INVALID"),
    "tampers": ("import gc\n" + MADE.format(made="...", body=f"return {TAMPERING}"), "OK"),
}


def test_each_bad_entrant_gets_its_status_and_the_others_results_are_as_beside_one_that_passes(
    tournament: Callable[..., Tournament], checkerboard: str, tmp_path: Path
) -> None:
    load = SeatLoader(BotLimits(seconds=0.3, bank=0.1))
    file = tmp_path / "entrant.py"
    plan = tournament(f'"hedger", {{ name = "x", bot = "{file}" }}', games=1, seed="3")  # no seat decides ten times
    logs: list[SeatLog] = []

    def played(text: str) -> GameResult:
        file.write_text(text)
        logs.clear()
        (result,) = run(plan, {"checkerboard": checkerboard}, load, keep_logs=lambda _, seats: logs.extend(seats))
        return result

    passing = played(MADE.format(made="...", body="return []"))
    for name, (text, status) in BAD.items():
        result = played(text)
        assert {seat.status for seat in result.seats if seat.entrant == "x"} == {status}, name
        assert all((seat.failed > 0) == (status != "OK") for seat in result.seats if seat.entrant == "x"), name
        assert {seat.isolation for seat in result.seats if seat.entrant == "hedger"} == {"in process"}
        assert [seat.score for seat in result.seats] == [seat.score for seat in passing.seats], name
        assert result.digest == passing.digest, name
        assert [row for row in result.entrants if row.entrant == "hedger"] == [
            row for row in passing.entrants if row.entrant == "hedger"
        ], name
        if name == "prints":
            assert all(len(log.stderr) == 4096 for log in logs if log.entrant == "x")
