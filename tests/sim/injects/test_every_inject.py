"""Conformance tests of every inject: a new file in ``injects`` is tested automatically."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

import jsonschema
import msgspec
import pytest

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import INJECTS, decode_inject, inject_catalogue, summary
from counterpoise.sim.engine import Simulation
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.world import World

if TYPE_CHECKING:
    from tests.sim.conftest import WireOf


def fields_of(kind: Any) -> tuple[dataclasses.Field[Any], ...]:
    """Every kind of inject is a dataclass; its base class is not, so mypy cannot know."""
    return dataclasses.fields(kind)


def is_frozen(kind: Any) -> bool:
    return bool(kind.__dataclass_params__.frozen)


every_inject = pytest.mark.parametrize("kind", INJECTS)


@every_inject
def test_an_inject_is_a_frozen_record_named_after_its_class_and_its_file(kind: str, wire_of: WireOf) -> None:
    found = INJECTS[kind]
    assert re.sub(r"(?<!^)(?=[A-Z])", "_", found.__name__).lower() == kind
    assert found.__module__ == f"counterpoise.sim.injects.{kind}"
    assert found.title
    assert summary(found).endswith(".")
    assert is_frozen(found)
    assert not hasattr(decode_inject(wire_of(kind, Random(kind))), "__dict__")


@every_inject
def test_an_inject_can_be_encoded_decoded_and_fits_its_schema(kind: str, wire_of: WireOf) -> None:
    schema = inject_catalogue()[kind]["schema"]
    jsonschema.Draft202012Validator.check_schema(schema)
    validator, dice = jsonschema.Draft202012Validator(schema), Random(f"wire/{kind}")
    for _ in range(40):
        wire = wire_of(kind, dice)
        validator.validate(wire)
        inject = decode_inject(wire)
        sent = {"kind": kind, **msgspec.to_builtins(inject)}
        validator.validate(sent)
        for codec in (msgspec.json, msgspec.msgpack):
            assert decode_inject(codec.decode(codec.encode(sent))) == inject


@every_inject
def test_a_malformed_field_is_rejected_with_its_path(kind: str, wire_of: WireOf) -> None:
    good = wire_of(kind, Random(kind))
    for name in [field.name for field in fields_of(INJECTS[kind])]:
        with pytest.raises(OrderError) as caught:
            decode_inject({**good, name: [[]]})
        assert (caught.value.code, caught.value.path[: len(name) + 9]) == ("malformed", f"$.inject.{name}")


@every_inject
def test_no_field_has_the_name_of_a_key_of_scenario_files(kind: str) -> None:
    assert not {"on", "kind"} & {field.name for field in fields_of(INJECTS[kind])}


@pytest.mark.parametrize("seed", ["one", "two", "three"])
def test_random_injects_keep_the_invariants(
    seed: str, scenario: Scenario, invariants: Callable[[World], None], wire_of: WireOf
) -> None:
    sim, dice = Simulation(scenario, seed), Random(seed)
    happened: dict[str, int] = {}
    for _ in range(600):
        kind = list(INJECTS)[int(dice.random() * len(INJECTS))]
        inject = decode_inject(wire_of(kind, dice))
        before = len(sim.world.incidents)
        try:
            sim.inject(inject)
        except OrderError as caught:
            refusal = caught
        else:
            happened[kind] = happened.get(kind, 0) + 1
            assert len(sim.world.incidents) > before + 1
            invariants(sim.world)
            continue
        assert refusal.path.startswith("$.inject")
        assert len(sim.world.incidents) == before
        sim.advance(sim.now + 4)
        invariants(sim.world)
    assert len(happened) >= len(INJECTS) - 5  # to end a thing, chance must name one there is
