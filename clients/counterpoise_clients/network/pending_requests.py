"""Requests of a client that wait for their answers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from counterpoise.wire.messages import AskDebrief, Error, Look, Ping, Ready
from counterpoise.wire.typed_messages import name_of

Request = Look | AskDebrief | Ready | Ping
"""What is answered without a number of its own, but for looks. An error names the kind that it answers; requests of one kind are
answered in order."""


@dataclass(frozen=True, slots=True)
class PendingRequest:
    """A request and the future of its answer."""

    request: Request
    future: asyncio.Future[Any]

    def is_refused_by(self, error: Error) -> bool:
        """Tell whether an error answers the request; several looks may wait, each with its id."""
        request = self.request
        return name_of(request) == error.answers and (not isinstance(request, Look) or request.id == error.id)
