"""Tell the story of a session from its journal and its debrief."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import structs

from counterpoise.errors import CounterpoiseError
from counterpoise.session.debrief.debrief_document import SessionDebrief
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.journal_contents import JournalContents
from counterpoise.session.replay import Progress, replay
from counterpoise.session.story.findings import Told, findings
from counterpoise.session.story.steps import state_stories
from counterpoise.session.story.story_document import Story
from counterpoise.session.story.threats_over_time import threats_over_time, watch_for_truth
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.theory.evidence.choices.players import bystanders, decisions_under_test
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.threat import Matrix


def true_threats(
    entries: Sequence[Entry], contents: JournalContents, progress: Progress | None = None
) -> dict[int, Matrix]:
    """Return the true threats on the days that the story tells of, by tick.

    There are none where the journal cannot be played again, because of its release or because of what was erased or changed in
    it: the rest of the debrief does not depend on that, and ``verify`` says what is wrong.
    """
    found: dict[int, Matrix] = {}
    try:
        replay(entries, contents.source, progress=progress, watch=watch_for_truth(contents.records, found))
    except CounterpoiseError:
        return {}
    return found


def told_story(
    contents: JournalContents, report: SessionDebrief, agreed: Collection[str], truths: Mapping[int, Matrix]
) -> SessionDebrief:
    """Return the debrief of a session with its story.

    Args:
        contents: what its journal holds.
        report: its debrief.
        agreed: the seats whose written words may be shown.
        truths: the true threats by tick.
    """
    incidents = {contents.session: contents.incidents}
    everyone = Sample(contents.records, contents.structures, incidents)
    tested = Sample(
        decisions_under_test(contents.records), contents.structures, incidents, bystanders(contents.records)
    )
    scenario = contents.scenario
    states = [str(actor.id) for actor in scenario.actors]
    threats = threats_over_time(contents.records, states, truths)
    calendar = Calendar(scenario.start, scenario.window_months)
    story = Story(
        findings=findings(Told(everyone, tested, contents.incidents, report, threats, calendar)),
        states=state_stories(everyone, contents.incidents, states, agreed),
        threats=threats,
    )
    return structs.replace(report, story=story)
