"""A join link names a session's websocket address and its token."""

import pytest

from counterpoise_clients.network.links import KeptToken, Link, LinkError, parse_link

TOKEN = "kq3vXh1n0pZr8sWd"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        (f"http://127.0.0.1:8700/j/s1#{TOKEN}", "ws://127.0.0.1:8700/s/s1/ws"),
        (f"https://game.example.org/j/autumn-7#{TOKEN}", "wss://game.example.org/s/autumn-7/ws"),
        (f" http://host/j/s1/#{TOKEN}\n", "ws://host/s/s1/ws"),
        (f"ws://[::1]:80/s/s1/ws#{TOKEN}", "ws://[::1]:80/s/s1/ws"),
        (f"wss://host/s/s1#{TOKEN}", "wss://host/s/s1/ws"),
        (f"https://host/games/cp/j/s1#{TOKEN}", "wss://host/games/cp/s/s1/ws"),
        (f"wss://host/cp/s/s1/ws#{TOKEN}", "wss://host/cp/s/s1/ws"),
        *(
            (f"ws://host/s/s1/ws#{TOKEN}{rest}", "ws://host/s/s1/ws")
            for rest in ("%", "%2", "%20", ".", ")", "%E2%80%9D")
        ),
    ],
)
def test_a_join_link_leads_to_the_socket_of_its_session(link: str, url: str) -> None:
    assert parse_link(link) == Link(url, KeptToken(TOKEN))


def test_a_link_without_a_token_uses_the_token_argument() -> None:
    assert parse_link("ws://host/s/s1/ws", TOKEN) == Link("ws://host/s/s1/ws", KeptToken(TOKEN))


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("127.0.0.1:8700/j/s1", "begin with http"),
        (f"ftp://host/j/s1#{TOKEN}", "begin with http"),
        (f"http:///j/s1#{TOKEN}", "a host"),
        (f"http://host/#{TOKEN}", "path must be"),
        (f"http://host/j/#{TOKEN}", "path must be"),
        (f"http://host/x/s1#{TOKEN}", "got /x/s1"),
        ("http://host/j/s1", "no token"),
        ("http://host/j/s1#abc", "3 characters"),
        ("http://host/j/s1#%%%%%%%%%%%%", "no token"),
    ],
)
def test_the_error_about_a_wrong_link_names_the_problem(link: str, problem: str) -> None:
    with pytest.raises(LinkError, match=problem):
        parse_link(link)


def test_a_token_is_never_shown() -> None:
    assert TOKEN not in repr(parse_link(f"http://host/j/s1#{TOKEN}"))
    with pytest.raises(LinkError) as caught:
        parse_link(f"http://host/nowhere#{TOKEN}")
    assert TOKEN not in str(caught.value)


def test_the_token_of_a_link_is_kept_and_follows_what_replaces_it_until_another_client_has_gone_on() -> None:
    kept = KeptToken()
    link = parse_link(f"http://host/j/s1#{TOKEN}", kept)
    assert link.token == TOKEN
    kept.follow(TOKEN, "next-of-the-first")
    kept.follow(TOKEN, "next-of-a-client-that-hears-it-late")
    assert link.token == "next-of-the-first"
    assert parse_link(f"http://host/j/s1#{TOKEN}", kept).token == "next-of-the-first"
