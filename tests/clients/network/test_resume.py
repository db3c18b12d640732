"""A client keeps unanswered orders and the last number between connections, and waits before it reconnects."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from counterpoise.wire.messages import Ack, Error, Order
from counterpoise_clients.network.resume import (
    EARLY_NUMBERS_MAX,
    Backoff,
    OrderRefused,
    SequenceTracker,
    UnansweredOrders,
)


def order(number: int) -> Order:
    return Order(f"{number:032x}", 1, {"kind": "arm"})


def test_unanswered_orders_are_resent_in_their_first_order() -> None:
    outbox = UnansweredOrders()
    for number in (3, 1, 2):
        outbox.add(order(number))
    assert outbox.resolve(Ack(order(1).id, 1, "")) == order(1)
    assert outbox.in_order() == (order(3), order(2))
    assert outbox.resolve(Error("illegal", "$", "", "", order(3).id)) == order(3)
    assert outbox.in_order() == (order(2),)


def test_an_answer_resolves_its_own_order_once() -> None:
    outbox = UnansweredOrders()
    outbox.add(order(1))
    assert outbox.resolve(Ack(order(9).id, 1, "")) is None
    assert outbox.resolve(Error("late", "$.tick", "", "")) is None
    assert outbox.resolve(Ack(order(1).id, 1, "")) == order(1)
    assert outbox.resolve(Ack(order(1).id, 1, "")) is None


def test_a_rate_limited_order_stays_unanswered() -> None:
    outbox = UnansweredOrders()
    outbox.add(order(1))
    assert outbox.resolve(Error("rate_limited", "$", "", "", order(1).id)) is None
    assert outbox.in_order() == (order(1),)


def test_the_last_number_is_the_one_up_to_which_none_is_missing() -> None:
    tally = SequenceTracker()
    assert tally.accept(1, "a")
    assert tally.accept(3, "c")  # an ack that overtook
    assert (tally.last, tally.receipt) == (1, "a")
    assert tally.accept(2, "b")
    assert (tally.last, tally.receipt) == (3, "c")
    assert not tally.accept(2, "b")
    assert not tally.accept(3, "c")


def test_a_snapshot_replaces_the_last_number() -> None:
    tally = SequenceTracker()
    tally.accept(1, "a")
    tally.restart_at(40, "x")
    assert not tally.accept(40, "x")
    assert tally.accept(41, "y")
    assert (tally.last, tally.receipt) == (41, "y")


def test_a_missing_number_does_not_fill_the_memory() -> None:
    tally = SequenceTracker()
    for number in range(2, 3 * EARLY_NUMBERS_MAX):
        tally.accept(number, str(number))
    assert tally.last >= EARLY_NUMBERS_MAX
    assert tally.accept(10**6, "z")


@given(st.permutations(range(1, 12)))
def test_each_number_is_new_once_in_any_order(numbers: list[int]) -> None:
    tally = SequenceTracker()
    assert all(tally.accept(number, str(number)) for number in numbers)
    assert (tally.last, tally.receipt) == (11, "11")
    assert not any(tally.accept(number, str(number)) for number in numbers)


def test_pauses_double_up_to_15_seconds_with_full_jitter() -> None:
    jitter, backoff = Random(1), Backoff()
    for attempt, most in ((0, 0.25), (1, 0.5), (4, 4.0), (6, 15.0), (600, 15.0)):
        pauses = [backoff.delay(attempt, 1006, jitter) for _ in range(400)]
        assert min(pauses) < most / 10
        assert most * 0.9 < max(pauses) <= most


def test_the_first_pause_after_a_restart_is_at_most_two_seconds() -> None:
    pauses = [Backoff().delay(0, 1012, Random(n)) for n in range(200)]
    assert 1.5 < max(pauses) <= 2.0


def test_a_refused_order_error_can_be_rebuilt_from_its_arguments() -> None:
    refused = OrderRefused("illegal", "$.move.to", "another state", "your own")
    assert str(type(refused)(*refused.args)) == str(refused)
