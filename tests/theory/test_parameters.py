from __future__ import annotations

from counterpoise.theory.parameters import DEFAULT, table


def test_every_parameter_has_a_range_around_it_and_a_description() -> None:
    for name, default, low, high, reading in table():
        assert low <= default <= high, name
        assert reading


def test_the_class_shares_leave_room_for_doing_nothing() -> None:
    assert DEFAULT.share_balance + DEFAULT.share_bandwagon + DEFAULT.share_other + DEFAULT.share_hide < 1.0
