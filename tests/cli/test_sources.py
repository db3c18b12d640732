"""The names that version 0.1's template of a bot imports still lead to what they name."""

from counterpoise import scenario_files
from counterpoise.cli import sources
from counterpoise.sim import view
from counterpoise.sim.views.view import View


def test_a_bot_of_version_0_1_finds_the_view_and_the_scenario_texts() -> None:
    assert view.View is View
    assert sources.scenario_text is scenario_files.scenario_text
