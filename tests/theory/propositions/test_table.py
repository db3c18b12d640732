"""The whole table of propositions on one set of decisions and their incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.theory.check.debrief import debrief
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.forecasts import HYPOTHESES

if TYPE_CHECKING:
    from tests.theory.propositions.conftest import Kit


def test_incidents_reach_the_table_of_propositions(kit: Kit) -> None:
    records = kit.play(lambda point, dice: dice.choice(point.options), sessions=2, forecasts=tuple(HYPOTHESES))
    log = kit.Log()
    log.add(5, "alliance_formed", "A00", "K01", alignment=1, commitment="defence", against="FOE")
    log.add(300, "alliance_ended", "A00", "K01", alignment=1, reason="left")
    rows = {row.id: row for row in debrief(records, (), {"s0": log.ordered()}).propositions}
    assert list(rows) == list(PROPOSITIONS)
    assert rows["W1.6"].n == 1
    assert rows["W1.6"].verdict == "NOT_ENOUGH_DATA"
    assert {row.id: row for row in debrief(records).propositions}["W1.6"].n == 0


def test_every_row_without_an_estimate_gives_the_reason(kit: Kit) -> None:
    records = kit.play(lambda *_: "NEU", sessions=2, forecasts=tuple(HYPOTHESES))
    for row in debrief(records).propositions:
        if row.estimate is None:
            assert row.verdict == "NOT_ENOUGH_DATA"
            assert row.note, row.id
