"""Seat a bot in a running session with the Python SDK.

``python clients/examples/join_session.py LINK``, with a seat's link from ``counterpoise host checkerboard``.
``counterpoise join LINK --bot balancer`` does the same.
"""

from __future__ import annotations

import asyncio
import sys

from counterpoise_clients.client import Client
from counterpoise_clients.network.bot_runner import run_bot
from counterpoise_clients.roster import load_bot


async def join(link: str, bot: str = "balancer", seed: str = "7") -> str:
    """Play the seat of a link until the session ends; return why it ended."""
    async with Client(link, name=f"{bot} example", bot=bot) as client:
        print(f"playing {client.seat} in session {client.session}")
        return await run_bot(client, load_bot(bot)(seed))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: python clients/examples/join_session.py LINK", file=sys.stderr)
        raise SystemExit(2)
    print(asyncio.run(join(sys.argv[1])))
