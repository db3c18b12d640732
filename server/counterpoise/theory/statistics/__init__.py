"""The estimators of the check. Forecasts do not use them.

Uncertainty is clustered on the chooser within the session, or on the session where there are many, since one player's
decisions resemble each other. Every function is deterministic: its generator is seeded with a constant. Where the data
cannot carry an estimate (separation, a column that does not vary, too few clusters) a function returns ``None`` and gives
no warning.
"""

from counterpoise.theory.statistics.attributions import attributions, shapley_shares
from counterpoise.theory.statistics.choices import ChoiceSet, conditional_logit, heldout_choice_scores
from counterpoise.theory.statistics.contrasts import matched_difference, rate_ratio, smallest_gain
from counterpoise.theory.statistics.evidence_processes import ScoreComparisons, betting_process, merged, mixed
from counterpoise.theory.statistics.fitting import Cluster, Fit, standard_deviation
from counterpoise.theory.statistics.forecast_quality import (
    CalibrationBin,
    Histogram,
    Reliability,
    pairs_in_order,
    rank_correlation,
)
from counterpoise.theory.statistics.hazards import hazard_ratio
from counterpoise.theory.statistics.linear import adjusted_difference
from counterpoise.theory.statistics.logit import heldout_logit_scores, logistic, logit, ridged_logit
from counterpoise.theory.statistics.model_rows import ModelRows, kept_models
from counterpoise.theory.statistics.permutation_indices import (
    Index,
    checkerboard_index,
    compared_with_chance,
    hostile_path_index,
    identity_order,
    modularity_index,
    permutations,
    pooled_index,
    sphere_index,
    triad_balance,
)
from counterpoise.theory.statistics.predictions import Prediction, mixed_prediction, predicted
from counterpoise.theory.statistics.resampling import (
    bootstrap_ratio,
    bootstrap_statistic,
    clustered_interval,
    clustered_mean,
    mean_difference,
    mean_interval,
    paired_permutation_p,
)
from counterpoise.theory.statistics.stacking import stacked_mixture

__all__ = [
    "CalibrationBin",
    "ChoiceSet",
    "Cluster",
    "Fit",
    "Histogram",
    "Index",
    "ModelRows",
    "Prediction",
    "Reliability",
    "ScoreComparisons",
    "adjusted_difference",
    "attributions",
    "betting_process",
    "bootstrap_ratio",
    "bootstrap_statistic",
    "checkerboard_index",
    "clustered_interval",
    "clustered_mean",
    "compared_with_chance",
    "conditional_logit",
    "hazard_ratio",
    "heldout_choice_scores",
    "heldout_logit_scores",
    "hostile_path_index",
    "identity_order",
    "kept_models",
    "logistic",
    "logit",
    "matched_difference",
    "mean_difference",
    "mean_interval",
    "merged",
    "mixed",
    "mixed_prediction",
    "modularity_index",
    "paired_permutation_p",
    "pairs_in_order",
    "permutations",
    "pooled_index",
    "predicted",
    "rank_correlation",
    "rate_ratio",
    "ridged_logit",
    "shapley_shares",
    "smallest_gain",
    "sphere_index",
    "stacked_mixture",
    "standard_deviation",
    "triad_balance",
]
