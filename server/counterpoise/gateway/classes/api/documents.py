"""What the HTTP API takes and gives. The published description is made from these types."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from counterpoise.classes.classroom import WORLDS_MAX
from counterpoise.classes.join_codes import shown
from counterpoise.gateway.classes.class_service import ClassLinks
from counterpoise.gateway.classes.live_class import LiveClass
from counterpoise.session.commands import Pace
from counterpoise.session.student_records.record_document import Absent, Sheet
from counterpoise.sim.scenario import IndexSetting
from counterpoise.wire.class_boards import Board, BoardPerson, BoardWorld, PersonId
from counterpoise.wire.class_messages import ROSTER_MAX, Letter, Title, WorldRefusal, WorldSeed
from counterpoise.wire.messages import Phase

SCENARIO_MAX = 400_000


class CreateClass(Struct, frozen=True, forbid_unknown_fields=True):
    """A class to make. Give ``scenario`` or ``scenario_text``."""

    title: Title
    scenario: Annotated[
        str, Meta(max_length=64, description="a bundled scenario, such as `checkerboard`; empty with `scenario_text`")
    ] = ""
    scenario_text: Annotated[str, Meta(max_length=SCENARIO_MAX, description="the text of a scenario file")] = ""
    source: Annotated[str, Meta(max_length=200, description="the name of that file, for errors")] = "scenario.toml"
    worlds: Annotated[int, Meta(ge=1, le=WORLDS_MAX)] = 1
    roster: Annotated[str, Meta(max_length=ROSTER_MAX, description="CSV, as in `import_roster`; empty without one")] = (
        ""
    )
    seed: Annotated[str, Meta(max_length=64, description="of the first world; drawn if empty")] = ""
    anonymous: Annotated[bool, Meta(description="only the moderator learns who plays what")] = False
    pace: Annotated[Pace | None, Meta(description="how the clocks run")] = None
    threat_index: Annotated[
        IndexSetting | None, Meta(description="whether players are shown the threat index; the scenario says if null")
    ] = None


class Links(Struct, frozen=True):
    """The addresses of a class. They are the same after each restart."""

    code: str
    title: str
    join: Annotated[str, Meta(description="for students, with the code in it")]
    moderator: Annotated[str, Meta(description="a secret")]
    projector: Annotated[str, Meta(description="a secret: whoever has it sees the board")]


class ClassSummary(Struct, frozen=True):
    """A class in the list."""

    code: str
    title: str
    scenario: Annotated[str, Meta(description="the scenario's name, such as `checkerboard`")]
    people: Annotated[int, Meta(description="how many have come")]
    expected: Annotated[int, Meta(description="how many the roster names")]
    worlds: list[Letter]
    phases: Annotated[list[Phase], Meta(description="of the worlds, in the same order")]
    links: Links


class ClassList(Struct, frozen=True):
    """All classes of the server."""

    classes: list[ClassSummary]


class ClassDocument(Struct, frozen=True):
    """A class: its addresses, and the board as its moderator sees it."""

    links: Links
    board: Board


class NewWorld(Struct, frozen=True, forbid_unknown_fields=True):
    """A world to add."""

    seed: WorldSeed = "other"


class WorldList(Struct, frozen=True):
    """The worlds of a class."""

    worlds: list[BoardWorld]


class PeopleList(Struct, frozen=True):
    """The people of a class, those included whom only the roster names."""

    people: list[BoardPerson]


class SeatRow(Struct, frozen=True):
    """One seat of one world."""

    world: Letter
    session: str
    seat: str
    name: Annotated[str, Meta(description="the state's name")]
    occupant: str
    connected: bool
    people: Annotated[list[PersonId], Meta(description="who is assigned")]


class SeatList(Struct, frozen=True):
    """The seats of all worlds."""

    seats: list[SeatRow]


class SeatResult(Struct, frozen=True):
    """How one seat stands."""

    seat: str
    name: str
    score: Annotated[float, Meta(description="as in the debrief: how far the seat's goals are met")]
    occupant: str
    people: Annotated[list[PersonId], Meta(description="who is assigned")]
    names: Annotated[list[str], Meta(description="their names")]


class WorldResult(Struct, frozen=True):
    """How one world stands, or has ended."""

    world: Letter
    session: str
    phase: Phase
    date: str
    seats: list[SeatResult]


class Results(Struct, frozen=True):
    """The results of a class: final for the worlds whose phase is ``ended``."""

    worlds: list[WorldResult]


class Records(Struct, frozen=True):
    """The records of the students, with their names."""

    sheets: Annotated[list[Sheet], Meta(description="one for each person who played")]
    absent: Annotated[list[Absent], Meta(description="who did not come; there is no record of them")]
    csv: Annotated[str, Meta(description="the same as a table for grading, a line for each person")]


class Roster(Struct, frozen=True, forbid_unknown_fields=True):
    """A roster to import."""

    csv: Annotated[str, Meta(max_length=ROSTER_MAX)]


class WorldsCommand(Struct, frozen=True, forbid_unknown_fields=True):
    """A moderator's command for worlds, as ``{"kind": "start"}`` or ``{"kind": "pause", "reason": "Look here."}``."""

    command: dict[str, Any]
    worlds: Annotated[list[Letter], Meta(max_length=WORLDS_MAX, description="which; empty for all")] = []


