"""What a debrief shows on a line of time: injects, wars, crises, alliances. Read from the journal, nothing is played again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from counterpoise.session.journal import canonical
from counterpoise.session.journal_inputs import said
from counterpoise.sim.calendar import Calendar
from counterpoise.sim.catalogue import INJECTS
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.world import Incident


@dataclass(frozen=True, slots=True)
class Told:
    """An inject that somebody gave as a command."""

    tick: int
    by: str
    """``moderator``, or ``fork`` for what a fork puts in."""
    inject: dict[str, Any]


def timeline(
    scenario: Scenario, incidents: Sequence[Incident], commanded: Iterable[Told], reached: int
) -> dict[str, Any]:
    """Return what happened by kind, each oldest first, with dates; what goes on still has no end.

    Args:
        scenario: of the session.
        incidents: everything that happened, oldest first.
        commanded: the injects that were given as commands.
        reached: the tick up to which the incidents go.
    """
    calendar = Calendar(scenario.start, scenario.window_months)
    return {
        "begins": calendar.iso(0),
        "ends": calendar.iso(reached),
        "injects": _injects(scenario, incidents, commanded, calendar),
        "wars": list(_wars(incidents, calendar)),
        "crises": list(_crises(incidents, calendar)),
        "alliances": list(_alliances(incidents, calendar)),
    }


def _injects(
    scenario: Scenario, incidents: Sequence[Incident], commanded: Iterable[Told], calendar: Calendar
) -> list[dict[str, Any]]:
    prepared = {canonical(spec.plain()): spec.optional for spec in scenario.injects if spec.optional}
    names = {str(actor.id): actor.name for actor in scenario.actors}
    found: list[tuple[int, str, dict[str, Any]]] = [(told.tick, told.by, told.inject) for told in commanded]
    found += [(one.tick, "scenario", one.detail["inject"]) for one in incidents if one.kind == "scenario_inject"]
    return [
        {
            "date": calendar.iso(tick),
            "kind": inject["kind"],
            "by": by,
            "title": prepared.get(canonical(inject)) or _title(inject, names, calendar),
            "actors": _codes(inject, names),
        }
        for tick, by, inject in sorted(found, key=lambda one: one[0])
    ]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def _codes(inject: dict[str, Any], names: dict[str, str]) -> list[str]:
    """Return the states that an inject names, each once, in its own order."""
    fields = {name: value for name, value in inject.items() if name not in ("kind", "text")}
    return list(dict.fromkeys(text for text in _strings(fields) if text in names))


def _title(inject: dict[str, Any], names: dict[str, str], calendar: Calendar) -> str:
    """Return what an inject announces, or its kind with all its fields: who is meant as what must not be left to guess."""
    if inject.get("text"):
        return str(inject["text"])
    kind = INJECTS[inject["kind"]]
    values = dict(said(inject, calendar))
    # In the order in which the form asks for them; a journal has them by the alphabet.
    parts = [
        f"{name.replace('_', ' ')} {', '.join(names.get(one, one) for one in values[name].split(','))}"
        for name in (field.name for field in fields(kind) if field.name in values)  # type: ignore[arg-type]  # every inject is a dataclass
    ]
    return f"{kind.title}: {'; '.join(parts)}" if parts else kind.title


def _wars(incidents: Sequence[Incident], calendar: Calendar) -> Iterator[dict[str, Any]]:
    wars: dict[int, dict[str, Any]] = {}
    for incident in incidents:
        detail = incident.detail
        if incident.kind == "war_began":
            attacker, defender = incident.actors[:2]
            wars[detail["war"]] = {
                "attackers": [attacker],
                "defenders": [defender],
                "aim": detail["aim"],
                "begins": calendar.iso(incident.tick),
                "ends": None,
                "outcome": None,
                "winners": [],
            }
        elif incident.kind in ("war_joined", "war_ended") and (war := wars.get(detail["war"])) is not None:
            if incident.kind == "war_joined":
                side = war["attackers" if detail["side"] in war["attackers"] else "defenders"]
                if incident.actors[0] not in side:
                    side.append(incident.actors[0])
            else:
                war |= {
                    "ends": calendar.iso(incident.tick),
                    "outcome": detail["outcome"],
                    "winners": list(detail["winners"]),
                }
    yield from wars.values()


def _crises(incidents: Sequence[Incident], calendar: Calendar) -> Iterator[dict[str, Any]]:
    crises: dict[int, dict[str, Any]] = {}
    for incident in incidents:
        detail = incident.detail
        if incident.kind == "crisis_opened":
            crises[detail["crisis"]] = {
                "initiator": incident.actors[0],
                "target": incident.actors[1],
                "aim": detail["aim"],
                "level": detail["level"],
                "begins": calendar.iso(incident.tick),
                "ends": None,
                "outcome": None,
            }
        elif incident.kind in ("crisis_stage", "crisis_ended") and (crisis := crises.get(detail["crisis"])) is not None:
            crisis["level"] = max(crisis["level"], detail["level"])
            if incident.kind == "crisis_ended":
                crisis |= {"ends": calendar.iso(incident.tick), "outcome": detail["outcome"]}
    yield from crises.values()


def _alliances(incidents: Sequence[Incident], calendar: Calendar) -> Iterator[dict[str, Any]]:
    """Yield the alignments that were made or ended in the session; those it began with and that still stand are not told."""
    alliances: dict[int, dict[str, Any]] = {}
    for incident in incidents:
        detail = incident.detail
        if incident.kind not in ("alliance_formed", "alliance_ended"):
            continue
        alliance = alliances.setdefault(
            detail["alignment"],
            {
                "members": list(incident.actors),
                "commitment": detail["commitment"],
                "name": detail["name"],
                "against": detail.get("against"),
                "secret": bool(detail.get("secret")),
                "begins": None,
                "ends": None,
            },
        )
        alliance["begins" if incident.kind == "alliance_formed" else "ends"] = calendar.iso(incident.tick)
    yield from sorted(alliances.values(), key=lambda one: one["begins"] or one["ends"])
