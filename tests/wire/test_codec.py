"""Codecs turn frames into messages or typed errors."""

import json
import math
from random import Random
from time import perf_counter
from typing import Any
from unicodedata import normalize

import msgpack
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoise.errors import ProtocolError, comparison
from counterpoise.wire.codec import CODECS, Codec, JsonCodec, MsgpackCodec, codec_for
from counterpoise.wire.messages import (
    SUBPROTOCOLS,
    AskDebrief,
    Command,
    Hello,
    Look,
    Order,
    Ping,
    Read,
    Ready,
    Withdraw,
)
from counterpoise.wire.moments import AskWhatIf
from message_examples import examples

BOTH = tuple(CODECS.values())
words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=30).map(
    lambda text: normalize("NFC", text)
)
numbers = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False).map(lambda x: x + 0.0)
plain = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
maps = st.dictionaries(words, plain, max_size=4)
ids = st.text("0123456789abcdef", min_size=32, max_size=32)
counts = st.integers(0, 2**40)
messages = st.one_of(
    st.builds(Hello, st.just(1), st.text("abcXYZ-_09", min_size=8, max_size=128), counts, words, words),
    st.builds(Order, ids, counts, maps),
    st.builds(Ready, counts),
    st.builds(Withdraw, ids, ids),
    st.builds(Read, ids, words, st.integers(1, 2**40)),
    st.builds(Command, ids, maps),
    st.builds(Look, st.sampled_from(["", "EGY", "USA"])),
    st.just(AskDebrief()),
    st.builds(AskWhatIf, words, maps, st.integers(2, 40), st.integers(1, 20)),
    st.builds(Ping, st.integers(-(2**53) + 1, 2**53 - 1)),
)


def refusal(codec: Codec, frame: bytes | str) -> ProtocolError:
    with pytest.raises(ProtocolError) as caught:
        codec.decode(frame)
    return caught.value


def packed(codec: Codec, value: Any) -> bytes | str:
    return msgpack.packb(value) if isinstance(codec, MsgpackCodec) else json.dumps(value)


@given(messages)
@settings(max_examples=150)
def test_both_codecs_return_every_client_message_unchanged(message: Any) -> None:
    for codec in BOTH:
        assert codec.decode(codec.encode(message)) == message


def test_both_codecs_return_every_server_message_unchanged(codec: Codec) -> None:
    for example in examples():
        if example.direction == "server":
            assert codec.decode_server(codec.encode(example.message)) == example.message


def test_both_codecs_carry_the_same_maps() -> None:
    for example in examples():
        assert msgpack.unpackb(example.msgpack) == json.loads(example.json)


def test_msgspec_encodes_the_same_bytes_as_msgpack() -> None:
    for example in examples():
        assert example.msgpack == msgpack.packb(msgspec.to_builtins(example.message))


def test_an_unknown_subprotocol_is_refused() -> None:
    assert isinstance(codec_for(SUBPROTOCOLS[1]), JsonCodec)
    with pytest.raises(ProtocolError, match=r"counterpoise\.v2\.msgpack or counterpoise\.v2\.json"):
        codec_for(None)


@pytest.mark.parametrize(
    ("value", "code", "path", "expected", "got"),
    [
        (
            {"t": "dance"},
            "unknown_message",
            "$.t",
            "one of hello, order, withdraw, read, to_moderator, propose",
            '"dance"',
        ),
        ({}, "unknown_message", "$.t", "one of hello", "a map without t"),
        ({"t": 5}, "unknown_message", "$.t", "one of hello", "5"),
        ({"t": "hello", "protocol": 2}, "invalid", "$.token", "a value", "nothing"),
        (
            {"t": "hello", "protocol": 2, "token": "secret"},
            "invalid",
            "$.token",
            "text of at least 8 characters",
            "kept secret",
        ),
        ({"t": "ready", "tick": -1}, "invalid", "$.tick", "a whole number of at least 0", "-1"),
        ({"t": "ready", "tick": "now"}, "invalid", "$.tick", "a whole number", '"now"'),
        ({"t": "ready", "tick": True}, "invalid", "$.tick", "a whole number", "true"),
        ({"t": "ready", "tick": 1.5}, "invalid", "$.tick", "a whole number", "1.5"),
        ({"t": "ready", "tick": 1, "day": 2}, "invalid", "$.day", "one of t, tick", 'the unknown key "day"'),
        ({"t": "order", "id": "A", "window": 1, "move": {}}, "invalid", "$.id", "32 hexadecimal digits", '"A"'),
        ({"t": "order", "id": "a" * 32, "window": 1, "move": [1]}, "invalid", "$.move", "a map", "a list of 1 value"),
    ],
)
def test_an_error_has_the_place_the_expectation_and_the_value(
    codec: Codec, value: object, code: str, path: str, expected: str, got: str
) -> None:
    error = refusal(codec, packed(codec, value))
    assert (error.code, error.path, error.close_code) == (code, path, 0)
    assert expected in error.expected
    assert got in error.got


