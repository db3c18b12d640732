"""A script makes a class, seats it, plays it and reads its results over HTTP alone, and every answer is as described."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from counterpoise.cli.host.served_sessions import NewSessions, WantedGame, serve_sessions
from counterpoise.gateway.loading.running_note import API_TOKEN_FILE
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace

ROSTER = "name,email,world,state\r\nAda,ada@example.org,A,BEL\r\nBob,bob@example.org,,\r\n"


class Script:
    """A program with the token of the API, which checks each answer against the published description."""

    def __init__(self, server: Server) -> None:
        assert server.operators is not None
        self.base = f"http://127.0.0.1:{server.operators.port}"
        self.token = (server.config.data_dir / API_TOKEN_FILE).read_text().strip()
        self.described: dict[str, Any] = {}
        self.server = server

    async def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        content = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}"}
        request = urllib.request.Request(f"{self.base}{path}", content, headers, method=method)
        status, raw = await asyncio.to_thread(_answer, request)
        answer = json.loads(raw) if raw and not path.endswith("/docs") else raw.decode()
        if self.described and path.startswith("/api/classes"):
            self._require_described(method, path, status, answer)
        return status, answer

    def _require_described(self, method: str, path: str, status: int, answer: Any) -> None:
        template = re.sub(r"/api/classes/[^/]+", "/api/classes/{code}", path)
        responses = self.described["paths"][template][method.lower()]["responses"]
        found = responses.get(str(status), responses["default"])
        if "content" in found:
            schema = {**found["content"]["application/json"]["schema"], "components": self.described["components"]}
            Draft202012Validator(schema).validate(answer)


def _answer(request: urllib.request.Request) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read()


@pytest.fixture
async def script(serve: Callable[..., Any]) -> Script:
    made = Script(await serve(operators_port=0))
    status, made.described = await made.ask("GET", "/api/openapi.json")
    assert status == 200
    return made


async def test_a_script_runs_a_whole_class(script: Script, gather: Any, sit: Any, serve: Any) -> None:
    body = {"title": "Alliances", "scenario": "checkerboard", "worlds": 1, "roster": ROSTER, "seed": "1"}
    status, made = await script.ask("POST", "/api/classes", body)
    assert (status, made["board"]["title"]) == (201, "Alliances")
    code = made["links"]["code"]
    here = f"/api/classes/{code}"
    assert len((await script.ask("POST", f"{here}/worlds", {"seed": "same"}))[1]["worlds"]) == 2
    people = (await script.ask("GET", f"{here}/people"))[1]["people"]
    assert [(each["name"], each["seat"], each["entered"]) for each in people] == [
        ("Ada", "BEL", False),
        ("Bob", "", False),
    ]
    answer = (
        await script.ask(
            "POST", f"{here}/requests", {"t": "assign", "person": people[1]["person"], "world": "B", "seat": "COR"}
        )
    )[1]
    assert answer["t"] == "taken"
    assert (await script.ask("PUT", f"{here}/roster", {"csv": ROSTER}))[1]["notes"] == ["2 people are expected."]
    quick = {"kind": "pace", "mode": "windows", "days_per_second": 7, "window_seconds": 1, "call_seconds": 1}
    assert (await script.ask("POST", f"{here}/commands", {"command": quick}))[0] == 200
    start = {"command": {"kind": "start"}}
    waiting = (await script.ask("POST", f"{here}/commands", start))[1]["refusals"]
    assert [(each["world"], each["code"]) for each in waiting] == [("B", "nobody_seated")]
    assert (await script.ask("POST", f"{here}/commands", {**start, "worlds": ["B"]}))[1]["refusals"] == []
    assert (await script.ask("POST", f"{here}/commands", {"command": {"kind": "end"}, "worlds": ["A"]}))[0] == 200
    results = (await script.ask("GET", f"{here}/results"))[1]["worlds"]
    assert [world["phase"] for world in results] == ["ended", "running"]
    seats = {seat["seat"]: seat["names"] for seat in results[0]["seats"]}
    assert seats["BEL"] == ["Ada"]
    records = (await script.ask("GET", f"{here}/records"))[1]
    sheets = {sheet["name"]: sheet for sheet in records["sheets"]}
    assert sheets.keys() <= {"Ada", "Bob"}
    assert all(
        sheets[name]["record"]["seat"] == seat for name, seat in (("Ada", "BEL"), ("Bob", "COR")) if name in sheets
    )
    assert len(records["csv"].splitlines()) == len(sheets) + 1
    rows = (await script.ask("GET", f"{here}/seats"))[1]["seats"]
    assert len(rows) == 2 * len(seats)
    assert (await script.ask("GET", "/api/classes"))[1]["classes"][0]["phases"] == ["ended", "running"]
    assert (await script.ask("DELETE", here))[0] == 204
    assert (await script.ask("GET", here))[0] == 404


async def test_the_description_is_a_sound_openapi_document_of_every_route(script: Script) -> None:
    document = script.described
    assert document["openapi"] == "3.1.0"
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    references = re.findall(r'"\$ref": "#/components/schemas/(\w+)"', json.dumps(document))
    assert set(references) <= set(document["components"]["schemas"])
    operations = [each for methods in document["paths"].values() for each in methods.values()]
    assert len({each["operationId"] for each in operations}) == len(operations)
    for path, methods in document["paths"].items():
        for each in methods.values():
            assert {p["name"] for p in each.get("parameters", [])} == set(re.findall(r"{(\w+)}", path))
    status, page = await script.ask("GET", "/api/docs")
    assert (status, "<script" in page, "createClass" in page or "Make a class" in page) == (200, False, True)


async def test_a_request_without_the_token_or_of_a_wrong_form_is_refused_in_words(script: Script) -> None:
    status, problem = await script.ask("POST", "/api/classes", {"title": "T", "scenario": "atlantis"})
    assert (status, "atlantis" in str(problem)) == (422, True)
    status, problem = await script.ask("POST", "/api/classes", {"title": "T", "worlds": 99, "scenario": "checkerboard"})
    assert (status, problem["path"]) == (422, "$.worlds")
    wrong = {"title": "T", "scenario": "checkerboard", "roster": "name,seat\nAda,ZZZ\n"}
    status, problem = await script.ask("POST", "/api/classes", wrong)
    assert (status, problem["path"]) == (422, "line 2, seat")
    assert (await script.ask("GET", "/api/classes"))[1]["classes"] == []  # a wrong roster leaves no class behind
    assert (await script.ask("GET", "/api/classes/BCDF-GHJK"))[0] == 404
    script.token = "guess"
    assert (await script.ask("GET", "/api/classes"))[0] == 401


async def test_a_session_without_a_class_never_takes_a_world_of_one(script: Script, checkerboard: str) -> None:
    await script.ask("POST", "/api/classes", {"title": "T", "scenario": "checkerboard"})
    server = script.server
    pace = Pace("windows", 7.0, 60.0, 60.0)
    games = [WantedGame("checkerboard", "", checkerboard, "checkerboard.toml")]
    (served,) = await serve_sessions(server.hub, games, NewSessions("1", pace, None), server.classes.sessions)
    assert served.links.session == "checkerboard"
    assert served.beginning == "is new"
