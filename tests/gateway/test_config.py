"""A server that other machines could read refuses to start without permission."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from counterpoise.errors import ConfigurationError
from counterpoise.gateway.config import ServerConfig, reachable_hosts


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.3.2.1"])
def test_loopback_needs_no_permission(host: str) -> None:
    ServerConfig(Path(), host=host).check()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.1.4", "example.org"])
def test_any_other_host_needs_insecure_lan(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: [])
    with pytest.raises(ConfigurationError, match="insecure-lan") as caught:
        ServerConfig(Path(), host=host).check()
    assert caught.value.exit_code == 78
    ServerConfig(Path(), host=host, insecure_lan=True).check()


def test_the_first_reachable_host_is_the_one_for_links() -> None:
    assert reachable_hosts("127.0.0.1") == ("127.0.0.1", "localhost", "[::1]")
    assert reachable_hosts("10.1.2.3")[0] == "10.1.2.3"
    assert "127.0.0.1" in reachable_hosts("0.0.0.0")


@pytest.mark.parametrize(
    ("url", "prefix"),
    [("", ""), ("https://x.example", ""), ("https://x.example/", ""), ("https://x.example/a/b-1/", "/a/b-1")],
)
def test_the_path_of_the_public_address_is_the_prefix_of_all_pages(url: str, prefix: str) -> None:
    config = ServerConfig(Path(), public_url=url)
    config.check()
    assert config.prefix == prefix


@pytest.mark.parametrize("path", ['/a"b', "/<script>", "//a", "/a b", "/%41"])
def test_a_path_that_cannot_stand_in_a_page_is_refused(path: str) -> None:
    with pytest.raises(ConfigurationError, match="public-url"):
        ServerConfig(Path(), public_url=f"https://x.example{path}").check()
