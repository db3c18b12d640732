"""The routes of the HTTP API: each with its types, so that the requests are checked and described from the same table."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from counterpoise.errors import ClassError, ConfigurationError, InputError, OrderError, ProtocolError, StorageError
from counterpoise.gateway.classes.api import documents as doc
from counterpoise.gateway.classes.class_service import ClassService, NewClass
from counterpoise.gateway.classes.live_class import LiveClass
from counterpoise.gateway.classes.moderation import carry_out, import_roster
from counterpoise.gateway.classes.records import records_of
from counterpoise.gateway.classes.worlds import add_world
from counterpoise.scenario_files import scenario_text
from counterpoise.validation_errors import CONVERSION_ERRORS, JSON
from counterpoise.wire.class_messages import ClassRecords, ModeratorRequest, RosterRead, Taken, WorldLink
from counterpoise.wire.cleaning import clean

BODY_MAX = 512 * 1024
_STATUS = {"bad_token": 401, "wrong_code": 404, "storage": 503, "world_failed": 503, "full": 409, "not_found": 404}
Answer = Callable[["Asked"], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the API.

    Args:
        method: of HTTP.
        path: below ``/api``, with parts in braces.
        name: of the operation, for programs.
        summary: what it does, for people.
        takes: the type of the body; ``None`` without one.
        gives: the type of the answer; ``None`` for an empty one.
        status: of the answer.
        answer: carries it out.
    """

    method: str
    path: str
    name: str
    summary: str
    takes: Any
    gives: Any
    status: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the classes, the code in its path, and its body."""

    service: ClassService
    code: str
    body: Any

    @property
    def live(self) -> LiveClass:
        """The class with the code; raises ``ClassError`` if there is none."""
        return self.service.by_code(self.code)


async def _list(asked: Asked) -> doc.ClassList:
    return doc.ClassList([doc.summary_of(live, asked.service.links(live)) for live in asked.service.all])


async def _create(asked: Asked) -> doc.ClassDocument:
    body: doc.CreateClass = asked.body
    if bool(body.scenario) == bool(body.scenario_text):
        raise ClassError(
            "invalid", "$.scenario", "either scenario or scenario_text", "both" if body.scenario else "none"
        )
    text, source = (body.scenario_text, body.source) if body.scenario_text else _bundled(body.scenario)
    new = NewClass(
        body.title, text, source, body.worlds, body.roster, body.seed, body.pace, body.threat_index, body.anonymous
    )
    live = await asked.service.create(new)
    return _document(asked.service, live)


async def _read(asked: Asked) -> doc.ClassDocument:
    return _document(asked.service, asked.live)


async def _delete(asked: Asked) -> None:
    await asked.service.delete(asked.live)


async def _worlds(asked: Asked) -> doc.WorldList:
    return doc.WorldList(_fresh(asked.live).worlds)


async def _add_world(asked: Asked) -> doc.WorldList:
    await add_world(asked.live, same_seed=asked.body.seed == "same")
    return await _worlds(asked)


async def _people(asked: Asked) -> doc.PeopleList:
    return doc.PeopleList(_fresh(asked.live).people)


async def _seats(asked: Asked) -> doc.SeatList:
    return doc.seats_of(_fresh(asked.live))


async def _results(asked: Asked) -> doc.Results:
    return await doc.results_of(asked.live)


async def _records(asked: Asked) -> doc.Records:
    sheets, csv = await records_of(asked.live)
    return doc.Records(sheets.sheets, sheets.absent, csv)


async def _roster(asked: Asked) -> doc.Done:
    return doc.Done(notes=[note.text for note in await import_roster(asked.live, asked.body.csv)])


async def _command(asked: Asked) -> doc.Done:
    live, body = asked.live, asked.body
    return doc.Done(await live.command(body.worlds, body.command, lambda: live.hub.machine.hex(16)))


async def _request(asked: Asked) -> Taken | WorldLink | RosterRead | ClassRecords:
    return await carry_out(asked.live, asked.body)


OPERATIONS = (
    Operation("GET", "/classes", "listClasses", "List the classes", None, doc.ClassList, 200, _list),
    Operation("POST", "/classes", "createClass", "Make a class", doc.CreateClass, doc.ClassDocument, 201, _create),
    Operation("GET", "/classes/{code}", "readClass", "Read a class", None, doc.ClassDocument, 200, _read),
    Operation(
        "DELETE", "/classes/{code}", "deleteClass", "Delete a class and its people's names; its sessions stay",
        None, None, 204, _delete,
    ),
    Operation("GET", "/classes/{code}/worlds", "listWorlds", "List the worlds", None, doc.WorldList, 200, _worlds),
    Operation("POST", "/classes/{code}/worlds", "addWorld", "Add a world", doc.NewWorld, doc.WorldList, 201, _add_world),
    Operation("GET", "/classes/{code}/seats", "listSeats", "List the seats of all worlds", None, doc.SeatList, 200, _seats),
    Operation("GET", "/classes/{code}/people", "listPeople", "List the people", None, doc.PeopleList, 200, _people),
    Operation("PUT", "/classes/{code}/roster", "importRoster", "Import a roster", doc.Roster, doc.Done, 200, _roster),
    Operation(
        "POST", "/classes/{code}/commands", "commandWorlds", "Start, pause or pace worlds", doc.WorldsCommand, doc.Done,
        200, _command,
    ),
    Operation(
        "POST", "/classes/{code}/requests", "request", "Do what the moderator's page does: admit, assign, deal, door, ...",
        ModeratorRequest, Taken | WorldLink | RosterRead | ClassRecords, 200, _request,
    ),
    Operation(
        "GET", "/classes/{code}/records", "readRecords", "Read the records of the students, with their names", None, doc.Records,
        200, _records,
    ),
    Operation("GET", "/classes/{code}/results", "readResults", "Read the results", None, doc.Results, 200, _results),
)  # fmt: skip


def api_routes(service: ClassService, token: str, pages: dict[str, Callable[[], Response]]) -> list[Route]:
    """Return the routes.

    Args:
        service: the classes.
        token: who may ask: ``Authorization: Bearer TOKEN``.
        pages: what anybody on this machine may read, by path below ``/api``.
    """

    def page(make: Callable[[], Response]) -> Callable[[Request], Awaitable[Response]]:
        async def show(request: Request) -> Response:
            return make()

        return show

    def operation(of: Operation) -> Callable[[Request], Awaitable[Response]]:
        async def serve(request: Request) -> Response:
            given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
            if not hmac.compare_digest(given.encode(), token.encode()):
                problem = doc.Problem(
                    "bad_token", "Authorization", "Bearer and the token in api.token", "another value"
                )
                return _json(problem, 401, {"WWW-Authenticate": "Bearer"})
            try:
                body = None if of.takes is None else _body(await _bytes_of(request), of.takes)
                made = await of.answer(Asked(service, request.path_params.get("code", ""), body))
            except (ClassError, OrderError, ProtocolError, InputError, ConfigurationError, StorageError) as error:
                return _refusal(error)
            return Response(status_code=204) if of.gives is None else _json(made, of.status)

        return serve

    return [
        *(Route(f"/api{path}", page(make)) for path, make in pages.items()),
        *(Route(f"/api{each.path}", operation(each), methods=[each.method]) for each in OPERATIONS),
    ]


def _document(service: ClassService, live: LiveClass) -> doc.ClassDocument:
    return doc.ClassDocument(doc.links_in(service.links(live)), _fresh(live))


def _fresh(live: LiveClass) -> Any:
    live.refresh()
    return live.board("moderator")


def _bundled(name: str) -> tuple[str, str]:
    if "/" in name or "." in name:
        raise ClassError("invalid", "$.scenario", "the name of a bundled scenario", JSON.shown(name))
    return scenario_text(name)


async def _bytes_of(request: Request) -> bytes:
    held = bytearray()
    async for part in request.stream():
        held += part
        if len(held) > BODY_MAX:
            raise ProtocolError("too_large", "$", f"at most {BODY_MAX} bytes", "more")
    return bytes(held)


def _body(raw: bytes, kind: Any) -> Any:
    """Return the body of a request; raise ``ProtocolError`` if it has another form."""
    try:
        plain = msgspec.json.decode(raw or b"{}")
    except msgspec.DecodeError as error:
        raise ProtocolError("malformed", "$", "a JSON object", str(error)) from None
    for name in ("csv", "roster", "scenario_text"):
        if isinstance(plain, dict) and isinstance(plain.get(name), str):
            plain[name] = plain[name].replace("\r\n", "\n").replace("\r", "\n")
    plain = clean(plain, text=BODY_MAX, array=1024, map_=256, depth=8)
    if kind is ModeratorRequest and isinstance(plain, dict):
        plain.setdefault("id", "0" * 32)  # HTTP has one answer for each request, so that none needs an id
    try:
        return msgspec.convert(plain, kind)
    except CONVERSION_ERRORS as error:
        raise ProtocolError("invalid", *JSON.problem(error, plain, kind)) from None


def _refusal(error: Exception) -> Response:
    code = str(getattr(error, "code", ""))
    if isinstance(error, StorageError):
        problem = doc.Problem("storage", "$", "", str(error))
    elif isinstance(error, InputError):
        problem = doc.Problem("invalid", f"{error.source}: {error.path}", error.expected, error.got)
    elif isinstance(error, ConfigurationError):
        problem = doc.Problem("not_possible", "$", "", error.problem)
    else:
        problem = doc.Problem(code, *(str(getattr(error, name)) for name in ("path", "expected", "got")))
    return _json(problem, _STATUS.get(problem.code, 422 if not problem.code.startswith("unknown_") else 404))


def _json(content: object, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(content), status, headers, media_type="application/json")
