"""``counterpoise scenarios`` and ``counterpoise validate``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from counterpoise.cli.terminal import console, notes, print_json
from counterpoise.errors import HistoryError, InputError, ScenarioError
from counterpoise.scenario_files import bundled_scenarios, scenario_text, text_of
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.reading.history_json_schema import history_json_schema
from counterpoise.sim.reading.history_text import check_history, scenario_id_of
from counterpoise.sim.reading.odd_figures import odd_figures
from counterpoise.sim.reading.scenario_injects import scenario_json_schema
from counterpoise.sim.reading.scenario_text import check_scenario, parse_scenario
from counterpoise.sim.reading.toml_text import errors_with_lines
from counterpoise.sim.scenario import Scenario
from counterpoise.validation_errors import TOML, Problem, one_of
from counterpoise_clients import roster

PROBLEMS_SHOWN = 50
"""How many mistakes of a file ``validate`` prints; many more are one mistake that is repeated."""


def describe(scenario: Scenario) -> dict[str, Any]:
    """Return the row of a scenario in the list. ``minutes`` is the time a class needs, 0 if the file does not say."""
    calendar = Calendar(scenario.start, scenario.window_months)
    return {
        "id": scenario.id,
        "title": scenario.title,
        "from": scenario.start.isoformat(),
        "to": scenario.end.isoformat(),
        "actors": [actor.id for actor in scenario.actors],
        "windows": calendar.window_of(calendar.tick_of(scenario.end) - 1) + 1,
        "minutes": scenario.minutes,
        "summary": scenario.summary,
    }


def list_scenarios(
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """List the bundled scenarios."""
    found = [describe(parse_scenario(*scenario_text(name))) for name in bundled_scenarios()]
    if json:
        print_json({"scenarios": found})
        return
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for heading in ("scenario", "title", "from", "to", "actors", "windows"):
        table.add_column(heading)
    for row in found:
        table.add_row(row["id"], row["title"], row["from"], row["to"], str(len(row["actors"])), str(row["windows"]))
    console.print(table)


def validate(
    file: Annotated[
        str | None, typer.Argument(help="A scenario file, a record (.history.toml), or the name of a bundled scenario.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of scenario files instead, for editors.")
    ] = False,
    record: Annotated[
        bool,
        typer.Option("--record", help="FILE is a record, whatever its name; with --schema: the schema of records."),
    ] = False,
) -> None:
    """Check a scenario file or a historical record.

    Every mistake is printed with its place, what was expected and what the file has there. Figures that look like a slip are
    printed too; they do not make a file invalid.
    """
    if schema:
        print_json(history_json_schema() if record else scenario_json_schema())
        return
    if file is None:
        raise typer.BadParameter("give a file or the name of a bundled scenario", param_hint="FILE")
    is_record = record or file.endswith(".history.toml")
    text, source = (text_of(Path(file), "a record"), file) if is_record else scenario_text(file)
    problems: list[InputError] = [*(_check_record(text, source) if is_record else check_scenario(text, source))]
    if not (problems or is_record):
        problems += errors_with_lines(
            roster.unknown_bots(parse_scenario(text, source).actors), text, ScenarioError, source
        )
    odd = [] if problems or is_record else odd_figures(text)
    if json:
        rows = [_plain(problem) for problem in problems]
        warnings = [figure._asdict() for figure in odd]
        print_json({"file": source, "valid": not problems, "problems": rows, "warnings": warnings})
    elif problems:
        for problem in problems[:PROBLEMS_SHOWN]:
            notes.print(str(problem), markup=False)
        if len(problems) > PROBLEMS_SHOWN:
            notes.print(
                f"{source}: {len(problems) - PROBLEMS_SHOWN} more mistakes; --json lists all of them", markup=False
            )
    elif is_record:
        console.print(
            f"{source}: valid; run it with --record to learn whether every act is legal on its date", markup=False
        )
    else:
        row = describe(parse_scenario(text, source))
        console.print(
            f"{source}: valid, {len(row['actors'])} actors, {row['windows']} windows, {row['from']} to {row['to']}"
        )
    if not json:
        for figure in odd:
            notes.print(f"{source}: warning: {figure}", markup=False)
    if problems:
        raise typer.Exit(InputError.exit_code)


def _check_record(text: str, source: str) -> list[HistoryError]:
    """Check a record against its scenario: NAME.toml beside NAME.history.toml, or ID.toml beside it, or the bundled one."""
    name = scenario_id_of(text, source)
    path = Path(source)
    beside = [path.with_name(f"{stem}.toml") for stem in dict.fromkeys((path.name.removesuffix(".history.toml"), name))]
    beside = [file for file in beside if file != path]
    found = next((str(file) for file in beside if file.is_file()), name)
    if found == name and name not in bundled_scenarios():
        files = " or ".join(str(file) for file in beside)
        expected = f"the id of a scenario in the file {files}, or of a bundled one: {one_of(bundled_scenarios(), name)}"
        return errors_with_lines([Problem("history.scenario", expected, TOML.shown(name))], text, HistoryError, source)
    return check_history(text, source, parse_scenario(*scenario_text(found)))


def _plain(problem: InputError) -> dict[str, str | int | None]:
    """Return a problem as plain values, with the line number, which is part of the path in texts, in its own field."""
    found = re.fullmatch(r"(.*?) ?\(?line (\d+)(?:\)|, .*)?", problem.path)
    path, line = (found[1], int(found[2])) if found else (problem.path, None)
    return {"path": path, "line": line, "expected": problem.expected, "got": problem.got}
