"""Family W3: conditions that favour balancing or bandwagoning (Walt 1987, ch. 2, pp. 28-33)."""

from __future__ import annotations

from dataclasses import replace
from math import fsum
from typing import ClassVar

from counterpoise.theory import statistics
from counterpoise.theory.evidence.proposition import (
    SHARE_SESOI,
    Case,
    Proposition,
    Sample,
    finding_beside_blind_choice,
    format_finding,
    interaction_column,
    log_balancing_share,
    logit_slope,
    logit_slope_on_columns,
    menu_share,
    share_difference,
)
from counterpoise.theory.evidence.verdict import Finding


class BalancingIsCommoner(Proposition):
    """Walt (1987), pp. 28-29 and 33, and ch. 5, where the region's choices support it.

    Blind choices balance more than they bandwagon too, since one state is the threat and many are not. So a verdict needs a
    share beyond that of blind choice from the same menus as well as beyond one half. The note gives the lift: how many times
    as likely states choose the threat as any one other state. In 1945-2010 the lift is far above 1.
    """

    id: ClassVar[str] = "W3.1"
    family: ClassVar[str] = "W3"
    claim: ClassVar[str] = "Balancing is more common than bandwagoning."
    statistic: ClassVar[str] = (
        "share of BAL among threatened decisions that took a side; lift of the threat in the note"
    )
    null: ClassVar[float] = 0.5
    has_menu_null: ClassVar[bool] = True
    sesoi: ClassVar[float] = SHARE_SESOI
    n_min: ClassVar[int] = 11

    def test(self, sample: Sample) -> Finding:
        """Return the share of balancing beside that of blind choice."""
        sided = sample.sided
        balances, total = [float(case.did == "BAL") for case in sided], len(sided)
        notes = [f"BAL {balances.count(1.0)}, BW {balances.count(0.0)}", _lift(sample)]
        pure = [case for case in sided if not case.outcome.mixed]
        if len(pure) < total and pure:
            share = sum(1 for case in pure if case.did == "BAL") / len(pure)
            notes.append(f"without the {total - len(pure)} mixed choices {share:.2f}")
        return finding_beside_blind_choice(
            balances,
            [menu_share(case.point) for case in sided],
            [case.cluster for case in sided],
            null=self.null,
            note="; ".join(notes),
        )


def _lift(sample: Sample) -> str:
    """Return a note on how many times as often states join the threat as the average other state."""
    cases = [case for case in sample.threatened if case.point.candidates]
    if not cases:
        return "lift unknown"
    threat = sum(1 for case in cases if case.outcome.choice == "BW") / len(cases)
    others = fsum(
        1.0 / len(case.point.candidates) for case in cases if case.outcome.choice != "BW" and sample.partner(case)
    ) / len(cases)  # fmt: skip
    if others == 0.0:
        return "lift undefined: no other state was joined"
    return f"lift {threat / others:.2f} (chance of joining the threat over that of joining any one other state)"


class StrengthMakesBalancing(Proposition):
    """Walt (1987), pp. 29-30 and 33: weak states add little and suffer most, so they bandwagon more."""

    id: ClassVar[str] = "W3.2"
    family: ClassVar[str] = "W3"
    claim: ClassVar[str] = "The stronger the state, the more it balances rather than bandwagons."
    statistic: ClassVar[str] = (
        "log-odds of BW per s.d. of own weight against the threat, among decisions that took a side"
    )
    unit: ClassVar[str] = "threatened decision that took a side"
    predicted: ClassVar[int] = -1
    n_min: ClassVar[int] = 30

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BW on the chooser's weight."""
        return logit_slope(sample.sided, "BW", lambda point: point.weight, [log_balancing_share])


