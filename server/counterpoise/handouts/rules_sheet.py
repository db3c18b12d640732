"""The rules on one sheet of paper."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from counterpoise.handouts.page import element, listing
from counterpoise.handouts.words import GROUPS, SILENCE, TALK, long_date
from counterpoise.sim.catalogue import MOVES
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.scenario import Scenario

SCORE = (
    ("Survival", "what is left of your forces and of your government's legitimacy"),
    ("Security", "how little hostility you have suffered, and how few wars you fight"),
    ("Influence", "your own power, and the power of those who would stand by you"),
    ("Objectives", "how far you have what your role sheet says you want"),
    ("Upkeep", "what your promises and your aid cost; it is taken off"),
)
TURN = (
    ("Look", "see what changed, whom you have to fear and who stands with you"),
    ("Answer", "an offer, a crisis or a call for help that waits for you"),
    ("Predict", "if you are asked, say what another state will do; it is compared afterwards"),
    ("Order", "choose moves and send them; you can take them back until the clock moves"),
    ("Ready", "the clock goes on when everyone is ready or the time is up"),
)


def windows_of(scenario: Scenario) -> int:
    """Return how many windows a scenario has."""
    calendar = Calendar(scenario.start, scenario.window_months)
    return calendar.window_of(calendar.tick_of(scenario.end) - 1) + 1


def rules_sheet(scenario: Scenario) -> Element:
    """Return the sheet. It says nothing that a seat may not know."""
    return element(
        "div",
        element("h1", "The rules on one page"),
        element(
            "p",
            f"{scenario.title}, {long_date(scenario.start)} to {long_date(scenario.end)}. The game has {windows_of(scenario)} "
            f"windows in which everyone decides at once. Between two windows {scenario.window_months} months go by: moves take "
            "effect, crises break out, and the clock stops when somebody must answer.",
        ),
        element(
            "div",
            _part("In each window", listing((_entry(*step) for step in TURN), ordered=True)),
            _part("Your score is the sum of", listing(_entry(*part) for part in SCORE)),
            _part("If you do not answer", listing(SILENCE.values())),
            _part("Talk", element("p", TALK[scenario.talk])),
            *(_moves(group, heading) for group, heading in GROUPS.items()),
            css="columns dense",
        ),
        element(
            "p",
            "A number is what a move costs, in per cent of a year's budget; others are free, or cost what you put in. "
            "What is secret on your screen is secret from the others too, unless it comes out.",
            css="quiet dense",
        ),
    )


def _part(heading: str, content: Element) -> Element:
    return element("section", element("h3", heading), content)


def _entry(term: str, words: str) -> Element:
    return element("span", element("strong", term), f": {words}.")


def _moves(group: str, heading: str) -> Element:
    moves = [move for move in MOVES.values() if move.group == group]
    return _part(heading, listing(f"{move.title} ({move.COST:g})" if move.COST else move.title for move in moves))
