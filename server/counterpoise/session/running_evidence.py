"""The evidence of a session that is being played, from the decisions of the windows that have closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import structs

from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.accrual import COMPARED, SideTaken, evidence_of, sides_taken
from counterpoise.theory.evidence.accrual_document import AccruingEvidence, EvidenceGroup
from counterpoise.theory.forecasts import HYPOTHESES

_RECORD = msgspec.msgpack.Decoder(DecisionRecord)


class RunningEvidence:
    """Gathers decisions as their windows close, and says how the evidence stands: as the debrief of the same journal would.

    Args:
        names: the name of each state, by its code.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._taken: list[SideTaken] = []
        self._groups: Sequence[EvidenceGroup] = ()
        self.window = -1
        """The last window whose decisions were added; -1 before the first."""

    def add(self, made: Sequence[bytes]) -> None:
        """Add decisions that have been made, packed as the session's ledger packs them, in the order of time."""
        records = [_RECORD.decode(packed) for packed in made]
        self._taken.extend(sides_taken(records))
        if records:
            self.window = records[-1].point.window

    def document(self) -> AccruingEvidence:
        """Return the evidence with every step."""
        found = evidence_of(self._taken, self._names, self._groups)
        self._groups = found.groups
        return found

    def brief(self) -> dict[str, Any]:
        """Return the evidence as plain values, with every step for everyone together and the last for the other groups."""
        whole = self.document()
        groups = [group if group.kind == "everyone" else _newest(group) for group in whole.groups]
        plain: dict[str, Any] = msgspec.to_builtins(structs.replace(whole, groups=groups))
        return plain


def compared_hypotheses() -> list[dict[str, Any]]:
    """Return the name and the title of each hypothesis that is compared."""
    names = dict.fromkeys(name for pair in COMPARED for name in pair)
    return [{"name": name, "title": HYPOTHESES[name].title} for name in names]


def _newest(group: EvidenceGroup) -> EvidenceGroup:
    return structs.replace(group, pairs=[structs.replace(pair, steps=pair.steps[-1:]) for pair in group.pairs])
