from __future__ import annotations

import copy
from dataclasses import dataclass
from time import perf_counter
from typing import Annotated, Any, Literal

import msgspec
import pytest
from msgspec import Meta, Struct

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import decode_move
from counterpoise.validation_errors import SHOWN, Complaint, explain, shown


@dataclass(frozen=True)
class Stake:
    issue: Literal["land", "policy"]


class Speak(Struct, tag_field="kind", tag="speak", forbid_unknown_fields=True):
    text: Annotated[str, Meta(max_length=5)]
    stakes: tuple[Stake, ...] = ()
    weights: dict[Annotated[str, Meta(min_length=2)], Annotated[float, Meta(ge=0, le=1)]] = {}


class Wait(Struct, tag_field="kind", tag="wait", forbid_unknown_fields=True):
    how: Literal["long", "short"] | None = None


Act = Speak | Wait


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ({"kind": "sing"}, ("$.kind", "one of speak, wait", "'sing'")),
        ({}, ("$.kind", "a value", "nothing")),
        ({"kind": "speak"}, ("$.text", "a value", "nothing")),
        ({"kind": "speak", "text": 5}, ("$.text", "text", "5")),
        ({"kind": "speak", "text": "longer"}, ("$.text", "text of length 5 or less", "'longer'")),
        ({"kind": "speak", "text": "", "loud": 1}, ("$.loud", "only the fields kind, text, stakes, weights", "'loud'")),
        ({"kind": "speak", "text": "", "stakes": {}}, ("$.stakes", "a list", "a map of 0 keys")),
        ({"kind": "speak", "text": "", "stakes": [{"issue": "sea"}]}, ("$.stakes[0].issue", "one of land, policy", "'sea'")),
        ({"kind": "wait", "how": "never"}, ("$.how", "one of long, short", "'never'")),
        ({"kind": "wait", "how": True}, ("$.how", "text or null", "true")),
        ({"kind": "speak", "text": "", "weights": {"a": 1}}, (
                "$.weights (a key)", "text of length 2 or more", "'a'",
            )),
        ({"kind": "speak", "text": "", "weights": {"ab": 2.0}}, ("$.weights.ab", "a number at most 1", "2.0")),
    ],
)  # fmt: skip
def test_a_complaint_says_where_what_was_expected_and_what_came(raw: Any, complaint: tuple[str, str, str]) -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert(raw, Act)
    assert explain(caught.value, raw, Act) == Complaint(*complaint)


def test_a_root_goes_before_the_path() -> None:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert({"kind": "sing"}, Act)
    assert explain(caught.value, {"kind": "sing"}, Act, "$.command").path == "$.command.kind"


def test_values_are_shown_short_and_can_be_written() -> None:
    assert len(shown("x" * 1000)) == SHOWN
    assert shown("\ud800").encode()
    assert [shown(value) for value in (None, True, 1.5, [1], {"a": 1})] == [
        "null",
        "true",
        "1.5",
        "a list of 1 items",
        "a map of 1 keys",
    ]


def test_looking_for_the_key_at_fault_leaves_the_value_as_it_was_and_is_cheap() -> None:
    value = {"kind": "assess_threats", "ratings": {f"Z{number:03}": 0.5 for number in range(59)} | {"nobody": 0.5}}
    before = copy.deepcopy(value)
    began = perf_counter()
    with pytest.raises(OrderError) as caught:
        decode_move(value)
    assert perf_counter() - began < 0.1
    assert caught.value.got == "'nobody'"
    assert value == before
    assert list(value["ratings"]) == list(before["ratings"])
