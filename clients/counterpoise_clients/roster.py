"""Finds bots: bundled bots and degenerate policies by name, other bots by the path of their ``.py`` file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
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
from counterpoise_clients.python_files import imported_file

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
    class's docstring. ``fingerprint`` is the SHA-256 of the bot's file.
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


def load_bot(name_or_path: str) -> BotFactory:
    """Return the factory of a bot; call it with a seed to make a bot.

    Args:
        name_or_path: a name of ``bot_names()`` or ``opponent_names()``, or the path of a ``.py`` file that defines ``class Bot``
            with ``decide``.

    Raises:
        InputError: the bot or the file does not exist, or the file defines no bot.
    """
    description = (_bot_class(name_or_path).__doc__ or "").strip()
    path = Path(name_or_path) if _is_path(name_or_path) else Path(str(_shipped_modules()[name_or_path].__file__))
    return BotFactory(name_or_path, hashlib.sha256(path.read_bytes()).hexdigest(), description)


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


def _is_path(name_or_path: str) -> bool:
    return name_or_path.endswith(".py") or "/" in name_or_path


def _modules_by_name(package: ModuleType) -> dict[str, ModuleType]:
    return {module.Bot.name: module for module in modules_of(package)}


def _shipped_modules() -> dict[str, ModuleType]:
    return {**_modules_by_name(bots_package), **_modules_by_name(opponents_package)}


def _bot_class(name_or_path: str) -> Callable[[str], Bot]:
    if _is_path(name_or_path):
        return _checked_bot_class(imported_file(name_or_path, "bot"), name_or_path)
    shipped = _shipped_modules()
    if name_or_path not in shipped:
        known = one_of(bot_names(), name_or_path)
        raise InputError(name_or_path, "", f"the name of a bot, {known}, or the path of a .py file", repr(name_or_path))
    return _checked_bot_class(shipped[name_or_path], name_or_path)


def _checked_bot_class(module: ModuleType, source: str) -> Callable[[str], Bot]:
    bot_class = getattr(module, "Bot", None)
    if bot_class is None:
        raise InputError(source, "", "", "no class Bot in this file")
    if not isinstance(bot_class, type):
        raise InputError(source, "Bot", "class Bot", type(bot_class).__name__)
    if not callable(getattr(bot_class, "decide", None)):
        raise InputError(source, "Bot.decide", "a method decide(self, view)", "none")
    return bot_class
