"""Notes between a seat and the moderator: both directions, journalled, and read by nobody else."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.replay import replay

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite

Host = Callable[..., Awaitable[tuple[Server, Links]]]


def is_note(news: Any) -> bool:
    return bool(news.incident["kind"] == "note")


async def test_a_seat_and_the_moderator_write_to_each_other_and_nobody_else_reads_it(
    host: Host, invite: Invite, begin: Begin
) -> None:
    server, links = await host()
    arden, belmar = invite(links.seats["ARD"]), invite(links.seats["BEL"])
    await arden.join()
    await belmar.join()
    moderator = await begin(links)
    await moderator.command("talk", level="none")
    await arden.say("to_moderator", id=secrets.token_hex(16), text="May we meet outside?")
    asked = (await moderator.hear("incident", is_note)).incident
    assert (asked["actors"], asked["detail"]["text"], asked["detail"]["by"]) == (
        ["ARD"],
        "May we meet outside?",
        "seat",
    )
    await moderator.command("note", seat="ARD", text="Ten minutes.")
    told = (
        await arden.hear("incident", lambda news: is_note(news) and news.incident["detail"]["by"] == "moderator")
    ).incident
    assert (told["detail"]["text"], told["detail"]["number"]) == ("Ten minutes.", 2)
    await arden.say("read", id="b" * 32, thread="moderator", number=2)
    assert (await arden.hear("read_mark")).number == 2
    await arden.say("read", id="d" * 32, thread="moderator", number=3)
    assert (await arden.hear("error")).expected == "a note of this thread, which has 2"
    await belmar.say("look")
    await belmar.hear("observe")
    assert not [news for news in belmar.all("incident") if is_note(news)]
    session = server.hub.rooms["s"].session
    assert session.simulation.world.talk.threads == {}, "the theory's record of messages has none of it"
    entries = list(await server.hub.rooms["s"].writer.call(lambda journal: list(journal.entries())))
    assert [entry.content()["text"] for entry in entries if entry.kind == "text"] == [
        "May we meet outside?",
        "Ten minutes.",
    ]
    assert replay(entries, "s").simulation.world.incidents == session.simulation.world.incidents


async def test_a_seat_cannot_write_in_the_name_of_another(host: Host, invite: Invite, begin: Begin) -> None:
    _, links = await host()
    moderator = await begin(links)
    await moderator.command("note", seat="XXX", text="Hello?")
    assert (await moderator.hear("error")).code == "not_your_seat"
