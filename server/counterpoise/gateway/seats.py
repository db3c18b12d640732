"""Who sits where: a human, a bot from the bench, or nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from counterpoise.errors import BotError
from counterpoise.session.in_process_play import BotPlayers, player_name
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId

Occupant = Literal["bot", "human", "empty"]


@dataclass(slots=True)
class Chair:
    """A seat of the session, and who has it. ``player`` is what a human wants to be called."""

    seat: ActorId
    name: str
    occupant: Occupant
    player: str = ""


class Seating:
    """The chairs of one session. A bot plays wherever no human sits, if the bench has one for the seat.

    Args:
        session: whose seats these are.
        bench: the bots, by seat.
        holders: the humans who hold a seat already, by seat: their names survive a restart with their tokens.
    """

    def __init__(self, session: Session, bench: Mapping[ActorId, Bot], holders: Mapping[str, str]) -> None:
        self._bench = bench
        self._session = session
        self._playing: dict[ActorId, Bot] = {}
        self._bots = BotPlayers(session, self._playing)
        self._dismissed: list[ActorId] = []
        self.chairs: dict[ActorId, Chair] = {}
        for actor in session.scenario.actors:
            self.chairs[actor.id] = Chair(actor.id, actor.name, "empty")
            if actor.id in holders:
                self.take(actor.id, holders[actor.id])
            else:
                self.free(actor.id)

    def take(self, seat: ActorId, player: str) -> None:
        """Let a human have a seat."""
        chair = self.chairs[seat]
        chair.occupant, chair.player = "human", player or chair.player
        self._playing.pop(seat, None)

    def free(self, seat: ActorId) -> None:
        """Take a seat from whoever has it; its bot plays from now on."""
        chair = self.chairs[seat]
        policy = None if seat in self._dismissed else self._bench.get(seat)
        chair.player = ""
        chair.occupant = "empty" if policy is None else "bot"
        if policy is not None:
            self._playing[seat] = policy

    def keep(self, seat: ActorId) -> None:
        """Keep a seat for the human who brings its new link, whose name nobody knows yet."""
        self.chairs[seat].player = ""

    def note_players(self) -> None:
        """Put into the record who decides for each seat, where that has changed. Humans stay nameless there."""
        for seat, chair in self.chairs.items():
            bot = self._playing.get(seat)
            self._session.note_player(seat, "human" if chair.occupant == "human" else player_name(bot) if bot else "")

    @property
    def has_humans(self) -> bool:
        """Whether a human has any seat."""
        return any(chair.occupant == "human" for chair in self.chairs.values())

    def is_human(self, seat: ActorId) -> bool:
        """Tell whether a human has the seat, present or not."""
        return self.chairs[seat].occupant == "human"

    def is_bot(self, seat: ActorId) -> bool:
        """Tell whether a bot plays the seat."""
        return self.chairs[seat].occupant == "bot"

    def ask(self, seat: ActorId) -> list[Move] | BotError:
        """Return what the bot of a seat decides; changes nothing, so that it may be given up on."""
        return self._bots.ask(seat)

    def order(self, seat: ActorId, decided: list[Move] | BotError) -> None:
        """Let a seat order what its bot decided."""
        self._bots.order(seat, decided)

    def dismiss(self, seat: ActorId) -> None:
        """Send the bot of a seat away for good: from now on the seat passes, unless a human takes it."""
        self._playing.pop(seat, None)
        self._dismissed.append(seat)
        if self.is_bot(seat):
            self.chairs[seat].occupant = "empty"
