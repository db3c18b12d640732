"""Commands of moderators and of the server. All of them are journalled, so a replay repeats them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from counterpoise.errors import OrderError
from counterpoise.sim.catalogue import decode_inject
from counterpoise.sim.rules.events.coming_events import rows_of_event
from counterpoise.sim.types import FREE_TEXT, ActorId, TalkLevel
from counterpoise.sim.world import World
from counterpoise.validation_errors import CONVERSION_ERRORS, JSON
from counterpoise.wire.messages import Phase
from counterpoise.wire.seat_messages import Deciding, Writing

Mode = Literal["windows", "continuous"]
MemberName = Annotated[str, Meta(max_length=20)]
"""The pseudonym of one of the people who share a seat."""
SERVER = "server"
"""Who commands when the server itself does."""


class Start(Struct, tag_field="kind", tag="start", frozen=True, forbid_unknown_fields=True):
    """Leave the lobby: the clock may run."""


class Pause(Struct, tag_field="kind", tag="pause", frozen=True, forbid_unknown_fields=True):
    """Stop the clock and the deadlines; orders are still taken."""

    reason: Annotated[str, Meta(max_length=200, extra=FREE_TEXT)] = ""
    seconds: Annotated[float, Meta(gt=0, le=2592000)] | UnsetType = UNSET
    """After how long the session goes on by itself; without it, when the moderator says so."""


class Resume(Struct, tag_field="kind", tag="resume", frozen=True, forbid_unknown_fields=True):
    """Let the clock run again, with the time that was left."""


class Timetable(Struct, frozen=True, forbid_unknown_fields=True):
    """When windows close in a class that does not meet: at an hour of a time zone, some days after they opened."""

    time_zone: Annotated[str, Meta(min_length=1, max_length=60, description="its IANA name, such as Europe/Berlin")]
    closes: Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="the hour, as 18:00")] = "18:00"
    every_days: Annotated[int, Meta(ge=1, le=14, description="how many days a window lasts")] = 1
    weekdays: Annotated[
        tuple[Annotated[int, Meta(ge=0, le=6)], ...],
        Meta(min_length=1, max_length=7, description="the days on which a window may close, from 0 for Monday to 6"),
    ] = (0, 1, 2, 3, 4, 5, 6)


class Pace(Struct, tag_field="kind", tag="pace", frozen=True, forbid_unknown_fields=True):
    """How simulated time follows wall time.

    ``windows``: the clock waits at each stop until every called seat is ready or the deadline has passed. With a ``timetable``
    every stop, of a window or of a call, ends at a closing hour.
    ``continuous``: the clock runs at ``days_per_second`` and waits for nobody.
    """

    mode: Mode = "windows"
    days_per_second: Annotated[float, Meta(gt=0, le=3660)] = 7.0
    window_seconds: Annotated[float, Meta(gt=0, le=2592000)] = 180.0
    call_seconds: Annotated[float, Meta(gt=0, le=2592000)] = 60.0
    timetable: Timetable | UnsetType = UNSET
    """In place of ``window_seconds`` and ``call_seconds``; only with ``windows``."""


class CloseWindow(Struct, tag_field="kind", tag="close_window", frozen=True, forbid_unknown_fields=True):
    """Stop waiting at this stop of the clock."""


class Skip(Struct, tag_field="kind", tag="skip", frozen=True, forbid_unknown_fields=True):
    """Let the clock run on, without waiting for people, to the next ``event`` of any kind, ``crisis`` or ``window``.

    It also stops where a person is called to answer, and after ten years at the latest.
    """

    to: Literal["event", "crisis", "window"] = "event"


class Inject(Struct, tag_field="kind", tag="inject", frozen=True, forbid_unknown_fields=True):
    """Make something happen. ``inject`` has a ``kind`` of the injects' catalogue and that kind's fields."""

    inject: dict[str, Any]
    reason: Annotated[str, Meta(max_length=200, extra=FREE_TEXT)] | UnsetType = UNSET
    """Why, for the moderator's own notes and the debrief."""
    when: Literal["clock"] | UnsetType = UNSET
    """When the clock next moves, and not now; until then ``take_back`` undoes it."""
    instead_of: Annotated[int, Meta(ge=0, le=10_000)] | UnsetType = UNSET
    """The place, from 0, of an inject of the scenario that is still to come and then does not happen."""


