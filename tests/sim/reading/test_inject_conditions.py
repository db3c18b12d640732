"""The conditions of an inject are read from the file, and a mistake in them is located."""

from __future__ import annotations

import json
from typing import Any

import pytest

from counterpoise.sim.reading.scenario_injects import scenario_json_schema
from counterpoise.sim.reading.scenario_text import check_scenario, parse_scenario
from counterpoise.sim.scenario import InjectCondition, InjectSpec, InjectWait

NEWS = 'kind = "announce"\ntext = "x"'
WAR = 'when = { incident = "war_began" }'


@pytest.fixture
def bare(checkerboard: str) -> str:
    """A scenario without injects of its own."""
    return checkerboard.partition("\n[[injects]]")[0]


def injects_of(bare: str, *rows: str) -> tuple[InjectSpec, ...]:
    return parse_scenario(bare + "".join(f"\n[[injects]]\n{row}\n" for row in rows), "s").injects


def problem_in(bare: str, *rows: str) -> tuple[str, str, str]:
    [error] = check_scenario(bare + "".join(f"\n[[injects]]\n{row}\n" for row in rows), "s")
    return error.path.partition(" ")[0], error.expected, error.got


def test_every_part_of_a_condition_is_read(bare: str) -> None:
    condition = (
        'if = { incident = "war_began", actors = ["ARD"], attacker = "ARD", target = "BEL", inject = "first", '
        'at_war = ["ARD", "BEL"], allied = ["COR", "GAL"], formed = ["COR", "HAR"], commitments = ["defence"], '
        'exists = ["FEN"], family = { ARD = "junta", BEL = ["junta", "monarchy"] }, '
        "in_power_since = { ARD = 1900-12-22 }, secret = true, since = 1901-01-11 }"
    )
    _, spec = injects_of(bare, f'id = "first"\non = 1901-02-01\n{NEWS}', f"on = 1901-02-01\n{condition}\n{NEWS}")
    expected: Any = InjectCondition(
        incident="war_began",
        actors=("ARD",),  # type: ignore[arg-type]
        attacker="ARD",  # type: ignore[arg-type]
        target="BEL",  # type: ignore[arg-type]
        inject="first",
        at_war=("ARD", "BEL"),  # type: ignore[arg-type]
        allied=("COR", "GAL"),  # type: ignore[arg-type]
        formed=("COR", "HAR"),  # type: ignore[arg-type]
        commitments=("defence",),
        exists=("FEN",),  # type: ignore[arg-type]
        families=(("ARD", ("junta",)), ("BEL", ("junta", "monarchy"))),  # type: ignore[arg-type]
        in_power_since=(("ARD", -10),),  # type: ignore[arg-type]
        secret=True,
        since=10,
    )
    assert spec.conditions == (expected,)
    assert spec.exceptions == ()


def test_if_and_unless_hold_a_table_or_a_list_of_tables(bare: str) -> None:
    (spec,) = injects_of(
        bare,
        f'on = 1901-02-01\nif = [{{ exists = ["ARD"] }}, {{ exists = ["BEL"] }}]\nunless = {{ exists = ["COR"] }}\n{NEWS}',
    )
    assert [condition.exists for condition in spec.conditions] == [("ARD",), ("BEL",)]
    assert [condition.exists for condition in spec.exceptions] == [("COR",)]


def test_a_date_and_a_wait_may_stand_together(bare: str) -> None:
    (spec,) = injects_of(bare, f'on = 1901-01-31\nwhen = {{ at_war = ["ARD", "BEL"], after_days = 3 }}\n{NEWS}')
    assert spec.tick == 30
    assert isinstance(spec.when, InjectWait)
    assert spec.when.after_days == 3


def test_roles_may_stand_in_fields_texts_and_conditions_and_pass_along_a_chain(bare: str) -> None:
    first = f'id = "first"\n{WAR}\nkind = "set_rivalry"\na = "{{attacker}}"\nb = "COR"\nrivals = true'
    second = (
        'when = { inject = "first" }\nif = { at_war = ["{attacker}", "COR"], exists = ["{target}"] }\n'
        'kind = "announce"\ntext = "{attacker} marches."\naudience = ["{target}"]'
    )
    specs = injects_of(bare, first, second)
    assert specs[0].fields["a"] == "{attacker}"
    assert specs[1].conditions[0].exists == ("{target}",)


