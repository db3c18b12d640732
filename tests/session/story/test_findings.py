"""A debrief opens with up to six findings, chosen from the game's own numbers and no stronger than these allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec
from msgspec import structs
from tests.session.story.conftest import Played

from counterpoise.session.debrief.debrief_document import SessionDebrief
from counterpoise.session.story.story import told_story, true_threats
from counterpoise.session.story.story_document import Finding, Story
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.check.in_words import in_words, proposed_ties
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.threat import Matrix, Threat


def story_of(played: Played, *more: Incident, truths: Mapping[int, Matrix] | None = None, **changes: Any) -> Story:
    contents = replace(played.contents, incidents=(*played.contents.incidents, *more), **changes)
    found = told_story(contents, played.report, (), truths or {}).story
    assert isinstance(found, Story)
    return found


def by_code(story: Story) -> dict[str, Finding]:
    return {finding.code: finding for finding in story.findings}


def test_a_game_gives_three_to_six_findings_each_with_a_moment_of_the_game(played: Played) -> None:
    story = story_of(played)
    assert 3 <= len(story.findings) <= 6
    windows = {record.point.opened: record.point.date for record in played.contents.records}
    for finding in story.findings:
        assert windows.get(finding.moment.tick, finding.date) == finding.date
        assert finding.moment.seat == "truth" or finding.moment.seat in played.report.actors
        assert set(finding.states) <= set(played.report.actors)


def test_the_first_tie_told_is_that_of_the_most_threatened_proposer(played: Played) -> None:
    sample = Sample(played.contents.records, (), {"s": played.contents.incidents})
    ties = [one for one in proposed_ties(sample) if one.case.point.threatened]
    against = [one for one in ties if one.partner != one.case.point.top_threat]
    told = by_code(story_of(played))["aligned"]
    assert told.numbers["level"] == max(one.case.point.threat for one in against)
    one = next(
        each for each in against if each.case.point.opened == told.moment.tick and each.partner == told.states[1]
    )
    assert told.numbers["share"] == round(one.share, 4)
    assert told.numbers["chance"] == round(1 / one.case.point.alignments, 4)
    assert told.limit == "one_case"


def test_a_broken_promise_is_told_with_how_many_were_kept(played: Played) -> None:
    pair = (ActorId("ARD"), ActorId("BEL"))
    kept = sum(1 for one in played.contents.incidents if one.kind == "promise_honoured")
    broken = Incident(10**6, 40, "promise_broken", pair, None, {})
    honoured = Incident(10**6 + 1, 41, "promise_honoured", pair, None, {})
    told = by_code(story_of(played, broken, honoured))["promise_broken"]
    before = [one for one in played.contents.incidents if one.kind == "promise_broken"]
    assert told.numbers == {"kept": kept + 1, "broken": len(before) + 1}
    if not before:
        assert told.states == ["ARD", "BEL"]
        assert told.moment.tick == 40


def test_what_followed_a_side_is_compared_only_where_its_table_compares_it(played: Played) -> None:
    story = by_code(story_of(played))
    rows = played.report.consequences.rows if played.report.consequences else []
    assert ("followed" in story) == bool(rows and rows[0].difference is not None and rows[0].ci is not None)
    if "sides" in story:
        assert story["sides"].limit == "too_few"


def test_a_threat_seen_far_from_the_true_one_is_told(played: Played) -> None:
    first = min(record.point.opened for record in played.contents.records)
    point = next(record.point for record in played.contents.records if record.point.opened == first)
    other = max(point.others, key=lambda one: one.threat)
    assert other.threat >= 0.5
    truths = {first: {point.actor: {other.id: Threat(0.01, 0.1, 0.1, 0.1, 0.1)}}}
    told = by_code(story_of(played, truths=truths))["misjudged"]
    assert told.states == [point.actor, other.id]
    assert told.numbers == {"seen": round(100 * other.threat) / 100, "true": 0.01}


def test_without_decisions_that_are_over_there_is_nothing_to_tell(played: Played) -> None:
    assert story_of(played, records=()).findings == []


def test_a_quiet_game_still_has_three_findings(played: Played) -> None:
    quiet = []
    for record in played.contents.records:
        assert record.outcome is not None
        nothing = structs.replace(
            record.outcome, partners=(), alignments=(), dropped=(), conceded=False, choice="NEU", alignment_class="NEU"
        )
        quiet.append(structs.replace(record, outcome=nothing))
    contents = replace(played.contents, records=tuple(quiet), incidents=())
    found = told_story(contents, played.report, (), {})
    assert isinstance(found.story, Story)
    codes = [finding.code for finding in found.story.findings]
    assert len(codes) >= 3
    assert "no_ties" in codes
    assert not {"aligned", "missed", "foretold", "joined_threat"} & set(codes)


def test_that_nobody_under_threat_took_a_side_is_no_finding(played: Played) -> None:
    first = replace(played.contents, records=played.contents.records[:1], incidents=())

    def codes(balanced: int) -> list[str]:
        classes = structs.replace(played.report.classes, balanced=balanced, bandwagoned=0)
        story = told_story(first, structs.replace(played.report, classes=classes), (), {}).story
        assert isinstance(story, Story)
        return [finding.code for finding in story.findings]

    assert "sides" in codes(1)
    assert codes(0) == [code for code in codes(1) if code != "sides"] != []


def test_of_states_feared_equally_often_the_finding_names_the_one_that_the_words_name(played: Played) -> None:
    by_threat = {one.point.top_threat: one for one in played.contents.records if one.outcome and one.point.threatened}
    assert len(by_threat) > 1
    tied = tuple(by_threat.values())
    sample = Sample(tied, (), {"s": played.contents.incidents})
    state = by_code(story_of(played, records=tied))["feared"].states[0]
    words = in_words(sample, sample, played.report.actors).feared[0]
    assert words.startswith(f"{played.report.actors[state]} was feared most")


def test_the_true_threats_are_those_of_the_game_played_again(played: Played) -> None:
    truths = true_threats(played.entries, played.contents)
    story = story_of(played, truths=truths)
    days = story.threats.days
    assert [day.tick for day in days] == sorted(truths)
    states = story.threats.states
    for day in days:
        assert day.true is not None
        for at, row in enumerate(day.seen):
            assert row[at] is None
            decided = [r for r in played.contents.records if (r.point.opened, r.point.actor) == (day.tick, states[at])]
            for other in decided[0].point.others if decided else ():
                assert row[states.index(other.id)] == round(100 * other.threat)


def test_a_journal_that_cannot_be_played_again_has_a_story_without_truth(played: Played) -> None:
    cut = [entry for entry in played.entries if entry.kind != "order"]
    assert true_threats(cut, played.contents) == {}
    assert all(day.true is None for day in story_of(played).threats.days)


def test_the_story_is_a_part_of_the_document(played: Played) -> None:
    report = told_story(played.contents, played.report, (), {})
    again = msgspec.json.decode(msgspec.json.encode(report), type=SessionDebrief)
    assert again.story == report.story
