"""A second ``host`` on the folder of a running server: it adds its class there, or says what runs and what to do."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, NoReturn

from msgspec import to_builtins

from counterpoise.cli.host.class_hosting import RUNS, ServedClass, WantedClass
from counterpoise.errors import ConfigurationError, LockedError
from counterpoise.gateway.classes.class_service import ClassLinks
from counterpoise.gateway.loading.running_note import API_TOKEN_FILE, RunningNote, read_note

WAIT_SECONDS = 60.0


def add_to_running(folder: Path, wanted: WantedClass | None, locked: LockedError) -> ServedClass:
    """Add a class to the server that runs on a folder, by its HTTP API.

    Args:
        folder: the data folder.
        wanted: the class; ``None`` if sessions without a class were asked for.
        locked: why this process cannot serve the folder.

    Raises:
        LockedError: the class cannot be added there; it says what runs and what to do.
        ConfigurationError: the running server refuses the class.
    """
    note = read_note(folder)
    if note is None:
        raise locked
    if wanted is None or note.operators is None:
        _explain(folder, note, locked, is_class=wanted is not None)
    api = f"http://127.0.0.1:{note.operators}/api"
    new = wanted.new
    body = {
        "title": new.title,
        "scenario_text": new.scenario_text,
        "source": new.source,
        "worlds": new.worlds,
        "roster": new.roster,
        "seed": new.seed,
        "anonymous": new.anonymous,
        **({} if new.pace is None else {"pace": to_builtins(new.pace)}),
        **({} if new.threat_index is None else {"threat_index": new.threat_index}),
    }
    try:
        token = (folder / API_TOKEN_FILE).read_text(encoding="ascii").strip()
        known = _ask(f"{api}/classes", token)["classes"]
        found = next(
            (each for each in known if (each["title"], each["scenario"]) == (new.title, wanted.scenario)), None
        )
        made = found or _ask(f"{api}/classes", token, body)
    except urllib.error.HTTPError as refused:
        with refused:
            raise ConfigurationError(f"the server at {note.local_url} refuses the class: {_reason(refused)}") from None
    except (OSError, ValueError):
        _explain(folder, note, locked, is_class=True)
    links = ClassLinks(**made["links"])
    state = RUNS if found else "was added to the server that runs already"
    return ServedClass(links, state, note.url, note.local_url, folder, api, stays=False)


def _ask(address: str, token: str, body: dict[str, Any] | None = None) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    content = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, content, headers)  # noqa: S310 - http on this machine
    with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as answer:  # noqa: S310 - http on this machine
        return json.load(answer)


def _reason(refused: urllib.error.HTTPError) -> str:
    try:
        found = json.load(refused)
        got = found["got"]
        return f"{found['path']}: expected {found['expected']}, got {got}" if found["expected"] else str(got)
    except (ValueError, KeyError, TypeError):
        return f"HTTP {refused.code}"


def _explain(folder: Path, note: RunningNote, locked: LockedError, *, is_class: bool) -> NoReturn:
    """Raise the error that says what runs, and what to do."""
    ways = [f"open {note.url}/class with the moderator's link of a class there"]
    if is_class:
        ways.append(
            "stop that server (Ctrl-C in its window), start it again with --operators-port 0 and repeat this command, which then "
            "adds the class there"
        )
    else:
        ways.append("stop that server (Ctrl-C in its window) and repeat this command")
    ways.append("give --data FOLDER and --port for a server of its own")
    problem = (
        f"a server runs on this folder already: process {note.process} at {note.url}. You can {'; or '.join(ways)}."
    )
    raise LockedError(str(folder), problem, locked.owner) from None