IMPOSSIBLE = [
    (f"{WAR}\noptional = 'x'\n{NEWS}", "injects[0]", "one of on, when and optional", "when and optional"),
    (f"optional = 'x'\nif = {{ exists = ['ARD'] }}\n{NEWS}", "injects[0].if", "no condition beside", "the key if"),
    (f"on = 1901-02-01\nif = 3\n{NEWS}", "injects[0].if", "a table", "3"),
    (f"on = 1901-02-01\nunless = [{{}}]\n{NEWS}", "injects[0].unless[0]", "at least one of incident", "none"),
    (f"on = 1901-02-01\nif = {{ exist = ['ARD'] }}\n{NEWS}", "injects[0].if.exist", "nearest: exists", "unknown key"),
    (f"on = 1901-02-01\nif = {{ exists = ['ARX'] }}\n{NEWS}", "injects[0].if.exists[0]", "one of ARD", '"ARX"'),
    (f"on = 1901-02-01\nif = {{ allied = ['ARD'] }}\n{NEWS}", "injects[0].if.allied", "a list of 2 values", "1 value"),
    (
        f"on = 1901-02-01\nif = {{ formed = ['ARD', 'ARD'] }}\n{NEWS}",
        "injects[0].if.formed",
        "two different states",
        '"ARD" twice',
    ),
    (
        f"on = 1901-02-01\nif = {{ exists = ['ARD'], commitments = ['defence'] }}\n{NEWS}",
        "injects[0].if.commitments",
        "allied or formed beside",
        "neither",
    ),
    (f"on = 1901-02-01\nif = {{ family = {{ ARD = 'jnta' }} }}\n{NEWS}", "injects[0].if.family.ARD", "junta", '"jnta"'),
    (f"on = 1901-02-01\nif = {{ family = {{ ARX = 'junta' }} }}\n{NEWS}", "injects[0].if.family.ARX", "ARD", '"ARX"'),
    (
        f"on = 1901-02-01\nif = {{ in_power_since = {{ ARD = 1999-01-01 }} }}\n{NEWS}",
        "injects[0].if.in_power_since.ARD",
        "a date up to",
        "1999-01-01",
    ),
    (
        f"on = 1901-02-01\nif = {{ exists = ['ARD'], attacker = 'ARD' }}\n{NEWS}",
        "injects[0].if.attacker",
        "an incident with this role beside it: war_began,",
        "another",
    ),
    (
        f"on = 1901-02-01\nif = {{ exists = ['ARD'], until = 1901-03-01 }}\n{NEWS}",
        "injects[0].if.until",
        "one of incident,",
        "unknown key",
    ),
    (
        f"on = 1901-02-01\nif = {{ exists = ['ARD'], since = 1999-01-01 }}\n{NEWS}",
        "injects[0].if.since",
        "a date up to",
        "1999-01-01",
    ),
    (f"when = {{ inject = 'frist' }}\n{NEWS}", "injects[0].when.inject", "none has one yet", '"frist"'),
    (f"id = 'me'\nwhen = {{ inject = 'me' }}\n{NEWS}", "injects[0].when.inject", "does not wait for this", '"me"'),
    (f"id = 'Not a name'\n{WAR}\n{NEWS}", "injects[0].id", "lower case letters", '"Not a name"'),
    (f"id = 3\n{WAR}\n{NEWS}", "injects[0].id", "text", "3"),
    (
        "on = 1901-02-01\nkind = 'announce'\ntext = '{attacker} marches.'",
        "injects[0].text",
        "no role in braces",
        "{attacker}",
    ),
    (
        f"{WAR}\nkind = 'announce'\ntext = 'The army of {{attacker marches.'",
        "injects[0].text",
        "braces around roles",
        "{attacker marches.",
    ),
    (
        f"{WAR}\nkind = 'hostile_incident'\nby = 'ARD'\nto = '{{Attacker}}'\nlevel = 2",
        "injects[0].to",
        "in small letters",
        "{Attacker}",
    ),
    (
        f"{WAR}\nkind = 'hostile_incident'\nby = 'ARD'\nto = '{{atacker}}'\nlevel = 2",
        "injects[0].to",
        "nearest: {attacker}",
        "{atacker}",
    ),
    (
        f"{WAR}\nkind = 'form_alignment'\nmembers = ['ARD', '{{joiner}}']\ncommitment = 'defence'",
        "injects[0].members[1]",
        "{attacker}, {target}",
        "{joiner}",
    ),
    (
        f"{WAR}\nif = {{ exists = ['{{joiner}}'] }}\n{NEWS}",
        "injects[0].if.exists[0]",
        "one of ARD",
        '"{joiner}"',
    ),
    (
        f"{WAR}\nkind = 'hostile_incident'\nby = '{{attacker}}'\nto = '{{attacker}}'\nlevel = 2",
        "injects[0].to",
        "another state",
        "",
    ),
]


