"""``counterpoise handouts``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from xml.etree.ElementTree import Element

import typer

from counterpoise.cli.output_files import filling
from counterpoise.cli.terminal import console
from counterpoise.handouts.instructor_pack import instructor_pack
from counterpoise.handouts.page import page
from counterpoise.handouts.role_sheets import role_sheets
from counterpoise.handouts.rules_sheet import rules_sheet
from counterpoise.handouts.theory_sheet import theory_sheet
from counterpoise.scenario_files import scenario_text
from counterpoise.sim.engine import Simulation
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.views.view_builder import ViewBuilder


def handouts(
    scenario: Annotated[str, typer.Argument(help="A bundled scenario's name or a scenario file.")],
    to: Annotated[Path, typer.Option("--to", help="The folder to write the pages into.", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace older pages of the same names.")] = False,
) -> None:
    """Write role sheets, rules and a teacher's pack to print.

    The pages need no network. A browser shows and prints them: role-sheets.html has a sheet for each state, rules.html and
    theory.html are one sheet each for everybody, and instructor.html is for the instructor alone.
    """
    played = parse_scenario(*scenario_text(scenario))
    # The sheets are for games of any seed, and every seed deals other errors: the estimates are those of yearbooks, without any.
    seats = ViewBuilder(Simulation(played, seed="").world, played, misperceiving=False)
    views = {actor.id: seats.view(actor.id) for actor in played.actors}
    pages: dict[str, tuple[str, list[Element]]] = {
        "role-sheets.html": (f"Role sheets: {played.title}", role_sheets(played, views)),
        "rules.html": (f"Rules: {played.title}", [rules_sheet(played)]),
        "theory.html": ("The theory on one page", [theory_sheet()]),
        "instructor.html": (f"Teaching with {played.title}", [instructor_pack(played, views)]),
    }
    with filling(to, pages, force=force) as folder:
        for name, (title, sheets) in pages.items():
            (folder / name).write_text(page(title, sheets), encoding="utf-8")
    for name, (title, _) in pages.items():
        console.print(f"{to / name}: {title}", markup=False)
