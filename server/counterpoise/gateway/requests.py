"""The room's answers to the messages of admitted clients. No answer is sent before the commit that follows it."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from itertools import islice
from typing import Any

import msgspec
from msgspec import UNSET

from counterpoise.errors import OrderError, ProtocolError
from counterpoise.gateway.audience import Outgoing, address_of
from counterpoise.gateway.connection import Request
from counterpoise.gateway.failure_texts import CHECK_FAILED
from counterpoise.gateway.outbox import EncodedMessage
from counterpoise.gateway.pacing import Pacer
from counterpoise.gateway.seating.administration import Administration, decode_administration, is_administration
from counterpoise.gateway.seating.seating import Seating
from counterpoise.gateway.talk_rates import TalkRates
from counterpoise.gateway.timetable import require_zone
from counterpoise.session import commands
from counterpoise.session.commands import CloseWindow, Skip, decode_command
from counterpoise.session.journal.entries import canonical
from counterpoise.session.orders.acknowledgements import Acknowledgement
from counterpoise.session.orders.open_calls import open_calls
from counterpoise.session.orders.teams import Sender
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.sim.catalogue import MOVES, decode_move, encode_move
from counterpoise.sim.choosing.move_options import legal_now, option_for, options_of
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.validation_errors import JSON, one_of
from counterpoise.wire.consent import Consent, ConsentMark
from counterpoise.wire.ending.messages import Leave
from counterpoise.wire.messages import (
    Ack,
    ClientMessage,
    Command,
    Error,
    Look,
    Noted,
    Observe,
    Order,
    Read,
    ReadMark,
    Ready,
    ServerMessage,
    ToModerator,
    Withdraw,
)
from counterpoise.wire.move_questions import LEGAL_MAX, AskMoves, Moves
from counterpoise.wire.seat_messages import AskDevice, Drop, PassOn, Propose
from counterpoise.wire.typed_messages import name_of

ADMIN_REMEMBERED = 256
_NO_ACTS = (Error, Look, Leave)
"""What says nothing of whether somebody plays."""


def refusal(error: OrderError | ProtocolError, message: ClientMessage | Error) -> Error:
    """Return the answer to a message that is refused."""
    reason, terms = (error.reason, dict(error.terms)) if isinstance(error, OrderError) else ("", {})
    answered = getattr(message, "id", "")
    return Error(error.code, error.path, error.expected, error.got, answered, name_of(message), reason, terms)


def failed_check(message: ClientMessage | Error) -> Error:
    """Return the answer to a message whose check failed in an unexpected way and changed nothing."""
    path = "$.move" if isinstance(message, Order) else "$.command" if isinstance(message, Command) else "$"
    return Error("internal", path, "", CHECK_FAILED, getattr(message, "id", ""), name_of(message))


class RequestHandler:
    """Answers orders, commands, readiness and looks. Methods return the messages to send after the commit.

    Args:
        session: the session.
        pacer: knows who is ready, and what may be ordered at this stop.
        seating: knows who of the people in a seat decides.
        administer: carries out administration; returns a link to send to the moderator, or nothing.
    """

    def __init__(
        self,
        session: Session,
        pacer: Pacer,
        seating: Seating,
        *,
        administer: Callable[[Administration], Awaitable[ServerMessage | None]],
    ) -> None:
        self._session, self._seating = session, seating
        self._administer = administer
        self._pacer = pacer
        self._rates = TalkRates()
        self._shown: dict[tuple[str, str], tuple[tuple[int, int, int], EncodedMessage]] = {}
        """The newest view of a seat for those who look on, by seat and their address, with the state that it shows."""
        self._administered: dict[str, tuple[str, Ack]] = {}

    async def answer(self, request: Request) -> list[Outgoing]:
        """Answer an order, a command, a ready or a look; raises ``OrderError`` if it cannot be taken."""
        message, peer = request.message, request.connection
        address = address_of(peer.role, peer.seat)
        if peer.seat and not isinstance(message, _NO_ACTS) and not self._is_known(message):
            self._seating.teams.require_may(peer, message)
            self._seating.absence.note_active(ActorId(peer.seat))
        match message:
            case Error():
                return [Outgoing(request, message)]
            case Order():
                return self._order(request, message, address)
            case Withdraw(id=command_id, order=order):
                sender = self._seating.teams.sender(peer)
                answer = self._session.command(peer.seat, command_id, commands.Withdraw(order, sender or UNSET))
                return self._acknowledged(request, address, answer)
            case Propose() | Drop() | PassOn():
                answer = self._session.command(peer.seat, message.id, _command_of(message, peer.member))
                return self._acknowledged(request, address, answer)
            case ToModerator(id=command_id, text=text):
                answer = self._session.command(peer.seat, command_id, commands.Note(peer.seat, text))
                return self._acknowledged(request, address, answer)
            case AskDevice():
                return [Outgoing(request, await self._seating.devices.give_code(peer.holder, request.received))]
            case Read(id=command_id, thread=thread, number=number):
                answer = self._session.command(peer.seat, command_id, commands.Read(thread, number))
                kept = self._session.talk.read_by(ActorId(peer.seat))
                mark = [Outgoing(address, ReadMark(thread, kept[thread]))] if answer.is_new else []
                return [*self._acknowledged(request, address, answer), *mark]
            case Command():
                return await self._command(request, message, address)
            case Ready(tick=tick):
                if tick != self._session.now:
                    needed = f"the tick of the current stop, {self._session.now}"
                    raise OrderError("late", "$.tick", needed, str(tick), "stop_passed")
                self._pacer.ready.add(ActorId(peer.seat))
                return [Outgoing(request, Noted(tick, open_calls(self._session, ActorId(peer.seat))))]
            case AskMoves():
                return [Outgoing(request, self._moves(message, ActorId(peer.seat)))]
            case Consent(given=given):
                return [Outgoing(request, ConsentMark(given))]
            case Leave():
                return []  # the connection closes once everything before it is answered
            case Look(seat=seat, id=look_id):
                return [self._look(request, seat or peer.seat, address, look_id)]
            case _:
                raise AssertionError(f"a room does not answer a {type(message).__name__}")

    def _order(self, request: Request, message: Order, address: str) -> list[Outgoing]:
        """Take an order. A seat that writes too many messages at once is told to send this one again."""
        seat, move = ActorId(request.connection.seat), decode_move(message.move)
        sender = Sender(self._seating.teams.sender(request.connection), message.proposal)
        if not self._is_known(message):
            self._pacer.require_time_for_offers(move)
            if message.proposal:
                self._session.teams.require_proposal(seat, message.proposal, "$.proposal")
            if move.AT_ONCE:
                self._rates.require_pace(seat, request.received)
        answer = self._session.submit(seat, message.id, message.window, move, message.replaces, sender)
        return self._acknowledged(request, address, answer)

    def _is_known(self, message: ClientMessage) -> bool:
        """Return whether a message was taken before, and only its ack is asked for again."""
        return self._session.acknowledgements.has(getattr(message, "id", ""))

    def _moves(self, message: AskMoves, seat: ActorId) -> Moves:
        """Say what a seat may order now, or judge its draft."""

        def refuse(move: Move) -> OrderError | None:
            try:
                self._pacer.require_time_for_offers(move)
            except OrderError as error:
                return error
            return None

        view, tick = self._session.view(seat), self._session.now
        if message.legal:
            if message.move:
                raise OrderError("malformed", "$.move", "no draft beside `legal`", "a draft")
            if message.kind and message.kind not in MOVES:
                raise OrderError("malformed", "$.kind", one_of(MOVES, message.kind), JSON.shown(message.kind))
            found = list(islice(legal_now(view, message.kind, refuse), LEGAL_MAX + 1))
            return Moves(
                message.id, tick, {}, [], [encode_move(one) for one in found[:LEGAL_MAX]], len(found) > LEGAL_MAX
            )
        if not message.move:
            return Moves(message.id, tick, *options_of(view, refuse))
        draft = decode_move(message.move)
        return Moves(message.id, tick, {draft.kind: option_for(view, draft, refuse)}, [])

    async def _command(self, request: Request, message: Command, address: str) -> list[Outgoing]:
        if is_administration(message):
            return await self._administration(request, message, address)
        answer = self._given(request.connection.role, message.id, message.command)
        return self._acknowledged(request, address, answer)

    async def give(self, command: dict[str, Any], command_id: str) -> list[Outgoing]:
        """Carry out a moderator's command that the server gives; raises as ``answer``."""
        if is_administration(Command(command_id, command)):
            await self._administer(decode_administration(command))
            return []
        answer = self._given("moderator", command_id, command)
        outputs = [Outgoing(to, message) for to, message in self._session.take_outputs()]
        return [*outputs, Outgoing(MODERATOR, answer.ack)]

    def _given(self, role: str, command_id: str, raw: dict[str, Any]) -> Acknowledgement:
        command = decode_command(raw)
        require_zone(command)
        answer = self._session.command(role, command_id, command)
        if isinstance(command, CloseWindow) and answer.is_new:
            self._pacer.close_stop()
        if isinstance(command, Skip) and answer.is_new:
            self._pacer.skip_to(command.to)
        return answer

    async def _administration(self, request: Request, message: Command, address: str) -> list[Outgoing]:
        fingerprint = hashlib.sha256(canonical(message.command)).hexdigest()
        known = self._administered.get(message.id)
        if known is not None:
            if known[0] != fingerprint:
                problem = "this id was used before with other content. Make a new id for each order and command."
                raise OrderError("idempotency_mismatch", "$.id", "", problem)
            return [Outgoing(request, known[1])]
        link = await self._administer(decode_administration(message.command))
        ack = self._unnumbered(address, message.id)
        self._administered[message.id] = (fingerprint, ack)
        while len(self._administered) > ADMIN_REMEMBERED:
            del self._administered[next(iter(self._administered))]
        return [Outgoing(request, ack), *([] if link is None else [Outgoing(request, link)])]

    def _acknowledged(self, request: Request, address: str, answer: Acknowledgement) -> list[Outgoing]:
        """Return the messages to send. A new ack has a number and goes to everyone at the address; a repeated ack goes to the
        connection that asked again."""
        outputs = [Outgoing(to, message) for to, message in self._session.take_outputs()]
        return [*outputs, Outgoing(address if answer.is_new else request, answer.ack)]

    def _look(self, request: Request, seat: str, address: str, look_id: str) -> Outgoing:
        if seat not in self._session.seats:
            raise OrderError("unknown_seat", "$.seat", "a seat of this session", seat or "no seat")
        session = self._session
        if seat == address:
            return Outgoing(request, msgspec.structs.replace(session.observe(ActorId(seat)), id=look_id))
        # Anybody may look on, a thousand at once: the view is made and encoded once for all of them.
        head = session.messages.head(address)[0]
        version, key = (session.journal.length, session.now, head), (seat, address)
        if key not in self._shown or self._shown[key][0] != version:
            view = session.observe(ActorId(seat), with_index=True)
            self._shown[key] = version, EncodedMessage(msgspec.structs.replace(view, vseq=head))
        shown = self._shown[key][1]
        if not look_id:
            return Outgoing(request, shown.message, shown)
        assert isinstance(shown.message, Observe), "only views are shown"
        return Outgoing(request, msgspec.structs.replace(shown.message, id=look_id))

    def _unnumbered(self, address: str, request_id: str) -> Ack:
        vseq, receipt = self._session.messages.head(address)
        return Ack(request_id, vseq, receipt)


def _command_of(message: Propose | Drop | PassOn, member: str) -> commands.Command:
    match message:
        case Propose(window=window, move=move):
            return commands.Propose(member, window, encode_move(decode_move(move)))
        case Drop(proposal=proposal):
            return commands.Drop(member, proposal)
        case PassOn(to=to):
            return commands.PassOn(member, to)
