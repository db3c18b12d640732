"""How a person goes on, on another device: by a code that the holder's device shows, or with a moderator's consent."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from counterpoise.errors import OrderError, ProtocolError
from counterpoise.gateway.audience import Audience
from counterpoise.gateway.connection import Arrival, Connection
from counterpoise.gateway.console.qr_code import qr_code
from counterpoise.gateway.outbox import EncodedMessage
from counterpoise.gateway.seating.administration import Consent
from counterpoise.session.published_messages import MODERATOR
from counterpoise.store.tokens import Holder, digest_of
from counterpoise.store.writer import JournalWriter
from counterpoise.wire.cleaning import clean_name
from counterpoise.wire.messages import CLOSE_TRY_LATER
from counterpoise.wire.rates import Bucket
from counterpoise.wire.seat_messages import Device, SeatRequest, SeatRequests

CODE_SECONDS = 300.0
CONSENT_SECONDS = 120.0
"""How long a device that a moderator has let in may take to come back, if its connection is lost at that moment."""
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""The letters of codes, without those that look alike. Eight of them make 8 * 10^11 codes."""
CODE_LENGTH = 8
PREFIX = "device-"
TRIES_PER_SECOND, TRIES_BURST = 1, 30
CODES_BURST = 5
REQUESTS_MAX = 40


def new_code(random: Random) -> str:
    """Return a code to read and type, such as ``K7QM-2XWD``."""
    drawn = "".join(random.choice(LETTERS) for _ in range(CODE_LENGTH))
    return token_of_code(drawn).removeprefix(PREFIX)


def token_of_code(typed: str) -> str:
    """Return the token of a code as a person typed it; empty if nobody can have been given it."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    is_code = len(letters) == CODE_LENGTH and all(letter in LETTERS for letter in letters)
    return f"{PREFIX}{letters[: CODE_LENGTH // 2]}-{letters[CODE_LENGTH // 2 :]}" if is_code else ""


class Devices:
    """Gives out codes, and keeps the requests for a moderator's consent, of one session.

    Args:
        writer: writer of the session's journal, which holds the tokens.
        audience: its connections; the moderators are told who waits.
        random: draws the codes.
        link: returns the join link for a token.
    """

    def __init__(self, writer: JournalWriter, audience: Audience, random: Random, link: Callable[[str], str]) -> None:
        self._writer, self._audience, self._random, self._link = writer, audience, random, link
        self._tries: Bucket | None = None
        self._given: dict[str, Bucket] = {}
        self._waiting: dict[str, Arrival] = {}
        self._join_page = ""

    def lead_by(self, join_page: str) -> None:
        """Lead other devices by the page on which a class joins: there a code moves the place in the class with the seat."""
        self._join_page = join_page

    def require_try(self, token: str, now: float) -> None:
        """Count an attempt with a code; raise ``ProtocolError`` if there were too many in this session, whoever made them."""
        if not token.startswith(PREFIX):
            return
        now_ms = int(now * 1000)
        self._tries = self._tries or Bucket(now_ms, per_second=TRIES_PER_SECOND, burst=TRIES_BURST)
        if not self._tries.take(0, now_ms):
            raise ProtocolError(
                "rate_limited", "$.token", "", "too many device codes were tried: try again in a minute"
            )

    async def give_code(self, holder: int, now: float) -> Device:
        """Return a new code for a holder's next device; an earlier one is void.

        Raises:
            ProtocolError: this holder has asked too often.
            StorageError: the journal cannot be written.
        """
        now_ms = int(now * 1000)
        bucket = self._given.setdefault(str(holder), Bucket(now_ms, per_second=1, burst=CODES_BURST))
        if not bucket.take(0, now_ms):
            raise ProtocolError(
                "rate_limited", "$", "", "too many codes in a short time. Send this one again after 1 s."
            )
        code = new_code(self._random)
        token = PREFIX + code
        await self._writer.call(lambda journal: journal.tokens.issue_for_device(token, holder, CODE_SECONDS))
        url = f"{self._join_page}#device={code}" if self._join_page else self._link(token)
        return Device(code, url, CODE_SECONDS, qr_code(url))

    def wait(self, arrival: Arrival) -> None:
        """Keep a client that asks for a moderator's consent, and tell the moderators."""
        self._forget_gone()
        if len(self._waiting) >= REQUESTS_MAX:
            arrival.connection.close(CLOSE_TRY_LATER, "too many people wait for the moderator: try again later")
            return
        self._waiting[digest_of(arrival.hello.token)[:12]] = arrival
        self.tell()

    def forget(self, connection: Connection) -> None:
        """Forget the request of a client that has disconnected."""
        if any(arrival.connection is connection for arrival in self._waiting.values()):
            self._forget_gone()
            self.tell()

    async def decide(self, act: Consent, holders: list[Holder]) -> Arrival | None:
        """Carry out a moderator's decision; return the client to admit, or nothing if the moderator refuses.

        Args:
            act: the decision.
            holders: the people who hold the seat.

        Raises:
            OrderError: nobody waits with this request, or nobody holds the seat, or it is not said which of several it is.
            StorageError: the journal cannot be written.
        """
        arrival = self._waiting.get(act.request)
        if arrival is None:
            raise OrderError(
                "illegal", "$.command.request", "somebody who waits for consent", act.request, "waits_no_more"
            )
        if not act.allowed:
            arrival.connection.peer.refuse("the moderator has not let you in: speak to the moderator")
            arrival.connection.close(arrival.connection.peer.close_code, arrival.connection.peer.close_reason)
            grant = None
        else:
            named = [one for one in holders if one.member == act.member] if act.member else holders
            if len(named) != 1:
                needed = "the person in this seat whose place it is"
                raise OrderError("illegal", "$.command.member", needed, act.member, "whose_place")
            token, holder = arrival.hello.token, named[0].id
            await self._writer.call(lambda journal: journal.tokens.issue_for_device(token, holder, CONSENT_SECONDS))
            grant = await self._writer.call(lambda journal: journal.tokens.find(token))
        del self._waiting[act.request]
        self.tell()
        return None if grant is None else Arrival(arrival.connection, arrival.hello, grant)

    def tell(self, connection: Connection | None = None) -> None:
        """Tell the moderators, or one who has just come, who waits."""
        waiting = [
            SeatRequest(request, clean_name(arrival.hello.name), clean_name(arrival.hello.asks))
            for request, arrival in self._waiting.items()
        ]
        message = EncodedMessage(SeatRequests(waiting))
        for one in self._audience.at(MODERATOR) if connection is None else (connection,):
            one.enqueue(message)

    def _forget_gone(self) -> None:
        self._waiting = {name: one for name, one in self._waiting.items() if not one.connection.is_gone}
