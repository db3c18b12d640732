"""The reader of records: acts from TOML, and errors with path, line, expectation and value."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from counterpoise.errors import HistoryError
from counterpoise.sim.history import AlignmentReference
from counterpoise.sim.reading.history_text import check_history, parse_history
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId

HEAD = '[history]\nscenario = "checkerboard"\nsources = ["Annals of the place, 1950"]\n'
TREATY = (
    'treaties = [\n  { on = 1901-02-01, members = ["ARD", "BEL"], commitment = "defence", source = "Annals 1" },\n]\n'
)
ORDER = """orders = [
  { on = 1901-03-01, by = "ARD", kind = "guarantee", to = "BEL", source = "Annals 2", note = "in public" },
]
"""
INJECT = """injects = [
  { on = 1901-01-05, kind = "hostile_incident", by = "COR", to = "ARD", level = 3, source = "Annals 3" },
]
"""


def test_acts_are_in_the_order_of_their_dates(checkerboard_scenario: Scenario) -> None:
    record = parse_history(TREATY + ORDER + INJECT + HEAD, "record", checkerboard_scenario)
    assert [(act.tick, act.actor, act.kind) for act in record.acts] == [
        (4, None, "hostile_incident"),
        (30, "ARD", "propose_alliance"),
        (31, "BEL", "answer_proposal"),
        (59, "ARD", "guarantee"),
    ]
    assert record.acts[2].references == {"proposal": "ARD"}
    assert record.acts[3].note == "in public"
    assert record.sources == ("Annals of the place, 1950",)
    assert checkerboard_scenario.start == date(1901, 1, 1)


def test_rows_may_stand_before_or_after_the_head(checkerboard_scenario: Scenario) -> None:
    before = parse_history(TREATY + ORDER + INJECT + HEAD, "record", checkerboard_scenario)
    after = parse_history(HEAD + TREATY + ORDER + INJECT, "record", checkerboard_scenario)
    both = parse_history(INJECT + HEAD + TREATY + ORDER, "record", checkerboard_scenario)
    plain = [(act.tick, act.actor, act.kind, act.fields) for act in before.acts]
    assert [(act.tick, act.actor, act.kind, act.fields) for act in after.acts] == plain
    assert [(act.tick, act.actor, act.kind, act.fields) for act in both.acts] == plain
    wrong = ORDER.replace('to = "BEL"', 'to = "BEK"')
    [problem] = check_history(HEAD + TREATY + wrong, "record", checkerboard_scenario)
    assert problem.path == "history.orders[0].to (line 8)"
    with_tables = (
        HEAD + '[[orders]]\non = 1901-03-01\nby = "ARD"\nkind = "guarantee"\nto = "BEL"\nsource = "Annals 2"\n'
    )
    [act] = parse_history(with_tables, "record", checkerboard_scenario).acts
    assert (act.kind, act.fields) == ("guarantee", {"to": "BEL"})


def test_a_name_where_a_code_belongs_is_met_with_a_hint(checkerboard_scenario: Scenario) -> None:
    name = next(actor.name for actor in checkerboard_scenario.actors if actor.id == "BEL")
    for text in (
        TREATY.replace('"BEL"', f'"{name}"'),
        ORDER.replace('"BEL"', f'"{name}"'),
        ORDER.replace('by = "ARD"', f'by = "{name}"'),
        INJECT.replace('"COR"', f'"{name}"'),
    ):
        [problem] = check_history(text + HEAD, "record", checkerboard_scenario)
        assert "BEL" in problem.expected, str(problem)
        assert name in problem.got


def test_things_without_an_id_are_named_by_their_states(checkerboard_scenario: Scenario) -> None:
    text = (
        'orders = [\n  { on = 1901-05-01, by = "ARD", kind = "leave_alliance", '
        'alignment = { with = ["BEL"], commitment = "defence" }, source = "A" },\n'
        '  { on = 1901-06-01, by = "ARD", kind = "answer_call", war = ["BEL", "COR"], honour = true, source = "A" },\n]\n'
    )
    leave, answer = parse_history(text + HEAD, "record", checkerboard_scenario).acts
    assert leave.references == {"alignment": AlignmentReference((ActorId("BEL"),), "defence")}
    assert answer.references == {"war": ("BEL", "COR")}
    assert answer.fields == {"honour": True}


def test_a_treaty_of_three_is_one_pact_that_all_sign(checkerboard_scenario: Scenario) -> None:
    text = TREATY.replace('["ARD", "BEL"]', '["ARD", "BEL", "COR"]').replace("source", 'name = "The Three", source')
    founded, *signed = parse_history(text + HEAD, "record", checkerboard_scenario).acts
    assert (founded.tick, founded.kind, founded.fields["to"]) == (30, "found_pact", ["BEL", "COR"])
    assert founded.fields["name"] == "The Three"
    assert [(act.tick, act.actor, act.kind) for act in signed] == [
        (31, "BEL", "answer_proposal"),
        (31, "COR", "answer_proposal"),
    ]


def test_a_state_that_joins_a_treaty_accedes_to_the_pact_of_the_others(checkerboard_scenario: Scenario) -> None:
    text = TREATY.replace('["ARD", "BEL"]', '["ARD", "BEL", "COR"]').replace("source", 'joins = "COR", source')
    invite, vote, answer = parse_history(text + HEAD, "record", checkerboard_scenario).acts
    assert (invite.tick, invite.actor, invite.kind, invite.fields["to"]) == (29, "ARD", "invite_to_pact", "COR")
    assert invite.references == {"alignment": AlignmentReference((ActorId("BEL"),), "defence", exact=True)}
    assert (vote.tick, vote.actor, vote.references) == (30, "BEL", {"vote": "COR"})
    assert (answer.tick, answer.actor, answer.references) == (31, "COR", {"proposal": "ARD"})


@pytest.mark.parametrize(
    ("old", "new", "path", "expected"),
    [
        ("1901-02-01", "1899-02-01", "treaties[0].on (line 2)", "a date from 1901-01-01"),
        ("1901-02-01", '"soon"', "treaties[0].on (line 2)", "date"),
        (
            '["ARD", "BEL"], commitment = "defence"',
            '["ARD", "BEL", "COR"], commitment = "arms"',
            "treaties[0].commitment (line 2)",
            "consultation",
        ),
        ('source = "Annals 1"', 'name = "X", source = "Annals 1"', "treaties[0].name (line 2)", "no name"),
        ('["ARD", "BEL"]', '["ARD"]', "treaties[0].members (line 2)", "2"),
        ('["ARD", "BEL"]', '["ARD", "XXX"]', "treaties[0].members[1] (line 2)", "ARD"),
        ('["ARD", "BEL"]', '["ARD", "ARD"]', "treaties[0].members[1] (line 2)", "each state once"),
        ('"defence"', '"friendship"', "treaties[0].commitment (line 2)", "defence"),
        (', source = "Annals 1"', "", "treaties[0].source (line 2)", ""),
        ('by = "ARD"', 'by = "QQQ"', "orders[0].by (line 5)", "ARD"),
        ('kind = "guarantee"', 'kind = "hug"', "orders[0].kind (line 5)", "guarantee"),
        ('to = "BEL"', 'to = "BEL", up = 1', "orders[0].up (line 5)", "to"),
        (', source = "Annals 2"', "", "orders[0].source (line 5)", "a data set, or an author and year"),
        ("level = 3", "level = 9", "injects[0].level (line 8)", ""),
        ('"checkerboard"', '"chess"', "history.scenario", "checkerboard"),
        ("treaties = [", "treaties = [[", "line", ""),
    ],
)
def test_a_mistake_in_a_record_is_reported(
    checkerboard_scenario: Scenario, old: str, new: str, path: str, expected: str
) -> None:
    text = TREATY + ORDER + INJECT + HEAD
    assert old in text
    with pytest.raises(HistoryError) as caught:
        parse_history(text.replace(old, new, 1), "record.toml", checkerboard_scenario)
    assert caught.value.source == "record.toml"
    assert caught.value.path.startswith(path)
    assert expected in caught.value.expected


def test_a_campaign_is_renewed_until_its_date(checkerboard_scenario: Scenario) -> None:
    row = (
        '{ on = 1901-01-15, until = 1903-06-01, by = "ARD", kind = "penetrate", target = "BEL", means = "exchange", '
        'effort = 0.5, source = "A" },\n'
    )
    acts = parse_history(f"orders = [\n{row}]\n{HEAD}", "record", checkerboard_scenario).acts
    started = date(1901, 1, 1)
    assert [(str(started + timedelta(act.tick)), act.fields["effort"]) for act in acts] == [
        ("1901-01-15", 0.5),
        ("1902-02-02", 0.5),
        ("1903-03-02", 0.5),
        ("1903-06-01", 0.0),
    ]
    [late] = check_history(
        f"orders = [\n{row.replace('1903-06-01', '1901-01-01')}]\n{HEAD}", "record", checkerboard_scenario
    )
    assert (late.path, late.expected) == ("orders[0].until (line 2)", "a date after 1901-01-15")
    [other] = check_history(ORDER.replace("by =", "until = 1902-01-01, by =") + HEAD, "record", checkerboard_scenario)
    assert (other.path, other.expected) == ("orders[0].until (line 2)", "no such key: only penetrate has one")


def test_every_mistake_is_found_at_once(checkerboard_scenario: Scenario) -> None:
    text = (TREATY + ORDER + INJECT + HEAD).replace("level = 3", "level = 9").replace('to = "BEL"', 'to = "QQQ"')
    assert len(check_history(text, "record", checkerboard_scenario)) == 2
    assert check_history(TREATY + HEAD, "record", checkerboard_scenario) == []
