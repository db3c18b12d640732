"""Family W2: bandwagoning (Walt 1987, ch. 2, pp. 19-33).

The slopes compare joining the threat with balancing against it, among decisions that did either: the contrast of a
multinomial logit, estimated from its two classes alone (Begg & Gray 1984). The share of balancing on the menu is controlled.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.evidence.alliance_spells import Piece, hazard, pieces
from counterpoise.theory.evidence.event_studies import AFTERMATH_DAYS, attacked, separate_windows
from counterpoise.theory.evidence.map_patterns import session_finding, spheres
from counterpoise.theory.evidence.proposition import (
    SHARE_SESOI,
    SHARES_MIN,
    SIDE_MIN,
    Proposition,
    Sample,
    Trait,
    finding_beside_blind_choice,
    finding_from_fit,
    log_balancing_share,
    logit_slope,
    logit_slope_on_columns,
    menu_share,
)
from counterpoise.theory.evidence.verdict import Finding
from counterpoise.theory.propositions.w1 import intent_slope

COMPONENTS: tuple[Trait, ...] = (
    lambda point: point.relative_power,
    lambda point: point.source.proximity,
    lambda point: point.source.offense,
    lambda point: point.source.intentions,
)
POWER, PROXIMITY, OFFENSE = 0, 1, 2


def joining(sample: Sample, component: int) -> Finding:
    """Return the slope of BW against BAL on one component of the threat, the other three held."""
    held = [trait for place, trait in enumerate(COMPONENTS) if place != component]
    return logit_slope(sample.sided, "BW", COMPONENTS[component], [*held, log_balancing_share])


class ThreatMakesBandwagoning(Proposition):
    """Walt (1987), p. 33, for the view, which he rejects, that threatened states join the threat.

    The share shows which choice is more common; a verdict needs one beyond that of blind choice from the same menus as well
    as beyond one half. The slope in the note shows whether fear makes joining likelier.
    """

    id: ClassVar[str] = "W2.1"
    family: ClassVar[str] = "W2"
    claim: ClassVar[str] = "States that face an external threat align with it."
    statistic: ClassVar[str] = "share of BW among threatened decisions that took a side"
    null: ClassVar[float] = 0.5
    has_menu_null: ClassVar[bool] = True
    sesoi: ClassVar[float] = SHARE_SESOI
    n_min: ClassVar[int] = 11

    def test(self, sample: Sample) -> Finding:
        """Return the share of bandwagoning beside that of blind choice."""
        sided = sample.sided
        joins = [float(case.did == "BW") for case in sided]
        rise = logit_slope(sample.threatened, "BW", lambda point: point.threat)
        note = "no slope of BW on threat can be estimated"
        if rise.estimate is not None:
            note = f"slope of BW on threat {rise.estimate:+.2f} ({rise.low:+.2f} to {rise.high:+.2f}) per s.d."
        return finding_beside_blind_choice(
            joins,
            [1.0 - menu_share(case.point) for case in sided],
            [case.cluster for case in sided],
            null=self.null,
            note=f"{joins.count(1.0)} of {len(sided)} decisions that took a side joined the threat; {note}",
        )


class PowerMakesBandwagoning(Proposition):
    """Walt (1987), pp. 22-23 and 33: power that cannot be matched attracts; the rival of W1.2. Schroeder (1994) for cases."""

    id: ClassVar[str] = "W2.2"
    family: ClassVar[str] = "W2"
    claim: ClassVar[str] = "The more powerful the state that threatens, the likelier others join it."
    statistic: ClassVar[str] = "log-odds of BW against BAL per s.d. of the threat's power; the other components held"

    def test(self, sample: Sample) -> Finding:
        """Return the slope of joining on the power of the top threat."""
        return joining(sample, POWER)


class ProximityMakesBandwagoning(Proposition):
    """Walt (1987), pp. 23-24 and 33: small neighbours of great powers cannot defend themselves; the rival of W1.3."""

    id: ClassVar[str] = "W2.3"
    family: ClassVar[str] = "W2"
    claim: ClassVar[str] = "The nearer a powerful state, the likelier its neighbours join it."
    statistic: ClassVar[str] = "log-odds of BW against BAL per s.d. of proximity; the other components held"

    def test(self, sample: Sample) -> Finding:
        """Return the slope of joining on the proximity of the top threat."""
        return joining(sample, PROXIMITY)


class SpheresOfInfluence(Proposition):
    """Walt (1987), p. 24: bandwagoning makes a sphere of influence around a great power; measured on cells as in Boulding (1962).

    A hegemon's cell is the area in which its power, discounted by distance, is larger than that of the others. The index is
    alignment with the hegemon of a state's own cell less that with hegemons at large, among alliances made in play.
    """

    id: ClassVar[str] = "W2.3b"
    family: ClassVar[str] = "W2"
    claim: ClassVar[str] = "States side with the great power whose power is largest where they are."
    statistic: ClassVar[str] = (
        "sphere-of-influence index of new alliances less its value under permutation, mean over snapshots"
    )
    unit: ClassVar[str] = "session's snapshots"
    sesoi: ClassVar[float] = SHARE_SESOI
    n_min: ClassVar[int] = 5

    def test(self, sample: Sample) -> Finding:
        """Return the mean sphere-of-influence index, corrected for chance."""
        return session_finding(spheres(sample.structures), linear=True)


class OffenseMakesBandwagoning(Proposition):
    """Walt (1987), pp. 24-25 and 33: against swift conquest help comes too late; the rival of W1.4. See Jervis (1978)."""

    id: ClassVar[str] = "W2.4"
    family: ClassVar[str] = "W2"
    claim: ClassVar[str] = (
        "The greater the offensive capability of the state that threatens, the likelier others join it."
    )
    statistic: ClassVar[str] = "log-odds of BW against BAL per s.d. of offensive capability; the other components held"

    def test(self, sample: Sample) -> Finding:
        """Return the slope of joining on the offensive capability of the top threat."""
        return joining(sample, OFFENSE)


class IntentUnmakesBalancing(Proposition):
    """Walt (1987), p. 33, for the view that states give in to aggressors; the coefficient of W1.5 with the opposite sign."""

    id: ClassVar[str] = "W2.5"
    family: ClassVar[str] = "W2"
    claim: ClassVar[str] = "The more aggressive a state's intentions look, the fewer states align against it."
    statistic: ClassVar[str] = "log-odds of BAL per s.d. of perceived intent, within pairs (the coefficient of W1.5)"
    predicted: ClassVar[int] = -1

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BAL on the perceived intent of the top threat."""
        return intent_slope(sample)


