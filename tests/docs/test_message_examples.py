from typing import get_args

from counterpoise.wire.codec import JsonCodec, MsgpackCodec
from counterpoise.wire.messages import ClientMessage, ServerMessage
from message_examples import examples


def test_every_message_has_exactly_one_example() -> None:
    kinds = [type(example.message) for example in examples()]
    assert kinds == [*get_args(ClientMessage), *get_args(ServerMessage)]


def test_the_client_examples_are_taken_by_a_server() -> None:
    for example in examples():
        if example.direction == "client":
            assert MsgpackCodec().decode(example.msgpack) == example.message
            assert JsonCodec().decode(example.json) == example.message
