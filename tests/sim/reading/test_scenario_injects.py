"""The reader rejects an inject that can never happen when it reads the file, and names its place."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import pytest

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import INJECTS, decode_inject
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.reading.history_text import check_history
from counterpoise.sim.reading.scenario_text import check_scenario, parse_scenario

SENSELESS = [
    (
        'kind = "start_war", attackers = ["COR"], defenders = ["COR"], aim = "policy"',
        "defenders[0]",
        "not among",
        '"COR"',
    ),
    (
        'kind = "start_war", attackers = ["COR", "COR"], defenders = ["BEL"], aim = "policy"',
        "attackers[1]",
        "once",
        '"COR"',
    ),
    ('kind = "set_trait", actor = "COR", trait = "revisionism", value = 7', "value", "a share from 0 to 1", "7"),
    ('kind = "set_trait", actor = "COR", trait = "technology", value = 0', "value", "more than 0", "0"),
    (
        'kind = "set_aid", donor = "ARD", recipient = "ARD", aid = "military", amount = 0.1',
        "recipient",
        "another",
        '"ARD"',
    ),
    ('kind = "hostile_incident", by = "ARD", to = "ARD", level = 3', "to", "another state", '"ARD"'),
    ('kind = "start_crisis", by = "ARD", to = "ARD", aim = "policy"', "to", "another state", '"ARD"'),
    ('kind = "set_rivalry", a = "ARD", b = "ARD", rivals = true', "b", "another state", '"ARD"'),
    ('kind = "misperceive", observer = "ARD", other = "ARD", amount = 0.5', "other", "another state", '"ARD"'),
    ('kind = "expose_campaign", by = "ARD", target = "ARD"', "target", "another state", '"ARD"'),
    ('kind = "make_claim", challenger = "ARD", target = "ARD"', "target", "another state", '"ARD"'),
    ('kind = "set_border", a = "ARD", b = "ARD", border = "land"', "b", "another state", '"ARD"'),
    ('kind = "settle_claim", challenger = "ARD", target = "ARD"', "target", "another state", '"ARD"'),
    (
        'kind = "form_alignment", members = ["ARD", "BEL"], commitment = "defence", against = "BEL"',
        "against",
        "outside",
        '"BEL"',
    ),
    (
        'kind = "form_alignment", members = ["ARD", "BEL"], commitment = "defence", lead = "COR"',
        "lead",
        "ARD, BEL",
        '"COR"',
    ),
    ('kind = "form_alignment", members = ["ARD", "ARD"], commitment = "defence"', "members[1]", "once", '"ARD"'),
    ('kind = "form_alignment", members = ["ARD", "BEL"], commitment = "guarantee"', "lead", "gives the", "nothing"),
    ('kind = "form_alignment", members = ["ARD", "BEL"], commitment = "basing"', "lead", "gives the", "nothing"),
    ('kind = "form_alignment", members = ["ARD", "BEL"], commitment = "arms"', "lead", "gives the", "nothing"),
    ('kind = "end_alignment", members = ["ARD", "ARD"]', "members[1]", "once", '"ARD"'),
    ('kind = "ask", ask = "prediction"', "about", "the state whose choice", "nothing"),
    ('kind = "ask", ask = "belief", about = "ARD"', "about", "no state, because belief", '"ARD"'),
    ('kind = "end_alignment"', "", "the number of the alignment or its members", "neither"),
    ('kind = "end_war", outcome = "stalemate"', "", "the number of the war or two states", "neither"),
    ('kind = "end_war", outcome = "stalemate", war = 3, between = ["ARD", "BEL"]', "", "either", "both"),
    ('kind = "end_war", outcome = "stalemate", between = ["ARD", "ARD"]', "between[1]", "another", '"ARD"'),
    ('kind = "end_crisis", outcome = "settled"', "", "the number of the crisis or its two sides", "neither"),
    ('kind = "end_crisis", outcome = "settled", between = ["ARD", "ARD"]', "between[1]", "another", '"ARD"'),
    ('kind = "end_crisis", outcome = "yield", between = ["ARD", "BEL"]', "yielder", "the side that yields", "nothing"),
    ('kind = "end_crisis", outcome = "yield", between = ["ARD", "BEL"], yielder = "COR"', "yielder", "ARD or", '"COR"'),
    (
        'kind = "end_crisis", outcome = "settled", between = ["ARD", "BEL"], yielder = "ARD"',
        "yielder",
        "unless",
        '"ARD"',
    ),
]


MOMENTS = ["on = 1902-01-01", 'when = { incident = "war_began" }', 'optional = "Say it"']


@pytest.fixture
def bare(checkerboard: str) -> str:
    """A scenario without injects of its own."""
    return checkerboard.partition("\n[[injects]]")[0]


def lines(fields: str) -> str:
    """Put fields that stand behind each other on lines of their own; the commas of lists stay."""
    return re.sub(r", (?=[a-z]+ = )", "\n", fields)


def with_inject(bare: str, fields: str, moment: str = MOMENTS[0]) -> str:
    return f"{bare}\n[[injects]]\n{moment}\n{lines(fields)}\n"


@pytest.mark.parametrize(("fields", "field", "expected", "got"), SENSELESS)
@pytest.mark.parametrize("moment", MOMENTS)
def test_an_inject_with_contradicting_fields_is_rejected_however_it_is_triggered(
    bare: str, fields: str, field: str, expected: str, got: str, moment: str
) -> None:
    text = with_inject(bare, fields, moment)
    [error] = check_scenario(text, "s")
    path, line = error.path.removesuffix(")").split(" (line ")
    assert path == f"injects[0].{field}".rstrip(".")
    assert text.splitlines()[int(line) - 1].startswith(
        (path.partition(".")[2].partition("[")[0] or "[[injects]]", "[[")
    )
    assert expected in error.expected
    assert error.got == got


@pytest.mark.parametrize(("fields", "field", "expected", "got"), SENSELESS)
def test_the_inject_checks_its_consistency_without_a_world(fields: str, field: str, expected: str, got: str) -> None:
    with pytest.raises(OrderError) as caught:
        decode_inject(tomllib.loads(lines(fields))).require_consistent()
    assert caught.value.path == f"$.inject.{field}".rstrip(".")
    assert expected in caught.value.expected
    assert caught.value.got == got.strip('"')


def test_every_inject_kind_with_a_consistency_check_is_tested() -> None:
    asked = {tomllib.loads(lines(fields))["kind"] for fields, *_ in SENSELESS}
    assert asked == set(INJECTS) - {"announce", "cancel_event", "change_regime", "set_treasury", "shift_power"}


def test_a_record_is_checked_in_the_same_way(checkerboard: str) -> None:
    text = '[history]\nscenario = "checkerboard"\n[[injects]]\non = 1902-01-01\nsource = "Annals 1"\n' + lines(
        'kind = "hostile_incident", by = "ARD", to = "ARD", level = 3'
    )
    [error] = check_history(text, "record", parse_scenario(checkerboard, "s"))
    assert (error.path, error.expected, error.got) == ("injects[0].to (line 8)", "another state", '"ARD"')


PACT = 'kind = "form_alignment", members = ["ARD", "BEL"], commitment = "defence", until = '


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("1901-01-01", "a date after the start, 1901-01-01"),
        ("1900-05-01", "a date after the start, 1901-01-01"),
        ("1902-01-01", "a date after 1902-01-01, when it happens"),
        ('"next year"', "a date such as 1955-01-01"),
        ("0", "a date such as 1955-01-01"),
        ("true", "a date such as 1955-01-01"),
    ],
)
def test_an_impossible_end_is_reported_as_a_date_and_not_as_a_tick(bare: str, until: str, expected: str) -> None:
    [error] = check_scenario(with_inject(bare, PACT + until), "s")
    assert error.path.startswith("injects[0].until (line ")
    assert error.expected == expected
    assert error.got == until


def test_a_date_is_not_accepted_as_a_number(bare: str) -> None:
    [error] = check_scenario(with_inject(bare, 'kind = "shift_power", actor = "ARD", factor = 1901-01-03'), "s")
    assert (error.expected, error.got) == ("a number", "1901-01-03")


def test_a_state_that_does_not_exist_on_the_date_is_rejected(bare: str) -> None:
    late = bare.replace("[actors.HAR]\n", "[actors.HAR]\nenters = 1902-06-01\nleaves = 1903-06-01\n")
    fields = 'kind = "hostile_incident", by = "ARD", to = "HAR", level = 2'
    for day, reason in (("1902-05-31", "enters on 1902-06-01"), ("1903-06-01", "leaves on 1903-06-01")):
        [error] = [
            e for e in check_scenario(with_inject(late, fields, f"on = {day}"), "s") if e.path.startswith("injects")
        ]
        assert error.path.startswith("injects[0].to (line ")
        assert (error.expected, error.got) == (f"a state that exists on {day}", f"HAR, which {reason}")
    on_time = check_scenario(with_inject(late, fields, "on = 1902-07-01"), "s")
    assert not [e for e in on_time if e.path.startswith("injects")]


def test_an_error_in_a_condition_lists_the_possible_keys(bare: str) -> None:
    text = with_inject(bare, 'kind = "announce", text = "x"', 'when = { at_war = ["ARD", "BEL"], after_day = 10 }')
    [error] = check_scenario(text, "s")
    assert error.path == f"injects[0].when.after_day (line {text[: text.index('after_day')].count(chr(10)) + 1})"
    assert error.expected.startswith("one of incident, actors, attacker, target, inject, at_war, allied, formed,")
    assert error.expected.endswith("since, until, after_days (nearest: after_days)")
    assert error.got == 'the unknown key "after_day"'


def test_an_error_in_an_optional_value_says_what_is_expected(bare: str) -> None:
    [error] = check_scenario(
        with_inject(bare, 'kind = "change_regime", actor = "ARD", family = "republic", openness = "x"'), "s"
    )
    assert (error.expected, error.got) == ("a number", '"x"')


def test_a_scenario_read_as_a_record_is_rejected_with_the_keys_of_a_record(checkerboard: str) -> None:
    error = check_history(checkerboard, "mine.toml", parse_scenario(checkerboard, "s"))[0]
    assert error.path.endswith(")")
    assert error.expected.startswith("one of history, treaties, orders, injects")
    assert error.got.startswith('the unknown key "')


def test_a_tick_may_be_written_as_a_date() -> None:
    calendar = Calendar(date(1901, 1, 1), 6)
    raw = {"kind": "form_alignment", "members": ["ARD", "BEL"], "commitment": "defence"}
    assert decode_inject({**raw, "until": "1901-01-11"}, calendar) == decode_inject({**raw, "until": 10})
    for words, code, expected in (
        ("soon", "malformed", "a date such as"),
        ("1901-01-01", "illegal", "a date after 1901"),
    ):
        with pytest.raises(OrderError) as caught:
            decode_inject({**raw, "until": words}, calendar)
        assert (caught.value.code, caught.value.path) == (code, "$.inject.until")
        assert expected in caught.value.expected


@pytest.mark.timeout(20)
def test_a_scenario_has_so_many_injects_at_most_and_is_refused_at_once(checkerboard: str) -> None:
    many = checkerboard + '\n[[injects]]\nkind = "x"\n' * 30_000
    found = check_scenario(many, "many.toml")
    assert len(found) == 1
    assert found[0].path.startswith("injects")
    assert "1000" in found[0].expected
