from __future__ import annotations

from counterpoise.sim.random_streams import Streams


def test_draws_for_one_purpose_do_not_change_the_draws_of_another() -> None:
    alone, beside = Streams("seed"), Streams("seed")
    beside("war").random()
    assert [alone("aid").random() for _ in range(5)] == [beside("aid").random() for _ in range(5)]


def test_a_stream_continues_when_it_is_asked_for_again() -> None:
    streams = Streams("seed")
    first = streams("war").random()
    assert streams("war").random() != first
    assert streams("war") is streams("war")


def test_streams_continue_from_the_number_of_their_draws() -> None:
    streams = Streams("seed")
    for _ in range(7):
        streams("war").random()
    restored = Streams("seed", streams.draws())
    assert streams.draws() == {"war": 7}
    assert restored("war").random() == streams("war").random()


def test_a_new_seed_changes_the_streams_in_use() -> None:
    streams, other = Streams("seed"), Streams("other")
    stream = streams("war")
    stream.random()
    streams.reseed("other")
    assert stream.random() == other("war").random()
    assert streams.draws() == {"war": 1}
