from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from copy import copy, deepcopy
from typing import Any

import msgspec
import pytest

from counterpoise.sim.read_only import ReadOnlyDict, read_only

PLAIN = {"kind": "message", "actors": ["ARD"], "detail": {"text": "x", "loss": {"BEL": 0.5}}}


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.__setitem__("kind", "other"),
        lambda value: value.__delitem__("kind"),
        lambda value: value.__ior__({"kind": "other"}),
        lambda value: value.update(kind="other"),
        lambda value: value.setdefault("new", 1),
        lambda value: value.pop("kind"),
        lambda value: value.popitem(),
        lambda value: value.clear(),
        lambda value: value["detail"]["loss"].clear(),
        lambda value: value["actors"].append("BEL"),
    ],
)
def test_nothing_in_a_read_only_value_can_be_changed(change: Callable[[Any], Any]) -> None:
    value = read_only(PLAIN)
    with pytest.raises((TypeError, AttributeError)):
        change(value)
    assert value == read_only(PLAIN)


def test_a_read_only_value_encodes_to_the_same_bytes_as_the_plain_value() -> None:
    value = read_only(PLAIN)
    assert isinstance(value, ReadOnlyDict)
    assert msgspec.json.encode(value) == msgspec.json.encode(PLAIN)
    assert msgspec.msgpack.encode(value) == msgspec.msgpack.encode(PLAIN)
    assert json.dumps(value) == json.dumps(PLAIN)
    sorted_encoder = msgspec.json.Encoder(order="deterministic")
    assert sorted_encoder.encode(value) == sorted_encoder.encode(PLAIN)


def test_a_copy_of_a_read_only_value_is_the_same_value() -> None:
    value = read_only(PLAIN)
    assert copy(value) is deepcopy(value) is value
    assert pickle.loads(pickle.dumps(value)) == value
    assert type(dict(value)) is dict
