"""The way of one person to a seat of a session: a token of the session, made and voided for that person alone."""

from __future__ import annotations

from collections.abc import Mapping

from counterpoise.classes.classroom import Person
from counterpoise.errors import ClassError
from counterpoise.gateway.connection import Connection
from counterpoise.gateway.room import Room
from counterpoise.session.play.participants import PEOPLE, fact_of, people_in
from counterpoise.sim.types import ActorId
from counterpoise.store.journal import Journal
from counterpoise.wire.class_messages import YourSeat

TAKEN_WITHIN_SECONDS = 300.0
"""How long a person has for opening the seat on another device."""


def connections_of(room: Room, person: Person) -> tuple[Connection, ...]:
    """Return the connections at a seat that came by the link of a person."""
    return tuple(c for c in room.audience.at(person.seat) if person.grant and c.link == person.grant)


def way_of(person: Person, session: str, token: str, request_id: str = "") -> YourSeat:
    """Return the message that leads a person to the seat."""
    return YourSeat(request_id, session, person.seat, "team" if person.role == "team" else "player", token)


async def open_way(room: Room, person: Person, pseudonym: str) -> tuple[str, int]:
    """Return a token for a person's seat, and the number of its link. The session knows the person by the pseudonym.

    Whoever has been at the seat before stays the same member of it: the token is one for another device, and the device before
    loses the seat when this one comes.

    Raises:
        ClassError: the person plays the seat on another device, and may not move.
        StorageError: the session is not served now.
    """

    async def make() -> tuple[str, int]:
        here = connections_of(room, person)
        if here and not person.may_move:
            problem = (
                "this seat is played on another device or in another tab now. Go on there, or close it there and try again; "
                "whoever leads the class can let you move."
            )
            raise ClassError("seat_elsewhere", "$", "", problem)
        token, link = await room.writer.call(lambda journal: _issue(journal, person, pseudonym))
        room.admission.recognize(link, pseudonym)
        return token, link

    return await room.errands.ask(make)


async def close_way(room: Room, person: Person, command_id: str, *, is_last: bool) -> None:
    """Void a person's token for a seat and close what is connected by it; a bot takes the seat if nobody else sits there.

    Raises:
        StorageError: the session is not served now.
    """
    if is_last and room.session.phase != "ended":
        if person.grant:
            await room.command({"kind": "seat", "seat": person.seat, "to": "bot"}, command_id)
        return

    async def void() -> None:
        voided = await room.writer.call(lambda journal: journal.tokens.revoke_link(person.grant))
        room.seating.teams.depart(ActorId(person.seat), [f"m{identity}" for identity in voided])
        room.administrator.show_out(connections_of(room, person), "you do not play this seat any longer")

    if person.grant:
        await room.errands.ask(void)


async def open_way_by_code(room: Room, people: Mapping[str, Person], code: str) -> tuple[Person, str, int] | None:
    """Spend the code that a person's device shows; return whose it is, a token for the seat, and the number of its link.

    Args:
        room: a world of the class.
        people: who has a seat in it, by their pseudonyms.
        code: the token of the code.

    Returns:
        ``None`` if none of these people was shown the code in this session, or it is used or too old.

    Raises:
        StorageError: the session is not served now.
    """

    def spend(journal: Journal) -> tuple[Person, str, int] | None:
        grant = journal.tokens.find(code)
        if grant is None:
            return None
        for pseudonym, person in people.items():
            if person.grant == grant.link:
                return person, *_issue(journal, person, pseudonym)
        return None

    return await room.errands.ask(lambda: room.writer.call(spend))


def _issue(journal: Journal, person: Person, pseudonym: str) -> tuple[str, int]:
    token, link = _issued(journal, person)
    known = people_in(journal.fact(PEOPLE))
    if known.get(link) != pseudonym:
        journal.note(PEOPLE, fact_of({**known, link: pseudonym}))
    return token, link


def _issued(journal: Journal, person: Person) -> tuple[str, int]:
    tokens, seat = journal.tokens, ActorId(person.seat)
    again = tokens.issue_for_next_device(person.grant, TAKEN_WITHIN_SECONDS) if person.grant else None
    if again is not None:
        return again, person.grant
    if person.role == "player":
        token = tokens.reissue("player", seat, name=person.name)
    else:
        if person.grant:
            tokens.revoke_link(person.grant)
        token = tokens.issue("team", seat, shared=True, name=person.name)
    grant = tokens.find(token)
    assert grant is not None, "it was made just now"
    return token, grant.link
