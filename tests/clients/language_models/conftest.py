"""An endpoint that runs, and a view to ask it about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.clients.language_models.fake_model import FakeModel, running_model

from counterpoise.game import Game
from counterpoise.sim.views.view import View
from counterpoise_clients.roster import load_bot


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeModel]:
    """A running endpoint, to which the environment points."""
    pytest.importorskip("httpx", reason="the extra 'llm' is not installed")
    with running_model(monkeypatch) as fake:
        yield fake


@pytest.fixture(scope="session")
def first_view() -> View:
    """What Corvane sees on the first day of the small scenario."""
    game = Game("checkerboard", "1", bots=lambda seat, seed: None if seat == "COR" else load_bot("balancer")(seed))
    game.reset("1")
    return game.view("COR")
