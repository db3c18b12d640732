"""The socket on which a server listens."""

from __future__ import annotations

import errno
import socket

from counterpoise.errors import ConfigurationError
from counterpoise.gateway.config import listens_twice

SEND_BUFFER_BYTES = 128 * 1024
"""What the operating system keeps for a client that does not read; Linux doubles it. By itself it keeps up to 4 MB, and the
outbox learns late that a client is slow."""
WAITING_MAX = 1024
"""Connections that the operating system keeps until they are accepted; it makes the others try again a second later."""


def listen(host: str, port: int, option: str = "--port") -> socket.socket:
    """Return a socket that listens.

    Args:
        host: the address.
        port: the port; 0 for any free port.
        option: the option that gave the port, for errors.

    Raises:
        ConfigurationError: the port is in use, or the address is none of this machine.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server(
            (host, port), family=family, backlog=WAITING_MAX, dualstack_ipv6=listens_twice(host)
        )
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)  # accepted sockets inherit it
        return listener
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ConfigurationError(f"port {port} is in use; give another with {option}") from error
        if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
            raise ConfigurationError(
                f"--host {host}: this is no address of this machine. Give one that it has, such as 127.0.0.1."
            ) from error
        raise ConfigurationError(
            f"cannot listen on {host}:{port} ({error.strerror or error}). Choose another {option}."
        ) from error
