"""Forking a journal: its orders up to a date, some taken out and others put in, and from there other chances and players."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from counterpoise.errors import ConfigurationError, InputError, OrderError
from counterpoise.session.commands import Branch, Resume, Start, command_from, local_id
from counterpoise.session.fork_matching import in_other_world
from counterpoise.session.in_process_play import Asking, Conduct, play, player_name
from counterpoise.session.journal import Entry
from counterpoise.session.journal_inputs import Given, inputs
from counterpoise.session.replay import header_of
from counterpoise.session.running_session import SERVER, Session
from counterpoise.sim.bot import Bot, decide_moves
from counterpoise.sim.catalogue import decode_move
from counterpoise.sim.rules.power import FACTOR_MAX, FACTOR_MIN
from counterpoise.sim.types import ActorId


@dataclass(frozen=True, slots=True)
class Added:
    """A deed put in: an order of ``seat``, or an inject if there is none. ``source`` says where it was asked for."""

    tick: int
    seat: ActorId | None
    deed: dict[str, Any]
    """The move or inject as plain values, with its kind."""
    source: str
    path: str | None = "$"
    """Where in the source it stands; ``None`` if the source is something else in words of its own, and has no fields."""


@dataclass(frozen=True, slots=True)
class Script:
    """What is done up to the fork: a journal's inputs, changed or not. Plain data that can cross processes."""

    header: dict[str, Any]
    """The journal's."""
    source: str
    on: int
    steps: tuple[Given, ...]
    """Done in this order, each on its tick, all of them before chance is drawn anew."""
    last: tuple[Added, ...] = ()
    """Done at the fork itself, when the record is left already."""
    impossible: tuple[Given, ...] = ()
    """Inputs that could not be done any more with the changes made."""
    void: int = 0
    """How many more orders came to nothing on the day itself than without the changes."""
    limits: tuple[str, ...] = ()
    """Where a change was asked to do more than the rules allow, in words."""


def unchanged(entries: Sequence[Entry], source: str, on: int) -> Script:
    """Return the script of a journal up to tick ``on`` and with what was done on it, as it was."""
    return Script(dict(header_of(entries, source)), source, on, tuple(g for g in inputs(entries) if g.tick <= on))


def changed(script: Script, without: Sequence[int], added: Sequence[Added], withheld: Sequence[int] = ()) -> Script:
    """Return a script with inputs taken out and put in.

    Both courses of events are played side by side up to the fork, because what one numbers in one way the other numbers in
    another. What has become impossible is left out and kept in ``impossible``.

    Args:
        script: of the journal as it was.
        without: numbers of the entries that are taken out.
        added: what is put in, not after the fork.
        withheld: places of injects of the scenario that are not to happen, before the fork or after it.

    Raises:
        InputError: something put in is no deed, or cannot be done on its date.
    """
    kept_back = sorted(dict.fromkeys((*withheld_in(script.header), *withheld)))
    other = replace(script, header={**script.header, "withheld": kept_back}) if withheld else script
    trial = f"{script.header['session']}/trial"
    here, there = _opened(script, trial, ""), _opened(other, trial, "")
    steps: list[Given] = []
    impossible: list[Given] = []
    early = [deed for deed in added if deed.tick < script.on]
    queue: list[Given | Added] = sorted([*script.steps, *early], key=lambda step: (step.tick, isinstance(step, Added)))
    for step in queue:
        _advance(there, step.tick)
        if isinstance(step, Added):
            steps.append(_put_in(there, script, step, len(steps)))
            continue
        _advance(here, step.tick)
        translated = _translated(step, here, there)
        _give(here, step)
        if step.sequence in without:
            continue
        try:
            if translated is None:
                raise OrderError("illegal", "$", "what it speaks of", "nothing of the kind")
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
        last=tuple(deed for deed in added if deed.tick >= script.on),
        impossible=tuple(impossible),
        void=max(0, _void(there) - _void(here)),
    )
    _leave(there, made, "trial")
    return replace(made, limits=tuple(_limits(there, added)))


def _limits(session: Session, added: Sequence[Added]) -> Iterator[str]:
    """Yield which forces were to grow or shrink further than they can."""
    shifted = dict.fromkeys(deed.deed["actor"] for deed in added if deed.deed["kind"] == "shift_power")
    for actor in shifted:
        factor = session.simulation.world.actors[actor].capability_factor
        if factor in (FACTOR_MIN, FACTOR_MAX):
            yield f"the forces of {actor} are now {factor:g} times what the scenario gives them, the limit of what play can do"


