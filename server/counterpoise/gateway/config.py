"""The settings of a server."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from counterpoise.errors import ConfigurationError
from counterpoise.gateway.signing.server_key import FILE_NAME
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId

BotFactory = Callable[[Session], Mapping[ActorId, Bot]]
"""Creates the bots of a session, at most one for each seat. Called again after a restart."""
BOT_SECONDS = 30.0
"""Seconds after which a bot that has not decided is removed."""


def no_bots(session: Session) -> Mapping[ActorId, Bot]:
    """Return no bots: seats without a human pass."""
    return {}


_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*")


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """Settings of one server. Times in seconds, sizes in bytes.

    Args:
        data_dir: folder of the journals, one ``SESSION.db`` each, unless the server is given another shelf.
        key_file: the server's key, which signs checkpoints; ``None`` for server.key in the data folder. Servers that share
            sessions share the key.
        host: address to listen on; other addresses than loopback need ``insecure_lan``, because nothing is encrypted.
        port: port to listen on; 0 for any free port.
        operators_port: port of metrics and health, on 127.0.0.1 only; 0 for any free port, ``None`` for none.
        insecure_lan: the operator accepts that everyone on the network can read all traffic.
        origins: further web origins whose pages may connect, such as ``https://example.org`` behind a proxy.
        public_url: start of the links, if it is not the address listened on; it may have a path, such as ``/games``.
        bots: creates the bots of a session.
        autostart: start each session without a moderator.
        bots_window_seconds: how long a window stays open if only bots play, so that people can watch and join.
        answer_seconds: how long the clock stands on the day after a window if people play several states, so that time does
            not tell whether anybody negotiates; 0 to stand only for calls.
        pause_seconds: how long a pause may last before the session goes on by itself; 0 for as long as the moderator wants.
        decider_seconds: how long the member who decides for a shared seat may be away before the next member who is there does.
        absent_windows: after how many missed windows a bot plays for a person who is away; 0 for never.
        bot_seconds: how long a bot may take for a decision before it is removed.
        rate_per_second: messages per second that a client may send in the long run; observers a fifth of them.
        rate_burst: messages that a client may send at once; observers a quarter of them.
        outbox_messages: messages that may wait for a slow client before it is closed with 4003.
        outbox_bytes: bytes that may wait for a slow client before it is closed with 4003.
        unanswered: frames of one client that are read before the first is answered.
        pending_max: connections whose clients have not said hello; the oldest is dropped for a new one.
        observers_max: observers of one session at a time.
        ended_idle_seconds: an ended session is unloaded after so long without a visitor.
        ended_open_max: how many ended sessions without a visitor stay loaded.
    """

    data_dir: Path
    key_file: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8700
    operators_port: int | None = None
    insecure_lan: bool = False
    origins: tuple[str, ...] = ()
    public_url: str = ""
    bots: BotFactory = no_bots
    autostart: bool = False
    bots_window_seconds: float = 0.0
    answer_seconds: float = 0.0
    pause_seconds: float = 0.0
    decider_seconds: float = 30.0
    absent_windows: int = 0
    bot_seconds: float = BOT_SECONDS
    rate_per_second: int = 20
    rate_burst: int = 40
    outbox_messages: int = 256
    outbox_bytes: int = 1024 * 1024
    unanswered: int = 64
    pending_max: int = 4000
    observers_max: int = 2000
    ended_idle_seconds: float = 600.0
    ended_open_max: int = 8

    @property
    def server_key_file(self) -> Path:
        """The file of the server's key."""
        return self.key_file or self.data_dir / FILE_NAME

    @property
    def prefix(self) -> str:
        """The path under which a proxy offers this server, such as ``/games``; empty for the root."""
        return urlsplit(self.public_url).path.rstrip("/")

    def check(self) -> None:
        """Raise ``ConfigurationError`` if the server must not start with these settings."""
        if not _PREFIX.fullmatch(self.prefix):
            raise ConfigurationError(
                f"--public-url {self.public_url}: expected a path of letters, digits and . _ ~ -, such as /games, "
                f"got {self.prefix}"
            )
        if re.fullmatch(r"[\d.]+", self.host) and not _is_address(self.host):
            raise ConfigurationError(f"--host {self.host}: expected an address such as 127.0.0.1, or a host name")
        if self.host and not _is_address(self.host) and not _resolves(self.host):
            raise ConfigurationError(
                f"--host {self.host}: no host has this name. Give an address of this machine, such as 127.0.0.1."
            )
        if not self.insecure_lan and not is_loopback(self.host):
            raise ConfigurationError(
                f"--host {self.host}: other machines can reach this address, and the connection is not encrypted. Put a "
                "proxy with TLS in front of 127.0.0.1, or give --insecure-lan if you trust the network."
            )


def listens_twice(host: str) -> bool:
    """Return whether a listener on ``host`` takes IPv4 connections beside those of IPv6."""
    return host == "::" and socket.has_dualstack_ipv6()


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach an address."""
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


def _resolves(host: str) -> bool:
    try:
        socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return False
    return True


def reachable_hosts(host: str) -> tuple[str, ...]:
    """Return the names under which browsers may reach a server that listens on ``host``; the first is for links."""
    found: list[str] = []
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - recognised here, not bound
        outward = _outward_address(socket.AF_INET6 if host == "::" and not listens_twice(host) else socket.AF_INET)
        found += [outward, socket.gethostname()]
    else:
        found.append(host)
    found += ["127.0.0.1", "localhost", "::1"]
    return tuple(dict.fromkeys(f"[{name}]" if ":" in name else name for name in found))


def _outward_address(family: socket.AddressFamily) -> str:
    """Return the address of the outward network interface. Binding a datagram socket finds it; nothing is sent."""
    is_ipv6 = family == socket.AF_INET6
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("2001:db8::1" if is_ipv6 else "192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "::1" if is_ipv6 else "127.0.0.1"
