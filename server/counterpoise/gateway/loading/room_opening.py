"""Open the room of a session: start the writer of its journal and seat its players."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.console.pause_limit import kept_pause
from counterpoise.gateway.debriefs.computing import DebriefComputing
from counterpoise.gateway.loading.found_loss import kept_loss
from counterpoise.gateway.loading.recovery import RecoveredSession
from counterpoise.gateway.machine import Machine
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.play.participants import kept_play
from counterpoise.gateway.play.recorder import PlayRecorder
from counterpoise.gateway.room import Room
from counterpoise.gateway.seating.absence import kept_absence
from counterpoise.gateway.seats import Seats
from counterpoise.gateway.signing.checkpoints import CheckpointSigner
from counterpoise.gateway.signing.server_key import ServerKey
from counterpoise.gateway.stop_keeper import kept_stop
from counterpoise.session.commands import SERVER, Start, local_id
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise.store.journal import Journal
from counterpoise.store.writer import JournalWriter


class RoomOpener:
    """Opens the rooms of one server.

    Args:
        config: settings of the server.
        metrics: metrics of the server.
        link: returns the join link for a session and a token.
        machine: chance and threads.
    """

    def __init__(
        self, config: ServerConfig, metrics: Metrics, link: Callable[[str, str], str], machine: Machine
    ) -> None:
        self._config, self._metrics, self._link, self._machine = config, metrics, link, machine
        self._debriefs = DebriefComputing()

    async def open(
        self, recovered: RecoveredSession, name: str, journal: Journal, bots: Mapping[ActorId, Bot], key: ServerKey
    ) -> Room:
        """Return the room of a session, which is not running yet. From now on the room's writer has the journal.

        Args:
            recovered: the session.
            name: the name of its journal on the shelf.
            journal: open for writing; it is closed if the room cannot be opened.
            bots: the bots, by seat.
            key: signs the checkpoints.

        Raises:
            StorageError: the journal cannot be written.
        """
        session = recovered.session
        start, measure = self._machine.start_worker, self._metrics.committed
        writer = JournalWriter(journal, measure=measure, start_worker=start)
        try:
            if self._config.autostart and session.phase == "lobby":
                session.command(SERVER, local_id(session.id, SERVER, 1), Start())
            holders = await writer.call(lambda held: held.tokens.holders())
            seats = Seats(session, bots, holders)
            kept = await writer.call(lambda held: kept_play(held, lambda: self._machine.hex(16)))
            wall, now = self._machine.wall, asyncio.get_running_loop().time
            play = PlayRecorder(session, seats, writer, kept, wall=wall, now=now, salt=key.salt)
            signer = CheckpointSigner(session, key, play)
            written = signer.take_entries()
            await writer.append(written, rows=play.take(written))
            return Room(
                session,
                name,
                writer,
                seats,
                self._config,
                self._metrics,
                snapshots=recovered.snapshots,
                debriefs=self._debriefs,
                link=self._link,
                asked=recovered.asked,
                kept=await writer.call(kept_stop),
                kept_pause=await writer.call(kept_pause),
                away=await writer.call(kept_absence),
                holders=await writer.call(lambda held: held.tokens.people()),
                loss=await writer.call(kept_loss),
                machine=self._machine,
                signer=signer,
            )
        except BaseException:
            await writer.close()
            raise
