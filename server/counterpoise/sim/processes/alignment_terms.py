"""Terms: alignments that end on a date unless they are renewed."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.rules import alignments


def _end_at_term(stage: Stage, alignment_id: int) -> None:
    """End an alignment on the day before its term ends; a renewal moves that day."""
    alignment = stage.world.alignments[alignment_id]
    if alignment.until is None or alignment.ended:
        return
    due = alignment.until - 1
    if stage.world.tick >= due:
        alignments.dissolve(stage, alignment, "term")
    else:
        stage.schedule(due, "alignment_terms.end_at_term", alignment_id)


def _end_unless_changed(stage: Stage, alignment_id: int, until: int) -> None:
    """End the alignment on the day before its last day, unless its term has changed since."""
    alignment = stage.world.alignments[alignment_id]
    if alignment.until == until:
        alignments.dissolve(stage, alignment, "term")


STEPS: Steps = {"end_at_term": _end_at_term, "end_unless_changed": _end_unless_changed}
