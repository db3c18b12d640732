"""Every message of the protocol, one schema for msgpack and JSON.

A frame holds one map. Its field ``t`` names the message; the others are the fields below. ``vseq`` counts the messages sent
to one seat (or to the moderator, or to the observers), without gaps. ``receipt`` is the head of that seat's hash chain: a
client that keeps the last receipt can prove that a server has lost messages.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from counterpoise.sim.types import TalkLevel
from counterpoise.sim.views.view import View
from counterpoise.wire.checkpoints import Checkpoint
from counterpoise.wire.checkpoints import Phase as Phase
from counterpoise.wire.consent import Consent, ConsentMark, ConsentState
from counterpoise.wire.console_messages import ConsoleMessage
from counterpoise.wire.ending.messages import Bye as Bye
from counterpoise.wire.ending.messages import Leave, Result
from counterpoise.wire.fields import (
    Head,
    IsoDate,
    LegalKinds,
    Number,
    OrderId,
    Receipt,
    SeenNumber,
    StopTick,
    Token,
    WindowNumber,
)
from counterpoise.wire.moments import AskWhatIf, GoOn, StopWhatIf, WentOn, WhatIfNews
from counterpoise.wire.move_questions import AskMoves, Moves
from counterpoise.wire.noted import Noted as Noted
from counterpoise.wire.noted import OpenCall as OpenCall
from counterpoise.wire.noted import Ready as Ready
from counterpoise.wire.public_news import PublicNews
from counterpoise.wire.seat_messages import (
    AskDevice,
    Desk,
    Device,
    Drop,
    Link,
    Nudge,
    PassOn,
    Propose,
    SeatRequests,
    SeatStatus,
)
from counterpoise.wire.talk_messages import ReadMark as ReadMark
from counterpoise.wire.talk_messages import Talk as Talk
from counterpoise.wire.talk_messages import ToModerator as ToModerator
from counterpoise.wire.view_change import ViewChange

PROTOCOL_VERSION = 2
SUBPROTOCOLS = ("counterpoise.v2.msgpack", "counterpoise.v2.json")
OLD_SUBPROTOCOLS = ("counterpoise.v1.msgpack", "counterpoise.v1.json")
"""Of version 1, in the same order. A server accepts them only to tell the client which version it speaks."""

SeatRole = Literal["player", "team", "observer", "moderator", "admin"]


class Hello(Struct, tag_field="t", tag="hello", frozen=True, forbid_unknown_fields=True):
    """The first frame of a client, due within five seconds: its token and the last message it has."""

    protocol: Annotated[int, Meta(description="the protocol's version, 2")]
    token: Token
    last_vseq: SeenNumber = 0
    last_receipt: Receipt = ""
    name: Annotated[str, Meta(max_length=60, description="the player's name, shown to everyone")] = ""
    bot: Annotated[str, Meta(max_length=60, description="the kind of bot that plays; empty if people play")] = ""
    client: Annotated[
        str, Meta(max_length=20, description="`browser` or `sdk`; the debrief takes no other for a person")
    ] = ""
    asks: Annotated[
        str,
        Meta(
            max_length=80,
            description="with a token of random characters that the client makes: which seat this person held, for the "
            "moderator, whose consent makes that token valid. Otherwise empty",
        ),
    ] = ""


class Order(Struct, tag_field="t", tag="order", frozen=True, forbid_unknown_fields=True):
    """A move. ``window`` is the window that the client takes to be open; ``move`` has a ``kind`` and that kind's fields."""

    id: OrderId
    window: Annotated[int, Meta(ge=0, description="the open window, as in `view.window`")]
    move: Annotated[dict[str, Any], Meta(description="`kind` and that kind's fields: see `welcome.catalogue`")]
    replaces: Annotated[
        str,
        Meta(
            pattern="^([0-9a-f]{32})?$",
            description="the id of an order of this seat that waits for the clock, whose place this one takes; else empty",
        ),
    ] = ""
    proposal: Annotated[
        str,
        Meta(
            pattern="^([0-9a-f]{32})?$",
            description="the id of the seat's proposal that this order comes of, changed or not; else empty",
        ),
    ] = ""