def test_no_error_repeats_a_token(codec: Codec) -> None:
    for token in ("s3cret", "s3cret" * 50):
        assert "s3cret" not in str(refusal(codec, packed(codec, {"t": "hello", "protocol": 2, "token": token})))


def test_the_wrong_kind_of_frame_is_a_typed_error() -> None:
    assert refusal(CODECS[SUBPROTOCOLS[0]], '{"t":"ping"}').code == "wrong_frame_type"
    assert refusal(CODECS[SUBPROTOCOLS[1]], b"\x81\xa1t\xa4ping").code == "wrong_frame_type"


def test_a_frame_past_the_size_limit_ends_the_connection(codec: Codec) -> None:
    error = refusal(codec, packed(codec, "x" * 65_536))
    assert (error.code, error.close_code) == ("too_large", 1009)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_nan_and_infinities_are_refused(codec: Codec, number: float) -> None:
    assert refusal(codec, packed(codec, {"t": "ping", "n": number})).code == "not_finite"


def test_a_json_number_too_large_for_a_float_is_refused() -> None:
    assert refusal(JsonCodec(), '{"t":"ping","n":1e999}').code == "not_finite"


def test_minus_zero_becomes_zero(codec: Codec) -> None:
    order = codec.decode(packed(codec, {"t": "order", "id": "a" * 32, "window": 0, "move": {"amount": -0.0}}))
    assert isinstance(order, Order)
    assert math.copysign(1.0, order.move["amount"]) == 1.0


def test_duplicate_keys_are_refused_even_if_only_normalisation_makes_them_equal() -> None:
    assert refusal(MsgpackCodec(), b"\x82\xa1t\xa4ping\xa1t\xa4ping").code == "duplicate_key"
    assert refusal(JsonCodec(), '{"t":"ping","t":"ping"}').code == "duplicate_key"
    for codec in BOTH:
        move = {"é": 1, "e\u0301": 2}
        assert refusal(codec, packed(codec, {"t": "order", "id": "a" * 32, "window": 0, "move": move})).code == (
            "duplicate_key"
        )


def test_text_is_normalised_to_one_spelling(codec: Codec) -> None:
    hello = codec.decode(packed(codec, {"t": "hello", "protocol": 2, "token": "x" * 8, "name": "Jose\u0301"}))
    assert isinstance(hello, Hello)
    assert hello.name == "José"


@pytest.mark.parametrize("character", ["\x00", "\x08", "\r", "\x1b", "\x7f", "\x85", "\u2028"])
def test_control_characters_are_refused_with_their_place(codec: Codec, character: str) -> None:
    move = {"kind": "message", "text": f"a{character}b"}
    error = refusal(codec, packed(codec, {"t": "order", "id": "a" * 32, "window": 0, "move": move}))
    assert (error.code, error.path) == ("bad_text", "$.move.text")


def test_a_line_feed_passes(codec: Codec) -> None:
    move = {"kind": "message", "text": "one\ntwo"}
    order = codec.decode(packed(codec, {"t": "order", "id": "a" * 32, "window": 0, "move": move}))
    assert isinstance(order, Order)
    assert order.move == move


