"""The simulation does not depend on the theory: without the theory package every digest is the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from counterpoise.session.commands import Inject
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Entry
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId

WITHOUT_THEORY = """
import importlib
import json
import sys


class Locked:
    def find_spec(self, name, path=None, target=None):
        if name == "counterpoise.theory" or name.startswith("counterpoise.theory."):
            raise ImportError("the theory room is locked")


sys.meta_path.insert(0, Locked())
try:
    importlib.import_module("counterpoise.theory.threat")
except ImportError as locked:
    print(locked)

from counterpoise.sim.catalogue import decode_inject, decode_move
from counterpoise.sim.digest import digest
from counterpoise.sim.engine import Simulation
from counterpoise.sim.reading.scenario_text import parse_scenario

game = json.load(sys.stdin)
sim = Simulation(parse_scenario(game["scenario"], "scenario"), game["seed"])
calendar, seats = sim.world.calendar, list(sim.world.actors)
orders, commands = {}, {}
for tick, seat, move in game["orders"]:
    orders.setdefault(tick, []).append((seat, move))
for tick, inject in game["injects"]:
    commands.setdefault(tick, []).append(inject)
while sim.now < game["until"] and not sim.ended:
    if calendar.opens_window(sim.now):
        print(sim.now, digest(sim.world))
    for inject in commands.pop(sim.now, []):
        sim.inject(decode_inject(inject))
    given = [(seat, decode_move(move)) for seat, move in orders.pop(sim.now, [])]
    for seat, move in sorted(given, key=lambda order: -1 if order[1].AT_ONCE else seats.index(order[0])):
        sim.apply(seat, move)
    opening = calendar.opening_of(calendar.window_of(sim.now) + 1)
    sim.advance(min(opening, game["until"], sim.world.end))
if sim.ended:
    print(sim.now, digest(sim.world))
assert not orders and not commands
assert not [name for name in sys.modules if name.startswith("counterpoise.theory")]
"""


def played(text: str, line_up: Callable[[Session, str], dict[ActorId, Bot]], until: int) -> list[Entry]:
    """Play with bots in all seats, every forecast written, and a moderator who meddles once; return the journal."""
    session = Session(scenario_text=text, seed="proof", session_id="game", secret="seal")
    meddled = False

    def meddle(session: Session) -> None:
        nonlocal meddled
        if session.now > 0 and not meddled and session.phase == "running":
            meddled = True
            living = [actor.id for actor in session.simulation.world.active()]
            inject = {"kind": "misperceive", "observer": living[0], "other": living[1], "amount": 0.5}
            session.command(MODERATOR, "meddle", Inject(inject))

    play(session, line_up(session, "proof"), until=until, after_stop=meddle)
    assert meddled
    return session.take_entries()


@pytest.mark.parametrize(
    ("name", "until"), [("checkerboard", 10_000), ("weak-and-alone", 10_000), ("middle-east-1955", 1_400)]
)
def test_a_world_without_the_theory_package_has_the_same_digests(
    scenarios: dict[str, str], line_up: Callable[[Session, str], dict[ActorId, Bot]], name: str, until: int
) -> None:
    entries = played(scenarios[name], line_up, until)
    content = [(entry.tick, entry.kind, entry.content()) for entry in entries]
    digests = [f"{tick} {what['digest']}" for tick, kind, what in content if kind in ("digest", "end")]
    orders = [(tick, what["seat"], what["move"]) for tick, kind, what in content if kind == "order"]
    commands = [(tick, what["command"]) for tick, kind, what in content if kind == "command"]
    injects = [(tick, given["inject"]) for tick, given in commands if given["kind"] == "inject"]
    assert [kind for _, kind, _ in content].count("forecast") > 3
    assert len(orders) > 10
    assert len(injects) == 1
    game = {"scenario": scenarios[name], "seed": "proof", "orders": orders, "injects": injects, "until": until}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_THEORY],
        input=json.dumps(game),
        capture_output=True,
        text=True,
        timeout=100,
        env=dict(os.environ),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    first, *without = done.stdout.splitlines()
    assert first == "the theory room is locked"
    assert without == digests
