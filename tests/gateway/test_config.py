"""A server that could be read along on a network says so before it starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterpoise.errors import ConfigurationError
from counterpoise.gateway.config import ServerConfig, own_hosts


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.3.2.1"])
def test_loopback_needs_no_permission(host: str) -> None:
    ServerConfig(Path(), host=host).check()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.1.4", "example.org"])
def test_any_other_host_needs_it_said_out_loud(host: str) -> None:
    with pytest.raises(ConfigurationError, match="insecure-lan") as caught:
        ServerConfig(Path(), host=host).check()
    assert caught.value.exit_code == 78
    ServerConfig(Path(), host=host, insecure_lan=True).check()


def test_own_hosts_begin_with_the_one_for_links() -> None:
    assert own_hosts("127.0.0.1") == ("127.0.0.1", "localhost", "[::1]")
    assert own_hosts("10.1.2.3")[0] == "10.1.2.3"
    assert "127.0.0.1" in own_hosts("0.0.0.0")
