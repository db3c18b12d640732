"""The estimators of the check. Nothing here is reached by a forecast.

Uncertainty is clustered on the chooser within the session, or on the session where there are many, since one player's
decisions resemble each other. Every function is deterministic: its generator is seeded with a constant. Where data cannot
carry an estimate (separation, a column that does not vary, too few clusters) the answer is ``None``, never a warning.
"""

from counterpoise.theory.statistics.choices import (
    ChoiceSet,
    choice_fit,
    conditional_logit,
    heldout_choice_scores,
    likelihood,
)
from counterpoise.theory.statistics.contrasts import (
    attributions,
    least_of,
    matched_difference,
    pooled_index,
    rate_ratio,
    shapley_shares,
)
from counterpoise.theory.statistics.fitting import Cluster, Fit, spread
from counterpoise.theory.statistics.hazards import hazard_ratio
from counterpoise.theory.statistics.linear import difference
from counterpoise.theory.statistics.logit import heldout_logit_scores, logit
from counterpoise.theory.statistics.mixtures import stacked
from counterpoise.theory.statistics.network import (
    checkerboard,
    hostile_between,
    in_place,
    modularity,
    null_of,
    shuffles,
    sphere,
    triads,
)
from counterpoise.theory.statistics.ranking import CalibrationBin, Histogram, Reliability, rank_correlation
from counterpoise.theory.statistics.resampling import binomial_p, mean_interval, paired_permutation_p, ratio, resampled

__all__ = [
    "CalibrationBin",
    "ChoiceSet",
    "Cluster",
    "Fit",
    "Histogram",
    "Reliability",
    "attributions",
    "binomial_p",
    "checkerboard",
    "choice_fit",
    "conditional_logit",
    "difference",
    "hazard_ratio",
    "heldout_choice_scores",
    "heldout_logit_scores",
    "hostile_between",
    "in_place",
    "least_of",
    "likelihood",
    "logit",
    "matched_difference",
    "mean_interval",
    "modularity",
    "null_of",
    "paired_permutation_p",
    "pooled_index",
    "rank_correlation",
    "rate_ratio",
    "ratio",
    "resampled",
    "shapley_shares",
    "shuffles",
    "sphere",
    "spread",
    "stacked",
    "triads",
]
