"""Two games that differ only in what a seat may not see send the seat the same frames."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.gateway.hub import Links
from counterpoise.session.commands import Pace
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Serve

WATCHER, PLOTTER, OTHER = ActorId("HAR"), ActorId("ARD"), ActorId("FEN")
CAMPAIGN = {"kind": "penetrate", "target": "GAL", "means": "exchange", "aim": "limited", "effort": 0.2}
WINDOWS = 3
NUMBERED = ("window", "incident", "observe", "ack")


async def frames_of(
    serve: Callable[..., Awaitable[Any]],
    invite: Callable[..., Any],
    begin: Callable[[Links], Awaitable[Any]],
    text: str,
    folder: Path,
    *,
    plotting: bool,
) -> tuple[list[bytes | str], list[str]]:
    """Play three windows of a served session; return the watcher's frames and the kinds of the plotter's messages."""
    # One key for both servers: receipts are sealed with it.
    server = await serve(data_dir=folder, key_file=folder.parent / "server.key")
    links = await server.hub.create(
        scenario_text=text, seed="quiet", session_id="s", secret="seal", pace=Pace("windows", 600.0, 600.0)
    )
    watcher, plotter, other = (invite(links.seats[seat]) for seat in (WATCHER, PLOTTER, OTHER))
    for guest in (watcher, plotter, other):
        await guest.join()
    await begin(links)

    async def play(guest: Any, plot: Callable[[Any], Awaitable[None]] | None = None) -> None:
        while (seen := await guest.hear("observe", lambda m: m.called)).view.window < WINDOWS:
            if plot is not None:
                await plot(seen.view)
            await guest.say("ready", tick=seen.view.tick)

    async def plot(view: Any) -> None:
        if view.occasion == "window":
            letter = {"kind": "message", "to": [OTHER], "text": "Between ourselves."}
            for move in [letter] if view.window else [letter, CAMPAIGN]:
                sent = await plotter.order(move)
                await plotter.hear("ack", lambda m, sent=sent: m.id == sent)

    await asyncio.gather(play(watcher), play(plotter, plot if plotting else None), play(other))
    kinds = [message.incident["kind"] for message in plotter.all("incident")]
    heard = zip(watcher.heard, watcher.frames, strict=True)
    return [frame for message, frame in heard if message.__struct_config__.tag in NUMBERED], kinds


@pytest.mark.timeout(120)
async def test_a_bystander_gets_the_same_frames_whether_two_others_plot_or_not(
    serve: Serve, invite: Invite, begin: Begin, checkerboard: str, tmp_path: Path
) -> None:
    text = checkerboard.replace("dispute_rate = 2.5", "dispute_rate = 0.0")
    quiet, _ = await frames_of(serve, invite, begin, text, tmp_path / "quiet", plotting=False)
    plotted, heard = await frames_of(serve, invite, begin, text, tmp_path / "plotted", plotting=True)
    assert {"message", "penetration_begun"} <= set(heard)
    assert plotted == quiet
    assert len(quiet) > 6
