"""Acts that take a side are read from what happened, each with its own menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import exp
from typing import Any

import pytest
from msgspec import structs

from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.accrual import NAMES
from counterpoise.theory.evidence.acts.kinds import ACT_KINDS
from counterpoise.theory.evidence.acts.reading import REPEATED_DAYS, ActReader
from counterpoise.theory.evidence.acts.side_taken import SideTaken
from counterpoise.theory.parameters import CHANCE, DEFAULT

Happened = Callable[..., Incident]
Records = list[DecisionRecord]
DAYS = 100
ALL_THREATENED = replace(DEFAULT, floor_quantile=0.01)
"""The length of a window: shorter than a year."""


@pytest.fixture
def records(chosen_by: Callable[..., Records], in_windows: Callable[..., Records]) -> Records:
    """Decisions of five windows of one world in which nobody signs anything and nobody is allied or aided."""
    planted = chosen_by(lambda point, _: "NEU", sessions=1, windows=1, parameters=ALL_THREATENED) * 5
    found = [
        with_others(record, lambda k: structs.replace(k, prior=False, aid=0.0)) for record in in_windows(planted, DAYS)
    ]
    assert all(record.point.threatened for record in found)
    return found


def with_others(record: DecisionRecord, change: Callable[[Candidate], Candidate]) -> DecisionRecord:
    point = record.point
    changed = structs.replace(point, candidates=tuple(map(change, point.candidates)), source=change(point.source))
    return structs.replace(record, point=changed)


def window(records: Records, number: int) -> Records:
    return [record for record in records if record.point.window == number]


def read(records: Records, *incidents: Incident, windows: int = 1) -> list[SideTaken]:
    reader = ActReader(NAMES)
    reader.hear(incidents)
    return [side for number in range(windows) for side in reader.read(window(records, number))]


def record_of(records: Records, actor: str) -> DecisionRecord:
    return next(record for record in records if record.point.actor == actor)


def shares(side: SideTaken, name: str) -> list[float]:
    return [exp(value) for value in side.log_shares[name]]


def known(point: DecisionPoint) -> list[str]:
    return [str(k.id) for k in (*point.candidates, point.source)]


TARGETED: dict[str, tuple[str, dict[str, Any]]] = {
    "offer": ("alliance_proposed", {}),
    "accommodation": ("accommodated", {"dropped": False}),
    "aid_begun": ("aid_given", {"aid": "military", "amount": 0.1}),
    "friendly_statement": ("statement", {"intent": "friendly"}),
    "hostile_statement": ("statement", {"intent": "hostile"}),
    "sanctions": ("sanctions_imposed", {"scope": "trade"}),
}


@pytest.mark.parametrize("kind", TARGETED)
def test_an_act_towards_a_state_has_every_state_on_its_menu_the_top_threat_too(
    records: Records, happened: Happened, kind: str
) -> None:
    incident, detail = TARGETED[kind]
    point = record_of(records, "S00").point
    (side,) = read(records, happened(5, incident, "S00", point.top_threat, **detail))
    assert (side.kind, side.actor, side.window) == (kind, "S00", 0)
    assert list(side.menu) == known(point)
    assert side.menu[side.chosen] == point.top_threat
    assert shares(side, CHANCE) == pytest.approx([1.0 / len(side.menu)] * len(side.menu))
    joins, others = shares(side, "bandwagoning")[-1], shares(side, "bandwagoning")[0]
    assert (joins > others) == (ACT_KINDS[kind].form == "friendly")


def test_the_shares_of_a_friendly_act_are_those_of_the_journalled_forecast(
    records: Records, happened: Happened
) -> None:
    record = record_of(records, "S01")
    (side,) = read(records, happened(0, "alliance_proposed", "S01", record.point.candidates[0].id))
    for name in NAMES:
        sides = record.forecasts[name][: record.point.alignments]
        assert shares(side, name) == pytest.approx([share / sum(sides) for share in sides])


def test_aid_is_begun_with_states_that_had_none_and_cut_from_those_that_had(
    records: Records, happened: Happened
) -> None:
    aided = [
        with_others(record, lambda k: structs.replace(k, aid=0.1) if k.id == "S00" else k)
        if record.point.actor in ("S02", "S03")
        else record
        for record in records
    ]
    begun = happened(3, "aid_given", "S00", "S04", aid="military", amount=0.1)
    raised = happened(4, "aid_given", "S00", "S02", aid="military", amount=0.2)
    cut = happened(5, "aid_cut", "S00", "S03", aid="military", amount=0.1, reason="cut")
    unpaid = happened(6, "aid_cut", "S00", "S02", aid="military", amount=0.1, reason="treasury")
    first, second = read(aided, begun, raised, cut, unpaid)
    assert (first.kind, second.kind) == ("aid_begun", "aid_cut")
    assert not {"S02", "S03"} & set(first.menu)
    assert sorted(second.menu) == ["S02", "S03"]
    assert read(records, cut) == [], "a donor without known recipients had no choice"


def test_a_repeated_act_counts_once_and_its_target_leaves_the_menu(records: Records, happened: Happened) -> None:
    said = [happened(DAYS * n + 5, "statement", "S00", "S02", intent="hostile") for n in range(5)]
    other = happened(DAYS + 7, "statement", "S00", "S03", intent="hostile")
    first, second = read(records, said[0], said[1], other, *said[2:], windows=5)
    assert (first.menu[first.chosen], second.menu[second.chosen]) == ("S02", "S03")
    assert "S02" not in second.menu
    late = happened(REPEATED_DAYS + 5, "statement", "S00", "S02", intent="hostile")
    assert len(read(records, said[0], late, windows=5)) == 2, "after a year without a word it counts again"


def test_support_is_chosen_among_the_sides_of_all_crises_under_way(records: Records, happened: Happened) -> None:
    opened = [
        happened(1, "crisis_opened", "S02", "S03", crisis=1),
        happened(1, "crisis_opened", "S04", "S05", crisis=2),
        happened(1, "crisis_opened", "S00", "S01", crisis=3),
        happened(2, "crisis_opened", "S05", "S06", crisis=4),
        happened(3, "crisis_ended", "S05", "S06", crisis=4),
    ]
    joined = happened(9, "crisis_joined", "S00", "S02", "S03", crisis=1, side="S02")
    (side,) = read(records, *opened, joined)
    assert (side.kind, side.menu, side.chosen) == ("support", ("S02", "S03", "S04", "S05"), 0)
    (pair,) = read(records, opened[0], joined)
    record = record_of(records, "S00")
    for name in NAMES:
        one, other = (record.forecasts[name][known(record.point).index(k)] for k in ("S02", "S03"))
        assert shares(pair, name) == pytest.approx([one / (one + other), other / (one + other)])


def test_a_partner_is_never_opposed_so_that_a_tie_to_one_side_leaves_no_choice(
    records: Records, happened: Happened
) -> None:
    tied = [with_others(record, lambda k: structs.replace(k, prior=k.id == "S02")) for record in records]
    opened = happened(1, "crisis_opened", "S02", "S03", crisis=1)
    assert read(tied, opened, happened(9, "crisis_joined", "S00", "S02", "S03", crisis=1, side="S02")) == []


def test_a_war_joined_by_choice_counts_and_one_that_follows_from_a_promise_does_not(
    records: Records, happened: Happened
) -> None:
    began = happened(1, "war_began", "S02", "S03", war=7)
    bound = happened(1, "war_joined", "S04", "S02", war=7, side="S02")
    pledged = happened(5, "promise_honoured", "S05", "S03", war=7)
    kept = happened(5, "war_joined", "S05", "S03", war=7, side="S03")
    chosen = happened(6, "war_joined", "S00", "S05", war=7, side="S05")
    found = read(records, began, bound, pledged, kept, chosen)
    assert [(side.kind, side.actor) for side in found] == [("call_answer", "S05"), ("war_joined", "S00")]
    assert found[0].menu == ("no", "yes")
    assert (found[1].menu, found[1].menu[found[1].chosen]) == (("S02", "S03"), "S03")


def test_a_call_answered_by_default_took_no_side(records: Records, happened: Happened) -> None:
    began = happened(1, "war_began", "S02", "S03", war=7)
    lapsed = happened(5, "call_lapsed", "S05", reason="ally", subject=7, default="renege")
    broken = happened(5, "promise_broken", "S05", "S03", war=7)
    assert read(records, began, lapsed, broken) == []
    (side,) = read(records, began, broken)
    assert (side.kind, side.chosen) == ("call_answer", 0)


def test_answers_are_judged_by_who_asks_beside_the_rate_of_earlier_windows(
    records: Records, happened: Happened
) -> None:
    opened = [happened(1, "crisis_opened", "S00", f"S0{n}", crisis=n) for n in range(1, 7)]
    first = [happened(5 + n, "crisis_answered", f"S0{n}", crisis=n, response="stand_firm") for n in range(1, 5)]
    offered = happened(DAYS + 5, "crisis_answered", "S05", crisis=5, response="compromise")
    later = happened(DAYS + 6, "crisis_answered", "S06", crisis=6, response="concede")
    found = read(records, *opened, *first, offered, later, windows=2)
    assert [side.kind for side in found] == ["crisis_answer"] * 5, "a compromise takes no side"
    assert all(shares(side, CHANCE) == pytest.approx([0.5, 0.5]) for side in found[:4])
    assert shares(found[4], CHANCE) == pytest.approx([5 / 6, 1 / 6])
    assert found[4].chosen == 1
    record = record_of(window(records, 1), "S06")
    sides = record.forecasts["ideology"][: record.point.alignments]
    leaning = sides[known(record.point).index("S00")] * len(sides) / sum(sides)
    no, yes = shares(found[4], "ideology")
    assert yes / no == pytest.approx(leaning / 5.0)


def test_an_offer_and_its_answer_are_two_acts_and_the_pact_is_no_third(records: Records, happened: Happened) -> None:
    found = read(
        records,
        happened(2, "alliance_proposed", "S00", "S01", proposal=1, commitment="defence"),
        happened(3, "alliance_proposed", "S04", "S03", proposal=2, commitment="defence"),
        happened(3, "alliance_proposed", "S05", "S06", proposal=3, commitment="defence"),
        happened(4, "alliance_formed", "S00", "S01", alignment=9, commitment="defence"),
        happened(5, "alliance_refused", "S03", "S04", proposal=2),
        happened(6, "alliance_lapsed", "S05", "S06", proposal=3),
    )
    assert [(side.kind, side.actor, side.menu[side.chosen]) for side in found] == [
        ("offer", "S00", "S01"), ("offer", "S04", "S03"), ("offer", "S05", "S06"),
        ("offer_answer", "S01", "yes"), ("offer_answer", "S03", "no"),
    ]  # fmt: skip


def test_a_treaty_is_an_offer_to_each_state_invited(records: Records, happened: Happened) -> None:
    found = read(
        records,
        happened(2, "treaty_proposed", "S00", "S01", "S02", treaty=1, commitment="defence"),
        happened(3, "treaty_signed", "S01", "S00", treaty=1),
        happened(4, "treaty_declined", "S02", "S00", treaty=1),
        happened(5, "alliance_formed", "S00", "S01", alignment=9, commitment="defence"),
    )
    assert [(side.kind, side.actor, side.menu[side.chosen]) for side in found] == [
        ("offer", "S00", "S01"), ("offer", "S00", "S02"), ("offer_answer", "S01", "yes"), ("offer_answer", "S02", "no"),
    ]  # fmt: skip
    assert "S01" not in found[1].menu


def test_a_pact_without_an_offer_is_an_act_of_both_but_a_guarantee_of_one(records: Records, happened: Happened) -> None:
    told = happened(5, "alliance_formed", "S02", "S03", alignment=9, commitment="consultation")
    given = happened(6, "alliance_formed", "S04", "S05", alignment=10, commitment="guarantee")
    asked = happened(7, "membership_vote_opened", "S06", "S02", "S03", alignment=9, question="admit")
    joined = happened(8, "alliance_joined", "S06", "S02", "S03", alignment=9, commitment="consultation")
    assert [(side.kind, side.actor, side.menu[side.chosen]) for side in read(records, told, given, asked, joined)] == [
        ("pact", "S02", "S03"), ("pact", "S03", "S02"), ("pact", "S04", "S05"), ("pact", "S06", "S02"),
    ]  # fmt: skip


def test_what_a_donor_demanded_or_a_concession_included_is_no_act_of_its_own(
    records: Records, happened: Happened
) -> None:
    said = happened(5, "statement", "S00", "S02", intent="friendly")
    demanded = happened(5, "compliance_given", "S03", "S00", demand="friendly_words")
    assert read(records, said, demanded) == []
    assert len(read(records, said)) == 1
    allied = [with_others(record, lambda k: structs.replace(k, prior=k.id in ("S04", "S05"))) for record in records]
    ceded = happened(6, "accommodated", "S00", "S02", dropped=True)
    left = happened(6, "alliance_left", "S00", "S04", alignment=1)
    assert [side.kind for side in read(allied, ceded, left)] == ["accommodation"]
    (side,) = read(allied, left)
    assert (side.kind, sorted(side.menu)) == ("pact_left", ["S04", "S05"])


def test_peace_is_an_answer_to_the_enemy_but_not_to_a_mediator(records: Records, happened: Happened) -> None:
    began = happened(1, "war_began", "S02", "S03", war=7)
    offer = happened(20, "peace_offered", "S02", "S03", war=7, terms="yield")
    refused = happened(22, "peace_refused", "S03", "S02", war=7)
    found = read(records, began, offer, refused)
    assert [(side.kind, side.actor, side.chosen) for side in found] == [
        ("peace_offer", "S02", 1), ("peace_answer", "S03", 0),
    ]  # fmt: skip
    brokered = happened(10, "peace_brokered", "S04", "S02", "S03", war=7)
    assert [side.kind for side in read(records, began, brokered, offer, refused)] == ["peace_answer"]


def test_states_without_a_forecast_or_a_threat_take_no_side(records: Records, happened: Happened) -> None:
    point = record_of(records, "S00").point
    said = happened(5, "statement", "S00", point.candidates[-1].id, intent="hostile")
    assert len(read(records, said)) == 1
    at_war = structs.replace(
        point, candidates=point.candidates[:-1], barred=point.candidates[-1:],
        options=(*point.options[: point.alignments - 2], *point.options[point.alignments - 1 :]),
    )  # fmt: skip
    cut = {
        name: (*s[: point.alignments - 2], *s[point.alignments - 1 :])
        for name, s in record_of(records, "S00").forecasts.items()
    }
    fought = [
        structs.replace(r, point=at_war, forecasts=cut) if r.point.actor == "S00" else r for r in window(records, 0)
    ]
    assert read(fought, said) == [], "an enemy in war has no share in any forecast"
    calm = [structs.replace(r, point=structs.replace(r.point, threatened=False)) for r in records]
    assert read(calm, said) == []
    bare = [structs.replace(record, forecasts={CHANCE: record.forecasts[CHANCE]}) for record in records]
    assert read(bare, said) == []


def test_nothing_that_happens_later_or_beside_an_act_changes_what_it_was_expected_to_be(
    records: Records, happened: Happened
) -> None:
    crisis = happened(1, "crisis_opened", "S02", "S03", crisis=1)
    acts = [
        happened(50, "statement", "S00", "S02", intent="hostile"),
        happened(50, "crisis_answered", "S02", crisis=1, response="concede"),
        happened(60, "alliance_proposed", "S04", "S05"),
    ]
    noise = [
        happened(45, "crisis_answered", "S03", crisis=1, response="concede"),
        happened(55, "sanctions_imposed", "S00", "S05", scope="trade"),
        happened(70, "crisis_ended", "S02", "S03", crisis=1),
        happened(DAYS, "accommodated", "S04", "S05", dropped=False),
    ]
    alone = read(records, crisis, *acts)
    assert len(alone) == 3
    whole = sorted([crisis, *acts, *noise], key=lambda incident: incident.tick)
    mixed = read(records, *whole)
    assert [side for side in mixed if side in alone] == alone
    assert [side.kind for side in mixed if side not in alone] == ["crisis_answer", "sanctions"]
    reader = ActReader(NAMES)
    for incident in whole:
        reader.hear([incident])
    assert reader.read(window(records, 0)) == mixed, "it does not matter when it was heard"
    assert [side.kind for side in reader.read(window(records, 1))] == ["accommodation"], "what comes later waits"


def test_every_kind_has_words_a_menu_and_a_null() -> None:
    assert all(kind.words and kind.menu and kind.null for kind in ACT_KINDS.values())
    assert all(name == kind.name for name, kind in ACT_KINDS.items())
