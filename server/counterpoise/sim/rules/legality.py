"""Rules that several moves share, and the states that a seat would name as a threat."""

from __future__ import annotations

from counterpoise.errors import OrderError
from counterpoise.sim.move import illegal, refused
from counterpoise.sim.types import ActorId, TalkLevel
from counterpoise.sim.views.position import Position
from counterpoise.sim.views.view import View

ADVERSARIES_MAX = 3
HOSTILITY_MIN = 0.2
"""Remembered hostility from which a state counts as an adversary: that of one open claim (level 1 of 5)."""


def refuse_unless_other(position: Position, code: str, path: str) -> OrderError | None:
    """Refuse a code that is not the code of an active state other than the actor."""
    if code in position.others:
        return None
    if code == position.actor:
        return illegal(path, "another_state", "your own")
    return refused("unknown_actor", path, "no_such_state", code)


def refuse_unless_third(position: Position, code: str, second: str, path: str) -> OrderError | None:
    """Refuse a code that is not the code of an active state other than the actor and a second state."""
    return illegal(path, "third_state", second) if code == second else refuse_unless_other(position, code, path)


def refuse_enemy(position: Position, code: str, path: str) -> OrderError | None:
    """Refuse a state that the actor is at war with."""
    return illegal(path, "at_war_with", code) if code in position.enemies else None


def refuse_partner(position: Position, code: str, path: str) -> OrderError | None:
    """Refuse a state that shares an alignment with the actor."""
    if position.alignments_with(code):
        return illegal(path, "aligned_with", code)
    return None


def refuse_comrade(position: Position, code: str, path: str) -> OrderError | None:
    """Refuse a state that fights on the actor's side in some war."""
    return illegal(path, "comrade", code) if code in position.comrades else None


def allows_words(level: TalkLevel, *, to_everyone: bool) -> bool:
    """Return whether a level of talk allows a state's own words, to everyone or to some."""
    return level == "free" or (level == "public" and to_everyone)


def allowed_words(level: TalkLevel, words: str, *, to_everyone: bool) -> str:
    """Return words where the level of talk allows them, and an empty text where it does not."""
    return words if allows_words(level, to_everyone=to_everyone) else ""


def refuse_words(position: Position, words: str, path: str, *, to_everyone: bool) -> OrderError | None:
    """Refuse a state's own words in an order where the level of talk does not allow them.

    The terms of an order, such as its aim or amount, are chosen from lists and are allowed at every level.
    """
    if not words or allows_words(position.talk, to_everyone=to_everyone):
        return None
    return illegal(path, "words_not_allowed", "words", level=position.talk)


def unknown_alignment(path: str, number: int) -> OrderError:
    """Return the refusal of a number that is not one of the actor's alignments, whether or not others have it."""
    return illegal(path, "unknown_alignment", number)


def unknown_crisis(path: str, number: int) -> OrderError:
    """Return the refusal of a number that is not that of a crisis under way."""
    return illegal(path, "unknown_crisis", number)


def unknown_war(path: str, number: int) -> OrderError:
    """Return the refusal of a number that is not that of a war under way."""
    return illegal(path, "unknown_war", number)


def top_adversaries(view: View) -> list[ActorId]:
    """Return the states that a seat has most reason to name as a threat, three at most.

    Enemies in war come first, then rivals, claimants, and states whose hostile deeds the seat remembers.
    """
    grounds = [(o.at_war, o.rivalry, o.claim is not None, o.hostility) for o in view.others]
    ranked = sorted(zip(grounds, view.others, strict=True), key=lambda pair: pair[0], reverse=True)
    return [other.id for ground, other in ranked[:ADVERSARIES_MAX] if any(ground[:3]) or ground[3] >= HOSTILITY_MIN]
