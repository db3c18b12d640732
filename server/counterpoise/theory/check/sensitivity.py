"""How much the verdicts depend on the threat index: the check repeated with other weights, forms and floors of the index.

A verdict is robust if at least nine in ten draws give the same verdict, and FRAGILE otherwise. The half-life of memory is not
drawn, because what a state remembered is frozen with the decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import log
from random import Random
from typing import get_args

from counterpoise.theory.check.expected_noise import ExpectedNoise
from counterpoise.theory.check.verdicts import verdicts_of
from counterpoise.theory.decisions.recoding import Coding, Form, RecodedDecision, recoded_decisions
from counterpoise.theory.decisions.recoding_table import RecodingTable
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.choices.players import bystanders, decisions_under_test
from counterpoise.theory.evidence.proposition import Proposition
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.evidence.verdict import Verdict
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasts import HYPOTHESES, forecast
from counterpoise.theory.parameters import DEFAULT, Weights, table
from counterpoise.theory.quantising import DIGITS

ROBUST = 0.9
"""Share of the draws that must give the same verdict."""
STEEPNESS = (0.5, 1.0, 2.0)
CONTEST = (0.45, 1.0)
FORMS: tuple[Form, ...] = get_args(Form)
RANGES = {name: (low, high) for name, _, low, high, _ in table()}
"""The range of each parameter."""
SEED = "counterpoise sensitivity 1"

Progress = Callable[[int], object]
Run = Callable[[Callable[[Coding], dict[str, Verdict]], Iterable[Coding]], Iterable[dict[str, Verdict]]]
"""A function such as ``map``, which may call the given function in other processes. The results stand in order."""


@dataclass(frozen=True, slots=True)
class Draws:
    """Other threat indices to try the verdicts with."""

    count: int
    """How many."""
    progress: Progress | None = None
    """Called with how many are done."""
    run: Run = map
    """Calls a function with each draw in turn."""


NO_DRAWS = Draws(0)


def codings(count: int) -> list[Coding]:
    """Return ``count`` ways to form the threat index; the same count always gives the same ones.

    Weights are drawn from Dirichlet(2, 2, 2, 2), separately for each role, and the two floors from their ranges. Slopes of the
    logistic and contest exponents are drawn from short lists. Forms take turns, and so does whether mixed choices count.
    """
    random = Random(SEED)
    made = []
    for place in range(count):
        parameters = replace(
            DEFAULT,
            floor_quantile=random.uniform(*RANGES["floor_quantile"]),
            shared_floor=random.uniform(*RANGES["shared_floor"]),
            steepness=DEFAULT.steepness * STEEPNESS[random.randrange(len(STEEPNESS))],
            contest=CONTEST[random.randrange(len(CONTEST))],
        )
        form = FORMS[place % len(FORMS)]
        made.append(Coding(_weights(random), _weights(random), form, parameters, mixed=place % 2 == 0))
    return made


def _weights(random: Random) -> Weights:
    """Draw from Dirichlet(2, 2, 2, 2): a gamma of shape 2 is the sum of two exponentials."""
    parts = [-log((1.0 - random.random()) * (1.0 - random.random())) for _ in range(4)]
    whole = parts[0] + parts[1] + parts[2] + parts[3]
    return Weights(*(part / whole for part in parts))


def agreement(
    propositions: Mapping[str, Proposition],
    verdicts: Mapping[str, Verdict],
    records: Sequence[DecisionRecord],
    sample: Sample,
    draws: Draws,
    noise: ExpectedNoise | None = None,
) -> dict[str, float]:
    """Return the share of draws with the same verdict, for each proposition that has a verdict.

    Args:
        propositions: the propositions by id.
        verdicts: the verdicts with the default index; propositions without enough data are left out.
        records: decisions with outcomes of all players, session after session and in order.
        sample: a sample of the same sessions.
        draws: which other indices to try.
        noise: what random players would give, as for the verdicts themselves.
    """
    agreed = {name: 0 for name, verdict in verdicts.items() if verdict != "NOT_ENOUGH_DATA"}
    if not agreed or not draws.count:
        return {}
    found = draws.run(
        partial(verdicts_under, propositions, tuple(agreed), RecodingTable(records), sample, noise),
        codings(draws.count),
    )
    for number, drawn in enumerate(found, start=1):
        for name in agreed:
            agreed[name] += drawn[name] == verdicts[name]
        if draws.progress is not None:
            draws.progress(number)
    return {name: round(count / draws.count, DIGITS) for name, count in agreed.items()}


def verdicts_under(
    propositions: Mapping[str, Proposition],
    names: Sequence[str],
    table: RecodingTable,
    sample: Sample,
    noise: ExpectedNoise | None,
    coding: Coding,
) -> dict[str, Verdict]:
    """Return the verdicts on some propositions when decisions are recoded; see ``agreement``."""
    # p is corrected within families, so that the other claims of a family may be tested too.
    families = [propositions[name].family for name in names]
    tested = {name: proposition for name, proposition in propositions.items() if proposition.family in families}
    compared = [name for proposition in tested.values() for name in proposition.compares]
    wanted = {name: one for name, one in HYPOTHESES.items() if name in compared}
    again = recoded_decisions(table, coding)
    if wanted:
        _add_forecasts(again, wanted, coding)
    other = sample.of_other_decisions(decisions_under_test(again), bystanders(again))
    return verdicts_of(names, tested, other, noise)


def _add_forecasts(records: Sequence[RecodedDecision], wanted: Mapping[str, Hypothesis], coding: Coding) -> None:
    """Add forecasts to the decisions in which something was signed: comparisons look only at these."""
    signed = [record for record in records if record.outcome.partners]
    made = forecast([record.point for record in signed], coding.parameters, wanted)
    for record, one in zip(signed, made, strict=True):
        record.forecasts = one
