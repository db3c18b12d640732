"""A value that msgspec refuses becomes a problem with a place, what is expected there, and what is there."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import Meta, Struct

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import decode_move
from counterpoise.validation_errors import JSON, SHOWN_CHARACTERS_MAX, TOML, Problem, one_of, one_of_states


@dataclass(frozen=True)
class Stake:
    issue: Literal["land", "policy"]


class Speak(Struct, tag_field="kind", tag="speak", forbid_unknown_fields=True):
    text: Annotated[str, Meta(max_length=5)]
    stakes: tuple[Stake, ...] = ()
    weights: dict[Annotated[str, Meta(min_length=2)], Annotated[float, Meta(ge=0, le=1)]] = {}
    names: Annotated[tuple[str, ...], Meta(min_length=1)] = ("x",)
    seconds: Annotated[float, Meta(gt=0, le=86_400)] = 1.0
    count: Annotated[int, Meta(ge=1)] | None = None
    on: date | None = None


class Wait(Struct, tag_field="kind", tag="wait", forbid_unknown_fields=True):
    how: Literal["long", "short"] | None = None


Act = Speak | Wait
FIELDS = "kind, text, stakes, weights, names, seconds, count, on"


def problem(raw: Any) -> Problem:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert(raw, Act)
    return JSON.problem(caught.value, raw, Act)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"kind": "sing"}, ("$.kind", "one of speak, wait", '"sing"')),
        ({}, ("$.kind", "a value for kind", "nothing")),
        ({"kind": "speak"}, ("$.text", "a value for text", "nothing")),
        ({"kind": "speak", "text": 5}, ("$.text", "text", "5")),
        ({"kind": "speak", "text": "longer"}, ("$.text", "text of at most 5 characters", '"longer"')),
        ({"kind": "speak", "text": "", "loud": 1}, ("$.loud", f"one of {FIELDS}", 'the unknown key "loud"')),
        ({"kind": "speak", "text": "", "txt": ""}, ("$.txt", f"one of {FIELDS} (nearest: text)", 'the unknown key "txt"')),
        ({"kind": "speak", "text": "", "stakes": {}}, ("$.stakes", "a list", "a map of 0 keys")),
        ({"kind": "speak", "text": "", "stakes": [{"issue": "sea"}]},
            ("$.stakes[0].issue", "one of land, policy", '"sea"')),
        ({"kind": "speak", "text": "", "names": []}, ("$.names", "a list of at least 1 value", "a list of 0 values")),
        ({"kind": "wait", "how": "never"}, ("$.how", "one of long, short", '"never"')),
        ({"kind": "wait", "how": True}, ("$.how", "text or null", "true")),
        ({"kind": "speak", "text": "", "weights": {"a": 1}},
            ("$.weights (a key)", "text of at least 2 characters", '"a"')),
        ({"kind": "speak", "text": "", "on": "soon"}, ("$.on", "a date such as 1955-01-01", '"soon"')),
    ],
)  # fmt: skip
def test_a_problem_has_a_place_an_expectation_and_the_value(raw: Any, expected: tuple[str, str, str]) -> None:
    assert problem(raw) == Problem(*expected)


@pytest.mark.parametrize(
    ("field", "value", "expected", "got"),
    [
        ("seconds", 1e300, "a number above 0 and of at most 86400", "1e+300"),
        ("seconds", -1, "a number above 0 and of at most 86400", "-1"),
        ("seconds", 10**400, "a number above 0 and of at most 86400", "a number too large"),
        ("count", 0, "a whole number of at least 1", "0"),
    ],
)
def test_a_number_out_of_range_is_answered_with_the_range(field: str, value: float, expected: str, got: str) -> None:
    assert problem({"kind": "speak", "text": "", field: value}) == Problem(f"$.{field}", expected, got)


def test_a_range_with_both_ends_reads_from_to() -> None:
    found = problem({"kind": "speak", "text": "", "weights": {"ab": 2.0}})
    assert found == Problem("$.weights.ab", "a number from 0 to 1", "2.0")


def test_the_path_of_a_part_begins_with_the_path_of_the_whole() -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert({"kind": "sing"}, Act)
    assert JSON.problem(caught.value, {"kind": "sing"}, Act, "$.command").path == "$.command.kind"
    assert TOML.problem(caught.value, {"kind": "sing"}, Act, "rows[1]").path == "rows[1].kind"
    assert TOML.problem(caught.value, {"kind": "sing"}, Act).path == "kind"


def test_a_toml_problem_uses_the_words_of_toml() -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert({"kind": "wait", "how": {}}, Act)
    found = TOML.problem(caught.value, {"kind": "wait", "how": {"a": 1}}, Act)
    assert found == Problem("how", "text in quotes", "a table of 1 key")


def test_values_are_shown_short_and_printable() -> None:
    assert len(JSON.shown("x" * 1000)) == SHOWN_CHARACTERS_MAX
    assert JSON.shown("\ud800\x1b[2J").isascii()
    assert JSON.shown("Île\n") == '"Île\\n"'
    assert [JSON.shown(value) for value in (None, True, 1.5, [1], {"a": 1}, date(1955, 1, 1))] == [
        "null",
        "true",
        "1.5",
        "a list of 1 value",
        "a map of 1 key",
        "1955-01-01",
    ]


def test_a_list_of_choices_names_the_nearest() -> None:
    assert one_of(("balancer", "jackal"), "balancr") == "one of balancer, jackal (nearest: balancer)"
    assert one_of(("ARD", "BEL"), "bel") == "one of ARD, BEL (nearest: BEL)"
    assert one_of((), "balancr") == "nothing here"


def test_the_search_for_a_refused_key_is_fast_and_leaves_the_value_unchanged() -> None:
    value = {"kind": "assess_threats", "ratings": {f"Z{number:03}": 0.5 for number in range(59)} | {"nobody": 0.5}}
    before = copy.deepcopy(value)
    started = perf_counter()
    with pytest.raises(OrderError) as caught:
        decode_move(value)
    assert perf_counter() - started < 0.1
    assert caught.value.got == '"nobody"'
    assert value == before
    assert list(value["ratings"]) == list(before["ratings"])


@pytest.mark.parametrize(
    ("got", "nearest"),
    [
        ("Iraq", "IRQ, Iraq"), ("iran", "IRN, Iran"), ("Isreal", "ISR, Israel"), ("Soviet", "USR, Soviet Union"), ("URS", "USR"),
    ],
)  # fmt: skip
def test_a_name_where_a_code_belongs_hints_at_the_code(got: str, nearest: str) -> None:
    names = {"IRQ": "Iraq", "IRN": "Iran", "ISR": "Israel", "USR": "Soviet Union"}
    assert one_of_states(names, got) == f"one of IRQ, IRN, ISR, USR (nearest: {nearest})"


def test_a_name_like_no_state_hints_at_nothing() -> None:
    assert one_of_states({"IRQ": "Iraq", "USR": "Soviet Union"}, "Atlantis") == "one of IRQ, USR"


@pytest.mark.parametrize("got", ["", "None", "zzz", "on"])
def test_a_value_that_is_missing_or_like_no_choice_hints_at_nothing(got: str) -> None:
    assert one_of(["NOR", "announce", "to"], got) == "one of NOR, announce, to"


def test_the_types_of_a_refused_value_are_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Seldom(Struct):
        count: Annotated[int, Meta(ge=1)]

    looked_up: list[Any] = []
    type_info = msgspec.inspect.type_info

    def noted(kind: Any) -> Any:
        looked_up.append(kind)
        return type_info(kind)

    monkeypatch.setattr(msgspec.inspect, "type_info", noted)
    for value in ({"count": 0}, {"count": -1}, {"count": "one"}):
        with pytest.raises(msgspec.ValidationError) as refused:
            msgspec.convert(value, Seldom)
        assert JSON.problem(refused.value, value, Seldom).path == "$.count"
    assert looked_up == [Seldom]
