"""Pseudonyms of those who take part in a session.

A person of a class has one pseudonym in all sessions of the class. The server makes it from its key, the class and the person's
id, and each journal keeps it beside its entries, with the number of the link by which the person came. Everybody else has one in
one session only, made from the session's salt.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from counterpoise.session.keyed_hash import KeyedHash

SALT = "participant_salt"
"""The fact that makes pseudonyms: whoever has it and a token's number can tell whose pseudonym it is. A purge erases it."""
PEOPLE = "class_people"
"""The fact that has the pseudonyms of a class's people, by the numbers of their links. A purge takes the person out."""
_DIGITS = 12


def pseudonym_of(salt: str, token: int) -> str:
    """Return the pseudonym of the holder of a token, which is known by its number."""
    return f"p{KeyedHash(salt.encode()).hexdigest(str(token).encode())[:_DIGITS]}"


def pseudonym_in_class(secret: bytes, class_id: str, person: str) -> str:
    """Return the pseudonym of a person of a class, which is the same in all its sessions.

    Args:
        secret: what only the server has.
        class_id: the class.
        person: the person's id in it, which is no name and stands in no journal.
    """
    return f"p{KeyedHash(secret).hexdigest(f'{class_id}/{person}'.encode())[:_DIGITS]}"


def people_in(fact: str | None) -> dict[int, str]:
    """Return the pseudonyms by link that the fact ``PEOPLE`` has."""
    return msgspec.json.decode(fact, type=dict[int, str]) if fact else {}


def fact_of(people: Mapping[int, str]) -> str:
    """Return the fact ``PEOPLE`` for pseudonyms by link; empty for none."""
    return msgspec.json.encode(people).decode() if people else ""
