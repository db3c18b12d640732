"""Named random streams: one per purpose, so that a new draw in one place moves no draw in another."""

from __future__ import annotations

from random import Random


class Streams:
    """Hands out one generator per purpose, each seeded with ``seed/purpose``.

    A ``Random`` seeded with a string hashes it with SHA-512, so the streams do not depend on ``PYTHONHASHSEED``.
    """

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self._streams: dict[str, Random] = {}

    def __call__(self, purpose: str) -> Random:
        """Return the stream for ``purpose``; the same object each time, so draws continue where they stopped."""
        stream = self._streams.get(purpose)
        if stream is None:
            stream = self._streams[purpose] = Random(f"{self.seed}/{purpose}")
        return stream

    def reseed(self, seed: str) -> None:
        """Draw from another seed from now on; generators already handed out go on with it too."""
        self.seed = seed
        for purpose, stream in self._streams.items():
            stream.seed(f"{seed}/{purpose}")
