"""Every message of the socket of a class, ``/c/ws``: JSON text frames, one map each, ``t`` names the message.

A student says ``enter`` first, a moderator or a projector ``open_class``. No journal of a session has the names that stand here.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from counterpoise.wire.class_boards import Board, PersonId, Place, WhoIsAdmitted, WhoIsSeated
from counterpoise.wire.fields import OrderId, Reason, Terms, Token
from counterpoise.wire.messages import Phase
from counterpoise.wire.qr_code import QrCode

CLASS_SUBPROTOCOL = "counterpoise.class.v1.json"
NAME_MAX, NUMBER_MAX, TITLE_MAX = 60, 120, 120
ROSTER_MAX = 48 * 1024
"""Longest roster in characters: a frame takes 64 KiB."""
ClassRole = Literal["moderator", "observer"]
WorldSeed = Literal["same", "other"]
PeopleIds = Annotated[list[PersonId], Meta(max_length=500)]
Letter = Annotated[str, Meta(pattern="^[A-Z]$", description="the world's letter")]
SeatCode = Annotated[str, Meta(min_length=1, max_length=5, description="the seat's code, which is its state's")]
Code = Annotated[str, Meta(max_length=40, description="the join code; case, spaces and hyphens do not matter")]
PersonName = Annotated[str, Meta(max_length=NAME_MAX, description="the person's name, as they want to be called")]
Number = Annotated[
    str, Meta(max_length=NUMBER_MAX, description="the e-mail address or number by which the roster knows the person")
]
Title = Annotated[str, Meta(min_length=1, max_length=TITLE_MAX)]


class FromClassClient(Struct, tag_field="t", frozen=True, forbid_unknown_fields=True):
    """What a client of a class sends."""


class Enter(FromClassClient, tag="enter", frozen=True):
    """The first frame of a student: come in by the code, come back by the token, or go on by the code of another device.

    ``entered`` and ``lobby`` answer.
    """

    code: Code = ""
    name: PersonName = ""
    number: Number = ""
    token: Annotated[
        str, Meta(max_length=128, description="from `entered`: the person comes back. Then the rest may be empty")
    ] = ""
    device: Annotated[
        Code,
        Meta(
            description="the code that the person's other device shows: the person goes on here. `your_seat` follows `entered`"
        ),
    ] = ""


class OpenClass(FromClassClient, tag="open_class", frozen=True):
    """The first frame of the moderator of a class or of a projector. ``opened`` and ``board`` answer."""

    token: Token


class TakeSeat(FromClassClient, tag="take_seat", frozen=True):
    """A seated student asks for the way to the seat. ``your_seat`` answers; nothing is used up before."""

    id: OrderId


class Leave(FromClassClient, tag="leave", frozen=True):
    """A student leaves the class. The token is void, and the seat is free."""

    id: OrderId


class Admit(FromClassClient, tag="admit", frozen=True):
    """Admit people who wait at the door."""

    id: OrderId
    people: Annotated[PeopleIds, Meta(description="who; empty for all who wait")] = []


class Refuse(FromClassClient, tag="refuse", frozen=True):
    """Turn a person away, waiting or not. The person's token is void, and the seat is free."""

    id: OrderId
    person: PersonId


class Assign(FromClassClient, tag="assign", frozen=True):
    """Seat a person, who is admitted by that. A person who has a seat moves; the way to the old seat is void."""

    id: OrderId
    person: PersonId
    world: Letter
    seat: SeatCode


class Unassign(FromClassClient, tag="unassign", frozen=True):
    """Take a person's seat; the person stays admitted."""

    id: OrderId
    person: PersonId


class Deal(FromClassClient, tag="deal", frozen=True):
    """Seat people who have no seat: the worlds as even as possible, one person a state first, teams after that."""

    id: OrderId
    people: Annotated[PeopleIds, Meta(description="who; empty for all without a seat, who are admitted by that")] = []


class SamePerson(FromClassClient, tag="same_person", frozen=True):
    """Say that a waiting person is one whom the class knows, on another device. The older device is out of the class."""

    id: OrderId
    waiting: PersonId
    known: PersonId


class LetMove(FromClassClient, tag="let_move", frozen=True):
    """Let a person take the seat on another device, although it is played on one. The older device is closed by that."""

    id: OrderId
    person: PersonId


class AddWorld(FromClassClient, tag="add_world", frozen=True):
    """Add a world with the same scenario."""

    id: OrderId
    seed: Annotated[WorldSeed, Meta(description="`same`: chance of world A; `other`: chance of its own")] = "other"


