"""The protocol of one connection: every frame gets exactly one answer."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoise.errors import OrderError, ProtocolError
from counterpoise.wire.codec import CODECS, Codec, codec_for
from counterpoise.wire.messages import (
    PROTOCOL_VERSION,
    Bye,
    Command,
    Error,
    Hello,
    Look,
    Order,
    Ping,
    Pong,
    Read,
    Ready,
    Withdraw,
)
from counterpoise.wire.peer import Peer
from message_examples import examples

HELLO = Hello(PROTOCOL_VERSION, "t0k3n-t0k3n")
ORDER = Order("ab" * 16, 3, {"kind": "arm"})


def seated(codec: Codec, role: Any = "player", phase: Any = "running") -> Peer:
    peer = Peer(codec, 0)
    assert peer.receive(codec.encode(HELLO), 10) == HELLO
    peer.seat_client(role, "EGY" if role in ("player", "team") else "", phase)
    return peer


def errors(peer: Peer) -> list[Error]:
    return [message for message in peer.take_to_send() if isinstance(message, Error)]


def test_a_hello_is_returned_and_a_seated_client_may_play(codec: Codec) -> None:
    peer = Peer(codec, 0)
    assert peer.receive(codec.encode(Hello(PROTOCOL_VERSION, "x" * 8, name=" A\u202e\nB ")), 0) is not None
    assert (peer.state, peer.name) == ("claiming", "A B")
    peer.seat_client("player", "EGY", "running")
    assert peer.receive(codec.encode(ORDER), 20) == ORDER
    assert peer.take_to_send() == []


def test_a_client_that_says_nothing_for_five_seconds_is_closed(codec: Codec) -> None:
    peer = Peer(codec, 1000)
    peer.tick(5999)
    assert peer.close_code == 0
    peer.tick(6000)
    assert peer.close_code == 4005
    assert isinstance(peer.take_to_send()[0], Bye)


def test_a_hello_after_five_seconds_is_not_accepted(codec: Codec) -> None:
    peer = Peer(codec, 0)
    assert peer.receive(codec.encode(HELLO), 5001) is None
    assert peer.close_code == 4005


def test_the_hello_deadline_ends_with_the_hello(codec: Codec) -> None:
    peer = seated(codec)
    peer.tick(1_000_000)
    assert peer.close_code == 0


@pytest.mark.parametrize("name", ["counterpoise.v1.json", "counterpoise.v2.json"])
@pytest.mark.parametrize("spoken", [1, 3])
def test_a_client_of_another_version_is_told_the_version_of_the_server(name: str, spoken: int) -> None:
    peer = Peer(codec_for(name), 0)
    assert peer.receive(f'{{"t":"hello","protocol":{spoken},"proof":[1,2]}}', 0) is None
    assert peer.close_code == 4006
    assert peer.take_to_send() == [
        Error("other_version", "$.protocol", "protocol 2", f"protocol {spoken}"),
        Bye(f"this server speaks protocol 2, not {spoken}. Use a client of that version.", 4006),
    ]


def test_anything_but_hello_first_closes_the_connection(codec: Codec) -> None:
    for first, code in ((codec.encode(ORDER), 1008), (codec.encode(HELLO)[:-3], 1007), (codec.encode(Pong(1)), 1007)):
        peer = Peer(codec, 0)
        assert peer.receive(first, 0) is None
        assert peer.close_code == code


def test_a_long_first_frame_is_not_decoded(codec: Codec) -> None:
    peer = Peer(codec, 0)
    assert peer.receive(codec.encode(Order("ab" * 16, 1, {"text": "x" * 5000})), 0) is None
    assert peer.close_code == 1009


def test_a_refused_token_closes_with_its_own_code(codec: Codec) -> None:
    peer = Peer(codec, 0)
    peer.receive(codec.encode(HELLO), 0)
    peer.refuse()
    assert peer.close_code == 4001
    assert peer.receive(codec.encode(ORDER), 1) is None
    peer.seat_client("player", "EGY", "running")
    assert peer.state == "closed"


def test_messages_between_hello_and_welcome_are_refused(codec: Codec) -> None:
    peer = Peer(codec, 0)
    peer.receive(codec.encode(HELLO), 0)
    assert peer.receive(codec.encode(ORDER), 1) is None
    (error,) = errors(peer)
    assert (error.code, error.id) == ("not_seated", ORDER.id)


def test_a_second_hello_is_an_error(codec: Codec) -> None:
    peer = seated(codec)
    assert peer.receive(codec.encode(HELLO), 1) is None
    assert [error.code for error in errors(peer)] == ["unexpected"]


def test_a_role_may_not_use_the_verbs_of_other_roles(codec: Codec) -> None:
    peer = seated(codec, role="observer")
    assert peer.receive(codec.encode(ORDER), 1) is None
    (error,) = errors(peer)
    assert (error.code, error.id, error.got) == ("not_allowed", ORDER.id, "the role observer")
    assert peer.receive(codec.encode(Look("ISR")), 2) is None
    peer.phase = "ended"
    assert peer.receive(codec.encode(Look("ISR")), 3) == Look("ISR")


def test_permissions_follow_the_phase_at_the_moment_of_the_frame(codec: Codec) -> None:
    peer = seated(codec, phase="lobby")
    assert peer.receive(codec.encode(ORDER), 1) is None
    assert errors(peer)[0].code == "wrong_phase"
    peer.phase = "running"
    assert peer.receive(codec.encode(ORDER), 2) == ORDER


def test_the_third_malformed_frame_in_a_row_closes_but_wrong_fields_never_do(codec: Codec) -> None:
    peer = seated(codec)
    wrong = codec.encode(Order("zz", 1, {}))
    for now in range(100, 2100, 100):
        assert peer.receive(wrong, now) is None
    assert [error.code for error in errors(peer)] == ["invalid"] * 20
    broken = b"\xc1" if isinstance(codec.encode(HELLO), bytes) else "{"
    for frame in (broken, broken, codec.encode(Ping(1)), broken, broken):
        peer.receive(frame, 3000)
    assert peer.close_code == 0
    assert len(errors(peer)) == 4
    assert peer.receive(broken, 3000) is None
    assert peer.close_code == 1007
    assert [type(message) for message in peer.take_to_send()] == [Bye]


def test_an_error_has_the_id_of_its_order_if_it_can_be_read(codec: Codec) -> None:
    peer = seated(codec)
    peer.receive(codec.encode(Order("ab" * 16, -1, {})), 1)
    assert errors(peer)[0].id == "ab" * 16


def test_a_client_that_sends_too_fast_is_told_when_to_retry_and_then_closed(codec: Codec) -> None:
    peer = seated(codec)
    frame = codec.encode(ORDER)
    taken = [peer.receive(frame, 100) for _ in range(60)]
    assert sum(each is not None for each in taken) == 40
    limited = errors(peer)
    assert {error.code for error in limited} == {"rate_limited"}
    assert {error.id for error in limited} == {ORDER.id}
    now = 100
    while not peer.close_code and now < 10_000:
        now += 10
        peer.receive(frame, now)
    assert peer.close_code == 4004
    assert now < 3000


def test_an_order_error_of_the_session_becomes_an_answer(codec: Codec) -> None:
    peer = seated(codec)
    peer.answer(OrderError("illegal", "$.move.to", "another state", "your own"), ORDER.id)
    assert peer.take_to_send() == [Error("illegal", "$.move.to", "another state", "your own", ORDER.id)]
    peer.answer(ProtocolError("log_regressed", "$.last_receipt", "a receipt of ours", "none", 1008))
    assert peer.close_code == 1008


def test_only_the_first_close_reason_counts_and_it_fits_a_close_frame(codec: Codec) -> None:
    peer = seated(codec)
    peer.close(4002, "é" * 200)
    peer.close(1000, "later")
    assert peer.close_code == 4002
    assert len(peer.close_reason.encode()) <= 123
    assert len(peer.take_to_send()) == 1


VALID = [
    HELLO,
    ORDER,
    Withdraw("ef" * 16, "ab" * 16),
    Read("ef" * 16, "everyone", 1),
    Ready(1),
    Command("cd" * 16, {"kind": "pause"}),
    Look(),
    Look("ISR"),
    Ping(3),
]
junk = st.binary(max_size=60) | st.text(max_size=60)
frames = st.one_of(
    st.sampled_from(VALID).map(lambda message: ("valid", message)),
    junk.map(lambda frame: ("junk", frame)),
    st.sampled_from([example.message for example in examples()]).map(lambda message: ("valid", message)),
)


@given(
    st.sampled_from(sorted(CODECS)),
    st.sampled_from(["player", "team", "observer", "moderator", "admin"]),
    st.lists(
        st.tuples(frames, st.sampled_from([0, 0, 0, 1, 40, 1500, 6000]), st.sampled_from(["lobby", "running", "ended"]))
    ),
)
@settings(max_examples=200)
def test_every_frame_has_exactly_one_outcome(name: str, role: Any, script: list[Any]) -> None:
    codec = CODECS[name]
    peer, now = Peer(codec, 0), 0
    for (kind, content), pause, phase in script:
        now += pause
        peer.phase = phase
        was_closed = peer.close_code
        message = peer.receive(codec.encode(content) if kind == "valid" else content, now)
        sent = peer.take_to_send()
        if was_closed:
            assert message is None
            assert sent == []
            assert peer.close_code == was_closed
            continue
        outcomes = [
            message is not None,
            len(sent) == 1 and isinstance(sent[0], Error),
            peer.close_code != 0 and len(sent) == 1 and isinstance(sent[0], Bye),
        ]
        assert outcomes.count(True) == 1
        if isinstance(message, Hello):
            peer.seat_client(role, "EGY", phase)
