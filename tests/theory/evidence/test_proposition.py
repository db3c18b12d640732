from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from inspect import getdoc

import pytest

from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.proposition import Proposition, Sample, finding_from_fit

Planted = Callable[..., list[DecisionRecord]]


@pytest.mark.parametrize("name", list(PROPOSITIONS))
def test_a_proposition_names_its_claim_and_its_source(name: str) -> None:
    proposition = PROPOSITIONS[name]
    assert proposition.id == name
    assert name.startswith(proposition.family)
    assert proposition.claim.endswith(".")
    assert proposition.statistic
    assert proposition.predicted in (1, -1)
    assert "1987" in (getdoc(type(proposition)) or "")


@pytest.mark.parametrize("name", list(PROPOSITIONS))
def test_a_proposition_has_no_finding_without_decisions(name: str) -> None:
    finding = PROPOSITIONS[name].test(Sample([]))
    assert finding.estimate is None
    assert finding.n == 0


@pytest.mark.parametrize("name", list(PROPOSITIONS))
def test_a_finding_does_not_depend_on_the_order_of_states_or_records(name: str, planted: Planted) -> None:
    records = planted("balance_of_threat", sessions=6, windows=2)
    one, other = (PROPOSITIONS[name].test(Sample(made)) for made in (records, records))
    assert one == other


def test_the_sample_groups_decisions_by_class(planted: Planted) -> None:
    sample = Sample(planted("balance_of_threat", sessions=4, windows=1))
    assert all(case.did in ("BAL", "BW") for case in sample.sided)
    for choice in sample.choice_sets(lambda _, k: (k.shared,)):
        assert 0 <= choice.chosen < len(choice.rows)
    assert len(sample.joined) == len(sample.choice_sets(lambda _, k: (k.shared,)))


def test_a_missing_fit_gives_a_finding_without_estimate() -> None:
    finding = finding_from_fit(None, 7, note="seven")
    assert (finding.n, finding.estimate) == (7, None)
    assert "seven" in finding.note
    assert replace(finding, n=8).n == 8


def test_a_proposition_without_a_test_cannot_be_tested() -> None:
    with pytest.raises(TypeError):
        Proposition().test(Sample([]))
