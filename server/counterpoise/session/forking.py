"""Forking a journal: replay its inputs up to a date, with some removed and others added, then go on with new chances and bots."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from counterpoise.errors import ConfigurationError, InputError, OrderError
from counterpoise.session.commands import (
    SERVER,
    Branch,
    Resume,
    Start,
    Withdraw,
    decode_command,
    encode_command,
    local_id,
)
from counterpoise.session.forks.fork_matching import in_other_world
from counterpoise.session.forks.shared_past import SharedPast
from counterpoise.session.in_process_play import OrderStatistics, play, player_name
from counterpoise.session.index_deal import chosen_in
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.header import secret_in
from counterpoise.session.journal.inputs import JournalInput, inputs_of
from counterpoise.session.orders.teams import Sender
from counterpoise.session.replay import header_of
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import NEW_JOURNAL, JournalSettings, ScenarioSetup, ServerSecrets
from counterpoise.sim.bot import Bot
from counterpoise.sim.catalogue import decode_move
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.rules.power import FACTOR_MAX, FACTOR_MIN
from counterpoise.sim.scenario import Scenario
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
    stops: tuple[int, ...] = ()
    """The ticks at which the journal noted where the clock stood. The clock stops there too, so that both write the same."""
    last: tuple[AddedInput, ...] = ()
    """Given at the fork itself, after the session has left the record."""
    impossible: tuple[JournalInput, ...] = ()
    """Inputs that the changes made impossible."""
    void: int = 0
    """How many more orders than without the changes were void when they acted."""
    limits: tuple[str, ...] = ()
    """Whose forces stand at a limit of the rules after a change of them, as sentences."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """What a fork needs that people join: its messages are numbered, and its texts can be erased."""

    secret: str
    """Salts the commitment to the seed."""
    server: ServerSecrets
    """What the server keeps out of the journal."""


def script_of(entries: Sequence[Entry], source: str, on: int) -> ForkScript:
    """Return the unchanged script of a journal, up to tick ``on`` and with the inputs of that tick."""
    steps = tuple(given for given in inputs_of(entries) if given.tick <= on)
    stops = tuple(entry.tick for entry in entries if entry.kind == "clock" and entry.tick <= on)
    return ForkScript(dict(header_of(entries, source)), source, on, steps, stops)


def changed_script(
    script: ForkScript,
    without: Sequence[int],
    added: Sequence[AddedInput],
    withheld: Sequence[int] = (),
    past: SharedPast | None = None,
) -> ForkScript:
    """Return a script with inputs removed and added.

    Both games are played side by side up to the fork, because one object may have different numbers in them. Inputs that the
    changes made impossible are left out and listed in ``impossible``. The order that a removed one had replaced does not act
    either: its seat had taken it back.

    Args:
        script: of the journal as it was.
        without: numbers of the entries to remove.
        added: inputs to add, not after the fork.
        withheld: places of the scenario's injects that must not happen, before the fork or after it.
        past: of the journal, before the first change; both games start from it.

    Raises:
        InputError: an added input is malformed, or illegal on its date.
    """
    kept_back = sorted(dict.fromkeys((*withheld_injects(script.header), *withheld)))
    other = replace(script, header={**script.header, "withheld": kept_back}) if withheld else script
    trial = f"{script.header['session']}/trial"
    here, there = _opened(script, trial, "", past=past), _opened(other, trial, "", past=past)
    steps, rest = _given_and_rest(script, past)
    impossible: list[JournalInput] = []
    early = [one for one in added if one.tick < script.on]
    queue: list[JournalInput | AddedInput] = sorted(
        [*rest, *early], key=lambda step: (step.tick, isinstance(step, AddedInput))
    )
    for step in queue:
        _advance(there, step.tick, script)
        if isinstance(step, AddedInput):
            steps.append(_give_added(there, script, step, len(steps)))
            continue
        _advance(here, step.tick, script)
        translated = _translated(step, here, there)
        _give(here, step)
        if step.sequence in without:
            steps += _rest_of_replacement(step, there)
            continue
        try:
            if translated is None:
                raise OrderError("illegal", "$", "an object that exists in the changed game", "none")
            _give(there, translated)
        except OrderError:
            # To take back what was left out, or to read a message that nobody sent, is no loss.
            impossible += [step] if step.act is not None else []
            steps += _rest_of_replacement(step, there)
        else:
            steps.append(translated)
    for session in (here, there):
        _advance(session, script.on, script)
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
    """Yield the actors whose forces were changed and now stand at a limit, as sentences."""
    shifted = dict.fromkeys(one.act["actor"] for one in added if one.act["kind"] == "shift_power")
    for actor in shifted:
        factor = session.simulation.world.actors[actor].capability_factor
        if factor in (FACTOR_MIN, FACTOR_MAX):
            yield f"the forces of {actor} are now {factor:g} times what the scenario gives them, the limit of what play can do"


def withheld_injects(header: Mapping[str, Any]) -> tuple[int, ...]:
    """Return the places of the scenario's injects that a journal withholds."""
    return tuple(header.get("withheld", ()))


