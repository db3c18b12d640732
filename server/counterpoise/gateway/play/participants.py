"""Who takes part in a session: a pseudonym for each holder of a token, what kind of client it is, and its consent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from counterpoise.session.play.log import ClientKind
from counterpoise.session.play.participants import PEOPLE, SALT, people_in, pseudonym_of
from counterpoise.store.journal import Journal
from counterpoise.store.tokens import Grant
from counterpoise.theory.evidence.choices.players import PROGRAM, UNKNOWN_CLIENT
from counterpoise.wire.cleaning import clean_name
from counterpoise.wire.messages import Hello

_CLIENTS: dict[str, ClientKind] = {"browser": "browser", "sdk": "sdk"}


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who is connected. ``id`` is the pseudonym: of a person of a class in all its sessions, else in this session."""

    id: str
    role: str
    seat: str
    client: ClientKind | Literal[""]


@dataclass(frozen=True, slots=True)
class KeptPlay:
    """What the journal of a session holds of how it was played."""

    rows: int
    head: str
    """The chain value of the last row."""
    consents: dict[str, bool]
    """What each participant has answered."""
    salt: str
    people: dict[int, str]
    """The pseudonyms of people of a class, by the numbers of their links."""


def kept_play(journal: Journal, draw: Callable[[], str]) -> KeptPlay:
    """Return what a journal holds of how its session was played, and give it a salt for pseudonyms if it has none.

    Raises:
        StorageError: the journal cannot be written.
    """
    salt = journal.fact(SALT)
    if not salt:
        salt = draw()
        journal.note(SALT, salt)
    consents = {}
    for row in journal.play_log.rows():
        if not row.is_purged and (event := row.event()).kind == "consent":
            consents[event.participant] = bool(event.detail["given"])
    return KeptPlay(*journal.play_log.head(), consents, salt, people_in(journal.fact(PEOPLE)))


def participant_of(salt: str, people: Mapping[int, str], grant: Grant, hello: Hello) -> Participant:
    """Return who has just joined; ``people`` has the pseudonyms of a class by link."""
    return Participant(people.get(grant.link) or pseudonym_of(salt, grant.id), grant.role, grant.seat, client_of(hello))


def client_of(hello: Hello) -> ClientKind:
    """Return what kind of client said hello: a bot says which bot it is, and one that says nothing we know is another."""
    if clean_name(hello.bot):
        return "bot"
    return _CLIENTS.get(hello.client, "other")


def decider_of(hello: Hello) -> str:
    """Return what decides for a seat, as the journal notes it: empty for people, who use the browser's client."""
    return {"browser": "", "sdk": PROGRAM, "other": UNKNOWN_CLIENT, "bot": clean_name(hello.bot)}[client_of(hello)]
