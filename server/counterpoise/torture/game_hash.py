"""The hash of a game's journal, played in a new process of any Python that has the libraries of a game."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import counterpoise
import counterpoise_clients
from counterpoise.errors import InputError
from counterpoise.torture.host_process import bare_environment, end_process

NEWEST_MINOR = 20
"""Pythons from 3.11 up to this one are looked for."""
NEEDED = ("simpy", "msgspec", "numpy")
"""The libraries that a game needs: the clock, the validation and the arrays. Everything else is our own pure Python."""
GAME = """
import hashlib, sys
from pathlib import Path
from counterpoise.session.running_session import Session
from counterpoise.session.journal.entries import export_lines
from counterpoise.session.in_process_play import play
from counterpoise_clients import roster
text = sys.stdin.read()
session = Session(scenario_text=text, seed=sys.argv[1], session_id="s", secret="x")
bots = {seat: roster.load_bot(roster.default_bot(seat, "7"))(f"7/bot/{seat}") for seat in session.seats}
play(session, bots, until=int(sys.argv[2]))
print(hashlib.sha256(b"".join(export_lines(session.take_entries()))).hexdigest())
"""


async def game_hash(
    text: str, days: int, *, seed: str, python: str = sys.executable, variables: Mapping[str, str] | None = None
) -> str:
    """Play a game of bots in a new process; return the SHA-256 of its exported journal.

    Args:
        text: the scenario.
        days: how many days to play.
        seed: the seed of the game.
        python: the interpreter; it uses this installation of counterpoise and its own libraries.
        variables: environment variables of the process.

    Raises:
        InputError: the interpreter cannot play the game.
    """
    roots = [Path(str(package.__file__)).parents[1] for package in (counterpoise, counterpoise_clients)]
    process = await asyncio.create_subprocess_exec(
        python, "-c", GAME, seed, str(days),
        env={**bare_environment(), "PYTHONPATH": os.pathsep.join(map(str, roots)), **(variables or {})},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        found, said = await process.communicate(text.encode())
    finally:
        await end_process(process)
    if process.returncode:
        lines = said.decode(errors="replace").strip().splitlines()
        raise InputError(python, "", "", f"cannot play a game: {lines[-1] if lines else 'it ended silently'}")
    return found.decode().strip()


def other_pythons() -> list[str]:
    """Return the interpreters from 3.11 up on this machine, other than the one that runs, one for each version."""
    found: dict[str, str] = {}
    for minor in range(11, NEWEST_MINOR + 1):
        installed = sorted(str(path) for path in Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python3"))
        for path in (*installed, shutil.which(f"python3.{minor}")):
            if path is not None and minor != sys.version_info.minor and os.access(path, os.X_OK):
                found.setdefault(str(minor), path)
    return list(found.values())
