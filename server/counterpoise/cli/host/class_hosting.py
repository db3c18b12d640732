"""The class that ``counterpoise host --class`` serves: one in the folder that it resumes, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO, cast

import segno
import typer

from counterpoise.cli.host.class_options import ClassAsked, roster_text
from counterpoise.cli.host.served_sessions import NewSessions, WantedGame
from counterpoise.cli.host.service_log import secrets_in_file
from counterpoise.cli.terminal import console, notes, print_json
from counterpoise.errors import ClassError, InputError
from counterpoise.gateway.classes.class_service import ClassLinks, NewClass
from counterpoise.gateway.classes.live_class import LiveClass
from counterpoise.gateway.loading.running_note import API_TOKEN_FILE
from counterpoise.gateway.server import Server

LINKS_FILE = "class.links"
RESUMES, RUNS = "resumes", "runs already"
OLD = (RESUMES, RUNS)
"""What is said of a class that existed before."""


@dataclass(frozen=True, slots=True)
class WantedClass:
    """The class that the options ask for, the id of its scenario, and the file of its roster; empty without one."""

    new: NewClass
    scenario: str
    roster: str


def wanted_class(asked: ClassAsked | None, games: Sequence[WantedGame], new: NewSessions) -> WantedClass | None:
    """Return the class to serve; ``None`` without one.

    Args:
        asked: what the options say of the class.
        games: what the options ask to play.
        new: how sessions are created.

    Raises:
        typer.BadParameter: a class cannot be made of this.
        InputError: the roster cannot be read.
    """
    if asked is None:
        return None
    if len(games) != 1 or games[0].moment is not None or games[0].name:
        problem = (
            "a class plays one scenario from its start and names its worlds: leave --sessions, --session and --at out"
        )
        raise typer.BadParameter(problem, param_hint="--class")
    game = games[0]
    made = NewClass(
        " ".join(asked.title.split()), game.text, game.source, asked.worlds, roster_text(asked.roster), new.seed, new.pace,
        new.threat_index, asked.anonymous,
    )  # fmt: skip
    return WantedClass(made, game.title, str(asked.roster or ""))


@dataclass(frozen=True, slots=True)
class ServedClass:
    """The links of a class, and what is said of it.

    Args:
        links: the links.
        state: ``is new``, one of ``OLD``, or ``was added to the server that runs already``.
        url: start of the links.
        local_url: where the server listens.
        folder: the data folder.
        api: address of the HTTP API; empty without one.
        stays: whether this process serves the class.
    """

    links: ClassLinks
    state: str
    url: str
    local_url: str
    folder: Path
    api: str
    stays: bool = True


async def serve_class(server: Server, wanted: WantedClass) -> ServedClass:
    """Return the class with the title and the scenario, resumed or new.

    Raises:
        InputError: the roster has a mistake.
        ClassError: the server has as many classes as it takes.
        ConfigurationError, StorageError, ScenarioError: the class cannot be made.
    """
    for live in server.classes.all:
        if live.scenario.id == wanted.scenario and live.room.title == wanted.new.title:
            if wanted.roster:
                notes.print(
                    f"--roster {wanted.roster} is not read again: the class exists. Import it on the class page.",
                    markup=False,
                )
            return _served(server, live, RESUMES)
    try:
        live = await server.classes.create(wanted.new)
    except ClassError as error:
        if error.code != "roster":
            raise
        raise InputError(wanted.roster, error.path, error.expected, error.got) from None
    return _served(server, live, "is new")


def _served(server: Server, live: LiveClass, state: str) -> ServedClass:
    operators = server.operators
    api = f"http://127.0.0.1:{operators.port}/api" if operators is not None else ""
    links = server.classes.links(live)
    return ServedClass(links, state, server.url, server.local_url, server.config.data_dir, api)


def print_class_links(served: ServedClass, *, to_files: bool, qr: bool, json: bool) -> None:
    """Print the links of a class; into the file ``LINKS_FILE`` if standard output is the log of a service.

    Args:
        served: the class.
        to_files: whether to write the file wherever standard output goes.
        qr: whether the text has the links of the moderator and the projector as QR codes too.
        json: whether to print a document in place of the text.
    """
    links = served.links
    with secrets_in_file(served.folder / LINKS_FILE, always=to_files):
        if json:
            facts = {**asdict(links), "new": served.state not in OLD}
            print_json({"url": served.url, "local_url": served.local_url, "api": served.api, "class": facts})
            return
        console.print(f"{links.title}: the class {served.state}. Serving on {served.url}", markup=False)
        if served.url != served.local_url:
            console.print(f"The proxy has to pass requests on to {served.local_url}", markup=False)
        console.print()
        rows = (("moderator", links.moderator, qr), ("projector", links.projector, qr), ("students", links.join, True))
        for label, link, shows_qr in rows:
            console.print(f"  {label:<9}  {link}", markup=False)
            if shows_qr:
                segno.make(link, error="m").terminal(out=cast("TextIO", console.file), compact=True)
        console.print(f"  {'code':<9}  {links.code}", markup=False)
        if served.api:
            token = served.folder / API_TOKEN_FILE
            console.print(f"  {'API':<9}  {served.api}/docs, with the token in {token}", markup=False)
        console.print()
        console.print("Open the moderator's link: it shows who comes, and seats people and starts the worlds.")
        if served.stays:
            console.print("Ctrl-C stops the server; the same command resumes the class.")