def test_half_a_surrogate_pair_is_refused() -> None:
    error = refusal(JsonCodec(), '{"t":"look","seat":"\\ud800"}')
    assert (error.code, error.path) == ("bad_text", "$.seat")
    assert (
        comparison(error.expected, error.got) == "expected whole characters, got U+D800 alone, half of a surrogate pair"
    )
    assert refusal(MsgpackCodec(), b"\x81\xa1t\xa3\xed\xa0\x80").code == "malformed"


def test_nesting_is_allowed_up_to_eight_levels(codec: Codec) -> None:
    def nested(depth: int) -> Any:
        return 1 if depth == 0 else [nested(depth - 1)]

    frame = {"t": "order", "id": "a" * 32, "window": 0}
    assert codec.decode(packed(codec, {**frame, "move": {"x": nested(6)}}))
    assert refusal(codec, packed(codec, {**frame, "move": {"x": nested(7)}})).code == "too_deep"


def test_lists_maps_and_texts_have_a_length_limit(codec: Codec) -> None:
    def order(value: object) -> bytes | str:
        return packed(codec, {"t": "order", "id": "a" * 32, "window": 0, "move": {"x": value}})

    assert codec.decode(order([0] * 1024))
    assert codec.decode(order({str(n): 0 for n in range(256)}))
    assert codec.decode(order("x" * 8192))
    for value in ([0] * 1025, {str(n): 0 for n in range(257)}, "x" * 8193, "é" * 4097):
        assert refusal(codec, order(value)).code in ("too_long", "malformed")


def test_whole_numbers_outside_the_range_of_javascript_are_refused(codec: Codec) -> None:
    assert codec.decode(packed(codec, {"t": "ping", "n": 2**53 - 1})) == Ping(2**53 - 1)
    assert refusal(codec, packed(codec, {"t": "ping", "n": 2**53})).code == "bad_number"


@pytest.mark.parametrize(
    "frame",
    [
        msgpack.packb({"t": "look", "seat": b""}),
        msgpack.packb({"t": "look", "seat": b"EGY"}),
        msgpack.packb({"t": "look", "seat": msgpack.ExtType(1, b"")}),
        msgpack.packb({"t": "look", "seat": msgpack.ExtType(1, b"abc")}),
        msgpack.packb({"t": "look", "seat": msgpack.Timestamp(1)}),
        msgpack.packb({b"t": "look"}),
        msgpack.packb({b"": "look"}),
        msgpack.packb({1: "look"}),
        msgpack.packb({"t": "look"}) + b"\x00",
        msgpack.packb({"t": "look"})[:-1],
        b"\xc1",
        b"",
        msgpack.packb([1]),
    ],
)
def test_binary_data_extensions_and_broken_bytes_are_refused(frame: bytes) -> None:
    assert refusal(MsgpackCodec(), frame).close_code == 0


@pytest.mark.parametrize(
    "frame",
    [
        b"\xdc\x04\x00" * 21_000,
        b"\xde\x01\x00\xa1a" * 13_000,
        b"\x91" * 60_000,
        b"\xdc\xff\xff" + b"\xdc\x00\x00" * 21_000,
        b"\xdd\xff\xff\xff\xff" * 10_000,
        b"\x81\xa1a" + b"\xdf\x00\x00\x01\x00\xa1a" * 9_000,
    ],
)
def test_nested_headers_are_refused_fast(frame: bytes) -> None:
    codec = MsgpackCodec()
    best = math.inf
    for _ in range(5):
        began = perf_counter()
        refusal(codec, frame)
        best = min(best, perf_counter() - began)
    assert best < 0.02, f"{best * 1000:.1f} ms"


def test_deep_json_is_refused_fast() -> None:
    began = perf_counter()
    refusal(JsonCodec(), "[" * 60_000)
    refusal(JsonCodec(), '{"a":' * 12_000)
    assert perf_counter() - began < 0.5


