"""Every message of the protocol, one schema for msgpack and JSON.

A frame holds one map. Its field ``t`` names the message; the others are the fields below. ``vseq`` counts what one seat
(or the moderator, or the observers) has been sent, without gaps; ``receipt`` is the head of that seat's hash chain, so a
client that keeps the last one can prove that a server has forgotten something.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from counterpoise.sim.view import View

PROTOCOL_VERSION = 1
SUBPROTOCOLS = ("counterpoise.v1.msgpack", "counterpoise.v1.json")

SeatRole = Literal["player", "team", "observer", "moderator", "admin"]
Phase = Literal["lobby", "running", "paused", "ended"]
OrderId = Annotated[str, Meta(pattern="^[0-9a-f]{32}$", description="128 random bits made by the client, in hex")]
Token = Annotated[str, Meta(min_length=8, max_length=128)]
Text = Annotated[str, Meta(max_length=200)]


class Hello(Struct, tag_field="t", tag="hello", frozen=True, forbid_unknown_fields=True):
    """The first frame of a client, due within five seconds: who it is and what it has already seen."""

    protocol: int
    token: Token
    last_vseq: Annotated[int, Meta(ge=0)] = 0
    last_receipt: Text = ""
    name: Annotated[str, Meta(max_length=60)] = ""


class Order(Struct, tag_field="t", tag="order", frozen=True, forbid_unknown_fields=True):
    """A move. ``window`` is the window the client believes to be open; ``move`` has a ``kind`` and that kind's fields."""

    id: OrderId
    window: Annotated[int, Meta(ge=0)]
    move: dict[str, Any]


class Ready(Struct, tag_field="t", tag="ready", frozen=True, forbid_unknown_fields=True):
    """Nothing more to order at this stop of the clock. ``tick`` is the tick of the stop, as ``observe`` gave it."""

    tick: Annotated[int, Meta(ge=0)]


class Command(Struct, tag_field="t", tag="command", frozen=True, forbid_unknown_fields=True):
    """A moderator's act. ``command`` has a ``kind``: see ``commands.py``."""

    id: OrderId
    command: dict[str, Any]


class Look(Struct, tag_field="t", tag="look", frozen=True, forbid_unknown_fields=True):
    """Ask for a fresh ``observe``; observers and moderators may name the seat whose view they want."""

    seat: Annotated[str, Meta(max_length=5)] = ""


class AskDebrief(Struct, tag_field="t", tag="ask_debrief", frozen=True, forbid_unknown_fields=True):
    """Ask for the debrief: moderators at any time, everyone once the session has ended."""


class Ping(Struct, tag_field="t", tag="ping", frozen=True, forbid_unknown_fields=True):
    """An application heartbeat: browsers cannot see the websocket's own."""

    n: int = 0


ClientMessage = Hello | Order | Ready | Command | Look | AskDebrief | Ping


class Welcome(Struct, tag_field="t", tag="welcome", frozen=True):
    """The answer to ``hello``. ``resume`` says what follows: nothing known (fresh), the missed messages (delta), or a
    new start because too much was missed (snapshot). ``next_token`` replaces the token just used."""

    resume: Literal["fresh", "delta", "snapshot"]
    vseq: int
    receipt: str
    next_token: str
    role: SeatRole
    seat: str
    session: str
    scenario: dict[str, Any]
    """``id, title, summary, start, end, actors: [{id, name, role}]``."""
    catalogue: dict[str, Any]
    """For each move kind: its title, what it does, and the JSON Schema of its fields."""
    seed_commitment: str


class Observe(Struct, tag_field="t", tag="observe", frozen=True):
    """The whole view of a seat as of ``vseq``; the newest replaces the others. ``called`` asks the seat to decide now."""

    vseq: int
    called: bool
    view: View
    threats: dict[str, dict[str, float]]
    """The seat's estimate of each state's ``threat, power, proximity, offense, intentions``, all in [0, 1]."""


class Ack(Struct, tag_field="t", tag="ack", frozen=True):
    """The order, command or ready with this id is on disk and counts once, however often it is sent."""

    id: str
    vseq: int
    receipt: str


class Error(Struct, tag_field="t", tag="error", frozen=True):
    """Why a frame was not taken: where, what was expected there, what came. Nothing changed."""

    code: str
    path: str
    expected: str
    got: str
    id: str = ""


class IncidentNews(Struct, tag_field="t", tag="incident", frozen=True):
    """Something happened that this seat may know."""

    vseq: int
    receipt: str
    incident: dict[str, Any]
    """``id, date, tick, kind, actors, detail``."""


class WindowNews(Struct, tag_field="t", tag="window", frozen=True):
    """The clock stopped at ``tick``: a window opens, or some seats are called to answer."""

    vseq: int
    receipt: str
    window: int
    tick: int
    date: str
    occasion: Literal["window", "call"]
    called: bool


class ForecastNews(Struct, tag_field="t", tag="forecast", frozen=True):
    """What was forecast for a window, or what came of it: to moderators and observers."""

    vseq: int
    receipt: str
    window: int
    decisions: list[dict[str, Any]]


class SeatStatus(Struct, frozen=True):
    """One seat as everyone may see it."""

    seat: str
    name: str
    occupant: Literal["bot", "human", "empty"]
    player: str
    online: bool
    ready: bool


class Status(Struct, tag_field="t", tag="status", frozen=True):
    """How the session stands; sent when it changes, never numbered. ``seconds_left`` is -1 without a deadline."""

    phase: Phase
    tick: int
    date: str
    mode: Literal["windows", "continuous"]
    days_per_second: float
    seconds_left: float
    seats: list[SeatStatus]


class DebriefReport(Struct, tag_field="t", tag="debrief", frozen=True):
    """The check: the same document that ``counterpoise debrief --json`` prints."""

    report: dict[str, Any]


class Pong(Struct, tag_field="t", tag="pong", frozen=True):
    """The answer to ``ping``."""

    n: int


class Bye(Struct, tag_field="t", tag="bye", frozen=True):
    """The server is about to close the connection, and why."""

    reason: str
    code: int


ServerMessage = (
    Welcome | Observe | Ack | Error | IncidentNews | WindowNews | ForecastNews | Status | DebriefReport | Pong | Bye
)

CLOSE_DONE, CLOSE_LEAVING, CLOSE_POLICY, CLOSE_RESTARTING, CLOSE_TRY_LATER = 1000, 1001, 1008, 1012, 1013
CLOSE_BAD_TOKEN, CLOSE_REPLACED, CLOSE_SLOW, CLOSE_RATE, CLOSE_HELLO_TIMEOUT, CLOSE_VERSION = (
    4001,
    4002,
    4003,
    4004,
    4005,
    4006,
)
