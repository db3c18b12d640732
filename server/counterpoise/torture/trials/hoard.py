"""The trial ``hoard``."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
import time
from collections import Counter
from pathlib import Path

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from counterpoise.scenario_files import scenario_text
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.store.journal_file import JournalFile
from counterpoise.torture.attack import attacked
from counterpoise.torture.guest import MSGPACK, ConnectionEnded, Guest, small_socket
from counterpoise.torture.host_process import HostProcess
from counterpoise.torture.trial import Trial, TrialRun
from counterpoise_clients import roster

PAST = "past"
"""The name of the session that has ended."""
PIPELINED = 20
LOOK_SECONDS = 1 / 19
ASKED_AGAIN_SECONDS = 0.3
LOST = (OSError, EOFError, InvalidHandshake, ConnectionClosed, ConnectionEnded, TimeoutError)


class Hoarders(Trial):
    """Asks for more than anybody can read."""

    name = "hoard"
    does = "Lets observers ask for a long debrief again and again without reading, and a crowd look 19 times a second."
    passes = "Memory stays bounded, each of 20 pipelined looks has its own answer, and the other session plays on."
    seconds_max = (1800.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Play a game to its end, serve it beside another one, and ask."""
        scenario = "checkerboard" if run.quick else "middle-east-1955"
        async with run.host(scenario=scenario, sessions=(PAST,)) as host:
            await host.kill(signal.SIGTERM)
            host.journal_path().unlink()
            await asyncio.to_thread(_play_to_end, scenario, host.journal_path())
            await host.start()
            observers = host.links["observer"]
            size = await _debrief_bytes(Guest(observers, MSGPACK))
            await host.kill(signal.SIGTERM)
        run.show(0.4)
        async with run.host(days_per_second=1.0) as beside:
            observers = observers.replace(f":{host.port}/", f":{beside.port}/")
            await _debrief_bytes(Guest(observers, MSGPACK))  # it is computed once, before anything is measured
            hoarders, crowd = run.size(12, 6), run.size(40, 12)
            async with attacked(run, beside, megabytes_peak=60 + 3 * size / 1_000_000):
                await _hoard(run, beside, observers, hoarders, run.size(20, 4))
                run.show(0.6)
                looks = await _look_in_crowd(beside, crowd, run.size(15, 3))
                run.show(0.9)
                await _pipeline(run, beside)
        run.figure("bytes of the debrief", size)
        run.figure("observers who do not read", hoarders)
        run.figure("observers who look", crowd)
        run.figure("looks of the crowd", looks)


def _play_to_end(scenario: str, path: Path) -> None:
    """Write the journal of a whole game of bots."""
    text, source = scenario_text(scenario)
    session = Session(
        scenario_text=text, seed="1", session_id=PAST, secret=secrets.token_hex(16), setup=ScenarioSetup(source=source)
    )
    play(session, {seat: roster.load_bot("status-quo")(f"1/{seat}") for seat in session.seats})
    with JournalFile.create(path) as journal:
        journal.append(session.take_entries())


async def _debrief_bytes(guest: Guest) -> int:
    """Ask for the debrief and read it; return the length of its frame."""
    await guest.join()
    await guest.say("ask_debrief")
    await guest.hear("debrief", within=120)
    size = max(len(frame) for frame in guest.frames)
    await guest.leave()
    return size


async def _hoard(run: TrialRun, host: HostProcess, link: str, count: int, seconds: float) -> None:
    """Let observers ask for the debrief without reading it, until the time is over."""
    until = time.monotonic() + seconds
    asked = sum(await asyncio.gather(*(_ask_and_read_nothing(link, until) for _ in range(count))))
    run.figure("debriefs asked for", asked)
    run.require(asked > count, "no observer could ask more than once")


async def _ask_and_read_nothing(link: str, until: float) -> int:
    asked = 0
    while time.monotonic() < until:
        guest = Guest(link, MSGPACK)
        with contextlib.suppress(*LOST):
            await guest.open(sock=await small_socket(guest.url), max_queue=1)
            await guest.say_hello()
            await guest.hear("welcome")
            guest.stop_reading()
            while time.monotonic() < until:
                await guest.say("ask_debrief")
                asked += 1
                await asyncio.sleep(ASKED_AGAIN_SECONDS)
        await guest.abandon()
    return asked


async def _look_in_crowd(host: HostProcess, count: int, seconds: float) -> int:
    """Let a crowd look as fast as nobody may, through one link; return how many looks were sent."""
    until, seats = time.monotonic() + seconds, list(host.seats["s"])
    return sum(
        await asyncio.gather(
            *(_look_fast(host.links["observer"], seats[number % len(seats)], until) for number in range(count))
        )
    )


async def _look_fast(link: str, seat: str, until: float) -> int:
    looks = 0
    while time.monotonic() < until:
        guest = Guest(link, MSGPACK)
        with contextlib.suppress(*LOST):
            await guest.join()
            guest.keeps = "nothing"
            while time.monotonic() < until:
                await guest.say("look", seat=seat)
                looks += 1
                await asyncio.sleep(LOOK_SECONDS)
        await guest.abandon()
    return looks


async def _pipeline(run: TrialRun, host: HostProcess) -> None:
    """Send looks without waiting for answers: each has exactly one, with its id."""
    guest = Guest(next(iter(host.seats["s"].values())))
    await guest.join()
    asked = [secrets.token_hex(16) for _ in range(PIPELINED)]
    for look in asked:
        await guest.say("look", id=look)
    answered = Counter[str]()

    def all_answered() -> bool:
        answered.clear()
        answered.update(message.id for tag in ("observe", "error") for message in guest.all(tag) if message.id)
        return set(answered) >= set(asked)

    with contextlib.suppress(TimeoutError):
        await guest.until(all_answered)
    wrong = [look for look in asked if answered[look] != 1]
    run.figure("pipelined looks", PIPELINED)
    run.figure("looks without exactly one answer", len(wrong))
    run.require(not wrong, f"{len(wrong)} of {PIPELINED} pipelined looks were not answered exactly once")
    await guest.leave()
