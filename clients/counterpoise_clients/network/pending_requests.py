"""Requests of a client that wait for their answers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from counterpoise.wire.consent import Consent
from counterpoise.wire.messages import AskDebrief, Error, Look, Ping, Ready
from counterpoise.wire.move_questions import AskMoves
from counterpoise.wire.seat_messages import AskDevice
from counterpoise.wire.typed_messages import name_of

Request = Look | AskMoves | AskDebrief | AskDevice | Consent | Ready | Ping
"""What is answered without an ack. An error names the kind that it answers; requests of one kind that have no ids are answered in
order."""


@dataclass(frozen=True, slots=True)
class PendingRequest:
    """A request and the future of its answer."""

    request: Request
    future: asyncio.Future[Any]

    def is_refused_by(self, error: Error) -> bool:
        """Tell whether an error answers the request; several looks and questions about moves may wait, each with its id."""
        request = self.request
        return name_of(request) == error.answers and (
            not isinstance(request, Look | AskMoves) or request.id == error.id
        )
