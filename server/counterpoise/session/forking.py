"""Forking a journal: replay its inputs up to a date, with some removed and others added, then go on with new chances and bots."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from counterpoise.errors import ConfigurationError, InputError, OrderError
from counterpoise.session.commands import Branch, Resume, Start, decode_command, local_id
from counterpoise.session.forks.fork_matching import in_other_world
from counterpoise.session.in_process_play import AskBot, OrderStatistics, play, player_name
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.inputs import JournalInput, inputs_of
from counterpoise.session.replay import header_of
from counterpoise.session.running_session import SERVER, Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.bot import Bot, decide_moves
from counterpoise.sim.catalogue import decode_move
from counterpoise.sim.rules.power import FACTOR_MAX, FACTOR_MIN
from counterpoise.sim.types import ActorId


@dataclass(frozen=True, slots=True)
class AddedInput:
    """A move or inject that a fork adds: an order if it has a ``seat``. ``source`` is the option or file that asks for it."""

    tick: int
    seat: ActorId | None
    act: dict[str, Any]
    """The move or inject as plain values, with its kind."""
    source: str
    path: str | None = "$"
    """The path of the input in the source; ``None`` if the source has no fields, such as ``--set``."""


@dataclass(frozen=True, slots=True)
class ForkScript:
    """What to do up to a fork: the inputs of a journal, changed or not. Plain data that can cross processes."""

    header: dict[str, Any]
    """The header of the journal."""
    source: str
    on: int
    steps: tuple[JournalInput, ...]
    """Given in this order, each on its tick, before the random streams are reseeded."""
    last: tuple[AddedInput, ...] = ()
    """Given at the fork itself, after the session has left the record."""
    impossible: tuple[JournalInput, ...] = ()
    """Inputs that the changes made impossible."""
    void: int = 0
    """How many more orders than without the changes were void when they acted."""
    limits: tuple[str, ...] = ()
    """Where a change asks for more than the rules allow, as sentences."""


def script_of(entries: Sequence[Entry], source: str, on: int) -> ForkScript:
    """Return the unchanged script of a journal, up to tick ``on`` and with the inputs of that tick."""
    return ForkScript(
        dict(header_of(entries, source)), source, on, tuple(g for g in inputs_of(entries) if g.tick <= on)
    )


def changed_script(
    script: ForkScript, without: Sequence[int], added: Sequence[AddedInput], withheld: Sequence[int] = ()
) -> ForkScript:
    """Return a script with inputs removed and added.

    Both games are played side by side up to the fork, because one object may have different numbers in them. Inputs that the
    changes made impossible are left out and listed in ``impossible``.

    Args:
        script: of the journal as it was.
        without: numbers of the entries to remove.
        added: inputs to add, not after the fork.
        withheld: places of the scenario's injects that must not happen, before the fork or after it.

    Raises:
        InputError: an added input is malformed, or illegal on its date.
    """
    kept_back = sorted(dict.fromkeys((*withheld_injects(script.header), *withheld)))
    other = replace(script, header={**script.header, "withheld": kept_back}) if withheld else script
    trial = f"{script.header['session']}/trial"
    here, there = _opened(script, trial, ""), _opened(other, trial, "")
    steps: list[JournalInput] = []
    impossible: list[JournalInput] = []
    early = [one for one in added if one.tick < script.on]
    queue: list[JournalInput | AddedInput] = sorted(
        [*script.steps, *early], key=lambda step: (step.tick, isinstance(step, AddedInput))
    )
    for step in queue:
        _advance(there, step.tick)
        if isinstance(step, AddedInput):
            steps.append(_give_added(there, script, step, len(steps)))
            continue
        _advance(here, step.tick)
        translated = _translated(step, here, there)
        _give(here, step)
        if step.sequence in without:
            continue
        try:
            if translated is None:
                raise OrderError("illegal", "$", "an object that exists in the changed game", "none")
            _give(there, translated)
        except OrderError:
            impossible.append(step)
        else:
            steps.append(translated)
    for session in (here, there):
        _advance(session, script.on)
    made = replace(
        other,
        steps=tuple(steps),
        last=tuple(one for one in added if one.tick >= script.on),
        impossible=tuple(impossible),
        void=max(0, _void(there) - _void(here)),
    )
    _branch(there, made, "trial")
    return replace(made, limits=tuple(_limits(there, added)))


def _limits(session: Session, added: Sequence[AddedInput]) -> Iterator[str]:
    """Yield the actors whose requested force change exceeds the limits, as sentences."""
    shifted = dict.fromkeys(one.act["actor"] for one in added if one.act["kind"] == "shift_power")
    for actor in shifted:
        factor = session.simulation.world.actors[actor].capability_factor
        if factor in (FACTOR_MIN, FACTOR_MAX):
            yield f"the forces of {actor} are now {factor:g} times what the scenario gives them, the limit of what play can do"


def withheld_injects(header: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the places of the scenario's injects that a journal withholds."""
    return tuple(header.get("withheld", ()))


