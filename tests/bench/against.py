"""Compare this checkout with another commit: ``python tests/bench/against.py COMMIT [NAME...]``.

Both commits run with this interpreter and its libraries, turn by turn, each workload in a process of its own. A ratio above 1
says that this checkout is faster, or smaller. The interval is Student's 95 % interval for the mean of the logarithms of the
ratios: it says how far the ratio of these runs can be trusted, not how another machine would do.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from math import exp, log, sqrt
from pathlib import Path
from statistics import fmean, median, stdev

from measurement import BARS, REPOSITORY
from rich.console import Console
from rich.table import Table
from scipy.stats import t as student
from workloads import WORKLOADS

TIMEOUT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Pairing:
    """A workload on both commits. Rates are per CPU second, ratios are this checkout's over the other commit's."""

    name: str
    what: str
    here: list[float]
    there: list[float]
    ratio: float
    """The median of the ratios of the runs."""
    low: float
    high: float
    """The ends of the 95 % interval."""


@contextmanager
def checkout(commit: str) -> Iterator[Path]:
    """Yield a folder with the files of a commit; it is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="against-") as folder:
        tree = Path(folder) / "tree"
        git = ["git", "-C", str(REPOSITORY), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(tree), commit], check=True)
        try:
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def rate(tree: Path, name: str, size: float) -> float | None:
    """Run a workload with the code of a checkout; ``None`` if that code cannot run it."""
    path = os.pathsep.join(str(tree / part) for part in ("server", "clients"))
    script = Path(__file__).with_name("workloads.py")
    done = subprocess.run(
        [sys.executable, str(script), name, "--size", str(size)],
        env={**os.environ, "PYTHONPATH": path},
        check=False,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
    )
    if done.returncode:
        raise SystemExit(f"{name} failed with the code in {tree.name}:\n{done.stderr[-2000:]}")
    found: float | None = json.loads(done.stdout)["rate"]
    return found


def interval(ratios: Sequence[float]) -> tuple[float, float]:
    """Return Student's 95 % interval of the mean ratio, worked out on logarithms."""
    if len(ratios) < 2:
        return float("nan"), float("nan")
    logs = [log(ratio) for ratio in ratios]
    half = float(student.ppf(0.975, len(logs) - 1)) * stdev(logs) / sqrt(len(logs))
    return exp(fmean(logs) - half), exp(fmean(logs) + half)


def pair(tree: Path, name: str, *, runs: int, size: float) -> Pairing | None:
    """Run a workload on both commits in turns; ``None`` if one of them cannot run it."""
    here: list[float] = []
    there: list[float] = []
    task = BARS.add_task(name, total=runs)
    for run in range(runs):
        # Which commit goes first changes with every run, so that a machine that slows down favours neither.
        for is_here in (True, False) if run % 2 else (False, True):
            found = rate(REPOSITORY if is_here else tree, name, size)
            if found is None:
                BARS.remove_task(task)
                return None
            (here if is_here else there).append(found)
        BARS.advance(task)
    BARS.remove_task(task)
    ratios = [a / b for a, b in zip(here, there, strict=True)]
    what = " ".join((WORKLOADS[name].__doc__ or "").split())
    return Pairing(name, what, here, there, median(ratios), *interval(ratios))


def main() -> int:
    """Compare the workloads that were named, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("commit", help="the commit to compare with")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(WORKLOADS)}; all without one")
    parser.add_argument("--runs", type=int, default=5, help="runs of each workload on each commit")
    parser.add_argument("--size", type=float, default=1.0, help="how much of each workload")
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in WORKLOADS]
    if unknown:
        parser.error(f"no workload {', '.join(unknown)}; there are {', '.join(WORKLOADS)}")
    pairings = []
    with checkout(arguments.commit) as tree, BARS:
        for name in arguments.names or WORKLOADS:
            found = pair(tree, name, runs=arguments.runs, size=arguments.size)
            if found is None:
                print(f"{name}: {arguments.commit} cannot run it", file=sys.stderr)
            else:
                pairings.append(found)
    if arguments.json:
        print(json.dumps({"commit": arguments.commit, "workloads": [asdict(found) for found in pairings]}, indent=2))
    else:
        show(pairings, arguments.commit)
    return 0


def show(pairings: Sequence[Pairing], commit: str) -> None:
    """Print the ratios as a table."""
    table = Table(title=f"This checkout over {commit}", title_justify="left")
    for heading in ("workload", "ratio", "95 % interval", "here", "there", "what is counted"):
        table.add_column(heading, justify="left" if heading.startswith("w") else "right")
    for found in pairings:
        cells = (f"{found.ratio:.2f}", f"{found.low:.2f} to {found.high:.2f}")
        table.add_row(found.name, *cells, f"{median(found.here):.3g}", f"{median(found.there):.3g}", found.what)
    Console(width=140).print(table)


if __name__ == "__main__":
    raise SystemExit(main())
