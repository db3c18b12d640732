"""The instructor's pack: what to aim at, how to spend the time, what to ask, how to grade, and what the players do not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from counterpoise.handouts.lesson_plan import lesson_plan
from counterpoise.handouts.page import Content, element, listing, paragraphs, table
from counterpoise.handouts.role_sheets import objective_words
from counterpoise.handouts.rules_sheet import windows_of
from counterpoise.handouts.words import listed, long_date
from counterpoise.sim.catalogue import INJECTS
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.scenario import InjectSpec, Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View

MEETINGS = (50, 80)
"""Minutes of the meetings that there are plans for."""
DISCUSS = (
    "What did you expect to happen, and what happened?",
    "Whom did you fear most at the start and at the end, and what changed it?",
    "Which alliance of this game does the theory explain best, and which not at all?",
    "What would you do otherwise, and what do you take from it for the world outside?",
)
"""Questions for the debrief of any scenario: those of an after-action review."""
RUBRIC = (
    (
        "Predictions",
        "says beforehand what others will do, with a confidence that turns out right",
        "predicts, but is as sure of what fails as of what comes true",
        "seldom predicts",
    ),
    (
        "Reasons",
        "gives reasons that name the threat or the gain, and fit the deed",
        "gives reasons that would fit any deed",
        "gives none",
    ),
    (
        "Statecraft",
        "pursues what the role sheet wants, and keeps or breaks promises on purpose",
        "acts, without a line that others could see",
        "lets defaults decide",
    ),
    (
        "After the game",
        "compares own fears and choices with the record, and says what one game cannot show",
        "retells what happened",
        "does not take part",
    ),
)


def instructor_pack(scenario: Scenario, views: Mapping[ActorId, View]) -> Element:
    """Return the pack.

    Args:
        scenario: what is taught with.
        views: what each seat sees on the first day.
    """
    teaching = scenario.teaching
    return element(
        "div",
        element("h1", f"Teaching with {scenario.title}"),
        element("p", scenario.summary),
        *([] if teaching is None else _purpose(teaching.varies, teaching.aims)),
        element("h2", "Time"),
        *_plans(scenario),
        *([] if teaching is None or not teaching.check else _check(scenario)),
        element("h2", "The seats"),
        table(("State", "Public and private objectives"), _seats(scenario, views)),
        *_events(scenario),
        *([element("h2", "Notes"), *paragraphs(scenario.instructor_note)] if scenario.instructor_note else []),
        element("h2", "Questions for the debrief"),
        listing([*(teaching.discuss if teaching else ()), *DISCUSS], ordered=True),
        element("h2", "Grading"),
        element(
            "p",
            "The score is no grade: it measures a state's fortune. The debrief and the export have what this table asks for.",
        ),
        table(("", "Full", "Half", "Little"), [(element("strong", row[0]), *row[1:]) for row in RUBRIC]),
    )


def _purpose(varies: str, aims: tuple[str, ...]) -> list[Element]:
    return [
        element("h2", "What it is for"),
        element("p", "Afterwards students can:"),
        listing(aims),
        element("h2", "The one thing that varies"),
        element("p", varies),
    ]


def _plans(scenario: Scenario) -> Iterator[Element]:
    windows = windows_of(scenario)
    if scenario.minutes:
        yield element("p", f"The whole game takes about {scenario.minutes} minutes, the debrief not counted.")
    for minutes in MEETINGS:
        yield element("h3", f"A meeting of {minutes} minutes")
        yield table(("Minutes", ""), [(str(step.minutes), step.what) for step in lesson_plan(minutes, windows)])


def _check(scenario: Scenario) -> list[Element]:
    rows = [(row.question, row.answer) for row in scenario.teaching.check] if scenario.teaching else []
    return [element("h2", "Was the briefing understood?"), table(("Ask", "Answer"), rows)]


def _seats(scenario: Scenario, views: Mapping[ActorId, View]) -> Iterator[tuple[Content, Content]]:
    names = {actor.id: actor.name for actor in scenario.actors}
    for actor in scenario.actors:
        wanted = [
            f"{objective_words(one, names)} ({'public' if one.public else 'private'})" for one in actor.objectives
        ]
        late = "" if views[actor.id].own.active else " (enters later)"
        yield element("span", element("strong", actor.name), late), listing(wanted) if wanted else ""


def _events(scenario: Scenario) -> list[Element]:
    """Return the table of what the scenario brings by itself or holds ready."""
    if not scenario.injects:
        return []
    calendar = Calendar(scenario.start, scenario.window_months)
    names = {actor.id: actor.name for actor in scenario.actors}
    return [
        element("h2", "What the scenario brings"),
        element("p", "Players learn of it when it happens."),
        table(("When", "What"), [(_moment(spec, calendar), _what(spec, names)) for spec in scenario.injects]),
    ]


def _moment(spec: InjectSpec, calendar: Calendar) -> str:
    if spec.optional:
        return "when you press its button"
    if spec.when is not None:
        return "when something else has happened"
    words = long_date(calendar.date_of(spec.tick or 0))
    return f"{words}, if it still fits" if spec.conditions or spec.exceptions else words


def _what(spec: InjectSpec, names: Mapping[ActorId, str]) -> str:
    states = listed([names[ActorId(state)] for state in spec.states(names)])
    text = str(spec.fields.get("text") or spec.optional or INJECTS[spec.kind].title)
    return f"{text} ({states})" if states else text
