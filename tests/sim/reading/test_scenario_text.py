"""The reader of scenario files: values, defaults, and errors with their places."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoise.errors import ScenarioError
from counterpoise.sim.reading.scenario_schema import file_json_schema
from counterpoise.sim.reading.scenario_text import check_scenario, parse_scenario
from counterpoise.sim.reading.toml_text import SIZE_MAX
from counterpoise.sim.scenario import InjectWait, Scenario
from counterpoise.sim.types import ActorId

SMALL = """\
[scenario]
id = "small"
title = "Small"
summary = '''
Two states,
and a third.

Later.'''
start = 1900-01-01
end = 1902-12-31
window_months = 6
sources = [ "a", # a comment with ] and [ in it
  "b" ]

[ideology]
families = ["republic", "monarchy"]
divisive = ["monarchy"]
[ideology.similarity.republic]
monarchy = 0.4

[actors.NOR]
name = "Norland"
capital = "Nor"
latitude = 50
longitude = -30.0
nuclear_from = 1899-12-31
regimes = [
  { from = 1880-01-01, family = "republic", legitimacy = 0.8, openness = 0.9, constraint = 0.7 },
  { from = 1901-01-01, family = "monarchy", legitimacy = 1, openness = 0, constraint = 0.7 },
]
waypoints = [
  [1900-01-01, 500, 60, 300, 4000, 9000, 1800],
  [1902-12-31, 600, 70, 350, 4300, 9200, 1900],
]

[actors.SUM]
name = "Sumark"
role = "outside"
capital = "Sum"
latitude = 48.5
longitude = -30.0
regimes = [{ from = 1850-01-01, family = "monarchy", legitimacy = 0.6, openness = 0.3, constraint = 0.3 }]
waypoints = [[1900-01-01, 450, 90, 250, 3000, 11000, 1200]]

[actors.WES]
name = "Westland"
capital = "Wes"
latitude = 49.0
longitude = -33.0
enters = 1901-07-01
leaves = 1902-07-01
posture = "defensive"
regimes = [{ from = 1901-07-01, family = "republic", legitimacy = 0.6, openness = 0.3, constraint = 0.3 }]
waypoints = [[1901-07-01, 45, 9, 25, 300, 1100, 120]]

[geography]
distance_scale_km = 170
borders = [{ between = ["NOR", "SUM"], kind = 3 }, { between = ["WES", "SUM"], kind = 1, start = 1901-07-01 }]

[history]
rivalries = [{ between = ["NOR", "SUM"], start = 1871-01-01, end = 1901-01-01 }]
claims = [{ challenger = "SUM", target = "NOR", start = 1871-01-01, issue = "policy" }]
disputes = [{ initiator = "SUM", target = "NOR", on = 1899-12-30, level = 3 }]

