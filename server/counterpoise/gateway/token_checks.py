"""Find what the tokens of arriving clients allow, many at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from counterpoise.store.journal import Journal
from counterpoise.store.tokens import Grant
from counterpoise.store.writer import JournalWriter


class TokenChecks:
    """Asks the journal of one session about tokens. Those that arrive while it answers wait and are asked about together.

    Args:
        writer: writer of the session's journal.
        on_failure: called when the journal cannot be used.
    """

    def __init__(self, writer: JournalWriter, on_failure: Callable[[], None]) -> None:
        self._writer, self._on_failure = writer, on_failure
        self._waiting: list[tuple[str, asyncio.Future[Grant | None]]] = []
        self._asking: asyncio.Task[None] | None = None

    async def grant_of(self, token: str) -> Grant | None:
        """Return what a token allows without using it up; ``None`` if it is not valid.

        Raises:
            StorageError: the journal cannot be used.
        """
        answer: asyncio.Future[Grant | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((token, answer))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return await answer

    async def _ask(self) -> None:
        while self._waiting:
            asked, self._waiting = self._waiting, []
            try:
                grants = await self._writer.call(partial(_grants, [token for token, _ in asked]))
            except Exception as error:  # whatever it is, nobody may wait for ever
                self._on_failure()
                for _, answer in asked:
                    if not answer.done():
                        answer.set_exception(error)
                continue
            for (_, answer), grant in zip(asked, grants, strict=True):
                if not answer.done():  # else the client has gone meanwhile
                    answer.set_result(grant)
        self._asking = None


def _grants(tokens: Sequence[str], journal: Journal) -> list[Grant | None]:
    return [journal.tokens.find(token) for token in tokens]
