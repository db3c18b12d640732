"""What waits to be sent to one client: bounded, because a client that does not read must not cost the others."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

Frame = bytes | str
Newest = str
"""Of messages with the same of these only the newest matters: the status, or the view of one seat."""
"""Kinds of message of which only the newest matters."""


@dataclass(slots=True)
class _Waiting:
    frame: Frame
    newest: Newest | None
    counted: bool


class Outbox:
    """A queue of encoded frames.

    It counts as full from the moment a batch finds it at its limit, so that one batch of any size passes for a client
    that keeps up. What a returning client missed is not counted: it asked for it.
    """

    def __init__(self, messages_max: int, bytes_max: int) -> None:
        self._messages_max, self._bytes_max = messages_max, bytes_max
        self._waiting: deque[_Waiting] = deque()
        self._messages = self._bytes = 0

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_full(self) -> bool:
        """Whether the client has fallen too far behind to be sent more."""
        return self._messages >= self._messages_max or self._bytes >= self._bytes_max

    def put(self, frame: Frame, *, newest: Newest | None = None, counted: bool = True) -> None:
        """Add a frame; one of the same ``newest`` kind that still waits is dropped, for it says less."""
        if newest is not None:
            for waiting in self._waiting:
                if waiting.newest == newest:
                    self._count(waiting, -1)
                    self._waiting.remove(waiting)
                    break
        added = _Waiting(frame, newest, counted)
        self._count(added, 1)
        self._waiting.append(added)

    def take(self) -> Frame:
        """Remove and return the oldest frame; ``IndexError`` if nothing waits."""
        taken = self._waiting.popleft()
        self._count(taken, -1)
        return taken.frame

    def clear(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()
        self._messages = self._bytes = 0

    def _count(self, waiting: _Waiting, sign: int) -> None:
        if waiting.counted:
            self._messages += sign
            self._bytes += sign * len(waiting.frame)
