"""Evidence accrues with every choice of a side, and never from anything else."""

from __future__ import annotations

from collections.abc import Callable
from math import log10
from random import Random

import pytest
from msgspec import structs

from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.accrual import COMPARED, accruing_evidence, sides_taken
from counterpoise.theory.evidence.accrual_document import AccruingEvidence, EvidenceGroup, EvidencePair
from counterpoise.theory.evidence.accrual_words import label_of_player, odds
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.parameters import CHANCE, PAIRS

Planted = Callable[..., list[DecisionRecord]]
PAIR = ("balance_of_threat", "bandwagoning")


def blind(point: DecisionPoint, dice: Random) -> str:
    """Take any side on the menu."""
    return dice.choice(point.options[: point.alignments])


def in_windows(records: list[DecisionRecord]) -> list[DecisionRecord]:
    """Return the decisions of planted worlds as one session, each world another window."""
    counted: dict[tuple[str, str], int] = {}
    found = []
    for record in records:
        key = (record.session, record.point.actor)
        counted[key] = counted.get(key, -1) + 1
        point = structs.replace(record.point, window=counted[key])
        found.append(structs.replace(record, point=point))
    return found


def group_of(evidence: AccruingEvidence, kind: str = "everyone", name: str = "") -> EvidenceGroup:
    return next(group for group in evidence.groups if (group.kind, group.name) == (kind, name))


def pair_of(group: EvidenceGroup, pair: tuple[str, str] = PAIR) -> EvidencePair:
    return next(one for one in group.pairs if (one.one, one.other) == pair)


def test_every_registered_pair_and_each_of_its_hypotheses_against_chance_is_compared() -> None:
    named = {name for pair in PAIRS for name in pair}
    assert named | {CHANCE} <= set(HYPOTHESES)
    assert COMPARED[: len(PAIRS)] == PAIRS
    assert {pair for pair in COMPARED if pair[1] == CHANCE} == {(name, CHANCE) for name in named}
    assert len(set(COMPARED)) == len(COMPARED)


def test_only_choices_of_a_side_under_threat_count(chosen_by: Planted) -> None:
    records = chosen_by(lambda point, _: "NEU", sessions=1)
    assert sides_taken(records) == []
    evidence = accruing_evidence(records, {})
    assert evidence.groups == []
    sided = chosen_by(blind, sessions=1)
    assert len(sides_taken(sided)) == sum(1 for record in sided if record.point.threatened)


def test_a_ratio_compares_the_sides_alone(chosen_by: Planted) -> None:
    record = next(r for r in chosen_by(blind, sessions=1) if r.point.threatened)
    assert record.outcome is not None
    (side,) = sides_taken([record])
    place, n = record.point.options.index(record.outcome.choice), record.point.alignments
    one, other = (record.forecasts[name][place] / sum(record.forecasts[name][:n]) for name in PAIR)
    (step,) = pair_of(group_of(accruing_evidence([record], {}))).steps
    assert 10.0**step.log_ratio == pytest.approx(one / other, rel=1e-5)
    assert step.log_ratio == step.log_product == step.log_e == -step.log_e_reverse
    assert -1.0 <= side.scaled_difference(*PAIR) <= 1.0
    assert 10.0 ** (step.log_ratio) == pytest.approx(2.718281828 ** side.log_ratio(*PAIR), rel=1e-5)


def test_choices_of_one_window_are_merged_and_windows_multiply(chosen_by: Planted) -> None:
    records = in_windows(chosen_by(blind, sessions=1, windows=4))
    sides = sides_taken(records)
    steps = pair_of(group_of(accruing_evidence(records, {}))).steps
    expected = product = 0.0
    for step in steps:
        ratios = [2.718281828459045 ** s.log_ratio(*PAIR) for s in sides if s.window == step.window]
        expected += log10(sum(ratios) / len(ratios))
        product += sum(log10(ratio) for ratio in ratios)
        assert step.log_e == pytest.approx(expected, abs=1e-5)
        assert step.log_product == pytest.approx(product, abs=1e-5)
    assert [step.window for step in steps] == sorted({side.window for side in sides})
    assert steps[-1].choices == len(sides)


def test_kinds_of_players_are_kept_apart_and_choosers_too(chosen_by: Planted) -> None:
    records = [
        structs.replace(record, player="human" if record.point.actor in ("S00", "S01") else "balancer")
        for record in in_windows(chosen_by(blind, sessions=1, windows=4))
    ]
    evidence = accruing_evidence(records, {"S00": "Jordan"})
    people, bots = (group_of(evidence, "player", name) for name in ("human", "balancer"))
    assert people.choices + bots.choices == group_of(evidence).choices
    assert (people.label, bots.label) == ("people", "balancer bots")
    jordan = group_of(evidence, "chooser", "S00")
    assert jordan.label == "Jordan"
    alone = accruing_evidence([record for record in records if record.point.actor == "S00"], {})
    assert pair_of(jordan) == pair_of(group_of(alone))
    assert all("Jordan's choices" in sentence for sentence in jordan.sentences)


def test_several_sessions_multiply_and_list_no_choosers(chosen_by: Planted) -> None:
    records = in_windows(chosen_by(blind, sessions=3, windows=3))
    whole = accruing_evidence(records, {})
    steps = pair_of(group_of(whole)).steps
    assert [step.session for step in steps] == ["s0", "s1", "s2"]
    apart = [
        pair_of(group_of(accruing_evidence([r for r in records if r.session == name], {}))).steps[-1].log_e
        for name in ("s0", "s1", "s2")
    ]
    assert steps[-1].log_e == pytest.approx(sum(apart), abs=1e-5)
    assert sum(step.log_ratio for step in steps) == pytest.approx(steps[-1].log_product, abs=1e-5)
    assert {group.kind for group in whole.groups} == {"everyone", "player"}
    assert group_of(whole).sentences[0].startswith("After 3 sessions, everyone's choices favour ")


@pytest.mark.parametrize("name", PAIR)
def test_choosers_who_follow_a_hypothesis_give_strong_evidence_for_it_in_the_end(planted: Planted, name: str) -> None:
    records = in_windows(planted(name, sharp=True, sessions=12, windows=8))
    title = HYPOTHESES[name].title.lower()
    sentence = group_of(accruing_evidence(records, {})).sentences[0]
    assert f"favour {title} over" in sentence
    assert sentence.endswith("strong evidence.")


def test_blind_choosers_seldom_give_evidence(chosen_by: Planted) -> None:
    records = in_windows(chosen_by(blind, sessions=30, windows=4))
    games = [[record for record in records if record.session == f"s{number}"] for number in range(30)]
    told = sum("evidence" in group_of(accruing_evidence(game, {})).sentences[0] for game in games)
    assert told <= 30 * 0.1


@pytest.mark.parametrize(
    ("log_odds", "words"),
    [
        (0.0, "1 to 1"),
        (log10(2.44), "2.4 to 1"),
        (log10(9.0), "9 to 1"),
        (log10(23.4), "23 to 1"),
        (5.0, "more than 1000 to 1"),
    ],
)
def test_odds_are_told_in_words(log_odds: float, words: str) -> None:
    assert odds(log_odds) == words


def test_players_are_told_by_kind() -> None:
    assert [label_of_player(name) for name in ("human", "", "the record", "hedger")] == [
        "people", "players without a name", "the record", "hedger bots",
    ]  # fmt: skip
