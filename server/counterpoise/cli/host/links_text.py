"""The links of served sessions, as text with QR codes or as one JSON document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TextIO, cast

import segno

from counterpoise.cli.host.served_sessions import ServedSession
from counterpoise.cli.host.service_log import secrets_in_file
from counterpoise.cli.terminal import console, print_json
from counterpoise.gateway.server import Server
from counterpoise.sim.types import ActorId


def print_links(server: Server, served: Sequence[ServedSession], *, to_files: bool, qr: bool, json: bool) -> None:
    """Print the links of every session; into a file ``SESSION.links`` each, if standard output is the log of a service.

    Args:
        server: serves the sessions.
        served: the sessions. The document of one has its links at the top, that of several has a list ``sessions``.
        to_files: whether to write the files wherever standard output goes.
        qr: whether the text has the links as QR codes too.
        json: whether to print a document in place of the text.
    """
    urls = {"url": server.url, "local_url": server.local_url}
    if json and len(served) != 1:
        with secrets_in_file(server.config.data_dir / "sessions.links", always=to_files):
            print_json({**urls, "sessions": [_facts(server, one) for one in served]})
        return
    for one in served:
        with secrets_in_file(server.config.data_dir / f"{one.links.session}.links", always=to_files):
            if json:
                print_json({**urls, **_facts(server, one)})
            else:
                _print_text(server, one, qr=qr)
    if not json:
        if not served:
            console.print(f"Serving the sessions that exist on {server.url}", markup=False)
        console.print("Ctrl-C stops the server; the same command resumes what it serves.")


def _facts(server: Server, served: ServedSession) -> dict[str, Any]:
    scenario = server.hub.rooms[served.links.session].session.scenario.id
    return {"scenario": scenario, "resumed": served.beginning == "resumes on", **asdict(served.links)}


def _print_text(server: Server, served: ServedSession, *, qr: bool) -> None:
    links = served.links
    session = server.hub.rooms[links.session].session
    date = session.simulation.world.calendar.iso(session.now)
    state = served.beginning if served.beginning == "is new" else f"{served.beginning} {date}"
    console.print(f"{session.scenario.title}: session {links.session} {state}. Serving on {server.url}", markup=False)
    if server.url != server.local_url:
        console.print(f"The proxy has to pass requests on to {server.local_url}", markup=False)
    console.print()
    names = {actor.id: actor.name for actor in session.scenario.actors}
    rows: list[tuple[str, Any]] = [("moderator", links.moderator), ("observers", links.observer)]
    rows += [(f"{seat} {names[ActorId(seat)]}", link) for seat, link in links.seats.items()]
    width = max(len(label) for label, _ in rows)
    for label, link in rows:
        console.print(f"  {label:<{width}}  {link}", markup=False)
        if qr:
            segno.make(link, error="m").terminal(out=cast("TextIO", console.file), compact=True)
    console.print()
    held = [actor.id for actor in session.scenario.actors if actor.id not in links.seats]
    if held:
        console.print(
            f"These seats have players already: {', '.join(held)}. The moderator's page makes new links for them."
        )
    if session.phase == "paused":
        console.print("Bots play the empty seats. The clock goes on when the moderator presses Resume.")
    if session.phase == "lobby":
        console.print("Bots play the empty seats. The clock starts when the moderator presses Start.")
    console.print()
