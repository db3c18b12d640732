from __future__ import annotations

import numpy as np
import pytest

from counterpoise.theory.statistics.sandwich import cluster_robust_covariance, cluster_robust_standard_error


def test_the_covariance_is_that_of_statsmodels() -> None:
    from statsmodels.regression.linear_model import OLS

    dice = np.random.default_rng(7)
    x = np.column_stack([np.ones(200), dice.normal(size=200)])
    groups = np.arange(200) % 20
    y = x @ [1.0, 0.5] + dice.normal(size=20)[groups] + dice.normal(size=200)
    fitted = OLS(y, x).fit(cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False})
    scores = x * fitted.resid[:, None]
    cluster_scores = np.array([scores[groups == group].sum(axis=0) for group in range(20)])
    covariance = cluster_robust_covariance(x.T @ x, cluster_scores)
    assert covariance == pytest.approx(fitted.cov_params() * 20 / 19)


def test_the_standard_error_of_a_mean_is_that_of_its_clusters() -> None:
    means = np.array([1.0, 2.0, 4.0, 5.0])
    assert cluster_robust_standard_error((means - 3.0) / 4.0) == pytest.approx(means.std(ddof=1) / 2.0)