class CommandWorlds(FromClassClient, tag="command", frozen=True):
    """Give worlds a moderator's command, as ``start``, ``pause``, ``resume``, ``pace``, ``close_window`` or ``extend``."""

    id: OrderId
    command: Annotated[dict[str, Any], Meta(description="`kind` and that kind's fields: see the list of commands")]
    worlds: Annotated[list[Letter], Meta(max_length=26, description="which; empty for all")] = []


class SetDoor(FromClassClient, tag="door", frozen=True):
    """Open or close the door, and say who needs no moderator."""

    id: OrderId
    open: Annotated[bool, Meta(description="whether the code lets anybody in; who is in already can always come back")]
    admits: Annotated[WhoIsAdmitted, Meta(description="who is admitted at once")] = "everyone"
    seats: Annotated[
        WhoIsSeated,
        Meta(
            description="who gets a seat at once: `roster`, who has one in the roster; `everyone`, all others are dealt"
        ),
    ] = "roster"


class SetAnonymous(FromClassClient, tag="anonymous", frozen=True):
    """Hide from everyone but the moderator who plays what, until the debrief."""

    id: OrderId
    on: bool


class ImportRoster(FromClassClient, tag="import_roster", frozen=True):
    """Read a roster: who is expected, and where they sit. It replaces the earlier one; nobody who is in loses a seat."""

    id: OrderId
    csv: Annotated[
        str,
        Meta(
            max_length=ROSTER_MAX,
            description="a line each, the first with the columns' names: `name`, and of `email`, `number`, `world`, `seat` "
            "what there is; commas, semicolons or tabs",
        ),
    ]
    checks: Annotated[
        bool, Meta(description="only read it: `roster_read` answers, with every mistake, and nothing has changed")
    ] = False


class Rename(FromClassClient, tag="rename", frozen=True):
    """Give the class another title."""

    id: OrderId
    title: Title


class RenamePerson(FromClassClient, tag="rename_person", frozen=True):
    """Give a person another name."""

    id: OrderId
    person: PersonId
    name: Annotated[str, Meta(min_length=1, max_length=NAME_MAX)]


class AskRecords(FromClassClient, tag="ask_records", frozen=True):
    """Ask for the records of the students, with their names. ``records`` answers, to a moderator only."""

    id: OrderId


class OpenWorld(FromClassClient, tag="open_world", frozen=True):
    """Ask for the way into a world, as moderator or observer. ``world_link`` answers. A projector may ask as observer."""

    id: OrderId
    world: Letter
    role: ClassRole = "moderator"


class ClassPing(FromClassClient, tag="ping", frozen=True):
    """A heartbeat, because browsers cannot see the websocket's own."""

    n: int = 0


ModeratorRequest = (
    Admit
    | Refuse
    | Assign
    | Unassign
    | Deal
    | SamePerson
    | LetMove
    | AddWorld
    | CommandWorlds
    | SetDoor
    | SetAnonymous
    | ImportRoster
    | Rename
    | RenamePerson
    | OpenWorld
    | AskRecords
)
StudentRequest = TakeSeat | Leave
ClassClientMessage = Enter | OpenClass | StudentRequest | ModeratorRequest | ClassPing


class Entered(Struct, tag_field="t", tag="entered", frozen=True):
    """The student is in. The token is the only way back: store it before anything else."""

    code: Annotated[str, Meta(description="the join code, as people read it: `KTRM-BXCH`")]
    person: PersonId
    token: Annotated[str, Meta(description="lets this person back in, on this device or another")]


class Lobby(Struct, tag_field="t", tag="lobby", frozen=True):
    """Where a student stands; sent on each change."""

    title: Annotated[str, Meta(description="the title of the class")]
    scenario: Annotated[str, Meta(description="the title of the scenario")]
    summary: Annotated[str, Meta(description="what the scenario is about")]
    minutes: Annotated[int, Meta(description="how long a game takes; 0 if the scenario does not say")]
    name: Annotated[str, Meta(description="the student's name")]
    place: Annotated[
        Place,
        Meta(description="waiting: the moderator has to admit; admitted: no seat yet; seated: `take_seat` leads there"),
    ]
    ahead: Annotated[int, Meta(description="while waiting, how many wait longer")]
    people: Annotated[int, Meta(description="how many are in the class")]
    world: Annotated[str, Meta(description="the letter of the student's world; empty without a seat")] = ""
    session: Annotated[str, Meta(description="the session of that world; empty without a seat")] = ""
    phase: Annotated[
        Phase | Literal[""], Meta(description="of the student's world; of the earliest without a seat")
    ] = ""
    seat: Annotated[str, Meta(description="the seat's code; empty without one")] = ""
    seat_name: Annotated[str, Meta(description="the state's name; empty without a seat")] = ""
    role: Annotated[Literal["", "player", "team"], Meta(description="`team` if several people share the seat")] = ""
    team: Annotated[list[str], Meta(description="the names of the others who share the seat")] = []
    anonymous: Annotated[bool, Meta(description="whether nobody else learns who plays what until the debrief")] = False
    waiting: Annotated[
        list[str], Meta(description="the names of the others without a seat; none in an anonymous class")
    ] = []
    briefing: Annotated[str, Meta(description="of the student's state; empty without a seat")] = ""
    goals: Annotated[list[str], Meta(description="of the student's state")] = []


