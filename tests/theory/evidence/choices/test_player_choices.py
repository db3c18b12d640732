from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import structs

from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.choices.player_choices import player_choices, standing
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.forecasts import HYPOTHESES

Planted = Callable[..., list[DecisionRecord]]


def test_each_kind_of_player_has_a_table_of_its_own(
    planted: Planted, proposed: Callable[[Sequence[DecisionRecord]], Sample]
) -> None:
    records = planted("balance_of_threat", sessions=6, windows=2)
    mixed = [structs.replace(one, player="human" if place % 3 else "jackal") for place, one in enumerate(records)]
    people, bots = player_choices(proposed(mixed), HYPOTHESES)
    assert (people.player, people.kind, people.recovery_test, people.label) == ("human", "people", False, "people")
    assert (bots.player, bots.kind, bots.recovery_test, bots.label) == ("jackal", "bots", True, "jackal bots")
    assert (people.decisions, bots.decisions) == tuple(
        sum(one.player == name for one in mixed) for name in ("human", "jackal")
    )
    assert people.whether.scores.nulls[0].meaning != bots.whether.scores.nulls[0].meaning
    ties = [one.partner.scores.n + one.partner.left_out for one in (people, bots)]
    assert sum(ties) == sum(1 for one in mixed if one.outcome and one.outcome.kind == "formation")
    assert people.acceptances.received + bots.acceptances.received == sum(ties)


def test_hypotheses_that_did_not_forecast_every_decision_are_passed_over(planted: Planted) -> None:
    records = planted("balance_of_threat", sessions=1, windows=1)
    records[0] = structs.replace(
        records[0], forecasts={name: shares for name, shares in records[0].forecasts.items() if name != "aid"}
    )
    (found,) = player_choices(Sample(records), HYPOTHESES)
    assert "aid" not in [row.name for row in found.whether.scores.hypotheses]
    assert "ideology" in [row.name for row in found.whether.scores.hypotheses]


def test_quiet_decisions_are_parted_by_whether_an_ally_feared_the_threat_already(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]
) -> None:
    def quiet(point: DecisionPoint) -> DecisionRecord:
        outcome = Outcome(
            point.actor,
            point.window,
            point.opened,
            point.closes,
            "abstention",
            "NEU",
            "NEU",
            (),
            (),
            (3,),
            False,
            False,
        )
        return DecisionRecord(point, {}, outcome, "s")

    points = [
        point_of((candidate_of("K", prior=True, fear_of_top_threat=0.6),), sheltered=True, window=0),
        point_of((candidate_of("K", prior=True, fear_of_top_threat=0.01),), window=1),
        point_of((candidate_of("K", prior=False, fear_of_top_threat=0.6),), window=2),
        point_of((candidate_of("K", prior=True, fear_of_top_threat=0.6),), threatened=False, window=3),
    ]
    alone, allied = standing(Sample([quiet(point) for point in points]).made)
    assert (alone.aligned_against, alone.decisions, alone.quiet, alone.sheltered, alone.dropped) == (False, 2, 2, 0, 2)
    assert (allied.aligned_against, allied.decisions, allied.quiet, allied.sheltered) == (True, 1, 1, 1)