class WeaknessMakesBandwagoningWithGiants(Proposition):
    """Walt (1987), pp. 29-30: the weak balance against the weak and may join the strong. Rothstein (1968) on small powers."""

    id: ClassVar[str] = "W3.2b"
    family: ClassVar[str] = "W3"
    claim: ClassVar[str] = "The threat's power makes weak states join it more than it makes strong ones."
    statistic: ClassVar[str] = "log-odds of BW per s.d. of own weight x the threat's power, both held"
    unit: ClassVar[str] = "threatened decision that took a side"
    predicted: ClassVar[int] = -1
    n_min: ClassVar[int] = 400

    def test(self, sample: Sample) -> Finding:
        """Return the interaction of the chooser's weight with the threat's power."""
        cases = sample.sided
        weight, power = [case.point.weight for case in cases], [case.point.relative_power for case in cases]
        finding = logit_slope_on_columns(
            cases,
            "BW",
            [interaction_column(weight, power), weight, power, [log_balancing_share(case.point) for case in cases]],
        )
        return replace(finding, spread=min(statistics.standard_deviation(weight), statistics.standard_deviation(power)))


class VictoryMakesBandwagoning(Proposition):
    """Walt (1987), pp. 31-33: late in a war states join the side about to win; Schweller (1994) for the spoils."""

    id: ClassVar[str] = "W3.5"
    family: ClassVar[str] = "W3"
    claim: ClassVar[str] = "In war, the nearer the threat is to victory, the more others join it."
    statistic: ClassVar[str] = "log-odds of BW per s.d. of (2 x its chance of winning - 1), decisions in war"
    unit: ClassVar[str] = "threatened decision in war"
    n_min: ClassVar[int] = 60

    def test(self, sample: Sample) -> Finding:
        """Return the slope of BW on the threat's lead in the war; the note gives its interaction with war over all rows."""
        cases = [case for case in sample.threatened if case.point.war]
        finding = logit_slope(cases, "BW", lambda point: 2.0 * point.win_chance - 1.0)
        peace = [case for case in sample.threatened if not case.point.war]
        rate = sum(1 for case in peace if case.did == "BW") / len(peace) if peace else 0.0
        whole = logit_slope(
            sample.threatened,
            "BW",
            lambda point: (2.0 * point.win_chance - 1.0) * point.war,
            [lambda point: float(point.war), lambda point: point.threat],
        )
        return replace(
            finding,
            note=f"{finding.note}; in peace BW in {rate:.1%}; {format_finding('interaction of war and lead', whole)}",
        )


class PeaceMakesBalancing(Proposition):
    """Walt (1987), pp. 31-33: in peace and early in a war states balance, since the winner is not known yet."""

    id: ClassVar[str] = "W3.6"
    family: ClassVar[str] = "W3"
    claim: ClassVar[str] = "States balance more in peace and early in a war than late in a war."
    statistic: ClassVar[str] = (
        "share of BAL among decisions that took a side: peace or the first year of war less later in war"
    )
    unit: ClassVar[str] = "threatened decision that took a side"
    sesoi: ClassVar[float] = SHARE_SESOI
    n_min: ClassVar[int] = 60
    EARLY_DAYS: ClassVar[int] = 365

    def test(self, sample: Sample) -> Finding:
        """Return the difference in the share of balancing."""
        cases = sample.sided
        early = [not case.point.war or self._is_early(sample, case) for case in cases]
        late = sum(1 for mark in early if not mark)
        return share_difference(
            cases, "BAL", early, [menu_share], note=f"{late} of {len(cases)} decisions fell late in a war"
        )

    def _is_early(self, sample: Sample, case: Case) -> bool:
        """Tell whether the oldest war of the chooser or its threat is in its first year; without a record of wars it is not."""
        pair, now = (case.frozen.actor, case.point.top_threat), case.frozen.opened
        chronicle = sample.chronicles.get(case.record.session)
        began = [war.began for war in chronicle.wars if war.fought_by(pair, now)] if chronicle else []
        return bool(began) and now - min(began) < self.EARLY_DAYS
