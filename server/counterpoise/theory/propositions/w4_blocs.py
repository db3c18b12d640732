"""Family W4, the duration of ideological alliances: movements with one leader divide (Walt 1987, ch. 2, pp. 35-37; ch. 6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from counterpoise.theory.evidence.alliance_spells import Piece, disputes_inside, hazard, pieces, years
from counterpoise.theory.evidence.proposition import Proposition, Sample
from counterpoise.theory.evidence.verdict import Finding

ALIKE = 0.5
"""Similarity from which two regimes count as similar."""
SAME = 0.999
"""Similarity from which two regimes count as of one family."""


def _similar_alliances(sample: Sample, least: float) -> list[list[Piece]]:
    """Return the pieces of alliances in which the members' similarity is at least this much."""
    parts = ([piece for piece in spell if piece.similarity >= least] for spell in pieces(sample))
    return [part for part in parts if part]


def _divided(piece: Piece) -> float:
    return float(piece.divisive)


def _dispute_note(sample: Sample, cut: Sequence[Sequence[Piece]]) -> str:
    """Return a note on how often members acted against each other, in divisive movements and elsewhere."""
    rates = []
    for divisive in (True, False):
        part = [piece for spell in cut for piece in spell if piece.divisive == divisive]
        lasted = years(part)
        rates.append(f"{disputes_inside(sample, part) / lasted:.3f}" if lasted > 0.0 else "none observed")
    return f"disputes among members a year: {rates[0]} in divisive movements, {rates[1]} elsewhere"


class OneLeaderDivides(Proposition):
    """Walt (1987), pp. 35-37 and 40: an ideology with one centre makes its followers rivals. Cox (1972) model.

    The sample is alliances among similar regimes, so that divisiveness is not confused with similarity.
    """

    id: ClassVar[str] = "W4.2"
    family: ClassVar[str] = "W4"
    claim: ClassVar[str] = (
        "Alliances of a movement that prescribes one leader are more fragile than other alliances of similar regimes."
    )
    statistic: ClassVar[str] = "log hazard ratio of the end of divisive alliances, among similar regimes (Cox model)"
    unit: ClassVar[str] = "alliance of similar regimes"
    n_min: ClassVar[int] = 30

    def test(self, sample: Sample) -> Finding:
        """Return the log hazard ratio of divisiveness among similar regimes."""
        cut = _similar_alliances(sample, ALIKE)
        return hazard(sample, cut, [_divided], note=_dispute_note(sample, cut))


class PanMovementsBreakFirst(Proposition):
    """Walt (1987), pp. 35-37, and ch. 6: pan-Arab and Leninist blocs against blocs of monarchies and of democracies.

    The sample is alliances of regimes of one family; families differ in whether their creed prescribes one leader. For
    democracies' longer commitments see Gaubatz (1996).
    """

    id: ClassVar[str] = "W4.2b"
    family: ClassVar[str] = "W4"
    claim: ClassVar[str] = (
        "Blocs of a pan-movement or Leninist creed end sooner than those of monarchies or democracies."
    )
    statistic: ClassVar[str] = "log hazard ratio of the end of divisive blocs, among regimes of one family (Cox model)"
    unit: ClassVar[str] = "alliance of regimes of one family"
    n_min: ClassVar[int] = 30

    def test(self, sample: Sample) -> Finding:
        """Return the log hazard ratio of divisiveness within families of regimes."""
        cut = _similar_alliances(sample, SAME)
        return hazard(sample, cut, [_divided], note=_dispute_note(sample, cut))