class TakeBack(Struct, tag_field="kind", tag="take_back", frozen=True, forbid_unknown_fields=True):
    """Undo an inject that waits for the clock to move."""

    order: Annotated[str, Meta(max_length=64)]
    """The id of the command that gave the inject."""


class Bookmark(Struct, tag_field="kind", tag="bookmark", frozen=True, forbid_unknown_fields=True):
    """Mark this moment with a note, which only moderators see until the debrief."""

    note: Annotated[str, Meta(min_length=1, max_length=200, extra=FREE_TEXT)]


class Seated(Struct, tag_field="kind", tag="seated", frozen=True, forbid_unknown_fields=True):
    """Note who decides for a seat from now on: a bot by its name, or ``human`` if the client named no bot. Only the
    server gives this command.

    The checker needs it: a bot that implements a hypothesis proves nothing when it obeys the hypothesis.
    """

    seat: str
    player: Annotated[str, Meta(max_length=60)]


class Branch(Struct, tag_field="kind", tag="branch", frozen=True, forbid_unknown_fields=True):
    """Branch from the current tick: reseed all random streams and stop following the record.

    Only the server gives this command, in the journal of a fork.
    """

    seed: Annotated[str, Meta(max_length=200)]


class SetTalk(Struct, tag_field="kind", tag="talk", frozen=True, forbid_unknown_fields=True):
    """Set what states may write: nothing, messages to everyone, offers without words, or anything. It must change the level."""

    level: TalkLevel


class ShowEvidence(Struct, tag_field="kind", tag="show_evidence", frozen=True, forbid_unknown_fields=True):
    """Show players and observers how the evidence stands, or stop showing it. It must change what holds.

    Journalled, because whoever sees the evidence may choose differently: the debrief says when it was shown.
    """

    shown: bool


class Withdraw(Struct, tag_field="kind", tag="withdraw", frozen=True, forbid_unknown_fields=True):
    """Take back an order that waits for the clock to move. Only seats give this command, by the message ``withdraw``."""

    order: Annotated[str, Meta(max_length=64)]
    """The id of the order."""
    member: MemberName | UnsetType = UNSET
    """Who takes it back, if several people share the seat."""


class SetTeam(Struct, tag_field="kind", tag="team", frozen=True, forbid_unknown_fields=True):
    """Set how a seat that several people share decides, who writes its messages, and, if somebody is named, who decides now."""

    seat: str
    deciding: Deciding = "fixed"
    writing: Writing = "anyone"
    decider: MemberName = ""


class Membership(Struct, tag_field="kind", tag="member", frozen=True, forbid_unknown_fields=True):
    """Note that somebody shares a seat from now on, or no longer does. Only the server gives this command."""

    seat: str
    member: MemberName
    joined: bool


class Decider(Struct, tag_field="kind", tag="decider", frozen=True, forbid_unknown_fields=True):
    """Note who decides for a seat from now on, in turn or because the last one is away. Only the server gives this command."""

    seat: str
    member: MemberName
    because: Literal["turn", "absent"]


class PassOn(Struct, tag_field="kind", tag="pass_on", frozen=True, forbid_unknown_fields=True):
    """Let another member decide. Only seats give this command, by the message ``pass_on``."""

    member: MemberName
    """Who decided until now."""
    to: MemberName


class Propose(Struct, tag_field="kind", tag="propose", frozen=True, forbid_unknown_fields=True):
    """Propose a move to whoever decides for the seat. Only seats give this command, by the message ``propose``."""

    member: MemberName
    window: int
    move: dict[str, Any]


class Drop(Struct, tag_field="kind", tag="drop", frozen=True, forbid_unknown_fields=True):
    """Drop a proposal. Only seats give this command, by the message ``drop``."""

    member: MemberName
    proposal: Annotated[str, Meta(max_length=64)]
    """The id of the proposal."""


class Read(Struct, tag_field="kind", tag="read", frozen=True, forbid_unknown_fields=True):
    """Mark the messages of a thread as read. Only seats give this command, by the message ``read``."""

    thread: Annotated[str, Meta(max_length=400)]
    number: Annotated[int, Meta(ge=1)]
    """The number of the last message that was read."""


class Note(Struct, tag_field="kind", tag="note", frozen=True, forbid_unknown_fields=True):
    """Write to a seat as its moderator, or to the moderator as a seat, by the message ``to_moderator``. Nobody else reads it.

    It is no message between states: no bot hears it, no level of talk forbids it, and the theory does not count it.
    """

    seat: Annotated[str, Meta(max_length=5)]
    text: Annotated[str, Meta(min_length=1, max_length=500, extra=FREE_TEXT)]


