"""``counterpoise playlog``: tell how a session was played."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from counterpoise.cli.journals import play_rows, read_journal, require_database
from counterpoise.cli.options.journals import Journal, Json
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.terminal import console, print_json, session_bar
from counterpoise.document_schema import json_schema
from counterpoise.errors import ConfigurationError
from counterpoise.session.play.account import Moment, PlayAccount, PlayedStop, account_of

_TOLD = ("phase", "command", "refusal", "connected", "left", "seat", "served", "stopped", "consent")
"""Kinds of events that have a line of their own. Orders are counted, and readiness stands with the stop."""


def playlog_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``counterpoise playlog --json`` prints."""
    return json_schema("counterpoise playlog", PlayAccount)


def playlog(
    journal: Journal,
    json: Json = False,
    schema: Annotated[bool, schema_option(playlog_schema)] = False,
) -> None:
    """Tell how a session was played.

    For each stop of the clock: who was asked and ready when, who was not, which offers were open with their terms, why it was
    paused, who came and went, and who replaced whom. People are named by pseudonyms.
    """
    require_database(journal, "An export has no play log: give the .db it came from.")
    entries, rows = read_journal(journal), play_rows(journal)
    if not rows:
        raise ConfigurationError(f"{journal}: no play log. Only a server writes one, since this release.")
    with session_bar(f"Replaying {journal.name}", max(entry.tick for entry in entries)) as show:
        account = account_of(rows, entries, str(journal), show)
    if json:
        print_json(account)
        return
    console.print(
        f"{account.session} ({account.scenario}): {len(account.stops)} stops, {account.rows} rows of the play log"
    )
    if account.purged:
        console.print(f"{account.purged} rows were purged: what they told is not here.")
    for stop in account.stops:
        for line in _lines(stop):
            console.print(line, markup=False)


def _lines(stop: PlayedStop) -> Iterator[str]:
    occasion = {"window": "a window opens", "call": "an answer is asked"}.get(stop.occasion, "in the lobby")
    yield f"{stop.date}  {occasion}"
    if stop.ready:
        yield f"    ready: {', '.join(f'{seat} after {seconds:g} s' for seat, seconds in stop.ready.items())}"
    for offer in stop.offers:
        terms = ", ".join(f"{name} {value}" for name, value in offer.terms.items() if value not in ("", False))
        asker = f" from {offer.asker}" if offer.asker else ""
        yield f"    open: {offer.seat} to answer a {offer.reason}{asker} by {offer.until}{f' ({terms})' if terms else ''}"
    orders = sum(1 for moment in stop.moments if moment.kind == "order")
    if orders:
        yield f"    {orders} {'order' if orders == 1 else 'orders'}"
    for moment in stop.moments:
        if moment.kind in _TOLD:
            yield f"    {moment.seconds:+g} s  {_sentence(moment)}"


def _sentence(moment: Moment) -> str:
    who = " ".join(part for part in (moment.seat, moment.participant, moment.client and f"({moment.client})") if part)
    detail = moment.detail
    match moment.kind:
        case "phase":
            return f"the session is {detail['phase']}"
        case "command":
            reason = f": {detail['reason']}" if detail.get("reason") else ""
            return f"{who or detail.get('by', 'the moderator')}: {detail.get('kind', 'a command')}{reason}"
        case "seat":
            return f"{moment.seat}: {detail['now'] or 'nobody'} decides in place of {detail['was'] or 'nobody'}"
        case "refusal":
            return f"{who}: refused, {detail['code']} at {detail['path']}"
        case "left" if detail:
            return f"{who}: the server closed the connection ({detail['code']})"
        case "left":
            return f"{who}: gone"
        case "consent":
            return f"{who}: {'agrees' if detail['given'] else 'does not agree'} to research"
        case "served":
            return "a server serves the session"
        case "stopped":
            return "the server stops"
    return f"{who}: {moment.kind}"
