"""The evidence of a session that is being played, from what was done in the windows that have closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec
from msgspec import structs

from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.accrual import NAMES, Decided, evidence_of
from counterpoise.theory.evidence.accrual_document import AccruingEvidence, EvidenceGroup
from counterpoise.theory.evidence.acts.reading import ActReader
from counterpoise.theory.evidence.acts.side_taken import SideTaken
from counterpoise.theory.forecasts import HYPOTHESES

_RECORD = msgspec.msgpack.Decoder(DecisionRecord)


class RunningEvidence:
    """Gathers acts as their windows close, and says how the evidence stands: as the debrief of the same journal would.

    Args:
        names: the name of each state, by its code.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._reader = ActReader(NAMES)
        self._taken: list[SideTaken] = []
        self._decided = Decided()
        self._groups: Sequence[EvidenceGroup] = ()
        self.window = -1
        """The last window whose acts were added; -1 before the first."""
        self.date = ""
        """The first day of that window; empty before the first."""

    def add(self, made: Sequence[bytes], incidents: Sequence[Incident]) -> None:
        """Add the acts of windows that have closed.

        Args:
            made: decisions that have been made, packed as the session's ledger packs them, in the order of time.
            incidents: what has happened since the last call, oldest first; what is of the open window waits.
        """
        records = [_RECORD.decode(packed) for packed in made]
        self._decided.add(records)
        self._reader.hear(incidents)
        for self.window, window in groupby(records, key=lambda record: record.point.window):
            own = list(window)
            self.date = own[0].point.date
            self._taken.extend(self._reader.read(own))

    def document(self) -> AccruingEvidence:
        """Return the evidence with every step."""
        found = evidence_of(self._taken, self._names, self._decided, self._groups)
        self._groups = found.groups
        return found

    def brief(self) -> dict[str, Any]:
        """Return the evidence as plain values, with every step for the players under test and the last for the other groups."""
        whole = self.document()
        groups = [group if group.kind == "tested" else _newest(group) for group in whole.groups]
        plain: dict[str, Any] = msgspec.to_builtins(structs.replace(whole, groups=groups))
        return plain


def compared_hypotheses() -> list[dict[str, Any]]:
    """Return the name and the title of each hypothesis that is compared."""
    return [{"name": name, "title": HYPOTHESES[name].title} for name in NAMES]


def _newest(group: EvidenceGroup) -> EvidenceGroup:
    return structs.replace(group, pairs=[structs.replace(pair, steps=pair.steps[-1:]) for pair in group.pairs])
