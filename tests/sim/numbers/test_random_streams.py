from __future__ import annotations

from counterpoise.sim.numbers.random_streams import Streams


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


def test_restored_streams_that_nobody_asks_for_keep_their_draws() -> None:
    restored = Streams("seed", {"war": 7, "aid": 2})
    restored("war").random()
    assert restored.draws() == {"war": 8, "aid": 2}
    copied = restored.copy()
    assert copied("aid").random() == restored("aid").random()
    assert copied.draws() == restored.draws() == {"war": 8, "aid": 3}


def test_a_new_seed_starts_restored_streams_anew() -> None:
    restored, other = Streams("seed", {"war": 7}), Streams("other")
    restored.reseed("other")
    assert restored.draws() == {"war": 0}
    assert restored("war").random() == other("war").random()


def test_a_new_seed_changes_the_streams_in_use() -> None:
    streams, other = Streams("seed"), Streams("other")
    stream = streams("war")
    stream.random()
    streams.reseed("other")
    assert stream.random() == other("war").random()
    assert streams.draws() == {"war": 1}


def test_many_numbers_are_those_of_as_many_draws() -> None:
    streams, again = Streams("seed"), Streams("seed")
    numbers = streams("war").numbers(5)
    assert numbers == [again("war").random() for _ in range(5)]
    assert streams.draws() == again.draws() == {"war": 5}
    assert streams("war").random() == again("war").random()


def test_numbers_below_bounds_are_drawn_in_order_between_the_callers_own_draws() -> None:
    streams, again = Streams("seed"), Streams("seed")
    bounds = [0.3, 0.0, 0.9, 0.5] * 5
    found = [(place, number, streams("war").random()) for place, number in streams("war").numbers_below(bounds)]
    expected = []
    for place, bound in enumerate(bounds):
        number = again("war").random()
        if number < bound:
            expected.append((place, number, again("war").random()))
    assert found == expected
    assert streams.draws() == again.draws() == {"war": 20 + len(found)}


def test_numbers_after_the_last_one_that_was_asked_for_are_not_drawn() -> None:
    streams, again = Streams("seed"), Streams("seed")
    drawn = streams("war").numbers_below([1.0] * 9)
    assert next(drawn) == (0, again("war").random())
    drawn.close()
    assert streams.draws() == {"war": 1}
    assert streams("war").random() == again("war").random()
