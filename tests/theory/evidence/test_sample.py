from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import msgspec

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import snapshot
from counterpoise.theory.evidence.alliance_spells import pieces, spells, years
from counterpoise.theory.evidence.chronicle import Chronicle
from counterpoise.theory.evidence.sample import Sample

QUARTER = 91


def record(point: DecisionPoint, choice: str = "NEU", *, session: str = "s", on_menu: bool = True) -> DecisionRecord:
    outcome = Outcome(
        actor=point.actor, window=point.window, opened=point.opened, closed=point.closes, kind="abstention", choice=choice,
        alignment_class="NEU", partners=(), alignments=(), dropped=(), conceded=False, mixed=False, on_menu=on_menu,
    )  # fmt: skip
    return DecisionRecord(point, {}, outcome, session)


def trail(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate], windows: int = 8
) -> list[DecisionRecord]:
    records = []
    for window in range(windows):
        for actor, other in (("A", "B"), ("B", "A")):
            k = candidate_of(other, aid=0.1 * window, similarity=0.8)
            made = point_of(
                (k,), actor=ActorId(actor), window=window, opened=window * QUARTER, closes=(window + 1) * QUARTER,
                threat=0.2 + 0.1 * window,
            )  # fmt: skip
            records.append(record(made, on_menu=window != 3))
    return records


def incident(tick: int, kind: str, *actors: str, **detail: Any) -> Incident:
    return Incident(tick, tick, kind, tuple(map(ActorId, actors)), None, detail)


def test_decisions_off_the_menu_are_in_the_trails_only(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]
) -> None:
    sample = Sample(trail(point_of, candidate_of))
    assert len(sample.cases) == 14
    assert [case.point.window for case in sample.trails["s", "A"]] == list(range(8))
    assert sample.ends == {"s": 8 * QUARTER}


def test_the_order_of_records_depends_on_their_content_alone(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]
) -> None:
    records = trail(point_of, candidate_of)
    shuffled = Random("s").sample(records, len(records))
    assert [case.record for case in Sample(shuffled).cases] == [case.record for case in Sample(records).cases]


def test_the_decision_open_at_a_tick_is_found(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]
) -> None:
    sample = Sample(trail(point_of, candidate_of))
    assert sample.point_at("s", "A", -1) is None
    assert sample.point_at("s", "A", 8 * QUARTER) is None
    assert sample.point_at("s", "Z", 5) is None
    for tick, window in ((0, 0), (QUARTER - 1, 0), (QUARTER, 1), (8 * QUARTER - 1, 7)):
        case = sample.point_at("s", "A", tick)
        assert case is not None
        assert case.point.window == window


def test_earlier_aid_is_the_mean_of_three_windows(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]
) -> None:
    sample = Sample(trail(point_of, candidate_of))
    case = sample.trails["s", "A"][4]
    assert round(sample.earlier_aid(case, ActorId("B")), 9) == 0.3
    assert sample.earlier_aid(case, ActorId("Z")) == 0.0


def test_snapshots_are_split_into_sessions_where_the_tick_falls(world: Any) -> None:
    first = snapshot(world)
    later = msgspec.structs.replace(first, tick=365)
    assert [len(session) for session in Sample([], [first, later, first, later, first]).structures] == [2, 2, 1]


def test_an_alliance_is_cut_at_windows_and_at_its_enemys_defeat(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]
) -> None:
    happened = [
        incident(10, "alliance_formed", "A", "B", alignment=1, commitment="defence", against="FOE"),
        incident(150, "war_ended", "FOE", "C", war=2, outcome="WIN", winners=["C"]),
        incident(200, "alliance_ended", "A", "B", alignment=1, reason="left"),
    ]
    sample = Sample(trail(point_of, candidate_of), (), {"s": happened})
    (cut,) = pieces(sample)
    assert [(piece.start, piece.stop, piece.defeated, piece.ended) for piece in cut] == [
        (0, 81, False, False), (81, 140, False, False), (140, 172, True, False), (172, 190, True, True)
    ]  # fmt: skip
    assert [round(piece.threat or 0.0, 6) for piece in cut] == [0.2, 0.3, 0.3, 0.4]
    assert {piece.first_threat for piece in cut} == {cut[0].threat}
    assert round(years(cut), 3) == round(190 / 365.25, 3)


def test_an_expired_term_and_a_vanished_member_do_not_count_as_a_broken_alliance(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]
) -> None:
    happened = [
        incident(1, "alliance_formed", "A", "B", alignment=1, commitment="defence", against=None),
        incident(2, "alliance_formed", "A", "B", alignment=2, commitment="arms", against=None),
        incident(3, "alliance_formed", "A", "B", alignment=3, commitment="basing", against=None),
        incident(50, "alliance_ended", "A", "B", alignment=1, reason="term"),
        incident(60, "state_left", "B"),
        incident(60, "alliance_ended", "A", "B", alignment=2, reason="left"),
    ]
    made = spells(Sample(trail(point_of, candidate_of), (), {"s": happened}))
    assert [(spell.stop, spell.ended) for spell in made] == [(50, False), (60, False), (8 * QUARTER, False)]


def test_a_war_lists_its_parties_at_each_tick() -> None:
    (war,) = Chronicle(
        [
            incident(10, "war_began", "A", "B", war=7, win_chance=0.5),
            incident(20, "war_joined", "C", "A", war=7, side="A"),
            incident(30, "war_left", "C", war=7),
            incident(90, "war_ended", "A", "B", war=7, outcome="WIN", winners=["A"]),
        ]
    ).wars
    assert war.began == 10
    assert [war.fought_by(["C"], tick) for tick in (15, 20, 29, 30)] == [False, True, True, False]
    assert war.fought_by(["B", "X"], 89)
    assert not war.fought_by(["B"], 90)
    assert Chronicle().wars == []


def test_a_spell_has_the_same_members_from_start_to_stop(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]
) -> None:
    chronicle = [
        incident(10, "alliance_formed", "A", "B", alignment=7, against="C"),
        incident(100, "alliance_joined", "D", "A", "B", alignment=7, against="C"),
        incident(200, "alliance_left", "B", "A", "D", alignment=7),
        incident(300, "alliance_left", "A", "D", alignment=7),
        incident(300, "alliance_ended", "A", "D", alignment=7, reason="left"),
    ]
    found = spells(Sample(trail(point_of, candidate_of), incidents_by_session={"s": chronicle}))
    assert [(spell.members, spell.start, spell.stop, spell.ended, spell.against) for spell in found] == [
        (("A", "B"), 10, 100, False, "C"),
        (("D", "A", "B"), 100, 200, True, "C"),
        (("A", "D"), 200, 300, True, "C"),
    ]
