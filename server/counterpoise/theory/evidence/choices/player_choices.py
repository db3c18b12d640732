"""The table of choices, question by question, for each kind of player."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from counterpoise.theory.evidence.accrual_words import label_of_player
from counterpoise.theory.evidence.choices.acceptances import acceptances, received_offers
from counterpoise.theory.evidence.choices.choices_document import PlayerChoices, StandingRow
from counterpoise.theory.evidence.choices.players import kind_of_player, players_of
from counterpoise.theory.evidence.choices.three_questions import (
    NEAREST,
    direction_of_ties,
    partner_of_ties,
    proposals,
    whether_tied,
)
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.evidence.verdict import CLUSTERS_MIN
from counterpoise.theory.forecasting.hypothesis import Hypothesis


def player_choices(sample: Sample, hypotheses: Mapping[str, Hypothesis]) -> list[PlayerChoices]:
    """Return the choices of each kind of player, people first and bots last.

    Args:
        sample: the decisions of all players and what happened around them.
        hypotheses: those whose forecasts are scored, by name; those that did not forecast every decision are passed over.
    """
    cases = sample.made
    names = {name: one for name, one in hypotheses.items() if all(name in case.record.forecasts for case in cases)}
    if NEAREST not in names:
        return []
    made, left_out = proposals(sample)
    received = received_offers(sample)
    found = []
    for player in players_of([case.record for case in cases]):
        kind = kind_of_player(player)
        mine = [case for case in cases if case.record.player == player]
        states = dict.fromkeys(case.cluster for case in mine)
        proposed = [(case, partner) for case, partner in made if case.record.player == player]
        found.append(
            PlayerChoices(
                player=player,
                label=label_of_player(player),
                kind=kind,
                recovery_test=kind == "bots",
                decisions=len(mine),
                states=len(states),
                limited=len(states) < CLUSTERS_MIN,
                whether=whether_tied(mine, kind, names),
                direction=direction_of_ties(proposed, names),
                partner=partner_of_ties(proposed, sum(1 for case in left_out if case.record.player == player), names),
                acceptances=acceptances([one for one in received if one.case.record.player == player]),
                standing=standing(mine),
            )
        )
    return found


def standing(cases: Sequence[Case]) -> list[StandingRow]:
    """Return decisions under threat parted by whether the state had an ally that feared its top threat already."""
    threatened = [case for case in cases if case.point.threatened]
    parted: dict[bool, list[Case]] = {False: [], True: []}
    for case in threatened:
        parted[is_aligned_against_threat(case)].append(case)
    return [_standing_row(aligned, found) for aligned, found in parted.items()]


def is_aligned_against_threat(case: Case) -> bool:
    """Tell whether an ally of the actor, other than the threat itself, shares the fear of its top threat."""
    floor = case.point.shared_floor
    return any(k.prior and k.fear_of_top_threat >= floor for k in (*case.point.candidates, *case.point.barred))


def _standing_row(aligned: bool, cases: Sequence[Case]) -> StandingRow:
    quiet = [case for case in cases if case.did in ("HIDE", "NEU")]
    done = [case.did for case in cases]
    return StandingRow(
        aligned_against=aligned,
        decisions=len(cases),
        quiet=len(quiet),
        sheltered=sum(1 for case in quiet if case.point.sheltered),
        dropped=sum(1 for case in cases if case.outcome.dropped),
        balanced=done.count("BAL"),
        bandwagoned=done.count("BW"),
        other=done.count("OTHER"),
    )
