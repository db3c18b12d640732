"""One socket of a class: a student in the lobby, the moderator or a projector."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import OrderedDict, deque
from typing import get_args

from msgspec import structs
from websockets.exceptions import ConnectionClosed

from counterpoise.classes.classroom import named, without
from counterpoise.classes.join_codes import problem_of, read_code, shown
from counterpoise.errors import ClassError, ProtocolError, StorageError
from counterpoise.gateway.classes.boards import without_countdown
from counterpoise.gateway.classes.class_service import ClassService
from counterpoise.gateway.classes.live_class import LiveClass
from counterpoise.gateway.classes.moderation import carry_out
from counterpoise.gateway.classes.seat_ways import way_of
from counterpoise.gateway.listener.server_socket import ServerSocket
from counterpoise.wire.class_boards import Board
from counterpoise.wire.class_codec import class_message, encode_class_message, unpack_class_frame
from counterpoise.wire.class_messages import (
    CLASS_SUBPROTOCOL,
    ClassClientMessage,
    ClassPing,
    ClassPong,
    ClassRefusal,
    ClassRole,
    ClassServerMessage,
    Enter,
    Entered,
    Leave,
    Lobby,
    ModeratorRequest,
    OpenClass,
    Opened,
    OpenWorld,
    StudentRequest,
    Taken,
    TakeSeat,
)
from counterpoise.wire.codec import CLOSE_PROTOCOL
from counterpoise.wire.messages import (
    CLOSE_BAD_TOKEN,
    CLOSE_DONE,
    CLOSE_HELLO_TIMEOUT,
    CLOSE_POLICY,
    CLOSE_RATE,
    CLOSE_SLOW,
)
from counterpoise.wire.peer import HELLO_WITHIN_MS, MALFORMED_MAX
from counterpoise.wire.rates import Bucket

PER_SECOND, BURST = 10, 30
ANSWERS_MAX = 64
"""Answers that may wait for a client that does not read."""
REMEMBERED = 256
"""Answers that are given again to a request that comes again."""
WRONG_CODES_MAX = 20
"""Of one connection; the next wrong one closes it."""
CLOSE_SECONDS = 3.0
_MODERATORS = get_args(ModeratorRequest)
_STUDENTS = get_args(StudentRequest)
_log = logging.getLogger("counterpoise.gateway")


class ClassSocket:
    """Serves one socket of a class until it is closed.

    Args:
        socket: the socket, after its handshake.
        service: the classes.
        address: where the client comes from, for the limits on guessing.
    """

    def __init__(self, socket: ServerSocket, service: ClassService, address: str) -> None:
        self.person = ""
        self._socket, self._service, self._address = socket, service, address
        self._loop = asyncio.get_running_loop()
        self._bucket = Bucket(self._now_ms(), per_second=PER_SECOND, burst=BURST)
        self._live: LiveClass | None = None
        self._role: ClassRole | None = None
        self._answers: deque[ClassServerMessage] = deque()
        self._known: OrderedDict[str, ClassServerMessage] = OrderedDict()
        self._shown: Board | Lobby | None = None
        self._is_stale = False
        self._news = asyncio.Event()
        self._closing: tuple[int, str] | None = None
        self._malformed = self._wrong_codes = 0
        self._has_spoken = False

    async def run(self) -> None:
        """Serve the client until its socket is closed."""
        if self._socket.subprotocol != CLASS_SUBPROTOCOL:
            await self._socket.close(CLOSE_PROTOCOL, f"no_subprotocol: expected {CLASS_SUBPROTOCOL}")
            return
        writer = asyncio.create_task(self._write(), name="class socket")
        timer = self._loop.call_later(HELLO_WITHIN_MS / 1000, self._hello_is_due)
        try:
            async for frame in self._socket:
                await self._receive(frame)
        except ConnectionClosed:
            pass  # whoever has entered comes back by the token
        finally:
            timer.cancel()
            if self._live is not None:
                self._live.unlisten(self)
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writer

    def refresh(self) -> None:
        """Send the newest board or lobby, if it differs from the last."""
        self._is_stale = True
        self._news.set()

    def leave(self, reason: str) -> None:
        """Close, because the person is no longer in the class."""
        self._close(CLOSE_BAD_TOKEN, reason)

    async def _receive(self, frame: bytes | str) -> None:
        if self._closing is not None:
            return
        self._has_spoken = True
        if not self._bucket.take(len(frame), self._now_ms()):
            if self._bucket.is_abused(self._now_ms()):
                self._close(CLOSE_RATE, "too many messages")
            self._answer(
                ClassRefusal("too_often", "$", "", "too many requests at once. Send this one again in a second.")
            )
            return
        request_id = answers = ""
        try:
            data = unpack_class_frame(frame)
            request_id, answers = (value if isinstance(value := data.get(key), str) else "" for key in ("id", "t"))
            message = class_message(data)
            self._malformed = 0
            await self._serve(message, request_id)
        except (ClassError, ProtocolError) as error:
            refusal = ClassRefusal(error.code, error.path, error.expected, error.got, request_id, answers)
            if isinstance(error, ClassError):
                refusal = structs.replace(refusal, reason=error.reason, terms=dict(error.terms))
            self._answer(refusal)
            self._note_fault(error)
        except StorageError as error:
            problem = f"the server cannot keep this ({error.problem}). Tell whoever runs it."
            self._answer(ClassRefusal("storage", "$", "", problem, request_id, answers))

    async def _serve(self, message: ClassClientMessage, request_id: str) -> None:
        """Serve a message; raise ``ClassError`` if it is refused."""
        if isinstance(message, ClassPing):
            self._answer(ClassPong(message.n))
            return
        if self._live is None:
            await self._open(message)
            return
        if request_id in self._known:
            self._answer(self._known[request_id])
            return
        answer = await self._carry_out(self._live, message)
        self._known[request_id] = answer
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        self._answer(answer)

    async def _open(self, message: ClassClientMessage) -> None:
        """Serve the first message: it says who this is."""
        match message:
            case OpenClass(token=token):
                found = self._service.by_token(token)
                if found is None:
                    raise ClassError("bad_token", "$.token", "the token of a class's link", "a token that is not valid")
                self._live, self._role = found
                self._answer(Opened(shown(self._live.room.code), self._role))
            case Enter(token=token) if token:
                known = self._service.by_person(token)
                if known is None:
                    raise ClassError(
                        "bad_token", "$.token", "the token of somebody in a class", "a token that is not valid"
                    )
                self._live, self.person = known[0], known[1].id
                self._answer(Entered(shown(self._live.room.code), self.person, token))
            case Enter(device=device) if device:
                await self._enter_by_device(device)
            case Enter(code=code, name=name, number=number):
                await self._enter(code, name, number)
            case _:
                expected = "enter or open_class as the first message"
                raise ProtocolError("invalid", "$.t", expected, "another message", CLOSE_POLICY)
        self._socket.count_out()
        assert self._live is not None, "it was found or entered"
        self._live.listen(self)

    async def _enter(self, code: str, name: str, number: str) -> None:
        if problem_of(read_code(code)):
            self._service.by_code(code)  # a slip of the finger, which says so and costs nothing
        self._service.guesses.require_patience(self._address, self._loop.time())
        try:
            live = self._service.by_code(code)
        except ClassError:
            self._service.guesses.note_wrong(self._address, self._loop.time())
            self._wrong_codes += 1
            raise
        if not number:
            named(name)
        person, token = await self._service.enter(live, name, number)
        self._live, self.person = live, person.id
        self._answer(Entered(shown(live.room.code), person.id, token))

    async def _enter_by_device(self, code: str) -> None:
        self._service.guesses.require_patience(self._address, self._loop.time())
        try:
            live, person, token, way = await self._service.enter_by_device(code)
        except ClassError:
            self._service.guesses.note_wrong(self._address, self._loop.time())
            self._wrong_codes += 1
            raise
        self._live, self.person = live, person.id
        self._answer(Entered(shown(live.room.code), person.id, token))
        self._answer(way)

    async def _carry_out(self, live: LiveClass, message: ClassClientMessage) -> ClassServerMessage:
        if self._role == "moderator" and isinstance(message, _MODERATORS):
            return await carry_out(live, message)
        if self._role == "observer" and isinstance(message, OpenWorld) and message.role == "observer":
            return await carry_out(live, message)
        if self.person and isinstance(message, _STUDENTS):
            return await self._of_student(live, message)
        who = self._role or "student"
        raise ClassError("not_allowed", "$.t", "", f"the {who} of a class may not ask for that on this connection")

    async def _of_student(self, live: LiveClass, message: TakeSeat | Leave) -> ClassServerMessage:
        if isinstance(message, TakeSeat):
            person, session, token = await live.take_seat(self.person)
            return way_of(person, session, token, message.id)
        await live.change(lambda room: without(room, self.person))
        self._close(CLOSE_DONE, "you have left the class")
        return Taken(message.id)

    def _note_fault(self, error: ClassError | ProtocolError) -> None:
        """Close the connection if it may not go on after this."""
        if isinstance(error, ProtocolError):
            self._malformed += 1
            if error.close_code or self._malformed >= MALFORMED_MAX:
                self._close(error.close_code or CLOSE_POLICY, str(error)[:100])
        elif error.code == "bad_token":
            self._close(CLOSE_BAD_TOKEN, "this token is not valid")
        elif self._wrong_codes > WRONG_CODES_MAX:
            self._close(CLOSE_POLICY, "too many wrong codes")

    def _hello_is_due(self) -> None:
        # Whoever has asked and was refused stays: people mistype a code and try again on the same page.
        if not self._has_spoken:
            self._close(CLOSE_HELLO_TIMEOUT, "no enter or open_class came in time")

    def _answer(self, message: ClassServerMessage) -> None:
        self._answers.append(message)
        if len(self._answers) > ANSWERS_MAX:
            self._answers.clear()
            self._close(CLOSE_SLOW, "you read too slowly: connect again")
        self._news.set()

    def _close(self, code: int, reason: str) -> None:
        """Close the connection once the answers are sent."""
        if self._closing is None:
            self._closing = (code, reason)
            self._loop.call_later(CLOSE_SECONDS, self._socket.transport.abort)
        self._news.set()

    async def _write(self) -> None:
        """Send answers, then the newest board or lobby, as fast as the client reads."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self._news.wait()
                self._news.clear()
                while self._answers:
                    await self._socket.send(encode_class_message(self._answers.popleft()))
                if self._closing is not None:
                    await self._socket.close(*self._closing)
                    return
                if self._is_stale and self._live is not None:
                    self._is_stale = False
                    await self._show(self._live)

    async def _show(self, live: LiveClass) -> None:
        if self._role is not None:
            newest, compared = (made := live.board(self._role)), without_countdown(made, self._loop.time())
            if compared == self._shown:
                return
            self._shown = compared
            await self._socket.send(encode_class_message(newest))
            return
        stands = live.lobby(self.person)
        if stands is None:
            self._close(CLOSE_BAD_TOKEN, "you are no longer in this class")
        elif stands != self._shown:
            self._shown = stands
            await self._socket.send(encode_class_message(stands))

    def _now_ms(self) -> int:
        return int(self._loop.time() * 1000)
