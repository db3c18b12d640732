"""Count what became of the questions that were asked for the debrief: answered, skipped, lapsed or still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import UNSET, UnsetType

from counterpoise.theory.evidence.elicitation_document import PlayerQuestions, QuestionCounts, Questions
from counterpoise.theory.evidence.sample import Sample

CLOSINGS = ("question_answered", "question_skipped", "question_lapsed")


def questions(sample: Sample) -> Questions | UnsetType:
    """Return the counts; ``UNSET`` if nothing was asked."""
    rows = [
        (str(asked.detail.get("ask")), _player(sample, session, asked.actors[0], asked.tick), closed)
        for session, chronicle in sample.chronicles.items()
        for closings in [{c.detail.get("question"): c.kind for c in chronicle.of(*CLOSINGS)}]
        for asked in chronicle.of("question_asked")
        for closed in [closings.get(asked.detail.get("question"), "")]
    ]
    if not rows:
        return UNSET
    kinds: dict[str, list[str]] = {}
    players: dict[str, list[str]] = {}
    for kind, player, closed in rows:
        kinds.setdefault(kind, []).append(closed)
        players.setdefault(player, []).append(closed)
    return Questions(
        all=_counts(closed for _, _, closed in rows),
        kinds=_sorted(kinds),
        players=[PlayerQuestions(player, counts) for player, counts in _sorted(players).items()],
    )


def _player(sample: Sample, session: str, seat: str, tick: int) -> str:
    """Return who played a seat when it was asked. A question is asked on the eve of a window, so the next decision tells."""
    trail = sample.trails.get((session, seat), [])
    case = next((case for case in trail if case.frozen.closes > tick + 1), trail[-1] if trail else None)
    return seat if case is None else case.record.player or seat


def _sorted(groups: Mapping[str, list[str]]) -> dict[str, QuestionCounts]:
    return {name: _counts(closed) for name, closed in sorted(groups.items())}


def _counts(closed: Iterable[str]) -> QuestionCounts:
    found = Counter(closed)
    answered, skipped, lapsed = (found[kind] for kind in CLOSINGS)
    return QuestionCounts(found.total(), answered, skipped, lapsed, found[""])
