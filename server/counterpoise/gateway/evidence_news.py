"""How the evidence stands during play: computed in a thread when a window has closed, and sent to those who may see it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from msgspec import structs

from counterpoise.gateway.audience import Audience
from counterpoise.gateway.connection import Connection
from counterpoise.gateway.outbox import EncodedMessage
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.sim.world import Incident
from counterpoise.wire.messages import EvidenceNews

if TYPE_CHECKING:
    from counterpoise.session.running_evidence import RunningEvidence

_NOTHING = EvidenceNews(-1, "", shown=False, hypotheses=[], evidence={})
"""Tells whoever was shown the evidence that it is shown no longer."""


class EvidenceReporter:
    """Sends moderators how the evidence stands after each window, and everyone else while a moderator shows it.

    It computes only while somebody may see the result, one computation at a time: where windows close faster, the next takes
    them together.

    Args:
        session: the session.
        audience: its connections.
        start: starts work beside the room's.
    """

    def __init__(
        self, session: Session, audience: Audience, start: Callable[[Coroutine[Any, Any, None]], None]
    ) -> None:
        self._session, self._audience, self._start = session, audience, start
        self._evidence: RunningEvidence | None = None
        self._taken = 0
        """How many decisions were taken from the session's ledger."""
        self._heard = 0
        """How many of the world's incidents were taken."""
        self._waiting: list[bytes] = []
        """Those of the decisions that are still to be counted, packed."""
        self._happened: list[Incident] = []
        """The incidents that are still to be read."""
        self._is_computing = self._is_shown = False
        self._report: EvidenceNews | None = None
        self._for_moderators = self._for_others = EncodedMessage(_NOTHING)
        self._told: WeakKeyDictionary[Connection, EncodedMessage] = WeakKeyDictionary()
        """The last such message to each connection."""

    def follow(self) -> None:
        """Take up what has been committed, and who has come: call it after every commit and admission."""
        if self._is_shown != self._session.evidence_shown:
            self._is_shown = self._session.evidence_shown
            self._renew()
        if any(self._may_see(address) for address, _ in self._audience.connections()):
            made = self._session.ledger.made_since(self._taken)
            self._taken += len(made)
            self._waiting.extend(made)
            if made:
                happened = self._session.simulation.world.incidents[self._heard :]
                self._heard += len(happened)
                self._happened.extend(happened)
            if not self._is_computing and (self._waiting or self._report is None):
                self._is_computing = True
                self._start(self._compute())
        self._send()

    def _may_see(self, address: str) -> bool:
        return self._is_shown or address == MODERATOR

    async def _compute(self) -> None:
        try:
            while self._waiting or self._report is None:
                made, self._waiting = self._waiting, []
                happened, self._happened = self._happened, []
                self._report = await asyncio.to_thread(self._count, made, happened)
                self._renew()
                self._send()
        finally:
            self._is_computing = False

    def _count(self, made: list[bytes], happened: list[Incident]) -> EvidenceNews:
        """Count what was done in the windows of these decisions; return the report, as if it were not shown."""
        from counterpoise.session.running_evidence import (
            RunningEvidence,  # imports numpy; a server must not start slower for it
            compared_hypotheses,
        )

        if self._evidence is None:
            self._evidence = RunningEvidence({actor.id: actor.name for actor in self._session.scenario.actors})
        self._evidence.add(made, happened)
        return EvidenceNews(
            self._evidence.window, self._evidence.date, False, compared_hypotheses(), self._evidence.brief()
        )

    def _renew(self) -> None:
        """Make the messages anew, after the report or who may see it has changed."""
        if self._report is None:
            return
        self._for_moderators = EncodedMessage(structs.replace(self._report, shown=self._is_shown))
        self._for_others = EncodedMessage(_for_everyone(self._report) if self._is_shown else _NOTHING)

    def _send(self) -> None:
        """Send the newest messages; to those who may not see the evidence, only that it is no longer shown to them."""
        if self._report is None:
            return
        for address, connection in self._audience.connections():
            told = self._told.get(connection)
            if told is None and not self._may_see(address):
                continue
            message = self._for_moderators if address == MODERATOR else self._for_others
            # Whoever was told that it is hidden needs no second word of it.
            if told is None or told.message != message.message:
                connection.enqueue(message)
                self._told[connection] = message


def _for_everyone(report: EvidenceNews) -> EvidenceNews:
    """Return a report for players, who may learn neither what is done in secret nor which bots play."""
    groups = [{**group, "acts": {}, "carriers": ""} for group in report.evidence["groups"] if group["kind"] == "tested"]
    return structs.replace(report, shown=True, evidence={**report.evidence, "groups": groups})
