"""Deal people over worlds and seats: worlds as even as possible, one person a state first, the seats with most at stake first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from counterpoise.classes.classroom import TEAM_MAX, Classroom, Person, assign, person_in
from counterpoise.errors import ClassError
from counterpoise.sim.scenario import Scenario


def seats_by_interest(scenario: Scenario) -> list[str]:
    """Return the seats of the states that exist at the start, those with most at stake first.

    A great power comes before others; then the state with more rivals, claims and neighbours.
    """
    stakes: Counter[str] = Counter()
    for rivalry in scenario.rivalries:
        stakes.update({rivalry.a: 3, rivalry.b: 3})
    for claim in scenario.claims:
        stakes.update({claim.challenger: 2, claim.target: 2})
    for border in scenario.contiguity:
        stakes.update((border.a, border.b))
    actors = [actor for actor in scenario.actors if actor.enters <= 0]
    great = [actor.great_power_from is not None and actor.great_power_from <= 0 for actor in actors]
    order = sorted(range(len(actors)), key=lambda at: (not great[at], -stakes[actors[at].id], at))
    return [actors[at].id for at in order]


def deal(room: Classroom, people: Sequence[str], seats: Sequence[str], everyone: Sequence[str]) -> Classroom:
    """Seat people who have no seat.

    Args:
        room: the class.
        people: who; everybody who has come and has no seat if none is named.
        seats: the seats that are dealt, the most interesting first.
        everyone: all seats of the scenario.

    Raises:
        ClassError: there is no world, or no seat is left.
    """
    if not room.worlds:
        raise ClassError("unknown_world", "$", "", "this class has no world yet. Add one first.", "no_world")
    named = [person_in(room, name, f"$.people[{place}]") for place, name in enumerate(people)]
    waiting = [each for each in room.people.values() if each.has_come and not each.seat and not each.same_as]
    for person in [each for each in named if not each.seat] or ([] if named else waiting):
        world, seat = _best_place(room, person, seats)
        room = assign(room, person.id, world, seat, everyone)
    return room


def _best_place(room: Classroom, person: Person, seats: Sequence[str]) -> tuple[str, str]:
    """Return the world with the fewest people, or the one kept for the person, and in it the emptiest, best seat."""
    sitting = Counter((each.world, each.seat) for each in room.people.values() if each.seat)
    crowd = Counter(each.world for each in room.people.values() if each.world)
    wanted = [person.world] if person.world in room.worlds else list(room.worlds)
    for world in sorted(wanted, key=lambda letter: (crowd[letter], letter)):
        seat = min(seats, key=lambda code: (sitting[world, code], seats.index(code)))
        if sitting[world, seat] < TEAM_MAX:
            return world, seat
    got = f"every seat has {TEAM_MAX} people. Add a world, then deal again."
    raise ClassError("full", "$.people", "", got, "all_full", {"most": TEAM_MAX})
