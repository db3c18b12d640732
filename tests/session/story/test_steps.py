"""Each state's steps say what was predicted, what it did and why, with written words only of those who agreed."""

from __future__ import annotations

from dataclasses import replace

from msgspec import structs
from tests.session.story.conftest import Played

from counterpoise.session.play.log import PlayChain, PlayEvent, PlayKind, PlayRow
from counterpoise.session.story.agreement import seats_that_agreed
from counterpoise.session.story.story import told_story
from counterpoise.session.story.story_document import StateStory, Story
from counterpoise.sim.world import Incident


def arden(played: Played, agreed: tuple[str, ...], incidents: tuple[Incident, ...] = ()) -> StateStory:
    contents = replace(played.contents, incidents=incidents or played.contents.incidents)
    story = told_story(contents, played.report, agreed, {}).story
    assert isinstance(story, Story)
    return next(state for state in story.states if state.state == "ARD")


def words(state: StateStory) -> list[str]:
    return [reason.words for step in state.steps for reason in step.reasons]


def test_every_decision_is_a_step_or_quiet(played: Played) -> None:
    story = arden(played, ("ARD",))
    decided = [record for record in played.contents.records if record.point.actor == "ARD"]
    assert len(story.steps) + story.quiet == len(decided)
    for step in story.steps:
        record = next(one for one in decided if one.point.opened == step.tick)
        assert record.outcome is not None
        assert tuple(step.partners) == record.outcome.partners
        assert step.threat == record.point.top_threat
        shares = record.forecasts["balance_of_threat"]
        given = [
            share for option, share in zip(record.point.options, shares, strict=True) if option.startswith(step.did)
        ]
        assert step.share is not None
        assert abs(step.share - sum(given)) < 1e-6


def test_words_are_shown_of_a_seat_that_agreed_and_withheld_of_others(played: Played) -> None:
    shown, hidden = arden(played, ("ARD",)), arden(played, ("BEL",))
    assert set(words(shown)) == {"Because Ann says so."}
    assert shown.words_withheld == 0
    assert set(words(hidden)) == {""}
    assert hidden.words_withheld == len(words(shown)) > 0
    assert [reason.reason for step in hidden.steps for reason in step.reasons] == ["threat"] * len(words(shown))


def test_erased_words_are_not_shown(played: Played) -> None:
    erased = tuple(
        replace(one, detail={**one.detail, "note": "[redacted]"}) if one.kind == "reason" else one
        for one in played.contents.incidents
    )
    assert set(words(arden(played, ("ARD",), erased))) == {""}


def play_log(*events: tuple[PlayKind, str, str, bool]) -> list[PlayRow]:
    chain = PlayChain(lambda: b"salt")
    return [
        chain.row(
            PlayEvent(
                at=1.0, kind=kind, tick=0, participant=who, role="player", seat=seat, client="browser",
                detail={"given": given} if kind == "consent" else {},
            )
        )
        for kind, who, seat, given in events
    ]  # fmt: skip


def test_a_seat_agrees_when_all_who_played_it_have_said_yes_last(played: Played) -> None:
    records = [
        structs.replace(record, player="human" if record.point.actor in ("ARD", "BEL", "COR") else "balancer")
        for record in played.contents.records
    ]
    rows = play_log(
        ("connected", "p1", "ARD", True), ("consent", "p1", "ARD", True),
        ("connected", "p2", "BEL", True), ("consent", "p2", "BEL", True), ("connected", "p3", "BEL", True),
        ("connected", "p4", "COR", True), ("consent", "p4", "COR", True), ("consent", "p4", "COR", False),
    )  # fmt: skip
    agreed = seats_that_agreed(rows, records)
    assert "ARD" in agreed
    assert "BEL" not in agreed, "the one who came later has not answered"
    assert "COR" not in agreed, "the yes was taken back"
    assert len(agreed) == len(played.report.actors) - 2, "programs need no consent"
    assert "ARD" not in seats_that_agreed([], records), "without a play log nobody is known to have agreed"
