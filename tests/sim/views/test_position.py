"""The rules of moves give the same answer in the world and in a view, as far as the view shows the facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import MOVES, decode_move, encode_move, legal_moves, move_catalogue
from counterpoise.sim.engine import Simulation
from counterpoise.sim.move import Move
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.processes import crisis, penetration, war
from counterpoise.sim.relations.influence import Campaign
from counterpoise.sim.rules import alignments
from counterpoise.sim.scenario import QuestionSpec, Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view
from counterpoise.sim.views.view_position import ViewPosition
from counterpoise.sim.views.world_position import WorldPosition
from counterpoise.sim.world import World

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))
CODES = (A, B, C, D, E, ActorId("FAR"), ActorId("ZZZZ"))
STOPS = 25


def drawn(form: dict[str, Any], dice: Random, ids: list[int]) -> Any:
    """Draw a value that a JSON Schema allows: one of a few codes for a state, one of ``ids`` for an id."""
    if "const" in form:
        return form["const"]
    if "enum" in form:
        return dice.choice(form["enum"])
    if "anyOf" in form:
        return drawn(dice.choice(form["anyOf"]), dice, ids)
    kind = form.get("type")
    if kind == "object":
        return {dice.choice(CODES): drawn(form["additionalProperties"], dice, ids) for _ in range(2)}
    if kind == "number":
        return dice.choice([form["minimum"], form["maximum"], max(form["minimum"], min(0.15, form["maximum"]))])
    if kind == "integer":
        return dice.randint(form["minimum"], form["maximum"]) if "maximum" in form else dice.choice(ids)
    if kind == "array":
        return [drawn(form["items"], dice, ids) for _ in range(dice.randint(form.get("minItems", 0), 3))]
    if kind == "boolean":
        return dice.random() < 0.5
    if kind == "null":
        return None
    return dice.choice(CODES) if "pattern" in form else "Something."


def random_moves(world: World, legal: list[Move], dice: Random) -> Iterator[Move]:
    """Yield moves of every kind, most of them illegal, and legal moves with one field changed."""
    ids = [*world.alignments, *world.crises, *world.wars, *world.proposals, *world.conditions, 999_999_999]
    ids += [*world.treaties, *world.membership_votes, *world.questions]
    for kind, entry in move_catalogue().items():
        forms = entry["schema"]["properties"]
        yield decode_move({name: drawn(form, dice, ids) for name, form in forms.items()})
        alike = [move for move in legal if move.kind == kind]
        if alike:
            wire = encode_move(dice.choice(alike))
            name = dice.choice(list(wire))
            yield decode_move({**wire, name: drawn(forms[name], dice, ids)})


def is_hidden(move: Move, actor: ActorId) -> bool:
    """Return whether a move's rule asks for a fact that no view shows: what third states claim and say of each other."""
    return isinstance(move, GiveAid) and move.demand in ("drop_claim", "friendly_words") and move.about != actor


def texts(refusal: OrderError | None) -> tuple[Any, ...] | None:
    return None if refusal is None else refusal.args


@pytest.mark.parametrize("seed", range(3))
def test_a_view_refuses_the_moves_that_the_world_refuses_and_for_the_same_reason(scenario: Scenario, seed: int) -> None:
    asking = replace(scenario, questions=(QuestionSpec("reason", 0, every_windows=1),))
    sim, dice = Simulation(asking, f"position {seed}"), Random(f"position {seed}")
    verdicts: Counter[str] = Counter()
    for _ in range(STOPS):
        for actor in [state.id for state in sim.world.active()]:
            view = build_view(sim.world, scenario, actor)
            seen, true = ViewPosition(view), WorldPosition(sim.world, actor)
            legal = legal_moves(view)
            for move in [*random_moves(sim.world, legal, dice), *dice.sample(legal, 20)]:
                in_view, in_world = texts(move.refusal(seen)), texts(move.refusal(true))
                verdicts["legal" if in_world is None else "refused"] += 1
                if is_hidden(move, actor):
                    assert in_view is None or in_world is not None, f"{move} of {actor} at {sim.now}"
                else:
                    assert in_view == in_world, f"{move} of {actor} at {sim.now}"
            kinds = sorted({move.kind for move in legal})
            kind = dice.choice(kinds)
            sim.apply(actor, dice.choice([move for move in legal if move.kind == kind]))
        sim.advance(sim.now + 90)
    assert min(verdicts["legal"], verdicts["refused"]) > 500


def test_every_listed_move_is_legal_in_the_world_in_the_middle_of_wars_and_crises(sim: Simulation) -> None:
    war.begin(sim, (A, E), (B,), "policy")
    crisis.begin(sim, C, D, "policy")
    alignments.form(sim, (A, D), "defence", secret=True)
    penetration.begin(sim, Campaign(1, A, B, "lobbying", "limited", 0.5, 0, 365))
    for actor in (A, B, C, D, E):
        for treasury in (0.0, 4.0, 50.0):
            sim.world.actors[actor].treasury = treasury
            position = WorldPosition(sim.world, actor)
            listed = legal_moves(build_view(sim.world, sim.scenario, actor))
            assert listed
            assert [move for move in listed if move.refusal(position) is not None] == []


def test_a_kind_lists_the_same_moves_alone_as_among_all_kinds(sim: Simulation) -> None:
    view = build_view(sim.world, sim.scenario, A)
    assert legal_moves(view) == [move for found in MOVES.values() for move in found.legal(view)]


def test_a_view_does_not_refuse_what_it_cannot_know(sim: Simulation) -> None:
    position = ViewPosition(build_view(sim.world, sim.scenario, A))
    assert position.has_claim(D, B) is None  # DUN claims land of BEL, which ARD's view does not show
    assert position.stated_intent(D, B) is None
    assert WorldPosition(sim.world, A).has_claim(D, B)
    assert GiveAid("DUN", "economic", 0.15, "", "drop_claim", "COR").rule(position) is None
    assert GiveAid("DUN", "economic", 0.15, "", "drop_claim", "COR").rule(WorldPosition(sim.world, A)) is not None
