"""Tournaments small enough to play in a test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.tournament.plan import Tournament, parse


@pytest.fixture
def tournament() -> Callable[..., Tournament]:
    """Makes a tournament of the checkerboard, a year a game."""

    def make(
        entrants: str = '"balancer", "hedger", "random"', *, games: int = 4, seed: str = "1", years: int = 1
    ) -> Tournament:
        return parse(
            f'name = "small"\nseed = "{seed}"\ngames = {games}\nscenarios = ["checkerboard"]\n'
            f"entrants = [{entrants}]\nyears = {years}\n",
            "small.toml",
        )

    return make
