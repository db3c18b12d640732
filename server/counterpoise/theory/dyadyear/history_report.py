"""The report on dyad-year data: one plain document, the same whatever the order of rows in the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from counterpoise.theory.dyadyear import dyadyear_propositions
from counterpoise.theory.dyadyear.alliances import PARTNERS_MAX, choices, decisions
from counterpoise.theory.dyadyear.data_tables import Selection, Tables
from counterpoise.theory.dyadyear.disputes import rank, rows_of
from counterpoise.theory.dyadyear.partners import Foretold, explained, heldout, lift, plain, silent
from counterpoise.theory.dyadyear.worlds import Builder

STEPS = 4
"""Parts of the work after the worlds are built, for the progress."""


def report(tables: Tables, selection: Selection, progress: Callable[[int], None] | None = None) -> dict[str, Any]:
    """Return the document that ``counterpoise history --json`` prints.

    Args:
        tables: what the files hold.
        selection: years and states.
        progress: told how many years and parts are done, of ``work(selection)``.
    """
    builder = Builder(tables, selection)
    worlds = list(builder.years(progress))
    done = len(worlds)

    def step(part: int) -> None:
        if progress is not None:
            progress(done + part)

    rows = rows_of(worlds)
    ranking = rank(rows, selection.first, selection.last)
    step(1)
    made = decisions(worlds, tables, selection.focal)
    chosen = choices(worlds, tables, made)
    step(2)
    foretold = Foretold(worlds, tables, chosen)
    partner_table = explained(chosen, tables)
    step(3)
    evidence = dyadyear_propositions.Evidence(worlds, tables, made, chosen, foretold)
    tested = dyadyear_propositions.table(evidence)
    step(4)
    classes = Counter(decision.did for decision in evidence.threatened)
    return {
        "title": _title(selection),
        "selection": {
            "from": selection.first, "to": selection.last, "region": selection.region,
            "states": [tables.names[state] for state in selection.states], "all_dyads": selection.all_dyads,
        },
        "files": {"absent": list(tables.absent), "notes": list(tables.notes)},
        "disputes": ranking.document,
        "alliances": {
            "state_years": len(made),
            "threatened": len(evidence.threatened),
            "classes": {name: classes[name] for name in ("BAL", "BW", "HIDE", "NEU", "OTHER")},
            "choices": len(chosen),
            "partner": partner_table,
            "heldout": heldout(chosen, tables),
            "lift_of_the_threat": plain(lift(chosen)),
            "hypotheses": foretold.table(),
            "hypotheses_silent": silent(tables),
        },
        "propositions": tested,
        "silent": dyadyear_propositions.silent([row["id"] for row in tested]),
        "threats_to_validity": _threats_to_validity(builder, tables, len(made), len(evidence.threatened)),
    }  # fmt: skip


def work(selection: Selection) -> int:
    """Return how much there is to do, for a progress bar."""
    return selection.last - selection.first + 1 + STEPS


def _title(selection: Selection) -> str:
    where = f", {selection.region}" if selection.region else ""
    return f"Dyad-years {selection.first} to {selection.last}{where}"


def _threats_to_validity(builder: Builder, tables: Tables, made: int, threatened: int) -> list[str]:
    sentences = [
        "Offensive capability is a proxy, the rank of soldiers per head: no series says how much of a force can strike.",
        (
            "Intent is read from disputes, rivalries and claims. Who starts disputes is partly explained by who started them "
            "before; the rows without intentions show what is left."
        ),
        "A treaty is not an alignment: partners who never signed are missed, and treaties last on paper.",
        (
            f"Ties of a state that signed with more than {PARTNERS_MAX} others in a year are left out: it joined an "
            "organisation rather than chose a partner."
        ),
        (
            "Nothing of the index or the hypotheses was fitted here. Forecasters whose columns are named learnt from earlier "
            "years alone; models of the choice of partner, and how sharp each hypothesis may be, from other decades."
        ),
    ]
    if made and threatened == made:
        sentences.append(
            "Among this many states everybody has somebody to fear: no state-year is without a threat, so that none can stand "
            "for how states choose in safety."
        )
    if builder.filled:
        sentences.append(
            f"{builder.filled} counts of soldiers or people were taken from an earlier year or set to the middle rank."
        )
    if tables.absent:
        sentences.append(f"Not among the files: {', '.join(tables.absent)}; what rests on them is left out.")
    return sentences
