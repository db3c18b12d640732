"""Made-up worlds and decision points, for tests without the engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest
from scalar_threat import index

from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.numbers.decaying_sum import DecayingSum
from counterpoise.sim.numbers.geography import great_circle_km
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.scenario import IdeologySpec
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Actor, Dyad, World
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.freezing import freeze
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.forecasts import HYPOTHESES, forecast, sharp_forecast
from counterpoise.theory.parameters import DEFAULT, Parameters, Weights

FAMILIES = ("monarchy", "pan_arab", "democracy", "marxist")


def make_world(size: int = 8, seed: int = 1, *, outside: int = 2) -> World:
    """Build a random world: ``size`` states, the last ``outside`` of them outside powers, on the map of the region."""
    dice = Random(f"world/{seed}")
    ids = [ActorId(f"S{n:02d}") for n in range(size)]
    actors = {}
    for n, me in enumerate(ids):
        far = n >= size - outside
        actors[me] = Actor(
            id=me,
            name=f"State {n}",
            role="outside" if far else "regional",
            latitude=dice.uniform(40, 60) if far else dice.uniform(15, 40),
            longitude=dice.uniform(-80, 40) if far else dice.uniform(10, 60),
            active=True,
            components=(1.0,) * 6,
            capability_factor=1.0,
            technology=1.0,
            offensive_share=0.4,
            lift=0.8 if far else 0.1,
            revisionism=0.3,
            posture="balanced",
            treasury=100.0,
            family=FAMILIES[dice.randrange(len(FAMILIES))],
            legitimacy=dice.uniform(0.2, 0.9),
            openness=dice.uniform(0.1, 0.9),
            constraint=dice.uniform(0.1, 0.9),
            honoured=dice.randrange(3),
            reneged=dice.randrange(2),
            power=dice.uniform(0.5, 3.0) * (10.0 if far else 1.0),
            offense=dice.uniform(0.1, 0.9),
        )
    whole = sum(actor.power for actor in actors.values())
    for actor in actors.values():
        actor.power /= whole
    similarity = {a: {b: 1.0 if a == b else 0.3 for b in FAMILIES} for a in FAMILIES}
    world = World(
        tick=0,
        calendar=Calendar(date(1955, 1, 1)),
        end=9131,
        actors=actors,
        dyads={},
        ideology=IdeologySpec(FAMILIES, similarity, ("pan_arab",)),
        distance_scale_km=3000.0,
    )
    for i, a in enumerate(ids):
        for b in ids[i + 1 :]:
            make_dyads(world, a, b, dice)
    world.alignments[1] = Alignment(1, (ids[0], ids[1]), "defence", since=-400, against=ids[2])
    world.alignments[2] = Alignment(2, (ids[3], ids[4]), "consultation", since=-100, secret=True)
    world.aid[ids[-1], ids[0], "military"] = Aid(ids[-1], ids[0], "military", 0.2, since=-90)
    world.aid[ids[-2], ids[0], "military"] = Aid(ids[-2], ids[0], "military", 0.1, since=-90)
    world.last_id = 10
    return world


def make_dyads(world: World, a: ActorId, b: ActorId, dice: Random) -> None:
    first, second = world.actors[a], world.actors[b]
    km = great_circle_km(first.latitude, first.longitude, second.latitude, second.longitude)
    regional = first.role == second.role == "regional"
    border = 1 if regional and km < 900 else 0
    rivalry = regional and dice.random() < 0.3
    for observer, other in ((a, b), (b, a)):
        seen = world.actors[other]
        world.dyads[observer, other] = Dyad(
            observer,
            other,
            km,
            contiguity=border,
            rivalry=rivalry,
            claim="territory" if rivalry and dice.random() < 0.4 else None,
            hostility=DecayingSum(dice.uniform(0, 1.5) if rivalry else dice.uniform(0, 0.2), -200),
            cooperation=DecayingSum(dice.uniform(0, 0.5), -100),
            hostile_statements=DecayingSum(dice.uniform(0, 1), -50),
            subversion=DecayingSum(dice.uniform(0, 0.4), -50),
            seen_power=max(0.0, seen.power + dice.gauss(0, 0.005)),
            seen_offense=min(1.0, max(0.0, seen.offense + dice.gauss(0, 0.1))),
            penetration=dice.uniform(0, 0.3),
        )


REFERENCE_WEIGHTS = Weights(0.20, 0.25, 0.20, 0.35)
"""The weights with which the reference model's table was computed (theory 5.3)."""


def make_candidate(name: str, **changes: Any) -> Candidate:
    """Build a candidate with middling traits."""
    values: dict[str, Any] = {
        "id": ActorId(name), "power": 0.1, "km": 500.0, "proximity": 1.0, "reach": 1.0, "offense": 0.5, "intentions": 0.1,
        "threat": 0.1,
        "fear_of_top_threat": 0.62, "shared": 0.7, "will": 0.5, "similarity": 0.5, "divisive": False, "aid": 0.0, "monopoly": 0.0,
        "asymmetry": 0.0, "motivation": 0.0, "constraint": 0.0, "penetration": 0.0, "limited": True, "legitimate": True,
        "prior": False, "rivals_shared": 0, "rivals_of_allies": 0,
        "relative_power": 0.2,
    }  # fmt: skip
    return Candidate(**{**values, **changes})


