"""The first entry of a journal: what a session was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from counterpoise.session.index_deal import IndexDeal
from counterpoise.session.session_setup import JournalSettings, ScenarioSetup
from counterpoise.sim import RULES_VERSION
from counterpoise.theory import THEORY_VERSION

FORMAT_WITH_SECRET = 2
"""The last journal format whose header has ``secret`` in place of ``seed_salt``. Receipts were sealed with it."""


def commitment_to_seed(secret: str, seed: str) -> str:
    """Return what a session shows of its seed before the seed is told: SHA-256 in hex, salted with the secret.

    The secret is the salt of the commitment and nothing else; the header tells it together with the seed.
    """
    return hashlib.sha256(f"{secret}/seed/{seed}".encode()).hexdigest()


def hash_of_scenario(text: str) -> str:
    """Return the SHA-256 of a scenario's text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def secret_field(journal_format: int) -> str:
    """Return the field of a header that has the salt of the commitment to the seed."""
    return "secret" if journal_format <= FORMAT_WITH_SECRET else "seed_salt"


def secret_in(header: Mapping[str, Any]) -> str:
    """Return the salt of a header's commitment to its seed."""
    secret: str = header[secret_field(header["format"])]
    return secret


def theory_version(header: Mapping[str, Any]) -> int:
    """Return the version of the theory that made a journal's forecasts; headers without one are of the first."""
    version: int = header.get("theory_version", 1)
    return version


def header_content(
    setup: ScenarioSetup,
    journal: JournalSettings,
    scenario_text: str,
    scenario: str,
    *,
    seed: str,
    session: str,
    secret: str,
    deal: IndexDeal,
) -> dict[str, Any]:
    """Return the content of a header. ``Session`` says what the arguments mean; what a new game does not have is left out."""
    return {
        "format": journal.format,
        "rules_version": RULES_VERSION,
        "theory_version": THEORY_VERSION,
        "session": session,
        "scenario": scenario,
        "scenario_hash": hash_of_scenario(scenario_text),
        "scenario_text": scenario_text,
        "seed": seed,
        secret_field(journal.format): secret,
        "seed_commitment": commitment_to_seed(secret, seed),
        "counterpoise": journal.written_by,
        **deal.header_fields(),
        **({"recorded": True} if setup.recorded else {}),
        **({"forked": setup.forked} if setup.forked else {}),
        **({"withheld": setup.withheld} if setup.withheld else {}),
    }
