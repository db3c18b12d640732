"""Which seats humans play, which seats bots play, and which seats pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from counterpoise.errors import BotError
from counterpoise.session.in_process_play import NAME_MAX, BotPlayers, player_name
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.theory.evidence.choices.players import PROGRAM, UNKNOWN_CLIENT

Occupant = Literal["bot", "human", "empty"]
NO_BOTS = ("human", "the record")
"""Players in the journal that are no bots, so no bot goes by these names."""
_MAY_BE_PEOPLE = ("", PROGRAM, UNKNOWN_CLIENT)
"""What ``Seat.bot`` says of a person, and of clients that have named no bot."""


@dataclass(slots=True)
class Seat:
    """One seat of the session and its occupant. ``player`` is the name that a human gave in ``hello``.

    A client counts as a human here whoever is behind it. ``bot`` says what decides if it is no person at the page: the kind of
    bot that the client named in ``hello``, a program, or a client that did not say what it is. The debrief keeps them apart.
    """

    id: ActorId
    name: str
    occupant: Occupant
    player: str = ""
    bot: str = ""
    away: bool = False
    """A bot plays, or the seat passes, for a person who holds it and is away."""


class Seats:
    """The seats of one session. A bot plays every seat without a human, if the server has a bot for it.

    Args:
        session: the session of the seats.
        bots: the bots, by seat.
        holders: the humans who hold a seat from before a restart, by seat. Their names are stored with their tokens.
    """

    def __init__(self, session: Session, bots: Mapping[ActorId, Bot], holders: Mapping[str, str]) -> None:
        self._bots = bots
        self._session = session
        self._playing: dict[ActorId, Bot] = {}
        self._players = BotPlayers(session, self._playing)
        self._dismissed: list[ActorId] = []
        self.expects_people = False
        """Whether people of a class have seats here, who may come at any moment."""
        self.by_id: dict[ActorId, Seat] = {}
        for actor in session.scenario.actors:
            self.by_id[actor.id] = Seat(actor.id, actor.name, "empty")
            if actor.id in holders:
                known = session.players.get(actor.id, "")
                self.take(actor.id, holders[actor.id], "" if known in NO_BOTS else known or UNKNOWN_CLIENT)
            else:
                self.free(actor.id)

    def take(self, seat: ActorId, player: str, bot: str = "") -> None:
        """Give a seat to a human, or to a client that says which kind of bot it plays."""
        taken = self.by_id[seat]
        taken.bot = f"bot {bot}" if bot in NO_BOTS else bot[:NAME_MAX]
        taken.occupant, taken.player, taken.away = "human", player or taken.player, False
        self._playing.pop(seat, None)

    def free(self, seat: ActorId) -> None:
        """Take a seat from its occupant and give it to its bot, if it has one."""
        freed = self.by_id[seat]
        bot = None if seat in self._dismissed else self._bots.get(seat)
        freed.player, freed.bot, freed.away = "", "", False
        freed.occupant = "empty" if bot is None else "bot"
        if bot is not None:
            self._playing[seat] = bot

    def lend(self, seat: ActorId) -> None:
        """Let the bot of a seat play for the person who holds it, until that person is back."""
        lent = self.by_id[seat]
        player, kind = lent.player, lent.bot
        self.free(seat)
        lent.player, lent.bot, lent.away = player, kind, True

    def forget_player(self, seat: ActorId) -> None:
        """Keep a seat for the next human, who has a new link and whose name is not known yet."""
        self.by_id[seat].player = self.by_id[seat].bot = ""

    def note_players(self) -> None:
        """Journal who decides for each seat, where that has changed. The journal has no names of humans."""
        for seat in self.by_id:
            self._session.note_player(seat, self.decider(seat))

    def decider(self, seat: ActorId) -> str:
        """Return who decides for a seat: ``human``, a kind of bot, or nobody, which is empty."""
        held, bot = self.by_id[seat], self._playing.get(seat)
        if held.occupant == "human":
            return held.bot or "human"
        return player_name(bot) if bot else ""

    @property
    def has_humans(self) -> bool:
        """Whether a human holds any seat, also while a bot plays for them."""
        return any(seat.occupant == "human" or seat.away for seat in self.by_id.values())

    @property
    def has_or_expects_humans(self) -> bool:
        """Whether a human holds any seat, or people of a class are expected in theirs."""
        return self.has_humans or self.expects_people

    @property
    def has_several_people(self) -> bool:
        """Whether people hold more than one seat, also while bots play for some of them.

        A client that has named the bot that it plays is no person. One that has not may be.
        """
        held = (seat for seat in self.by_id.values() if seat.occupant == "human" or seat.away)
        return sum(1 for seat in held if seat.bot in _MAY_BE_PEOPLE) > 1

    def is_human(self, seat: ActorId) -> bool:
        """Return whether a human holds the seat, connected or not."""
        return self.by_id[seat].occupant == "human"

    def is_bot(self, seat: ActorId) -> bool:
        """Return whether a bot plays the seat."""
        return self.by_id[seat].occupant == "bot"

    def ask(self, seat: ActorId) -> list[Move] | BotError:
        """Return the decision of the bot of a seat. Changes nothing, so that a slow bot's answer can be ignored."""
        return self._players.ask(seat)

    def order(self, seat: ActorId, decided: list[Move] | BotError) -> None:
        """Order the moves that the bot of a seat decided on."""
        self._players.order(seat, decided)

    @property
    def has_unheard(self) -> bool:
        """Whether a message waits for a bot that answers messages."""
        return self._players.next_unheard() is not None

    def take_unheard(self) -> tuple[ActorId, int] | None:
        """Return the next such bot's seat and the message, and journal that the bot is asked; ``None`` without one."""
        return self._players.take_unheard()

    def answer(self, seat: ActorId, message: int) -> list[Move] | BotError:
        """Return the answer of a seat's bot to a message. Changes nothing, as ``ask``."""
        return self._players.answer(seat, message)

    def dismiss(self, seat: ActorId) -> None:
        """Remove the bot of a seat for good: the seat passes from now on, unless a human takes it."""
        self._playing.pop(seat, None)
        self._dismissed.append(seat)
        if self.is_bot(seat):
            self.by_id[seat].occupant = "empty"
