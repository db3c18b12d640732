"""The debrief as text."""

from __future__ import annotations

from msgspec import UNSET, UnsetType
from rich.table import Table

from counterpoise.cli.debrief.answers_text import print_answers
from counterpoise.cli.debrief.choices_text import print_choices, print_in_words, print_scores_by_player
from counterpoise.cli.debrief.noise_text import HEADINGS, is_known, noise_cells, print_noise
from counterpoise.cli.debrief.registration_text import print_registration
from counterpoise.cli.terminal import console
from counterpoise.document_schema import Interval
from counterpoise.session.debrief.debrief_document import Debrief, SessionDebrief, TimelineInject
from counterpoise.sim.types import AlignmentClass
from counterpoise.theory.check.debrief_document import (
    ClassCounts,
    HypothesisRow,
    Mixture,
    PropositionRow,
    SensitivitySettings,
)
from counterpoise.theory.evidence.accrual_document import AccruingEvidence
from counterpoise.theory.evidence.elicitation_document import Elicitation
from counterpoise.theory.evidence.shown_index import ShownIndex

CLASS_NAMES: dict[AlignmentClass, str] = {
    "BAL": "balanced against the top threat",
    "BW": "bandwagoned with it",
    "HIDE": "hid while others balanced",
    "NEU": "made no new alignment",
    "OTHER": "aligned for another reason",
}
NO_VERDICT = "NOT_ENOUGH_DATA"
INJECTS_SHOWN = 12
LEAST_WEIGHT = 0.005
"""Smaller weights in the mixture round to nothing and are not printed."""


def print_debrief(report: Debrief) -> None:
    """Print the answer in words, then how well each hypothesis forecast the choices, and the verdict on each proposition."""
    console.print(report.title, style="bold", markup=False)
    console.print(report.tested.sentence, markup=False, highlight=False)
    console.print()
    print_in_words(report.in_words)
    print_registration(report.registration)
    if isinstance(report, SessionDebrief):
        _print_injects(report.timeline.injects)
    _print_classes(report.classes)
    _print_scores(report)
    print_scores_by_player(report.by_player)
    print_choices(report.choices)
    _print_evidence(report.evidence)
    _print_propositions(report.propositions, _recovered(report))
    judged = [row for row in report.propositions if row.verdict != NO_VERDICT]
    scored = report.hypotheses if report.enough.telling else []
    print_noise(report.propositions, has_columns=is_known([*judged, *scored]))
    console.print(
        "If there is not enough data although the interval excludes 0, there are too few decisions or choosers, or the effect is "
        "smaller than the smallest of interest. The notes in --json say which.",
        style="dim",
    )
    for row in report.propositions:
        if row.id == "W3.1" and row.estimate is not None:
            console.print(
                f"W3.1: {row.note}. One state is the threat and many are not, so read the lift with the estimate, and the "
                f"share {_number(row.blind)} that blind choice from the same menus gives.",
                style="dim",
            )
    if any(row.verdict != NO_VERDICT for row in report.propositions):
        _print_sensitivity(report.sensitivity)
    console.print()
    print_answers(report.alliances_explained, report.conditions, report.consequences)
    _print_elicitation(report.elicitation, _writers(report))
    _print_shown_index(report.shown_index)
    console.print("Keep in mind when reading the verdicts:", style="bold")
    for sentence in report.threats_to_validity:
        console.print(f"  - {sentence}", markup=False)


def _print_classes(counts: ClassCounts) -> None:
    console.print(f"{counts.decisions} decisions, {counts.threatened} of them under threat. Of those:")
    for name, count in counts.by_class().items():
        share = count / counts.threatened if counts.threatened else 0.0
        console.print(f"  {count:5d}  {share:6.1%}  {CLASS_NAMES[name]} ({name})")
    console.print()


def _print_injects(injects: list[TimelineInject]) -> None:
    """List what happened from outside play; only the first ones of many."""
    if not injects:
        return
    console.print("What came from outside", style="bold")
    for inject in injects[:INJECTS_SHOWN]:
        console.print(f"  {inject.date}  {inject.title} ({inject.by})", markup=False)
    if len(injects) > INJECTS_SHOWN:
        console.print(f"  and {len(injects) - INJECTS_SHOWN} more; --json and --html list them all")
    console.print()


