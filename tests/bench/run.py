"""Run the benchmarks of counterpoise: ``python tests/bench/run.py [NAME...] [--games N] [--json] [--schema] [--tiny]``.

Each file in ``benchmarks/`` is one benchmark. They print ratios to a reference measured in the same run, since absolute numbers
depend more on the machine than on the program. The checker and the calibration take many minutes, the others a minute or two.
The soak takes an hour or two and measures no speed, so it runs only by name.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import time

import benchmarks
import msgspec
from bench_document import BenchDocument, BenchmarkReport, bench_schema, benchmark_report
from measurement import BARS, REASONED, Comparison, Figure, Report
from rich.console import Console
from rich.table import Table

WIDTH = 120
WHEN_NAMED = ("soak",)


def names() -> list[str]:
    """Return the names of all benchmarks."""
    return sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__))


def main() -> int:
    """Run the named benchmarks, or all."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"any of {', '.join(names())}; without one all but {', '.join(WHEN_NAMED)}",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of that document instead")
    parser.add_argument("--tiny", action="store_true", help="run so little that it shows only that the benchmarks work")
    parser.add_argument("--games", type=int, metavar="N", help="how many games of each kind `evidence` plays")
    arguments = parser.parse_args()
    if arguments.schema:
        print(msgspec.json.format(msgspec.json.encode(bench_schema()), indent=2).decode())
        return 0
    unknown = [name for name in arguments.names if name not in names()]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(names())}")
    if arguments.games is not None and (arguments.names != ["evidence"] or arguments.games < 1):
        parser.error("--games needs the benchmark evidence alone, and a number of games from 1")
    console = Console(stderr=arguments.json)
    console.width = max(console.width, WIDTH)
    found: dict[str, BenchmarkReport] = {}
    for name in arguments.names or [name for name in names() if name not in WHEN_NAMED]:
        module = importlib.import_module(f"benchmarks.{name}")
        with BARS:
            task = BARS.add_task(name, total=None)
            began = time.perf_counter()
            how = {} if arguments.games is None else {"games": arguments.games}
            report: Report = module.measure(tiny=arguments.tiny, **how)
            seconds = time.perf_counter() - began
            BARS.remove_task(task)
        found[name] = benchmark_report(report, seconds)
        if not arguments.json:
            show(console, name, report, seconds)
    if arguments.json:
        document = BenchDocument(python=sys.version.split()[0], tiny=arguments.tiny, benchmarks=found)
        print(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
    return 0


def show(console: Console, name: str, report: Report, seconds: float) -> None:
    """Print a report as a table, after the table of its comparisons with published figures."""
    if report.comparisons:
        console.print(comparison_table(report.comparisons))
        for place, comparison in enumerate(report.comparisons, start=1):
            if comparison.mark == REASONED:
                console.print(f"{place}: {comparison.explanation}", highlight=False)
    table = Table(title=f"{report.title} ({name})", title_justify="left", caption_justify="left")
    table.caption = "\n".join((*report.notes, f"Took {seconds:.0f} s."))
    table.add_column("measure")
    table.add_column("median", justify="right")
    table.add_column("unit")
    table.add_column("range or interval", justify="right")
    for row in report.figures:
        table.add_row(row.name, amount(row.value), row.unit, spread(row))
    console.print(table)


def comparison_table(rows: tuple[Comparison, ...]) -> Table:
    """Return the table of simulated and published figures; the numbers in front refer to the notes below it."""
    table = Table()
    for heading in ("", "measure", "unit", "here", "published", "source", "mark"):
        table.add_column(heading, justify="right" if heading in ("", "here", "published") else "left")
    for place, row in enumerate(rows, start=1):
        here = f"{amount(row.value)} ({amount(row.least)}-{amount(row.most)})"
        published = f"{amount(row.published)} ({amount(row.published_least)}-{amount(row.published_most)})"
        table.add_row(str(place), row.name, row.unit, here, published, row.source, row.mark)
    return table


def spread(row: Figure) -> str:
    """Return the range of a figure's repetitions; empty for a single one."""
    return f"{amount(min(row.values))} to {amount(max(row.values))}" if len(row.values) > 1 else ""


def amount(value: float) -> str:
    """Return a number with three significant digits, or all digits before the point."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
