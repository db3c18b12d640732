"""Whether a server can listen, and whether a proxy in front of it passes on what it has to."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from counterpoise.cli.operations.findings import Finding
from counterpoise.errors import ConfigurationError, CounterpoiseError, LockedError, StorageError
from counterpoise.gateway.config import ServerConfig, reachable_hosts
from counterpoise.gateway.listener.listening import listen
from counterpoise.gateway.listener.operators import HOST
from counterpoise.store.lock import FileLock
from counterpoise.wire.messages import CLOSE_NO_SESSION, CLOSE_OTHER_ORIGIN, SUBPROTOCOLS

WAIT_SECONDS = 5.0
NO_SESSION = "no-such-session"


def network_findings(config: ServerConfig, database: str) -> Iterator[Finding]:
    """Yield what is found of the address, the ports and the proxy of a server, whether it runs or not.

    Args:
        config: its settings.
        database: the address of the database that has its journals; empty if they are in the data folder.
    """
    try:
        config.check()
    except ConfigurationError as error:
        yield Finding("address", "fault", str(error), "Change the setting.")
        return
    if config.insecure_lan:
        yield Finding(
            "address", "warning", "everyone on the network can read all traffic", "Put a proxy with TLS in front."
        )
    else:
        yield Finding("address", "ok", config.host)
    runs = _answers(config.host, config.port) if database else is_served(config.data_dir)
    ports = [("--port", config.host, config.port), ("--operators-port", HOST, config.operators_port)]
    for option, host, port in ports:
        if port is not None:
            yield _port(option, host, port, runs=runs)
    if config.public_url:
        yield from (
            proxy_findings(config.public_url.rstrip("/"))
            if runs
            else [
                Finding(
                    "proxy", "warning", f"{config.public_url} was not tried", "Start the server and run doctor again."
                )
            ]
        )


def is_served(folder: Path) -> bool:
    """Return whether a server has the data folder open."""
    if not (folder / "server.lock").exists():
        return False
    try:
        FileLock(folder / "server").release()
    except LockedError:
        return True
    except StorageError:
        return False
    return False


def _answers(host: str, port: int) -> bool:
    """Return whether a counterpoise server answers at an address."""
    try:
        _version(f"http://{reachable_hosts(host)[0]}:{port}")
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True


def _version(url: str) -> str:
    """Return the version of the counterpoise server at an address; raise an error of many kinds if there is none."""
    with urllib.request.urlopen(f"{url}/version", timeout=WAIT_SECONDS) as answer:  # noqa: S310 - checked to be http(s)
        return str(json.load(answer)["counterpoise"])


def _port(option: str, host: str, port: int, *, runs: bool) -> Finding:
    check = f"port {port}"
    try:
        listen(host, port, option).close()
    except CounterpoiseError as error:
        if runs:
            return Finding(check, "ok", "in use, and the server of these settings runs")
        return Finding(check, "fault", str(error), "Stop the other program, or choose another port.")
    return Finding(check, "ok", "free" if port else "any free port")


@dataclass(frozen=True, slots=True)
class _Proxy:
    """The address of a proxy, and its finding."""

    url: str

    def fault(self, found: str, advice: str) -> Finding:
        return Finding("proxy", "fault", f"{self.url}: {found}", advice)


def proxy_findings(url: str) -> Iterator[Finding]:
    """Yield whether a proxy passes on requests, the upgrade to a websocket, and the headers ``Host`` and ``Origin``.

    Args:
        url: where the proxy offers the server, without a slash at its end.
    """
    proxy = _Proxy(url)
    try:
        version = _version(url)
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield proxy.fault(
            f"/version does not answer as counterpoise does ({error})", "Does the proxy pass the path on?"
        )
        return
    yield Finding("proxy", "ok", f"{url} answers with counterpoise {version}")
    scheme, _, rest = url.partition("://")
    try:
        with connect(
            f"{'wss' if scheme == 'https' else 'ws'}://{rest}/s/{NO_SESSION}/ws",
            origin=Origin(f"{scheme}://{rest.partition('/')[0]}"),
            subprotocols=[Subprotocol(name) for name in SUBPROTOCOLS],
            open_timeout=WAIT_SECONDS,
            close_timeout=WAIT_SECONDS,
            proxy=None,
        ) as socket:
            try:
                socket.recv(timeout=WAIT_SECONDS)
            except (WebSocketException, TimeoutError):
                code = socket.close_code
    except (OSError, WebSocketException) as error:
        advice = "Let the proxy pass on Upgrade and Connection, and use HTTP/1.1 towards the server."
        yield proxy.fault(f"no websocket passes ({error})", advice)
        return
    if code == CLOSE_OTHER_ORIGIN:
        yield proxy.fault("the server takes its pages for those of another site", "Let the proxy pass Host on.")
    elif code == CLOSE_NO_SESSION:
        yield Finding("proxy", "ok", "websockets pass, with their origin")
    else:
        yield Finding("proxy", "warning", f"a websocket ended with {code}", "Look into the log of the proxy.")
