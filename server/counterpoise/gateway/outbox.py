"""The frames that wait to be sent to one client. The queue is bounded: a client that does not read must not cost others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from counterpoise.wire.codec import Codec
from counterpoise.wire.console_messages import ConsoleNews, RehearsalNews, WholeNews
from counterpoise.wire.messages import EvidenceNews, Observe, ServerMessage, Status
from counterpoise.wire.moments import WhatIfNews
from counterpoise.wire.public_news import PublicNews
from counterpoise.wire.seat_messages import Desk, SeatRequests
from counterpoise.wire.view_change import ViewChange

Frame = bytes | str
LatestKey = str
"""Names a status, the evidence, or the view of one seat. Of the waiting frames with one key, only the newest matters."""


class _Waiting(NamedTuple):
    frame: Frame
    latest_key: LatestKey | None
    counted: bool


class Outbox:
    """A queue of encoded frames.

    It is full from the moment a batch finds it at its limit, so that one batch of any size reaches a client that keeps up.
    Messages that a returning client missed are not counted, because the client asked for them.
    """

    def __init__(self, messages_max: int, bytes_max: int) -> None:
        self._messages_max, self._bytes_max = messages_max, bytes_max
        self._waiting: deque[_Waiting] = deque()
        self._messages = self._bytes = 0
        self._size = 0
        """Bytes or characters of all frames, counted or not."""

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_full(self) -> bool:
        """Whether the client has fallen too far behind to get more frames."""
        return self._messages >= self._messages_max or self._bytes >= self._bytes_max

    def put(self, frame: Frame, *, latest_key: LatestKey | None = None, counted: bool = True) -> None:
        """Add a frame and drop the waiting frame with the same ``latest_key``, which is out of date."""
        if latest_key is not None and self._waiting:
            for waiting in self._waiting:
                if waiting.latest_key == latest_key:
                    self._count(waiting, -1)
                    self._waiting.remove(waiting)
                    break
        added = _Waiting(frame, latest_key, counted)
        self._count(added, 1)
        self._waiting.append(added)

    def has_waiting(self, latest_key: LatestKey | None) -> bool:
        """Whether a frame with this key waits."""
        return any(waiting.latest_key == latest_key for waiting in self._waiting)

    def take(self) -> Frame:
        """Remove and return the oldest frame; raise ``IndexError`` if there is none."""
        taken = self._waiting.popleft()
        self._count(taken, -1)
        return taken.frame

    def take_together(self, bytes_max: int) -> list[Frame]:
        """Remove and return the oldest frames with at most so many bytes or characters together; none if the first has more."""
        if self._size <= bytes_max:
            frames = [waiting.frame for waiting in self._waiting]
            self.clear()
            return frames
        taken: list[Frame] = []
        size = 0
        while self._waiting and (size := size + len(self._waiting[0].frame)) <= bytes_max:
            taken.append(self.take())
        return taken

    def clear(self) -> None:
        """Drop all frames."""
        self._waiting.clear()
        self._messages = self._bytes = self._size = 0

    def _count(self, waiting: _Waiting, sign: int) -> None:
        size = sign * len(waiting.frame)
        self._size += size
        if waiting.counted:
            self._messages += sign
            self._bytes += size


_KEYS: dict[type, LatestKey | Callable[[Any], LatestKey]] = {
    Observe: lambda message: f"observe {message.view.own.id}",
    ViewChange: lambda message: f"observe {message.seat}",
    Desk: lambda message: f"desk {message.seat}",
    EvidenceNews: "evidence",
    PublicNews: "public",
    ConsoleNews: "console",
    WholeNews: "whole",
    RehearsalNews: "rehearsal",
    WhatIfNews: "what_if",
    Status: "status",
    SeatRequests: "requests",
}


def latest_key_of(message: ServerMessage) -> LatestKey | None:
    """Return the key under which only the newest such message matters; ``None`` if every one does."""
    found = _KEYS.get(type(message))
    return found(message) if callable(found) else found


@dataclass(slots=True)
class EncodedMessage:
    """A message for many connections, encoded once for each encoding."""

    message: ServerMessage
    latest_key: LatestKey | None = field(init=False)
    """The key under which only the newest message matters; ``None`` if every such message matters."""
    _frames: dict[str, Frame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.latest_key = latest_key_of(self.message)

    def frame(self, codec: Codec) -> Frame:
        """Return the frame of the message in this encoding."""
        frame = self._frames.get(codec.subprotocol)
        if frame is None:
            frame = self._frames[codec.subprotocol] = codec.encode(self.message)
        return frame
