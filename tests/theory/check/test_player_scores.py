"""Bots are never pooled with people, and too few choices are called so."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs

from counterpoise.theory.check.debrief import debrief
from counterpoise.theory.check.player_scores import enough_choices, whose_decisions
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.sample import Sample

Planted = Callable[..., list[DecisionRecord]]


def played_by(records: list[DecisionRecord], player: str) -> list[DecisionRecord]:
    return [structs.replace(record, player=player) for record in records]


def test_decisions_of_bots_change_no_score_and_no_verdict_of_people(planted: Planted) -> None:
    people = played_by(planted("balance_of_threat", sessions=8), "human")
    bots = [
        structs.replace(record, session=f"bots {record.session}")
        for record in played_by(planted("bandwagoning", sessions=8, sharp=True), "bandwagoner")
    ]
    alone, mixed = debrief(people), debrief([*people, *bots])
    assert (mixed.classes, mixed.hypotheses, mixed.stacking) == (alone.classes, alone.hypotheses, alone.stacking)
    assert mixed.propositions == alone.propositions
    assert (mixed.tested.kind, mixed.tested.decisions, mixed.tested.left_out) == ("people", len(people), len(bots))
    assert mixed.tested.sentence == (
        f"Scores and verdicts are about the decisions of people. {len(bots)} decisions of bandwagoner bots are scored apart."
    )
    assert len(mixed.decisions) == len(people) + len(bots)
    assert [(row.label, row.recovery_test) for row in mixed.by_player] == [
        ("people", False),
        ("bandwagoner bots", True),
    ]
    assert mixed.by_player[0].hypotheses == alone.hypotheses
    assert mixed.by_player[1].hypotheses == debrief(bots).hypotheses
    assert alone.by_player == []


def test_a_session_of_bots_alone_is_a_recovery_test(planted: Planted) -> None:
    found = whose_decisions(played_by(planted("base_rate", sessions=1, windows=1), "jackal"))
    assert (found.kind, found.recovery_test, found.left_out) == ("bots", True, 0)
    assert "recovery test" in found.sentence
    assert "jackal bots" in found.sentence
    people = whose_decisions(played_by(planted("base_rate", sessions=1, windows=1), "human"))
    assert (people.recovery_test, people.sentence) == (False, "Scores and verdicts are about the decisions of people.")
    assert whose_decisions([]).sentence == "No decision has been made yet."


def test_eight_quiet_decisions_are_too_few_and_many_ties_are_enough(
    planted: Planted, chosen_by: Callable[..., list[DecisionRecord]]
) -> None:
    quiet = enough_choices(Sample(chosen_by(lambda point, dice: "NEU", sessions=1, windows=1)[:8]).made)
    assert (quiet.ties, quiet.telling) == (0, False)
    assert quiet.sentence.endswith(quiet.needed)
    assert "11 by at least 5 states would be enough" in quiet.needed
    many = enough_choices(Sample(planted("balance_of_threat", sessions=12)).made)
    assert (many.telling, many.sentence) == (True, "")
