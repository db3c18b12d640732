"""A program without async plays a hosted session, also while an event loop is running, as in a notebook."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster
from counterpoise_clients.blocking import Game, OrderRefused, SeatLost, connect


def quiet_bots(session: Session) -> Mapping[ActorId, Bot]:
    return {seat: roster.load_bot("status-quo")(f"{seat}") for seat in session.seats}


class HostedElsewhere:
    """A server with one session, in a thread with an event loop of its own: the test may block its own."""

    def __init__(self, folder: Path, scenario: str) -> None:
        self._folder, self._scenario = folder, scenario
        self.links: Links
        self._stop = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._is_up = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> HostedElsewhere:
        self._thread.start()
        assert self._is_up.wait(20)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(20)
        self._loop.close()

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        async with Server(ServerConfig(data_dir=self._folder, port=0, bots=quiet_bots, autostart=False)) as server:
            self.links = await server.hub.create(
                scenario_text=self._scenario, seed="7", session_id="s", pace=Pace("windows", 60.0, 60.0)
            )
            self._is_up.set()
            await self._stop.wait()

    def start(self) -> None:
        self.command({"kind": "start"})

    def command(self, command: dict[str, str]) -> None:
        with connect(self.links.moderator) as moderator:
            moderator.command(command)
            self.links = self._with_moderator(moderator.token)

    def _with_moderator(self, token: str) -> Links:
        base = self.links.moderator.partition("#")[0]
        return Links(self.links.session, f"{base}#{token}", self.links.observer, self.links.seats)


@pytest.fixture
def hosted(checkerboard: str, tmp_path: Path) -> Iterator[HostedElsewhere]:
    with HostedElsewhere(tmp_path, checkerboard) as host:
        yield host


async def test_a_game_is_played_to_its_end_while_an_event_loop_is_running(hosted: HostedElsewhere) -> None:
    assert asyncio.get_running_loop().is_running()
    with connect(hosted.links.seats["COR"], name="Ada", bot="notebook") as game:
        assert (game.seat, game.is_turn, game.is_over) == ("COR", False, False)
        with pytest.raises(TypeError, match=r"""command: expected a map such as {"kind": "start"}, got 'start'"""):
            game.command("start")  # type: ignore[arg-type]
        with pytest.raises(TimeoutError, match=r"not this seat's turn for 0.05 s"):
            game.wait_for_turn(0.05)
        hosted.start()
        turns = 0
        while game.wait_for_turn():
            turns += 1
            assert repr(game) == "<COR in session s: your turn>"
            moves = game.legal("propose_alliance") if "propose_alliance" in game.kinds else []
            assert game.end_turn(moves[:1]) == []
            assert not game.is_turn
        assert turns >= 16
        scores = game.scores()
        assert len(scores) == 8
        assert scores["COR"] > 0.0
    with pytest.raises(ValueError, match="this game is closed"):
        game.wait_for_turn()


def test_a_notebook_plays_in_a_kernel_of_jupyter_and_a_cell_that_waits_can_be_interrupted(
    hosted: HostedElsewhere,
) -> None:
    manager, kernel = start_new_kernel(kernel_name="python3")
    try:
        run = partial(run_cell, kernel)
        link = hosted.links.seats["COR"]
        run(f"from counterpoise_clients.blocking import connect\ngame = connect({link!r}, name='Ada', bot='notebook')")
        assert run("game") == "<COR in session s: waiting>"
        kernel.execute("print('waits', flush=True); game.wait_for_turn()")
        while kernel.get_iopub_msg(timeout=20)["msg_type"] != "stream":
            pass  # until the cell has printed, and so waits for a game that has not started
        manager.interrupt_kernel()
        assert kernel.get_shell_msg(timeout=20)["content"]["ename"] == "KeyboardInterrupt"
        hosted.start()
        assert run("game.wait_for_turn(20)") == "True"
        assert run("game.end_turn(game.legal('arm')[:1])") == "[]"
        run("while game.wait_for_turn(): game.end_turn()")
        assert run("len(game.scores()), game") == "(8, <COR in session s: over>)"
        run("game.close()")
    finally:
        kernel.stop_channels()
        manager.shutdown_kernel(now=True)


def run_cell(kernel: Any, code: str) -> str:
    """Run a cell, and return its result in words; fail if the cell raises."""
    results: list[str] = []

    def read(message: Any) -> None:
        if message["msg_type"] == "execute_result":
            results.append(message["content"]["data"]["text/plain"])

    reply = kernel.execute_interactive(code, timeout=60, output_hook=read)["content"]
    assert reply["status"] == "ok", "\n".join(reply.get("traceback", []))
    return "".join(results)


def test_orders_are_taken_back_replaced_and_refused(hosted: HostedElsewhere) -> None:
    with connect(hosted.links.seats["COR"]) as game:
        hosted.start()
        assert game.wait_for_turn(20)
        mobilize = {"kind": "mobilize"}
        order = game.order(mobilize)
        game.withdraw(order)
        with pytest.raises(OrderRefused):
            game.withdraw(order)
        with pytest.raises(OrderRefused, match=r"\$.kind"):
            game.legal("dance")
        (refused,) = game.end_turn([{"kind": "guarantee", "to": "COR"}, mobilize])
        assert refused.expected == "another state"
        token = game.token
    link = hosted.links.seats["COR"].partition("#")[0]
    with connect(link, token) as again:
        assert again.seat == "COR"


def test_a_link_without_a_seat_has_no_view_and_a_used_one_is_refused(hosted: HostedElsewhere) -> None:
    with connect(hosted.links.observer) as observer:
        assert observer.seat == ""
        with pytest.raises(ValueError, match="this link has no seat"):
            _ = observer.view
    with connect(hosted.links.seats["ARD"]):
        pass
    before = threading.active_count()
    with pytest.raises(SeatLost, match="4001"):
        connect(hosted.links.seats["ARD"])
    assert threading.active_count() == before


def test_what_interrupts_a_wait_leaves_the_game_as_it_was(
    hosted: HostedElsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect(hosted.links.seats["COR"]) as game:
        hosted.start()

        def interrupted(_: Game, *__: object) -> bool:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr("concurrent.futures.Future.result", interrupted)
            with pytest.raises(KeyboardInterrupt):
                game.wait_for_turn()
        assert game.wait_for_turn(20)