@pytest.mark.parametrize(("row", "path", "expected", "got"), IMPOSSIBLE)
def test_a_mistake_in_a_condition_is_located(bare: str, row: str, path: str, expected: str, got: str) -> None:
    found = problem_in(bare, row)
    assert found[0] == path
    assert expected in found[1]
    assert got in found[2]


def test_two_injects_with_one_id_are_rejected(bare: str) -> None:
    row = f'id = "twice"\n{WAR}\n{NEWS}'
    assert problem_in(bare, row, row)[:2] == ("injects[1].id", "an id that no other inject has")


def test_injects_that_wait_for_each_other_are_rejected(bare: str) -> None:
    errors = check_scenario(
        bare
        + f'\n[[injects]]\nid = "a"\nwhen = {{ inject = "b" }}\n{NEWS}\n'
        + f'\n[[injects]]\nid = "b"\nwhen = {{ inject = "a" }}\n{NEWS}\n',
        "s",
    )
    assert {error.path.partition(" ")[0] for error in errors} == {"injects[0].when.inject", "injects[1].when.inject"}


def test_a_public_inject_cannot_wait_for_one_that_tells_a_secret(bare: str) -> None:
    secret = f'id = "a"\nwhen = {{ allied = ["ARD", "BEL"], secret = true }}\n{NEWS}'
    path, expected, got = problem_in(bare, secret, f'when = {{ inject = "a" }}\n{NEWS}')
    assert (path, got) == ("injects[1].when.inject", "secret is not set")
    assert "secret = true" in expected
    assert len(injects_of(bare, secret, f'when = {{ inject = "a", secret = true }}\n{NEWS}')) == 2


def test_the_schema_for_editors_knows_conditions_and_roles() -> None:
    schema = scenario_json_schema()
    forms = schema["$defs"]["ScenarioFile"]["properties"]["injects"]["items"]["oneOf"]
    for form in forms:
        assert {"on", "when", "optional", "if", "unless", "id"} <= set(form["properties"])
    assert {"formed", "exists", "in_power_since", "secret"} <= set(schema["$defs"]["ConditionTable"]["properties"])
    hostile = next(form for form in forms if form["properties"]["kind"]["const"] == "hostile_incident")
    assert r"^\{[a-z]+\}$" in hostile["properties"]["by"]["pattern"]
    json.dumps(schema)


QUARREL = 'kind = "set_rivalry"\na = "{attacker}"\nb = "{target}"\nrivals = true'


@pytest.mark.parametrize(
    ("when", "where", "expected"),
    [
        ('{ incident = "war_begun" }', "when.incident", "one of alliance_ended"),
        ('{ inject = "frist" }', "when.inject", "the id of an inject of this file (one of first (nearest: first))"),
        ('{ inject = "First" }', "when.inject", "lower case letters"),
        ('"war_began"', "when", "a table"),
    ],
)
def test_a_mistake_in_what_an_inject_waits_for_is_one_error_and_its_roles_are_none(
    bare: str, when: str, where: str, expected: str
) -> None:
    first = f'id = "first"\n{WAR}\n{NEWS}'
    condition = 'if = { at_war = ["{attacker}", "{target}"] }'
    path, wanted, _ = problem_in(bare, first, f"when = {when}\n{condition}\n{QUARREL}")
    assert path == f"injects[1].{where}"
    assert wanted.startswith(expected)


def test_the_roles_of_an_inject_that_waits_for_one_with_a_mistake_are_no_error_either(bare: str) -> None:
    mistaken = f'id = "first"\nwhen = {{ incident = "war_begun" }}\n{NEWS}'
    assert problem_in(bare, mistaken, f'when = {{ inject = "first" }}\n{QUARREL}')[0] == "injects[0].when.incident"


def test_an_error_about_a_missing_inject_says_so_where_no_inject_has_an_id(bare: str) -> None:
    path, expected, got = problem_in(bare, f'when = {{ inject = "nope" }}\n{NEWS}')
    assert (path, got) == ("injects[0].when.inject", '"nope"')
    assert expected == (
        "the id of an inject of this file (none has one yet; add the key id to the inject that this one names)"
    )
