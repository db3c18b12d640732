"""Whose decisions are tested, whether they are enough, and the scores of the hypotheses on each kind of player."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from counterpoise.theory.check.accuracy import hypothesis_table
from counterpoise.theory.check.debrief_document import ClassCounts, DecisionsUnderTest, EnoughChoices, PlayerScores
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.accrual_words import label_of_player
from counterpoise.theory.evidence.choices.players import decisions_under_test, kind_of_player, players_of
from counterpoise.theory.evidence.choices.telling import ENOUGH, is_telling, too_few
from counterpoise.theory.evidence.sample import Case
from counterpoise.theory.evidence.sentences import Sentence
from counterpoise.theory.forecasting.hypothesis import Hypothesis


def whose_decisions(records: Sequence[DecisionRecord]) -> DecisionsUnderTest:
    """Return whose decisions are tested, of decisions that are over."""
    tested = decisions_under_test(records)
    players = players_of(tested)
    kind = kind_of_player(players[0]) if players else "unknown"
    others = [player for player in players_of(records) if player not in players]
    left_out = len(records) - len(tested)
    if not records:
        sentence = Sentence("No decision has been made yet.", "no_decision", {})
    elif kind == "bots":
        text = (
            "All decisions are of bots, so this is a recovery test: it shows whether the check finds what the bots were written "
            f"to do, and nothing about people or states. Kinds: {', '.join(map(label_of_player, players))}."
        )
        sentence = Sentence(text, "all_bots", {"players": players})
    else:
        text = f"Scores and verdicts are about the decisions of {label_of_player(players[0])}."
        if others:
            text += f" {left_out} decisions of {', '.join(map(label_of_player, others))} are scored apart."
        sentence = Sentence(text, "tested", {"player": players[0], "left_out": left_out, "others": others})
    return DecisionsUnderTest(kind, kind == "bots", len(tested), left_out, sentence.text, sentence.data)


def class_counts(cases: Sequence[Case]) -> ClassCounts:
    """Count the decisions, the decisions under threat, and the classes of the latter."""
    made = Counter(case.did for case in cases if case.point.threatened)
    return ClassCounts(
        decisions=len(cases),
        threatened=made.total(),
        balanced=made["BAL"],
        bandwagoned=made["BW"],
        hid=made["HIDE"],
        stayed_neutral=made["NEU"],
        other=made["OTHER"],
    )


def enough_choices(cases: Sequence[Case]) -> EnoughChoices:
    """Return whether decisions have new ties enough to tell hypotheses apart."""
    tied = [case.cluster for case in cases if case.outcome.partners]
    telling = is_telling(tied)
    missing = None if telling else too_few(tied, "decision with a new tie", "decisions with a new tie")
    text, data = ("", None) if missing is None else (missing.text, missing.data)
    return EnoughChoices(len(tied), len(dict.fromkeys(tied)), telling, text, ENOUGH, data)


def scores_by_player(
    records: Sequence[DecisionRecord], cases: Sequence[Case], hypotheses: Mapping[str, Hypothesis]
) -> list[PlayerScores]:
    """Return the scores for each kind of player, people first and bots last; none if all decisions are of one kind.

    Args:
        records: decisions that are over, in order.
        cases: the same decisions, coded.
        hypotheses: those whose forecasts are scored, by name.
    """
    players = players_of(records)
    if len(players) < 2:
        return []
    found = []
    for player in players:
        mine = [case for case in cases if case.record.player == player]
        kind = kind_of_player(player)
        found.append(
            PlayerScores(
                player=player,
                label=label_of_player(player),
                kind=kind,
                recovery_test=kind == "bots",
                classes=class_counts(mine),
                enough=enough_choices(mine),
                hypotheses=hypothesis_table([record for record in records if record.player == player], hypotheses),
            )
        )
    return found
