"""A server that other machines could read refuses to start without permission."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterpoise.errors import ConfigurationError
from counterpoise.gateway.config import ServerConfig, reachable_hosts


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.3.2.1"])
def test_loopback_needs_no_permission(host: str) -> None:
    ServerConfig(Path(), host=host).check()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.1.4", "example.org"])
def test_any_other_host_needs_insecure_lan(host: str) -> None:
    with pytest.raises(ConfigurationError, match="insecure-lan") as caught:
        ServerConfig(Path(), host=host).check()
    assert caught.value.exit_code == 78
    ServerConfig(Path(), host=host, insecure_lan=True).check()


def test_the_first_reachable_host_is_the_one_for_links() -> None:
    assert reachable_hosts("127.0.0.1") == ("127.0.0.1", "localhost", "[::1]")
    assert reachable_hosts("10.1.2.3")[0] == "10.1.2.3"
    assert "127.0.0.1" in reachable_hosts("0.0.0.0")
