"""A real HTTP server that answers as an endpoint for language models does, well or badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from counterpoise_clients.language_models.settings import BUDGET, KEY, URL

SECRET = "sk-0123456789abcdef"


class Served:
    """What the server does with a request: a status, headers and a body, or a stall until the test is over."""

    def __init__(self, body: str = "", status: int = 200, *, stalls: bool = False, **headers: str) -> None:
        self.body, self.status, self.stalls = body, status, stalls
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def completion(answer: str, **usage: int) -> Served:
    """Return a chat completion, as endpoints write it."""
    body: dict[str, Any] = {"choices": [{"index": 0, "message": {"role": "assistant", "content": answer}}]}
    if usage:
        body["usage"] = usage
    return Served(json.dumps(body))


def said(*moves: dict[str, Any], **fields: str) -> Served:
    """Return a completion with moves in the form that is asked for."""
    return completion(json.dumps({"moves": moves, **fields}), prompt_tokens=1000, completion_tokens=50)


class FakeModel:
    """The server: it gives the answers of a list one after the other, and the last one again and again."""

    def __init__(self) -> None:
        self.answers: list[Served] = [said()]
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.over = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.keys.append(self.headers.get("Authorization", ""))
                outer.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                answer = outer.answers.pop(0) if len(outer.answers) > 1 else outer.answers[0]
                if answer.stalls:
                    outer.over.wait(30)
                    return
                body = answer.body.encode()
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def user_text(self, request: int = -1) -> str:
        """Return the last message of a request."""
        return str(self.requests[request]["messages"][-1]["content"])


@contextmanager
def running_model(environment: pytest.MonkeyPatch) -> Iterator[FakeModel]:
    """Run an endpoint, to which the environment points."""
    fake = FakeModel()
    thread = threading.Thread(target=fake.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    environment.setenv(URL, fake.url)
    environment.setenv(KEY, SECRET)
    environment.setenv(f"{BUDGET}DECISION_SECONDS", "30")
    try:
        yield fake
    finally:
        fake.over.set()
        fake.server.shutdown()
        thread.join()
        fake.server.server_close()