def session_at_fork(script: ForkScript, session_id: str, seed: str, forked: Mapping[str, Any]) -> Session:
    """Return a session at the fork, with the script as its past.

    Args:
        script: what to do up to the fork.
        session_id: name of the new session.
        seed: decides every chance from the fork on.
        forked: what this is a fork of, for the header.
    """
    session = _opened(script, session_id, seed, forked)
    for step in script.steps:
        _advance(session, step.tick)
        _give(session, step)
    _branch(session, script, seed)
    return session


def play_on(
    session: Session, bots: Mapping[ActorId, Bot], until: int, *, ask_bot: AskBot = decide_moves
) -> OrderStatistics:
    """Play a session on from its fork to tick ``until``. The bots decide from the next stop of the clock.

    The orders of the day of the fork are in the script, so no seat is asked for them again.
    """
    for seat, bot in bots.items():
        session.note_player(seat, player_name(bot))
    session.advance(until)
    return play(session, bots, until=until, ask_bot=ask_bot)


def _opened(script: ForkScript, session_id: str, seed: str, forked: Mapping[str, Any] | None = None) -> Session:
    header = script.header
    return Session(
        scenario_text=header["scenario_text"],
        seed=header["seed"],
        session_id=session_id,
        secret=hashlib.sha256(f"{header['secret']}/fork/{session_id}/{seed}".encode()).hexdigest(),
        setup=ScenarioSetup(
            source=script.source,
            recorded=header.get("recorded", False),
            withheld=withheld_injects(header),
            forked=forked,
        ),
    )


def _advance(session: Session, to: int) -> None:
    while session.phase == "running" and session.now < to:
        session.advance(to)


def _give(session: Session, step: JournalInput) -> None:
    content = step.content
    if step.kind == "order":
        session.submit(ActorId(content["seat"]), content["id"], content["window"], decode_move(content["move"]))
    else:
        session.command(content["who"], content["id"], decode_command(content["command"]))


def _translated(step: JournalInput, here: Session, there: Session) -> JournalInput | None:
    """Return an input with the other session's numbers; ``None`` if an object it names is not there."""
    if step.act is None:
        return step
    act = in_other_world(
        step.act,
        here.simulation.world,
        there.simulation.world,
        text_here=here.texts.text,
        text_there=there.texts.text,
    )
    if act is None:
        return None
    if step.kind == "order":
        return replace(step, content={**step.content, "move": act})
    return replace(step, content={**step.content, "command": {**step.content["command"], "inject": act}})


def _give_added(session: Session, script: ForkScript, added: AddedInput, number: int) -> JournalInput:
    """Give an added input to a session, and return it as a journal input."""
    # The id has the journal's name: a fork of a fork may add the same input again.
    order_id = local_id(script.header["session"], f"fork/{added.source}/{added.tick}", number)
    content: dict[str, Any] = {"id": order_id}
    if added.seat is None:
        content |= {"who": SERVER, "command": {"kind": "inject", "inject": added.act}}
    else:
        content |= {"seat": added.seat, "window": session.window, "move": added.act}
    given = JournalInput(-1, added.tick, "command" if added.seat is None else "order", content)
    try:
        _give(session, given)
    except OrderError as error:
        date = session.simulation.world.calendar.iso(session.now)
        raise InputError(added.source, _place(added, error.path), f"{error.expected} (on {date})", error.got) from error
    return given


def _place(added: AddedInput, path: str) -> str:
    """Return the path of an error in the source of an added input, from its path in the order or command."""
    if added.path is None:
        return ""
    if path == "$.seat":
        return f"{added.path}.by"
    return re.sub(r"^\$(\.command)?(\.(move|inject)\b)?", added.path.replace("\\", "\\\\"), path)


def _void(session: Session) -> int:
    return sum(1 for incident in session.simulation.world.incidents if incident.kind == "order_void")


def _branch(session: Session, script: ForkScript, seed: str) -> None:
    """Bring a session to the fork, reseed its random streams, and give the inputs of the fork itself."""
    _advance(session, script.on)
    if session.now < script.on or session.phase == "ended":
        date = session.simulation.world.calendar.iso(session.now)
        raise ConfigurationError(
            f"{script.source}: the session stopped or ended on {date}. Fork it on that date or before."
        )
    if session.phase == "lobby":
        session.command(SERVER, local_id(session.id, "fork", 0), Start())
    elif session.phase == "paused":
        session.command(SERVER, local_id(session.id, "fork", 1), Resume())
    session.command(SERVER, local_id(session.id, "fork", 2), Branch(seed))
    for number, added in enumerate(script.last):
        _give_added(session, script, added, number)
