"""The counterpart of an object in another game: one world may number it 512 and another 530, or not have it at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from counterpoise.sim.relations.conflicts import Crisis, War
from counterpoise.sim.relations.influence import Condition
from counterpoise.sim.relations.pacts import Alignment, MembershipVote, Proposal
from counterpoise.sim.world import World


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...


Numbered = TypeVar("Numbered", bound=_Numbered)
_ALIGNMENT_FIELDS = (("accommodate", "drop"), ("message", "alliance"))
"""The fields that name an alignment by another word, with the kinds of their moves."""
Likeness = tuple[int, ...]
"""How alike two objects are, the most important criterion first; empty if they cannot be the same object."""


def in_other_world(
    act: Mapping[str, Any],
    here: World,
    there: World,
    *,
    text_here: Callable[[str], str] = str,
    text_there: Callable[[str], str] = str,
) -> dict[str, Any] | None:
    """Return a move or inject with the numbers of another world, or ``None`` if an object it names is not there.

    Args:
        act: plain values, with the numbers of ``here``.
        here: the world in which the act was done.
        there: the world in which it is to be done.
        text_here: returns the text that a reference in ``here`` stands for: two sessions refer to one name by different
            entries.
        text_there: the same for ``there``.
    """
    changed = dict(act)
    for name, value in act.items():
        key = "alignment" if (act["kind"], name) in _ALIGNMENT_FIELDS else name
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
        elif key == "vote":
            number = _counterpart(value, here.membership_votes, there.membership_votes, _membership_votes)
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
    number: int,
    here: Mapping[int, Numbered],
    there: Mapping[int, Numbered],
    like: Callable[[Numbered, Numbered], Likeness],
) -> int | None:
    """Return the number of an object's counterpart in the other world; ``None`` if it has none.

    Objects are paired one to one, the most alike first. Among equally alike objects, those with the same number are paired
    first, because two games number alike until they diverge; then the order decides. Two states may have several treaties of
    one kind: if each were matched by itself, all of them would match the first.
    """
    known = here.get(number)
    if known is None:
        return None
    same = there.get(number)
    if same is not None and like(known, same) == like(known, known):
        return number  # the sort below would put this pair first; it is the usual case
    pairs = [
        (tuple(-degree for degree in likeness), one.id != other.id, first, second, one.id, other.id)
        for first, one in enumerate(here.values())
        for second, other in enumerate(there.values())
        if (likeness := like(one, other))
    ]
    counterparts: dict[int, int] = {}
    taken: dict[int, None] = {}
    for *_, one, other in sorted(pairs):
        if one not in counterparts and other not in taken:
            counterparts[one] = other
            taken[other] = None
    return counterparts.get(number)


def _alignments(a: Alignment, b: Alignment) -> Likeness:
    """Compare two alignments of one commitment that share at least two states, whether they have ended or not."""
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
    """Compare two wars in which the same two states fight each other."""
    if not any(enemy in b.enemies_of(party) for party in a.attackers for enemy in a.defenders):
        return ()
    leaders = (a.attackers[0], a.defenders[0]) == (b.attackers[0], b.defenders[0])
    shared = sum(1 for party in a.parties if party in b.parties)
    return (int(a.since == b.since), int(leaders), int(a.aim == b.aim), shared)


def _crises(a: Crisis, b: Crisis) -> Likeness:
    """Compare two crises between the same two states."""
    if sorted((a.initiator, a.target)) != sorted((b.initiator, b.target)):
        return ()
    return (1, int(a.opened == b.opened), int(a.initiator == b.initiator), int(a.aim == b.aim))


def _proposals(a: Proposal, b: Proposal) -> Likeness:
    """Compare two offers of the same commitment from one state to the other."""
    if (a.proposer, a.to, a.commitment) != (b.proposer, b.to, b.commitment):
        return ()
    terms = (
        a.opened == b.opened,
        (a.treaty is None, a.alignment is None) == (b.treaty is None, b.alignment is None),
        a.against == b.against,
        a.secret == b.secret,
        a.years == b.years,
    )
    return (1, *map(int, terms))


def _membership_votes(a: MembershipVote, b: MembershipVote) -> Likeness:
    """Compare two votes on the membership of one state."""
    if (a.question, a.state) != (b.question, b.state):
        return ()
    return (1, int(a.opened == b.opened), int(a.asker == b.asker), int(a.alignment == b.alignment))


def _conditions(a: Condition, b: Condition) -> Likeness:
    """Compare two conditions on the same aid from one state to the other."""
    if (a.donor, a.recipient, a.aid) != (b.donor, b.recipient, b.aid):
        return ()
    return (1, int(a.opened == b.opened), int((a.demand, a.about) == (b.demand, b.about)))
