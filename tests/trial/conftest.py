"""Records of games that were never played, for tests of what is said about games."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_origin

import pytest
from msgspec.structs import fields

from counterpoise.trial.game_record import GameRecord

NewGame = Callable[..., GameRecord]
LAST = 1460
"""The tick at which games of the small scenario end: 1904-12-31."""


@pytest.fixture
def new_game() -> NewGame:
    """Makes a record of a whole game in which nothing happened but what is given."""

    def make(number: int = 1, **happened: Any) -> GameRecord:
        empty: dict[str, Any] = {field.name: [] for field in fields(GameRecord) if get_origin(field.type) is list}
        return GameRecord(number=number, seed=f"1/{number}", **{"ticks": LAST, "scores": {}, **empty, **happened})

    return make
