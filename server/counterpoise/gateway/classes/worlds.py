"""The worlds of a class: ordinary sessions of the server, named after the class and their letter."""

from __future__ import annotations

from string import ascii_uppercase

from msgspec import structs

from counterpoise.classes.classroom import WORLDS_MAX, Classroom, World
from counterpoise.errors import ClassError, ConfigurationError
from counterpoise.gateway.classes.live_class import LiveClass
from counterpoise.session.commands import Pace
from counterpoise.session.forks.continuation import JournalMoment
from counterpoise.sim.scenario import IndexSetting


async def add_world(
    live: LiveClass,
    *,
    same_seed: bool = False,
    seed: str = "",
    pace: Pace | None = None,
    threat_index: IndexSetting | None = None,
    moment: JournalMoment | None = None,
) -> World:
    """Add a world to a class; return it.

    Args:
        live: the class.
        same_seed: take the seed of the first world.
        seed: seed of all chance; drawn if empty.
        pace: how the clock runs; as in the first world if there is one and none is given.
        threat_index: whether seats are shown the threat index; ``None`` for what the scenario says.
        moment: where the world goes on from another session; it keeps that session's threat index.

    Raises:
        ClassError: the class has as many worlds as it takes, or the world cannot be made.
        StorageError: the world, or the class with it, may not be on the disk.
    """
    taken = live.room.worlds
    free = (each for each in ascii_uppercase[:WORLDS_MAX] if not live.hub.has_session(session_name(live.room.id, each)))
    letter = next((each for each in free if each not in taken), "")
    if not letter:
        expected = f"at most {WORLDS_MAX} worlds in a class"
        raise ClassError("full", "$", expected, f"{len(taken)}", "worlds_full", {"most": WORLDS_MAX})
    if taken:
        first = (await live.room_of(next(iter(taken)))).session
        pace = pace or first.pace
        seed = seed or (first.seed if same_seed else "")
        threat_index = threat_index or (first.index_deal.setting if first.index_deal.is_stated else None)
    name = session_name(live.room.id, letter)
    try:
        if moment is not None:
            await live.hub.continue_from(moment, session_id=name, seed=seed, pace=pace)
        else:
            await live.hub.create(
                scenario_text=live.room.scenario,
                source=live.room.source,
                seed=seed,
                session_id=name,
                pace=pace,
                threat_index=threat_index,
            )
    except ConfigurationError as error:
        raise ClassError("world_failed", "$", "", f"the world cannot be made: {error}") from error
    world = World(letter, name)

    def add(room: Classroom) -> Classroom:
        if letter in room.worlds:
            raise ClassError("world_failed", "$", "", "another world was added at the same time: try again")
        return structs.replace(room, worlds={**room.worlds, letter: world})

    await live.change(add)
    return world


def session_name(class_id: str, letter: str) -> str:
    """Return the name of the session of a world."""
    return f"class-{class_id}-{letter.lower()}"
