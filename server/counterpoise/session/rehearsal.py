"""A rehearsal: bots play a throw-away copy of a session to its end, and what happened is counted. Nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import fsum

from counterpoise.session.commands import SERVER, Branch, Resume, Start, local_id
from counterpoise.session.in_process_play import BotPlayers
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise.wire.console_messages import RehearsalReport, RehearsedWar

MakeBots = Callable[[Session], Mapping[ActorId, Bot]]
FAILURES_MAX = 5
"""The failures of bots that a report tells."""


class Rehearsal:
    """Plays a copy of a session, one stop of the clock at a time. The session itself stays as it is.

    Args:
        session: a session that has not ended, all of whose entries and messages have been taken.
        make_bots: makes bots for the copy, of its own: those of the session have a game to play.
        seed: of all chance in the copy, so that a rehearsal does not tell what will happen in the session.
    """

    def __init__(self, session: Session, make_bots: MakeBots, seed: str) -> None:
        self._session = session.copy(kept=False)
        self._began, self._begins = self._session.now, len(self._session.simulation.world.incidents)
        self._command(0, Branch(seed))
        if self._session.phase in ("lobby", "paused"):
            self._command(1, Start() if self._session.phase == "lobby" else Resume())
        self._players = BotPlayers(self._session, make_bots(self._session))
        self._windows = self._calls = 0

    @property
    def is_over(self) -> bool:
        """Whether the copy has been played to its end."""
        return self._session.phase == "ended"

    @property
    def share(self) -> float:
        """How much of what was left of the session has been played, in [0, 1]."""
        left = self._session.end - self._began
        return 1.0 if self.is_over or left <= 0 else round((self._session.now - self._began) / left, 3)

    def step(self) -> None:
        """Let the bots decide, and the clock run to the next stop."""
        if self._session.called:
            self._windows += self._session.occasion == "window"
            self._calls += self._session.occasion == "call"
        self._players.decide(self._session.called)
        self._session.advance(self._session.end)

    def report(self) -> RehearsalReport:
        """Return what has happened in the copy so far."""
        session, world = self._session, self._session.simulation.world
        incidents = world.incidents[self._begins :]
        count = {kind: sum(1 for one in incidents if one.kind == kind) for kind in _COUNTED}
        pace = session.pace
        timed = pace.mode == "windows" and not pace.timetable
        seconds = self._windows * pace.window_seconds + self._calls * pace.call_seconds if timed else 0.0
        statistics = self._players.statistics
        failures = [one for failed in statistics.failures.values() for one in failed]
        return RehearsalReport(
            begins=world.calendar.iso(self._began),
            ends=world.calendar.iso(session.now),
            windows=self._windows,
            calls=self._calls,
            minutes=round(seconds / 60),
            wars=[
                RehearsedWar(world.calendar.iso(one.tick), one.actors[0], one.actors[1])
                for one in incidents
                if one.kind == "war_began"
            ],
            crises=count["crisis_opened"],
            pacts=count["alliance_formed"],
            pacts_ended=count["alliance_ended"],
            regimes=count["regime_changed"],
            events=count["scenario_inject"],
            orders=int(fsum(statistics.orders.values())),
            failures=failures[:FAILURES_MAX],
        )

    def _command(self, number: int, command: Branch | Start | Resume) -> None:
        self._session.command(SERVER, local_id(self._session.id, "rehearsal", number), command)


_COUNTED = ("crisis_opened", "alliance_formed", "alliance_ended", "regime_changed", "scenario_inject")
