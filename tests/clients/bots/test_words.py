"""Bots put words into their orders only where the level of talk allows them."""

from __future__ import annotations

from typing import Any

import pytest

from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise_clients import roster

BOTS = ("jackal", "wolf", "bandwagoner", "balancer", "jackal", "wolf", "hedger", "attack-all")


def orders_at(level: str, checkerboard: str) -> tuple[list[dict[str, Any]], dict[Any, int]]:
    """Play a year of a game at a level of talk; return the demands and pacts that were ordered, and the refusals."""
    text = checkerboard.replace("[scenario]", f'[scenario]\ntalk = "{level}"', 1)
    session = Session(scenario_text=text, seed="3", session_id="s", secret="secret")
    bots = {seat: roster.load_bot(name)(str(seat)) for seat, name in zip(session.seats, BOTS, strict=True)}
    refusals = dict(play(session, bots, until=366).refusals)
    moves = [entry.content()["move"] for entry in session.take_entries() if entry.kind == "order"]
    return [move for move in moves if move["kind"] in ("demand", "found_pact")], refusals


@pytest.mark.parametrize("level", ["offers", "none"])
def test_bots_demand_and_found_pacts_without_words_where_words_are_not_allowed(checkerboard: str, level: str) -> None:
    free, _ = orders_at("free", checkerboard)
    quiet, refusals = orders_at(level, checkerboard)
    assert refusals == {}
    assert any(move.get("text") for move in free)
    assert [move["kind"] for move in quiet] == [move["kind"] for move in free]
    assert not any(move.get("text") or move.get("name") for move in quiet)
