"""Admit clients to a session: claim their tokens, give them their seats, and send what they missed."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from counterpoise.errors import ProtocolError
from counterpoise.gateway.audience import Audience, address_of
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.connection import Arrival
from counterpoise.gateway.listener.static import outlines_address
from counterpoise.gateway.loading.found_loss import FoundLoss
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.outbox import EncodedMessage
from counterpoise.gateway.play.participants import decider_of
from counterpoise.gateway.play.recorder import PlayRecorder
from counterpoise.gateway.seating.seating import Seating
from counterpoise.gateway.view_news import public_news
from counterpoise.session.message_streams import Resume
from counterpoise.session.orders.talk import messages_for
from counterpoise.session.published_messages import MODERATOR, OBSERVER
from counterpoise.session.running_session import Session
from counterpoise.sim.catalogue import inject_catalogue, move_catalogue
from counterpoise.sim.types import ActorId
from counterpoise.store.tokens import Grant
from counterpoise.store.writer import JournalWriter
from counterpoise.wire.codec import Codec
from counterpoise.wire.messages import CLOSE_REPLACED, CLOSE_TRY_LATER, Hello, SeatRole, Talk, Welcome
from counterpoise.wire.rates import Bucket

_log = logging.getLogger("counterpoise.gateway")


class Refused(NamedTuple):
    """A client that is not admitted, because its receipt does not fit this session's messages.

    Args:
        arrival: the client.
        error: what is wrong with its receipt.
        address: whose receipt it is: a seat, the moderator or the observers.
    """

    arrival: Arrival
    error: ProtocolError
    address: str


class _Missed(NamedTuple):
    """A message that a client gets on arrival, and its number."""

    number: int
    encoded: EncodedMessage


class Admission:
    """Admits clients to one room. The room calls it when everything is committed, so that a welcome never precedes the disk."""

    def __init__(
        self,
        session: Session,
        writer: JournalWriter,
        audience: Audience,
        config: ServerConfig,
        metrics: Metrics,
        loss: FoundLoss,
        seating: Seating,
        play: PlayRecorder,
    ) -> None:
        self._loss, self._seating, self._play = loss, seating, play
        self._session, self._writer, self._audience = session, writer, audience
        self._config, self._metrics = config, metrics
        self._buckets: dict[str, Bucket] = {}
        self._parts: dict[tuple[bool, str], dict[str, Any]] = {}
        """Parts of welcomes, for moderators and others, by subprotocol."""
        self._class_title, self._world = "", ""
        self._openings: dict[str, tuple[tuple[int, str], list[_Missed]]] = {}
        """What those who start anew get at an address, with the number and receipt of the last message there."""
        self._public: tuple[tuple[int, int], EncodedMessage] | None = None
        """What observers see of the world, with the state that it shows."""
        self._scenario = _scenario_summary(session)
        self._catalogue = dict(move_catalogue())
        prepared = [
            {"title": spec.optional, "inject": spec.plain()} for spec in session.scenario.injects if spec.optional
        ]
        self._moderators_catalogue = {
            "moves": self._catalogue,
            "injects": dict(inject_catalogue()),
            "prepared": prepared,
        }

    def name_world(self, class_title: str, letter: str) -> None:
        """Say in every welcome from now on which world of which class this is."""
        self._class_title, self._world = class_title, letter

    def recognize(self, link: int, pseudonym: str) -> None:
        """Know who comes by a link from now on: a person of a class, by the pseudonym that the person has in all its sessions."""
        self._play.recognize(link, pseudonym)

    async def admit(self, arrivals: list[Arrival], now_ms: int) -> list[Refused]:
        """Admit clients.

        Returns:
            The clients that are not admitted, because their receipts do not fit this session's messages.

        Raises:
            StorageError: a token cannot be renewed.
        """
        refused: list[Refused] = []
        accepted: list[Arrival] = []
        places = self._config.observers_max - len(self._audience.at(OBSERVER))
        for arrival in arrivals:
            if arrival.connection.is_gone:
                continue
            if arrival.grant is None and arrival.hello.asks:
                self._seating.devices.wait(arrival)
                continue
            if arrival.grant is None:
                refused.extend(self._proofs_of_loss(arrival))
                continue
            address = address_of(arrival.grant.role, arrival.grant.seat)
            if address == OBSERVER:
                places -= 1
                if places < 0:
                    arrival.connection.close(CLOSE_TRY_LATER, "this session has as many observers as it takes")
                    continue
            try:
                self._resume(address, arrival.hello)
            except ProtocolError as error:
                refused.append(Refused(arrival, error, address))
            else:
                accepted.append(arrival)
        wanted = [(arrival.hello.token, arrival.connection.peer.name) for arrival in accepted]
        grants = await self._writer.call(lambda journal: journal.tokens.claim_all(wanted)) if wanted else []
        for arrival, grant in zip(accepted, grants, strict=True):
            if grant is None:
                # Two clients came with one link, or the moderator withdrew the link meanwhile.
                arrival.connection.reject_token()
            elif not arrival.connection.is_gone:  # a client that has gone can still use its old token
                self._seat(arrival, grant, now_ms)
        return refused

    def _seat(self, arrival: Arrival, grant: Grant, now_ms: int) -> None:
        connection, session = arrival.connection, self._session
        role: SeatRole = grant.role  # type: ignore[assignment]
        address = address_of(role, grant.seat)
        resume = self._resume(address, arrival.hello)
        missed = self._missed(address, resume, arrival.hello)
        if grant.is_other_device:
            self._seating.close_other_devices(grant)
        if role == "player":
            for other in self._audience.at(address):
                if other.role == "player":
                    other.close(CLOSE_REPLACED, "this seat was opened on another connection; a player has only one")
                    self._audience.remove(other)
        if role in ("player", "team"):
            self._seating.sit_down(grant, decider_of(arrival.hello))
        connection.admit(role, grant, session.phase, self._bucket(role, grant.seat, now_ms))
        self._audience.add(address, connection)
        self._play.joined(connection, grant, arrival.hello)
        self._metrics.joins.labels(resume).inc()
        self._metrics.connections.inc()
        vseq, receipt = session.messages.head(address)
        if missed and resume != "delta":
            vseq = missed[0].number - 1
            receipt = session.messages.receipt_of(address, vseq)
        connection.send(
            Welcome(
                resume=resume,
                vseq=vseq,
                receipt=receipt,
                next_token=grant.next_token,
                role=role,
                seat=grant.seat,
                session=session.id,
                **self._parts_for(address, connection.codec),
                seed_commitment=session.seed_commitment,
                member=connection.member,
                consent=self._play.consent_of(connection),
                class_title=self._class_title,
                world=self._world,
            )
        )
        for message in missed:
            connection.enqueue(message.encoded, counted=False)
        connection.send(self._talk_for(address))
        if session.checkpoint is not None:
            connection.send(session.checkpoint)
        self._seating.welcome(connection, grant)
        if address in session.seats:
            connection.send(session.observe(ActorId(address)))
        elif address == OBSERVER:
            connection.enqueue(self._public_news())
        _log.info(
            "joined session=%s role=%s seat=%s token=%s resume=%s", session.id, role, grant.seat, grant.mark, resume
        )

    def _parts_for(self, address: str, codec: Codec) -> dict[str, Any]:
        """Return what many welcomes have in common, encoded once: it is most of a welcome."""
        key = (address == MODERATOR, codec.subprotocol)
        if key not in self._parts:
            catalogue = self._moderators_catalogue if address == MODERATOR else self._catalogue
            self._parts[key] = {"scenario": codec.part(self._scenario), "catalogue": codec.part(catalogue)}
        return self._parts[key]

    def _proofs_of_loss(self, arrival: Arrival) -> Iterator[Refused]:
        """Refuse a client without a valid token; yield it if its receipt proves that the journal has lost messages."""
        proof = self._session.messages.proof_of_loss(arrival.hello.last_vseq, arrival.hello.last_receipt)
        if proof is None or self._loss.is_accepted:
            arrival.connection.reject_token()
        else:
            yield Refused(arrival, proof[1], proof[0])

    def _resume(self, address: str, hello: Hello) -> Resume:
        """Return how a client goes on. Once a loss is accepted, a client that proves it starts from a snapshot."""
        try:
            return self._session.messages.resume(address, hello.last_vseq, hello.last_receipt)
        except ProtocolError as error:
            if error.code != "log_regressed" or not self._loss.is_accepted:
                raise
            return "snapshot"

    def _missed(self, address: str, resume: Resume, hello: Hello) -> Sequence[_Missed]:
        """Return the messages that a client gets on arrival. A crowd that starts anew gets the same ones, encoded once."""
        messages = self._session.messages
        if resume == "delta":
            return [_Missed(one.vseq, EncodedMessage(one)) for one in messages.missed(address, hello.last_vseq)]
        head = messages.head(address)
        known = self._openings.get(address)
        if known is None or known[0] != head:
            opening = [_Missed(one.vseq, EncodedMessage(one)) for one in messages.opening(address)]
            known = self._openings[address] = head, opening
        return known[1]

    def _public_news(self) -> EncodedMessage:
        """Return what observers see of the world, made and encoded once while it stays as it is."""
        version = self._session.views.changes, self._session.now
        if self._public is None or self._public[0] != version:
            self._public = version, EncodedMessage(public_news(self._session))
        return self._public[1]

    def _talk_for(self, address: str) -> Talk:
        world, texts = self._session.simulation.world, self._session.texts
        reader = None if address == MODERATOR else ActorId(address)
        read = self._session.talk.read_by(ActorId(address))
        return Talk(messages_for(world, texts, reader), read)

    def _bucket(self, role: str, seat: str, now_ms: int) -> Bucket:
        """Return the rate limit of a client.

        All connections of a seat share one, so that reconnecting does not refill it. Observers, who only look on, have a lower
        one: anybody may have their link.
        """
        per_second, burst = self._config.rate_per_second, self._config.rate_burst
        if role == "observer":
            return Bucket(now_ms, per_second=max(1, per_second // 5), burst=max(1, burst // 4))
        if role not in ("player", "team"):
            return Bucket(now_ms, per_second=per_second, burst=burst)
        if seat not in self._buckets:
            self._buckets[seat] = Bucket(now_ms, per_second=per_second, burst=burst)
        return self._buckets[seat]


def _scenario_summary(session: Session) -> dict[str, Any]:
    scenario = session.scenario
    return {
        "id": scenario.id,
        "title": scenario.title,
        "summary": scenario.summary,
        "start": scenario.start.isoformat(),
        "end": scenario.end.isoformat(),
        "windows": session.simulation.world.calendar.window_of(session.end - 1) + 1,
        "actors": [actor.plain() for actor in scenario.actors],
        "map": outlines_address(scenario),
    }
