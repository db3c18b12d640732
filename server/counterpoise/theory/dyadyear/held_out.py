"""Which part of a run on dyad-year data the theory was chosen and fitted on: theory 5.1 and theory 5.4. The rest is held out."""

from __future__ import annotations

from counterpoise.theory.dyadyear.data_tables import Selection, region_of

CHOSEN_ON = range(1946, 1991)
"""The years whose disputes the forms and weights of the index were chosen on, and whose pacts the exponents were fitted to."""
JUDGED_REGION, JUDGED_YEARS = "middle-east", range(1955, 1980)
"""Left out of all of it."""


def in_sample(selection: Selection, first: int) -> str:
    """Return which dyad-years from ``first`` on the index was chosen on, in a few words; empty if they are all held out.

    Args:
        selection: the years and states of the run.
        first: the first year that is looked at.
    """
    looked_at = range(first, selection.last + 1)
    is_judged = _is_of_judged_region(selection)
    chosen = [year for year in looked_at if year in CHOSEN_ON and not (is_judged and year in JUDGED_YEARS)]
    if not chosen:
        return ""
    years = "" if len(chosen) == len(looked_at) else f" in {_runs(chosen)}"
    is_part_judged = not is_judged and any(year in JUDGED_YEARS for year in chosen)
    return f"in sample{years}" + (" but for the Middle East of 1955-79" if is_part_judged else "")


def held_out_sentences(selection: Selection, first_forecast: int) -> list[str]:
    """Return what was chosen and fitted on what, and what that means for a run.

    Args:
        selection: the years and states of the run.
        first_forecast: the first year of which disputes are forecast.
    """
    disputes, ties = in_sample(selection, first_forecast), in_sample(selection, selection.first)
    return [
        (
            "The forms of power, proximity and intentions in the index and its weights were chosen by how well it ranks who "
            "begins disputes in dyad-years of 1946-90, without the Middle East of 1955-79. The disputes of this run are "
            f"{disputes or 'held out'}. Equal weights were not chosen so, their forms were."
        ),
        (
            "The exponents of the hypotheses, which the table of directions uses, were fitted to 126 choices of a partner of "
            f"1946-90, without the Middle East of 1955-79. The ties of this run are {ties or 'held out'}. The constant for "
            "joining the threat, fitted to choices of 1915-90, is not used here."
        ),
        (
            "Forecasters with named columns were fitted to earlier years only; models of the choice of partner, and the "
            "sharpness of each hypothesis in the table beside them, to other decades. They too use the components as chosen."
        ),
    ]


def _is_of_judged_region(selection: Selection) -> bool:
    if selection.states:
        return all(region_of(state) == JUDGED_REGION for state in selection.states)
    return selection.region == JUDGED_REGION


def _runs(years: list[int]) -> str:
    """Return years as runs: 1946-54 and 1980-90."""
    starts = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return " and ".join(str(a) if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True))
