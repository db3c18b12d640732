"""The role sheet of each state: what its seat may know on the first day, on a sheet of paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from counterpoise.handouts.page import Content, element, listing, paragraphs, table
from counterpoise.handouts.words import COMMITMENTS, OBJECTIVES, ObjectiveWords, listed, long_date, ordinal, titled
from counterpoise.sim.scenario import Objective, Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import OtherState, View

NOTE_LINES = 4
NEIGHBOUR = 1
"""The contiguity of states with a border on land (Correlates of War, direct contiguity)."""


def role_sheets(scenario: Scenario, views: Mapping[ActorId, View]) -> list[Element]:
    """Return a sheet for each state that exists on the first day, in the order of the scenario.

    Args:
        scenario: what is played.
        views: what each seat sees on the first day. The sheets show nothing else.
    """
    return [_sheet(scenario, views[actor.id]) for actor in scenario.actors if views[actor.id].own.active]


def _sheet(scenario: Scenario, view: View) -> Element:
    names = {actor.id: actor.name for actor in scenario.actors}
    capital = next(actor.capital for actor in scenario.actors if actor.id == view.own.id)
    return element(
        "div",
        element("h1", view.own.name),
        element(
            "p",
            f"{scenario.title}, {long_date(scenario.start)} to {long_date(scenario.end)}. Your capital is {capital}. "
            "Keep this sheet to yourself.",
            css="quiet",
        ),
        element("h2", "Where you stand"),
        *paragraphs(view.own.briefing),
        element("h2", "What you want"),
        listing(view.own.goals) if view.own.goals else None,
        *_objectives(view, names),
        element("h2", "The first day"),
        table(("", ""), [(element("strong", heading), content) for heading, content in _facts(view, names)]),
        element("h2", "Before you play"),
        element("p", "Whom do you fear most, how much from 0 to 100, and why? Whom do you trust, and why?"),
        *(element("div", css="line") for _ in range(NOTE_LINES)),
    )


def objective_words(objective: Objective, names: Mapping[ActorId, str], *, own: str = "its") -> str:
    """Return what an objective asks for, such as ``Keep its land from Eskland``.

    Args:
        objective: the objective.
        names: the names of states.
        own: ``your`` if the reader is the state that has the objective.
    """
    words = ObjectiveWords(*(text.format(own=own) for text in OBJECTIVES[objective.kind]))
    if not objective.states:
        return words.alone
    many = f" {objective.count} of" if objective.count > 1 else ""
    return f"{words.about}{many} {listed([names[state] for state in objective.states])}"


def _objectives(view: View, names: Mapping[ActorId, str]) -> Iterator[Element]:
    if view.own.objectives:
        yield element("p", "Your score pays for each of these, beside survival, security and influence:")
        yield listing(
            f"{objective_words(objective, names, own='your')}. {'Everybody knows.' if objective.public else 'Nobody else knows.'}"
            + (f" It counts {objective.weight:g} times." if objective.weight != 1.0 else "")
            for objective in view.own.objectives
        )


def _facts(view: View, names: Mapping[ActorId, str]) -> Iterator[tuple[str, Content]]:
    """Yield the headings and the words of the table of the first day."""
    own, others = view.own, view.others
    place = ordinal(sum(other.power > own.power for other in others) + 1)
    yield (
        "Strength",
        f"By the yearbooks, {place} of {len(others) + 1} in power."
        + (" You have nuclear weapons." if own.nuclear else ""),
    )
    yield "Government", f"{titled(own.family)}; its people {_support(own.legitimacy)} it."
    pacts = [
        f"{COMMITMENTS[pact.commitment]} with {listed([names[member] for member in pact.members if member != own.id])}"
        + (f" against {names[pact.against]}" if pact.against else "")
        + (", in secret" if pact.secret else "")
        for pact in view.alignments
        if own.id in pact.members
    ]
    yield "Treaties", listing(pacts) if pacts else "None: you stand alone."
    yield "Neighbours", _names(others, lambda other: other.contiguity == NEIGHBOUR) or "None by land."
    if rivals := _names(others, lambda other: other.rivalry):
        yield "Rivals", rivals
    if claimed := _names(others, lambda other: other.claimed is not None):
        yield "You claim land or more from", claimed
    if claimants := _names(others, lambda other: other.claim is not None):
        yield "They claim it from you", claimants
    wanted = [
        f"{names[state]}: {objective_words(one, names)}."
        for state, objectives in view.public_objectives.items()
        for one in objectives
    ]
    if wanted:
        yield "What others say they want", listing(wanted)


def _names(others: Iterable[OtherState], chosen: Callable[[OtherState], bool]) -> str:
    found = [other.name for other in others if chosen(other)]
    return f"{listed(found)}." if found else ""


def _support(legitimacy: float) -> str:
    """Return what a people does for a government of this legitimacy, in [0, 1]."""
    return ("would be glad to lose", "put up with", "accept", "support")[min(3, int(legitimacy * 4))]
