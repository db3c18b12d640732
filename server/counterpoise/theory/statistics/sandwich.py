"""Cluster-robust standard errors, and the inference on one coefficient that all fitted models share.

The sandwich is that of Liang & Zeger (1986) with the factor G / (G - 1) for G clusters.
"""

from __future__ import annotations

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

    def first_column_residual(self, parameters: Any) -> Any:
        """Return the part of the first column that the other columns do not explain, one number for each row."""
        ...


def cluster_robust_covariance(information: Any, cluster_scores: Any) -> Any:
    """Return the sandwich covariance of estimates.

    Args:
        information: minus the Hessian at the estimate.
        cluster_scores: the sum of the scores of each cluster, one row each.
    """
    number = len(cluster_scores)
    bread = np.linalg.pinv(information)
    return bread @ (cluster_scores.T @ cluster_scores) @ bread * number / (number - 1)


def cluster_robust_standard_error(cluster_influences: Any) -> float:
    """Return the standard error of one estimate from what each cluster contributes to its deviation."""
    number = len(cluster_influences)
    return float(np.sqrt((cluster_influences @ cluster_influences) * number / (number - 1)))


def first_coefficient(model: Model, groups: Any, number: int, n: int, row_groups: Any = None) -> Fit | None:
    """Return the first coefficient of a model with cluster-robust intervals; ``None`` if the data cannot carry it.

    Args:
        model: the model to fit.
        groups: the cluster of each observation, as a number.
        number: how many clusters there are.
        n: how many observations the fit reports.
        row_groups: the cluster of each row of the columns, where an observation has several rows.
    """
    with numpy_warnings_off():
        fitted = model.maximum()
        cluster_scores = group_sums(model.scores(fitted.estimate), groups, number)
        covariance = cluster_robust_covariance(fitted.evaluation.information, cluster_scores)
        estimate, standard_error = float(fitted.estimate[0]), float(np.sqrt(max(0.0, covariance[0, 0])))
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
        leverage = group_leverage(
            groups if row_groups is None else row_groups, model.first_column_residual(null), number
        )
    return fit_from_standard_error(estimate, standard_error, score, n, leverage)