class YourSeat(Struct, tag_field="t", tag="your_seat", frozen=True):
    """The way to the student's seat: open the session's page with the token. An earlier unused one is void."""

    id: Annotated[str, Meta(description="the id of the `take_seat`; empty after `enter` with a device code")]
    session: str
    seat: str
    role: Literal["player", "team"]
    token: Annotated[str, Meta(description="for `hello` in that session, as from a join link")]


class Opened(Struct, tag_field="t", tag="opened", frozen=True):
    """The class is open to a moderator or an observer."""

    code: Annotated[str, Meta(description="the join code, as people read it")]
    role: ClassRole


class WorldLink(Struct, tag_field="t", tag="world_link", frozen=True):
    """The way into a world."""

    id: Annotated[str, Meta(description="the id of the `open_world`")]
    world: str
    session: str
    role: ClassRole
    token: Annotated[str, Meta(description="for `hello` in that session, as from a join link")]
    url: Annotated[str, Meta(description="the join link with that token, to hand on")]
    qr: Annotated[QrCode, Meta(description="the link as a QR code")]


class ClassRecords(Struct, tag_field="t", tag="records", frozen=True):
    """The records of the students, as `records.json` and `records.csv` of ``counterpoise records``."""

    id: Annotated[str, Meta(description="the id of the `ask_records`")]
    records: Annotated[dict[str, Any], Meta(description="a sheet for each person, in `sheets`")]
    csv: Annotated[str, Meta(description="a table with a line for each person")]


class RosterPerson(Struct, frozen=True):
    """A person of a roster that is checked."""

    name: str
    number: str
    world: Annotated[str, Meta(description="the world's letter; empty without one")]
    seat: Annotated[str, Meta(description="the state's name; empty without a seat")]


class RosterMistake(Struct, frozen=True):
    """What is wrong with a line of a roster."""

    path: Annotated[str, Meta(description="the line and the column: `line 3, world`")]
    expected: str
    got: str
    reason: Reason = ""
    terms: Terms = {}


class RosterRead(Struct, tag_field="t", tag="roster_read", frozen=True):
    """What a roster that was sent to be checked would bring."""

    id: Annotated[str, Meta(description="the id of the `import_roster`")]
    people: list[RosterPerson]
    mistakes: list[RosterMistake]


class WorldRefusal(Struct, frozen=True):
    """Why one of several worlds did not take a command."""

    world: str
    code: str
    path: str
    expected: str
    got: str
    reason: Reason = ""
    terms: Terms = {}


class ClassNote(Struct, frozen=True):
    """What a moderator should know about a request that was done."""

    text: Annotated[str, Meta(description="the English sentence; `reason` is the stable word for it")]
    reason: Reason
    terms: Terms


class Taken(Struct, tag_field="t", tag="taken", frozen=True):
    """The request with this id is done and on disk; the board that shows it follows."""

    id: str
    refusals: Annotated[list[WorldRefusal], Meta(description="of a `command`: the worlds that refused it")] = []
    notes: Annotated[list[ClassNote], Meta(description="of `import_roster`: what to know")] = []


class ClassRefusal(Struct, tag_field="t", tag="refused", frozen=True):
    """Why a message was refused. Nothing has changed. Show ``expected A, got B``; where ``expected`` is empty, ``got`` alone."""

    code: Annotated[str, Meta(description="a stable word for programs")]
    path: Annotated[str, Meta(description="place in the message: `$.seat`; in a roster `line 3, world`")]
    expected: str
    got: str
    id: Annotated[str, Meta(description="the id of what it answers, empty if that had none")] = ""
    answers: Annotated[str, Meta(description="the `t` of what it answers; empty if that could not be read")] = ""
    reason: Reason = ""
    terms: Terms = {}


class ClassPong(Struct, tag_field="t", tag="pong", frozen=True):
    """The answer to ``ping``."""

    n: int


ClassServerMessage = (
    Entered
    | Lobby
    | YourSeat
    | Opened
    | Board
    | WorldLink
    | ClassRecords
    | RosterRead
    | Taken
    | ClassRefusal
    | ClassPong
)
