"""What a server is told when it starts."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from counterpoise.errors import ConfigurationError
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId

PolicyMaker = Callable[[Session], Mapping[ActorId, Bot]]
"""Makes the bots that wait on the bench of a session, one a seat; asked again after a restart."""


def nobody(session: Session) -> Mapping[ActorId, Bot]:
    """Return an empty bench: seats that no human takes pass."""
    return {}


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """Settings of one server. Times in seconds, sizes in bytes.

    Args:
        data_dir: where journals lie, one ``SESSION.db`` each; the server locks it.
        host: address to listen on; anything but loopback needs ``insecure_lan``, because the socket is not encrypted.
        port: 0 takes a free one.
        insecure_lan: the operator accepts that everyone on the network can read along.
        origins: further web origins whose pages may connect, ``https://example.org`` say, behind a proxy.
        public_url: what links begin with, if not the address listened on.
        policies: the bots.
        autostart: leave the lobby without a moderator.
        bots_window_seconds: how long a window stays open where only bots play, so that people can watch and join.
        bot_seconds: how long a bot in process may think before it is sent away.
        rate_per_second: messages a client may send in the long run.
        rate_burst: messages at once.
        outbox_messages: how many messages may wait for a slow client...
        outbox_bytes: ... and how many bytes, before it is closed with 4003.
        unanswered: how many frames of one client are read before the first is answered.
        pending_max: connections that have not said hello yet.
    """

    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8700
    insecure_lan: bool = False
    origins: tuple[str, ...] = ()
    public_url: str = ""
    policies: PolicyMaker = nobody
    autostart: bool = False
    bots_window_seconds: float = 0.0
    bot_seconds: float = 30.0
    rate_per_second: int = 20
    rate_burst: int = 40
    outbox_messages: int = 256
    outbox_bytes: int = 1024 * 1024
    unanswered: int = 64
    pending_max: int = 1000

    def check(self) -> None:
        """Raise ``ConfigurationError`` if the server must not start like this."""
        if re.fullmatch(r"[\d.]+", self.host) and not _is_address(self.host):
            raise ConfigurationError(f"host {self.host}: expected an address such as 127.0.0.1 or a name")
        if not self.insecure_lan and not is_loopback(self.host):
            raise ConfigurationError(
                f"host {self.host} can be reached from other machines and the connection is not encrypted; put a proxy "
                "with TLS in front of 127.0.0.1, or say --insecure-lan if the network is trusted"
            )


def is_loopback(host: str) -> bool:
    """Tell whether an address can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def own_hosts(host: str) -> tuple[str, ...]:
    """Return the names by which browsers may reach a server that listens on ``host``, the one for links first."""
    found: list[str] = []
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - recognised here, not bound
        found += [_outward_address(), socket.gethostname()]
    else:
        found.append(host)
    found += ["127.0.0.1", "localhost", "::1"]
    return tuple(dict.fromkeys(f"[{name}]" if ":" in name else name for name in found))


def _outward_address() -> str:
    """Return the address of the interface that leads outward; a datagram socket is bound for it, nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
