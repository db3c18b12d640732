"""Noise beside the estimates of a debrief, as text."""

from __future__ import annotations

from collections.abc import Sequence

from counterpoise.cli.terminal import console
from counterpoise.theory.check.debrief_document import HypothesisRow, PropositionRow
from counterpoise.theory.check.noise_document import NoiseBeside, NoiseRange

HEADINGS = ("random players", "shuffled threats")
"""Of the two columns of noise."""

BLIND_ALONE = "blind choice from the same menus gives"
"""What else gives an effect where no random players are known."""


def noise_cells(noise: NoiseBeside | None) -> tuple[str, str]:
    """Return the cells below ``HEADINGS``: the mean and the range that holds 95 % of the estimates."""
    return ("-", "-") if noise is None else (_cell(noise.random), _cell(noise.shuffled))


def is_known(rows: Sequence[PropositionRow | HypothesisRow]) -> bool:
    """Tell whether the noise of any row is known."""
    return any(row.noise is not None for row in rows)


def print_noise(rows: Sequence[PropositionRow], *, has_columns: bool) -> None:
    """Print which propositions are no more than noise, and what the columns of noise are.

    Args:
        rows: all propositions.
        has_columns: whether a table above has the columns of noise.
    """
    within = [row.id for row in rows if row.within_noise]
    if within:
        causes = "blind choice from the same menus or random players give" if is_known(rows) else BLIND_ALONE
        console.print(
            f"No more than noise: {', '.join(within)}. Their intervals leave out the null, but {causes} as much."
        )
    if has_columns:
        console.print(
            "Random players, shuffled threats: the mean and the range of 95 % of the estimates that players without a theory "
            "give from as many observations. A verdict that an effect is there lies beyond random players.",
            style="dim",
        )


def _cell(noise: NoiseRange | None) -> str:
    if noise is None:
        return "-"
    mean, low, high = (f"{value + 0.0:.2f}" for value in (round(part, 2) for part in (noise.mean, *noise.range)))
    return f"{mean} ({low} to {high})"
