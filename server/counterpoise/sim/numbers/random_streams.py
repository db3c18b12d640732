"""Named random streams: one per purpose, so that a new draw for one purpose does not change the draws of another."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from itertools import repeat
from random import Random

_random = Random.random
"""The generator's own method: ``super().random()`` takes half as long again, and a game draws thousands of numbers a year."""


class CountingRandom(Random):
    """A random generator that counts its draws. Its seed and the count are its whole state: a few bytes instead of 2 500."""

    draws = 0

    def random(self) -> float:
        """Return the next number in [0, 1)."""
        self.draws += 1
        return _random(self)

    def numbers(self, count: int) -> list[float]:
        """Return the next ``count`` numbers, in a third of the time of as many calls of ``random``."""
        draw = super().random
        self.draws += count
        return [draw() for _ in repeat(None, count)]

    def numbers_below(self, bounds: Sequence[float]) -> Generator[tuple[int, float], None, None]:
        """Draw one number for each bound, in order, and yield the places and numbers of those below their bounds.

        The caller may draw from this stream when a number is yielded: such draws come before that of the next bound.
        """
        draw = super().random
        drawn = counted = 0
        try:
            for bound in bounds:
                number = draw()
                drawn += 1
                if number < bound:
                    self.draws += drawn - counted
                    counted = drawn
                    yield drawn - 1, number
        finally:
            self.draws += drawn - counted

    def skip(self, count: int) -> None:
        """Make draws without using them."""
        draw = super().random
        for _ in range(count):
            draw()
        self.draws += count

    def restart(self, seed: str) -> None:
        """Seed the generator again and reset the count."""
        self.seed(seed)
        self.draws = 0


class Streams:
    """Provides one random generator per purpose, each seeded with ``seed/purpose``.

    A ``Random`` seeded with a string hashes it with SHA-512, so the streams do not depend on ``PYTHONHASHSEED``.

    Args:
        seed: any text.
        draws: the number of earlier draws from each stream, by purpose, for a restored simulation.
    """

    def __init__(self, seed: str, draws: Mapping[str, int] | None = None) -> None:
        self.seed = seed
        self._streams: dict[str, CountingRandom | int] = dict(draws or {})
        """A stream that nobody has asked for since the simulation was restored is the number of its earlier draws."""

    def __call__(self, purpose: str) -> CountingRandom:
        """Return the stream of a purpose. It is the same object each time, so that its draws continue."""
        stream = self._streams.get(purpose, 0)
        if isinstance(stream, int):
            count, stream = stream, CountingRandom(f"{self.seed}/{purpose}")
            stream.skip(count)
            self._streams[purpose] = stream
        return stream

    def reseed(self, seed: str) -> None:
        """Seed all streams again from another seed, those already returned included."""
        self.seed = seed
        for purpose, stream in self._streams.items():
            if isinstance(stream, int):
                self._streams[purpose] = 0
            else:
                stream.restart(f"{seed}/{purpose}")

    def copy(self) -> Streams:
        """Return independent streams that continue with the same draws."""
        copy = Streams(self.seed)
        for purpose, stream in self._streams.items():
            if isinstance(stream, int):
                copy._streams[purpose] = stream
                continue
            copied = copy._streams[purpose] = CountingRandom(0)
            copied.setstate(stream.getstate())
            copied.draws = stream.draws
        return copy

    def draws(self) -> dict[str, int]:
        """Return the number of draws from each stream, by purpose."""
        return {
            purpose: stream if isinstance(stream, int) else stream.draws for purpose, stream in self._streams.items()
        }
