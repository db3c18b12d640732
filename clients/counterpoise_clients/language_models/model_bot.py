"""The bot that a game sees when a language model decides: it asks, checks, asks again, keeps the budget, and notes every call."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from counterpoise.errors import BotError, InputError
from counterpoise.sim.bot import Conduct, Status
from counterpoise.sim.move import Move
from counterpoise.sim.views.view import View
from counterpoise_clients.isolation.bot_limits import FAILURES_MAX
from counterpoise_clients.language_models.answers import Answer, AnswerError, form, read_answer
from counterpoise_clients.language_models.endpoint import Endpoint, HttpEndpoint, Reply, Said, one_line
from counterpoise_clients.language_models.menu import menu
from counterpoise_clients.language_models.recording import (
    ModelCall,
    ModelGame,
    RecordedEndpoint,
    Recording,
    seed_in_game,
    seeds_in,
)
from counterpoise_clients.language_models.rules import names_in, role_sheet, rules
from counterpoise_clients.language_models.settings import MODEL, Budget, address, budget
from counterpoise_clients.language_models.situation import Threats, message_words, situation

ATTEMPTS = 3
"""How often a model is asked for one decision, at most."""
HEARD_MAX = 2
"""Messages that a model answers at once in each window; later ones it reads in the next situation."""
QUOTED_MAX = 2000
"""Characters of an answer that a model gets back with what is wrong with it."""
LIVE, REPLAYED = "a model, not repeatable", "a recorded model"
"""What a table says of the isolation of these bots."""


@dataclass(frozen=True, slots=True)
class ModelFactory:
    """Makes bots that ask a model. It crosses processes, and holds neither the address nor the key.

    ``file`` is where calls are recorded; empty for nowhere. ``game`` is the number of the game in its tournament, and -1
    outside of one.
    """

    model: str
    file: str = ""
    game: int = -1

    @property
    def fingerprint(self) -> str:
        """A SHA-256 of the model's name and of what it is told in every game."""
        return hashlib.sha256("\n".join((self.model, rules(), form())).encode()).hexdigest()

    def in_game(self, number: int) -> ModelFactory:
        """Return the factory for one game of a tournament."""
        return replace(self, game=number)

    def __call__(self, seed: str) -> ModelBot:
        """Return a new bot.

        It goes on with what is left of the budget of a game that the file has already. A game of a tournament always begins anew.

        Raises:
            InputError: the environment does not say where models are, or the extra is not installed.
        """
        if find_spec("httpx") is None:
            raise InputError(
                f"{MODEL}{self.model}", "", "the extra `llm`: pip install 'counterpoise[llm]'", "no package httpx"
            )
        place, limits = address(), budget()
        recording = Recording(self.file, _recorded_seed(seed, self.game)) if self.file else None
        bot = ModelBot(self.model, HttpEndpoint(place, self.model), limits, recording, begins_anew=self.game >= 0)
        bot.conduct.isolation = LIVE
        return bot


@dataclass(frozen=True, slots=True)
class RecordedFactory:
    """Makes bots that answer as the models of a recording did. ``game`` is as for ``ModelFactory``."""

    file: str
    game: int = -1

    @property
    def fingerprint(self) -> str:
        """A SHA-256 of the recording."""
        return hashlib.sha256(Path(self.file).read_bytes()).hexdigest()

    def in_game(self, number: int) -> RecordedFactory:
        """Return the factory for one game of a tournament."""
        return replace(self, game=number)

    def __call__(self, seed: str) -> ModelBot:
        """Return a new bot.

        Raises:
            InputError: the file has no game with this seed.
            StorageError: the file cannot be read.
        """
        wanted = _recorded_seed(seed, self.game)
        game, calls = Recording(self.file, wanted).lines()
        if game is None:
            known = ", ".join(seeds_in(self.file)) or "no game"
            raise InputError(self.file, "", f"a game and a seat of the recording: {known}", wanted)
        bot = ModelBot(game.model, RecordedEndpoint(game, calls), game.budget)
        bot.conduct.isolation = REPLAYED
        return bot


def _recorded_seed(seed: str, game: int) -> str:
    return seed if game < 0 else seed_in_game(seed, game)


