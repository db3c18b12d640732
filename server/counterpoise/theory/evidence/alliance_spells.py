"""The lives of alliances: when each was made and ended, cut into pieces in which nothing that matters changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import fsum

from counterpoise.sim.clock.calendar import DAYS_PER_YEAR
from counterpoise.sim.types import ActorId
from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import Candidate
from counterpoise.theory.evidence.chronicle import Chronicle
from counterpoise.theory.evidence.proposition import finding_from_fit
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.evidence.verdict import Finding

SESSIONS_AS_CLUSTERS = 40
"""Sessions from which on alliances are clustered by session, and by pair of members below."""
DEPARTURES = ("alliance_left", "alliance_repudiated", "alliance_expelled")
"""Incidents in which the first actor leaves an alliance and the others remain."""
PLANNED = ("term",)
"""Endings that say nothing of why: an alliance that ran out as agreed was not broken, so its life is cut off there."""


@dataclass(frozen=True, slots=True)
class AllianceSpell:
    """An alliance made in play, in ticks of its session."""

    session: str
    members: tuple[ActorId, ...]
    against: ActorId | None
    start: int
    stop: int
    ended: bool
    """Whether it was ended by someone, not by its term, its member's disappearance or the end of the record."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a spell in which nothing changes; ticks since the alliance was made."""

    spell: AllianceSpell
    start: int
    stop: int
    ended: bool
    threat: float | None
    """The mean fear its members have of the enemy it names; ``None`` if it names none, or none that exists."""
    first_threat: float | None
    """The same when the alliance was made."""
    defeated: bool
    """Whether that enemy has lost a war since the alliance was made."""
    similarity: float
    """The mean likeness of its members."""
    divisive: bool
    """Whether two of its members share an ideology that prescribes one leader."""


def spells(sample: Sample) -> list[AllianceSpell]:
    """Return the alliances made in play, session by session in the order they were made.

    A spell has the same members from its start to its stop. When a state joins a pact, the spell of the old members is cut off
    and one of the new members begins. When a state leaves or is expelled, the spell has ended, and one of the rest begins.
    """
    made: list[AllianceSpell] = []
    for session, chronicle in sample.chronicles.items():
        made += _spells_of_session(session, chronicle, sample.ends.get(session, 0))
    return made


def _spells_of_session(session: str, chronicle: Chronicle, last: int) -> list[AllianceSpell]:
    gone = [(i.tick, i.actors[0]) for i in chronicle.of("state_left")]
    made: list[AllianceSpell] = []
    places: dict[object, int] = {}
    """The place in ``made`` of the spell that is under way, by the alignment's number."""
    for incident in chronicle.of("alliance_formed", "alliance_joined", "alliance_ended", *DEPARTURES):
        tick, number, members = incident.tick, incident.detail.get("alignment"), incident.actors
        if tick > last or (tick == last and incident.kind != "alliance_ended"):
            continue
        under_way, against = number in places, incident.detail.get("against")
        if under_way:
            spell = made[places[number]]
            against = spell.against
            vanished = any((tick, member) in gone for member in spell.members)
            planned = incident.kind == "alliance_joined" or incident.detail.get("reason") in PLANNED or vanished
            stopped = replace(spell, stop=max(tick, spell.start + 1), ended=not planned)
        if incident.kind in DEPARTURES:
            members = members[1:]
            if not under_way or len(members) < 2:
                continue  # the end of an alliance of two is an incident of its own
        if under_way:
            made[places.pop(number)] = stopped
        if incident.kind != "alliance_ended":
            places[number] = len(made)
            made.append(AllianceSpell(session, members, against, tick, last, False))
    return [replace(spell, stop=max(spell.stop, spell.start + 1)) for spell in made]


def pieces(sample: Sample) -> list[list[Piece]]:
    """Return every spell cut at the openings of windows and at its enemy's defeats."""
    beaten = {session: chronicle.defeats for session, chronicle in sample.chronicles.items()}
    return [cut for spell in spells(sample) if (cut := _cut(sample, spell, beaten[spell.session]))]


