"""The three questions of an alliance: whether a tie is made in a window, in which direction, and with whom.

Over whole menus a forecast wins by expecting few ties, since few are made. So each question is scored apart and against a null
of its own. The first has one row for each state and window. The others have one row for each proposer and pact: the other side of
a pact answered an offer, which is a choice of its own (``acceptances``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import fsum, log

from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import Candidate, option_of
from counterpoise.theory.evidence.choices.choices_document import (
    DirectionCounts,
    DirectionOfTies,
    PartnerOfTies,
    Slope,
    WhetherTied,
)
from counterpoise.theory.evidence.choices.players import PlayerKind
from counterpoise.theory.evidence.choices.scoring import Answered, Asked, places_of_partners, scores, slope
from counterpoise.theory.evidence.choices.tie_rates import tie_rate
from counterpoise.theory.evidence.proposition import CHOICES_MIN
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.quantising import DIGITS
from counterpoise.theory.statistics import ChoiceSet

NEAREST = "nearest"
"""The hypothesis whose shares stand for distance alone."""
DIRECTIONS = ("BAL", "BW", "OTHER")
_RATES = {
    "bots": "the rate of ties of bots in training games",
    "people": "the rate of new pacts of states (ATOP 1945-2010)",
}


def whether_tied(cases: Sequence[Case], kind: PlayerKind, hypotheses: Mapping[str, Hypothesis]) -> WhetherTied:
    """Return how well each hypothesis foretold in which windows states make a new tie.

    Args:
        cases: decisions of one kind of player, those off the menu too.
        kind: what sort of player it is, which decides the null.
        hypotheses: those that forecast every decision, by name.
    """
    rows, rates = [], []
    for case in cases:
        if not case.point.alignments:
            continue
        tied, rate = bool(case.outcome.partners), tie_rate(case.point, kind)
        given = {name: _inside(fsum(case.record.forecasts[name][: case.point.alignments])) for name in hypotheses}
        shares = {name: share if tied else 1.0 - share for name, share in given.items()}
        rows.append(Answered(case, shares, {"rate": rate if tied else 1.0 - rate}))
        rates.append(rate)
    tied_rows = [row for row in rows if row.case.outcome.partners]
    asked = Asked(
        "window with a new tie", "windows with a new tie", {"rate": _RATES["bots" if kind == "bots" else "people"]}
    )
    return WhetherTied(
        made=len(tied_rows),
        made_as_proposer=sum(1 for row in rows if row.case.role == "proposer"),
        expected=round(fsum(rates), DIGITS),
        scores=scores(rows, asked, hypotheses, tied_rows),
    )


def _inside(share: float) -> float:
    """Return a probability that is neither 0 nor 1, whose parts were rounded to millionths."""
    return min(1.0 - 1e-6, max(1e-6, share))


Proposals = Sequence[tuple[Case, str]]
"""The decisions in which ties were proposed, each with the partner proposed."""


def proposals(sample: Sample) -> tuple[list[tuple[Case, str]], list[Case]]:
    """Return one row for each proposer and pact whose partner was chosen from a menu, and the decisions of the other pacts."""
    found, left_out = [], []
    for session, known in sample.diplomacies.items():
        for pact in known.pacts:
            case = sample.point_at(session, pact.proposer, pact.chosen)
            if case is None:
                continue
            places = places_of_partners(case.point)
            partner = next((state for state in pact.partners if state in places), None)
            if partner is None or len(places) < 2:
                left_out.append(case)
            else:
                found.append((case, str(partner)))
    return found, left_out


def direction_of_ties(made: Proposals, hypotheses: Mapping[str, Hypothesis]) -> DirectionOfTies:
    """Return how well each hypothesis foretold whether a tie goes with the gravest threat, against it, or neither way.

    The null is the menu's own: the shares of the partners that fear the threat, of the threat, and of the others. Menus that
    lead one way only are no choice.

    Args:
        made: the proposals of one kind of player.
        hypotheses: those that forecast every decision, by name.
    """
    rows, counts = [], {"chosen": Counter[str](), "expected": Counter[str]()}
    expected: dict[str, list[float]] = {way: [] for way in DIRECTIONS}
    for case, partner in made:
        if not case.point.threatened:
            continue
        ways = [option_of(option)[0] for option in case.point.options[: case.point.alignments]]
        chosen = ways[places_of_partners(case.point)[partner]]
        if len(dict.fromkeys(ways)) < 2:
            continue
        counts["chosen"][chosen] += 1
        for way in DIRECTIONS:
            expected[way].append(ways.count(way) / len(ways))
        shares = {}
        for name in hypotheses:
            given = case.record.forecasts[name][: len(ways)]
            shares[name] = fsum(s for s, way in zip(given, ways, strict=True) if way == chosen) / fsum(given)
        rows.append(Answered(case, shares, {"menu": ways.count(chosen) / len(ways)}))
    asked = Asked("tie proposed under threat", "ties proposed under threat", {"menu": "the menu itself"})
    return DirectionOfTies(
        chosen=DirectionCounts(*(float(counts["chosen"][way]) for way in DIRECTIONS)),
        expected=DirectionCounts(*(round(fsum(expected[way]), DIGITS) for way in DIRECTIONS)),
        scores=scores(rows, asked, hypotheses),
    )


def partner_of_ties(made: Proposals, left_out: int, hypotheses: Mapping[str, Hypothesis]) -> PartnerOfTies:
    """Return how well each hypothesis foretold the partner, and what draws proposers to partners.

    Args:
        made: the proposals of one kind of player.
        left_out: how many other proposals there were.
        hypotheses: those that forecast every decision, by name.
    """
    rows = []
    for case, partner in made:
        places, menu = places_of_partners(case.point), case.point.alignments
        shares = {}
        for name in (*hypotheses, NEAREST):
            given = case.record.forecasts[name][:menu]
            shares[name] = given[places[partner]] / fsum(given)
        rows.append(Answered(case, shares, {"uniform": 1.0 / menu, "nearest": shares[NEAREST]}))
    asked = Asked(
        "tie proposed", "ties proposed", {"uniform": "a partner drawn by lot", "nearest": "the nearest partner"}
    )
    return PartnerOfTies(
        left_out=left_out,
        slopes=_partner_slopes(made) if len(made) >= CHOICES_MIN else [],
        least=CHOICES_MIN,
        scores=scores(rows, asked, hypotheses),
    )


def _partner_slopes(made: Proposals) -> list[Slope]:
    """Return the coefficients of one conditional logit: each covariate in turn, with the others as controls."""
    labels = {
        "shared_threat": "shares a threat with the proposer",
        "similarity": "has a like ideology",
        "distance": "is far away (log distance)",
        "power": "is strong (log power)",
        "prior": "is an ally already",
    }
    found = []
    for place, (name, label) in enumerate(labels.items()):
        sets = [_choice_set(case, partner, place) for case, partner in made]
        found.append(slope(name, label, statistics.conditional_logit(sets)))
    return found


def _choice_set(case: Case, partner: str, first: int) -> ChoiceSet:
    point = case.point
    menu = [*point.candidates, *((point.source,) if point.threatened else ())]
    rows = sorted((_covariates(k, first), k.id == partner) for k in menu)
    chosen = next(place for place, (_, picked) in enumerate(rows) if picked)
    return ChoiceSet(tuple(row for row, _ in rows), chosen, case.cluster, point.window)


def _covariates(k: Candidate, first: int) -> tuple[float, ...]:
    columns = [k.shared, k.similarity, log(max(1.0, k.km)), log(max(1e-6, k.power)), float(k.prior)]
    return (columns.pop(first), *columns)