def _fear(piece: Piece) -> float:
    return piece.threat or 0.0


def _first_fear(piece: Piece) -> float:
    return piece.first_threat or 0.0


class SeriousThreatEndsAlliances(Proposition):
    """Walt (1987), p. 33, for the view that coalitions dissolve when their threat becomes serious; Leeds & Savun (2007)."""

    id: ClassVar[str] = "W2.6"
    family: ClassVar[str] = "W2"
    claim: ClassVar[str] = "Alliances against a threat dissolve when the threat becomes serious."
    statistic: ClassVar[str] = (
        "log hazard ratio of the alliance's end per s.d. of its enemy's threat; the threat at its start held"
    )
    unit: ClassVar[str] = "alliance with a named enemy"
    n_min: ClassVar[int] = 30

    def test(self, sample: Sample) -> Finding:
        """Return the log hazard ratio of the members' fear of the enemy that they name."""
        known = ([piece for piece in spell if piece.threat is not None] for spell in pieces(sample))
        return hazard(sample, [cut for cut in known if cut], [_fear, _first_fear], standardise=True)


class AppeasementPays(Proposition):
    """Walt (1987), p. 21, the first motive to bandwagon: to avoid an attack. Matched as in Rosenbaum & Rubin (1984).

    An attack is a crisis opened, a war begun or an incident of force by the threat in the 24 months after the window.
    Decisions with an attack in their own window are left out, since giving in is then part of that dispute.

    The 24 months of one chooser's decisions overlap. All its rows are one cluster, so that the interval does not count an attack
    more than once. No row is thinned out, since the rows differ in the threat and in what the chooser did about it. The least
    number on either side, however, counts windows that do not overlap.
    """

    id: ClassVar[str] = "W2.7"
    family: ClassVar[str] = "W2"
    claim: ClassVar[str] = "States that join a threat are attacked by it less than those that stay neutral."
    statistic: ClassVar[str] = "share attacked within 24 months, BW less NEU, matched on threat and its components"
    unit: ClassVar[str] = "threatened decision, BW or NEU"
    predicted: ClassVar[int] = -1
    sesoi: ClassVar[float] = SHARE_SESOI
    n_min: ClassVar[int] = SHARES_MIN

    def test(self, sample: Sample) -> Finding:
        """Return the matched difference in the share attacked."""
        asked = (
            (case, attacked(sample, case, AFTERMATH_DAYS)) for case in sample.threatened if case.did in ("BW", "NEU")
        )
        known = [(case, hit) for case, hit in asked if hit is not None]
        joined = [float(case.did == "BW") for case, _ in known]
        traits: tuple[Trait, ...] = (lambda p: p.threat, *COMPONENTS, lambda p: p.weight, lambda p: float(p.war))
        fit = statistics.matched_difference(
            [float(hit) for _, hit in known],
            joined,
            [[trait(case.point) for case, _ in known] for trait in traits],
            [case.cluster for case, _ in known],
            windows=[case.frozen.window for case, _ in known],
        )
        separate = [
            separate_windows([case for case, _ in known if case.did == did], AFTERMATH_DAYS) for did in ("BW", "NEU")
        ]
        note = (
            f"{joined.count(1.0)} BW and {joined.count(0.0)} NEU with 24 months on record afterwards and no attack in their "
            f"own window; {separate[0]} and {separate[1]} of these times do not overlap, and a verdict takes {SIDE_MIN} of each"
        )
        return replace(finding_from_fit(fit, len(known), note=note), enough=min(separate) >= SIDE_MIN)


class SpoilsMakeBandwagoning(Proposition):
    """Walt (1987), p. 21, the second motive to bandwagon: to share the spoils; Schweller (1994) makes it the first.

    W3.5 tests decisions in war. This proposition tests whether a winning threat attracts more than war itself and a losing
    threat do.
    """

    id: ClassVar[str] = "W2.8"
    family: ClassVar[str] = "W2"
    claim: ClassVar[str] = "States join a threat that is winning a war, to share in the victory."
    statistic: ClassVar[str] = (
        "log-odds of BW per s.d. of the threat's lead in a war it is winning; war and a losing threat held"
    )
    n_min: ClassVar[int] = 60

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BW on the lead of a winning threat; n is the number of decisions in war."""
        cases = sample.threatened
        lead = [2.0 * case.point.win_chance - 1.0 if case.point.war else 0.0 for case in cases]
        columns = [
            [max(0.0, value) for value in lead],
            [min(0.0, value) for value in lead],
            [float(case.point.war) for case in cases],
            [case.point.threat for case in cases],
        ]
        finding = logit_slope_on_columns(cases, "BW", columns)
        return replace(finding, n=sum(1 for case in cases if case.point.war))
