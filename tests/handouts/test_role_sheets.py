"""Role sheets: a sheet for each seat, with what the seat may know and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from counterpoise.handouts.page import page
from counterpoise.handouts.role_sheets import role_sheets
from counterpoise.scenario_files import bundled_scenarios, scenario_text
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import AlignmentSpec, Scenario
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.handouts.conftest import Opening

BEL, COR, DUN = map(ActorId, ("BEL", "COR", "DUN"))
Sheets = Callable[[Scenario], dict[str, str]]
"""Returns the sheets of a scenario as pages, by the name of the state."""


@pytest.fixture(scope="session")
def sheets_by_name(first_day: Opening) -> Sheets:
    def sheets(scenario: Scenario) -> dict[str, str]:
        found = role_sheets(scenario, first_day(scenario))
        return {sheet.findtext("h1") or "": page("", [sheet]) for sheet in found}

    return sheets


@pytest.fixture(scope="module")
def checkerboard() -> Scenario:
    return parse_scenario(*scenario_text("checkerboard"))


@pytest.mark.parametrize("name", bundled_scenarios())
def test_every_state_of_the_first_day_has_a_sheet(name: str, first_day: Opening, sheets_by_name: Sheets) -> None:
    scenario = parse_scenario(*scenario_text(name))
    present = {view.own.name for view in first_day(scenario).values() if view.own.active}

    assert set(sheets_by_name(scenario)) == present


def test_a_sheet_has_the_briefing_and_all_that_its_state_wants(checkerboard: Scenario, sheets_by_name: Sheets) -> None:
    arden = sheets_by_name(checkerboard)["Arden"]

    assert "a republic of merchants" in arden
    assert "Keep the Saltmarsh." in arden
    assert "Keep your land from Eskland. Everybody knows." in arden
    assert "With your partners, weigh as much as Corvane. Nobody else knows." in arden


def test_a_claim_stands_on_both_sheets_with_its_direction(checkerboard: Scenario, sheets_by_name: Sheets) -> None:
    sheets = sheets_by_name(checkerboard)

    assert "<strong>They claim it from you</strong></td><td>Eskland.</td>" in sheets["Arden"]
    assert "<strong>You claim land or more from</strong></td><td>Arden.</td>" in sheets["Eskland"]


def test_a_secret_pact_stands_on_the_sheets_of_its_members_only(checkerboard: Scenario, sheets_by_name: Sheets) -> None:
    secret = AlignmentSpec(members=(BEL, DUN), commitment="defence", start=0, against=COR, secret=True)
    sheets = sheets_by_name(replace(checkerboard, alignments=(*checkerboard.alignments, secret)))
    words = "A defence pact with {} against Corvane, in secret"

    assert words.format("Dunmark") in sheets["Belmar"]
    assert words.format("Belmar") in sheets["Dunmark"]
    assert [name for name, text in sheets.items() if "in secret" in text] == ["Belmar", "Dunmark"]


def test_private_objectives_of_others_are_on_no_sheet(checkerboard: Scenario, sheets_by_name: Sheets) -> None:
    sheets = sheets_by_name(checkerboard)

    assert "Arden: Keep its land from Eskland." in sheets["Belmar"]
    assert "Arden: With its partners" not in "".join(sheets.values())


def test_words_of_a_scenario_cannot_become_markup(checkerboard: Scenario, sheets_by_name: Sheets) -> None:
    first, *others = checkerboard.actors
    hostile = replace(first, briefing='<script>alert("x")</script> & more')

    arden = sheets_by_name(replace(checkerboard, actors=(hostile, *others)))["Arden"]

    assert "&lt;script&gt;" in arden
    assert "<script" not in arden
