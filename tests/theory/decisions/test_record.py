from __future__ import annotations

import msgspec
import pytest

from counterpoise.sim.world import World
from counterpoise.theory.decisions.freezing import freeze
from counterpoise.theory.decisions.outcome import observe
from counterpoise.theory.decisions.record import (
    DecisionRecord,
    decode_outcome,
    decode_record,
    encode_outcome,
    encode_records,
)
from counterpoise.theory.forecasts import forecast


def test_a_record_survives_the_journal(world: World) -> None:
    world.tick = 0
    points = freeze(world)
    for point, foretold in zip(points, forecast(points), strict=True):
        record = DecisionRecord(point, foretold)
        plain = msgspec.json.decode(msgspec.json.encode(encode_records([record])[0]))
        assert decode_record(plain) == record
        assert plain["forecasts"]["uniform"][0] == round(1e6 / len(point.options))
        done = record.completed(observe(point, world), session="s", player="bot")
        assert decode_record(msgspec.json.decode(msgspec.json.encode(encode_records([done])[0]))) == done


def test_an_outcome_survives_the_journal(world: World) -> None:
    outcome = observe(freeze(world)[0], world)
    assert decode_outcome(msgspec.json.decode(msgspec.json.encode(encode_outcome(outcome)))) == outcome


def test_values_that_are_no_record_are_rejected() -> None:
    with pytest.raises(msgspec.ValidationError):
        decode_record({"point": {}, "forecasts": {}})
