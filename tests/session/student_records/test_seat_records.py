"""A student's record has what the player foresaw, feared, promised and did, beside the class and the theory."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO

import pytest
from tests.session.story.conftest import Played, play_with_diarist
from tests.session.story.test_steps import play_log

from counterpoise.session.student_records.agreements import agreements_of, together
from counterpoise.session.student_records.record_document import Agreement, SeatRecord
from counterpoise.session.student_records.seat_records import seat_records
from counterpoise.session.student_records.sheets import Sitter, sheets_csv, sheets_of
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident


@pytest.fixture(scope="module")
def game(checkerboard: str) -> Played:
    return play_with_diarist(checkerboard)


@pytest.fixture(scope="module")
def records(game: Played) -> dict[str, SeatRecord]:
    return {record.seat: record for record in seat_records([game.contents])}


def test_predictions_stand_beside_what_the_state_did_and_what_the_theory_gave(
    game: Played, records: Mapping[str, SeatRecord]
) -> None:
    record = records["ARD"]
    told = game.report.elicitation.predictions
    assert told is not None
    assert record.brier.n == len(record.predictions) == told.n
    assert record.brier.own == told.brier
    assert record.brier.theory == told.theory_brier
    assert record.brier.base == told.base_rate_brier
    for row in record.predictions:
        other = next(one for one in game.contents.records if (one.point.actor, one.point.opened) == (row.of, row.tick))
        assert other.outcome is not None
        assert row.came == (row.choice == row.did)
        assert row.brier == pytest.approx((row.confidence - row.came) ** 2)


def test_a_session_that_goes_on_from_another_one_tells_only_what_its_players_lived(game: Played) -> None:
    opened = sorted({record.point.opened for record in game.contents.records})[2]
    day = next(record.point.date for record in game.contents.records if record.point.opened == opened)
    header = {**game.contents.header, "forked": {"arm": "live", "on": day}}
    whole = {record.seat: record for record in seat_records([game.contents])}["ARD"]
    since = {record.seat: record for record in seat_records([replace(game.contents, header=header)])}["ARD"]
    assert (whole.begins, since.begins) == ("1901-01-01", day)
    assert since.decisions == whole.decisions - 2
    assert since.steps == [step for step in whole.steps if step.tick >= opened]
    assert since.promises == [row for row in whole.promises if row.tick >= opened]
    assert sum(one.times for one in since.fears.index) == since.decisions


def test_the_class_is_everybody_else(game: Played) -> None:
    alone = {record.seat: record for record in seat_records([game.contents])}["ARD"].brier
    assert (alone.others_n, alone.others) == (0, None)
    bel = (ActorId("BEL"),)
    detail = {"of": "COR", "choice": "NEU", "confidence": 1.0}
    foreign = Incident(10**6, 10, "prediction", bel, bel, detail)
    both = replace(game.contents, incidents=(*game.contents.incidents, foreign))
    brier = {record.seat: record for record in seat_records([both])}["ARD"].brier
    assert brier.n == alone.n
    assert brier.others_n == 1
    assert brier.others in (0.0, 1.0)


def test_whom_a_player_feared_stands_beside_the_index_and_those_who_attacked(
    game: Played, records: Mapping[str, SeatRecord]
) -> None:
    fears = records["ARD"].fears
    own = [record.point.top_threat for record in game.contents.records if record.point.actor == "ARD"]
    assert sum(one.times for one in fears.index) == len(own)
    assert fears.index[0].state == max(sorted(set(own)), key=own.count)
    assert fears.rated, "the diarist rates threats in each window"
    attack = Incident(10**6, 10, "war_began", (ActorId("COR"), ActorId("ARD")), None, {"war": 99})
    more = {one.seat: one for one in seat_records([replace(game.contents, incidents=(attack,))])}["ARD"]
    assert [(one.state, one.times) for one in more.fears.attacked_by] == [("COR", 1)]
    assert more.fears.rated == []


def test_promises_made_kept_and_broken_are_listed(game: Played) -> None:
    pair = (ActorId("ARD"), ActorId("BEL"))
    log = (
        Incident(1, 3, "alliance_formed", pair, None, {"commitment": "defence", "alignment": 9}),
        Incident(2, 5, "promise_honoured", pair, None, {"war": 1}),
        Incident(3, 7, "promise_broken", pair, None, {"war": 2}),
        Incident(4, 9, "promise_broken", (pair[1], pair[0]), None, {"war": 3}),
    )
    made = {one.seat: one for one in seat_records([replace(game.contents, incidents=log)])}
    assert [(row.kind, row.states, row.commitment) for row in made["ARD"].promises] == [
        ("made", ["BEL"], "defence"), ("kept", ["BEL"], ""), ("broken", ["BEL"], ""),
    ]  # fmt: skip
    assert [row.kind for row in made["BEL"].promises] == ["made", "broken"]


def test_names_stand_in_sheets_and_in_no_record(records: Mapping[str, SeatRecord]) -> None:
    sitters = [
        Sitter("s", "ARD", "=Ann", "ann@example.org", "A"), Sitter("s", "ARD", "Bo", "", "A"), Sitter("t", "BEL", "Cy"),
    ]  # fmt: skip
    agreements: dict[tuple[str, str], dict[str, Agreement]] = {
        ("s", "ARD"): {"p": "refused"},
        ("s", "COR"): {"q": "given"},
    }
    sheets = sheets_of(records.values(), sitters, agreements)
    assert [(one.name, one.record.seat, one.agreement) for one in sheets.sheets] == [
        ("", "COR", "given"), ("=Ann", "ARD", "refused"), ("Bo", "ARD", "refused"),
    ]  # fmt: skip
    assert not any("Bo" in repr(record).replace("Because", "") for record in records.values())
    rows = list(csv.DictReader(StringIO(sheets_csv(sheets))))
    assert [row["name"] for row in rows] == ["", "'=Ann", "Bo"], "a spreadsheet runs no name as a formula"
    assert rows[1]["reasons_in_words"] == str(sum(len(step.reasons) for step in records["ARD"].steps))
    assert rows[1]["brier"] == str(records["ARD"].brier.own)
    everyone = sheets_of(records.values(), sitters, agreements, everyone=True)
    assert len(everyone.sheets) == len(records) + 1
    assert {one.agreement for one in everyone.sheets if one.record.seat == "DUN"} == {"no_person"}


def test_one_no_of_a_seat_is_a_no_and_one_silence_is_no_yes() -> None:
    rows = play_log(
        ("connected", "p1", "ARD", True), ("consent", "p1", "ARD", True), ("connected", "p2", "ARD", True),
        ("consent", "p2", "ARD", False), ("connected", "p3", "BEL", True), ("consent", "p3", "BEL", True),
        ("connected", "p4", "BEL", True), ("connected", "p5", "COR", True), ("consent", "p5", "COR", True),
    )  # fmt: skip
    found = agreements_of(rows)
    assert found["ARD"] == {"p1": "given", "p2": "refused"}, "each person's own answer is kept"
    assert {seat: together(answers.values()) for seat, answers in found.items()} == {
        "ARD": "refused", "BEL": "not_answered", "COR": "given",
    }  # fmt: skip


def test_who_never_came_has_no_record_and_who_shares_a_seat_has_the_own_answer(
    records: Mapping[str, SeatRecord],
) -> None:
    sitters = [
        Sitter("s", "ARD", "Ann", "", "A", "p1"), Sitter("s", "ARD", "Bo", "", "A", "p2"),
        Sitter("s", "ARD", "Cy", "18", "A", ""), Sitter("s", "BEL", "Di", "", "A", ""),
    ]  # fmt: skip
    sheets = sheets_of(records.values(), sitters, {("s", "ARD"): {"p1": "given", "p2": "refused"}})
    assert [(one.name, one.agreement, one.seat_agreement) for one in sheets.sheets] == [
        ("Ann", "given", "refused"), ("Bo", "refused", "refused"),
    ]  # fmt: skip
    assert [(one.name, one.seat) for one in sheets.absent] == [("Cy", "ARD"), ("Di", "BEL")]
    rows = {row["name"]: row for row in csv.DictReader(StringIO(sheets_csv(sheets)))}
    filled = {column: cell for column, cell in rows["Cy"].items() if cell}
    assert filled == {
        "name": "Cy", "number": "18", "world": "A", "session": "s", "seat": "ARD", "state": records["ARD"].state,
        "agreement": "did_not_come",
    }  # fmt: skip