def _cut(sample: Sample, spell: AllianceSpell, beaten: Sequence[tuple[int, str]]) -> list[Piece]:
    losses = [tick for tick, actor in beaten if actor == spell.against and spell.start < tick < spell.stop]
    trail = sample.trails.get((spell.session, spell.members[0]), [])
    openings = [case.frozen.opened for case in trail if spell.start < case.frozen.opened < spell.stop]
    ticks = sorted(dict.fromkeys([spell.start, *openings, *losses, spell.stop]))
    found_: list[Piece] = []
    for start, stop in pairwise(ticks):
        seen = _seen(sample, spell, start)
        if seen is None:
            continue
        threat, similarity, divisive = seen
        first = found_[0].first_threat if found_ else threat
        found_.append(
            Piece(
                spell, start - spell.start, stop - spell.start, spell.ended and stop == spell.stop, threat, first,
                any(tick <= start for tick in losses), similarity, divisive,
            )
        )  # fmt: skip
    return found_


def _seen(sample: Sample, spell: AllianceSpell, tick: int) -> tuple[float | None, float, bool] | None:
    """Return the members' fear of the named enemy, their likeness, and whether an ideology divides them."""
    fears: list[float] = []
    partners: list[Candidate] = []
    for member in spell.members:
        case = sample.point_at(spell.session, member, tick)
        if case is None:
            continue
        enemy = case.point.candidate(spell.against) if spell.against is not None else None
        if enemy is not None:
            fears.append(enemy.threat)
        partners += [k for other in spell.members if other != member and (k := case.point.candidate(other)) is not None]
    if not partners:
        return None
    likeness = fsum(k.similarity for k in partners) / len(partners)
    return fsum(fears) / len(fears) if fears else None, likeness, any(k.divisive for k in partners)


def hazard(
    sample: Sample, cut: Sequence[Sequence[Piece]], columns: Sequence[Callable[[Piece], float]], *, note: str = "",
    standardise: bool = False,
) -> Finding:  # fmt: skip
    """Return the log hazard ratio of ending of the first column; the finding counts spells."""
    rows = [piece for spell in cut for piece in spell]
    lives = f"{len(cut)} alliances, {sum(1 for piece in rows if piece.ended)} of them ended by someone"
    if note:
        lives = f"{lives}; {note}"
    values = [columns[0](piece) for piece in rows]
    fit = None
    if rows:
        fit = statistics.hazard_ratio(
            [piece.start for piece in rows],
            [piece.stop for piece in rows],
            [piece.ended for piece in rows],
            [values, *([column(piece) for piece in rows] for column in columns[1:])],
            _clusters(sample, rows),
            standardise=standardise,
        )
    finding = finding_from_fit(fit, len(cut), note=lives, spread=statistics.standard_deviation(values))
    return replace(finding, n=len(cut))


def _clusters(sample: Sample, rows: Sequence[Piece]) -> list[int]:
    """Number the clusters: sessions if there are many, pairs or circles of members in a session otherwise."""
    whole = len(sample.chronicles) >= SESSIONS_AS_CLUSTERS
    known: dict[object, int] = {}
    labels: list[object] = [
        piece.spell.session if whole else (piece.spell.session, tuple(sorted(piece.spell.members))) for piece in rows
    ]
    return [known.setdefault(label, len(known)) for label in labels]


def years(rows: Sequence[Piece]) -> float:
    """Return how many years the pieces last together."""
    return fsum(piece.stop - piece.start for piece in rows) / DAYS_PER_YEAR


def disputes_inside(sample: Sample, rows: Sequence[Piece]) -> int:
    """Count the moves of members against each other, by threat or force, during pieces of their alliances."""
    count = 0
    for piece in rows:
        spell = piece.spell
        attacks = sample.chronicles[spell.session].attacks
        for a in spell.members:
            for b in spell.members:
                ticks = attacks.get((a, b), ())
                count += sum(1 for tick in ticks if piece.start <= tick - spell.start < piece.stop)
    return count
