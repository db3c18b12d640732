"""The decisions that hypotheses forecast, with the scores that several of them share computed once."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from counterpoise.theory.forecasting.layout import Layout
from counterpoise.theory.forecasting.scores import OTHERS, Scores
from counterpoise.theory.forecasting.utility import Danger, Utilities
from counterpoise.theory.portable import Mask, Numbers, read_only


class Window(Layout):
    """Decisions under one set of parameters: those of a window, or any others."""

    @cached_property
    def by_threat(self) -> Scores:
        """The utilities against the top threat alone, without ideology, aid, penetration and habit."""
        utilities, partners = self._utilities, self.partners
        return self.scores(
            partners=utilities.balance(partners.will, self._worth, utilities.neutral),
            bandwagon=utilities.bandwagon(),
            neutral=utilities.neutral,
            hide=utilities.hide(partners.power * partners.fear_of_top_threat * partners.will),
        )

    @cached_property
    def by_threat_and_affinity(self) -> Scores:
        """The utilities against the top threat with ideology, aid, penetration and habit included."""
        utilities, bare = self._utilities, self.by_threat
        neutral = utilities.neutral + self.parameters.inertia * self.neutral
        attractions = utilities.affinities(self.alignments)
        return self.scores(
            partners=utilities.balance(self.partners.will, self._worth, neutral) + attractions[:, :-1],
            bandwagon=bare.bandwagon + attractions[:, -1:],
            neutral=neutral,
            hide=bare.hide,
        )

    def scores(self, partners: Numbers, bandwagon: Numbers, neutral: Numbers, hide: Numbers) -> Scores:
        """Return the scores of a menu whose partners form the nest of the choice rule.

        Args:
            partners: of aligning with each partner, A x K, in utility units.
            bandwagon: of joining the top threat, A x 1.
            neutral: of neutrality, A x 1.
            hide: of hiding, A x 1.
        """
        values = np.concatenate((partners, bandwagon, neutral, hide), axis=1)
        return Scores(np.where(self.options, values, 0.0), self._nest)

    def scores_of_alignments(self, scores: Numbers) -> Scores:
        """Return the scores of a menu on which doing nothing scores 0.

        Args:
            scores: of aligning with each partner and, in the last column, with the top threat; A x (K + 1).
        """
        if scores.shape != self.alignments.threat.shape:
            expected, got = (" x ".join(map(str, shape)) for shape in (self.alignments.threat.shape, scores.shape))
            raise ValueError(f"expected {expected} scores, decisions by partners and the top threat, got {got}")
        nothing = np.zeros((len(self.points), 1))
        return self.scores(scores[:, :-1], scores[:, -1:], nothing, nothing)

    @cached_property
    def _nest(self) -> Mask:
        nest = self.options.copy()
        nest[:, -OTHERS:] = False
        return read_only(nest)

    @cached_property
    def _utilities(self) -> Utilities:
        source = self.source
        return Utilities(self, Danger(source.power, source.reach, source.offense, source.intentions, self.threat))

    @cached_property
    def _worth(self) -> Numbers:
        """The worth of each partner's help against the top threat, A x K."""
        return self._utilities.accepted(self.partners, self.is_top_threat[:, :-1])
