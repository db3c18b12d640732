"""The words that handouts use for what a scenario gives as codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from counterpoise.sim.move import MoveGroup
from counterpoise.sim.scenario import ObjectiveKind
from counterpoise.sim.types import CallReason, Commitment, TalkLevel


class ObjectiveWords(NamedTuple):
    """What an objective asks for: of all states or none, and before the names of some. ``{own}`` is your, or its."""

    alone: str
    about: str


OBJECTIVES: Mapping[ObjectiveKind, ObjectiveWords] = {
    "land": ObjectiveWords("Keep all {own} land", "Keep {own} land from"),
    "gain": ObjectiveWords("Win what {own} claims ask for", "Win what {own} claims ask for, from"),
    "allies": ObjectiveWords(
        "Have allies whose promises would be kept", "Be bound, by promises that would be kept, to"
    ),
    "protector": ObjectiveWords("Have the promise of a stronger state", "Have the promise of a stronger state:"),
    "apart": ObjectiveWords("Keep the others from allying with each other", "Keep from allying with each other:"),
    "isolated": ObjectiveWords("Keep the others without allies", "Keep without allies:"),
    "peace": ObjectiveWords("Be at peace", "Be at peace with"),
    "outweigh": ObjectiveWords(
        "With {own} partners, weigh as much as any other", "With {own} partners, weigh as much as"
    ),
    "regime": ObjectiveWords("Keep {own} government in power, and legitimate", "Keep the government in power in"),
    "independence": ObjectiveWords("Be governed by nobody", "Be governed by nobody, least of all"),
    "supplied": ObjectiveWords("Get aid", "Get aid from"),
    "leadership": ObjectiveWords("Lead {own} movement", "Lead {own} movement before"),
}
COMMITMENTS: Mapping[Commitment, str] = {
    "defence": "A defence pact",
    "offence": "A pact to attack together",
    "neutrality": "A promise of neutrality",
    "nonaggression": "A non-aggression pact",
    "consultation": "A promise to consult",
    "guarantee": "A guarantee",
    "basing": "Bases",
    "arms": "Arms on easy terms",
    "joint_operation": "A joint operation",
    "union": "A union",
}
GROUPS: Mapping[MoveGroup, str] = {
    "diplomacy": "Diplomacy",
    "crisis": "Crisis and war",
    "aid": "Aid and trade",
    "home": "At home",
    "influence": "Influence",
    "debrief": "For the debrief",
}
SILENCE: Mapping[CallReason, str] = {
    "crisis": "In a crisis chance decides how you respond.",
    "proposal": "An offer lapses.",
    "ally": "When an ally calls you to war, chance decides whether you keep your promise.",
    "peace": "Chance accepts or refuses an offer of peace.",
    "demand": "A demand gets no answer, and its author decides what follows.",
    "condition": "Chance decides whether you do what a donor demands for his aid.",
    "membership": "A new member of your pact does not get your consent.",
}
TALK: Mapping[TalkLevel, str] = {
    "none": "Nobody writes. What you do is all that the others learn of you.",
    "public": "You can write to everyone at once, and to nobody alone.",
    "offers": "You can make and ask for offers, without words of your own.",
    "free": "You can write to one state, to several, to your allies, or to everyone. A message binds nobody.",
}


def titled(code: str) -> str:
    """Return a code in words: ``party_state`` is ``Party state``."""
    words = code.replace("_", " ")
    return words[:1].upper() + words[1:]


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: ``A, B and C``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def long_date(day: date) -> str:
    """Return a date as ``1 July 1901``."""
    return f"{day.day} {day:%B %Y}"


def ordinal(number: int) -> str:
    """Return a place as ``first``, ``second``, ``third``, ``4th``."""
    if number <= 3:
        return ("first", "second", "third")[number - 1]
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
