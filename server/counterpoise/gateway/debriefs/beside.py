"""What is answered beside a session's play, in processes or threads of its own: the debrief, what-ifs, and going on."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from counterpoise.gateway.connection import Connection, Request
from counterpoise.gateway.debriefs.computing import DebriefComputing
from counterpoise.gateway.debriefs.worker import DebriefWorker
from counterpoise.gateway.what_if.process_messages import Question
from counterpoise.gateway.what_if.runs import WhatIfs
from counterpoise.store.writer import JournalWriter
from counterpoise.wire.messages import AskDebrief
from counterpoise.wire.moments import AskWhatIf, GoOn, StopWhatIf


class BesideAnswers:
    """Answers what neither waits for the session nor changes it.

    Args:
        writer: writer of the session's journal.
        computing: the processes of the server for such answers.
    """

    def __init__(self, writer: JournalWriter, computing: DebriefComputing) -> None:
        self._debriefs = DebriefWorker(writer, computing)
        self._what_ifs = WhatIfs(writer.address, computing.what_ifs)
        self.go_on: Callable[[Request], Coroutine[Any, Any, None]] = _answer_alone
        """Makes a session that goes on from a moment of this one. The server, which has all sessions, sets it."""

    @property
    def last_what_if(self) -> Question | None:
        """The question of the last what-if that was played to its end."""
        return self._what_ifs.last

    def answer(self, request: Request) -> Coroutine[Any, Any, None] | None:
        """Return the work that answers a request; ``None`` if the session has to answer it."""
        match request.message:
            case AskDebrief():
                return self._debriefs.answer(request)
            case AskWhatIf() | StopWhatIf():
                return self._what_ifs.answer(request)
            case GoOn():
                return self.go_on(request)
            case _:
                return None

    def forget(self, connection: Connection) -> None:
        """Stop what a connection that has closed was waiting for and nobody else can have."""
        self._what_ifs.forget(connection)


async def _answer_alone(request: Request) -> None:
    """Say that nothing goes on: the session's room runs without a server that could serve another."""
    request.connection.answered(request)
    request.connection.send_error("not_possible", "$", "a server of sessions", "a session alone", answers="go_on")
