"""Scenario texts under the module name of version 0.1, with which the bots of its template check themselves."""

from counterpoise.scenario_files import scenario_text

__all__ = ["scenario_text"]
