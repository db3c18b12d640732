"""Where a client comes from, also behind a proxy of this machine."""

from __future__ import annotations

import ipaddress

from websockets.asyncio.server import ServerConnection


def client_address(socket: ServerConnection) -> str:
    """Return the address of a client. Only a proxy on this machine is believed about whom it passes on.

    A proxy adds the address that it sees at the end of ``X-Forwarded-For``; what stands before may be anybody's invention.
    """
    peer = str((socket.remote_address or ("",))[0])
    try:
        if socket.request is None or not ipaddress.ip_address(peer).is_loopback:
            return peer
        forwarded = ",".join(socket.request.headers.get_all("X-Forwarded-For")).rpartition(",")[2].strip()
        return str(ipaddress.ip_address(forwarded)) if forwarded else peer
    except ValueError:
        return peer
