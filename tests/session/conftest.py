"""Sessions for tests: real scenarios and bots, no network."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster


@pytest.fixture
def new_session(checkerboard: str) -> Callable[..., Session]:
    """Makes a session of the checkerboard."""

    def make(seed: str = "1", *, streaming: bool = False, text: str = checkerboard) -> Session:
        return Session(scenario_text=text, seed=seed, session_id="s", secret="secret", streaming=streaming)

    return make


@pytest.fixture
def line_up() -> Callable[[Session, str], dict[ActorId, Bot]]:
    """Seats the default bots."""

    def seat(session: Session, seed: str) -> dict[ActorId, Bot]:
        return {s: roster.load_bot(roster.default_bot(s, seed))(f"{seed}/bot/{s}") for s in session.seats}

    return seat
