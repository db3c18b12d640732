"""The inference on one coefficient that all models fitted by maximum likelihood share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol, Self

import numpy as np

from counterpoise.theory.statistics.fitting import (
    Fit,
    fit_from_standard_error,
    group_leverage,
    group_sums,
    is_estimable,
    numpy_warnings_off,
)
from counterpoise.theory.statistics.newton import Evaluation, Maximum
from counterpoise.theory.statistics.sandwich import cluster_robust_covariance
from counterpoise.theory.statistics.shared_shocks import Windows, shift_p, with_two_way_errors


class Model(Protocol):
    """A model fitted by maximum likelihood, of whose coefficients the first is tested.

    Where a model has other parameters, such as intercepts, they stand after the coefficients of its columns, and its scores
    and information are those of the columns with the other parameters swept out.
    """

    def maximum(self) -> Maximum:
        """Return the parameters at which the likelihood is largest."""
        ...

    def without_first(self) -> Self:
        """Return the same model without the first column."""
        ...

    def evaluate(self, parameters: Any) -> Evaluation:
        """Return the log likelihood with its derivatives."""
        ...

    def scores(self, parameters: Any) -> Any:
        """Return the score of each observation, one row each."""
        ...

    def outcome_residuals(self, parameters: Any) -> Any:
        """Return each outcome less its expectation; ``None`` if covariates cannot change places in time."""
        ...

    def first_column_residual(self, parameters: Any) -> Any:
        """Return the part of the first column that the other columns do not explain, one number for each row."""
        ...


def first_coefficient(
    model: Model,
    groups: Any,
    number: int,
    n: int,
    row_groups: Any = None,
    places: Windows | None = None,
    *,
    inflation: float = 1.0,
) -> Fit | None:
    """Return the first coefficient of a model with cluster-robust intervals; ``None`` if the data cannot carry it.

    Args:
        model: the model to fit.
        groups: the cluster of each observation, as a number.
        number: how many clusters there are.
        n: how many observations the fit reports.
        row_groups: the cluster of each row of the columns, where an observation has several rows.
        places: the run and window of each observation; without it the fit has no measure of shared shocks.
        inflation: a factor of the variance for the number of coefficients.
    """
    with numpy_warnings_off():
        fitted = model.maximum()
        observed_scores = model.scores(fitted.estimate)
        cluster_scores = group_sums(observed_scores, groups, number)
        covariance = cluster_robust_covariance(fitted.evaluation.information, cluster_scores)
        estimate, standard_error = float(fitted.estimate[0]), float(np.sqrt(max(0.0, inflation * covariance[0, 0])))
        if not is_estimable(estimate, standard_error, has_converged=fitted.is_found):
            return None
        # Where the search for the restricted model fails, the test uses the coefficients it reached.
        restricted = model.without_first().maximum()
        null = np.concatenate(([0.0], restricted.estimate))
        information = model.evaluate(null).information
        scores = group_sums(model.scores(null), groups, number)
        score = scores[:, 0]
        if len(information) > 1:
            score = score - scores[:, 1:] @ (np.linalg.pinv(information[1:, 1:]) @ information[1:, 0])
        residual = model.first_column_residual(null)
        leverage = group_leverage(groups if row_groups is None else row_groups, residual, number)
        fit = fit_from_standard_error(estimate, standard_error, score, n, leverage)
        influences = observed_scores @ np.linalg.pinv(fitted.evaluation.information)[0]
        outcomes = model.outcome_residuals(null)
        p_shift = None if outcomes is None else shift_p(residual, outcomes, places)
        return replace(with_two_way_errors(fit, influences, places), p_shift=p_shift)
