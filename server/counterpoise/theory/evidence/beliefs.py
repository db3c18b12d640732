"""Compare what players believe about how alliances arise with what they do.

What statesmen believe about the origins of alliances shapes their strategy (Walt 1987, pp. 1-5): those who expect bandwagoning
show resolve, those who expect balancing show restraint. Players state a belief before and after play.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum

from msgspec import UNSET, UnsetType

from counterpoise.sim.types import ActorId
from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import Candidate
from counterpoise.theory.evidence.elicitation_document import BeliefAndPlay, Beliefs, PlayerBelief
from counterpoise.theory.evidence.sample import Case, Sample
from counterpoise.theory.quantising import DIGITS, rounded

PARTS = ("balancing", "ideology", "aid")
"""What a belief is about."""
CORRELATED_MIN = 3
"""Fewest players for a correlation."""


@dataclass(frozen=True, slots=True)
class _Stated:
    player: str
    session: str
    seat: str
    before: dict[str, float]
    after: dict[str, float] | None
    play: dict[str, float | None]


def beliefs(sample: Sample) -> Beliefs | UnsetType:
    """Return the beliefs beside the play of the same seats; ``UNSET`` if nobody stated one."""
    rows = _stated(sample)
    if not rows:
        return UNSET
    return Beliefs(
        n=len(rows),
        **{part: _compared(rows, part) for part in PARTS},
        players=[
            PlayerBelief(row.player, row.session, ActorId(row.seat), row.before, row.after, row.play) for row in rows
        ],
    )


def _stated(sample: Sample) -> list[_Stated]:
    found: dict[tuple[str, str], list[tuple[int, dict[str, float]]]] = {}
    for session, chronicle in sample.chronicles.items():
        for incident in chronicle.of("belief"):
            shares = {part: float(incident.detail[part]) for part in PARTS}
            case = sample.point_at(session, incident.actors[0], incident.tick)
            window = -1 if case is None else case.frozen.window
            found.setdefault((session, incident.actors[0]), []).append((window, shares))
    rows = []
    for (session, seat), stated in sorted(found.items()):
        trail = sample.trails.get((session, seat), [])
        (first, before), (last, after) = stated[0], stated[-1]
        rows.append(
            _Stated(
                player=(trail[0].record.player if trail else "") or seat,
                session=session,
                seat=seat,
                before=before,
                after=after if last != first else None,
                play=_play(sample, [case for case in sample.cases if case.cluster == (session, seat)]),
            )
        )
    return rows


def _play(sample: Sample, cases: Sequence[Case]) -> dict[str, float | None]:
    """Return what a seat did, on the scales of a belief."""
    sided = [float(case.did == "BAL") for case in cases if case.point.threatened and case.did in ("BAL", "BW")]
    return {
        "balancing": rounded(_mean(sided)),
        "ideology": rounded(_mean(_standings(sample, cases, lambda k: k.similarity))),
        "aid": rounded(_mean(_standings(sample, cases, lambda k: k.aid))),
    }


def _standings(sample: Sample, cases: Sequence[Case], of: Callable[[Candidate], float]) -> list[float]:
    """Return for each chosen partner the share of the others on the menu that it exceeds; ties count half."""
    found = []
    for case in cases:
        chosen = sample.partner(case)
        others = [] if chosen is None else [k for k in sample.menu(case) if k.id != chosen.id]
        if chosen is not None and len({of(k): None for k in (chosen, *others)}) > 1:
            mine = of(chosen)
            found.append(fsum(1.0 if of(k) < mine else 0.5 if of(k) == mine else 0.0 for k in others) / len(others))
    return found


def _mean(values: Sequence[float]) -> float | None:
    return fsum(values) / len(values) if values else None


def _compared(rows: Sequence[_Stated], part: str) -> BeliefAndPlay:
    changed = [(row.before[part], row.after[part]) for row in rows if row.after is not None]
    played = [(row.before[part], done) for row in rows if (done := row.play[part]) is not None]
    correlation = None
    if len(played) >= CORRELATED_MIN:
        correlation = statistics.rank_correlation([b for b, _ in played], [p for _, p in played])
    return BeliefAndPlay(
        before=round(fsum(row.before[part] for row in rows) / len(rows), DIGITS),
        after=rounded(_mean([after for _, after in changed])),
        change=rounded(_mean([after - before for before, after in changed])),
        compared=len(played),
        play=rounded(_mean([done for _, done in played])),
        correlation=rounded(correlation),
    )
