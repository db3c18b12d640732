"""The API for programs: play a game step by step, look ahead on copies of it, and keep its journal if wanted.

::

    game = Game("checkerboard", bots={"ARD": balancer, "BEL": balancer})
    while not game.is_over:
        game.step({seat: [next(game.legal(seat))] for seat in game.waiting})
    print(game.scores())
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy

from counterpoise.errors import OrderError
from counterpoise.scenario_files import scenario_text
from counterpoise.session.commands import Start, local_id
from counterpoise.session.in_process_play import BotPlayers, player_name
from counterpoise.session.journal import Entry
from counterpoise.session.running_session import SERVER, Session
from counterpoise.session.session_snapshot import SessionState, decode_session
from counterpoise.sim.bot import Bot, validated_move
from counterpoise.sim.catalogue import MOVES
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import View
from counterpoise.sim.view_position import ViewPosition

PROGRAM = "program"
"""The player's name, in the journal, of every seat that the program plays."""


class Game:
    """A game of a scenario in this process. It stands at a stop of the clock at which the program's seats may order.

    Args:
        scenario: the name of a bundled scenario, or the path of a scenario file.
        seed: decides every chance. Equal seeds and equal moves give equal games.
        bots: who plays which seats, by code. The program plays all others.
        journal: whether to keep a journal with forecasts; ``journal`` returns it. Without one a game is several times faster.

    Raises:
        InputError: there is no such scenario, or it is wrong.
        KeyError: a bot is given a seat that the scenario does not have.
    """

    def __init__(
        self,
        scenario: str,
        seed: str = "1",
        *,
        bots: Mapping[str, Bot] | Mapping[ActorId, Bot] | None = None,
        journal: bool = False,
    ) -> None:
        self._text, self._source = scenario_text(scenario)
        self._journalled = journal
        self._bots: dict[ActorId, Bot] = {ActorId(seat): bot for seat, bot in (bots or {}).items()}
        self.reset(seed)

    def reset(self, seed: str) -> None:
        """Begin the game anew with another seed. The bots stay as they are."""
        self.seed = seed
        self._entries: list[Entry] = []
        self._session = self._new_session()
        self._players = BotPlayers(self._session, self._bots)
        unknown = [seat for seat in self._bots if seat not in self._session.seats]
        if unknown:
            raise KeyError(f"no seat {unknown[0]}; the seats are {', '.join(self._session.seats)}")
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
        """Return what a seat sees now."""
        return self._position(seat).view

    def kinds(self, seat: str) -> tuple[str, ...]:
        """Return the kinds of move of which a seat has a legal one now, in the order of ``MOVES``."""
        return tuple(kind for kind in MOVES if next(self.legal(seat, kind), None) is not None)

    def mask(self, seat: str) -> tuple[bool, ...]:
        """Return, for each kind in ``MOVES``, whether a seat has a legal move of it now."""
        kinds = self.kinds(seat)
        return tuple(kind in kinds for kind in MOVES)

    def legal(self, seat: str, kind: str | None = None) -> Iterator[Move]:
        """Yield the legal moves of a seat, one kind or all. Moves are found as they are asked for.

        Raises:
            KeyError: there is no such kind of move.
        """
        position = self._position(seat)
        if not self.is_over and position.view.own.active:
            for found in MOVES.values() if kind is None else (MOVES[kind],):
                yield from found.legal_in(position)

    def step(self, moves: Mapping[str, Iterable[Move]] | None = None) -> dict[str, list[OrderError]]:
        """Order moves, let the bots decide, and run to the next stop at which one of the program's seats is asked.

        Args:
            moves: what the program's seats order, by code. Seats that are left out pass. Seats may order unasked.

        Returns:
            The orders that were refused, by seat.
        """
        refused: dict[str, list[OrderError]] = {}
        for seat, ordered in (moves or {}).items():
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

    def clone(self) -> Game:
        """Return an independent copy that stands at the same stop. What happens in one game leaves the other as it is."""
        copy = object.__new__(Game)
        copy._text, copy._source, copy._journalled, copy.seed = self._text, self._source, self._journalled, self.seed
        copy._bots = deepcopy(self._bots)
        copy._entries = list(self._entries)
        copy._session = copy._new_session(decode_session(self._session.snapshot()))
        copy._players = BotPlayers(copy._session, copy._bots)
        copy._positions = {}
        return copy

    def journal(self) -> list[Entry]:
        """Return the entries of the journal so far.

        Raises:
            ValueError: the game keeps no journal.
        """
        if not self._journalled:
            raise ValueError("this game keeps no journal; make it with Game(..., journal=True)")
        return list(self._entries)

    def _new_session(self, state: SessionState | None = None) -> Session:
        return Session(
            scenario_text=self._text,
            seed=self.seed,
            session_id=f"game-{self.seed}",
            secret=f"game/{self.seed}",
            source=self._source,
            journalled=self._journalled,
            state=state,
        )

    def _position(self, seat: str) -> ViewPosition:
        found = self._positions.get(ActorId(seat))
        if found is None:
            found = self._positions[ActorId(seat)] = ViewPosition(self._session.view(ActorId(seat)))
        return found

    def _order(self, seat: ActorId, move: Move) -> None:
        session = self._session
        session.submit(seat, local_id(session.id, seat, session.orders_of(seat)), session.window, validated_move(move))

    def _run_to_next_stop(self, *, advance: bool) -> None:
        """Run the clock until one of the program's seats is asked, or the game is over; bots decide on the way."""
        while True:
            if advance:
                for seat in self._session.called:
                    self._players.decide(seat)
                self._session.advance(self._session.end)
            self._entries += self._session.take_entries()
            self._positions: dict[ActorId, ViewPosition] = {}
            if self.is_over or self.waiting:
                return
            advance = True
