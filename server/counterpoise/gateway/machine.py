"""What a server takes from its machine beside the event loop and the shelf: chance, threads and the time of day."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counterpoise.gateway.bot_pool import StartBots, start_bot_thread
from counterpoise.gateway.signing.server_key import ServerKey, open_private_key
from counterpoise.session.journal.entries import SALT_BYTES
from counterpoise.store.writer import StartWorker, ThreadWorker

SALTS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Machine:
    """The real machine by default; a simulation passes its own chance and does without threads.

    Args:
        random: draws names, seeds, secrets and salts, by default from the operating system.
        start_bots: starts the thread in which bots decide.
        start_worker: starts the thread that writes a journal.
        wall: gives the seconds since 1970, for windows that close at a time of day.
        open_key: returns the server's private key, from the file that the settings name.
    """

    random: Random = field(default_factory=secrets.SystemRandom)
    start_bots: StartBots = start_bot_thread
    start_worker: StartWorker = ThreadWorker
    wall: Callable[[], float] = time.time
    open_key: Callable[[Path], Ed25519PrivateKey] = open_private_key
    _salts: list[bytes] = field(default_factory=list, init=False, repr=False, compare=False)
    """Salts that are drawn and not used yet. Asking the system for each takes 15 microseconds, a tenth of an order's time."""

    def hex(self, count: int) -> str:
        """Return so many random bytes in hex."""
        return self.random.randbytes(count).hex()

    def server_key(self, path: Path) -> ServerKey:
        """Return the server's key; raise as ``open_private_key``."""
        return ServerKey(self.open_key(path), self.salt)

    def salt(self) -> bytes:
        """Return the salt of an entry: unguessable, so that an erased body cannot be found by trial from its commitment."""
        while True:
            try:
                return self._salts.pop()  # threads of several sessions draw: nothing may come between a check and a pop
            except IndexError:
                drawn = self.random.randbytes(SALT_BYTES * SALTS_AT_ONCE)
                self._salts.extend(drawn[at : at + SALT_BYTES] for at in range(0, len(drawn), SALT_BYTES))
