"""The trial ``evil-files``."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from counterpoise.errors import InputError
from counterpoise.scenario_files import scenario_text
from counterpoise.torture.host_process import TRACEBACK, bare_environment, end_process
from counterpoise.torture.hostile_journals import hostile_journals
from counterpoise.torture.ordering_player import OrderingPlayer, players_of
from counterpoise.torture.trial import Trial, TrialRun

COMMAND_SECONDS = 60.0
"""A command that takes longer for a small file hangs. SQLite may check a file for ten seconds, on a busy machine more."""
AT_ONCE = 2
QUICK = ("endless-view", "an-endless-device", "unhashable", "dotted-key", "nested-lists")
"""The files of the quick trial's commands; the server meets the others too."""
SLOW = ("endless-pages",)
"""What the server checks for ten seconds before it refuses it; the quick trial leaves it out."""
READABLE = ("a-pipe",)
"""An export may come through a pipe: verify waits for whoever writes to it, as it should."""


class EvilFiles(Trial):
    """Gives the program files that were made to harm it."""

    name = "evil-files"
    does = "Puts hostile and damaged journals into the folder of a server and before verify, and scenarios before validate."
    passes = "Every file is refused alone with 65, in time and without a traceback, and the sound session is served."
    seconds_max = (2400.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Serve the folder, then verify and validate each file."""
        async with run.host(days_per_second=25.0) as host:
            (player,) = players_of(host, 1)
            await _order(player, 45)
            await host.kill(signal.SIGTERM)
            evil = hostile_journals(host.journal_path(), host.folder, without=SLOW if run.quick else ())
            began = time.monotonic()
            await host.start()
            run.figure("start with hostile files", time.monotonic() - began, "s")
            await _order(player, len(player.acked) + 5)
            for file in evil:
                run.require(file.name in host.log(), f"the log does not name {file.name}")
            await host.kill(signal.SIGTERM)
        run.show(0.3)
        commands = [("verify", file) for file in evil if file.stem not in READABLE]
        commands += [("validate", file) for file in _scenarios(run.folder)]
        commands = [(command, file) for command, file in commands if not run.quick or file.stem in QUICK]
        slowest = await _refused(run, commands)
        run.figure("hostile journals", len(evil))
        run.figure("commands", len(commands))
        run.figure("slowest command", slowest, "s")


def _scenarios(folder: Path) -> list[Path]:
    """Write scenario files that were made to cost time or memory."""
    sound, _ = scenario_text("checkerboard")
    texts = {
        "dotted-key": ".".join("a" * 244_000) + " = 1\n",
        "nested-lists": f"{sound}\nx = {'[' * 50_000}{']' * 50_000}\n",
        "nested-tables": f"{sound}\nx = {'{y=' * 20_000}1{'}' * 20_000}\n",
        "many-keys": sound + "".join(f"\nx{number} = {number}" for number in range(60_000)),
        "long-number": f"{sound}\nx = {'9' * 500_000}\n",
        "too-large": sound + "# " + "x" * 2_000_000,
        "zeros": "\0" * 10_000,
    }
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return [folder / f"{name}.toml" for name in texts]


async def _order(player: OrderingPlayer, acks: int) -> None:
    """Let a player order until it has so many acks."""
    done = asyncio.Event()
    playing = asyncio.create_task(player.play(done))
    try:
        async with asyncio.timeout(60):
            while len(player.acked) < acks:
                await asyncio.sleep(0.02)
    finally:
        done.set()
        await playing
        await player.guest.abandon()


async def _refused(run: TrialRun, commands: Sequence[tuple[str, Path]]) -> float:
    """Run commands, each about one file; note what is not refused as it should be, and return the time of the slowest."""
    gate, seconds = asyncio.Semaphore(AT_ONCE), list[float]()

    async def refuse(command: str, file: Path) -> None:
        async with gate:
            began = time.monotonic()
            problem = await _problem_of(run, command, file)
            seconds.append(time.monotonic() - began)
        run.require(not problem, f"{command} {file.name}: {problem}")
        run.show(0.3 + 0.7 * len(seconds) / len(commands))

    await asyncio.gather(*(refuse(command, file) for command, file in commands))
    return max(seconds)


async def _problem_of(run: TrialRun, command: str, file: Path) -> str:
    """Run a command about one file; return what is wrong with its end, or nothing."""
    process = await asyncio.create_subprocess_exec(
        *run.program, command, os.fspath(file), cwd=run.folder, env=bare_environment(),
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(COMMAND_SECONDS):
            _, said = await process.communicate()
    except TimeoutError:
        return f"it hangs: no end after {COMMAND_SECONDS:g} s"
    finally:
        await end_process(process)
    text = said.decode(errors="replace")
    if TRACEBACK in text:
        return "a traceback"
    if process.returncode != InputError.exit_code:
        return f"it ended with {process.returncode}, expected {InputError.exit_code}: {text.strip()[-200:]}"
    return "" if file.name in text else f"the error does not name the file: {text.strip()[-200:]}"
