from counterpoise.wire.rates import Bucket


def test_a_burst_passes_and_the_next_frame_must_wait() -> None:
    bucket = Bucket(0)
    assert all(bucket.take(10, 0) for _ in range(40))
    assert not bucket.take(10, 0)
    assert bucket.take(10, 50)
    assert not bucket.take(10, 50)


def test_a_long_frame_counts_as_several_messages() -> None:
    bucket = Bucket(0)
    assert sum(bucket.take(65_536, 0) for _ in range(40)) == 5


def test_the_long_run_rate_is_twenty_messages_a_second() -> None:
    bucket = Bucket(0)
    passed = sum(bucket.take(10, now) for now in range(0, 60_000, 5))
    assert 1200 <= passed <= 1241


def test_a_clock_that_stops_or_goes_back_allows_no_more_messages() -> None:
    bucket = Bucket(1000)
    for _ in range(40):
        bucket.take(10, 1000)
    assert not bucket.take(10, 0)


def test_refusals_in_three_seconds_are_abuse_and_a_full_bucket_clears_them() -> None:
    bucket = Bucket(0)
    for _ in range(40):
        bucket.take(10, 0)
    assert not any(bucket.is_abused(0) for _ in range(20))
    assert not bucket.is_abused(1000)
    assert bucket.take(10, 10_000)  # the bucket is full again, which clears the strikes
    assert not bucket.is_abused(10_000)
    assert not bucket.is_abused(11_000)
    assert bucket.is_abused(12_000)


def test_a_hundred_refusals_in_one_second_are_abuse() -> None:
    bucket = Bucket(0)
    assert [bucket.is_abused(0) for _ in range(100)].index(True) == 99


def test_the_wait_of_a_refused_frame_is_the_time_until_it_passes() -> None:
    bucket = Bucket(0)
    assert bucket.wait_ms(10, 0) == 0
    for _ in range(40):
        bucket.take(10, 0)
    assert bucket.wait_ms(10, 0) == 50
    assert bucket.wait_ms(65_536, 0) == 400
    assert not bucket.take(10, 49)
    assert bucket.take(10, 50)
