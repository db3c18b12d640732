"""A hypothesis explains an alliance if no other gave it a larger share; each count stands beside that of chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import pytest
from msgspec import structs

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import BANDWAGON, DecisionPoint, option_of
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.alliances_explained import alliances_explained
from counterpoise.theory.evidence.answers_document import AlliancesExplained, LeftOut
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.forecasts import HYPOTHESES

Planted = Callable[..., list[DecisionRecord]]


def blind(point: DecisionPoint, dice: Random) -> str:
    """Take any alignment on the menu."""
    return dice.choice(point.options[: point.alignments])


def formed(records: Sequence[DecisionRecord], *, day: int = 1) -> dict[str, list[Incident]]:
    """Return the alliance that each decision with a partner made, some days after its window opened."""
    found: dict[str, list[Incident]] = {record.session: [] for record in records}
    for number, record in enumerate(records):
        assert record.outcome is not None
        joined = (record.point.top_threat,) if record.outcome.choice == BANDWAGON else ()
        partners = record.outcome.partners or joined
        if partners:
            members = (record.point.actor, *partners)
            incident = Incident(
                number, record.point.opened + day, "alliance_formed", members, None, {"alignment": number}
            )
            found[record.session].append(incident)
    return found


def explained(records: Sequence[DecisionRecord]) -> AlliancesExplained:
    return alliances_explained(Sample(records, (), formed(records)), HYPOTHESES)


def test_what_planted_choosers_follow_explains_more_than_any_other_and_than_chance(planted: Planted) -> None:
    found = explained(planted("ideology", sessions=12, windows=1, sharp=True))
    first = found.hypotheses[0]
    assert first.name == "ideology"
    assert first.explained > first.by_chance + 3.0 * first.spread_by_chance
    assert first.bits is not None
    assert first.ci is not None
    assert first.ci[0] > 0.0
    assert found.sentence.startswith(f"Of {found.n} alliances, ideology explains ")


def test_blind_choosers_let_each_hypothesis_explain_what_chance_would(chosen_by: Planted) -> None:
    found = explained(chosen_by(blind, sessions=20, windows=1))
    assert found.n > 100
    for row in found.hypotheses:
        assert abs(row.explained - row.by_chance) <= 3.5 * row.spread_by_chance + 1e-6, row.name
    assert sum(row.explained for row in found.hypotheses) == pytest.approx(found.n - found.unexplained, abs=1e-4)


def test_a_share_is_the_forecast_of_the_alignment_among_the_alignments_on_the_menu(chosen_by: Planted) -> None:
    record = next(r for r in chosen_by(blind, sessions=1, windows=1) if r.point.threatened)
    found = explained([record])
    assert isinstance(found.alliances, list)
    (alliance,) = found.alliances
    assert record.outcome is not None
    place, menu = record.point.options.index(record.outcome.choice), record.point.alignments
    assert (alliance.proposer, alliance.partner, alliance.menu) == (
        record.point.actor,
        record.outcome.partners[0],
        menu,
    )
    for name, share in alliance.shares.items():
        given = record.forecasts[name]
        assert share == pytest.approx(given[place] / sum(given[:menu]), abs=1e-5)
    most = max(alliance.shares.values())
    assert alliance.best == (
        [name for name, share in alliance.shares.items() if share == most] if most > 1 / menu else []
    )
    assert "uniform" not in alliance.shares


def test_hypotheses_with_equal_shares_explain_an_alliance_in_equal_parts(chosen_by: Planted) -> None:
    record = next(r for r in chosen_by(blind, sessions=1, windows=1) if r.point.threatened)
    assert record.outcome is not None
    place, menu = record.point.options.index(record.outcome.choice), record.point.alignments
    sure = tuple(
        0.9 if at == place else 0.1 / (len(record.point.options) - 1) for at in range(len(record.point.options))
    )
    even = tuple(1.0 / len(record.point.options) for _ in record.point.options)
    forecasts = {name: sure if name in ("aid", "ideology") else even for name in record.forecasts}
    found = explained([structs.replace(record, forecasts=forecasts)])
    rows = {row.name: row for row in found.hypotheses}
    assert (rows["aid"].explained, rows["ideology"].explained, rows["penetration"].explained) == (0.5, 0.5, 0.0)
    assert rows["aid"].by_chance == pytest.approx(0.5 / menu, abs=1e-6)
    assert found.unexplained == 0


def test_an_alliance_to_which_nobody_gives_more_than_chance_is_unexplained(chosen_by: Planted) -> None:
    record = next(r for r in chosen_by(blind, sessions=1, windows=1) if r.point.threatened)
    even = tuple(1.0 / len(record.point.options) for _ in record.point.options)
    found = explained([structs.replace(record, forecasts=dict.fromkeys(record.forecasts, even))])
    assert (found.n, found.unexplained) == (1, 1)
    many = [
        structs.replace(
            one, forecasts=dict.fromkeys(one.forecasts, (1.0 / len(one.point.options),) * len(one.point.options))
        )
        for one in chosen_by(blind, sessions=3, windows=1)
    ]
    assert (
        explained(many).sentence == f"No hypothesis gave any of the {len(many)} alliances a larger share than chance."
    )


def test_alliances_without_a_forecast_are_counted_and_left_out(chosen_by: Planted) -> None:
    records = chosen_by(blind, sessions=1, windows=1)
    late = alliances_explained(Sample(records, (), formed(records, day=5000)), HYPOTHESES)
    every = sum(len(found) for found in formed(records).values())
    assert (late.n, late.left_out) == (0, LeftOut(others=0, undecided=every, menu=0))
    assert late.left_out_sentence == f"Left out: {every} of a proposer whose decision is not over or not on record."
    assert late.hypotheses[0].share is None
    assert late.sentence.startswith("No alliance was formed in play")
    stranger = Incident(1, 1, "alliance_formed", (records[0].point.actor, ActorId("XXX")), None, {})
    off_menu = alliances_explained(Sample(records, (), {records[0].session: [stranger]}), HYPOTHESES)
    assert off_menu.left_out == LeftOut(others=0, undecided=0, menu=1)


def test_alliances_proposed_by_players_that_are_not_tested_are_left_out_as_theirs(chosen_by: Planted) -> None:
    records = chosen_by(blind, sessions=1, windows=1)
    mine, others = records[:3], records[3:]
    found = alliances_explained(Sample(mine, (), formed(records), others), HYPOTHESES)
    assert found.left_out == LeftOut(others=len(others), undecided=0, menu=0)
    assert found.n == len(mine)
    assert found.left_out_sentence == f"Left out: {len(others)} proposed by players that are not tested here."


def test_too_few_alliances_name_no_hypothesis(chosen_by: Planted) -> None:
    few = explained(chosen_by(blind, sessions=1, windows=1)[:4])
    assert not few.telling
    assert few.sentence == (
        "Too few choices to tell which hypothesis explains the alliances best: 4 alliances proposed by 4 states so far; 11 by at "
        "least 5 states would be enough."
    )


def test_hypotheses_that_explain_as_many_alliances_are_named_together(chosen_by: Planted) -> None:
    records = []
    for record in chosen_by(blind, sessions=4, windows=1):
        assert record.outcome is not None
        place, menu = record.point.options.index(record.outcome.choice), len(record.point.options)
        sure = tuple(0.9 if at == place else 0.1 / (menu - 1) for at in range(menu))
        even = tuple(1.0 / menu for _ in range(menu))
        forecasts = {name: sure if name in ("aid", "ideology") else even for name in record.forecasts}
        records.append(structs.replace(record, forecasts=forecasts))
    found = explained(records)
    assert found.telling
    assert found.sentence.startswith(f"Of {found.n} alliances, ")
    assert found.sentence.endswith(" each, and no other explains more.")
    assert "ideology (" in found.sentence
    assert "aid (" in found.sentence
    assert "better than any other" not in found.sentence


def test_of_several_partners_the_first_on_the_menu_counts(chosen_by: Planted) -> None:
    record = next(r for r in chosen_by(blind, sessions=1, windows=1) if r.point.threatened)
    first, second = (ActorId(option_of(option)[1]) for option in record.point.options[:2])
    pact = Incident(1, 1, "alliance_formed", (record.point.actor, ActorId("XXX"), second, first), None, {})
    found = alliances_explained(Sample([record], (), {record.session: [pact]}), HYPOTHESES)
    assert isinstance(found.alliances, list)
    assert found.alliances[0].partner == second
