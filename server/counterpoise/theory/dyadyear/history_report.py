"""The report on dyad-year data: one document, which does not depend on the order of rows in the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import get_args

from counterpoise.sim.types import AlignmentClass
from counterpoise.theory.dyadyear import dyadyear_propositions
from counterpoise.theory.dyadyear.alliance_decisions import PARTNERS_MAX, choices, decisions
from counterpoise.theory.dyadyear.data_tables import DyadYearTables, Selection
from counterpoise.theory.dyadyear.dispute_ranking import dyad_years_of, rank_disputes
from counterpoise.theory.dyadyear.held_out import held_out_sentences
from counterpoise.theory.dyadyear.heldout_logit import first_forecast_year
from counterpoise.theory.dyadyear.history_document import AllianceReport, FilesRead, HistoryReport, YearSelection
from counterpoise.theory.dyadyear.partner_choice import (
    PartnerForecasts,
    heldout_partner_models,
    hypotheses_without_data,
    partner_coefficients,
    rounded_fit,
    threat_lift,
)
from counterpoise.theory.dyadyear.tie_questions import directions_of_ties, years_with_ties
from counterpoise.theory.dyadyear.tie_ranking import rank_new_ties
from counterpoise.theory.dyadyear.worlds import WorldBuilder

STEPS = 4
"""Parts of the work after the worlds are built, for the progress bar."""


def history_report(
    tables: DyadYearTables, selection: Selection, progress: Callable[[int], None] | None = None
) -> HistoryReport:
    """Return the report that ``counterpoise history --json`` prints.

    Args:
        tables: the contents of the files.
        selection: years and states.
        progress: called with the number of years and parts that are done, of ``count_steps(selection)``.
    """
    builder = WorldBuilder(tables, selection)
    worlds = list(builder.years(progress))
    done = len(worlds)

    def step(part: int) -> None:
        if progress is not None:
            progress(done + part)

    rows = dyad_years_of(worlds)
    ranking = rank_disputes(rows, selection)
    step(1)
    made = decisions(worlds, tables, selection.focal)
    chosen = choices(worlds, tables, made)
    step(2)
    partner_forecasts = PartnerForecasts(worlds, tables, chosen)
    partner_table = partner_coefficients(chosen, tables)
    step(3)
    evidence = dyadyear_propositions.DyadYearEvidence(worlds, tables, made, chosen, partner_forecasts)
    tested = dyadyear_propositions.proposition_rows(evidence)
    step(4)
    classes = Counter(decision.did for decision in evidence.threatened)
    return HistoryReport(
        title=_title(selection),
        selection=YearSelection(
            first=selection.first,
            last=selection.last,
            region=selection.region,
            states=[tables.names[state] for state in selection.states],
            all_dyads=selection.all_dyads,
        ),
        files=FilesRead(list(tables.absent), list(tables.notes)),
        assumed=list(tables.assumed),
        disputes=ranking.report,
        alliances=AllianceReport(
            state_years=len(made),
            threatened=len(evidence.threatened),
            classes={name: classes[name] for name in get_args(AlignmentClass)},
            whether=years_with_ties(worlds, made),
            direction=directions_of_ties(worlds, chosen, partner_forecasts),
            choices=len(chosen),
            partner=partner_table,
            heldout=heldout_partner_models(chosen, tables),
            lift_of_the_threat=rounded_fit(threat_lift(chosen)),
            hypotheses=partner_forecasts.table(),
            new_ties=rank_new_ties(worlds, selection.focal),
            hypotheses_silent=hypotheses_without_data(tables),
        ),
        propositions=tested,
        silent=dyadyear_propositions.propositions_without_data([row.id for row in tested]),
        threats_to_validity=_threats_to_validity(selection, builder, tables, len(made), len(evidence.threatened)),
    )


def count_steps(selection: Selection) -> int:
    """Return the number of steps of a report, for a progress bar."""
    return selection.last - selection.first + 1 + STEPS


def _title(selection: Selection) -> str:
    where = f", {selection.region}" if selection.region else ""
    return f"Dyad-years {selection.first} to {selection.last}{where}"


def _threats_to_validity(
    selection: Selection, builder: WorldBuilder, tables: DyadYearTables, made: int, threatened: int
) -> list[str]:
    sentences = [
        "Offensive capability is a proxy, the rank of soldiers per head: no series shows which share of a force can strike.",
        (
            "Intent is measured by disputes, rivalries and claims. So past disputes partly explain new ones; the rows without "
            "intentions show the rest."
        ),
        "A treaty is not an alignment: partners that never signed are missing, and treaties may last on paper only.",
        (
            f"Ties of a state that signed with more than {PARTNERS_MAX} others in a year are left out: it joined an "
            "organisation and did not choose a partner."
        ),
        *held_out_sentences(selection, first_forecast_year(selection.first, selection.last)),
    ]
    if made and threatened == made:
        sentences.append(
            "Among so many states every state has a threat: no state-year is unthreatened, so that there is no comparison "
            "with states in safety."
        )
    if builder.filled:
        sentences.append(
            f"{builder.filled} counts of soldiers or people were taken from an earlier year or set to the middle rank."
        )
    if tables.absent:
        sentences.append(f"Missing files: {', '.join(tables.absent)}. Results that need them are left out.")
    return sentences