class Withdraw(Struct, tag_field="t", tag="withdraw", frozen=True, forbid_unknown_fields=True):
    """Take back an order that waits for the clock to move. A message cannot be taken back: it has arrived."""

    id: OrderId
    order: Annotated[str, Meta(pattern="^[0-9a-f]{32}$", description="the id of the order to take back")]


class Read(Struct, tag_field="t", tag="read", frozen=True, forbid_unknown_fields=True):
    """Mark the messages of a thread as read, for all who share the seat. Nobody else is told."""

    id: OrderId
    thread: Annotated[str, Meta(max_length=400, description="the thread, as in the messages' `detail.thread`")]
    number: Annotated[int, Meta(ge=1, description="the `detail.number` of the last message that was read")]


class Command(Struct, tag_field="t", tag="command", frozen=True, forbid_unknown_fields=True):
    """A command of a moderator."""

    id: OrderId
    command: Annotated[
        dict[str, Any],
        Meta(description="`kind` and that kind's fields: see the list of commands"),
    ]


class Look(Struct, tag_field="t", tag="look", frozen=True, forbid_unknown_fields=True):
    """Ask for a fresh ``observe``."""

    seat: Annotated[
        str,
        Meta(max_length=5, description="whose view; empty for one's own. Observers and moderators may name any seat"),
    ] = ""
    id: Annotated[
        str,
        Meta(
            pattern="^([0-9a-f]{32})?$",
            description="made by the client; the `observe` that answers has it too. May be empty",
        ),
    ] = ""


class AskDebrief(Struct, tag_field="t", tag="ask_debrief", frozen=True, forbid_unknown_fields=True):
    """Ask for the debrief: moderators at any time, everyone once the session has ended."""


class Ping(Struct, tag_field="t", tag="ping", frozen=True, forbid_unknown_fields=True):
    """A heartbeat of the application, because browsers cannot see the websocket's own."""

    n: Annotated[int, Meta(description="any number; the `pong` has it too")] = 0


ClientMessage = (
    Hello | Order | Withdraw | Read | ToModerator | Propose | Drop | PassOn | AskDevice
    | Ready | Consent | Command | Look | AskMoves | AskDebrief | AskWhatIf | StopWhatIf | GoOn | Ping | Leave
)  # fmt: skip


class Welcome(Struct, tag_field="t", tag="welcome", frozen=True):
    """The answer to ``hello``, with everything a client needs before the first move."""

    resume: Annotated[
        Literal["fresh", "delta", "snapshot"],
        Meta(
            description="what follows: a first start (fresh), the missed messages (delta), or a new start because "
            "too many messages were missed (snapshot)"
        ),
    ]
    vseq: Annotated[int, Meta(description="the number of the newest message for this address")]
    receipt: Annotated[str, Meta(description="the head of the chain at that number")]
    next_token: Annotated[str, Meta(description="replaces the token just used; store it before anything else")]
    role: SeatRole
    seat: Annotated[str, Meta(description="the seat's code, which is its state's; empty without a seat")]
    session: Annotated[str, Meta(description="the session's name, as in the URL")]
    scenario: Annotated[
        dict[str, Any],
        Meta(
            description="`id, title, summary, start, end, windows, actors: [{id, name, capital, role, latitude, longitude}], "
            "map`; `windows` is how many there are; `map` is the address of the states' outlines, relative to the page's root, "
            "and empty without outlines"
        ),
    ]
    catalogue: Annotated[
        dict[str, Any],
        Meta(
            description="for each kind of move: `title`, `group`, `description`, JSON `schema` of its map, `risk` and "
            "`price` in words, whether it is `final` and whether it `answers` a call"
        ),
    ]
    seed_commitment: Annotated[str, Meta(description="SHA-256 over a salt and the seed; the journal tells both")]
    member: Annotated[
        str, Meta(description="the pseudonym of this person among those who share the seat; empty without a seat")
    ] = ""
    consent: Annotated[ConsentState, Meta(description="this person's answer about research; empty if nobody asks")] = ""
    class_title: Annotated[str, Meta(description="the title of the class that plays; empty outside a class")] = ""
    world: Annotated[
        str, Meta(description="the letter of this world of the class, such as `A`; empty outside a class")
    ] = ""


