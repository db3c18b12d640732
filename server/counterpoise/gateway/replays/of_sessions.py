"""Who may watch the replay of a served session, and what beside it: whoever may read its debrief."""

from __future__ import annotations

import http

from counterpoise.errors import CounterpoiseError, ProtocolError
from counterpoise.gateway.hub import Hub
from counterpoise.gateway.replays.companions import Companion, Companions
from counterpoise.gateway.replays.pages import NOT_BESIDE, Access, Find, Refusal
from counterpoise.gateway.room import Room
from counterpoise.wire.roles import is_allowed

MODERATING = ("moderator", "admin")
NO_SESSION = Refusal(http.HTTPStatus.NOT_FOUND, "No such session")
NO_TOKEN = Refusal(http.HTTPStatus.UNAUTHORIZED, "This token is not valid for this session. Open your link again")
TOO_EARLY = Refusal(http.HTTPStatus.FORBIDDEN, "The replay opens for everyone when the session has ended")
OTHER_TOKEN = Refusal(http.HTTPStatus.FORBIDDEN, "This session is shown to holders of a link of its own")


def replays_of(hub: Hub, companions: Companions) -> Find:
    """Return a function that finds what the holder of a token may watch of a session of a server, or beside it."""

    async def find(session: str, token: str, beside: str) -> Access | Refusal:
        if not hub.has_session(session):
            return NO_SESSION
        try:
            async with hub.visit(session) as room:
                grant = await room.identify(token)
                if grant is None:
                    return NO_TOKEN
                if not is_allowed("ask_debrief", grant.role, room.session.phase):  # type: ignore[arg-type]
                    return TOO_EARLY
                known = await companions.of(room, moderating=grant.role in MODERATING)
                if not beside:
                    return await _access(room, grant.seat, known)
                companion = next((one for one in known if one.name == beside), None)
                if companion is None:
                    return NOT_BESIDE
                return await _beside(room, companion)
        except (KeyError, ProtocolError):
            return NO_TOKEN
        except CounterpoiseError as error:
            return Refusal(http.HTTPStatus.SERVICE_UNAVAILABLE, f"The journal cannot be read now: {error}")

    async def _beside(room: Room, companion: Companion) -> Access | Refusal:
        if companion.needs_token:
            return OTHER_TOKEN
        if address := companions.played_address(room, companion):
            return Access(address, (0, ""), tuple(room.session.seats))
        async with hub.visit(companion.name) as other:
            return await _access(other)

    return find


async def _access(room: Room, seat: str = "", beside: tuple[Companion, ...] = ()) -> Access:
    head = await room.writer.call(lambda journal: journal.head())
    return Access(room.writer.address, head, tuple(room.session.seats), seat, beside=beside)
