"""``counterpoise mcp``: offer a seat of a hosted session to programs that speak the Model Context Protocol."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.terminal import notes
from counterpoise.errors import ConfigurationError
from counterpoise_clients.client import Client, LinkError, SeatLost
from counterpoise_clients.mcp_server.kept_seat import TokenFile
from counterpoise_clients.mcp_server.seat import McpSeat
from counterpoise_clients.network.links import parse_link
from counterpoise_clients.network.receipts import KeptReceipts

KEPT = Path.home() / ".local" / "state" / "counterpoise"
LOOPBACK = "127.0.0.1"
app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("mcp")
def mcp(
    url: Annotated[str, typer.Argument(help="The join link of the seat, as printed by host.")],
    http: Annotated[
        int | None,
        number_option(
            "--http",
            "Serve streamable HTTP on this port of this machine, in place of standard input and output; 0 takes a free one.",
            int,
            0,
            65535,
            metavar="PORT",
        ),
    ] = None,
    name: Annotated[
        str, typer.Option(help="What the journal calls the player, such as the name of a model.", metavar="NAME")
    ] = "mcp",
    keep: Annotated[
        Path,
        typer.Option(help="Folder for the way back to the seat and the receipts, so that the same command goes on."),
    ] = KEPT,
) -> None:
    """Offer a seat to programs over MCP.

    A program such as an assistant gets tools to wait for its turn, look, list moves, order, write and end its turn, and resources
    with the rules and the role sheet. The command speaks MCP on standard input and output, or with --http over HTTP.
    """
    if find_spec("mcp") is None:
        raise ConfigurationError("the extra `mcp` is not installed: pip install 'counterpoise[mcp]'")
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    try:
        asyncio.run(_serve(url, http, name, keep))
    except LinkError as error:
        raise typer.BadParameter(str(error), param_hint="URL") from error
    except (SeatLost, OSError) as error:
        raise ConfigurationError(f"{url.partition('#')[0]}: {error}") from error


async def _serve(url: str, port: int | None, name: str, keep: Path) -> None:
    from counterpoise_clients.mcp_server.seat_server import seat_server  # imports mcp, which is an extra

    parse_link(url)  # a link that is none must not leave a folder behind
    seat = McpSeat()
    listening = None if port is None else _listening(port)
    async with Client(
        url, TokenFile(keep, url), name=name, bot=name, receipts=KeptReceipts(keep), on_message=seat.note
    ) as client:
        seat.client = client
        if not client.seat:
            role = client.welcome.role if client.welcome else "other"
            raise ConfigurationError(
                f"{url.partition('#')[0]}: this is the link of the {role}. Give the link of a seat."
            )
        server = seat_server(seat)
        if listening is None:
            await server.run_stdio_async()
            return
        import uvicorn

        app_of_seat = server.streamable_http_app(host=LOOPBACK)
        address = f"http://{LOOPBACK}:{listening.getsockname()[1]}/mcp"
        notes.print(
            f"playing {client.seat} in session {client.session}; the address for MCP is {address}", markup=False
        )
        await uvicorn.Server(uvicorn.Config(app_of_seat, log_level="warning")).serve(sockets=[listening])


def _listening(port: int) -> socket.socket:
    """Return a socket that listens on this machine only: whoever reaches it plays the seat."""
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise ConfigurationError(f"--http {port}: cannot listen ({error.strerror or error})") from error
