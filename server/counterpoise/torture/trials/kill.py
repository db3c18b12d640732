"""The trial ``kill``."""

from __future__ import annotations

import asyncio
import signal
import time
from statistics import median

from counterpoise.gateway.loading.recovery import recover
from counterpoise.gateway.machine import Machine
from counterpoise.session.replay import replay
from counterpoise.session.session_setup import ServerSecrets
from counterpoise.store.journal_file import JournalFile
from counterpoise.torture.acknowledged_orders import Comparison, compared
from counterpoise.torture.host_process import HostProcess
from counterpoise.torture.ordering_player import players_of
from counterpoise.torture.trial import Trial, TrialRun

GAME_DAYS = 300
"""How many days of the game all periods between kills take together."""
KILLING_SHARE = 0.8
"""In this share of its time the trial kills; then it compares, so that a slow machine gives figures too."""
COMPARED_EVERY = 10
"""In the whole trial, after each of so many kills a restart from a snapshot is compared with a replay from the start."""


class Kill(Trial):
    """Kills the server at random moments."""

    name = "kill"
    does = "Kills the server at random moments while players order, and starts it again."
    passes = "No acknowledged order is lost, doubled or changed, every player goes on, and a restart equals a replay."
    seconds_max = (7200.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Play, kill and compare."""
        kills, clients = run.size(200, 5), run.size(20, 8)
        sessions = ("s", "t", "u")[: run.size(3, 1)]
        random, restarts, snapshots = run.random("kill"), list[float](), list[int]()
        until = time.monotonic() + KILLING_SHARE * self.seconds_max[run.quick]
        async with run.host(sessions=sessions, days_per_second=max(1.0, GAME_DAYS / kills)) as host:
            players = players_of(host, clients)
            done = asyncio.Event()
            playing = asyncio.gather(*(player.play(done) for player in players))
            try:
                for number in range(kills):
                    if time.monotonic() > until:
                        break
                    await asyncio.sleep(random.uniform(*((0.5, 1.5) if not run.quick else (1.0, 2.5))))
                    await host.kill()
                    if run.quick or number % COMPARED_EVERY == 0:
                        snapshots += _restart_compared(run, host, forget=number % (2 * run.size(COMPARED_EVERY, 1)) > 0)
                    began = time.monotonic()
                    await host.start()
                    restarts.append(time.monotonic() - began)
                    run.show((number + 1) / kills)
                await asyncio.sleep(1.5)
            finally:
                done.set()
                await asyncio.wait_for(playing, 60)
            run.require(await host.kill(signal.SIGTERM) == 0, "the server did not end in good order after SIGTERM")
            found = Comparison()
            for session in sessions:
                own = [player for player in players if player.session == session]
                found += compared(host.journal(session), own, session)
        run.figure("kills", len(restarts))
        run.require(len(restarts) == kills, f"there was time for {len(restarts)} of {kills} kills only")
        run.figure("clients", clients)
        run.figure("orders acknowledged", found.acknowledged)
        run.figure("lost", found.lost)
        run.figure("doubled", found.doubled)
        run.figure("receipts changed", found.changed)
        run.figure("messages missed", found.missed)
        resumes = [seconds for player in players for seconds in player.resumes]
        run.figure("longest restart", max(restarts), "s")
        run.figure("median time until a player goes on", median(resumes) if resumes else 0.0, "s")
        run.require(found.is_sound, str(found))
        run.require(
            found.acknowledged > 25 * len(restarts), f"too little was ordered to prove anything: {found.acknowledged}"
        )
        run.require(max(snapshots, default=0) > 0, "no restart began at a snapshot")
        run.require(all(player.resumes for player in players), "a player never came back")
        strange = {welcome for player in players for welcome in player.welcomes} - {"fresh", "delta"}
        run.require(not strange, f"a player had to begin again: {sorted(strange)}")


def _restart_compared(run: TrialRun, host: HostProcess, *, forget: bool) -> list[int]:
    """Compare a restart from the last snapshot with a replay from the start; return how many snapshots each journal has.

    Args:
        run: notes a difference.
        host: a server that was killed.
        forget: whether to delete the snapshots first, so that the next restart replays everything too.
    """
    counts, salt = list[int](), Machine().salt
    for session in host.sessions:
        with JournalFile.open(host.journal_path(session)) as journal:
            counts.append(len(journal.snapshots.places()))
            if forget:
                journal.snapshots.delete_after(0)
            recovered = recover(journal, secrets=ServerSecrets(salt)).session
            whole = replay(list(journal.entries()), session, streaming=True, secrets=ServerSecrets(salt))
        for found in (recovered, whole):
            found.take_entries()
            found.take_outputs()
        run.require(recovered.snapshot() == whole.snapshot(), f"the restart of {session} is not what its replay gives")
    return counts