def withheld_in(header: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the places of the scenario's injects that a journal was played without."""
    return tuple(header.get("withheld", ()))


def begin(script: Script, session_id: str, seed: str, forked: Mapping[str, Any]) -> Session:
    """Return a session that stands at the fork, its past done by the script.

    Args:
        script: what is done up to the fork.
        session_id: the new session's.
        seed: of every chance from the fork on.
        forked: for the header: what this is a fork of.
    """
    session = _opened(script, session_id, seed, forked)
    for step in script.steps:
        _advance(session, step.tick)
        _give(session, step)
    _leave(session, script, seed)
    return session


def play_on(session: Session, policies: Mapping[ActorId, Bot], until: int, *, asking: Asking = decide_moves) -> Conduct:
    """Play a session on from its fork to tick ``until``; the policies decide from the clock's next stop.

    What the seats did on the day of the fork is done already: they are not asked for it a second time.
    """
    for seat, policy in policies.items():
        session.note_player(seat, player_name(policy))
    session.advance(until)
    return play(session, policies, until=until, asking=asking)


def _opened(script: Script, session_id: str, seed: str, forked: Mapping[str, Any] | None = None) -> Session:
    header = script.header
    return Session(
        scenario_text=header["scenario_text"],
        seed=header["seed"],
        session_id=session_id,
        secret=hashlib.sha256(f"{header['secret']}/fork/{session_id}/{seed}".encode()).hexdigest(),
        source=script.source,
        recorded=header.get("recorded", False),
        forked=forked,
        withheld=withheld_in(header),
    )


def _advance(session: Session, to: int) -> None:
    while session.phase == "running" and session.now < to:
        session.advance(to)


def _give(session: Session, step: Given) -> None:
    content = step.content
    if step.kind == "order":
        session.submit(ActorId(content["seat"]), content["id"], content["window"], decode_move(content["move"]))
    else:
        session.command(content["who"], content["id"], command_from(content["command"]))


def _translated(step: Given, here: Session, there: Session) -> Given | None:
    """Return an input with the numbers that the other session has for what it speaks of; ``None`` if that is not there."""
    if step.deed is None:
        return step
    deed = in_other_world(
        step.deed,
        here.simulation.world,
        there.simulation.world,
        text_here=here.texts.text,
        text_there=there.texts.text,
    )
    if deed is None:
        return None
    if step.kind == "order":
        return replace(step, content={**step.content, "move": deed})
    return replace(step, content={**step.content, "command": {**step.content["command"], "inject": deed}})


def _put_in(session: Session, script: Script, added: Added, number: int) -> Given:
    """Do what was put in, and return it as an input."""
    # By the journal's name, for a fork of a fork holds what was put into that one, as likely as not in the same words.
    order_id = local_id(script.header["session"], f"fork/{added.source}/{added.tick}", number)
    content: dict[str, Any] = {"id": order_id}
    if added.seat is None:
        content |= {"who": SERVER, "command": {"kind": "inject", "inject": added.deed}}
    else:
        content |= {"seat": added.seat, "window": session.window, "move": added.deed}
    given = Given(-1, added.tick, "command" if added.seat is None else "order", content)
    try:
        _give(session, given)
    except OrderError as error:
        date = session.simulation.world.calendar.iso(session.now)
        raise InputError(added.source, _place(added, error.path), f"{error.expected} (on {date})", error.got) from error
    return given


def _place(added: Added, path: str) -> str:
    """Return where in its source something is wrong with a deed, by its path in the order or command made of it."""
    if added.path is None:
        return ""
    if path == "$.seat":
        return f"{added.path}.by"
    return re.sub(r"^\$(\.command)?(\.(move|inject)\b)?", added.path.replace("\\", "\\\\"), path)


def _void(session: Session) -> int:
    return sum(1 for incident in session.simulation.world.incidents if incident.kind == "order_void")


def _leave(session: Session, script: Script, seed: str) -> None:
    """Bring a session to the fork, leave the course of things there, and do what is to be done at the fork itself."""
    _advance(session, script.on)
    if session.now < script.on or session.phase == "ended":
        date = session.simulation.world.calendar.iso(session.now)
        raise ConfigurationError(
            f"{script.source}: it stands still or has ended on {date}; fork it on a date up to then"
        )
    if session.phase == "lobby":
        session.command(SERVER, local_id(session.id, "fork", 0), Start())
    elif session.phase == "paused":
        session.command(SERVER, local_id(session.id, "fork", 1), Resume())
    session.command(SERVER, local_id(session.id, "fork", 2), Branch(seed))
    for number, added in enumerate(script.last):
        _put_in(session, script, added, number)