def past_at_fork(script: ForkScript, past: SharedPast | None = None) -> SharedPast:
    """Play a script up to its fork, once for all the games of one side.

    Args:
        script: what to do up to the fork.
        past: of the journal, at a moment before the fork and before the first change; ``None`` to play from the start.
    """
    session = _opened(script, f"{script.header['session']}/past", "", past=past)
    _follow(session, script, past)
    return SharedPast.of(session, session.take_entries(), _scenario_of(script, past))


def session_at_fork(
    script: ForkScript,
    session_id: str,
    seed: str,
    forked: Mapping[str, Any],
    *,
    past: SharedPast | None = None,
    listeners: Listeners | None = None,
) -> Session:
    """Return a session at the fork, with the script as its past.

    Args:
        script: what to do up to the fork.
        session_id: name of the new session.
        seed: decides every chance from the fork on.
        forked: what this is a fork of, for the header.
        past: what ``past_at_fork`` returned for this script; ``None`` to play the past now.
        listeners: for a session that people join.
    """
    session = _opened(script, session_id, seed, forked, past=past, listeners=listeners)
    if past is None:
        _follow(session, script, None)
    _branch(session, script, seed)
    return session


def play_on(session: Session, bots: Mapping[ActorId, Bot], until: int) -> OrderStatistics:
    """Play a session on from its fork to tick ``until``. The bots decide from the next stop of the clock.

    The orders of the day of the fork are in the script, so no seat is asked for them again.
    """
    for seat, bot in bots.items():
        session.note_player(seat, player_name(bot))
    session.advance(until)
    return play(session, bots, until=until)


def _opened(
    script: ForkScript,
    session_id: str,
    seed: str,
    forked: Mapping[str, Any] | None = None,
    *,
    past: SharedPast | None = None,
    listeners: Listeners | None = None,
) -> Session:
    """Return a new session of a script, at its start or where a shared past ends."""
    header = script.header
    secret = hashlib.sha256(f"{secret_in(header)}/fork/{session_id}/{seed}".encode()).hexdigest()
    journal = NEW_JOURNAL
    if listeners is not None:
        secret, journal = listeners.secret, JournalSettings(secrets=listeners.server)
    setup = ScenarioSetup(
        source=script.source,
        parsed=None if past is None else past.scenario,
        recorded=header.get("recorded", False),
        threat_index=chosen_in(header),
        withheld=withheld_injects(header),
        forked=forked,
    )
    if past is not None:
        return past.begun(header, session_id, secret, setup, journal, streaming=listeners is not None)
    return Session(
        scenario_text=header["scenario_text"],
        seed=header["seed"],
        session_id=session_id,
        secret=secret,
        streaming=listeners is not None,
        setup=setup,
        journal=journal,
    )


