"""What follows a choice of a side counts if the record reaches that far, and is compared between the two sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.answers_document import ConsequenceRow, Consequences
from counterpoise.theory.evidence.consequences import concentration, consequences
from counterpoise.theory.evidence.sample import Sample

Points = Callable[..., DecisionPoint]
QUARTER, LAST = 91, 12 * 91
BALANCERS, JOINERS = [f"A{n:02d}" for n in range(12)], [f"B{n:02d}" for n in range(12)]


def decided(point_of: Points, actor: str, did: str, opened: int = 0) -> DecisionRecord:
    point = point_of(actor=ActorId(actor), window=opened // QUARTER, opened=opened, closes=opened + QUARTER)
    outcome = Outcome(
        actor=point.actor, window=point.window, opened=opened, closed=point.closes, kind="formation", choice="BW",
        alignment_class=did, partners=(), alignments=(), dropped=(), conceded=False, mixed=False,  # type: ignore[arg-type]
    )  # fmt: skip
    return DecisionRecord(point, {}, outcome, session="s")


@pytest.fixture
def records(point_of: Points) -> list[DecisionRecord]:
    """Twelve balancers and twelve bandwagoners in the first quarter, and someone who watches until the last."""
    sided = [decided(point_of, actor, did) for did, who in (("BAL", BALANCERS), ("BW", JOINERS)) for actor in who]
    return [*sided, decided(point_of, "ZED", "NEU", LAST)]


def attack(tick: int, by: str, target: str) -> Incident:
    return Incident(tick, tick, "war_began", (ActorId(by), ActorId(target)), None, {"war": tick})


def taken(tick: int, *power: float) -> Structure:
    names = tuple(ActorId(f"R{n}") for n in range(len(power)))
    return Structure(tick, "1955-01-01", names, power, (), (), (), tuple(() for _ in power))


def found(
    records: Sequence[DecisionRecord], incidents: Sequence[Incident] = (), structures: Sequence[Structure] = ()
) -> Consequences:
    return consequences(Sample(records, structures, {"s": incidents}))


def row(document: Consequences, outcome: str) -> ConsequenceRow:
    return next(row for row in document.rows if row.outcome == outcome)


def test_attacks_by_the_threat_and_by_anyone_are_told_apart(records: list[DecisionRecord]) -> None:
    attacks = [attack(200 + n, "FOE", target) for n, target in enumerate(JOINERS[:9])]
    document = found(records, [*attacks, attack(300, "EGO", BALANCERS[0])])
    by_threat, by_anyone = row(document, "attacked_by_threat"), row(document, "attacked_by_anyone")
    assert (by_threat.balanced.mean, by_threat.bandwagoned.mean, by_threat.difference) == (0.0, 0.75, -0.75)
    assert by_threat.ci is not None
    assert by_threat.ci[0] < -0.75 < by_threat.ci[1] < 0.0
    assert by_anyone.balanced.mean == pytest.approx(1 / 12, abs=1e-6)
    assert document.sentence.startswith("Within 24 months the threat attacked 0% of 12 that balanced and 75% of 12")
    assert document.sentence.endswith("which is more than chance.")


def test_what_happens_later_than_24_months_does_not_follow(records: list[DecisionRecord]) -> None:
    late = [attack(QUARTER + 730 + n, "FOE", target) for n, target in enumerate(JOINERS)]
    assert row(found(records, late), "attacked_by_threat").bandwagoned.mean == 0.0


def test_rows_that_the_end_of_the_record_cuts_off_are_left_out_and_counted(
    records: list[DecisionRecord], point_of: Points
) -> None:
    late = [decided(point_of, actor, "BAL", LAST) for actor in BALANCERS[:3]]
    for one in found([*records, *late]).rows[:3]:
        assert (one.balanced.n, one.bandwagoned.n, one.cut_off, one.under_way) == (12, 12, 3, 0)


def test_an_attack_under_way_leaves_the_decision_out(records: list[DecisionRecord]) -> None:
    document = found(records, [attack(5, "FOE", JOINERS[0]), attack(6, "EGO", JOINERS[1])])
    assert row(document, "attacked_by_threat").under_way == 1
    assert row(document, "attacked_by_anyone").under_way == 2
    assert row(document, "wars_lost_by_threat").under_way == 0


def test_wars_that_the_threat_loses_are_counted(records: list[DecisionRecord]) -> None:
    ends = {"outcome": "WIN", "winners": ["EGO"], "war": 1}
    lost = [Incident(n, 200 * n, "war_ended", (ActorId("FOE"), ActorId("EGO")), None, ends) for n in (1, 2)]
    won = Incident(3, 500, "war_ended", (ActorId("FOE"), ActorId("EGO")), None, {**ends, "winners": ["FOE"]})
    assert row(found(records, [*lost, won]), "wars_lost_by_threat").balanced.mean == 2.0


def test_the_concentration_of_power_is_that_of_the_nearest_snapshot(records: list[DecisionRecord]) -> None:
    structures = [taken(0, 0.5, 0.5), taken(365, 0.9, 0.1), taken(730, 1.0, 0.0)]
    document = found(records, [], structures)
    assert row(document, "concentration").balanced.mean == 1.0
    assert row(document, "concentration_change").bandwagoned.mean == 1.0
    assert row(found(records, [], structures[:2]), "concentration").cut_off == 24


def test_concentration_runs_from_equal_states_to_one_that_has_all() -> None:
    assert concentration(taken(0, 0.25, 0.25, 0.25, 0.25)) == 0.0
    assert concentration(taken(0, 1.0, 0.0, 0.0)) == 1.0
    assert 0.0 < concentration(taken(0, 0.6, 0.2, 0.2)) < 1.0
    assert concentration(taken(0, 1.0)) == 1.0


def test_too_few_decisions_of_one_kind_give_no_difference(records: list[DecisionRecord]) -> None:
    few = found([record for record in records if record.point.actor not in JOINERS[2:]])
    assert all(one.difference is None and one.ci is None for one in few.rows)
    assert few.sentence == (
        "Too few decisions to compare attacks by the threat within 24 months: 12 that balanced and 2 that bandwagoned began "
        "without such an attack and are on record for so long; a comparison takes 11 of each, by two choosers or more."
    )
    assert found([]).sentence == "No decision that took a side under threat has 24 months on record afterwards."
