"""One seat of a game in this process, in words: a prompt at each stop of the clock, and an answer in JSON."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoise.game import Game
from counterpoise.scenario_files import scenario_text
from counterpoise.sim.bot import Bot
from counterpoise.sim.move import Move
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.theory.threat import threats_from_view
from counterpoise_clients.language_models.answers import AnswerError, form, read_answer
from counterpoise_clients.language_models.menu import menu
from counterpoise_clients.language_models.rules import names_in, role_sheet, rules
from counterpoise_clients.language_models.situation import situation
from counterpoise_clients.roster import line_up, load_bot

YEAR_DAYS = 365.25
YARDSTICK = "status-quo"
"""The bot whose score in the same seat, against the same bots and with the same seed is the measure of a player's."""


class TextGame:
    """A game in which one seat is played by answers in words; the others are played by the bots that a server would deal.

    Args:
        scenario: the name of a bundled scenario, or the path of a scenario file.
        seat: the code of the seat.
        seed: decides every chance. Equal seeds and equal answers give equal games.
        years: after how many years the game stops; 0 for its end.
        measured: whether to make forecasts, for ``measures``; they take most of the time.

    Raises:
        InputError: there is no such scenario, or it is wrong.
        KeyError: the scenario has no such seat.
    """

    def __init__(self, scenario: str, seat: str, seed: str, *, years: float = 0.0, measured: bool = False) -> None:
        actors = parse_scenario(*scenario_text(scenario)).actors
        if seat not in [actor.id for actor in actors]:
            raise KeyError(f"no seat {seat}; the seats are {', '.join(actor.id for actor in actors)}")
        dealt = {str(code): name for code, name in line_up(actors, seed).items()}

        def opponent(code: str, game_seed: str) -> Bot | None:
            return None if code == seat else load_bot(dealt[code])(f"{game_seed}/{code}")

        self.scenario, self.seat, self.seed, self._days = scenario, seat, seed, years * YEAR_DAYS
        self._game = Game(scenario, seed, bots=opponent, journal=measured)
        self._known, self._notes, self._problems = -1, "", list[str]()
        view = self._game.view(seat)
        self.system = "\n\n".join((rules(), form(), role_sheet(view, names_in(view))))
        """What stays the same in a game: the rules, the form of an answer, and the role sheet."""

    @property
    def is_over(self) -> bool:
        """Whether the game has ended, or its years are over."""
        return self._game.is_over or 0.0 < self._days <= self._game.tick

    @property
    def date(self) -> str:
        """The date of the game."""
        return self._game.date

    @property
    def score(self) -> float:
        """The score of the seat so far, in [0, 100]."""
        return self._game.scores()[self.seat]

    def prompt(self) -> str:
        """Return what the seat sees now and what it may order, with its notes and what was wrong with its last answer."""
        view = self._game.view(self.seat)
        threats = {str(state): threat.components() for state, threat in threats_from_view(view).items()}
        parts = [situation(view, threats, self._known), menu(view)]
        parts += [f"Your notes: {self._notes}"] * bool(self._notes)
        parts += ["Your last answer was wrong in this:\n" + "\n".join(self._problems)] * bool(self._problems)
        return "\n\n".join(parts)

    def answer(self, text: str) -> list[str]:
        """Order the legal moves of an answer and run to the next stop that asks the seat; return what was wrong with it.

        An answer that cannot be read orders nothing.

        Args:
            text: JSON as ``system`` asks for it; other words may stand around it.
        """
        view = self._game.view(self.seat)
        moves: Sequence[Move] = ()
        try:
            read = read_answer(text, view)
            moves, self._problems, self._notes = read.moves, list(read.problems), read.notes or self._notes
        except AnswerError as error:
            self._problems = [str(error)]
        self._known = view.tick
        refused = self._game.step({self.seat: moves})
        self._problems += [str(error) for error in refused.get(self.seat, [])]
        return list(self._problems)

    def play(self, bot: Bot) -> None:
        """Let a bot play the seat to the end of the game."""
        while not self.is_over:
            self._game.step({self.seat: bot.decide(self._game.view(self.seat))})

    def measures(self) -> dict[str, tuple[float, float]]:
        """Return what the seat did beside winning: by measure a numerator and a denominator (``theory.evidence.behaviour``).

        Raises:
            ValueError: the game is not ``measured``.
        """
        return self._game.behaviour().get(self.seat, {})


def yardstick_score(scenario: str, seat: str, seed: str, *, years: float = 0.0) -> float:
    """Return the score of the bot ``YARDSTICK`` in a ``TextGame``: same seat, same other bots, same seed, same length."""
    game = TextGame(scenario, seat, seed, years=years)
    game.play(load_bot(YARDSTICK)(f"{seed}/{seat}"))
    return game.score