def _scenario_of(script: ForkScript, past: SharedPast | None) -> Scenario:
    """Return the scenario of a script with every inject."""
    return parse_scenario(script.header["scenario_text"], script.source) if past is None else past.scenario


def _given_and_rest(script: ForkScript, past: SharedPast | None) -> tuple[list[JournalInput], tuple[JournalInput, ...]]:
    """Return the steps that a shared past of the journal contains, and those after it."""
    count = 0 if past is None else past.state.entries
    given = [step for step in script.steps if 0 <= step.sequence < count]
    return given, script.steps[len(given) :]


def _follow(session: Session, script: ForkScript, past: SharedPast | None) -> None:
    """Bring a session to the fork by the steps that its past does not contain."""
    for step in _given_and_rest(script, past)[1]:
        _advance(session, step.tick, script)
        _give(session, step)
    _advance(session, script.on, script)


def _advance(session: Session, to: int, script: ForkScript) -> None:
    """Let the clock run to a tick, with the stops that it had in the journal."""
    for stop in (*script.stops[bisect_right(script.stops, session.now) : bisect_right(script.stops, to)], to):
        while session.phase == "running" and session.now < stop:
            session.advance(stop)


def _give(session: Session, step: JournalInput) -> None:
    content = step.content
    if step.kind == "order":
        move, replaces = decode_move(content["move"]), content.get("replaces", "")
        sender = Sender(content.get("member", ""), content.get("proposal", ""))
        session.submit(ActorId(content["seat"]), content["id"], content["window"], move, replaces, sender)
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
        content = {**step.content, "move": act}
        if not there.orders.is_waiting(ActorId(content["seat"]), content.get("replaces", "")):
            content.pop("replaces", None)  # what it replaces was left out: it stands for itself
        return replace(step, content=content)
    return replace(step, content={**step.content, "command": {**step.content["command"], "inject": act}})


def _rest_of_replacement(step: JournalInput, there: Session) -> list[JournalInput]:
    """Take back the order that a left-out one replaced, and return that as an input; nothing if it replaced none there."""
    replaced = step.content.get("replaces", "")
    seat = step.seat
    if seat is None or not there.orders.is_waiting(seat, replaced):
        return []
    content = {"who": seat, "id": step.content["id"], "command": encode_command(Withdraw(replaced))}
    taken_back = replace(step, kind="command", content=content)
    _give(there, taken_back)
    return [taken_back]


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
    had = _forces(session, added)
    try:
        _give(session, given)
    except OrderError as error:
        date = session.simulation.world.calendar.iso(session.now)
        raise InputError(added.source, _place(added, error.path), f"{error.expected} (on {date})", error.got) from error
    if had is not None:
        _require_within_limits(session, added, had)
    return given


def _forces(session: Session, added: AddedInput) -> float | None:
    """Return how many times the scenario's forces the state has that an input changes; ``None`` if it changes no forces."""
    actor = session.simulation.world.actors.get(ActorId(str(added.act.get("actor"))))
    return None if added.act["kind"] != "shift_power" or actor is None else actor.capability_factor


def _require_within_limits(session: Session, added: AddedInput, had: float) -> None:
    """Refuse a change of forces that the rules have cut: its games would show the effect of another change."""
    actor, factor = added.act["actor"], added.act["factor"]
    if not FACTOR_MIN <= had * factor <= FACTOR_MAX:
        expected = (
            f"a factor from {FACTOR_MIN / had:.3g} to {FACTOR_MAX / had:.3g}, because the forces of {actor} are {had:.3g} "
            f"times what the scenario gives them on {session.simulation.world.calendar.iso(session.now)} and play keeps them "
            f"between {FACTOR_MIN:g} and {FACTOR_MAX:g} times"
        )
        raise InputError(added.source, _place(added, "$.inject.factor"), expected, f"{factor:g}")


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
    _advance(session, script.on, script)
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
