"""An OpenAI-compatible endpoint, called over HTTP: one call, one reply, whatever the endpoint does."""

from __future__ import annotations

import ssl
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, Literal, Protocol

import msgspec
from msgspec import Struct

from counterpoise_clients.language_models.settings import Address

REPLY_BYTES_MAX = 2 * 1024 * 1024
PROBLEM_MAX = 200
ANSWER_MAX = 32_000
"""Characters of an answer that are read and recorded. Of a longer one the beginning and the end are, where moves stand."""
AGAIN = (408, 409, 425, 429, 500, 502, 503, 504, 529)
"""The statuses after which the same call may succeed."""
PAUSE = 0.5
"""Seconds until a call is made again, where the endpoint does not say it."""
CHARACTERS_PER_TOKEN = 4
"""For endpoints that do not count tokens."""


class Said(Struct, frozen=True):
    """A message of a prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


class Reply(Struct, frozen=True, omit_defaults=True):
    """What came of a call."""

    status: Literal["OK", "ERROR", "TIMEOUT"]
    answer: str = ""
    problem: str = ""
    """What went wrong, in words that hold neither the key nor the address."""
    again: float = -1.0
    """Seconds after which the call may be made again; -1 if that would not help."""
    prompt_tokens: int = 0
    answer_tokens: int = 0
    milliseconds: float = 0.0


class Endpoint(Protocol):
    """Answers prompts: over HTTP, or from a recording."""

    def ask(self, prompt: Sequence[Said], seconds: float) -> Reply:
        """Return what comes of a prompt within some seconds."""

    def pause(self, seconds: float) -> None:
        """Wait before the next call."""


class _Message(Struct):
    content: str | None = None


class _Choice(Struct):
    message: _Message


class _Usage(Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Completion(Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


class _StoppedError(Exception):
    """A call that has come to nothing; holds its reply."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply)
        self.reply = reply


class HttpEndpoint:
    """Calls ``/chat/completions`` of an address."""

    def __init__(self, address: Address, model: str) -> None:
        self._address, self._model = address, model

    def ask(self, prompt: Sequence[Said], seconds: float) -> Reply:
        """Return what comes of a prompt within some seconds."""
        began = time.monotonic()
        try:
            reply = self._completion(self._body(prompt, began + seconds), prompt)
        except _StoppedError as stopped:
            reply = stopped.reply
        return msgspec.structs.replace(reply, milliseconds=round((time.monotonic() - began) * 1000, 1))

    def pause(self, seconds: float) -> None:
        """Wait before the next call."""
        time.sleep(seconds)

    def _body(self, prompt: Sequence[Said], until: float) -> str:
        """Return the body of the endpoint's answer, without the key should it be there."""
        import httpx  # here, because a game without models needs none

        body = {"model": self._model, "messages": msgspec.to_builtins(list(prompt))}
        headers = {"Authorization": f"Bearer {self._address.key}"} if self._address.key else {}
        try:
            with (
                httpx.Client(timeout=max(until - time.monotonic(), 0.01), verify=_certificates()) as client,
                client.stream("POST", f"{self._address.url}/chat/completions", json=body, headers=headers) as response,
            ):
                text = self._without_key(_read(response.iter_bytes(), until).decode("utf-8", "replace"))
                if response.status_code != 200:
                    raise _StoppedError(_refused(response.status_code, response.headers.get("retry-after", ""), text))
                return text
        except httpx.TimeoutException:
            raise _StoppedError(Reply("TIMEOUT", problem="the endpoint did not answer in time")) from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            problem = f"the endpoint cannot be reached ({type(error).__name__})"
            raise _StoppedError(Reply("ERROR", problem=problem, again=PAUSE)) from None

    def _completion(self, text: str, prompt: Sequence[Said]) -> Reply:
        try:
            found = msgspec.json.decode(text, type=_Completion, strict=False)
        except (msgspec.MsgspecError, RecursionError):
            return Reply(
                "ERROR", problem="the endpoint answered with something other than a chat completion", again=PAUSE
            )
        answer = (found.choices[0].message.content or "") if found.choices else ""
        usage = found.usage or _Usage()
        asked = usage.prompt_tokens if usage.prompt_tokens is not None else sum(_tokens(one.content) for one in prompt)
        said = usage.completion_tokens if usage.completion_tokens is not None else _tokens(answer)
        return Reply("OK", shortened(answer), prompt_tokens=max(asked, 0), answer_tokens=max(said, 0))

    def _without_key(self, text: str) -> str:
        return text.replace(self._address.key, "[key]") if self._address.key else text


@cache
def _certificates() -> ssl.SSLContext:
    """Return the authorities that are trusted; reading them takes a quarter of a second."""
    import httpx

    return httpx.create_ssl_context()


def _read(parts: Any, until: float) -> bytes:
    """Return a body that comes in time and is not too long."""
    body = b""
    for part in parts:
        body += part
        if len(body) > REPLY_BYTES_MAX:
            raise _StoppedError(Reply("ERROR", problem=f"the endpoint answered with more than {REPLY_BYTES_MAX} bytes"))
        if time.monotonic() > until:
            raise _StoppedError(Reply("TIMEOUT", problem="the endpoint did not finish its answer in time"))
    return body


def _refused(status: int, retry_after: str, text: str) -> Reply:
    """Return the reply for a status that is not 200."""
    said = ""
    try:
        found = msgspec.json.decode(text)
        error = found.get("error") if isinstance(found, dict) else None
        said = str(error.get("message", "") if isinstance(error, dict) else error or "")
    except (msgspec.MsgspecError, RecursionError):
        said = ""
    words = one_line(said)[:PROBLEM_MAX]
    return Reply(
        "ERROR",
        problem=f"the endpoint answered with status {status}" + (f": {words}" if words else ""),
        again=_seconds_until(retry_after) if status in AGAIN else -1.0,
    )


def shortened(answer: str) -> str:
    """Return an answer of at most ``ANSWER_MAX`` characters, with a note in its middle of how long it was.

    A model's bot reads what is recorded, so that a game is the same when it is played from the recording.
    """
    if len(answer) <= ANSWER_MAX:
        return answer
    note = f" [... the middle of {len(answer)} characters is left out ...] "
    half = (ANSWER_MAX - len(note)) // 2
    return answer[:half] + note + answer[-half:]


def one_line(text: str) -> str:
    """Return a text from elsewhere without what could control a terminal."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _seconds_until(retry_after: str) -> float:
    """Return the seconds that ``Retry-After`` asks for: a number or a date."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max((parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError):
        return PAUSE


def _tokens(text: str) -> int:
    return len(text) // CHARACTERS_PER_TOKEN + 1
