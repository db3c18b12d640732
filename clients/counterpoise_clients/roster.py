"""Finds bots: bundled bots and degenerate policies by name, other bots by their file, folder or command, and language models."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import ModuleType

from counterpoise.errors import InputError
from counterpoise.registry import modules_of
from counterpoise.sim.bot import Bot, describe_error
from counterpoise.sim.scenario import ActorSpec
from counterpoise.sim.types import ActorId
from counterpoise.validation_errors import Problem, one_of
from counterpoise_clients import bots as bots_package
from counterpoise_clients import opponents as opponents_package
from counterpoise_clients.isolation.bot_limits import BotLimits
from counterpoise_clients.isolation.bot_source import COMMAND, bot_source, is_own
from counterpoise_clients.isolation.isolated_bot import IsolatedFactory
from counterpoise_clients.language_models.model_bot import ModelFactory, RecordedFactory
from counterpoise_clients.language_models.recording import RECORDED
from counterpoise_clients.language_models.settings import MODEL
from counterpoise_clients.python_files import bot_class, checked_bot_class

DEFAULT_MIX = (
    ("balancer", 27),
    ("hedger", 17),
    ("status-quo", 17),
    ("bandwagoner", 14),
    ("ideologue", 5),
    ("jackal", 5),
    ("aid-seeker", 4),
    ("penetrator", 4),
    ("waiter", 4),
    ("buck-passer", 3),
)
"""The bots that fill empty seats, with their chances in per cent.

