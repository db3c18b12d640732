"""Waiting for bots that play in this process, but not for ever."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing import parent_process
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Annotated

import typer

from counterpoise.cli.terminal import notes
from counterpoise.errors import BotError, InputError
from counterpoise.session.in_process_play import player_name
from counterpoise.sim.bot import decide_moves, describe_error
from counterpoise.sim.move import Move
from counterpoise.sim.view import View

BOT_SECONDS = 60.0
"""Longer than a served session waits: here nobody is kept waiting by a bot that thinks hard."""
WARNED_AFTER = 10.0

BotSeconds = Annotated[
    float,
    typer.Option(
        min=0.0,
        help="Seconds a bot may take for one decision; one that takes longer ends the command. 0 waits for ever.",
        metavar="SECONDS",
    ),
]


Answer = list[Move] | BotError
Question = tuple[Callable[[View], object], View]


class _Thinker:
    """A thread in which bots decide, one after the other.

    It cannot be ended from outside: one whose bot never decides is left to itself, and nobody waits for it at exit.
    """

    def __init__(self) -> None:
        self.questions: SimpleQueue[Question] = SimpleQueue()
        self.answers: SimpleQueue[Answer] = SimpleQueue()
        Thread(target=self._work, name="bots", daemon=True).start()

    def _work(self) -> None:
        while True:
            decide, view = self.questions.get()
            try:
                answer: Answer = decide_moves(decide, view)
            except BotError as failure:
                answer = failure
            except BaseException as error:  # in this thread no interruption can be the operator's
                answer = BotError(describe_error(error))
            self.answers.put(answer)


_thinker = cache(_Thinker)
"""The one of this process; to begin a thread for each decision would take as long as many of them do."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Asks a bot and waits so many seconds for its decision; 0 is for ever.

    A bot that does not decide is not passed over: whether it is too slow hangs on the machine, and what is played must not. It
    goes to other processes as it is, and is used by one thread of each.
    """

    seconds: float = BOT_SECONDS

    def __call__(self, decide: Callable[[View], object], view: View) -> list[Move]:
        """Return what a bot decides.

        Raises:
            BotError: it answered with anything but moves.
            InputError: it did not answer in time.
        """
        thinker = _thinker()
        thinker.questions.put((decide, view))
        try:
            answer = self._wait(thinker.answers, decide, view)
        except BaseException:
            _thinker.cache_clear()  # what it answers yet is to an old question
            raise
        if isinstance(answer, BotError):
            raise answer
        return answer

    def _wait(self, answers: SimpleQueue[Answer], decide: Callable[[View], object], view: View) -> Answer:
        if not self.seconds:
            return answers.get()
        early = min(self.seconds, WARNED_AFTER)
        with suppress(Empty):
            return answers.get(timeout=early)
        who = f"the bot of {view.own.id} ({player_name(getattr(decide, '__self__', decide))})"
        if early < self.seconds and parent_process() is None:  # of many processes each would say so
            notes.print(
                f"{who} has been thinking for {early:g} s on {view.date}; after {self.seconds:g} s this ends "
                "(--bot-seconds)",
                markup=False,
            )
        with suppress(Empty):
            return answers.get(timeout=self.seconds - early)
        raise InputError(who, view.date, f"a decision within {self.seconds:g} s (--bot-seconds)", "none")