class Heard(Struct, tag_field="kind", tag="heard", frozen=True, forbid_unknown_fields=True):
    """Ask the bot of a seat to answer a message; its answers follow as orders. Only the server gives this command."""

    seat: str
    message: int
    """The id of the incident that is the message."""


class End(Struct, tag_field="kind", tag="end", frozen=True, forbid_unknown_fields=True):
    """End the session here and open the debrief."""


Command = (
    Start
    | Pause
    | Resume
    | Pace
    | CloseWindow
    | Skip
    | Inject
    | TakeBack
    | Bookmark
    | SetTalk
    | ShowEvidence
    | Seated
    | Branch
    | Heard
    | Withdraw
    | Read
    | Note
    | SetTeam
    | Membership
    | Decider
    | PassOn
    | Propose
    | Drop
    | End
)
_OF_SEATS = Withdraw | Read | PassOn | Propose | Drop
_OF_THE_SERVER = Seated | Branch | Heard | Membership | Decider
_NAMES_A_SEAT = Seated | Heard | Note | SetTeam | Membership | Decider


def local_id(session: str, giver: str, number: int) -> str:
    """Return the id of an order or command given in process: unique in the session and the same on every run."""
    return hashlib.sha256(f"{session}/{giver}/{number}".encode()).hexdigest()[:32]


def decode_command(raw: dict[str, Any]) -> Command:
    """Validate a command given as plain values; raises ``OrderError`` with the path of the error."""
    try:
        command: Command = msgspec.convert(raw, Command)
    except CONVERSION_ERRORS as error:
        raise OrderError("malformed", *JSON.problem(error, raw, Command, "$.command")) from None
    return command


def encode_command(command: Command) -> dict[str, Any]:
    """Return a command as plain values, with its ``kind``."""
    plain: dict[str, Any] = msgspec.to_builtins(command)
    return plain


def require_possible(command: Command, phase: Phase, seats: Collection[ActorId], world: World, *, who: str) -> None:
    """Raise ``OrderError`` unless a command makes sense in this phase and world, and its sender may give it."""
    name = encode_command(command)["kind"]
    allowed: dict[type, tuple[Phase, ...]] = {
        Start: ("lobby",),
        Pause: ("running",),
        Resume: ("paused",),
        Skip: ("running",),
    }
    phases = allowed.get(type(command), ("lobby", "running", "paused"))
    if phase not in phases:
        needed = f"the session phase {' or '.join(phases)} for {name}"
        raise OrderError("illegal", "$.command.kind", needed, f"the phase {phase}", "not_in_phase")
    if isinstance(command, Inject):
        decode_inject(command.inject, world.calendar).check(world)
        if command.instead_of is not UNSET and not rows_of_event(world, command.instead_of):
            wanted = "the place of an event of the scenario that is still to come"
            raise OrderError("illegal", "$.command.instead_of", wanted, str(command.instead_of), "event_is_over")
    if isinstance(command, Pace) and command.mode == "continuous" and command.timetable is not UNSET:
        needed = "no timetable, because the clock waits for nobody"
        raise OrderError("illegal", "$.command.timetable", needed, "one", "no_timetable")
    if isinstance(command, SetTalk) and command.level == world.talk.level:
        needed = "a level of talk other than the one that holds now"
        raise OrderError("illegal", "$.command.level", needed, command.level, "same_talk")
    if isinstance(command, Note):
        if who in seats and command.seat != who:
            raise OrderError("not_your_seat", "$.command.seat", "your own seat", command.seat)
    elif isinstance(command, _OF_SEATS) != (who in seats):
        rule = (
            f"only a seat can {name}, with the message {name}. Moderators cannot do it for a seat."
            if isinstance(command, _OF_SEATS)
            else f"only the moderator and the server give the command {name}"
        )
        raise OrderError("forbidden", "$.command.kind", "", rule)
    if isinstance(command, _OF_THE_SERVER) and who != SERVER:
        raise OrderError("forbidden", "$.command.kind", "", f"only the server itself gives the command {name}")
    if isinstance(command, _NAMES_A_SEAT) and command.seat not in seats:
        raise OrderError("not_your_seat", "$.command.seat", "a seat of this session", command.seat)
