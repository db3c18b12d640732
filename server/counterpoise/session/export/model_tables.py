"""The tables of the theory's numbers, of the propositions, and of the rows that each estimate is made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counterpoise.document_schema import Interval
from counterpoise.session.export.columns import Column, ExportTable, Row, flag, number, share, whole
from counterpoise.theory import THEORY_VERSION, parameters
from counterpoise.theory.check.tested_models import TestedModels

PROPOSITION = Column("proposition", "number of the proposition, as in the debrief")
_NO_ESTIMATE = "the data cannot carry an estimate"
_POOLED = Column(
    "session", "the session whose decisions are tested", missing="the decisions of every session of the folder, pooled"
)


def parameters_table() -> ExportTable:
    """Return the table of the numbers that the theory of this release has."""
    columns = (
        Column("parameter", "name of the number"),
        number("value", "its value"),
        number("low", "the lowest value for which a verdict should hold"),
        number("high", "the highest one"),
        Column("parameter_meaning", "what the number says"),
        whole("theory_version", "version of the theory that made the forecasts"),
    )
    return ExportTable(
        "parameters",
        "one row per number of the theory, for sessions of this version of the theory",
        columns,
        lambda: ((*row, THEORY_VERSION) for row in parameters.table()),
    )


def propositions_table(tested: TestedModels, session: str | None) -> ExportTable:
    """Return the table of propositions with their estimates, verdicts and formulas; ``session`` is ``None`` for several."""
    columns = (
        _POOLED,
        PROPOSITION,
        Column("family", "the family whose tests p is corrected for"),
        Column("claim", "what the proposition claims"),
        Column("statistic", "what is estimated"),
        Column("unit_of_observation", "what one observation is"),
        whole("n", "observations"),
        whole("clusters", "clusters behind the intervals"),
        number("estimate", "the estimate, rounded as in the debrief", missing=_NO_ESTIMATE),
        number("ci_low", "lower end of its 95 % interval", missing=_NO_ESTIMATE),
        number("ci_high", "upper end of its 95 % interval", missing=_NO_ESTIMATE),
        share("p", "two-sided p against the null", missing=_NO_ESTIMATE),
        share("p_holm", "p corrected for the tests of the family", missing=_NO_ESTIMATE),
        number("null", "the value that means no effect"),
        whole("predicted", "1 if the proposition says above the null, -1 below"),
        number("sesoi", "smallest effect of interest, as a distance from the null"),
        whole("n_min", "observations below which there is no verdict"),
        Column("verdict", "what the finding amounts to", levels="SUPPORT CONTRADICT NO_EFFECT NOT_ENOUGH_DATA"),
        flag("within_noise", "whether blind choice or random players give as much"),
        Column("estimator", "the estimator, as it is called in the code", missing=_NO_ESTIMATE),
        Column("formula", "how the estimate comes from the columns of model_rows", missing=_NO_ESTIMATE),
        Column("note", "what else to know about the finding", missing="nothing"),
    )  # fmt: skip

    def rows() -> Iterator[Row]:
        for row in tested.propositions:
            model = tested.models.get(row.id)
            yield (
                session, row.id, row.family, row.claim, row.statistic, row.unit, row.n, row.clusters, row.estimate,
                *_ends(row.ci), row.p, row.p_holm, row.null, row.predicted, row.sesoi, row.n_min, row.verdict,
                row.within_noise, None if model is None else model.estimator, None if model is None else model.formula,
                row.note or None,
            )  # fmt: skip

    return ExportTable("propositions", "one row per proposition of the theory", columns, rows)


def model_rows_table(tested: TestedModels) -> ExportTable:
    """Return the table of the rows that each estimate is made from."""
    not_used = "the formula of the proposition does not name it"
    widest = max((_covariates(list(model.columns)) for model in tested.models.values()), default=1)
    columns = (
        Column("session", "session of the row", missing="the estimate has one row for a whole session"),
        PROPOSITION,
        whole("row", "number of the row in its model, from 0"),
        Column("chooser", "with the session the cluster of the row: a state, or a number", missing="none"),
        whole("window", "number of the decision window, from 0", missing=not_used),
        number("y", "the outcome", missing=not_used),
        number("x1", "the covariate of the estimate", missing=not_used),
        *(number(f"x{place}", "a control, or as the formula says", missing=not_used) for place in range(2, widest + 1)),
        whole("menu", "number of the menu that a choice was made from", missing=not_used),
        whole("stratum", "number of the group with an intercept of its own", missing=not_used),
        number("start", "day on which the piece of a life comes under risk", "days", missing=not_used),
        number("stop", "day on which the piece ends", "days", missing=not_used),
        whole("standardised", "1 if the estimate counts in standard deviations of x1", missing=not_used),
    )  # fmt: skip
    names = [column.name for column in columns]

    def rows() -> Iterator[Row]:
        for row in tested.propositions:
            model = tested.models.get(row.id)
            if model is None:
                continue
            given = model.columns
            for place in range(len(given["chooser"])):
                known: dict[str, Any] = {"proposition": row.id, "row": place} | {
                    name: column[place] for name, column in given.items()
                }
                known["chooser"] = known["chooser"] or None
                if known.get("standardised") is not None:
                    known["standardised"] = int(known["standardised"])
                yield tuple(known.get(name) for name in names)

    return ExportTable("model_rows", "one row per observation of each estimate of the propositions", columns, rows)


def _covariates(names: list[str]) -> int:
    return sum(1 for name in names if name.startswith("x") and name[1:].isdigit())


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else interval
