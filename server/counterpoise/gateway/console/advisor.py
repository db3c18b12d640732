"""Answers what a moderator asks without changing anything: previews of injects, fears, and rehearsals."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.gateway.config import BotFactory
from counterpoise.gateway.console.console_news import ConsoleReporter
from counterpoise.gateway.seating.administration import Rehearse, TellFears, TryInject
from counterpoise.session.orders.waiting_injects import WaitingInject
from counterpoise.session.preview import Trial
from counterpoise.session.running_session import Session
from counterpoise.theory.threat import perceived, true
from counterpoise.wire.console_messages import FearNews, Preview


class Advisor:
    """Answers the moderators of one session.

    Args:
        session: the session.
        reporter: begins rehearsals where the session stands still.
        make_bots: makes the bots of a rehearsal.
        seed: draws the seed of a rehearsal.
    """

    def __init__(
        self, session: Session, reporter: ConsoleReporter, make_bots: BotFactory, seed: Callable[[], str]
    ) -> None:
        self._session, self._reporter, self._make_bots, self._seed = session, reporter, make_bots, seed

    async def answer(self, question: TryInject | TellFears | Rehearse) -> Preview | FearNews | None:
        """Answer a question; the session stays as it is, and must not move meanwhile.

        Raises:
            OrderError: the inject is not possible, there is no such seat, or a rehearsal is under way.
        """
        match question:
            case TryInject():
                return await self._preview(question)
            case TellFears():
                return self._fears()
            case Rehearse():
                if not self._reporter.want_rehearsal(self._make_bots, self._seed()):
                    got = "a rehearsal is under way. Wait until it is over."
                    raise OrderError("illegal", "$.command.kind", "", got, "rehearsal_runs")
        return None

    async def _preview(self, question: TryInject) -> Preview:
        if question.seat and question.seat not in self._session.seats:
            raise OrderError("unknown_seat", "$.command.seat", "a seat of this session", question.seat)
        wanted = WaitingInject("", question.inject, "", question.instead_of)
        return await asyncio.to_thread(Trial.of(self._session, wanted, question.seat).run)

    def _fears(self) -> FearNews:
        world = self._session.simulation.world
        actual, believed = (
            {
                str(observer): {str(other): round(threat.threat, 3) for other, threat in row.items()}
                for observer, row in matrix.items()
            }
            for matrix in (true(world), perceived(world))
        )
        return FearNews(world.calendar.iso(world.tick), actual, believed)
