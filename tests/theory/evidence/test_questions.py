"""Every question that was asked is counted once, by what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UNSET, structs

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.elicitation_document import QuestionCounts
from counterpoise.theory.evidence.questions import questions
from counterpoise.theory.evidence.sample import Sample

Planted = Callable[..., list[DecisionRecord]]


def incident(kind: str, seat: str, question: int, ask: str, tick: int = 0) -> Incident:
    return Incident(0, tick, kind, (ActorId(seat),), (ActorId(seat),), {"question": question, "ask": ask})


def test_nothing_was_asked(planted: Planted) -> None:
    assert questions(Sample(planted("balance_of_threat", sessions=1, windows=1))) is UNSET


def test_answers_skips_lapses_and_open_questions_are_counted_by_kind_and_player(planted: Planted) -> None:
    records = [
        structs.replace(record, player=f"player {place}")
        for place, record in enumerate(planted("balance_of_threat", sessions=1, windows=1))
    ]
    a, b = records[0].point.actor, records[1].point.actor
    told = [
        incident("question_asked", a, 1, "belief"),
        incident("question_asked", b, 2, "belief"),
        incident("question_asked", a, 3, "threats"),
        incident("question_asked", b, 4, "threats"),
        incident("question_asked", "QQ", 5, "threats"),
        incident("question_answered", a, 1, "belief"),
        incident("question_skipped", b, 2, "belief"),
        incident("question_lapsed", a, 3, "threats"),
    ]
    found: Any = questions(Sample(records, (), {records[0].session: told}))
    assert found.all == QuestionCounts(5, 1, 1, 1, 2)
    assert found.kinds == {"belief": QuestionCounts(2, 1, 1, 0, 0), "threats": QuestionCounts(3, 0, 0, 1, 2)}
    assert {row.player: row.counts for row in found.players} == {
        "player 0": QuestionCounts(2, 1, 0, 1, 0),
        "player 1": QuestionCounts(2, 0, 1, 0, 1),
        "QQ": QuestionCounts(1, 0, 0, 0, 1),
    }