[opening]
alignments = [
  { members = ["NOR", "SUM"], commitment = "arms", start = 1899-01-01, end = 1900-01-11, lead = "NOR", name = "Guns" },
]
aid = [{ donor = "NOR", recipient = "SUM", kind = "military", amount = 0.15 }]
"""

BORDER_KINDS = "a whole number from 1 to 5 (1 land or river; 2, 3, 4, 5 water of up to 12, 24, 150, 400 miles)"


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) >= 1, old
    return SMALL.replace(old, new, 1)


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_a_scenario_holds_the_values_of_its_file_with_dates_as_ticks() -> None:
    scenario = parse_scenario(SMALL, "small.toml")
    nor, sumark, wes = scenario.actors
    assert (scenario.id, scenario.start, scenario.end, scenario.window_months) == (
        "small",
        date(1900, 1, 1),
        date(1902, 12, 31),
        6,
    )
    assert scenario.sources == ("a", "b")
    assert nor.waypoints[1].tick == 1094
    assert nor.waypoints[1].components == (600.0, 70.0, 350.0, 4300.0, 9200.0, 1900.0)
    assert (nor.regimes[0].tick, nor.regimes[1].tick, nor.regimes[1].family) == (-7305, 365, "monarchy")
    assert nor.nuclear_from == -1
    assert (sumark.role, wes.role, wes.posture) == ("outside", "regional", "defensive")
    assert (nor.enters, nor.leaves, wes.enters, wes.leaves) == (0, None, 546, 911)
    assert scenario.contiguity[0].start == 0
    assert scenario.contiguity[1].start == 546
    assert scenario.rivalries[0].end == 365
    assert scenario.claims[0].issue == "policy"
    assert (scenario.disputes[0].tick, scenario.disputes[0].level) == (-2, 3)
    assert (scenario.alignments[0].end, scenario.alignments[0].lead) == (10, "NOR")
    assert scenario.aid[0].amount == 0.15


def test_similarity_is_symmetric_and_one_on_the_diagonal() -> None:
    table = parse_scenario(SMALL, "small.toml").ideology.similarity
    assert table == {
        "republic": {"republic": 1.0, "monarchy": 0.4},
        "monarchy": {"republic": 0.4, "monarchy": 1.0},
    }
    own = changed("monarchy = 0.4\n", "monarchy = 0.4\nrepublic = 0.5\n")
    assert parse_scenario(own, "small.toml").ideology.similarity["republic"]["republic"] == 0.5


def test_line_breaks_in_texts_are_joined_and_blank_lines_are_kept() -> None:
    assert parse_scenario(SMALL, "small.toml").summary == "Two states, and a third.\n\nLater."


def test_missing_keys_take_their_defaults() -> None:
    head, _, _ = SMALL.partition("[geography]")
    scenario = parse_scenario(head.replace("window_months = 6\n", ""), "small.toml")
    assert (scenario.window_months, scenario.distance_scale_km, scenario.dispute_rate) == (3, 3000.0, 1.0)
    assert [scenario.contiguity, scenario.rivalries, scenario.alignments, scenario.injects] == [(), (), (), ()]


@pytest.mark.parametrize(
    ("old", "new", "path", "expected", "got"),
    [
        # shape
        ('role = "outside"', 'role = "outsid"', "actors.SUM.role", "outside", '"outsid"'),
        ('role = "outside"', "role = 3", "actors.SUM.role", "text", "3"),
        ('posture = "defensive"', 'postur = "defensive"', "actors.WES.postur", "nearest: posture", "unknown key"),
        ("[history]", "[histery]", "histery", "nearest: history", "unknown key"),
        ('title = "Small"\n', "", "scenario.title", "", "the key title is missing"),
        ("window_months = 6", "window_months = 5", "scenario.window_months", "1, 2, 3, 4, 6, 12", "5"),
        ("window_months = 6", "window_months = 6.0", "scenario.window_months", "whole number", "6.0"),
        ("latitude = 50", "latitude = 91", "actors.NOR.latitude", "from -90 to 90", "91"),
        ("latitude = 50", "latitude = true", "actors.NOR.latitude", "a number", "true"),
        ("latitude = 50", "latitude = nan", "actors.NOR.latitude", "from -90 to 90", "nan"),
        ("start = 1900-01-01", "start = 1900", "scenario.start", "a date such as", "1900"),
        ("start = 1900-01-01", 'start = "soon"', "scenario.start", "a date such as", '"soon"'),
        ("start = 1900-01-01", "start = 1900-01-01T10:00:00", "scenario.start", "a date such as", "1900-01-01"),
        ("500, 60, 300", "500, -60, 300", "actors.NOR.waypoints[0][2]", "at least 0", "-60"),
        ("500, 60, 300", "500, nan, 300", "actors.NOR.waypoints[0][2]", "at least 0", "nan"),
        ("500, 60, 300", "500, inf, 300", "actors.NOR.waypoints[0][2]", "at most", "inf"),
        ("500, 60, 300", f"500, 1{'0' * 400}, 300", "actors.NOR.waypoints[0][2]", "smaller number", "too large"),
        ("500, 60, 300", "500, 300", "actors.NOR.waypoints[0]", "milex, milper, irst, pec, tpop, upop", "6 values"),
        (
            "waypoints = [[1900-01-01, 450, 90, 250, 3000, 11000, 1200]]",
            "",
            "actors.SUM.waypoints",
            "",
            "the key waypoints is missing",
        ),
        ("legitimacy = 0.8", "legitimacy = 1.2", "actors.NOR.regimes[0].legitimacy", "from 0 to 1", "1.2"),
        ("legitimacy = 0.8", "legitimasy = 0.8", "actors.NOR.regimes[0].legitimasy", "nearest: legitimacy", "unknown"),
        ("openness = 0,", "openness = 0, unrest = 11,", "actors.NOR.regimes[1].unrest", "from 0 to 10", "11"),
        (
            "latitude = 50\n",
            "latitude = 50\nsuccessors = { monarchy = -1 }\n",
            "actors.NOR.successors.monarchy",
            "from 0 to 1000",
            "-1",
        ),
        (
            "latitude = 50\n",
            "latitude = 50\nsuccessors = { monarhcy = 1 }\n",
            "actors.NOR.successors.monarhcy",
            "nearest: monarchy",
            '"monarhcy"',
        ),
        (
            "openness = 0,",
            "openness = 0, successors = { republic = 0 },",
            "actors.NOR.regimes[1].successors",
            "at least one weight above 0",
            "none",
        ),
        ("monarchy = 0.4", "monarchy = -0.4", "ideology.similarity.republic.monarchy", "from 0 to 1", "-0.4"),
        ("kind = 3", "kind = 6", "geography.borders[0].kind", BORDER_KINDS, "6"),
        ("kind = 3", 'kind = "river"', "geography.borders[0].kind", BORDER_KINDS, '"river"'),
        ('["NOR", "SUM"], kind', '["NOR"], kind', "geography.borders[0].between", "2 values", "1 value"),
        ("level = 3", "level = 0", "history.disputes[0].level", "from 1 to 5 (1 none, 2 threat, 3 display", "0"),
        ('commitment = "arms"', 'commitment = "army"', "opening.alignments[0].commitment", "nearest: arms", '"army"'),
        ("amount = 0.15", "amount = 1.5", "opening.aid[0].amount", "to 1", "1.5"),
        ('issue = "policy"', 'issue = "water"', "history.claims[0].issue", "policy, regime, territory", '"water"'),
        ('id = "small"', 'id = "Small One"', "scenario.id", "lower case letters, digits and hyphens", '"Small One"'),
        # fit
        ("end = 1902-12-31", "end = 1899-12-31", "scenario.end", "after the start, 1900-01-01", "1899-12-31"),
        ("end = 1902-12-31", "end = 2902-12-31", "scenario.end", "at most 200 years", "2902-12-31"),
        ("[actors.WES]", "[actors.west]", "actors.west", "capital letters", '"west"'),
        ('name = "Westland"', 'name = "Norland"', "actors.WES.name", "differs from that of NOR", '"Norland"'),
        ("enters = 1901-07-01", "enters = 1903-07-01", "actors.WES.enters", "before 1902-12-31", "1903-07-01"),
        ("leaves = 1902-07-01", "leaves = 1901-07-01", "actors.WES.leaves", "after 1901-07-01", "1901-07-01"),
        ("[1902-12-31, 600", "[1900-01-01, 600", "actors.NOR.waypoints[1][0]", "after the row before", "1900-01-01"),
        ("[1902-12-31, 600", "[1903-12-31, 600", "actors.NOR.waypoints[1][0]", "up to 1902-12-31", "1903-12-31"),
        (
            "[[1901-07-01, 45",
            "[[1901-08-01, 45",
            "actors.WES.waypoints[0][0]",
            "no later than 1901-07-01",
            "1901-08-01",
        ),
        ("9000, 1800", "9000, 9001", "actors.NOR.waypoints[0][6]", "total population, 9000", "9001"),
        ("9000, 1800", "0, 0", "actors.NOR.waypoints[0][5]", "above 0", "0"),
        (
            'family = "republic"',
            'family = "republik"',
            "actors.NOR.regimes[0].family",
            "nearest: republic",
            '"republik"',
        ),
        ("from = 1901-01-01", "from = 1870-01-01", "actors.NOR.regimes[1].from", "after the row before", "1870-01-01"),
        ("nuclear_from = 1899-12-31", "nuclear_from = 1999-12-31", "actors.NOR.nuclear_from", "up to", "1999-12-31"),
        ('divisive = ["monarchy"]', 'divisive = ["mon"]', "ideology.divisive[0]", "nearest: monarchy", '"mon"'),
        ('"monarchy"]\ndiv', '"monarchy", "republic"]\ndiv', "ideology.families[2]", "once", '"republic"'),
        ("monarchy = 0.4\n", "", "ideology.similarity", "a share for republic and monarchy", "nothing"),
        ("monarchy = 0.4\n", "monarchy = 0.4\njunta = 0.4\n", "ideology.similarity.republic.junta", "one of", "junta"),
        (
            "monarchy = 0.4\n",
            "monarchy = 0.4\n[ideology.similarity.monarchy]\nrepublic = 0.5\n",
            "ideology.similarity.monarchy.republic",
            "same share both ways",
            "0.5",
        ),
        ('["NOR", "SUM"], kind', '["NOR", "SUN"], kind', "geography.borders[0].between[1]", "nearest: SUM", '"SUN"'),
        ('["NOR", "SUM"], kind', '["NOR", "NOR"], kind', "geography.borders[0].between[1]", "another state", '"NOR"'),
        ('["WES", "SUM"], kind', '["SUM", "NOR"], kind', "geography.borders[1]", "one period at a time", "overlaps"),
        ("end = 1901-01-01 }", "end = 1870-01-01 }", "history.rivalries[0].end", "after 1871-01-01", "1870-01-01"),
        ("end = 1901-01-01 }", "end = 1880-01-01 }", "history.rivalries[0].end", "1900-01-01 on", "1880-01-01"),
        ("start = 1871-01-01, issue", "start = 1971-01-01, issue", "history.claims[0].start", "up to", "1971-01-01"),
        ("on = 1899-12-30", "on = 1900-01-01", "history.disputes[0].on", "before the start", "1900-01-01"),
        ("start = 1899-01-01,", "start = 1900-06-01,", "opening.alignments[0].start", "up to the start", "1900-06-01"),
        ("end = 1900-01-11", "end = 1899-11-11", "opening.alignments[0].end", "after the start", "1899-11-11"),
        (', lead = "NOR"', "", "opening.alignments[0].lead", "the member that gives the arms", "nothing"),
        (', lead = "NOR"', ', lead = "WES"', "opening.alignments[0].lead", "one of NOR, SUM", '"WES"'),
        (', lead = "NOR"', ', lead = "NOR", against = "SUM"', "opening.alignments[0].against", "not a member", "SUM"),
        (
            '["NOR", "SUM"], comm',
            '["NOR", "WES"], comm',
            "opening.alignments[0].members[1]",
            "at the start",
            "enters on",
        ),
        ('["NOR", "SUM"], comm', '["NOR", "NOR"], comm', "opening.alignments[0].members[1]", "once", '"NOR"'),
        ('recipient = "SUM"', 'recipient = "NOR"', "opening.aid[0].recipient", "another state", '"NOR"'),
    ],
)
def test_a_mistake_is_reported_with_its_path_what_is_expected_and_what_is_there(
    old: str, new: str, path: str, expected: str, got: str
) -> None:
    text = changed(old, new)
    errors = check_scenario(text, "small.toml")
    assert errors
    places = [error.path.partition(" (line ")[0] for error in errors]
    assert path in places
    error = errors[places.index(path)]
    assert error.source == "small.toml"
    assert expected in error.expected
    assert got in error.got
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text, "small.toml")
    assert caught.value.args == errors[0].args


@pytest.mark.parametrize(
    ("old", "new", "mark"),
    [
        ('role = "outside"', 'role = "outsid"', 'role = "outsid"'),
        ("[1902-12-31, 600", "[1899-12-31, 600", "[1899-12-31, 600"),
        ('family = "monarchy", legitimacy = 1', 'family = "mon", legitimacy = 1', "{ from = 1901-01-01"),
        ('["WES", "SUM"]', '["WES", "SUX"]', "borders = "),
        ('capital = "Wes"\n', "", "[actors.WES]"),
        ("amount = 0.15", "amount = 15", "aid = ["),
    ],
)
def test_a_mistake_names_its_line(old: str, new: str, mark: str) -> None:
    text = changed(old, new)
    (error,) = check_scenario(text, "small.toml")
    assert error.path.endswith(f"(line {line_of(text, mark)})")


def test_every_mistake_is_found_not_only_the_first() -> None:
    text = changed('["NOR", "SUM"], kind = 3', '["NOR", "SUX"], kind = 3').replace("on = 1899-12-30", "on = 1901-12-30")
    assert [error.path.partition(" ")[0] for error in check_scenario(text, "s")] == [
        "geography.borders[0].between[1]",
        "history.disputes[0].on",
    ]
    text = changed("kind = 3", "kind = 9").replace("level = 3", "level = 9").replace("latitude = 50", "latitude = 95")
    assert len(check_scenario(text, "s")) == 3


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("[scenario\n", "line 1, column 10"),
        ("a = 1\nb = = 2\n", "line 2, column 5"),
        ("a = 1955-13-01", "line 1, column 9"),
        ("a = [1,\n2", "line 2"),
    ],
)
def test_invalid_toml_is_reported_with_its_line(text: str, path: str) -> None:
    (error,) = check_scenario(text, "broken.toml")
    assert error.path == path
    assert error.expected.startswith("valid TOML: ")


@pytest.mark.parametrize("text", ["", "x = " + "[" * 20_000, "x = " + "9" * 5_000, "x = 1\n" * 200_000, "[actors]\n"])
def test_hostile_text_is_rejected_without_a_crash(text: str) -> None:
    assert check_scenario(text, "hostile.toml")


def test_a_text_above_the_size_limit_is_rejected_unread() -> None:
    (error,) = check_scenario("#" * (SIZE_MAX + 1), "big.toml")
    assert str(SIZE_MAX) in error.expected


def test_overlapping_periods_and_repeated_rows_are_rejected() -> None:
    twice = changed(
        "disputes = [",
        'disputes = [{ initiator = "SUM", target = "NOR", on = 1899-12-30, level = 4 }, ',
    )
    assert check_scenario(twice, "s")[0].path.startswith("history.disputes[1]")
    after = changed(
        "rivalries = [",
        'rivalries = [{ between = ["SUM", "NOR"], start = 1901-01-01 }, ',
    )
    assert check_scenario(after, "s") == []
    during = after.replace("start = 1901-01-01 }", "start = 1900-12-31 }")
    assert check_scenario(during, "s")[0].path.startswith("history.rivalries[1]")


def with_inject(lines: str) -> str:
    return f"{SMALL}\n[[injects]]\n{lines}\n"


def test_unrest_and_successors_are_read_for_the_state_and_for_a_regime() -> None:
    text = SMALL.replace(
        "latitude = 50\n", "latitude = 50\nunrest = 0.2\nsuccessors = { republic = 2, monarchy = 1 }\n"
    )
    text = text.replace("openness = 0,", "openness = 0, unrest = 0, successors = { monarchy = 1 },")
    nor, sum_ark, *_ = parse_scenario(text, "s").actors
    assert (nor.unrest, nor.successors) == (0.2, {"republic": 2.0, "monarchy": 1.0})
    assert [(regime.unrest, regime.successors) for regime in nor.regimes] == [(None, None), (0.0, {"monarchy": 1.0})]
    assert (sum_ark.unrest, sum_ark.successors) == (1.0, {})


def test_an_inject_keeps_its_fields_and_a_date_becomes_a_tick() -> None:
    text = with_inject(
        'on = 1900-01-11\nkind = "form_alignment"\nmembers = ["NOR", "SUM"]\ncommitment = "defence"\nuntil = 1901-01-01'
    )
    (inject,) = parse_scenario(text, "s").injects
    assert (inject.tick, inject.kind) == (10, "form_alignment")
    assert inject.fields == {"members": ["NOR", "SUM"], "commitment": "defence", "until": 365}


def test_an_inject_may_have_a_condition_or_be_optional() -> None:
    text = with_inject(
        'when = { incident = "war_began", actors = ["NOR"], after_days = 7 }\nkind = "announce"\ntext = "x"'
    )
    (waiting,) = parse_scenario(text, "s").injects
    assert waiting.tick is None
    assert waiting.when == InjectWait(incident="war_began", actors=(ActorId("NOR"),), since=0, until=1094, after_days=7)
    (optional,) = parse_scenario(with_inject('optional = "Say it"\nkind = "announce"\ntext = "x"'), "s").injects
    assert (optional.tick, optional.when, optional.optional) == (None, None, "Say it")
    assert optional.plain() == {"kind": "announce", "text": "x"}


@pytest.mark.parametrize(
    ("lines", "path", "expected"),
    [
        ('kind = "announce"\ntext = "x"', "injects[0]", "one of on, when and optional"),
        ('on = 1900-02-01\noptional = "Say it"\nkind = "announce"\ntext = "x"', "injects[0]", "one of on, when"),
        ('optional = ""\nkind = "announce"\ntext = "x"', "injects[0].optional", "the text of a button"),
        ('when = {}\nkind = "announce"\ntext = "x"', "injects[0].when", "at least one of incident, inject,"),
        ('when = { incident = "war_bega" }\nkind = "announce"\ntext = "x"', "injects[0].when.incident", "war_began"),
        (
            'when = { allied = ["NOR", "NOX"] }\nkind = "announce"\ntext = "x"',
            "injects[0].when.allied[1]",
            "nearest: NOR",
        ),
        (
            'when = { at_war = ["NOR", "NOR"] }\nkind = "announce"\ntext = "x"',
            "injects[0].when.at_war",
            "two different",
        ),
        (
            'when = { actors = ["NOR"], allied = ["NOR", "SUM"] }\nkind = "announce"\ntext = "x"',
            "injects[0].when.actors",
            "the key incident",
        ),
        (
            'when = { incident = "war_began", since = 1901-01-01, until = 1900-02-01 }\nkind = "announce"\ntext = "x"',
            "injects[0].when.until",
            "a date from 1901-01-01 on",
        ),
        (
            'when = { incident = "war_began", until = 1999-01-01 }\nkind = "announce"\ntext = "x"',
            "injects[0].when.until",
            "to",
        ),
        ('on = 1905-01-01\nkind = "announce"\ntext = "x"', "injects[0].on", "to 1902-12-31"),
        ('on = 1900-01-01T00:00:00\nkind = "announce"\ntext = "x"', "injects[0].on", "a date"),
        ('on = 1900-02-01\nkind = "anounce"\ntext = "x"', "injects[0].kind", "nearest: announce"),
        ('on = 1900-02-01\ntext = "x"', "injects[0].kind", "one of"),
        ('on = 1900-02-01\nkind = "announce"', "injects[0].text", ""),
        (
            'on = 1900-02-01\nkind = "announce"\ntext = "x"\nloud = true',
            "injects[0].loud",
            "one of on, when, optional, if, unless, id, kind, text",
        ),
        ('on = 1900-02-01\nkind = "announce"\ntext = "x"\naudience = ["NOX"]', "injects[0].audience", "nearest: NOR"),
        ('on = 1900-02-01\nkind = "shift_power"\nactor = "NOR"\nfactor = nan', "injects[0].factor", "from 0.1 to"),
        ('on = 1900-02-01\nkind = "shift_power"\nactor = "NOX"\nfactor = 2', "injects[0].actor", "nearest: NOR"),
        ('on = 1900-02-01\nkind = "change_regime"\nactor = "NOR"\nfamily = "junta"', "injects[0].family", "republic"),
        ('on = 1900-02-01\nkind = "start_crisis"\nby = "NOR"\nto = "SUM"\naim = "oil"', "injects[0].aim", "territory"),
    ],
)
def test_an_invalid_inject_is_rejected(lines: str, path: str, expected: str) -> None:
    errors = check_scenario(with_inject(lines), "s")
    assert errors[0].path.partition(" ")[0] == path
    assert expected in errors[0].expected


def test_lines_are_right_among_arrays_of_tables_quotes_and_comments() -> None:
    text = with_inject(
        'on = 1900-02-01 # "[[injects]]"\nkind = "announce"\ntext = """\n[[injects]]\n"""\n\n'
        '[[injects]]\non = 1900-02-01\nkind = "announce"\ntext = 4'
    )
    (error,) = check_scenario(text, "s")
    assert error.path == f"injects[1].text (line {line_of(text, 'text = 4')})"


@settings(max_examples=150)
@given(st.data())
def test_the_reader_survives_any_damage_to_a_file(data: st.DataObject) -> None:
    lines = SMALL.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        fresh = st.sampled_from(
            ["x = 1\n", 'kind = "y"\n', "[[history]]\n", "[actors]\n", "opening = 3\n", "\n", "\ud800"]
        )
        lines[at] = data.draw(fresh)
    text = "".join(lines)
    errors = check_scenario(text, "damaged.toml")
    if errors:
        with pytest.raises(ScenarioError, match=r"damaged\.toml") as caught:
            parse_scenario(text, "damaged.toml")
        assert ScenarioError(*caught.value.args).args == errors[0].args
    else:
        assert isinstance(parse_scenario(text, "damaged.toml"), Scenario)


def test_the_schema_for_editors_describes_a_valid_file() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = file_json_schema()

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return value.isoformat() if isinstance(value, date) else value

    jsonschema.validate(plain(tomllib.loads(SMALL)), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(tomllib.loads(changed("kind = 3", "kind = 9"))), schema)


@pytest.mark.parametrize(("escape", "got"), [("\\u0007", "U+0007"), ("\\u001b[31m", "U+001B"), ("\\u2028", "U+2028")])
def test_control_characters_are_rejected_with_their_line(escape: str, got: str) -> None:
    text = SMALL.replace('title = "', f'title = "{escape}', 1)
    assert text != SMALL
    (error,) = check_scenario(text, "small.toml")
    assert error.path.startswith("scenario.title (line ")
    assert (error.expected, error.got) == ("text without control characters", got)
