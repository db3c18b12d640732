"""Which verdicts hang on how the threat index is formed: the check repeated over other weights, forms and floors.

A verdict is robust if at least nine in ten draws agree with it, else it is marked FRAGILE. What was remembered of others'
deeds is frozen with the decision, so that the half-life of memory is not drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import log
from random import Random
from typing import get_args

from msgspec import structs

from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.recoding import Coding, Form, recoded
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.proposition import Proposition
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.evidence.verdict import Verdict
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.parameters import DEFAULT, Weights, table
from counterpoise.theory.quantising import DIGITS

ROBUST = 0.9
"""Share of the draws that must agree."""
STEEPNESS = (0.5, 1.0, 2.0)
CONTEST = (0.45, 1.0)
FORMS: tuple[Form, ...] = get_args(Form)
LOWEST_FLOOR, HIGHEST_FLOOR = next((low, high) for name, _, low, high, _ in table() if name == "floor")
SEED = "counterpoise sensitivity 1"

Progress = Callable[[int], object]


def codings(count: int) -> list[Coding]:
    """Return so many ways to form the index, always the same ones.

    Weights are drawn from Dirichlet(2, 2, 2, 2), for either role apart; the floor evenly over its range. Forms, slopes of
    the logistic and contest exponents take turns, and so does whether mixed choices count.
    """
    random = Random(SEED)
    made = []
    for place in range(count):
        parameters = replace(
            DEFAULT,
            floor=LOWEST_FLOOR + (HIGHEST_FLOOR - LOWEST_FLOOR) * random.random(),
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
    structures: Sequence[Structure],
    incidents_by_session: Mapping[str, Sequence[Incident]],
    draws: int,
    progress: Progress | None = None,
) -> dict[str, float]:
    """Return, for each proposition that has a verdict, the share of draws that come to the same one.

    Args:
        propositions: tests by id.
        verdicts: what the default coding says of each; those without enough data are passed over.
        records: decisions with outcomes, session after session and in order.
        structures: snapshots of the alignment structure.
        incidents_by_session: what happened.
        draws: how many codings to try.
        progress: told how many are done.
    """
    judged = {name: propositions[name] for name, verdict in verdicts.items() if verdict != "NOT_ENOUGH_DATA"}
    agreed = dict.fromkeys(judged, 0)
    if not judged or not draws:
        return {}
    wanted = [name for name in HYPOTHESES if any(name in proposition.compares for proposition in judged.values())]
    for number, coding in enumerate(codings(draws), start=1):
        again = recoded(records, coding)
        if wanted:
            again = [_forecast(record, wanted, coding) for record in again]
        sample = Sample(again, structures, incidents_by_session)
        for name, proposition in judged.items():
            agreed[name] += proposition.verdict(proposition.test(sample), sample) == verdicts[name]
        if progress is not None:
            progress(number)
    return {name: round(count / draws, DIGITS) for name, count in agreed.items()}


def _forecast(record: DecisionRecord, names: Sequence[str], coding: Coding) -> DecisionRecord:
    """Return a decision with the forecasts wanted; comparisons look only at those that signed something."""
    if record.outcome is None or not record.outcome.partners:
        return record
    shares = {name: HYPOTHESES[name].forecast(record.point, coding.parameters) for name in names}
    return structs.replace(record, forecasts=shares)
