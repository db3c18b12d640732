from typing import get_args

from counterpoise.wire.codec import JsonCodec, MsgpackCodec
from counterpoise.wire.messages import ClientMessage, ServerMessage
from message_examples import examples


def test_every_message_has_exactly_one_example() -> None:
    kinds = [type(example.message) for example in examples()]
    assert kinds == [*get_args(ClientMessage), *get_args(ServerMessage)]


def test_a_server_accepts_the_client_examples() -> None:
    for example in examples():
        if example.direction == "client":
            assert MsgpackCodec().decode(example.msgpack) == example.message
            assert JsonCodec().decode(example.json) == example.message