def make_point(
    candidates: tuple[Candidate, ...] = (),
    *,
    power: float = 0.15,
    source_power: float = 0.30,
    relative: float = 0.6,
    proximity: float = 1.0,
    offense: float = 0.6,
    intentions: float = 0.6,
    threat: float | None = None,
    threatened: bool = True,
    **changes: Any,
) -> DecisionPoint:
    """Build the baseline decision of the reference model (theory 5.3), or a variation of it."""
    if threat is None:
        threat = index(REFERENCE_WEIGHTS, (relative, proximity, offense, intentions))
    source = make_candidate(
        "FOE",
        power=source_power,
        proximity=proximity,
        reach=proximity,
        offense=offense,
        intentions=intentions,
        threat=threat,
        fear_of_top_threat=0.0,
    )
    names = [f"{'BAL' if threatened else 'OTHER'}:{k.id}" for k in candidates]
    values: dict[str, Any] = {
        "actor": ActorId("EGO"), "role": "regional", "window": 0, "opened": 0, "closes": 90, "date": "1955-01-01",
        "threatened": threatened, "top_threat": source.id, "threat": threat, "weight": power / (power + source_power),
        "power": power, "relative_power": relative, "legitimacy": 0.6, "openness": 0.5, "war": False, "win_chance": 0.5,
        "contenders": (source.id,), "sheltered": False, "neutral": False, "source": source, "candidates": candidates,
        "barred": (), "options": (*names, "BW", "NEU", "HIDE") if threatened else (*names, "NEU"),
        "floor": 0.15, "shared_floor": 0.075,
    }  # fmt: skip
    return DecisionPoint(**{**values, **changes})


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def world_of() -> Callable[..., World]:
    return make_world


@pytest.fixture
def candidate_of() -> Callable[..., Candidate]:
    return make_candidate


@pytest.fixture
def point_of() -> Callable[..., DecisionPoint]:
    return make_point


def plant(
    decide: Callable[[DecisionPoint, Random], str],
    *,
    sessions: int = 10,
    windows: int = 3,
    size: int = 9,
    outside: int = 2,
    seed: str = "plant",
    parameters: Parameters = DEFAULT,
) -> list[DecisionRecord]:
    """Build decisions in random worlds and let ``decide`` choose an option of each; ``parameters`` are those of the freeze."""
    dice = Random(seed)
    records = []
    for session in range(sessions):
        for window in range(windows):
            world = make_world(size, 100 * session + window, outside=outside)
            points = freeze(world, parameters)
            for point, foretold in zip(points, forecast(points), strict=True):
                outcome = outcome_of(point, decide(point, dice))
                records.append(DecisionRecord(point, foretold, outcome, session=f"s{session}"))
    return records


def outcome_of(point: DecisionPoint, choice: str) -> Outcome:
    """Return the outcome of choosing an option."""
    name, _, partner = choice.partition(":")
    return Outcome(
        actor=point.actor,
        window=point.window,
        opened=point.opened,
        closed=point.closes,
        kind="abstention" if name in ("NEU", "HIDE") else "formation",
        choice=choice,
        alignment_class=name,  # type: ignore[arg-type]
        partners=(ActorId(partner),) if partner else (),
        alignments=(),
        dropped=(),
        conceded=False,
        mixed=False,
    )


def drawn_from(hypothesis: str, *, sharp: bool = False) -> Callable[[DecisionPoint, Random], str]:
    """Return a chooser that follows the forecasts of a hypothesis exactly; a sharp one follows its shares before flattening."""

    asked = {hypothesis: HYPOTHESES[hypothesis]}

    def decide(point: DecisionPoint, dice: Random) -> str:
        [shares] = sharp_forecast([point], hypotheses=asked) if sharp else forecast([point], hypotheses=asked)
        left = dice.random()
        for option, share in zip(point.options, shares[hypothesis], strict=True):
            left -= share
            if left < 0.0:
                return option
        return point.options[-1]

    return decide


@pytest.fixture
def planted() -> Callable[..., list[DecisionRecord]]:
    def make(hypothesis: str, *, sharp: bool = False, **how: Any) -> list[DecisionRecord]:
        return plant(drawn_from(hypothesis, sharp=sharp), **how)

    return make


@pytest.fixture
def chosen_by() -> Callable[..., list[DecisionRecord]]:
    """Make decisions in random worlds by a rule of the test."""
    return plant


@pytest.fixture
def redrawn() -> Callable[..., list[DecisionRecord]]:
    """Make the same decisions again by choosers that follow a hypothesis."""

    def make(records: list[DecisionRecord], hypothesis: str, *, seed: str) -> list[DecisionRecord]:
        dice, decide = Random(seed), drawn_from(hypothesis)
        return [
            DecisionRecord(r.point, r.forecasts, outcome_of(r.point, decide(r.point, dice)), r.session) for r in records
        ]

    return make
