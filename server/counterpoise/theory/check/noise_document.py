"""What players without a theory would give, beside an estimate of a debrief."""

from __future__ import annotations

from msgspec import Struct

from counterpoise.document_schema import Interval, PositiveCount, Share


class NoiseRange(Struct, frozen=True):
    """What an estimate from as many observations comes to under one kind of noise."""

    mean: float
    """The mean estimate."""
    range: Interval
    """The range that holds 95 % of the estimates."""
    estimates: PositiveCount
    """How many estimates of the benchmark it rests on."""


class NoiseBeside(Struct, frozen=True):
    """Both kinds of noise beside one estimate; each is null where the benchmark has too few estimates."""

    random: NoiseRange | None
    """Random players."""
    p: Share | None
    """Two-sided p of the estimate if random players had made it."""
    shuffled: NoiseRange | None
    """Default bots, with threats that have changed places."""
