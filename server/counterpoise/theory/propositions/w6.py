"""Family W6: transnational penetration (Walt 1987, ch. 2, pp. 46-49; tested on the region in ch. 7)."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import Candidate
from counterpoise.theory.evidence.event_studies import exposures
from counterpoise.theory.evidence.proposition import (
    CHOICES_MIN,
    SLOPE_SESOI,
    Case,
    Proposition,
    Sample,
    choice_finding,
    control_columns,
    format_finding,
    partner_interaction_slope,
    partner_slope,
)
from counterpoise.theory.evidence.verdict import Finding


def access(_: Case, k: Candidate) -> float:
    """Return the candidate's access to the chooser's politics."""
    return k.penetration


def _note(sample: Sample, finding: Finding) -> Finding:
    """Return a finding whose note adds how many choices had a candidate with access."""
    met = sum(1 for case in sample.joined if any(k.penetration > 0.0 for k in sample.menu(case)))
    return replace(finding, note=f"{finding.note}, {met} of them with a candidate that has access")


class AccessMakesAlliance(Proposition):
    """Walt (1987), pp. 46-47 and 49; on intervention in elections Levin (2016)."""

    id: ClassVar[str] = "W6.1"
    family: ClassVar[str] = "W6"
    claim: ClassVar[str] = "The greater one state's access to another's politics, the likelier they ally."
    statistic: ClassVar[str] = (
        "log-odds of being chosen per s.d. of penetration; shared threat, distance and power held"
    )
    unit: ClassVar[str] = "choice of a partner"
    n_min: ClassVar[int] = CHOICES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the slope of the choice on access."""
        return _note(sample, partner_slope(sample, access))


class OpennessMakesAccessWork(Proposition):
    """Walt (1987), pp. 47-49: open societies with many centres of power are the easiest to sway; Risse-Kappen (1995)."""

    id: ClassVar[str] = "W6.2"
    family: ClassVar[str] = "W6"
    claim: ClassVar[str] = (
        "The more open a state and the more centres decide in it, the more access to its politics makes it an ally."
    )
    statistic: ClassVar[str] = (
        "log-odds of being chosen per s.d. of penetration x own openness and diffusion of power, penetration held"
    )
    unit: ClassVar[str] = "choice of a partner"
    n_min: ClassVar[int] = CHOICES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the interaction of access with openness and the diffusion of power."""
        return _note(sample, partner_interaction_slope(sample, access, lambda case, _: case.point.permeability))


class LimitsMakeAccessWork(Proposition):
    """Walt (1987), pp. 48-49: limited aims are tolerated, intrusion backfires; on discovered covert action Downes (2021).

    The note gives the event study: how often the two were aligned in the year before one state's intrusion into the other's
    politics came to light, and in the year after.
    """

    id: ClassVar[str] = "W6.3"
    family: ClassVar[str] = "W6"
    claim: ClassVar[str] = "Access works better when its aims are limited; intrusion that comes to light backfires."
    statistic: ClassVar[str] = (
        "log-odds of being chosen per s.d. of penetration x limited aims, both held; exposures in the note"
    )
    unit: ClassVar[str] = "choice of a partner"
    n_min: ClassVar[int] = CHOICES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the interaction of access with limited aims."""
        finding = _note(sample, partner_interaction_slope(sample, access, lambda _, k: float(k.limited)))
        return replace(finding, note=f"{finding.note}; {_exposed(sample)}")


def _exposed(sample: Sample) -> str:
    """Return a note on how alignment changed after one state's intrusion into the other's politics came to light."""
    events = exposures(sample)
    drops = [event.after / event.time_after - event.before / event.time_before for event in events]
    fit = statistics.bootstrap_ratio(drops, [1.0] * len(drops), [event.cluster for event in events])
    if fit is None:
        return "no intrusion came to light"
    change = f"{fit.estimate:+.2f} ({fit.low:+.2f} to {fit.high:+.2f})"
    return f"after {len(drops)} exposures the share of windows aligned changed by {change}"


class LegitimacyMakesAccessWork(Proposition):
    """Walt (1987), pp. 48-49: states tolerate access that looks like lobbying, not like subversion; Nye (2004)."""

    id: ClassVar[str] = "W6.4"
    family: ClassVar[str] = "W6"
    claim: ClassVar[str] = "Access works better when its means look legitimate."
    statistic: ClassVar[str] = "log-odds of being chosen per s.d. of penetration x legitimate means, both held"
    unit: ClassVar[str] = "choice of a partner"
    n_min: ClassVar[int] = CHOICES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the interaction of access with legitimate means."""
        return _note(sample, partner_interaction_slope(sample, access, lambda _, k: float(k.legitimate)))


class AccessNeedsOtherCauses(Proposition):
    """Walt (1987), p. 49 and ch. 7: access helps an alliance that has other causes, and rarely makes one alone.

    Both parts have to hold (Lakens 2017 on showing that an effect is too small to matter): the interaction is above zero,
    and the slope where hardly any threat is shared lies inside the smallest effect of interest.
    """

    id: ClassVar[str] = "W6.5"
    family: ClassVar[str] = "W6"
    claim: ClassVar[str] = (
        "Access makes an alliance where a shared threat already favours it, and hardly where none does."
    )
    statistic: ClassVar[str] = (
        "log-odds of being chosen per s.d. of penetration x shared threat; slope without it in the note"
    )
    unit: ClassVar[str] = "choice of a partner"
    n_min: ClassVar[int] = CHOICES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the interaction of access with shared threat; it is judged only if access alone clearly has no effect."""
        finding = _note(sample, partner_interaction_slope(sample, access, lambda _, k: k.shared))
        shared = sorted(k.shared for case in sample.joined for k in sample.menu(case))
        if not shared:
            return finding
        low = shared[len(shared) // 10]

        def covariates(case: Case, k: Candidate) -> tuple[float, ...]:
            return (k.penetration, k.penetration * (k.shared - low), *control_columns(case, k))

        alone = choice_finding(sample.choice_sets(covariates))
        nothing = alone.estimate is not None and alone.low90 > -SLOPE_SESOI and alone.high90 < SLOPE_SESOI
        against = finding.estimate is not None and finding.high < 0.0
        note = f"{finding.note}; {format_finding(f'slope at a shared threat of {low:.2f}', alone)}"
        return replace(finding, note=note, enough=nothing or against)