class Done(Struct, frozen=True):
    """What was asked is done and on the disk."""

    refusals: Annotated[list[WorldRefusal], Meta(description="the worlds that refused a command")] = []
    notes: Annotated[list[str], Meta(description="what to know, a sentence each")] = []


class Problem(Struct, frozen=True):
    """Why a request is refused. Nothing has changed."""

    code: Annotated[str, Meta(description="a stable word for programs")]
    path: Annotated[str, Meta(description="place in the request, or the line of a roster")]
    expected: Annotated[str, Meta(description="what is right there; empty where the problem is not a wrong value")]
    got: str


def summary_of(live: LiveClass, links: ClassLinks) -> ClassSummary:
    """Return a class as it stands in the list."""
    people, rooms = live.room.people.values(), live.hub.rooms
    return ClassSummary(
        code=shown(live.room.code),
        title=live.room.title,
        scenario=live.scenario.id,
        people=sum(1 for each in people if each.has_come),
        expected=sum(1 for each in people if each.expected),
        worlds=list(live.room.worlds),
        phases=[
            rooms[world.session].session.phase if world.session in rooms else "ended"
            for world in live.room.worlds.values()
        ],
        links=links_in(links),
    )


def links_in(links: ClassLinks) -> Links:
    """Return addresses as a document."""
    return Links(links.code, links.title, links.join, links.moderator, links.projector)


def seats_of(found: Board) -> SeatList:
    """Return the seats of a board."""
    return SeatList(
        [
            SeatRow(world.world, world.session, seat.seat, seat.name, seat.occupant, seat.connected, list(seat.people))
            for world in found.worlds
            for seat in world.seats
        ]
    )


async def results_of(live: LiveClass) -> Results:
    """Return how the worlds of a class stand; one that has ended is loaded for it."""
    found: list[WorldResult] = []
    names = {person.id: person.name for person in live.room.people.values()}
    for letter, world in live.room.worlds.items():
        session = (await live.room_of(letter)).session
        live.refresh()
        shown_world = next(each for each in live.board("moderator").worlds if each.world == letter)
        scores = session.simulation.world.scores
        seats = [
            SeatResult(
                seat.seat,
                seat.name,
                round(scores.get(actor, 0.0), 6),
                seat.occupant,
                list(seat.people),
                [names[person] for person in seat.people if person in names],
            )
            for actor, seat in zip(session.seats, shown_world.seats, strict=True)
        ]
        found.append(WorldResult(letter, world.session, session.phase, shown_world.date, seats))
    return Results(found)
