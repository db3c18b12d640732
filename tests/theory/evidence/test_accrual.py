"""Evidence accrues with every act that takes a side, and never from anything else."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate, groupby
from math import exp, log, log10
from random import Random

import pytest
from msgspec import structs

from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.accrual import (
    CLAIMS,
    COMPARED,
    HURDLE,
    NAMES,
    Bets,
    Decided,
    accruing_evidence,
    evidence_of,
    sides_taken,
)
from counterpoise.theory.evidence.accrual_document import AccruingEvidence, EvidenceGroup, EvidencePair, EvidenceStep
from counterpoise.theory.evidence.accrual_words import label_of_player, odds, sentence
from counterpoise.theory.evidence.acts.kinds import ACT_KINDS
from counterpoise.theory.evidence.acts.side_taken import SideTaken
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.parameters import CHANCE, DEFAULT, PAIRS, SHARPENED
from counterpoise.theory.statistics import betting_process, mixed

Planted = Callable[..., list[DecisionRecord]]
InWindows = Callable[..., list[DecisionRecord]]
OffersOf = Callable[[list[DecisionRecord]], dict[str, list[Incident]]]
Happened = Callable[..., Incident]
PAIR = ("balance_of_threat", "bandwagoning")


def blind(point: DecisionPoint, dice: Random) -> str:
    """Take any side on the menu."""
    return dice.choice(point.options[: point.alignments])


def group_of(evidence: AccruingEvidence, kind: str = "tested", name: str = "") -> EvidenceGroup:
    return next(group for group in evidence.groups if (group.kind, group.name) == (kind, name))


def pair_of(group: EvidenceGroup, pair: tuple[str, str] = PAIR) -> EvidencePair:
    return next(one for one in group.pairs if (one.one, one.other) == pair)


def test_every_registered_pair_and_each_of_its_hypotheses_against_chance_is_compared() -> None:
    named = {name for pair in PAIRS for name in pair}
    assert named | {CHANCE} <= set(HYPOTHESES)
    assert COMPARED[: len(PAIRS)] == PAIRS
    assert {pair for pair in COMPARED if pair[1] == CHANCE} == {(name, CHANCE) for name in named}
    assert len(set(COMPARED)) == len(COMPARED)


def test_only_choices_of_a_side_under_threat_count(
    chosen_by: Planted, in_windows: InWindows, offers_of: OffersOf
) -> None:
    records = chosen_by(lambda point, _: "NEU", sessions=1)
    assert sides_taken(records, offers_of(records)) == []
    evidence = accruing_evidence(records, offers_of(records), {})
    assert evidence.groups == []
    sided = in_windows(chosen_by(blind, sessions=1))
    assert len(sides_taken(sided, offers_of(sided))) == sum(1 for record in sided if record.point.threatened)


def test_a_ratio_compares_the_sides_alone(chosen_by: Planted, in_windows: InWindows, offers_of: OffersOf) -> None:
    record = next(r for r in chosen_by(blind, sessions=1) if r.point.threatened)
    assert record.outcome is not None
    (side,) = sides_taken([record], offers_of([record]))
    place, n = record.point.options.index(record.outcome.choice), record.point.alignments
    one, other = (record.forecasts[name][place] / sum(record.forecasts[name][:n]) for name in PAIR)
    (step,) = pair_of(group_of(accruing_evidence([record], offers_of([record]), {}))).steps
    assert 10.0**step.log_ratio == pytest.approx(one / other, rel=1e-5)
    assert step.log_ratio == step.log_product == step.log_e == -step.log_e_reverse
    assert -1.0 <= side.bet(*PAIR).scaled <= 1.0
    assert 10.0 ** (step.log_ratio) == pytest.approx(2.718281828 ** side.bet(*PAIR).log_ratio, rel=1e-5)


def test_choices_of_one_window_are_merged_and_windows_multiply(
    chosen_by: Planted, in_windows: InWindows, offers_of: OffersOf
) -> None:
    records = in_windows(chosen_by(blind, sessions=1, windows=4))
    sides = sides_taken(records, offers_of(records))
    steps = pair_of(group_of(accruing_evidence(records, offers_of(records), {}))).steps
    expected = product = 0.0
    for step in steps:
        own = [side for side in sides if side.window == step.window]
        weights = [side.bet(*PAIR).weight for side in own]
        ratios = [2.718281828459045 ** side.bet(*PAIR).log_ratio for side in own]
        expected += log10(sum(w * ratio for w, ratio in zip(weights, ratios, strict=True)) / sum(weights))
        product += sum(log10(ratio) for ratio in ratios)
        assert step.log_e == pytest.approx(expected, abs=1e-5)
        assert step.log_product == pytest.approx(product, abs=1e-5)
    assert [step.window for step in steps] == sorted({side.window for side in sides})
    assert steps[-1].choices == len(sides)


def test_the_odds_of_a_document_are_the_rounded_clear_gains(
    chosen_by: Planted, in_windows: InWindows, offers_of: OffersOf
) -> None:
    records = in_windows(chosen_by(blind, sessions=1, windows=4))
    sides = sides_taken(records, offers_of(records))
    bets = Bets([list(own) for _, own in groupby(sides, key=lambda side: side.window)])
    group = group_of(accruing_evidence(records, offers_of(records), {}))
    for one, other in [PAIR, *((name, CHANCE) for name in PAIR)]:
        forward, back = clear_gains(bets, one, other), clear_gains(bets, other, one)
        if other != CHANCE:
            forward = [min(both) for both in zip(forward, clear_gains(bets, one, CHANCE), strict=True)]
            back = [min(both) for both in zip(back, clear_gains(bets, other, CHANCE), strict=True)]
        steps = pair_of(group, (one, other)).steps
        assert [step.log_e for step in steps] == in_tens(bets.process(one, other))
        assert [step.log_evidence for step in steps] == in_tens(forward)
        assert [step.log_evidence_reverse for step in steps] == in_tens(back)


def test_acts_are_counted_by_kind(
    chosen_by: Planted, in_windows: InWindows, offers_of: OffersOf, happened: Happened
) -> None:
    all_threatened = replace(DEFAULT, floor_quantile=0.01)
    records = in_windows(chosen_by(blind, sessions=1, windows=2, parameters=all_threatened))
    incidents = [
        happened(5, "statement", "S00", "S02", intent="hostile"),
        happened(9, "accommodated", "S03", "S04", dropped=False),
        happened(400, "statement", "S01", "S02", intent="hostile"),
    ]
    whole = sorted([*offers_of(records)["s0"], *incidents], key=lambda incident: incident.tick)
    evidence = accruing_evidence(records, {"s0": whole}, {})
    everyone = group_of(evidence)
    assert everyone.acts == {"offer": everyone.choices - 3, "accommodation": 1, "hostile_statement": 2}
    assert list(everyone.acts) == [kind.name for kind in evidence.kinds if kind.name in everyone.acts]
    assert [kind.name for kind in evidence.kinds] == list(ACT_KINDS)
    assert group_of(evidence, "chooser", "S01").acts["hostile_statement"] == 1
    assert sum(everyone.acts.values()) == everyone.choices


def acts_of_eight(records: list[DecisionRecord], happened: Happened) -> list[list[SideTaken]]:
    """Return acts of every kind with a target by each state in each window of a session."""
    kinds = [
        ("alliance_proposed", {}),
        ("accommodated", {}),
        ("sanctions_imposed", {}),
        ("statement", {"intent": "hostile"}),
    ]
    incidents = [
        happened(record.point.opened, kind, record.point.actor, record.point.top_threat, **detail)
        for record in records
        for kind, detail in kinds
    ]
    taken = sides_taken(records, {records[0].session: incidents})
    windows = sorted({side.window for side in taken})
    return [[side for side in taken if side.window == window] for window in windows]


@pytest.mark.parametrize("together", [True, False], ids=["perfectly correlated", "independent"])
@pytest.mark.parametrize(("one", "other"), [PAIR, PAIR[::-1]])
def test_a_true_forecast_ever_loses_twenty_to_one_in_at_most_one_game_of_twenty(
    chosen_by: Planted,
    in_windows: InWindows,
    offers_of: OffersOf,
    happened: Happened,
    one: str,
    other: str,
    together: bool,
) -> None:
    records = in_windows(chosen_by(lambda point, _: "NEU", sessions=1, windows=12))
    windows = acts_of_eight(records, happened)
    assert all(len(window) > 8 for window in windows)
    bets = [[bet(side, one, other) for side in window] for window in windows]
    weights = [[side.bet(one, other).weight for side in window] for window in windows]
    dice, lost, games = Random(7), 0, 400
    for _ in range(games):
        drawn = []
        for window in bets:
            common = dice.random()
            drawn.append([ratios[bisect(ends, common if together else dice.random())] for ends, ratios in window])
        lost += max(betting_process(drawn, weights)) >= log(20.0)
    assert lost <= 0.05 * games


@pytest.mark.parametrize("together", [True, False], ids=["perfectly correlated", "independent"])
@pytest.mark.parametrize("name", PAIR)
def test_random_players_ever_lose_to_a_hypothesis_twenty_to_one_in_at_most_one_game_of_twenty(
    chosen_by: Planted, in_windows: InWindows, happened: Happened, name: str, together: bool
) -> None:
    windows = acts_of_eight(in_windows(chosen_by(lambda point, _: "NEU", sessions=1, windows=12)), happened)
    ratios = [
        [[bet(side, name, CHANCE, times=times, is_sorted=False)[1] for side in window] for window in windows]
        for times in SHARPENED
    ]
    weights = [[[side.bet(name, CHANCE, times).weight for side in window] for window in windows] for times in SHARPENED]
    dice, lost, games = Random(8), 0, 400
    for _ in range(games):
        drawn = []
        for window in windows:
            common = dice.random()
            luck = [common if together else dice.random() for _ in window]
            drawn.append([int(share * len(side.menu)) for share, side in zip(luck, window, strict=True)])
        processes = [
            betting_process(
                [[row[k] for row, k in zip(*pair, strict=True)] for pair in zip(rows, drawn, strict=True)], weighed
            )
            for rows, weighed in zip(ratios, weights, strict=True)
        ]
        lost += max(mixed(processes)) >= log(20.0)
    assert lost <= 0.05 * games


def test_against_chance_the_sharper_forecasts_are_bet_on_too(
    chosen_by: Planted, in_windows: InWindows, offers_of: OffersOf
) -> None:
    records = in_windows(chosen_by(blind, sessions=1, windows=3))
    sides = sides_taken(records, offers_of(records))
    windows = [[side for side in sides if side.window == n] for n in range(3)]
    name = PAIR[0]
    assert SHARPENED[:2] == (1.0, 2.0)
    for side in windows[0]:
        assert side.sharpened(name, CHANCE, 1.0) == pytest.approx(side.log_shares[name])
        squares = [exp(2.0 * share) for share in side.log_shares[name]]
        twice = side.sharpened(name, CHANCE, 2.0)
        assert [exp(share) for share in twice] == pytest.approx([x / sum(squares) for x in squares])
    apart = [
        betting_process(
            [[side.bet(name, CHANCE, times).log_ratio for side in window] for window in windows],
            [[side.bet(name, CHANCE, times).weight for side in window] for window in windows],
        )
        for times in SHARPENED
    ]
    assert Bets(windows).process(name, CHANCE) == pytest.approx(mixed(apart))
    assert exp(mixed(apart)[-1]) == pytest.approx(sum(exp(one[-1]) for one in apart) / 3)


def clear_gains(bets: Bets, one: str, other: str) -> list[float]:
    """Return the unrounded gain of a bet after each window, divided by that of the opposite bet where that gained too."""
    gains = zip(bets.process(one, other), bets.process(other, one), strict=True)
    return [gained - lost if lost > 0.0 else gained for gained, lost in gains]


def in_tens(naturals: list[float]) -> list[float]:
    """Return natural logarithms as those to the base 10, rounded to the six digits of a document."""
    return [round(natural / log(10.0), 6) for natural in naturals]


def an_act(window: int, chosen: int, shares: dict[str, tuple[float, float]], kind: str = "offer") -> SideTaken:
    logs = {name: [log(share) for share in shares.get(name, (0.5, 0.5))] for name in NAMES}
    return SideTaken("s0", window, f"190{window}-01-01", "S00", "human", kind, ("S01", "S02"), logs, chosen)


def decided(against: int = 0, along: int = 0) -> Decided:
    found = Decided()
    found.count("human", {"BAL": against, "BW": along})
    return found


ONE, OTHER = PAIR
BOLD = {ONE: (0.95, 0.05)}


def test_where_the_bets_of_both_sides_win_as_much_neither_is_favoured() -> None:
    taken = [an_act(0, 1, {OTHER: (0.99, 0.01)}), an_act(0, 1, {ONE: (0.99, 0.01)})]
    bets = Bets([taken])
    assert min(bets.process(ONE, OTHER)[-1], bets.process(OTHER, ONE)[-1]) > log(1.5), (
        "each wins on the act it weighs most"
    )
    assert bets.clear(ONE, OTHER)[-1] == pytest.approx(0.0)
    assert bets.clear(OTHER, ONE)[-1] == pytest.approx(0.0)
    group = group_of(evidence_of(taken, {}, decided()))
    step = pair_of(group).steps[-1]
    assert max(step.log_evidence, step.log_evidence_reverse) <= 0.0
    assert "favour neither balance of threat nor bandwagoning" in group.sentences[0]
    assert group.sentences[0].endswith(": too little to tell.")


def test_a_large_lead_is_told_although_the_opposite_bet_won_a_little() -> None:
    bets = Bets([[an_act(window, 1, {OTHER: (0.99, 0.01)}), an_act(window, 1, BOLD)] for window in range(2)])
    forward, back = bets.process(ONE, OTHER)[-1], bets.process(OTHER, ONE)[-1]
    assert forward > back > log(20.0)
    assert bets.clear(ONE, OTHER)[-1] == pytest.approx(forward - back)
    assert bets.clear(OTHER, ONE)[-1] == pytest.approx(back - forward)
    step = step_with(log_e=3.0, log_e_reverse=log10(1.4), log_evidence=3.0 - log10(1.4), log_evidence_reverse=-3.0)
    told = sentence("3 sessions", "people", PAIR, step, {ONE: step, OTHER: step}, HURDLE)
    assert told == (
        "After 3 sessions, people's choices favour balance of threat over bandwagoning and over chance, 714 to 1: strong "
        "evidence."
    )


def test_the_odds_of_the_evidence_are_never_more_than_the_bets_themselves_won(
    chosen_by: Planted, in_windows: InWindows, happened: Happened
) -> None:
    windows = acts_of_eight(in_windows(chosen_by(blind, sessions=1, windows=6)), happened)
    bets = Bets(windows)
    for one, other in (PAIR, PAIR[::-1]):
        odds_of_both = zip(bets.process(one, other), bets.process(one, CHANCE), strict=True)
        assert all(found <= min(both) for found, both in zip(bets.evidence(one, other), odds_of_both, strict=True)), (
            "so that Ville's inequality bounds how often they err"
        )


def test_a_gain_over_chance_that_chance_has_too_is_no_evidence() -> None:
    gain = {"log_e": 3.5, "log_e_reverse": -3.0}
    step = step_with(**gain, log_evidence=0.0, log_evidence_reverse=-3.0)
    both = step_with(log_e=3.0, log_e_reverse=3.2, log_evidence=0.0, log_evidence_reverse=0.0)
    told = sentence("the window from 1904-07-01", "people", PAIR, step, {ONE: both, OTHER: step}, HURDLE)
    assert told == (
        "After the window from 1904-07-01, people's choices favour neither balance of threat nor bandwagoning. Balance of "
        "threat does better than bandwagoning, more than 1000 to 1, but no better than chance: too little to tell."
    )


def test_a_hypothesis_that_does_worse_than_chance_is_said_to() -> None:
    step = step_with(log_e=1.2, log_e_reverse=-2.0, log_evidence=-2.0, log_evidence_reverse=-3.0)
    worse = step_with(log_e=-2.0, log_e_reverse=2.5, log_evidence=-2.0, log_evidence_reverse=2.5)
    even = step_with(log_e=0.0, log_e_reverse=0.0, log_evidence=0.0, log_evidence_reverse=0.0)
    told = sentence("3 sessions", "people", PAIR, step, {ONE: even, OTHER: worse}, HURDLE)
    assert told.endswith(
        " neither balance of threat nor bandwagoning. Balance of threat does better than bandwagoning, 16 to 1, but no better "
        "than chance. Chance does better than bandwagoning, 316 to 1: strong evidence."
    )
    level = sentence("3 sessions", "people", PAIR, even, {ONE: even, OTHER: even}, HURDLE)
    assert level.endswith("favour neither balance of threat nor bandwagoning: too little to tell.")


@pytest.mark.parametrize(
    ("gain", "words"), [(59.0, "too little to tell"), (61.0, "some evidence"), (121.0, "strong evidence")]
)
def test_words_of_strength_are_corrected_for_the_claims_that_can_be_false_together(gain: float, words: str) -> None:
    named = {name for pair in PAIRS for name in pair}
    assert (len(named), (10.0 * len(named), 20.0 * len(named))) == (CLAIMS, HURDLE)
    step = step_with(log_e=4.0, log_e_reverse=-4.0, log_evidence=log10(gain), log_evidence_reverse=-4.0)
    told = sentence("3 sessions", "people", PAIR, step, {ONE: step, OTHER: step}, HURDLE)
    assert told == (
        f"After 3 sessions, people's choices favour balance of threat over bandwagoning and over chance, "
        f"{gain:.0f} to 1: {words}."
    )
    assert sentence("3 sessions", "people", PAIR, step, {ONE: step, OTHER: step}, None) == told.replace(
        f": {words}", ""
    )


def test_the_kind_of_act_that_carries_the_odds_is_named_and_whether_the_alignments_went_the_other_way() -> None:
    taken = [
        an_act(0, 1, BOLD, "sanctions"), an_act(0, 0, BOLD, "offer"),
        an_act(1, 1, {ONE: (0.7, 0.3)}, "aid_begun"),
    ]  # fmt: skip
    bets = Bets([taken[:2], taken[2:]])
    gains = bets.gains(OTHER, ONE)
    assert sum(gains.values()) == pytest.approx(bets.process(OTHER, ONE)[-1])
    assert gains["sanctions"] > gains["aid_begun"] > 0.0 > gains["offer"]
    share = gains["sanctions"] / (gains["sanctions"] + gains["aid_begun"])
    (group,) = (one for one in evidence_of(taken, {}, decided(64, 10)).groups if one.kind == "tested")
    assert group.carriers == (
        "The alignments went the other way: 64 against the gravest threat and 10 with it. What favours bandwagoning over balance "
        f"of threat comes most from sanctions: {share:.0%} of the log odds that its bet won."
    )
    assert group_of(evidence_of(taken, {}, decided(10, 64))).carriers.startswith("What favours bandwagoning")
    assert all(one.carriers == "" for one in evidence_of(taken, {}, decided()).groups if one.kind != "tested")


def step_with(**logs: float) -> EvidenceStep:
    plain = dict.fromkeys(("log_ratio", "log_product", "log_e_score", "log_e_score_reverse"), 0.0)
    return EvidenceStep(
        session="s", window=7, date="1904-07-01", choices=9, score_difference=(-1.0, 1.0), **plain, **logs
    )


def bet(
    side: SideTaken, one: str, other: str, *, times: float = 1.0, is_sorted: bool = True
) -> tuple[list[float], list[float]]:
    """Return where the entries end on [0, 1] if the other forecast is true, the likeliest first, and their log-ratios."""
    pairs = list(zip(side.log_shares[other], side.sharpened(one, other, times), strict=True))
    if is_sorted:
        pairs.sort(reverse=True)
    ends = list(accumulate(exp(theirs) for theirs, _ in pairs))
    return [*ends[:-1], 1.0], [mine - theirs for theirs, mine in pairs]


def test_kinds_of_players_are_kept_apart_and_choosers_too(
    chosen_by: Planted, in_windows: InWindows, offers_of: OffersOf
) -> None:
    records = [
        structs.replace(record, player="human" if record.point.actor in ("S00", "S01") else "balancer")
        for record in in_windows(chosen_by(blind, sessions=1, windows=4))
    ]
    evidence = accruing_evidence(records, offers_of(records), {"S00": "Jordan"})
    people, bots = group_of(evidence), group_of(evidence, "player", "balancer")
    assert people.choices + bots.choices == len(sides_taken(records, offers_of(records)))
    assert (people.label, bots.label) == ("people", "balancer bots")
    assert [group.label for group in evidence.groups if group.kind != "chooser"] == ["people", "balancer bots"]
    by_people = [record for record in records if record.player == "human"]
    assert pair_of(people) == pair_of(group_of(accruing_evidence(by_people, offers_of(by_people), {})))
    assert "people's choices favour" in people.sentences[0]
    strength = ("strong evidence", "some evidence", "too little to tell")
    assert all(sentence[:-1].endswith(strength) or "than chance" in sentence for sentence in people.sentences)
    assert not any(words in sentence for words in strength for sentence in bots.sentences)
    jordan = group_of(evidence, "chooser", "S00")
    assert jordan.label == "Jordan"
    own = [record for record in records if record.point.actor == "S00"]
    alone = accruing_evidence(own, offers_of(own), {})
    assert pair_of(jordan) == pair_of(group_of(alone))
    assert all("Jordan's choices" in sentence for sentence in jordan.sentences)


def test_where_people_decide_and_take_no_side_no_group_is_under_test(
    chosen_by: Planted, in_windows: InWindows, offers_of: OffersOf
) -> None:
    sided = in_windows(chosen_by(blind, sessions=1, windows=4))
    bots = [structs.replace(record, player="balancer") for record in sided]
    quiet = [structs.replace(record, player="human") for record in in_windows(chosen_by(lambda *_: "NEU", sessions=1))]
    mixed_game = accruing_evidence([*bots, *quiet[:1]], offers_of(bots), {})
    assert {group.kind for group in mixed_game.groups} == {"player", "chooser"}
    alone = accruing_evidence(bots, offers_of(bots), {})
    assert group_of(alone).label == "everyone"
    assert {group.kind for group in alone.groups} == {"tested", "chooser"}, "one kind of bot is not listed twice"


def test_several_sessions_multiply_and_list_no_choosers(
    chosen_by: Planted, in_windows: InWindows, offers_of: OffersOf
) -> None:
    records = in_windows(chosen_by(blind, sessions=3, windows=3))
    whole = accruing_evidence(records, offers_of(records), {})
    steps = pair_of(group_of(whole)).steps
    assert [step.session for step in steps] == ["s0", "s1", "s2"]
    parts = [[record for record in records if record.session == name] for name in ("s0", "s1", "s2")]
    apart = [pair_of(group_of(accruing_evidence(own, offers_of(own), {}))).steps[-1].log_e for own in parts]
    assert steps[-1].log_e == pytest.approx(sum(apart), abs=1e-5)
    assert sum(step.log_ratio for step in steps) == pytest.approx(steps[-1].log_product, abs=1e-5)
    assert {group.kind for group in whole.groups} == {"tested"}
    assert group_of(whole).sentences[0].startswith("After 3 sessions, everyone's choices favour ")
    mixed_sessions = [
        structs.replace(record, player="human" if record.session == "s1" else "balancer") for record in records
    ]
    pooled = accruing_evidence(mixed_sessions, offers_of(records), {})
    assert [(group.kind, group.label) for group in pooled.groups] == [("tested", "people"), ("player", "balancer bots")]
    (step,) = pair_of(group_of(pooled)).steps
    assert step.session == "s1"
    assert step.log_e == pytest.approx(apart[1], abs=1e-5)
    assert group_of(pooled).sentences[0].startswith("After 1 session, people's choices favour ")


@pytest.mark.parametrize("name", PAIR)
def test_choosers_who_follow_a_hypothesis_give_strong_evidence_for_it_in_the_end(
    planted: Planted, in_windows: InWindows, offers_of: OffersOf, name: str
) -> None:
    records = in_windows(planted(name, sharp=True, sessions=12, windows=8))
    title = HYPOTHESES[name].title.lower()
    sentence = group_of(accruing_evidence(records, offers_of(records), {})).sentences[0]
    assert f"favour {title} over" in sentence
    assert sentence.endswith("to 1: strong evidence.")


def test_blind_choosers_seldom_give_evidence(chosen_by: Planted, in_windows: InWindows, offers_of: OffersOf) -> None:
    records = in_windows(chosen_by(blind, sessions=30, windows=4))
    games = [[record for record in records if record.session == f"s{number}"] for number in range(30)]
    told = sum(
        any("evidence" in group.sentences[0] for group in accruing_evidence(game, offers_of(game), {}).groups)
        for game in games
    )
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
