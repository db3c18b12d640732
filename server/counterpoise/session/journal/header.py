"""The first entry of a journal: what a session was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from counterpoise.sim import RULES_VERSION


def header_content(
    *,
    scenario_text: str,
    scenario: str,
    seed: str,
    seed_commitment: str,
    session: str,
    secret: str,
    journal_format: int,
    written_by: str,
    recorded: bool,
    forked: Mapping[str, Any] | None,
    withheld: Sequence[int],
) -> dict[str, Any]:
    """Return the content of a header. ``Session`` says what the arguments mean; empty ones are left out."""
    return {
        "format": journal_format,
        "rules_version": RULES_VERSION,
        "session": session,
        "scenario": scenario,
        "scenario_hash": hashlib.sha256(scenario_text.encode()).hexdigest(),
        "scenario_text": scenario_text,
        "seed": seed,
        "secret": secret,
        "seed_commitment": seed_commitment,
        "counterpoise": written_by,
        **({"recorded": True} if recorded else {}),
        **({"forked": forked} if forked else {}),
        **({"withheld": withheld} if withheld else {}),
    }
