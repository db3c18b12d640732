"""Which sessions ``counterpoise host`` serves: those in the folder that it resumes, and those that it creates."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from counterpoise.cli.host.continuation import require_same_past
from counterpoise.cli.terminal import notes
from counterpoise.errors import ConfigurationError, CounterpoiseError, JournalError
from counterpoise.gateway.hub import Hub, Links
from counterpoise.gateway.loading.session_names import check_name
from counterpoise.gateway.room import Room
from counterpoise.session.commands import Pace
from counterpoise.session.forks.continuation import JournalMoment
from counterpoise.session.replay import header_of
from counterpoise.sim.scenario import IndexSetting


@dataclass(frozen=True, slots=True)
class WantedGame:
    """What a session plays: a scenario from its start, or a moment of a journal.

    Args:
        title: id of the scenario.
        name: name of the session; empty to resume one that plays the scenario and has not ended, or to take an unused name.
        text: text of the scenario file; empty for a moment.
        source: name of the scenario file.
        moment: where a session of a journal goes on.
    """

    title: str
    name: str
    text: str = ""
    source: str = ""
    moment: JournalMoment | None = None


@dataclass(frozen=True, slots=True)
class NewSessions:
    """How sessions are created: seed (drawn for each if empty), pace, and whether seats are shown the threat index."""

    seed: str
    pace: Pace
    threat_index: IndexSetting | None


@dataclass(frozen=True, slots=True)
class ServedSession:
    """The links of a session, and how it starts: ``resumes on``, ``goes on from`` or ``is new``."""

    links: Links
    beginning: str


async def serve_sessions(
    hub: Hub, games: Sequence[WantedGame], new: NewSessions, of_classes: Collection[str] = ()
) -> list[ServedSession]:
    """Resume or create a session for each game. Nothing is created if one of them cannot be served.

    Args:
        hub: the sessions in the folder.
        games: what is played.
        new: how sessions are created.
        of_classes: the sessions that are worlds of classes. They are resumed only by their names.

    Raises:
        CounterpoiseError: a session exists but cannot be resumed, or plays another game; or a name is malformed.
    """
    chosen: list[tuple[WantedGame, str, bool]] = []
    elsewhere = await asyncio.to_thread(hub.shelf.names) if hub.shelf.is_shared else []
    for game in games:
        taken = [*of_classes, *(name for _, name, _ in chosen)]
        name, is_resumed = _session_to_serve(hub, game, taken, elsewhere)
        if is_resumed:
            await _require_same_game(await hub.room(name), game)
        else:
            check_name(name)
        chosen.append((game, name, is_resumed))
    served = []
    for game, name, is_resumed in chosen:
        if is_resumed:
            if new.seed and (await hub.room(name)).session.seed != new.seed:
                notes.print(
                    f"--seed {new.seed} is ignored: the resumed session {name} keeps its own seed", markup=False
                )
            served.append(ServedSession(await hub.links(name), "resumes on"))
        elif game.moment is not None:
            links = await hub.continue_from(game.moment, session_id=name, seed=new.seed, pace=new.pace)
            served.append(ServedSession(links, "goes on from"))
        else:
            links = await hub.create(
                scenario_text=game.text,
                source=game.source,
                seed=new.seed,
                session_id=name,
                pace=new.pace,
                threat_index=new.threat_index,
            )
            served.append(ServedSession(links, "is new"))
    return served


def numbered(name: str, number: int) -> str:
    """Return the name of one of several sessions: ``class``, ``class-2``, ``class-3``; an empty name stays empty."""
    return name if number == 1 or not name else f"{name}-{number}"


async def _require_same_game(room: Room, game: WantedGame) -> None:
    """Refuse to resume a session in place of the game that the command names.

    Raises:
        ConfigurationError: the session plays another scenario, or does not go on from the moment.
    """
    running = room.session
    if running.scenario.id != game.title:
        raise ConfigurationError(
            f"session {running.id} exists and plays {running.scenario.id}: expected {game.title}. Name that scenario to resume "
            "it, or give another --session NAME for a new session."
        )
    if game.moment is not None:
        header = await room.writer.call(lambda journal: header_of(list(islice(journal.entries(), 1)), journal.address))
        require_same_past(game.moment, header, running.id)


def _session_to_serve(hub: Hub, game: WantedGame, chosen: Sequence[str], elsewhere: Sequence[str]) -> tuple[str, bool]:
    """Return the name of the session for a game, and whether it exists and is resumed.

    Args:
        hub: the sessions in the folder.
        game: what is played.
        chosen: the sessions that other games have.
        elsewhere: the sessions of a shelf that several servers share.

    Raises:
        CounterpoiseError: the session exists but cannot be resumed. A new session in its place would look like a loss.
    """
    if game.name:
        if (error := hub.unreadable.get(hub.shelf.name_for(game.name))) is not None:
            raise _unresumable(error)
        return game.name, hub.has_session(game.name) or game.name in elsewhere
    for name, room in hub.rooms.items():
        if name not in chosen and room.session.scenario.id == game.title and room.session.phase != "ended":
            return name, True
    broken = [name for name in hub.unreadable if re.fullmatch(rf"{re.escape(game.title)}(-\d+)?(\.db)?", name)]
    if broken:
        raise _unresumable(hub.unreadable[broken[-1]])
    taken = {*chosen, *elsewhere, *(name.removesuffix(".db") for name in (*hub.session_ids(), *hub.unreadable))}
    number = 1
    while (name := numbered(game.title, number)) in taken:
        number += 1
    return name, False


def _unresumable(error: CounterpoiseError) -> CounterpoiseError:
    """Print what to do about a session that cannot be resumed; return its error, with the exit code of a bad file."""
    notes.print(
        "The journal is unchanged. To start another session, give --session NAME or --data FOLDER.", markup=False
    )
    if not isinstance(error, JournalError):
        return error
    notes.print(f"To see what is wrong: counterpoise verify {error.source}", markup=False)
    return JournalError(error.source, str(error).removeprefix(f"{error.source}: "))
