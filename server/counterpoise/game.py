"""The API for programs: play a game step by step, look ahead on copies of it, and keep its journal if wanted.

A program that plays Corvane, the state ``COR``, against balancers::

    from counterpoise.game import Game
    from counterpoise_clients.roster import load_bot

    def opponent(seat, seed):
        return None if seat == "COR" else load_bot("balancer")(f"{seed}/{seat}")

    game = Game("checkerboard", "7", bots=opponent)
    while not game.is_over:
        game.step({seat: [next(game.legal(seat))] for seat in game.waiting})
    print(game.scores()["COR"])

``clients/examples/step_game.py`` and ``look_ahead.py`` are whole programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy, deepcopy
from difflib import get_close_matches
from inspect import signature
from random import Random

from counterpoise.errors import OrderError
from counterpoise.scenario_files import scenario_text
from counterpoise.session.commands import SERVER, Branch, Start, local_id
from counterpoise.session.in_process_play import BotPlayers, player_name
from counterpoise.session.journal.entries import Entry
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import JournalSettings, ScenarioSetup
from counterpoise.sim.bot import Bot, type_name, validated_move
from counterpoise.sim.catalogue import MOVES, legal_kinds, sample_move
from counterpoise.sim.move import Move
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.sim.views.view_position import ViewPosition
from counterpoise.theory.evidence.behaviour import behaviour

PROGRAM = "program"
"""The player's name, in the journal, of every seat that the program plays."""

BotMaker = Callable[[str, str], Bot | None]
"""Returns the bot for a seat in the game of a seed, or ``None`` if the program plays the seat."""


