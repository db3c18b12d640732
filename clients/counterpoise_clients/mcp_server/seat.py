"""What a program does in its seat, in words: it waits for its turn, looks, orders, writes and ends its turn."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from counterpoise.errors import CounterpoiseError
from counterpoise.sim.catalogue import MOVES, move_catalogue
from counterpoise.validation_errors import one_of
from counterpoise.wire.messages import Observe, ServerMessage
from counterpoise_clients.client import Client
from counterpoise_clients.language_models.menu import menu
from counterpoise_clients.language_models.rules import role_sheet, rules, scenario_names
from counterpoise_clients.language_models.situation import situation

WAIT_SECONDS_MAX = 300.0
POLL_SECONDS = 1.0
"""How often a wait looks whether the connection has ended for good."""
NO_SEAT = "the game has not shown this seat yet; call wait_turn"


class SeatError(CounterpoiseError):
    """What a program asked for cannot be done now.

    Args:
        problem: why, and what to do.
    """

    exit_code = 78

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class McpSeat:
    """A seat, as the tools of an MCP server use it. ``client`` is set before anything is asked of it.

    Give ``note`` to the client as ``on_message``.
    """

    client: Client

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self._ended_tick, self._known = -1, -1

    def note(self, _: ServerMessage) -> None:
        """Wake whoever waits for news."""
        self._news.set()

    async def wait_turn(self, seconds: float) -> str:
        """Wait until the seat must decide or the game is over, for some seconds at most, and return how things stand."""
        loop = asyncio.get_running_loop()
        until = loop.time() + min(max(seconds, 0.0), WAIT_SECONDS_MAX)
        while not self._is_turn() and not self.client.has_ended:
            if loop.time() >= until:
                return f"Not your turn yet: {self._phase()}. Call wait_turn again."
            self._news.clear()
            if not self._is_turn():
                try:
                    async with asyncio.timeout(min(POLL_SECONDS, max(until - loop.time(), 0.0))):
                        await self._news.wait()
                except TimeoutError:
                    continue
        if self.client.has_ended:
            return self._farewell()
        told = self._situation(self._observed())
        self._known = self._observed().view.tick
        return f"Your turn.\n{told}\nOrder moves, then call end_turn."

    async def situation(self) -> str:
        """Return what the seat sees now."""
        if self.client.has_ended:
            return self._farewell()
        return self._situation(await self.client.look())

    def list_moves(self, kind: str) -> str:
        """Return what the seat may order now, or how the moves of one kind are written.

        Raises:
            SeatError: there is no such kind.
        """
        if not kind:
            return menu(self._observed().view) or "Nothing can be ordered now."
        if kind not in MOVES:
            raise SeatError(f"expected a kind of move, {one_of(MOVES, kind)}, got {kind!r}")
        found = move_catalogue()[kind]
        fields = [
            f"- {name}: {form.get('description', 'see list_moves for its values')}"
            for name, form in found["schema"]["properties"].items()
            if name != "kind"
        ]
        risk = [f"Risk: {found['risk']}."] if found["risk"] else []
        return "\n".join([f"{kind}: {found['description']}", *fields, *risk])

    async def order(self, move: Mapping[str, Any], replaces: str = "") -> str:
        """Order a move and return its number; raise ``OrderRefused`` if it is refused."""
        ack = await self.client.order(move, replaces=replaces)
        return f"Ordered, as {ack.id}. To change it, order again with replaces={ack.id} before the turn ends."

    async def message(self, to: Sequence[str], text: str, deal: Mapping[str, str]) -> str:
        """Write to states, or to everyone; raise ``OrderRefused`` if it is refused."""
        given = {name: value for name, value in deal.items() if value}
        await self.client.order({"kind": "message", "to": list(to), "text": text, **given})
        return f"Sent to {', '.join(to) or 'everyone'}."

    async def end_turn(self) -> str:
        """Say that the seat has no more orders for this stop of the clock; raise ``SeatError`` if it is not its turn."""
        if self.client.has_ended:
            return self._farewell()
        if not self._is_turn():
            raise SeatError(f"it is not your turn: {self._phase()}; call wait_turn")
        tick = self._observed().view.tick
        await self.client.ready(tick)
        self._ended_tick = tick
        return "Your turn is over. Call wait_turn."

    def rules(self) -> str:
        """Return the rules of the game and what each kind of move does."""
        return rules()

    def role_sheet(self) -> str:
        """Return who the seat is and what it wants."""
        assert self.client.welcome is not None, "the client is connected"
        return role_sheet(self._observed().view, scenario_names(self.client.welcome.scenario))

    def _is_turn(self) -> bool:
        status, latest = self.client.status, self.client.latest
        is_running = status is not None and status.phase == "running"
        return is_running and latest is not None and latest.called and latest.view.tick != self._ended_tick

    def _phase(self) -> str:
        phase = "lobby" if self.client.status is None else self.client.status.phase
        waits = {"lobby": "the game has not started", "paused": "the moderator has paused the game"}
        return waits.get(phase, "the others decide, or the clock runs")

    def _observed(self) -> Observe:
        if self.client.latest is None:
            raise SeatError(NO_SEAT)
        return self.client.latest

    def _situation(self, observed: Observe) -> str:
        return situation(observed.view, observed.threats, self._known)

    def _farewell(self) -> str:
        latest, loss = self.client.latest, self.client.loss
        is_over = self.client.status is not None and self.client.status.phase == "ended"
        if is_over or self.client.result is not None:
            score = "" if latest is None else f" Your score is {latest.view.own.score:.1f} of 100."
            return f"The game is over.{score} There is nothing more to do."
        return f"The seat is lost: {loss.reason if loss is not None else 'the connection has ended'}."
