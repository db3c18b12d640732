"""A page may connect to the server that it was loaded from, under any name; pages of other sites may not."""

from __future__ import annotations

import pytest

from counterpoise.gateway.listener.origins import LOGGED_MAX, OriginCheck

CHECK = OriginCheck(("https://games.example/cp", "https://class.example:8443"), "https://games.example/cp")


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (None, "127.0.0.1:8700"),
        ("http://127.0.0.1:8700", "127.0.0.1:8700"),
        ("http://localhost:9000", "localhost:9000"),
        ("http://Laptop.local:8700", "laptop.local:8700"),
        ("http://[fe80::1]:8700", "[fe80::1]:8700"),
        ("http://games.example", "games.example:80"),
        ("https://games.example", "127.0.0.1:8700"),
        ("https://class.example:8443", "127.0.0.1:8700"),
    ],
)
def test_the_servers_own_pages_may_connect(origin: str | None, host: str) -> None:
    assert CHECK.problem(origin, host) == ""


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://evil.example", "127.0.0.1:8700"),
        ("http://127.0.0.1:8701", "127.0.0.1:8700"),
        ("http://127.0.0.1:8700.evil.example", "127.0.0.1:8700"),
        ("http://games.example", "127.0.0.1:8700"),
        ("https://games.example.evil.example", "127.0.0.1:8700"),
        ("null", "null"),
        ("file://", "127.0.0.1:8700"),
        ("", ""),
        ("http://", ""),
        ("http://[", "["),
        ("http://x:99999", "x:99999"),
    ],
)
def test_other_pages_are_told_the_address_and_the_option(origin: str, host: str) -> None:
    problem = CHECK.problem(origin, host)
    assert "https://games.example/cp" in problem
    assert f"--public-url {origin}" in problem


def test_the_log_names_each_refused_origin_once_and_not_without_end(caplog: pytest.LogCaptureFixture) -> None:
    check = OriginCheck((), "http://127.0.0.1:8700")
    for _ in range(2):
        for number in range(LOGGED_MAX + 5):
            check.problem(f"http://evil{number}.example", "127.0.0.1:8700")
    assert len(caplog.records) == LOGGED_MAX
    assert "open it at http://127.0.0.1:8700, or give the server --public-url http://evil0.example" in caplog.text
