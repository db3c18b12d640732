"""What a session is made with beyond its scenario and its seed: how it uses the scenario, its journal, and where it resumes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from counterpoise import __version__
from counterpoise.session.journal.entries import FORMAT_VERSION, GENESIS, Chain, Entry
from counterpoise.session.journal.free_text import FreeTexts
from counterpoise.session.session_snapshot import SessionState
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import IndexSetting, Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioSetup:
    """How a session uses its scenario. Without arguments it is a new game of the whole scenario."""

    source: str = "scenario"
    """Name of the scenario file, for errors."""
    parsed: Scenario | None = None
    """The scenario of the text, from a caller that has parsed it already."""
    recorded: bool = False
    """Whether the session follows a record of what states did; then nothing else happens by chance."""
    withheld: Sequence[int] = ()
    """Which injects of the scenario do not happen, by their places in its file, from 0."""
    threat_index: IndexSetting | None = None
    """Whether seats are shown the threat index; ``None`` for what the scenario says."""
    forked: Mapping[str, Any] | None = None
    """What the session was forked from and how, for the header."""

    def scenario(self, text: str) -> Scenario:
        """Return the scenario as the session plays it; raises ``ScenarioError`` if the text is wrong."""
        whole = parse_scenario(text, self.source) if self.parsed is None else self.parsed
        return replace(whole.without_injects(self.withheld), recorded=self.recorded)


def _no_key(session: str, seed_commitment: str) -> bytes:
    """Return the key of a session that nobody joins: its receipts prove nothing."""
    return b""


@dataclass(frozen=True, slots=True)
class ServerSecrets:
    """What a server keeps out of every journal. Without arguments it is what a session has that nobody joins."""

    salt: Callable[[], bytes] | None = None
    """Returns the salt of an entry, see ``Chain``."""
    receipt_key: Callable[[str, str], bytes] = _no_key
    """Returns the key that seals the receipts of messages, from the name of the session and its commitment to the seed."""


NO_SECRETS = ServerSecrets()


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalSettings:
    """How a session writes its journal. Without arguments the journal is new."""

    kept: bool = True
    """Whether to write a journal with forecasts, outcomes and digests. A program that plays many games without checking them
    leaves it out."""
    written_by: str = __version__
    """The release that began the journal."""
    format: int = FORMAT_VERSION
    """The format of the journal."""
    secrets: ServerSecrets = NO_SECRETS
    """What the server keeps out of the journal."""
    stored: Mapping[int, Entry] = field(default_factory=dict)
    """Entries of the journal that is replayed, see ``Chain``."""

    def chain(self, secret: str, length: int = 0, head: str = GENESIS) -> Chain:
        """Return the chain that the next entry joins, see ``Chain``."""
        return Chain(secret, salt=self.secrets.salt, stored=self.stored, length=length, head=head)


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """Where a restored session goes on."""

    state: SessionState
    texts: FreeTexts
    """The texts that the state refers to."""


NEW_GAME = ScenarioSetup()
NEW_JOURNAL = JournalSettings()
