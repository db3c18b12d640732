import json

import pytest
from jsonschema import Draft202012Validator, ValidationError

from counterpoise.sim.catalogue import MOVES
from counterpoise.wire.schema import message_schema, published_schema, record_names
from message_examples import Example, examples


def test_the_schema_is_valid_json_schema() -> None:
    Draft202012Validator.check_schema(message_schema())


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_every_example_fits_the_schema(example: Example) -> None:
    Draft202012Validator(message_schema()).validate(json.loads(example.json))


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_every_example_fits_the_published_schema(example: Example) -> None:
    Draft202012Validator(published_schema()).validate(json.loads(example.json))


def test_the_published_schema_has_every_move_and_refuses_one_with_a_wrong_field() -> None:
    validator = Draft202012Validator(published_schema())
    assert len(published_schema()["$defs"]["Move"]["oneOf"]) == len(MOVES)
    order = {"t": "order", "id": "0" * 32, "window": 0}
    validator.validate({**order, "move": {"kind": "answer_call", "war": 7, "honour": True}})
    with pytest.raises(ValidationError):
        validator.validate({**order, "move": {"kind": "answer_call", "war": 7, "accept": True}})


def test_a_message_that_the_codec_refuses_does_not_fit_the_schema() -> None:
    validator = Draft202012Validator(message_schema())
    for wrong in ({"t": "dance"}, {"t": "ready", "tick": -1}, {"t": "order", "id": "A", "window": 0, "move": {}}, {}):
        with pytest.raises(ValidationError):
            validator.validate(wrong)


def test_the_schema_defines_the_records_of_a_view() -> None:
    assert {"View", "OwnState", "OtherState", "CallView"} <= set(record_names(message_schema()))
