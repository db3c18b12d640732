"""The same thing in another course of events: what one world numbers 512, the other may number 530, or not have at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from counterpoise.sim.world import Alignment, Condition, Crisis, Proposal, War, World


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


Thing = TypeVar("Thing", bound=_Numbered)
Likeness = tuple[int, ...]
"""How alike two things are, what counts most first; empty if they cannot be the same."""


def in_other_world(
    deed: Mapping[str, Any],
    here: World,
    there: World,
    *,
    text_here: Callable[[str], str] = str,
    text_there: Callable[[str], str] = str,
) -> dict[str, Any] | None:
    """Return a move or inject with the numbers of another world, or ``None`` if an object it names is not there.

    Args:
        deed: plain values, with the numbers of ``here``.
        here: the world in which the deed was done.
        there: the world in which it is to be done.
        text_here: returns the text that a reference in ``here`` stands for: two sessions refer to one name by different
            entries.
        text_there: the same for ``there``.
    """
    changed = dict(deed)
    for name, value in deed.items():
        key = "alignment" if (deed["kind"], name) == ("accommodate", "drop") else name
        if not isinstance(value, int) or isinstance(value, bool):
            continue
        number: int | None = value
        if key == "alignment":
            number = _counterpart(value, _named(here, text_here), _named(there, text_there), _alignments)
        elif key == "war":
            number = _counterpart(value, here.wars, there.wars, _wars)
        elif key == "crisis":
            number = _counterpart(value, here.crises, there.crises, _crises)
        elif key == "proposal":
            number = _counterpart(value, here.proposals, there.proposals, _proposals)
        elif key == "condition":
            number = _counterpart(value, here.conditions, there.conditions, _conditions)
        if number is None:
            return None
        changed[name] = number
    return changed


def _named(world: World, text: Callable[[str], str]) -> dict[int, Alignment]:
    """Return the alignments of a world with their names in words."""
    return {number: replace(a, name=text(a.name)) for number, a in world.alignments.items()}


def _counterpart(
    number: int, here: Mapping[int, Thing], there: Mapping[int, Thing], like: Callable[[Thing, Thing], Likeness]
) -> int | None:
    """Return the number of what a thing is there.

    Things are paired one to one, the likest first; of those equally alike the ones with the same number, for as long as two
    courses have not parted they number alike, and then in order. Two states may have several treaties of one kind: were each
    looked for by itself, all of them would be found to be the first.
    """
    known = here.get(number)
    if known is None:
        return None
    same = there.get(number)
    if same is not None and like(known, same) == like(known, known):
        return number  # what the sorting below begins with; it is nearly always so
    pairs = [
        (tuple(-degree for degree in likeness), one.id != other.id, first, second, one.id, other.id)
        for first, one in enumerate(here.values())
        for second, other in enumerate(there.values())
        if (likeness := like(one, other))
    ]
    found: dict[int, int] = {}
    taken: dict[int, None] = {}
    for *_, one, other in sorted(pairs):
        if one not in found and other not in taken:
            found[one] = other
            taken[other] = None
    return found.get(number)


def _alignments(a: Alignment, b: Alignment) -> Likeness:
    """Those of one commitment, between two of the same states at least; ended ones too, for they are still themselves."""
    shared = sum(1 for member in a.members if member in b.members)
    if a.commitment != b.commitment or shared <= 1:
        return ()
    alike = sorted(a.members) == sorted(b.members)
    terms = (
        a.since == b.since,
        alike,
        a.against == b.against,
        a.lead == b.lead,
        a.name == b.name,
        a.secret == b.secret,
    )
    return (*map(int, terms), shared)


def _wars(a: War, b: War) -> Likeness:
    """Those in which two of the same states fight each other."""
    if not any(enemy in b.enemies_of(party) for party in a.attackers for enemy in a.defenders):
        return ()
    leaders = (a.attackers[0], a.defenders[0]) == (b.attackers[0], b.defenders[0])
    shared = sum(1 for party in a.parties if party in b.parties)
    return (int(a.since == b.since), int(leaders), int(a.aim == b.aim), shared)


def _crises(a: Crisis, b: Crisis) -> Likeness:
    """Those between the same two states."""
    if sorted((a.initiator, a.target)) != sorted((b.initiator, b.target)):
        return ()
    return (1, int(a.opened == b.opened), int(a.initiator == b.initiator), int(a.aim == b.aim))


def _proposals(a: Proposal, b: Proposal) -> Likeness:
    """Those of the same commitment from one state to the other."""
    if (a.proposer, a.to, a.commitment) != (b.proposer, b.to, b.commitment):
        return ()
    terms = (a.opened == b.opened, a.against == b.against, a.secret == b.secret, a.years == b.years)
    return (1, *map(int, terms))


def _conditions(a: Condition, b: Condition) -> Likeness:
    """Those of the same aid from one state to the other."""
    if (a.donor, a.recipient, a.aid) != (b.donor, b.recipient, b.aid):
        return ()
    return (1, int(a.opened == b.opened), int((a.demand, a.about) == (b.demand, b.about)))