class ModelBot:
    """A seat that a model decides for.

    A decision that the model does not give in time, in a form that can be read, or at all, is lost: the seat passes and the game
    goes on. Moves that are not legal are left out. ``conduct`` tells how it behaved.

    Args:
        model: the name of the model.
        endpoint: answers prompts.
        limits: what the model may take.
        recording: keeps the calls.
        begins_anew: whether the game begins now, whatever the recording has of an earlier try.
    """

    def __init__(
        self,
        model: str,
        endpoint: Endpoint,
        limits: Budget,
        recording: Recording | None = None,
        *,
        begins_anew: bool = False,
    ) -> None:
        self.name = f"{MODEL}{model}"
        self.conduct = Conduct()
        self._model, self._endpoint, self._limits, self._recording = model, endpoint, limits, recording
        self._calls, self._tokens, self._seconds = 0, 0, 0.0
        self._system, self._notes, self._known = "", "", -1
        self._window, self._heard = -1, 0
        self._over: BotError | None = None
        game, calls = (None, []) if recording is None or begins_anew else recording.lines()
        self._has_begun = game is not None
        for call in calls:
            self._count(call.reply)

    @property
    def hears(self) -> bool:
        """Whether the model would answer a message now."""
        return self._over is None and self._heard < HEARD_MAX

    def decide(self, view: View) -> Sequence[Move]:
        """Return the moves of the model; raise ``BotError`` if it gives none."""
        if view.window != self._window:
            self._window, self._heard = view.window, 0
        moves = self._asked(view, "")
        self._known = view.tick
        return moves

    def hear(self, view: View, message: Mapping[str, Any]) -> Sequence[Move]:
        """Return what the model answers to a message; raise ``BotError`` if it gives nothing."""
        self._heard += 1
        told = f"{message['actors'][0]} has written to you just now: {message_words(message)}\nAnswer it, or order nothing."
        return self._asked(view, told)

    def account(self) -> str:
        """Return what the model has taken, and how it behaved, in words."""
        taken = f"{self._calls} calls, {self._tokens} tokens, {self._seconds:.1f} s; {self.conduct.status}"
        return f"{taken}: {self.conduct.reason}" if self.conduct.reason else taken

    def close(self) -> None:
        """End the game: nothing is asked any more."""
        self._over = self._over or BotError("its game is over")

    def _asked(self, view: View, told: str) -> list[Move]:
        if self._over is not None:
            raise self._over
        calls = self._calls
        answer, status, problem = self._answer(view, self._prompt(view, told))
        if answer is None:
            self.conduct.failed += 1 if self._calls > calls else 0
            raise self._failed(status, problem)
        self.conduct.in_a_row = 0
        if answer.problems:
            self.conduct.note("INVALID", one_line(answer.problems[0]))
        self._notes = answer.notes or self._notes
        return answer.moves

    def _answer(self, view: View, prompt: list[Said]) -> tuple[Answer | None, Status, str]:
        """Return the best answer that can be had, and what went wrong last."""
        spent, asked = 0.0, prompt
        answer: Answer | None = None
        status: Status = "TIMEOUT"
        problem = "no answer in time"
        for _ in range(ATTEMPTS):
            left = self._limits.decision_seconds - spent
            if left <= 0 or self._is_spent():
                break
            reply = self._call(view, asked, left)
            spent += reply.milliseconds / 1000
            if reply.status != "OK":
                status, problem = reply.status, reply.problem
                if not 0 <= reply.again < self._limits.decision_seconds - spent:
                    problem += f"; it asks to wait {reply.again:g} s, which a decision does not have" * (
                        reply.again > 1
                    )
                    break
                self._endpoint.pause(reply.again)
                spent += reply.again
                continue
            try:
                answer = read_answer(reply.answer, view)
                wrong = answer.problems
            except AnswerError as error:
                wrong = [str(error)]
            if not wrong:
                break
            status, problem = "INVALID", wrong[0]
            again = "\n".join(
                ["That does not work:", *(f"- {one}" for one in wrong), "Give the whole answer again, mended."]
            )
            asked = [*prompt, Said("assistant", reply.answer[:QUOTED_MAX]), Said("user", again)]
        self.conduct.milliseconds.append(round(spent * 1000, 2))
        return answer, status, one_line(problem)

    def _call(self, view: View, prompt: list[Said], seconds: float) -> Reply:
        reply = self._endpoint.ask(prompt, seconds)
        self._count(reply)
        if self._recording is not None:
            seed = self._recording.seed
            if not self._has_begun:
                self._recording.append(ModelGame(seed, self._model, self._limits, self._system))
                self._has_begun = True
            self._recording.append(ModelCall(seed, view.date, prompt[1:], reply))
        return reply

    def _count(self, reply: Reply) -> None:
        self._calls += 1
        self._tokens += reply.prompt_tokens + reply.answer_tokens
        self._seconds += reply.milliseconds / 1000

    def _is_spent(self) -> bool:
        """Tell whether the budget is spent; if it is, the seat passes from now on."""
        limits = self._limits
        spent = [
            f"{most:g} {name}"
            for name, most, taken in (
                ("calls", limits.calls, self._calls),
                ("tokens", limits.tokens, self._tokens),
                ("seconds", limits.seconds, self._seconds),
            )
            if taken >= most
        ]
        if spent:
            self._forfeit(f"the budget of {spent[0]} is spent")
        return bool(spent)

    def _failed(self, status: Status, problem: str) -> BotError:
        """Note a decision that is lost; return it as the error."""
        if self._over is not None:
            return self._over
        self.conduct.note(status, problem)
        self.conduct.in_a_row += 1
        if self.conduct.in_a_row >= FAILURES_MAX:
            self._forfeit(f"{FAILURES_MAX} failed decisions in a row, the last: {status}: {problem}")
        return BotError(f"{status}: {problem}")

    def _forfeit(self, why: str) -> None:
        self.conduct.note("FORFEIT", why)
        self._over = BotError(f"FORFEIT: {why}")

    def _prompt(self, view: View, told: str) -> list[Said]:
        if not self._system:
            self._system = "\n\n".join((rules(), form(), role_sheet(view, names_in(view))))
        parts = [situation(view, _threats(view), self._known), menu(view)]
        parts += [f"Your notes: {self._notes}"] * bool(self._notes)
        parts += [told] * bool(told)
        return [Said("system", self._system), Said("user", "\n\n".join(parts))]


def _threats(view: View) -> Threats:
    # Here, because the theory needs numpy, which takes long to load and which listing bots does not need.
    from counterpoise.theory.threat import threats_from_view

    return {state: threat.components() for state, threat in threats_from_view(view).items()}
