"""Made-up decisions, snapshots and incidents, with or without a planted effect."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from math import exp
from random import Random
from typing import Any

import msgspec
import pytest

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.check.verdicts import judged
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.forecasts import HYPOTHESES, forecast

QUARTER = 91
Traits = Callable[[Random, str, str, int], dict[str, Any]]
Decide = Callable[[DecisionPoint, Random], str]


def outcome_of(point: DecisionPoint, choice: str) -> Outcome:
    """Return the outcome of choosing an option; ``OTHER`` and ``BAL`` name their partner."""
    name, _, partner = choice.partition(":")
    partners = (ActorId(partner),) if partner else (point.top_threat,) if name == "BW" else ()
    fresh = any(not k.prior for k in (*point.candidates, point.source) if k.id in partners)
    return Outcome(
        actor=point.actor, window=point.window, opened=point.opened, closed=point.closes,
        kind=("formation" if fresh else "renewal") if partners else "abstention", choice=choice,
        alignment_class=name, partners=partners, alignments=(), dropped=(), conceded=False, mixed=False,  # type: ignore[arg-type]
    )  # fmt: skip


class Play:
    """Makes random decisions. Every trait is drawn for each decision, unless a test fixes it."""

    def __init__(self, point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]) -> None:
        self.point_of, self.candidate_of = point_of, candidate_of

    def __call__(
        self,
        decide: Decide,
        *,
        sessions: int = 10,
        actors: int = 6,
        windows: int = 12,
        partners: int = 4,
        point: Traits | None = None,
        tie: Traits | None = None,
        forecasts: Sequence[str] = (),
        seed: str = "play",
    ) -> list[DecisionRecord]:
        """Return the records of some sessions.

        Args:
            decide: from a point to the label of an option.
            sessions: how many.
            actors: choosers in each.
            windows: decisions of each.
            partners: candidates on each menu.
            point: changes to a point's traits, by session, actor and window.
            tie: changes to each candidate's.
            forecasts: hypotheses to ask.
            seed: of everything.
        """
        dice = Random(seed)
        asked = {name: HYPOTHESES[name] for name in forecasts}
        records = []
        for session in range(sessions):
            for window in range(windows):
                for actor in range(actors):
                    where = (f"s{session}", f"A{actor:02d}", window)
                    made = self._point(dice, partners, where, point, tie)
                    [foretold] = forecast([made], hypotheses=asked) if asked else [{}]
                    records.append(
                        DecisionRecord(made, foretold, outcome_of(made, decide(made, dice)), session=where[0])
                    )
        return records

    def _point(
        self, dice: Random, partners: int, where: tuple[str, str, int], point: Traits | None, tie: Traits | None
    ) -> DecisionPoint:
        candidates = tuple(
            self.candidate_of(
                f"K{number:02d}",
                **{**_tie_traits(dice), **(tie(dice, where[0], f"K{number:02d}", where[2]) if tie else {})},
            )
            for number in range(partners)
        )
        traits = {
            "power": dice.uniform(0.02, 0.3), "source_power": dice.uniform(0.05, 0.5), "relative": dice.random(),
            "proximity": dice.random(), "offense": dice.random(), "intentions": dice.random(),
            "threat": dice.uniform(0.2, 1.0), "legitimacy": dice.random(), "openness": dice.random(),
        }  # fmt: skip
        traits.update(point(dice, *where) if point else {})
        return self.point_of(
            candidates, actor=ActorId(where[1]), window=where[2], opened=where[2] * QUARTER,
            closes=(where[2] + 1) * QUARTER, **traits,
        )  # fmt: skip


def _tie_traits(dice: Random) -> dict[str, Any]:
    return {
        "power": dice.uniform(0.02, 0.4), "km": dice.uniform(200, 6000), "shared": dice.random(), "will": dice.random(),
        "similarity": dice.random(), "threat": dice.random(), "aid": dice.choice((0.0, 0.0, dice.uniform(0.05, 0.5))),
        "monopoly": dice.random(), "penetration": dice.random(), "limited": dice.random() < 0.5,
        "legitimate": dice.random() < 0.5, "prior": dice.random() < 0.2,
    }  # fmt: skip


def yes(dice: Random, log_odds: float) -> bool:
    return dice.random() < 1.0 / (1.0 + exp(-log_odds))


def pick(dice: Random, point: DecisionPoint, worth: Callable[[Candidate], float], *, join_threat: bool = False) -> str:
    """Choose a partner by a conditional logit, the threat included if it is on the menu."""
    menu = [*point.candidates, point.source] if join_threat else list(point.candidates)
    weights = [exp(worth(k)) for k in menu]
    chosen = dice.choices(menu, weights)[0]
    if chosen.id == point.source.id:
        return "BW"
    return next(option for option in point.options if option.endswith(f":{chosen.id}"))


def first_partner(point: DecisionPoint) -> str:
    return point.options[0]


def sided(dice: Random, point: DecisionPoint, log_odds_of_joining: float) -> str:
    """Join the threat or balance against it with some candidate."""
    return "BW" if yes(dice, log_odds_of_joining) else dice.choice(point.options[: len(point.candidates)])


def aligned(dice: Random, point: DecisionPoint, log_odds_of_balancing: float) -> str:
    """Balance with some candidate or do nothing."""
    return dice.choice(point.options[: len(point.candidates)]) if yes(dice, log_odds_of_balancing) else "NEU"


class Log:
    """Writes the incidents of one session."""

    def __init__(self) -> None:
        self.incidents: list[Incident] = []

    def add(self, tick: int, kind: str, *actors: str, **detail: Any) -> None:
        number = len(self.incidents) + 1
        self.incidents.append(Incident(number, tick, kind, tuple(map(ActorId, actors)), None, detail))

    def ordered(self) -> list[Incident]:
        return sorted(self.incidents, key=lambda incident: incident.tick)


def ring(
    tick: int, allied: Sequence[tuple[int, int]], *, size: int = 12, hegemons: tuple[int, ...] = (0, 6)
) -> Structure:
    """Return a snapshot of states in a ring, two of them great powers whose reach falls with each step along it."""

    def steps(i: int, j: int) -> int:
        return min((i - j) % size, (j - i) % size)

    return Structure(
        tick=tick,
        date=f"{1955 + tick // 365}-01-01",
        actors=tuple(ActorId(f"R{number:02d}") for number in range(size)),
        power=tuple(0.3 if number in hegemons else 0.04 for number in range(size)),
        borders=tuple(sorted((min(i, (i + 1) % size), max(i, (i + 1) % size)) for i in range(size))),
        signs=tuple((min(i, j), max(i, j), 1) for i, j in sorted(allied)),
        hegemons=hegemons,
        reach=tuple(tuple(round(0.3 / (1 + steps(i, h)), 6) for h in hegemons) for i in range(size)),
    )


def renamed(text: str) -> str:
    """Return a text in which every state has another name, in another alphabetical order."""
    return re.sub(r"\b([AKRFS])(\d\d)\b|\bFOE\b", lambda m: f"Z{99 - int(m[2])}{m[1]}" if m[1] else "AAA", text)


def rename(thing: Any, kind: Any) -> Any:
    """Return records, structures or incidents with other names of states."""
    return msgspec.convert(json.loads(renamed(json.dumps(msgspec.to_builtins(thing)))), kind)


def verdict_of(name: str, sample: Sample) -> str:
    """Return the verdict on a proposition as if it were the only one of its family."""
    return judged({name: PROPOSITIONS[name]}, sample)[name].verdict


class Kit:
    """The makers of data and the verdict that tests of propositions share."""

    yes, pick, first_partner = staticmethod(yes), staticmethod(pick), staticmethod(first_partner)
    sided, aligned = staticmethod(sided), staticmethod(aligned)
    Log, ring, rename = Log, staticmethod(ring), staticmethod(rename)
    verdict, quarter = staticmethod(verdict_of), QUARTER

    def __init__(self, play: Play) -> None:
        self.play = play


@pytest.fixture
def kit(point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]) -> Kit:
    return Kit(Play(point_of, candidate_of))
