"""Two servers in one process have separate metrics, and every phase has a number."""

from __future__ import annotations

from counterpoise.gateway.metrics import Metrics


def test_two_servers_in_one_process_count_separately() -> None:
    one, two = Metrics(), Metrics()
    one.committed(0.002, 7)
    assert one.registry.get_sample_value("counterpoise_commit_seconds_count") == 1
    assert one.registry.get_sample_value("counterpoise_commit_entries_sum") == 7
    assert two.registry.get_sample_value("counterpoise_commit_seconds_count") == 0


def test_every_phase_has_a_number_even_at_zero() -> None:
    text = Metrics().text({"lobby": 0, "running": 2}).decode()
    assert 'counterpoise_sessions{phase="lobby"} 0.0' in text
    assert 'counterpoise_sessions{phase="running"} 2.0' in text
