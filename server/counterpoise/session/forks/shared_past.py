"""The past that the games of a fork share: played or read once, and then written into the journal of each game.

The journal of a game starts with its own header and its own salts. The bodies of the entries up to the fork are the same in
every game, so they are linked into a new chain instead of being played again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import structs

from counterpoise.session.index_deal import index_deal
from counterpoise.session.journal.entries import FORMAT_VERSION, SERVED, Entry
from counterpoise.session.journal.free_text import FreeTexts
from counterpoise.session.journal.header import header_content
from counterpoise.session.orders.acknowledgements import unnumbered
from counterpoise.session.replay import header_of, resume
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import JournalSettings, ResumePoint, ScenarioSetup
from counterpoise.session.session_snapshot import GrowthCounts, SessionState, decode_state, encode_state
from counterpoise.session.snapshot_evidence import evidence_in
from counterpoise.sim.scenario import Scenario
from counterpoise.theory.decisions.record import DecisionRecord

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(DecisionRecord)


@dataclass(frozen=True, slots=True)
class SharedPast:
    """A session nobody listens to, at some moment: its journal up to there and its state."""

    entries: Sequence[Entry]
    """The journal, from the header on."""
    state: SessionState
    texts: FreeTexts
    scenario: Scenario
    """As parsed from the text in the header, with every inject."""

    @classmethod
    def of(cls, session: Session, entries: Sequence[Entry], scenario: Scenario) -> SharedPast:
        """Return the past of a session whose entries, all given here, have been taken."""
        state = decode_state(encode_state(session.state(GrowthCounts())))
        return cls(entries, state, FreeTexts(session.texts.by_entry()), scenario)

    def begun(
        self,
        header: Mapping[str, Any],
        session_id: str,
        secret: str,
        setup: ScenarioSetup,
        journal: JournalSettings,
        *,
        streaming: bool,
    ) -> Session:
        """Return a session of another name that has this past. It holds its whole journal for ``take_entries``.

        Args:
            header: of the journal that was forked.
            session_id: the name of the new session.
            secret: the secret of the new session.
            setup: how the new session uses the scenario.
            journal: how the new session writes its journal.
            streaming: whether people join the new session. Its streams are empty until it branches.
        """
        chain = journal.chain(secret)
        seed, text = header["seed"], header["scenario_text"]
        content = header_content(
            setup,
            journal,
            text,
            self.scenario.id,
            seed=seed,
            session=session_id,
            secret=secret,
            deal=index_deal(setup.threat_index, self.scenario, seed),
        )
        copied = [entry for entry in self.entries[1:] if entry.kind not in SERVED]
        written = [chain.entry(0, "header", content), *(chain.copied(entry) for entry in copied)]
        growth = structs.replace(
            self.state.growth, decisions=[_renamed(packed, session_id) for packed in self.state.growth.decisions]
        )
        state = structs.replace(self.state, entries=chain.length, chain=chain.head, checkpoint=None, growth=growth)
        session = Session(
            scenario_text=text,
            seed=seed,
            session_id=session_id,
            secret=secret,
            streaming=streaming,
            setup=setup,
            journal=journal,
            resumed=ResumePoint(state, self.texts),
        )
        session.put_back(written)
        return session


def past_at_snapshot(
    entries: Sequence[Entry], source: str, state: SessionState, scenario: Scenario
) -> SharedPast | None:
    """Return the past that a stored snapshot of a journal holds; ``None`` if a fork would write other entries up to there.

    It would if the journal has another format, or if a text in it was erased. It also would if the journal has both texts and
    entries that only a server writes: a fork has none of these, so its texts stand in entries of other numbers.

    Args:
        entries: the journal.
        source: name of the journal, for errors.
        state: the whole state in the snapshot.
        scenario: the scenario of the journal, with every inject.

    Raises:
        SnapshotError: the snapshot does not fit the journal.
    """
    before = entries[: state.entries]
    if header_of(entries, source)["format"] != FORMAT_VERSION or any(entry.is_redacted for entry in before):
        return None
    texts = [entry for entry in before if entry.kind == "text"]
    if texts and any(entry.kind in SERVED for entry in before):
        return None
    session = resume(before[0], texts, evidence_in(before), [], source, state)
    quiet = session.state(GrowthCounts())
    quiet = structs.replace(quiet, growth=structs.replace(quiet.growth, acks=unnumbered(quiet.growth.acks)))
    return SharedPast(before, decode_state(encode_state(quiet)), FreeTexts(session.texts.by_entry()), scenario)


def _renamed(packed: bytes, session_id: str) -> bytes:
    """Return a packed decision with another session's name."""
    return _encoder.encode(structs.replace(_decoder.decode(packed), session=session_id))
