"""The first entry of a journal: what a session was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from counterpoise.session.index_deal import IndexDeal
from counterpoise.session.journal.entries import FORMAT_VERSION
from counterpoise.session.session_setup import JournalSettings, ScenarioSetup
from counterpoise.sim import RULES_VERSION
from counterpoise.theory import THEORY_VERSION


def commitment_to_seed(secret: str, seed: str) -> str:
    """Return what a session shows of its seed before the seed is told: SHA-256 in hex, salted with the secret."""
    return hashlib.sha256(f"{secret}/seed/{seed}".encode()).hexdigest()


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
        "format": FORMAT_VERSION,
        "rules_version": RULES_VERSION,
        "theory_version": THEORY_VERSION,
        "session": session,
        "scenario": scenario,
        "scenario_hash": hashlib.sha256(scenario_text.encode()).hexdigest(),
        "scenario_text": scenario_text,
        "seed": seed,
        "secret": secret,
        "seed_commitment": commitment_to_seed(secret, seed),
        "counterpoise": journal.written_by,
        **deal.header_fields(),
        **({"recorded": True} if setup.recorded else {}),
        **({"forked": setup.forked} if setup.forked else {}),
        **({"withheld": setup.withheld} if setup.withheld else {}),
    }
