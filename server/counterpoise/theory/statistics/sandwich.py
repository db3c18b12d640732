"""Cluster-robust standard errors: the sandwich of Liang & Zeger (1986) with the factor G / (G - 1) for G clusters."""

from __future__ import annotations

from typing import Any

import numpy as np


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