class Observe(Struct, tag_field="t", tag="observe", frozen=True):
    """The whole view of a seat as of ``vseq``; the newest replaces the others. Each ``look`` is answered with one.

    Between two of them, ``view_change`` tells what has changed.
    """

    vseq: Annotated[int, Meta(description="the number of the last numbered message this view includes")]
    called: Annotated[bool, Meta(description="the seat must decide now: answer with orders, then `ready`")]
    view: View
    threats: Annotated[
        dict[str, dict[str, float]],
        Meta(
            description="for each state: this seat's estimate of `threat, power, proximity, offense, intentions`, all in [0, 1]; "
            "empty if the scenario, the host or a lot does not show this seat the index"
        ),
    ]
    id: Annotated[
        str, Meta(description="the id of the `look` that this answers; empty in news, and if the look had none")
    ] = ""
    kinds: LegalKinds = []


class Ack(Struct, tag_field="t", tag="ack", frozen=True):
    """What was sent with this id is on disk and counts once, however often it is sent."""

    id: Annotated[str, Meta(description="the id of the order, the command, the proposal or whatever else had one")]
    vseq: Number
    receipt: Head


class Error(Struct, tag_field="t", tag="error", frozen=True):
    """Why a frame was refused. Nothing in the game changed.

    Show ``expected A, got B``; where ``expected`` is empty, show ``got`` alone.
    """

    code: Annotated[str, Meta(description="a stable word for programs")]
    path: Annotated[str, Meta(description="place in the frame: `$.move.to`; `$` for the whole frame")]
    expected: Annotated[
        str, Meta(description="what is allowed there, for people; empty where the problem is not a wrong value")
    ]
    got: Annotated[
        str,
        Meta(description="what the frame has there; if `expected` is empty, what is wrong and what to do"),
    ]
    id: Annotated[str, Meta(description="the id of what it answers, empty if that had none")] = ""
    answers: Annotated[
        str,
        Meta(description="the `t` of what it answers, such as `look`; empty if it answers nothing that could be read"),
    ] = ""
    reason: Annotated[
        str,
        Meta(
            description="a stable word for `expected` and `got`, so that a page can word them in its language; "
            "empty where they have none"
        ),
    ] = ""
    terms: Annotated[
        dict[str, str | int],
        Meta(
            description="what the two say of this frame in particular, by name: a number, or the code of a state or a thing"
        ),
    ] = {}


class IncidentNews(Struct, tag_field="t", tag="incident", frozen=True):
    """Something happened that this seat may know."""

    vseq: Number
    receipt: Head
    incident: Annotated[dict[str, Any], Meta(description="`id, date, tick, kind, actors, detail`")]


class WindowNews(Struct, tag_field="t", tag="window", frozen=True):
    """The clock stopped at ``tick``: a window opens, or some seats are called to answer."""

    vseq: Number
    receipt: Head
    window: WindowNumber
    tick: StopTick
    date: IsoDate
    occasion: Annotated[Literal["window", "call"], Meta(description="a window opens, or some seats are called")]
    called: Annotated[bool, Meta(description="this seat must decide")]


class ForecastNews(Struct, tag_field="t", tag="forecast", frozen=True):
    """The forecasts for a window, or their outcomes: to moderators and observers."""

    vseq: Number
    receipt: Head
    window: WindowNumber
    decisions: Annotated[list[dict[str, Any]], Meta(description="one map for each decision")]


