from counterpoise.wire.rates import Bucket


def test_a_burst_passes_and_the_next_must_wait() -> None:
    bucket = Bucket(0)
    assert all(bucket.take(10, 0) for _ in range(40))
    assert not bucket.take(10, 0)
    assert bucket.take(10, 50)
    assert not bucket.take(10, 50)


def test_long_frames_count_as_several() -> None:
    bucket = Bucket(0)
    assert sum(bucket.take(65_536, 0) for _ in range(40)) == 5


def test_the_rate_in_the_long_run_is_twenty_a_second() -> None:
    bucket = Bucket(0)
    passed = sum(bucket.take(10, now) for now in range(0, 60_000, 5))
    assert 1200 <= passed <= 1241


def test_a_clock_that_stands_still_or_goes_back_gives_nothing_away() -> None:
    bucket = Bucket(1000)
    for _ in range(40):
        bucket.take(10, 1000)
    assert not bucket.take(10, 0)


def test_three_seconds_of_pushing_is_abuse_and_a_pause_forgives() -> None:
    bucket = Bucket(0)
    for _ in range(40):
        bucket.take(10, 0)
    assert not any(bucket.abused(0) for _ in range(20))
    assert not bucket.abused(1000)
    assert bucket.take(10, 10_000)  # full again: all is forgiven
    assert not bucket.abused(10_000)
    assert not bucket.abused(11_000)
    assert bucket.abused(12_000)


def test_a_flood_in_one_second_is_abuse_too() -> None:
    bucket = Bucket(0)
    assert [bucket.abused(0) for _ in range(100)].index(True) == 99
