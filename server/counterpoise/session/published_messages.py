"""The numbered messages of a session: who gets which, and what waits to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from msgspec import structs

from counterpoise.errors import ProtocolError
from counterpoise.session.journal.entries import canonical
from counterpoise.session.journal.free_text import FreeTexts
from counterpoise.session.message_streams import LATEST, Numbered, Resume, SeatStream, StreamState
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import incident_fields
from counterpoise.sim.world import Audience, Incident, World
from counterpoise.wire.messages import Ack, ForecastNews, IncidentNews, WindowNews

MODERATOR, OBSERVER = "moderator", "observer"


class MessagePublisher:
    """Numbers the messages of every address, a seat, the moderator or the observers, and holds them until they are sent.

    Args:
        addresses: who listens; without any, nothing is numbered.
        key: seals the receipts.
        texts: the free texts to show in messages. Receipts do not cover them: a text can be erased, and the receipts that
            clients hold stay good. Nor do receipts cover the numbers of their entries, which tell of orders that a seat
            may not know of.
        states: the state of each stream, for a session that is restored.
    """

    def __init__(
        self, addresses: Iterable[str], key: bytes, texts: FreeTexts, states: Mapping[str, StreamState] | None = None
    ) -> None:
        known = states or {}
        self.streams: dict[str, SeatStream[Any]] = {
            address: SeatStream(address, key, known.get(address)) for address in addresses
        }
        self._key, self._texts = key, texts
        self._waiting: list[tuple[str, Numbered]] = []

    def restart(self, world: World, window: int, forecasts: list[dict[str, Any]]) -> None:
        """Begin every stream anew: nobody has heard its messages so far. What those who join may want to know opens it.

        Args:
            world: its latest incidents are published again.
            window: the open window.
            forecasts: of that window, for the moderator.
        """
        if not self.streams:
            return
        self.streams = {address: SeatStream(address, self._key) for address in self.streams}
        self._waiting.clear()
        self.publish(world, world.incidents[-LATEST:])
        if forecasts:
            self.report_decisions(window, forecasts)

    def head(self, address: str) -> tuple[int, str]:
        """Return the number and receipt of the last message to an address."""
        stream = self.streams.get(address)
        return (0, "") if stream is None else (stream.vseq, stream.receipt)

    def resume(self, address: str, last_vseq: int, last_receipt: str) -> Resume:
        """Return how a returning client goes on.

        Raises:
            ProtocolError: ``log_regressed`` if the client has seen messages that this session has not.
        """
        return self.streams[address].resume(last_vseq, last_receipt)

    def missed(self, address: str, last_vseq: int) -> list[Numbered]:
        """Return what a client has missed that goes on with a ``delta``."""
        return [self._filled(message) for message in self.streams[address].after(last_vseq)]

    def opening(self, address: str) -> list[Numbered]:
        """Return what a client gets that starts anew; players get none of their messages, but a view."""
        latest = LATEST if address in (MODERATOR, OBSERVER) else 0
        return [self._filled(message) for message in self.streams[address].latest(latest)]

    def proof_of_loss(self, vseq: int, receipt: str) -> tuple[str, ProtocolError] | None:
        """Return whose receipt this is, with the error for it, if this session made it for any address and has lost it.

        A client whose token is not known may still hold such a receipt: an older copy of the journal has neither.
        """
        for address, stream in self.streams.items():
            if stream.has_lost(vseq, receipt):
                return address, stream.refusal("log_regressed", vseq, receipt)
        return None

    def receipt_of(self, address: str, vseq: int) -> str:
        """Return the receipt that went with a message to an address."""
        return self.streams[address].receipt_of(vseq)

    def since(self, counts: Mapping[str, int]) -> dict[str, StreamState]:
        """Return what is new in each stream since it had so many receipts, for a snapshot."""
        return {address: stream.since(counts.get(address, 0)) for address, stream in self.streams.items()}

    def has_waiting(self) -> bool:
        """Return whether a message waits to be sent."""
        return bool(self._waiting)

    def take_waiting(self) -> list[tuple[str, Numbered]]:
        """Return the messages that wait to be sent, each with its address, and forget them."""
        taken, self._waiting = self._waiting, []
        return [(address, self.streams[address].sealed(message)) for address, message in taken]

    def heads(self) -> dict[str, tuple[int, str]]:
        """Return for each address the number of its last message and the chain over its messages, for a checkpoint."""
        return {address: (stream.vseq, stream.head) for address, stream in self.streams.items()}

    def sealed(self, address: str, ack: Ack) -> Ack:
        """Return an ack with the seal on its receipt."""
        stream = self.streams.get(address)
        return ack if stream is None or not ack.vseq else stream.sealed(ack)

    def acknowledge(self, address: str, order_id: str) -> Ack:
        """Number and return the ack of an order or command, without the seal on its receipt."""
        stream = self.streams.get(address)
        if stream is None:
            return Ack(id=order_id, vseq=0, receipt="")
        content = canonical({"t": "ack", "id": order_id})
        ack: Ack = stream.push(content, lambda vseq, receipt: Ack(id=order_id, vseq=vseq, receipt=receipt))
        return ack

    def announce_stop(
        self, world: World, window: int, occasion: Literal["window", "call"], called: Sequence[ActorId]
    ) -> None:
        """Tell who is asked at this stop. A call to one seat is hidden from the other seats."""
        if not self.streams:
            return
        content = canonical({"t": "window", "tick": world.tick, "occasion": occasion})
        for address, stream in self.streams.items():

            def news(vseq: int, receipt: str, address: str = address) -> WindowNews:
                return WindowNews(
                    vseq=vseq,
                    receipt=receipt,
                    window=window,
                    tick=world.tick,
                    date=world.calendar.iso(world.tick),
                    occasion=occasion,
                    called=address in called,
                )

            if occasion == "window" or address in called or address == MODERATOR:
                self._waiting.append((address, stream.push(content, news)))

    def publish(self, world: World, incidents: Sequence[Incident]) -> None:
        """Send each incident to those who may see it."""
        if not self.streams:
            return
        for incident in incidents:
            plain = incident_fields(world, incident)
            shown = self._texts.filled_incident(plain)
            content = canonical({"t": "incident", **plain, "detail": self._texts.masked(plain["detail"])})

            def news(vseq: int, receipt: str, plain: dict[str, Any] = plain) -> IncidentNews:
                return IncidentNews(vseq=vseq, receipt=receipt, incident=plain)

            for address in self._listeners(incident.audience):
                # The stream remembers the message with references: a text is kept nowhere but in its entry.
                message = self.streams[address].push(content, news)
                self._waiting.append((address, message if shown is plain else structs.replace(message, incident=shown)))

    def _listeners(self, audience: Audience) -> Iterable[str]:
        """Return the addresses that get an incident with this audience; the moderator gets every one."""
        if audience is None:
            return self.streams
        return [address for address in dict.fromkeys((*audience, MODERATOR)) if address in self.streams]

    def _filled(self, message: Numbered) -> Numbered:
        """Return a remembered message with texts in place of the references to them."""
        if not isinstance(message, IncidentNews):
            return message
        return structs.replace(message, incident=self._texts.filled_incident(message.incident))

    def report_decisions(self, window: int, decisions: list[dict[str, Any]]) -> None:
        """Send the moderator the forecasts or outcomes of a window."""
        stream = self.streams.get(MODERATOR)
        if stream is not None:
            content = canonical({"t": "forecast", "window": window})

            def news(vseq: int, receipt: str) -> ForecastNews:
                return ForecastNews(vseq=vseq, receipt=receipt, window=window, decisions=decisions)

            self._waiting.append((MODERATOR, stream.push(content, news)))
