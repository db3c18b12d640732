"""The digest of a world: two worlds with the same digest are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any, Literal, NewType, get_args, get_origin, get_type_hints

import msgspec

from counterpoise.sim.numbers.decaying_sum import DecayingSum
from counterpoise.sim.numbers.rounding import quantised, rounded
from counterpoise.sim.world import Dyad, World

RECENT = 100
"""How many of the latest incidents the digest covers; their count and ``last_id`` stand for the earlier ones."""
DIGITS = 6
"""Decimal places of the numbers in a digest."""
_EXACT = (str, int, bool, type(None))
_ZERO_SUM: list[float] = [0, 0]
"""A sum that is zero: the tick of its last change does not matter."""
_ENCODER = msgspec.json.Encoder(order="deterministic")


def digest(world: World) -> str:
    """Return the SHA-256, in hex, of a world's content with its numbers rounded to six places.

    It depends on the world only: not on the interpreter, its hash seed, or the way to this world.
    """
    content = {
        "tick": world.tick,
        "end": world.end,
        "start": world.calendar.iso(0),
        "last_id": world.last_id,
        "actors": _rows(world.actors.values()),
        "dyads": dyad_rows(list(world.dyads.values())),
        "alignments": _rows(world.alignments.values()),
        "proposals": _rows(world.proposals.values()),
        "treaties": _rows(world.treaties.values()),
        "membership_votes": _rows(world.membership_votes.values()),
        "crises": _rows(world.crises.values()),
        "wars": _rows(world.wars.values()),
        "aid": _rows(world.aid.values()),
        "conditions": _rows(world.conditions.values()),
        "campaigns": _rows(world.campaigns.values()),
        "sanctions": _rows(world.sanctions.values()),
        "calls": _rows(world.calls.values()),
        "questions": _rows(world.questions.values()),
        "leaders": _plain(world.leaders),
        "scores": _plain(world.scores),
        "talk": row(world.talk),
        "seen_scores": _plain(world.seen_scores),
        "score_parts": _plain(world.score_parts),
        "seen_score_parts": _plain(world.seen_score_parts),
        "incidents": [len(world.incidents), _incidents(world)],
    }
    return hashlib.sha256(_ENCODER.encode(content)).hexdigest()


def _incidents(world: World) -> list[msgspec.Raw]:
    """Return the latest incidents, encoded; an incident does not change, so the world keeps them for the next digest."""
    kept = world.digested_incidents
    world.digested_incidents = {
        incident.id: kept.get(incident.id) or msgspec.Raw(_ENCODER.encode(row(incident)))
        for incident in world.incidents[-RECENT:]
    }
    return list(world.digested_incidents.values())


def dyad_rows(dyads: Sequence[Dyad]) -> list[list[Any]]:
    """Return what ``row`` returns for each dyad, in a fifth of the time: a world has hundreds of them."""
    kms = rounded([dyad.km for dyad in dyads], DIGITS)
    powers = rounded([dyad.seen_power for dyad in dyads], DIGITS)
    offenses = rounded([dyad.seen_offense for dyad in dyads], DIGITS)
    return [_dyad_row(*columns) for columns in zip(dyads, kms, powers, offenses, strict=True)]


def _dyad_row(dyad: Dyad, km: float, seen_power: float, seen_offense: float) -> list[Any]:
    return [
        dyad.observer,
        dyad.other,
        km,
        dyad.contiguity,
        dyad.rivalry,
        dyad.claim,
        _sum(dyad.hostility) if dyad.hostility.value else _ZERO_SUM,
        _sum(dyad.cooperation) if dyad.cooperation.value else _ZERO_SUM,
        _sum(dyad.hostile_statements) if dyad.hostile_statements.value else _ZERO_SUM,
        _sum(dyad.subversion) if dyad.subversion.value else _ZERO_SUM,
        _sum(dyad.broken_promises) if dyad.broken_promises.value else _ZERO_SUM,
        dyad.stated_intent,
        dyad.refused,
        quantised(dyad.misperception) + 0.0 if dyad.misperception else 0.0,
        quantised(dyad.misperception_felt) + 0.0 if dyad.misperception_felt else 0.0,
        _sum(dyad.suspicion) if dyad.suspicion.value else _ZERO_SUM,
        _sum(dyad.trust) if dyad.trust.value else _ZERO_SUM,
        quantised(dyad.power_bias) + 0.0 if dyad.power_bias else 0.0,
        quantised(dyad.power_factor) + 0.0,
        quantised(dyad.offense_bias) + 0.0 if dyad.offense_bias else 0.0,
        seen_power,
        seen_offense,
        quantised(dyad.aid_received) + 0.0 if dyad.aid_received else 0.0,
        quantised(dyad.penetration) + 0.0 if dyad.penetration else 0.0,
        quantised(dyad.penetration_known) + 0.0 if dyad.penetration_known else 0.0,
        dyad.penetration_limited,
        dyad.penetration_legitimate,
    ]


def _rounded(value: float) -> float:
    # Rounding can leave a negative zero. Adding zero makes it positive.
    return quantised(value) + 0.0


def _sum(decaying: DecayingSum) -> list[float]:
    return [quantised(decaying.value), decaying.tick] if decaying.value else _ZERO_SUM


def _rows(records: Iterable[Any]) -> list[Any]:
    return [row(record) for record in records]


def row(record: Any) -> list[Any]:
    """Return the fields of a record, in the order in which its class declares them."""
    # This is the hot path of a long game: a world holds some ten thousand fields, and most are written unchanged.
    kind: type = type(record)
    reader = _reader_of(kind)
    values = list(reader.values_of(record))
    for place in reader.floats:
        values[place] = _rounded(values[place]) if values[place] else 0.0
    for place in reader.sums:
        values[place] = _sum(values[place])
    for place in reader.others:
        values[place] = _plain(values[place])
    return values


@dataclass(frozen=True, slots=True)
class _RowReader:
    """How to read the fields of a class, and which fields must be converted."""

    values_of: Callable[[Any], tuple[Any, ...]]
    floats: tuple[int, ...]
    sums: tuple[int, ...]
    others: tuple[int, ...]


@cache
def _reader_of(kind: type) -> _RowReader:
    hints = get_type_hints(kind)
    declared = [hints[field.name] for field in fields(kind)]
    return _RowReader(
        values_of=attrgetter(*(field.name for field in fields(kind))),
        floats=tuple(place for place, hint in enumerate(declared) if hint is float),
        sums=tuple(place for place, hint in enumerate(declared) if hint is DecayingSum),
        others=tuple(
            place
            for place, hint in enumerate(declared)
            if hint not in (float, DecayingSum) and not _needs_no_conversion(hint)
        ),
    )


def _needs_no_conversion(hint: Any) -> bool:
    """Tell whether every value of a type is a string, an int, a bool, None or a tuple of these."""
    if isinstance(hint, NewType):
        return _needs_no_conversion(hint.__supertype__)
    if get_origin(hint) is Literal:
        return True
    parts = [part for part in get_args(hint) if part is not Ellipsis]
    return all(map(_needs_no_conversion, parts)) if parts else hint in _EXACT


def _plain(value: Any) -> Any:
    """Return a value as lists, maps and rounded numbers."""
    kind = type(value)
    if kind is float:
        return quantised(value) + 0.0
    if kind in _EXACT:
        return value
    if kind is dict:
        return {str(key): _plain(item) for key, item in value.items()}
    if kind is tuple or kind is list:
        return [_plain(item) for item in value]
    return row(value)
