"""Who may watch the replay of a served session: whoever may read its debrief."""

from __future__ import annotations

import http

from counterpoise.errors import CounterpoiseError, ProtocolError
from counterpoise.gateway.hub import Hub
from counterpoise.gateway.replays.pages import Access, Find, Refusal
from counterpoise.wire.roles import is_allowed

MODERATING = ("moderator", "admin")
NO_SESSION = Refusal(http.HTTPStatus.NOT_FOUND, "No such session")
NO_TOKEN = Refusal(http.HTTPStatus.UNAUTHORIZED, "This token is not valid for this session. Open your link again")
TOO_EARLY = Refusal(http.HTTPStatus.FORBIDDEN, "The replay opens for everyone when the session has ended")


def replays_of(hub: Hub) -> Find:
    """Return a function that finds what the holder of a token may watch of a session of a server."""

    async def find(session: str, token: str) -> Access | Refusal:
        if not hub.has_session(session):
            return NO_SESSION
        try:
            async with hub.visit(session) as room:
                grant = await room.identify(token)
                if grant is None:
                    return NO_TOKEN
                if not is_allowed("ask_debrief", grant.role, room.session.phase):  # type: ignore[arg-type]
                    return TOO_EARLY
                head = await room.writer.call(lambda journal: journal.head())
                return Access(room.writer.address, head, tuple(room.session.seats), grant.seat)
        except (KeyError, ProtocolError):
            return NO_TOKEN
        except CounterpoiseError as error:
            return Refusal(http.HTTPStatus.SERVICE_UNAVAILABLE, f"The journal cannot be read now: {error}")

    return find
