"""Memory of a running session: the resident set of a fresh process while sessions are added to it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from measurement import Report, figure, ratio

STATM = Path("/proc/self/statm")


def measure(*, tiny: bool) -> Report:
    """Measure in a separate process, so that no other memory counts."""
    if not STATM.exists():
        return Report("Memory of sessions", (), (f"Not measured: this system has no {STATM}.",))
    counts, years, whole = ([1, 2], 0.25, 0.5) if tiny else ([1, 5, 10], 1.0, 25.0)
    script = Path(__file__).resolve().parents[1] / "memory_use.py"
    plan = json.dumps({"counts": counts, "years": years, "whole": whole})
    done = subprocess.run([sys.executable, str(script), plan], capture_output=True, text=True, timeout=150, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    found = json.loads(done.stdout)
    sizes = dict(zip(counts, found["sizes"], strict=True))
    empty, most = found["empty"], counts[-1]
    further = [(sizes[most] - sizes[counts[-2]]) / (most - counts[-2])]
    return Report(
        "Memory of sessions",
        (
            ratio(f"{most} sessions over the process without one", [sizes[most]], [empty]),
            *(figure(f"each of {count} running", "MB", (sizes[count] - empty) / count) for count in counts),
            figure(f"each further one, from {counts[-2]} to {most}", "MB", *further),
            figure("growth of one session from its beginning to its end", "MB", found["grown"]),
            figure("reference: the process without a session", "MB", empty),
        ),
        (
            f"middle-east-1955 with {found['seats']} bots, {years:g} year(s) into the game; its end is {whole:g} years in.",
            "Messages for all seats are kept as a server keeps them; entries and messages that were sent are removed.",
        ),
    )
