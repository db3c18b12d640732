"""How Python's interpreter works while a server runs: when threads give way, and when it searches for garbage."""

from __future__ import annotations

import gc
import sys

SWITCH_SECONDS = 0.0005
"""A thread that computes gives way to the event loop this often. With Python's 5 ms every read and write of the loop may wait so
long: beside one computing thread the median answer to 30 clients took 18 ms, with this 7.5 ms, and the thread lost nothing
measurable."""
COLLECTIONS = (700, 10, 100)
"""How much is made before Python searches young, older and all objects for garbage. Searching all stops every session for 0.1 s
and more, and a crowd makes it happen: with Python's 10 for every 70 000 objects, with this for every 700 000 (some 100 MB)."""


class Interpreter:
    """The settings of this process, which a server changes while it runs."""

    def __init__(self) -> None:
        self._switch_seconds, self._collections = sys.getswitchinterval(), gc.get_threshold()

    def tune(self) -> None:
        """Let threads give way often, and never search what is loaded by now for garbage: it stays."""
        self._switch_seconds, self._collections = sys.getswitchinterval(), gc.get_threshold()
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.set_threshold(*COLLECTIONS)
        gc.freeze()

    def restore(self) -> None:
        """Set what was set before ``tune``."""
        sys.setswitchinterval(self._switch_seconds)
        gc.set_threshold(*self._collections)
        gc.unfreeze()
