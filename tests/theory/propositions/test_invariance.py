"""Verdicts do not depend on the order of rows or the names of states."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from counterpoise.sim.world import Incident
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.sample import Sample

if TYPE_CHECKING:
    from tests.theory.propositions.conftest import Kit

PlayedData = tuple[list[DecisionRecord], list[Structure], dict[str, list[Incident]]]
SESSIONS = 6
FORECASTS = ("balance_of_threat", "balance_of_power", "ideology", "aid", "penetration", "status_quo")


def random_play(kit: Kit) -> list[DecisionRecord]:
    def point(dice: Random, session: str, actor: str, window: int) -> dict[str, Any]:
        war = dice.random() < 0.4
        return {
            "war": war, "win_chance": dice.random() if war else 0.5, "sheltered": dice.random() < 0.7,
            "role": "outside" if actor == "A00" else "regional", "intentions": dice.choice((0.2, 0.8)),
            "relative": dice.uniform(0.45, 0.55), "offense": dice.uniform(0.45, 0.55), "proximity": dice.uniform(0.9, 1.0),
        }  # fmt: skip

    def tie(dice: Random, session: str, partner: str, window: int) -> dict[str, Any]:
        return {
            "similarity": dice.choice((0.4, 1.0)),
            "divisive": dice.random() < 0.3,
            "aid": dice.uniform(0.0, 0.3),
            "constraint": dice.random(),
            "motivation": dice.uniform(-1, 1),
            "asymmetry": dice.random(),
            "will": dice.random() ** 2,
            "offense": int(session[1:]) / 6,
        }

    return kit.play(
        lambda chosen, dice: dice.choice(chosen.options), sessions=SESSIONS, actors=5, windows=14, point=point, tie=tie,
        forecasts=FORECASTS,
    )  # fmt: skip


def random_events(kit: Kit) -> dict[str, list[Incident]]:
    chronicles = {}
    for session in range(SESSIONS):
        dice, log = Random(f"log {session}"), kit.Log()
        log.add(400, "war_began", "FOE", "K01", war=1, aim="policy", win_chance=0.5)
        log.add(700, "war_ended", "FOE", "K01", war=1, outcome="WIN", winners=["K01"])
        log.add(500, "promise_broken", "FOE", "K02", war=1)
        for number in range(15):
            actor, partner = f"A{number % 5:02d}", f"K{number % 4:02d}"
            against = dice.choice(("FOE", None))
            made = dice.randrange(700)
            log.add(made, "alliance_formed", actor, partner, alignment=number, commitment="defence", against=against)
            log.add(made + dice.randrange(20, 500), "alliance_ended", actor, partner, alignment=number, reason="left")
            asked = dice.randrange(100, 900)
            log.add(asked, "crisis_opened", partner, actor, crisis=number, level=2)
            log.add(asked + 30, "crisis_ended", partner, actor, crisis=number, yielder=dice.choice((actor, None)))
            log.add(dice.randrange(900), "reason", actor, reason=dice.choice(("ideology", "threat")), note="")
            if number % 3 == 0:
                log.add(dice.randrange(900), "crisis_opened", "FOE", actor, crisis=100 + number, level=2)
            log.add(dice.randrange(900), "penetration_exposed", partner, actor)
        chronicles[f"s{session}"] = log.ordered()
    return chronicles


def random_maps(kit: Kit) -> list[Structure]:
    dice = Random("maps")
    made = []
    for _ in range(SESSIONS):
        for year in range(3):
            pairs = [(i, j) for i in range(12) for j in range(i + 1, 12) if dice.random() < 0.3]
            made.append(kit.ring(365 * year, pairs))
    return made


def rounded(sample: Sample) -> dict[str, tuple[Any, ...]]:
    table = {}
    for name, proposition in PROPOSITIONS.items():
        f = proposition.test(sample)
        numbers = (f.estimate, f.low, f.high, f.low90, f.high90, f.p, f.spread)
        table[name] = (f.n, f.clusters, f.enough, f.note, *(None if x is None else round(x, 6) for x in numbers))
    return table


@pytest.fixture
def play_of(kit: Kit) -> PlayedData:
    return random_play(kit), random_maps(kit), random_events(kit)


def test_findings_do_not_depend_on_names_or_order(kit: Kit, play_of: PlayedData) -> None:
    records, maps, chronicles = play_of
    whole = rounded(Sample(records, maps, chronicles))
    assert [name for name, row in whole.items() if row[4] is None] == []
    shuffled = Random("shuffle").sample(records, len(records))
    backwards = dict(reversed(chronicles.items()))
    assert rounded(Sample(shuffled, maps, backwards)) == whole
    others = (
        kit.rename(shuffled, list[DecisionRecord]),
        kit.rename(maps, list[Structure]),
        kit.rename(chronicles, dict[str, list[Incident]]),
    )
    assert others[0][0].point.actor != shuffled[0].point.actor
    assert rounded(Sample(*others)) == whole


def reordered(record: DecisionRecord, dice: Random) -> DecisionRecord:
    """Return records with the candidates in another order, as from a scenario that lists its states differently."""
    point, count = record.point, len(record.point.candidates)
    order = dice.sample(range(count), count)
    places = [*order, *range(count, len(point.options))]
    moved = msgspec.structs.replace(
        point,
        candidates=tuple(point.candidates[place] for place in order),
        options=tuple(point.options[place] for place in places),
    )
    shares = {name: tuple(row[place] for place in places) for name, row in record.forecasts.items()}
    return DecisionRecord(moved, shares, record.outcome, record.session, record.player)


def test_findings_do_not_depend_on_the_order_of_candidates(play_of: PlayedData) -> None:
    records, maps, chronicles = play_of
    dice = Random("reorder")
    others = [reordered(record, dice) for record in records]
    assert rounded(Sample(others, maps, chronicles)) == rounded(Sample(records, maps, chronicles))


def test_the_same_data_give_the_same_findings_twice(play_of: PlayedData) -> None:
    assert rounded(Sample(*play_of)) == rounded(Sample(*play_of))