class EvidenceNews(Struct, tag_field="t", tag="evidence", frozen=True):
    """How the evidence stands after the last closed window: to moderators, and to all others while a moderator shows it.

    The newest replaces the others. Only moderators get groups other than the players under test (people if any play, else
    everyone), the number of acts of each kind, and the kind that carries the odds, which would give away what is done in secret.
    Whoever is no longer shown the evidence gets one with ``shown`` false and an empty ``evidence``.
    """

    window: Annotated[int, Meta(ge=-1, description="the last window whose acts count; -1 before the first has closed")]
    date: Annotated[str, Meta(description="the first day of that window; empty before the first has closed")]
    shown: Annotated[bool, Meta(description="whether players and observers are shown it")]
    hypotheses: Annotated[list[dict[str, Any]], Meta(description="`name, title` of each hypothesis that is compared")]
    evidence: Annotated[
        dict[str, Any],
        Meta(
            description="the part `evidence` of the debrief; every step for the players under test, the last for the other groups"
        ),
    ]


class Status(Struct, tag_field="t", tag="status", frozen=True):
    """The status of the session; sent when it changes, never numbered."""

    phase: Phase
    talk: Annotated[TalkLevel, Meta(description="what states may write: nothing, to everyone, offers only, anything")]
    tick: StopTick
    date: IsoDate
    mode: Annotated[
        Literal["windows", "continuous"],
        Meta(description="the clock waits at each stop, or runs at `days_per_second`"),
    ]
    days_per_second: float
    window_seconds: Annotated[float, Meta(description="longest wait when a window opens")]
    call_seconds: Annotated[float, Meta(description="longest wait for an answer")]
    seconds_left: Annotated[
        float, Meta(description="until the deadline of this stop; -1 if there is none, as where only bots play")
    ]
    seats: list[SeatStatus]
    due: Annotated[
        str, Meta(description="when this stop ends by the timetable, as 2026-03-29T18:00+02:00; empty without one")
    ] = ""
    time_zone: Annotated[str, Meta(description="the time zone of the timetable; empty without one")] = ""
    reason: Annotated[str, Meta(description="why the moderator has paused the session, if the moderator said so")] = ""
    pause_left: Annotated[
        float, Meta(description="seconds after which a pause ends by itself; -1 if it does not")
    ] = -1.0


class DebriefReport(Struct, tag_field="t", tag="debrief", frozen=True):
    """The debrief: the document that ``counterpoise debrief --json`` prints."""

    report: dict[str, Any]


class Pong(Struct, tag_field="t", tag="pong", frozen=True):
    """The answer to ``ping``."""

    n: int


ServerMessage = (
    Welcome
    | Observe
    | ViewChange
    | Ack
    | Noted
    | Moves
    | ConsentMark
    | Talk
    | ReadMark
    | Desk
    | Device
    | Nudge
    | SeatRequests
    | Error
    | IncidentNews
    | WindowNews
    | ForecastNews
    | EvidenceNews
    | PublicNews
    | ConsoleMessage
    | Checkpoint
    | Status
    | DebriefReport
    | WhatIfNews
    | WentOn
    | Link
    | Pong
    | Result
    | Bye
)

CLOSE_DONE, CLOSE_LEAVING, CLOSE_POLICY, CLOSE_RESTARTING, CLOSE_TRY_LATER = 1000, 1001, 1008, 1012, 1013
CLOSE_BAD_TOKEN, CLOSE_REPLACED, CLOSE_SLOW, CLOSE_RATE = 4001, 4002, 4003, 4004
CLOSE_HELLO_TIMEOUT, CLOSE_VERSION, CLOSE_NO_SESSION, CLOSE_OTHER_ORIGIN = 4005, 4006, 4007, 4008
CLOSE_OTHER_DEVICE = 4009
