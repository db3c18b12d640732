"""Decisions are recoded with another index from their frozen points alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil
from typing import Any

import msgspec
import pytest

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.freezing import freeze
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.recoding import Coding, recoded, threats_of
from counterpoise.theory.decisions.recoding_table import RecodingTable
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.parameters import BY_ROLE, DEFAULT, WEIGHTS

Planted = Callable[..., list[DecisionRecord]]
SAME = Coding(BY_ROLE["regional"], BY_ROLE["outside"], "logit", DEFAULT)


def threat_of(coding: Coding, point: DecisionPoint, k: Candidate) -> float:
    changed = msgspec.structs.replace(point, candidates=(k,))
    return float(threats_of(coding, RecodingTable([DecisionRecord(changed, {})]))[0, 0])


def again_under(records: list[DecisionRecord], coding: Coding) -> list[DecisionRecord]:
    return recoded(RecodingTable(records), coding)


def test_the_default_coding_reproduces_the_index_the_menu_and_the_top_threat(planted: Planted) -> None:
    records = planted("balance_of_threat", sessions=8, windows=1)
    again = again_under(records, SAME)
    assert len(again) == len(records)
    for old, new in zip(records, again, strict=True):
        assert old.outcome is not None
        assert new.outcome is not None
        assert new.point.top_threat == old.point.top_threat
        assert new.point.threat == pytest.approx(old.point.threat, abs=2e-6)
        assert new.point.threatened == old.point.threatened
        assert [k.id for k in new.point.candidates] == [k.id for k in old.point.candidates]
        assert len(new.point.options) == len(old.point.options)
        assert new.forecasts == {}
    outcomes = [(old.outcome, new.outcome) for old, new in zip(records, again, strict=True)]
    signed = [(old, new) for old, new in outcomes if old is not None and new is not None and old.partners]
    alike = len([1 for old, new in signed if old.alignment_class == new.alignment_class])
    # The recoding uses others' own fears; the default coding uses the chooser's estimates.
    assert len(signed) > 15
    assert alike >= 0.9 * len(signed)


@pytest.mark.parametrize("form", ["logit", "cobb_douglas", "largest"])
def test_every_form_stays_between_0_and_1_and_grows_with_each_component(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate], form: Any
) -> None:
    coding, point = replace(SAME, form=form), point_of()
    plain = {"relative_power": 0.4, "proximity": 0.4, "offense": 0.4, "intentions": 0.4}
    least = threat_of(coding, point, candidate_of("A", **plain))
    assert 0.0 < least < 1.0
    for name in plain:
        more = threat_of(coding, point, candidate_of("A", **(plain | {name: 0.9})))
        assert least <= more <= 1.0
    assert threat_of(coding, point, candidate_of("A", **dict.fromkeys(plain, 0.9))) > least


def test_a_component_of_zero_makes_the_product_form_zero(
    point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]
) -> None:
    harmless = candidate_of("A", intentions=0.0, relative_power=1.0, proximity=1.0, offense=1.0)
    assert threat_of(replace(SAME, form="cobb_douglas"), point_of(), harmless) == 0.0


def chosen(point: Any, partner: str, **changes: Any) -> DecisionRecord:
    values: dict[str, Any] = {
        "actor": point.actor, "window": point.window, "opened": point.opened, "closed": point.closes,
        "kind": "formation", "choice": f"OTHER:{partner}", "alignment_class": "OTHER", "partners": (ActorId(partner),),
        "alignments": (1,), "dropped": (), "conceded": False, "mixed": False,
    }  # fmt: skip
    return DecisionRecord(point, {}, Outcome(**(values | changes)), "one")


def test_the_top_threat_decides_the_class_of_a_choice(world: World) -> None:
    points = freeze(world)
    power = Coding(WEIGHTS["power_alone"], WEIGHTS["power_alone"], "logit", DEFAULT)
    for point in points:
        by_power = again_under([chosen(p, str(p.top_threat), choice="BW", alignment_class="BW") for p in points], power)
        new = next(r for r in by_power if r.point.actor == point.actor)
        strongest = max((point.source, *point.candidates, *point.barred), key=lambda k: k.relative_power)
        assert new.point.top_threat == strongest.id
        assert new.outcome is not None
        joined = new.point.threatened and point.top_threat == strongest.id
        assert (new.outcome.alignment_class == "BW") == joined
        assert new.outcome.choice == "" or new.outcome.choice in new.point.options


def test_the_floor_is_a_quantile_of_the_windows_gravest_threats(planted: Planted) -> None:
    records = planted("balance_of_threat", sessions=2, windows=1)
    for quantile in (0.01, 0.35, 0.5):
        found = again_under(records, replace(SAME, parameters=replace(DEFAULT, floor_quantile=quantile)))
        for session in dict.fromkeys(record.session for record in found):
            window = [record for record in found if record.session == session]
            safe = [record for record in window if not record.point.threatened]
            assert len(safe) == ceil(quantile * len(window)) - 1
            assert {record.point.floor for record in window} == {min(r.point.threat for r in window if r not in safe)}
            for record in safe:
                assert record.outcome is not None
                assert record.outcome.alignment_class in ("NEU", "OTHER")
                assert record.point.options[-1] == "NEU"


def test_doing_nothing_is_hiding_after_two_others_aligned_against_the_threat(world: World) -> None:
    points = freeze(world)
    fearful = Coding(BY_ROLE["regional"], BY_ROLE["outside"], "logit", replace(DEFAULT, floor_quantile=0.02))
    idle = {"kind": "abstention", "choice": "NEU", "alignment_class": "NEU", "partners": (), "alignments": ()}
    alone = [chosen(point, "", **idle) for point in points]
    assert {r.outcome.alignment_class for r in again_under(alone, fearful) if r.outcome} == {"NEU"}
    first, second = points[0], points[1]
    pair = [
        chosen(first, str(second.actor)),
        chosen(second, str(first.actor)),
        *(chosen(point, "", **idle) for point in points[2:]),
    ]
    hiding = [r for r in again_under(pair, fearful)[2:] if r.outcome and r.outcome.alignment_class == "HIDE"]
    assert hiding
    assert all(r.point.top_threat not in (first.actor, second.actor) for r in hiding)
    assert all(r.outcome is not None and r.outcome.choice == "HIDE" for r in hiding)


def test_mixed_choices_can_be_left_out(world: World) -> None:
    points = freeze(world)
    feared = replace(SAME, parameters=replace(DEFAULT, mixed_share=0.01, floor_quantile=0.02))
    records = [chosen(p, str(p.candidates[0].id)) for p in points]
    kept = again_under(records, feared)
    mixed = [r for r in kept if r.outcome is not None and r.outcome.mixed]
    assert mixed
    assert len(again_under(records, replace(feared, mixed=False))) == len(kept) - len(mixed)
