from typing import get_args

from msgspec import json

from counterpoise.sim.catalogue import move_catalogue
from counterpoise.wire.codec import JsonCodec, MsgpackCodec
from counterpoise.wire.messages import ClientMessage, ServerMessage, Welcome
from message_examples import examples


def test_every_message_has_exactly_one_example() -> None:
    kinds = [type(example.message) for example in examples()]
    assert kinds == [*get_args(ClientMessage), *get_args(ServerMessage)]


def test_the_welcome_shows_a_move_as_the_catalogue_has_it() -> None:
    (welcome,) = (example.message for example in examples() if isinstance(example.message, Welcome))
    assert welcome.catalogue
    for kind, shown in welcome.catalogue.items():
        assert json.encode(shown) == json.encode(move_catalogue()[kind])


def test_a_server_accepts_the_client_examples() -> None:
    for example in examples():
        if example.direction == "client":
            assert MsgpackCodec().decode(example.msgpack) == example.message
            assert JsonCodec().decode(example.json) == example.message