def _print_scores(report: Debrief) -> None:
    """Print how well each hypothesis forecast the choices; with too few choices only what would be enough."""
    if not report.enough.telling:
        console.print(f"{report.enough.sentence} --json has the scores so far.", markup=False, highlight=False)
        console.print()
        return
    console.print(_hypotheses(report.hypotheses, _recovered(report)))
    console.print(
        "Skill compares with the base rates: above 0 is better. Intervals resample choosers and sessions, not single choices.",
        style="dim",
    )
    _print_mixture(report.stacking, report.hypotheses)
    console.print()


def _print_mixture(mixture: Mixture | None, rows: list[HypothesisRow]) -> None:
    if mixture is None:
        return
    best = max((row.log_score for row in rows if row.log_score is not None), default=None)
    heaviest_first = sorted(mixture.weights.items(), key=lambda pair: -pair[1])
    weights = ", ".join(f"{name} {weight:.2f}" for name, weight in heaviest_first if weight >= LEAST_WEIGHT)
    console.print(
        f"Best mixture of all forecasts: {weights}. Its log score on held-out decisions is {_number(mixture.log_score)}; the "
        f"best single hypothesis scores {_number(best)}.",
        style="dim",
    )


def _print_evidence(evidence: AccruingEvidence | None) -> None:
    """Print what the acts of those under test say about each pair, how many there are, and what each kind of player's say."""
    if evidence is None or not evidence.groups:
        return
    console.print("The evidence so far", style="bold")
    if evidence.groups[0].kind != "tested":
        console.print("  No player under test has taken a side under threat, so there is no evidence about them.")
    for group in evidence.groups:
        told = {"tested": group.sentences, "player": group.sentences[:1], "chooser": []}[group.kind]
        for sentence in told:
            console.print(f"  {sentence}", markup=False, highlight=False)
        if group.kind == "tested":
            if group.carriers:
                console.print(f"  {group.carriers}", markup=False, highlight=False)
            counted = [f"{kind.words}: {group.acts[kind.name]}" for kind in evidence.kinds if kind.name in group.acts]
            console.print(f"  The acts that count: {', '.join(counted)}.", markup=False, highlight=False)
    console.print(
        "Odds from acts by which a state under threat takes a side, which may be read at any time. They are the smaller of those "
        "against the rival and against chance, and even where the bets of both sides win. Many pairs are compared for many "
        "groups, so some pass 20 to 1 by luck. Words of strength are about the players under test alone, and corrected for the "
        f"{evidence.claims} claims that can be false together: some evidence from {evidence.some:.0f} to 1, strong evidence from "
        f"{evidence.strong:.0f} to 1. --json and --html tell more pairs and each chooser.",
        style="dim",
    )
    console.print()


def _print_sensitivity(sensitivity: SensitivitySettings) -> None:
    if sensitivity.draws:
        console.print(
            f"FRAGILE: fewer than {sensitivity.robust:.0%} of {sensitivity.draws} other threat indices (other weights, forms "
            "and floors) give the same verdict.",
            style="dim",
        )
    else:
        console.print(
            "The verdicts were not tried with other threat indices; `counterpoise debrief` with --draws does that.",
            style="dim",
        )


def _print_elicitation(elicitation: Elicitation, who: str) -> None:
    """Print how what bots or other players wrote down compares with the theory; print nothing if they wrote nothing."""
    assessed, predicted, reasons = elicitation.assessments, elicitation.predictions, elicitation.reasons
    asked, beliefs = elicitation.questions, elicitation.beliefs
    if not (assessed or predicted or reasons or asked or beliefs):
        return
    console.print(f"What {who} wrote down", style="bold")
    if assessed:
        console.print(
            f"  {assessed.n} assessments: {who} rated the index's top threat highest in {assessed.top_threat_named:.0%}, "
            f"the strongest state in {assessed.strongest_named:.0%}, the nearest in {assessed.nearest_named:.0%} "
            f"(chance {assessed.chance:.0%}). They put a share of {_number(assessed.pairs_in_order, 2)} "
            "of the pairs of states in its order (chance 0.50; ties count half)."
        )
    if predicted:
        console.print(
            f"  {predicted.n} predictions of others: {predicted.came_true:.0%} came true at a mean confidence of "
            f"{predicted.confidence:.0%}. Brier score {_number(predicted.brier)}; on the same events balance of threat "
            f"{_number(predicted.theory_brier)}, base rates {_number(predicted.base_rate_brier)}."
        )
    if reasons:
        given = ", ".join(f"{reason} {count}" for reason, count in reasons.given.items())
        console.print(f"  {reasons.n} reasons given: {given}.")
    if asked:
        found = asked.all
        console.print(
            f"  {found.asked} questions asked: {found.answered} answered, {found.skipped} skipped, {found.lapsed} left to lapse, "
            f"{found.open} open at the end."
        )
    if beliefs:
        for words, part in (("balancing", beliefs.balancing), ("ideology", beliefs.ideology), ("aid", beliefs.aid)):
            after = "" if part.after is None else f", {part.after:.2f} afterwards"
            console.print(
                f"  Belief in {words} of {beliefs.n} {who}: {part.before:.2f}{after}; rank correlation with play "
                f"{_number(part.correlation, 2)}."
            )
    console.print()


