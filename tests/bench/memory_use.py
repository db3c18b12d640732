"""Add running sessions to this process and print its resident memory after each count.

The memory benchmark starts this script.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path

from bot_games import new_game, play_years
from measurement import scenario

from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId

MEGABYTE = 1024 * 1024


def resident() -> float:
    """Return the resident set in megabytes."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def empty_out(session: Session) -> None:
    """Remove the entries and messages that a server would have stored and sent."""
    session.take_entries()
    session.take_outputs()


def main(counts: list[int], years: float, whole: float) -> dict[str, object]:
    """Return the resident memory without sessions and with each count of them, and the growth of one session to its end."""
    text = scenario("middle-east-1955")
    running: list[tuple[Session, dict[ActorId, Bot]]] = []
    empty, sizes = resident(), []
    for count in counts:
        while len(running) < count:
            session, bots = new_game(text, str(len(running)), name=f"s{len(running)}", streaming=True)
            play_years(session, bots, years, empty_out)
            running.append((session, bots))
        sizes.append(resident())
    session, bots = running[0]
    play_years(session, bots, whole - years, empty_out)
    return {"empty": empty, "sizes": sizes, "grown": resident() - sizes[-1], "seats": len(session.seats)}


if __name__ == "__main__":
    print(json.dumps(main(**json.loads(sys.argv[1]))))