class Game:
    """A game of a scenario in this process. It stands at a stop of the clock at which the program's seats may order.

    Args:
        scenario: the name of a bundled scenario, or the path of a scenario file.
        seed: decides every chance. Equal seeds and equal moves give equal games.
        bots: who plays the seats that the program does not play: bots by the seat's code, which play on after a ``reset``, or a
            function of a seat and the seed, from which ``reset`` makes them. ``clone`` makes deep copies of the bots.
        journal: whether to keep a journal with forecasts; ``journal`` returns it. Without one a game is several times faster.

    Raises:
        InputError: there is no such scenario, or it is wrong.
        KeyError: a bot is given a seat that the scenario does not have.
        TypeError: the scenario or the seed is no text, or ``bots`` is or holds something other than bots.
    """

    def __init__(
        self,
        scenario: str,
        seed: str = "1",
        *,
        bots: Mapping[str, Bot] | Mapping[ActorId, Bot] | BotMaker | None = None,
        journal: bool = False,
    ) -> None:
        _require_text(scenario, "scenario", "the name of a bundled scenario or the path of a scenario file")
        _require_text(seed, "seed", 'such as "1"')
        if not (bots is None or isinstance(bots, Mapping) or _takes_seat_and_seed(bots)):
            raise TypeError(
                "bots: expected bots by seat, or a function that takes a seat and a seed and returns a bot or None, "
                f"got {type_name(bots)}; to let one kind of bot play every seat, give "
                'lambda seat, seed: load_bot("balancer")(f"{seed}/{seat}")'
            )
        self._text, self._source = scenario_text(scenario)
        self._scenario = parse_scenario(self._text, self._source)
        self._journalled = journal
        self._make_bot = bots if callable(bots) else None
        self._bots = {} if bots is None or callable(bots) else {ActorId(seat): bot for seat, bot in bots.items()}
        self.reset(seed)

    def reset(self, seed: str) -> None:
        """Begin the game again with another seed.

        Raises:
            TypeError: the seed is no text, or the function that makes the bots returns something other than a bot.
        """
        _require_text(seed, "seed", 'such as "1"')
        self.seed = seed
        self._entries: list[Entry] = []
        self._session = self._new_session()
        if self._make_bot is not None:
            made = {seat: self._make_bot(seat, seed) for seat in self._session.seats}
            self._bots = {seat: bot for seat, bot in made.items() if bot is not None}
        self._require_seats(self._bots)
        for seat, bot in self._bots.items():
            _require_bot(seat, bot)
        self._players = BotPlayers(self._session, self._bots)
        for seat in self._session.seats:
            self._session.note_player(seat, player_name(self._bots[seat]) if seat in self._bots else PROGRAM)
        self._session.command(SERVER, local_id(self._session.id, SERVER, 0), Start())
        self._run_to_next_stop(advance=False)

    @property
    def seats(self) -> tuple[ActorId, ...]:
        """All seats, in the scenario's order."""
        return self._session.seats

    @property
    def tick(self) -> int:
        """The day, counted from the start of the scenario."""
        return self._session.now

    @property
    def date(self) -> str:
        """The date, such as ``1967-06-05``."""
        return self._session.simulation.world.calendar.iso(self._session.now)

    @property
    def is_over(self) -> bool:
        """Whether the game has ended."""
        return self._session.phase == "ended"

    @property
    def waiting(self) -> tuple[ActorId, ...]:
        """The program's seats that are asked to decide at this stop."""
        return () if self.is_over else tuple(seat for seat in self._session.called if seat not in self._bots)

    def view(self, seat: str) -> View:
        """Return what a seat sees now.

        Raises:
            KeyError: the scenario has no such seat.
        """
        return self._position(seat).view

    def kinds(self, seat: str) -> tuple[str, ...]:
        """Return the kinds of move of which a seat has a legal one now, in the order of ``MOVES``."""
        return () if self.is_over else legal_kinds(self._position(seat))

    def mask(self, seat: str) -> tuple[bool, ...]:
        """Return, for each kind in ``MOVES``, whether a seat has a legal move of it now."""
        kinds = self.kinds(seat)
        return tuple(kind in kinds for kind in MOVES)

    def legal(self, seat: str, kind: str | None = None) -> Iterator[Move]:
        """Return the legal moves of a seat, one kind or all, one after another. Moves are found as they are asked for.

        Raises:
            KeyError: there is no such seat or kind of move.
        """
        position = self._position(seat)
        kinds = tuple(MOVES.values()) if kind is None else (_move_kind(kind),)
        if self.is_over or not position.view.own.active:
            return iter(())
        return (move for found in kinds for move in found.legal_in(position))

    def sample(self, seat: str, chances: Random, kind: str | None = None) -> Move | None:
        """Draw a legal move of a seat, without listing all of them.

        Args:
            seat: the code of the seat.
            chances: the draws; in equal games equal draws give equal moves.
            kind: the kind of move. Without one, a kind is drawn first: all kinds with a legal move are equally likely, and
                then all legal moves of the kind that was drawn.

        Returns:
            The move, or ``None`` if there is no legal one.

        Raises:
            KeyError: there is no such seat or kind of move.
            TypeError: ``chances`` is no ``random.Random``.
        """
        position = self._position(seat)
        drawn = None if kind is None else _move_kind(kind)
        if not isinstance(chances, Random):
            raise TypeError(f"chances: expected a random.Random, got {type_name(chances)}")
        if self.is_over or not position.view.own.active:
            return None
        return sample_move(position, chances) if drawn is None else drawn.sample_in(position, chances)

    def step(self, moves: Mapping[str, Iterable[Move]] | None = None) -> dict[str, list[OrderError]]:
        """Order moves, let the bots decide, and run to the next stop at which one of the program's seats is asked.

        Args:
            moves: what the program's seats order, by code. Seats that are left out pass. Seats may order unasked.
                Once the game is over, ``step`` without moves does nothing.

        Returns:
            The orders that were refused, by seat.

        Raises:
            KeyError: the scenario has no such seat.
            ValueError: a bot plays the seat, or the game is over and takes no moves.
            TypeError: ``moves`` is no mapping by seat, or a seat orders something other than moves.
            BotError: a move's fields hold values that cannot be written.
        """
        refused: dict[str, list[OrderError]] = {}
        for seat, ordered in self._checked_moves({} if moves is None else moves).items():
            for move in ordered:
                try:
                    self._order(ActorId(seat), move)
                except OrderError as error:
                    refused.setdefault(seat, []).append(error)
        self._run_to_next_stop(advance=True)
        return refused

    def scores(self) -> dict[str, float]:
        """Return the score of every seat so far, in [0, 100]."""
        return {str(seat): score for seat, score in self._session.simulation.world.scores.items()}

    def clone(self, seed: str | None = None) -> Game:
        """Return an independent copy that stands at the same stop. What happens in one game leaves the other as it is.

        Args:
            seed: decides every chance in the copy from here on. Without a seed the copy has the game's own chances, so a program
                that tries its moves in such a copy sees the future.

        Raises:
            TypeError: the seed is no text.
        """
        if seed is not None:
            _require_text(seed, "seed", 'such as "1"')
        game = copy(self)
        game._bots = deepcopy(self._bots)
        game._entries = list(self._entries)
        game._session = self._session.copy()
        game._players = BotPlayers(game._session, game._bots)
        game._positions = {}
        if seed is not None and not game.is_over:
            order_id = local_id(game._session.id, "clone", len(game._session.acknowledgements))
            game._session.command(SERVER, order_id, Branch(seed))
            game._entries += game._session.take_entries()
        return game

    def journal(self) -> list[Entry]:
        """Return the entries of the journal so far.

        Raises:
            ValueError: the game keeps no journal.
        """
        if not self._journalled:
            raise ValueError("this game keeps no journal; make it with Game(..., journal=True)")
        return list(self._entries)

    def behaviour(self) -> dict[str, dict[str, tuple[float, float]]]:
        """Return what each seat has done beside winning: by seat and measure a numerator and a denominator.

        ``theory.evidence.behaviour`` has the measures. Windows that are still open do not count.

        Raises:
            ValueError: the game keeps no journal, and so makes no forecasts.
        """
        self.journal()
        return behaviour(self._session.ledger.records, self._session.simulation.world.incidents)

    def _new_session(self) -> Session:
        return Session(
            scenario_text=self._text,
            seed=self.seed,
            session_id=f"game-{self.seed}",
            secret=f"game/{self.seed}",
            setup=ScenarioSetup(source=self._source, parsed=self._scenario),
            journal=JournalSettings(kept=self._journalled),
        )

    def _position(self, seat: str) -> ViewPosition:
        found = self._positions.get(ActorId(seat))
        if found is None:
            self._require_seats([seat])
            found = self._positions[ActorId(seat)] = ViewPosition(self._session.view(ActorId(seat)))
        return found

    def _require_seats(self, seats: Iterable[str]) -> None:
        for seat in seats:
            if seat not in self._session.seats:
                raise KeyError(f"no seat {seat}; the seats are {', '.join(self._session.seats)}")

    def _checked_moves(self, moves: Mapping[str, Iterable[Move]]) -> dict[str, list[Move]]:
        """Return the moves by seat as lists. A mistake is raised before anything is ordered."""
        if not isinstance(moves, Mapping):
            raise TypeError(f"moves: expected lists of moves by seat, got {type_name(moves)}")
        checked: dict[str, list[Move]] = {}
        for seat, ordered in moves.items():
            self._require_seats([seat])
            if ActorId(seat) in self._bots:
                raise ValueError(f"a bot plays {seat}; the program orders for the other seats")
            if isinstance(ordered, Move | str) or not isinstance(ordered, Iterable):
                raise TypeError(f"{seat}: expected a list of moves, got {type_name(ordered)}")
            checked[seat] = list(ordered)
            for move in checked[seat]:
                if not isinstance(move, Move):
                    raise TypeError(f"{seat}: expected a move, got {type_name(move)}")
            if self.is_over and checked[seat]:
                raise ValueError(f"{seat}: the game is over and takes no moves; reset begins another")
        return checked

    def _order(self, seat: ActorId, move: Move) -> None:
        session = self._session
        session.submit(seat, local_id(session.id, seat, session.orders_of(seat)), session.window, validated_move(move))

    def _run_to_next_stop(self, *, advance: bool) -> None:
        """Run the clock until one of the program's seats is asked, or the game is over; bots decide on the way."""
        while True:
            if advance:
                self._players.decide(self._session.called)
                self._session.advance(self._session.end)
            self._entries += self._session.take_entries()
            self._positions: dict[ActorId, ViewPosition] = {}
            if self.is_over or self.waiting:
                return
            advance = True


def _require_text(value: object, name: str, meaning: str) -> None:
    if not isinstance(value, str):
        raise TypeError(f"{name}: expected a text, {meaning}, got {type_name(value)}")


def _takes_seat_and_seed(value: object) -> bool:
    """Return whether a value can be called with a seat and a seed; what tells no signature is tried."""
    if not callable(value):
        return False
    try:
        signature(value).bind("COR", "1")
    except TypeError:
        return False
    except ValueError:
        return True
    return True


def _require_bot(seat: str, bot: object) -> None:
    if isinstance(bot, type):
        raise TypeError(f"{seat}: expected a bot, got the class {bot.__name__}; make one of the class")
    if not callable(getattr(bot, "decide", None)):
        raise TypeError(f"{seat}: expected a bot, which has decide(view), got {type_name(bot)}")


def _move_kind(kind: str) -> type[Move]:
    found = MOVES.get(kind) if isinstance(kind, str) else None
    if found is None:
        near = get_close_matches(str(kind), MOVES, n=3, cutoff=0.5)
        known = f"nearest: {', '.join(near)}" if near else f"the kinds are {', '.join(MOVES)}"
        raise KeyError(f"no kind of move {kind}; {known}")
    return found
