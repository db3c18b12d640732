from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import counterpoise.sim
from counterpoise.sim.catalogue import legal_moves
from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import entry
from counterpoise.sim.rules import memory
from counterpoise.sim.rules.relevant_pairs import (
    forget,
    is_relevant,
    relevant_pairs,
    set_border,
    set_claim,
    set_rivalry,
)
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view
from counterpoise.sim.world import Dyad, World

SOURCES = Path(counterpoise.sim.__file__).parent
SETTERS = ("rules/relevant_pairs.py", "rules/memory.py", "opening.py")
"""The modules that may write what makes a pair relevant. The opening adds past disputes before anybody asks for pairs."""
C, D = ActorId("COR"), ActorId("DUN")


def fresh(world: World) -> list[Dyad]:
    existing = [actor.id for actor in world.active()]
    return [
        dyad
        for dyad in world.dyads.values()
        if dyad.observer in existing and dyad.other in existing and is_relevant(world, dyad)
    ]


def test_neighbours_rivals_claimants_enemies_and_outside_powers_are_relevant(sim: Simulation) -> None:
    world = sim.world
    assert world.dyad(C, D) not in relevant_pairs(world)
    changes: list[tuple[Callable[[], None], Callable[[], None]]] = [
        (lambda: set_border(world, C, D, 1), lambda: set_border(world, C, D, 0)),
        (lambda: set_rivalry(world, C, D, True), lambda: set_rivalry(world, C, D, False)),
        (lambda: set_claim(world, D, C, "territory"), lambda: set_claim(world, D, C, None)),
        (lambda: memory.remember_hostile_act(sim, D, C, 3), lambda: memory.add_hostility(sim, D, C, -1.0)),
    ]
    for begin, end in changes:
        begin()
        assert world.dyad(C, D) in relevant_pairs(world) == fresh(world)
        end()
        assert world.dyad(C, D) not in relevant_pairs(world) == fresh(world)
    assert any(world.actors[dyad.other].role == "outside" for dyad in relevant_pairs(world))


def test_pairs_of_a_state_that_is_gone_are_not_relevant(sim: Simulation) -> None:
    gone = relevant_pairs(sim.world)[0].observer
    entry.deactivate(sim, gone)
    assert relevant_pairs(sim.world) == fresh(sim.world)
    assert not [dyad for dyad in relevant_pairs(sim.world) if gone in (dyad.observer, dyad.other)]


def test_pairs_are_kept_until_something_changes(sim: Simulation) -> None:
    kept = relevant_pairs(sim.world)
    assert relevant_pairs(sim.world) is kept
    forget(sim.world)
    assert relevant_pairs(sim.world) is not kept


def test_kept_pairs_are_right_throughout_a_random_game(scenario: Scenario) -> None:
    sim, chances = Simulation(scenario, "pairs"), Random("orders")
    while not sim.ended:
        for actor in list(sim.world.active()):
            moves = legal_moves(build_view(sim.world, sim.scenario, actor.id))
            if not moves:
                continue
            kind = chances.choice(sorted({move.kind for move in moves}))
            sim.apply(actor.id, chances.choice([move for move in moves if move.kind == kind]))
        sim.advance(sim.now + 45)
        assert relevant_pairs(sim.world) == fresh(sim.world)


def writes(path: Path) -> Iterator[str]:
    """Yield the places at which a module writes a border, a rivalry, a claim or remembered hostility."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            for part in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(part, ast.Attribute) and part.attr in ("contiguity", "rivalry", "claim", "hostility"):
                    yield f"{path.name}:{part.lineno} writes {part.attr}"
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".hostility.add"):
            yield f"{path.name}:{node.lineno} adds hostility"


def test_only_the_setters_write_what_makes_a_pair_relevant() -> None:
    modules = [path for path in SOURCES.rglob("*.py") if path.relative_to(SOURCES).as_posix() not in SETTERS]
    assert not [place for path in modules for place in writes(path)], "use rules/relevant_pairs.py or rules/memory.py"
    assert [len(list(writes(SOURCES / name))) > 0 for name in SETTERS] == [True, True, True]