def _print_shown_index(found: ShownIndex | UnsetType) -> None:
    """Print how people who were shown the theory's threat index compare with those who were not."""
    if found is UNSET:
        return
    console.print("Who was shown the theory's threat index", style="bold")
    for words, group in (("shown it", found.shown), ("not shown it", found.hidden)):
        balanced = "-" if group.balanced is None else f"{group.balanced:.0%}"
        console.print(
            f"  {group.seats} people {words}: balanced in {balanced} of {group.threatened} decisions under threat; log score of "
            f"balance of threat {_number(group.log_score)}."
        )
    if found.difference is not None:
        by_lot = "no lot decided" if found.p is None else f"p {found.p:.3f} by the other deals of the lot"
        console.print(
            f"  Difference in log score {_number(found.difference)} ({by_lot}); above 0, the index made them follow it."
        )
    console.print()


def _number(value: float | None, digits: int = 3) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _interval(interval: Interval | None) -> str:
    return "-" if interval is None else f"{interval[0]:.3f} to {interval[1]:.3f}"


def _writers(report: Debrief) -> str:
    """Return who wrote something down: bots and others are told together, and named together."""
    if report.tested.recovery_test:
        return "bots"
    return "people and bots" if report.tested.left_out else "players"


def _recovered(report: Debrief) -> str:
    """Return what follows the title of a table of results of bots."""
    return " of bots (recovery test)" if report.tested.recovery_test else ""


def _hypotheses(rows: list[HypothesisRow], whose: str) -> Table:
    table = Table(
        title=f"How well each hypothesis forecast the choices{whose}", title_justify="left", header_style="bold"
    )
    table.add_column("hypothesis")
    beside = HEADINGS if is_known(rows) else ()
    for heading in ("n", "log score", "Brier", "skill", "95 % interval", *beside):
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(
            f"{row.name} (baseline)" if row.standing == "baseline" else row.name,
            str(row.n),
            _number(row.log_score),
            _number(row.brier),
            _number(row.skill),
            _interval(row.ci),
            *(noise_cells(row.noise) if beside else ()),
        )
    return table


def _print_propositions(rows: list[PropositionRow], whose: str) -> None:
    """Print a table of the propositions with a verdict, and one line for those without enough data."""
    judged = [row for row in rows if row.verdict != NO_VERDICT]
    without_data = [row.id for row in rows if row.verdict == NO_VERDICT]
    if judged:
        console.print(_propositions(judged, whose))
    if without_data:
        lead = (
            f"{len(without_data)} other propositions"
            if judged
            else f"No verdict on any of {len(without_data)} propositions"
        )
        console.print(f"{lead}: not enough data ({', '.join(without_data)}).")


def _propositions(rows: list[PropositionRow], whose: str) -> Table:
    title = f"The verdict on each proposition{', from decisions' + whose if whose else ''}"
    table = Table(title=title, title_justify="left", header_style="bold")
    beside = HEADINGS if is_known(rows) else ()
    for heading in ("id", "claim", "n", "estimate", "95 % interval", *beside, "verdict"):
        table.add_column(heading, overflow="fold", no_wrap=heading in ("id", "verdict"))
    for row in rows:
        verdict = f"{row.verdict} FRAGILE" if row.fragile else row.verdict
        noise = noise_cells(row.noise) if beside else ()
        table.add_row(row.id, row.claim, str(row.n), _number(row.estimate), _interval(row.ci), *noise, verdict)
    return table
