"""Pseudonyms of those who take part in a session."""

from __future__ import annotations

from counterpoise.session.keyed_hash import KeyedHash

SALT = "participant_salt"
"""The fact that makes pseudonyms: whoever has it and a token's number can tell whose pseudonym it is. A purge erases it."""
_DIGITS = 12


def pseudonym_of(salt: str, token: int) -> str:
    """Return the pseudonym of the holder of a token, which is known by its number."""
    return f"p{KeyedHash(salt.encode()).hexdigest(str(token).encode())[:_DIGITS]}"