Most states most of the time do nothing new (Powell 1999), more states balance than bandwagon (Walt 1987), many hedge
(Kuik 2008), and some seek kin, aid, access, gain or cover. No bot of the mix answers at random or seeks to rule. The mix is
chosen, so that a game is not one strategy playing against itself. The seats are dealt by chance, so that a result of the
checker in default games cannot come from a fixed strategy of one state.
"""


class BotFactory:
    """Makes bots of one class from seeds.

    It pickles as the bot's name or path, so that a worker process loads the file itself. Its docstring is the bot
    class's docstring. ``fingerprint`` is a SHA-256 of the bot's file and those beside it that it imports.
    """

    def __init__(self, name_or_path: str, fingerprint: str, description: str) -> None:
        self.name_or_path, self.fingerprint = name_or_path, fingerprint
        self.__doc__ = description

    def __call__(self, seed: str) -> Bot:
        """Return a new bot.

        Raises:
            InputError: the bot's constructor raised.
        """
        try:
            return _bot_class(self.name_or_path)(seed)
        except InputError:
            raise
        except (Exception, SystemExit) as error:
            raise InputError(
                self.name_or_path, "Bot", "a class that takes a seed, Bot(seed)", describe_error(error)
            ) from error


def bot_names() -> tuple[str, ...]:
    """Return the names of the bundled bots in alphabetical order."""
    return tuple(sorted(_modules_by_name(bots_package)))


def opponent_names() -> tuple[str, ...]:
    """Return the names of the degenerate policies, against which a score is tested, in alphabetical order."""
    return tuple(sorted(_modules_by_name(opponents_package)))


def is_model(name: str) -> bool:
    """Tell whether a name means a language model, or the recording of one."""
    return name.startswith((MODEL, RECORDED))


def load_bot(name_or_path: str, models: str = "") -> BotFactory | ModelFactory | RecordedFactory:
    """Return the factory of a bot; call it with a seed to make a bot.

    Args:
        name_or_path: a name of ``bot_names()`` or ``opponent_names()``, the path of a ``.py`` file that defines ``class Bot``
            with ``decide``, ``llm:`` and the name of a model, or ``recorded:`` and a file of recorded calls.
        models: the file in which the calls of a model are recorded; empty for none.

    Raises:
        InputError: the bot or the file does not exist, or the file defines no bot.
    """
    if name_or_path.startswith(MODEL):
        if not (model := name_or_path.removeprefix(MODEL)):
            raise InputError(name_or_path, "", "llm: and the name of a model, such as llm:gpt-5-mini", "no name")
        return ModelFactory(model, models)
    if name_or_path.startswith(RECORDED):
        file = name_or_path.removeprefix(RECORDED)
        if not Path(file).is_file():
            raise InputError(name_or_path, "", "recorded: and a file of recorded calls", f"no file {file!r}")
        return RecordedFactory(file)
    description = (_bot_class(name_or_path).__doc__ or "").strip()
    if is_own(name_or_path):
        return BotFactory(name_or_path, bot_source(name_or_path).fingerprint, description)
    path = Path(str(_shipped_modules()[name_or_path].__file__))
    return BotFactory(name_or_path, hashlib.sha256(path.read_bytes()).hexdigest(), description)


@dataclass(frozen=True, slots=True)
class SeatLoader:
    """Loads bots for the seats of a game: bots of the user's own play each in a process of its own, all others in this process.

    ``folder`` is where commands run; empty for the working folder. ``models`` is the file in which the calls of language models
    are recorded; empty for none. With ``is_quiet`` nothing is passed on that bots write to standard error; their logs have it. It
    crosses processes.
    """

    limits: BotLimits = field(default_factory=BotLimits)
    folder: str = ""
    models: str = ""
    is_quiet: bool = False

    def __call__(self, name_or_path: str) -> BotFactory | IsolatedFactory | ModelFactory | RecordedFactory:
        """Return the factory of a bot. No code of an own bot runs before the factory is called.

        Args:
            name_or_path: a name of ``bot_names()`` or ``opponent_names()``, a ``.py`` file, a folder with an ``__init__.py``
                (written with a slash), ``cmd:`` and a command that speaks as ``isolation/frames.py`` describes, ``llm:`` and a
                model, or ``recorded:`` and a file of its recorded calls.

        Raises:
            InputError: there is no such bot or file, or the file is not Python.
        """
        if not is_model(name_or_path) and is_own(name_or_path) and hasattr(os, "fork"):
            return IsolatedFactory(bot_source(name_or_path, self.folder), self.limits, self.is_quiet)
        return load_bot(name_or_path, self.models)


def default_bot(seat: str, seed: str, suited: Sequence[str] = ()) -> str:
    """Return the name of the bot that fills an empty seat, drawn by the seed from ``suited`` or else from ``DEFAULT_MIX``."""
    mix = tuple((name, 1) for name in suited) or DEFAULT_MIX
    drawn = Random(f"{seed}/line-up/{seat}").random() * sum(weight for _, weight in mix)
    for name, weight in mix:
        drawn -= weight
        if drawn < 0:
            return name
    return mix[-1][0]


def line_up(actors: Iterable[ActorSpec], seed: str) -> dict[ActorId, str]:
    """Return the name of the default bot for each seat of a scenario.

    Raises:
        InputError: the scenario names a bot that is not bundled.
    """
    actors = tuple(actors)
    for path, expected, got in unknown_bots(actors):
        raise InputError("scenario", path, expected, got)
    return {actor.id: default_bot(actor.id, seed, actor.bots) for actor in actors}


def unknown_bots(actors: Iterable[ActorSpec]) -> list[Problem]:
    """Return a problem for each bot that a scenario suggests and that is not bundled."""
    return [
        Problem(f"actors.{actor.id}.bots[{place}]", one_of(bot_names(), name), name)
        for actor in actors
        for place, name in enumerate(actor.bots)
        if name not in bot_names()
    ]


def _modules_by_name(package: ModuleType) -> dict[str, ModuleType]:
    return {module.Bot.name: module for module in modules_of(package)}


def _shipped_modules() -> dict[str, ModuleType]:
    return {**_modules_by_name(bots_package), **_modules_by_name(opponents_package)}


def _bot_class(name_or_path: str) -> Callable[[str], Bot]:
    if name_or_path.startswith(COMMAND):
        raise InputError(
            name_or_path,
            "",
            "a bundled bot or a Python file: a command plays in `run`, `host` and `tournament`",
            "a command",
        )
    if is_own(name_or_path):
        return bot_class(name_or_path)
    shipped = _shipped_modules()
    if name_or_path not in shipped:
        if Path(name_or_path).is_dir():
            raise InputError(name_or_path, "", f"a slash after the name of a folder: {name_or_path}/", "none")
        known = one_of(bot_names(), name_or_path)
        others = "a .py file, a folder written with a slash, or cmd: and a command"
        raise InputError(name_or_path, "", f"the name of a bot, {known}, {others}", repr(name_or_path))
    return checked_bot_class(shipped[name_or_path], name_or_path)