def test_random_bytes_raise_only_protocol_errors() -> None:
    random = Random("junk")
    seeds = [example.msgpack for example in examples()]
    texts = [example.json for example in examples()]
    binary, text = MsgpackCodec(), JsonCodec()
    survivors = 0
    for _ in range(5000):
        frame = bytearray(random.choice(seeds))
        for _ in range(random.randint(1, 4)):
            match random.randrange(4):
                case 0 if frame:
                    frame[random.randrange(len(frame))] = random.randrange(256)
                case 1 if frame:
                    del frame[random.randrange(len(frame)) :]
                case 2:
                    frame.insert(random.randint(0, len(frame)), random.choice(b"\xc1\xc4\xc7\xca\xd4\xdc\xdd\xde\xdf"))
                case _:
                    frame += random.randbytes(random.randint(1, 8))
        letters = list(random.choice(texts))
        for _ in range(random.randint(1, 4)):
            letters[random.randrange(len(letters))] = random.choice('{}[]",:0eE+-.\\u\x00\ud800é ntN')
        for codec, junk in ((binary, bytes(frame)), (text, "".join(letters))):
            for decode in (codec.decode, codec.decode_server):
                try:
                    decode(junk)
                except ProtocolError:
                    continue
                survivors += 1
    assert survivors < 20_000


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_any_bytes_give_a_message_or_a_protocol_error(junk: bytes) -> None:
    for decode in (MsgpackCodec().decode, MsgpackCodec().decode_server):
        try:
            decode(junk)
        except ProtocolError:
            continue


@given(st.text(max_size=200))
@settings(max_examples=300)
def test_any_text_gives_a_message_or_a_protocol_error(junk: str) -> None:
    for decode in (JsonCodec().decode, JsonCodec().decode_server):
        try:
            decode(junk)
        except ProtocolError:
            continue


ID = "0123456789abcdef" * 2


def broken_orders(codec: Codec) -> dict[str, bytes | str]:
    """Return frames of refused orders by error code. The id comes first, as in the frames of clients."""
    start = {"t": "order", "id": ID, "window": 1}
    frames: dict[str, bytes | str] = {
        "bad_text": packed(codec, {**start, "move": {"text": "\x07"}}),
        "too_deep": packed(codec, {**start, "move": {"x": [[[[[[[[[1]]]]]]]]]}}),
        "not_finite": packed(codec, {**start, "move": {"x": math.inf}}),
        "too_long": packed(codec, {**start, "move": {"x": "x" * 9000}}),
        "bad_number": packed(codec, {**start, "move": {"x": 2**60}}),
    }
    if isinstance(codec, MsgpackCodec):
        head = msgpack.packb(start)[1:]
        frames["duplicate_key"] = b"\x84" + head + msgpack.packb("move") + b"\x82\xa1a\x01\xa1a\x02"
        frames["malformed"] = b"\x84" + head + msgpack.packb("move") + msgpack.packb({"x": b"bytes"})
    else:
        head = json.dumps(start)[:-1]
        frames["duplicate_key"] = head + ', "move": {"a": 1, "a": 2}}'
    return frames


@pytest.mark.parametrize("codec", BOTH)
def test_an_error_in_an_order_has_the_order_id_if_it_can_be_read(codec: Codec) -> None:
    for code, frame in broken_orders(codec).items():
        error = refusal(codec, frame)
        assert (error.code, error.order) == (code, ID)


@pytest.mark.parametrize("codec", BOTH)
def test_a_malformed_id_is_not_repeated(codec: Codec) -> None:
    for wrong in ("A" * 32, "\ud800" * 32, "a" * 31, ["a"] * 32, None):
        text = json.dumps({"t": "order", "id": wrong, "window": 1, "move": {"text": "\x07"}})
        frame = (
            text if isinstance(codec, JsonCodec) else msgpack.packb(json.loads(text), unicode_errors="surrogatepass")
        )
        assert refusal(codec, frame).order == ""


def test_the_search_for_the_id_in_a_hostile_frame_is_fast() -> None:
    codec = CODECS[SUBPROTOCOLS[0]]
    for frame in (
        b"\xdf\xff\xff\xff\xff" * 12_000,
        b"\x82\xa1x" + b"\xdd\x00\x00\xff\xff" * 12_000,
        b"\x81" + b"\x91" * 60_000,
    ):
        began = perf_counter()
        assert refusal(codec, frame).order == ""
        assert perf_counter() - began < 0.25
