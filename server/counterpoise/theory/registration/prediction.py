"""A prediction that a program can judge: a claim or a comparison of two hypotheses, with its pass and fail criteria."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta

from counterpoise.sim.reading.scenario_schema import FileTable
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.evidence.verdict import ALPHA, CLUSTERS_MIN
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.validation_errors import TOML, Problem, one_of

Direction = Literal["above", "below"]
Compared = Literal["choices", "partners"]
Positive = Annotated[float, Meta(gt=0.0)]
Name = Annotated[str, Meta(min_length=1, max_length=60)]
SMALLEST_GAIN = 0.05
"""Smallest difference of mean log scores of interest, where a prediction names none: 5 % more probability for the choice."""
LEAST_CHOICES = 30
"""Fewest choices for a comparison of two hypotheses, where a prediction names none."""
ASSUMED = {
    "W1": "balance_of_threat", "W2": "bandwagoning", "W3": "balance_of_threat", "W4": "ideology", "W5": "aid",
    "W6": "penetration", "WX": "balance_of_threat",
}  # fmt: skip
"""The hypothesis by which the players of a simulation choose, by the family of the claim, where a prediction names none."""


class PredictionTable(FileTable, frozen=True, kw_only=True):
    """One prediction as a user writes it: either ``claim``, or ``better`` and ``than``. The rest has defaults."""

    claim: Name | None = None
    """The id of a proposition."""
    better: Name | None = None
    """The hypothesis that is to forecast better."""
    than: Name | None = None
    """The hypothesis that it is compared with."""
    on: Compared | None = None
    """What two hypotheses are compared on: every choice, or the partner given that there is one."""
    direction: Direction | None = None
    """On which side of the value that means no effect the estimate is to lie."""
    smallest: Positive | None = None
    """Smallest effect that passes, as a distance from that value."""
    least: Annotated[int, Meta(ge=1)] | None = None
    """Fewest observations for a judgement."""
    assuming: Name | None = None
    """The hypothesis by which the players choose in the simulation of power."""


class Prediction(FileTable, frozen=True, kw_only=True):
    """One prediction with all its criteria, as a registration holds it."""

    claim: str = ""
    """The id of a proposition; empty for a comparison of two hypotheses."""
    better: str = ""
    than: str = ""
    on: Compared = "partners"
    estimate: str
    """What is estimated, in words."""
    null: float
    """The value that means no effect."""
    direction: Direction
    smallest: Positive
    least: Annotated[int, Meta(ge=1)]
    choosers: Annotated[int, Meta(ge=1)]
    """Fewest choosers for a judgement."""
    p_at_most: Annotated[float, Meta(gt=0.0, lt=1.0)]
    """The largest p of a prediction that passes, corrected for the number of predictions (Bonferroni)."""
    assuming: str
    power: Annotated[float, Meta(ge=0.0, le=1.0)] | None = None
    """How often the planned sessions would pass in the simulation; none where it cannot be simulated."""
    sessions_needed: Annotated[int, Meta(ge=1)] | None = None
    """The fewest sessions that pass in four of five simulations; none where no number that was tried does."""

    @property
    def sign(self) -> int:
        """1 if the estimate is to lie above the null, -1 if below."""
        return 1 if self.direction == "above" else -1

    @property
    def title(self) -> str:
        """The prediction in a few words."""
        if self.claim:
            return f"{self.claim} {self.direction} {self.null:g}"
        return f"{self.better} better than {self.than} on {self.on}"

    @property
    def hypotheses(self) -> tuple[str, ...]:
        """The hypotheses whose forecasts the judgement reads."""
        return PROPOSITIONS[self.claim].compares if self.claim else (self.better, self.than)

    def criteria(self) -> tuple[str, str]:
        """Return when the prediction passes and when it fails, a sentence each."""
        edge = self.null + self.sign * self.smallest
        other = "below" if self.sign > 0 else "above"
        blind = ""
        if self.claim and PROPOSITIONS[self.claim].has_menu_null:
            blind = f" and {self.direction} what blind choice from the same menus gives"
        passes = (
            f"passes if the estimate is {edge:g} or further {self.direction}, its 95 % interval lies {self.direction} "
            f"{self.null:g}{blind}, and p is at most {self.p_at_most:g}"
        )
        fails = f"fails if the 90 % interval lies {other} {edge:g}"
        return passes, fails


def complete(
    tables: list[PredictionTable], hypotheses: Mapping[str, Hypothesis]
) -> tuple[list[Prediction], list[Problem]]:
    """Return the predictions of a user with all their criteria, and every mistake in them.

    Args:
        tables: as the user wrote them.
        hypotheses: the hypotheses that may be named.
    """
    found: list[Prediction] = []
    problems: list[Problem] = []
    for place, table in enumerate(tables):
        wrong = list(_problems(table, f"predictions[{place}]", hypotheses))
        problems += wrong
        if not wrong:
            p_at_most = ALPHA / len(tables)
            found.append(_claim(table, p_at_most) if table.claim is not None else _pair(table, p_at_most))
    return found, problems


def _problems(table: PredictionTable, path: str, hypotheses: Mapping[str, Hypothesis]) -> list[Problem]:
    found = [
        Problem(f"{path}.{key}", one_of(hypotheses, name), TOML.shown(name))
        for key in ("better", "than", "assuming")
        if (name := getattr(table, key)) is not None and name not in hypotheses
    ]
    if table.claim is None:
        if table.better is None or table.than is None:
            found.append(Problem(path, "either claim, or better and than", "neither"))
        elif table.better == table.than:
            found.append(Problem(f"{path}.than", "another hypothesis", TOML.shown(table.than)))
        if table.direction is not None:
            found.append(Problem(f"{path}.direction", "", "only a claim has one; better and than say it here"))
        return found
    if table.better is not None or table.than is not None or table.on is not None:
        found.append(Problem(path, "either claim, or better and than", "both"))
    if table.claim not in PROPOSITIONS:
        return [*found, Problem(f"{path}.claim", one_of(PROPOSITIONS, table.claim), TOML.shown(table.claim))]
    least = PROPOSITIONS[table.claim].n_min
    if table.least is not None and table.least < least:
        found.append(Problem(f"{path}.least", f"at least {least}, as {table.claim} needs", str(table.least)))
    return found


def _claim(table: PredictionTable, p_at_most: float) -> Prediction:
    assert table.claim is not None
    claim = PROPOSITIONS[table.claim]
    return Prediction(
        claim=claim.id,
        estimate=claim.statistic,
        null=claim.null,
        direction=table.direction or ("above" if claim.predicted > 0 else "below"),
        smallest=table.smallest or round(claim.sesoi, 6),
        least=table.least or claim.n_min,
        choosers=CLUSTERS_MIN,
        p_at_most=p_at_most,
        assuming=table.assuming or ASSUMED[claim.family],
    )


def _pair(table: PredictionTable, p_at_most: float) -> Prediction:
    assert table.better is not None
    assert table.than is not None
    on = table.on or "partners"
    what = "the partner, given that there is one" if on == "partners" else "the choice"
    return Prediction(
        better=table.better,
        than=table.than,
        on=on,
        estimate=f"mean log score of {table.better} less that of {table.than}, on {what}",
        null=0.0,
        direction="above",
        smallest=table.smallest or SMALLEST_GAIN,
        least=table.least or LEAST_CHOICES,
        choosers=CLUSTERS_MIN,
        p_at_most=p_at_most,
        assuming=table.assuming or table.better,
    )
