"""Ask bots that play in this process for their decisions, with a time limit."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing import parent_process
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Annotated

from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.terminal import notes
from counterpoise.errors import BotError, InputError
from counterpoise.session.in_process_play import player_name
from counterpoise.sim.bot import decide_moves, describe_error
from counterpoise.sim.move import Move
from counterpoise.sim.views.view import View

BOT_SECONDS = 60.0
"""Longer than the limit of a served session, because here no human waits for a slow bot."""
WARNING_SECONDS = 10.0

BotSeconds = Annotated[
    float,
    number_option(
        "--bot-seconds",
        "Seconds a bot may take for one decision. A slower bot ends the command; 0 means no limit.",
        float,
        0,
        metavar="SECONDS",
    ),
]


Answer = list[Move] | BotError
Question = tuple[Callable[[View], object], View]


class _BotThread:
    """A thread in which bots decide, one after the other.

    Python cannot end a thread. If a bot never decides, its thread is abandoned, and the process does not wait for it at exit.
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
            except BaseException as error:  # Ctrl-C never reaches this thread, so this is the bot's fault
                answer = BotError(describe_error(error))
            self.answers.put(answer)


_bot_thread = cache(_BotThread)
"""Returns the one thread of this process. A new thread for each decision would cost as much as many decisions."""


@dataclass(frozen=True, slots=True)
class BotTimeout:
    """Asks a bot and waits a number of seconds for its decision; 0 means no limit.

    A bot that is too slow ends the command. Its seat does not pass, because whether a bot is too slow depends on the machine,
    and the game must not. Worker processes get a copy; one thread of each process uses it.
    """

    seconds: float = BOT_SECONDS

    def __call__(self, decide: Callable[[View], object], view: View) -> list[Move]:
        """Return the moves that a bot decides on.

        Raises:
            BotError: the bot raised an error or answered with anything but moves.
            InputError: the bot did not answer in time.
        """
        thread = _bot_thread()
        thread.questions.put((decide, view))
        try:
            answer = self._wait(thread.answers, decide, view)
        except BaseException:
            _bot_thread.cache_clear()  # a late answer of this thread would be to an old question
            raise
        if isinstance(answer, BotError):
            raise answer
        return answer

    def _wait(self, answers: SimpleQueue[Answer], decide: Callable[[View], object], view: View) -> Answer:
        if not self.seconds:
            return answers.get()
        early = min(self.seconds, WARNING_SECONDS)
        with suppress(Empty):
            return answers.get(timeout=early)
        who = f"the bot of {view.own.id} ({player_name(getattr(decide, '__self__', decide))})"
        if early < self.seconds and parent_process() is None:  # each worker process would print it
            notes.print(
                f"{who} has not decided for {early:g} s on {view.date}; after {self.seconds:g} s the command ends "
                "(--bot-seconds)",
                markup=False,
            )
        with suppress(Empty):
            return answers.get(timeout=self.seconds - early)
        raise InputError(
            who,
            view.date,
            "",
            f"no decision within {self.seconds:g} s. Give a longer --bot-seconds, or 0 for no limit.",
        )
