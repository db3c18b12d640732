"""The timeline of a debrief: injects, wars, crises and alliances, read from the journal without playing it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from msgspec import structs

from counterpoise.document_schema import StateCode
from counterpoise.session.debrief.debrief_document import (
    InjectSource,
    Timeline,
    TimelineAlliance,
    TimelineCrisis,
    TimelineInject,
    TimelineMembership,
    TimelineState,
    TimelineWar,
)
from counterpoise.session.journal.entries import canonical
from counterpoise.session.journal.free_text import strings_in
from counterpoise.session.journal.inputs import field_texts
from counterpoise.sim.catalogue import INJECTS
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.opening import exists_at, is_in_force
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.world import Incident

DEPARTURES = ("alliance_left", "alliance_repudiated", "alliance_expelled")
"""Incidents in which the first actor leaves an alignment."""


@dataclass(frozen=True, slots=True)
class ReportedInject:
    """An inject that was given as a command."""

    tick: int
    by: InjectSource
    """Who gave it."""
    inject: dict[str, Any]
    """Its kind and its fields."""


def timeline(
    scenario: Scenario, incidents: Sequence[Incident], commanded: Iterable[ReportedInject], end_tick: int
) -> Timeline:
    """Return what happened in a session, by kind, each list oldest first.

    Args:
        scenario: of the session.
        incidents: everything that happened, oldest first.
        commanded: the injects that were given as commands.
        end_tick: the tick up to which the incidents go.
    """
    calendar = Calendar(scenario.start, scenario.window_months)
    changed = _alliances(incidents, calendar)
    return Timeline(
        begins=calendar.iso(0),
        ends=calendar.iso(end_tick),
        injects=_injects(scenario, incidents, commanded, calendar),
        wars=_wars(incidents, calendar),
        crises=_crises(incidents, calendar),
        alliances=changed,
        unchanged=_unchanged(scenario, changed),
        states=_states(scenario, incidents, calendar),
    )


def _injects(
    scenario: Scenario, incidents: Sequence[Incident], commanded: Iterable[ReportedInject], calendar: Calendar
) -> list[TimelineInject]:
    prepared = {canonical(spec.plain()): spec.optional for spec in scenario.injects if spec.optional}
    names = {str(actor.id): actor.name for actor in scenario.actors}
    given = [*commanded]
    given += [
        ReportedInject(incident.tick, "scenario", incident.detail["inject"])
        for incident in incidents
        if incident.kind == "scenario_inject"
    ]
    return [
        TimelineInject(
            date=calendar.iso(one.tick),
            kind=one.inject["kind"],
            by=one.by,
            title=prepared.get(canonical(one.inject)) or _title(one.inject, names, calendar),
            actors=_states_named(one.inject, names),
        )
        for one in sorted(given, key=lambda one: one.tick)
    ]


def _states_named(inject: dict[str, Any], names: dict[str, str]) -> list[StateCode]:
    """Return the states that an inject names, each once, in the inject's order."""
    fields = {name: value for name, value in inject.items() if name not in ("kind", "text")}
    return list(dict.fromkeys(text for text in strings_in(fields) if text in names))


def _title(inject: dict[str, Any], names: dict[str, str], calendar: Calendar) -> str:
    """Return the text that an inject announces, or else its kind with all its fields, so that each state's part is clear."""
    if inject.get("text"):
        return str(inject["text"])
    kind = INJECTS[inject["kind"]]
    values = dict(field_texts(inject, calendar))
    # A journal has the fields in alphabetical order; the title has them in the order of the form.
    parts = [
        f"{name.replace('_', ' ')} {_with_names(inject[name], values[name], names)}"
        for name in (field.name for field in fields(kind) if field.name in values)  # type: ignore[arg-type]  # every inject is a dataclass
    ]
    return f"{kind.title}: {'; '.join(parts)}" if parts else kind.title


def _with_names(value: object, text: str, names: dict[str, str]) -> str:
    """Return the text of a field with the names of states; a comma that an author wrote in a sentence separates nothing."""
    items = [text] if isinstance(value, str) else text.split(",")
    return ", ".join(names.get(item, item) for item in items)


def _wars(incidents: Sequence[Incident], calendar: Calendar) -> list[TimelineWar]:
    wars: dict[int, TimelineWar] = {}
    for incident in incidents:
        detail = incident.detail
        if incident.kind == "war_began":
            attacker, defender = incident.actors[:2]
            wars[detail["war"]] = TimelineWar(
                attackers=[attacker],
                defenders=[defender],
                aim=detail["aim"],
                begins=calendar.iso(incident.tick),
                ends=None,
                outcome=None,
                winners=[],
            )
        elif incident.kind in ("war_joined", "war_ended") and (war := wars.get(detail["war"])) is not None:
            if incident.kind == "war_joined":
                side = war.attackers if detail["side"] in war.attackers else war.defenders
                if incident.actors[0] not in side:
                    side.append(incident.actors[0])
            else:
                wars[detail["war"]] = structs.replace(
                    war, ends=calendar.iso(incident.tick), outcome=detail["outcome"], winners=list(detail["winners"])
                )
    return list(wars.values())


def _crises(incidents: Sequence[Incident], calendar: Calendar) -> list[TimelineCrisis]:
    crises: dict[int, TimelineCrisis] = {}
    for incident in incidents:
        detail = incident.detail
        if incident.kind == "crisis_opened":
            crises[detail["crisis"]] = TimelineCrisis(
                initiator=incident.actors[0],
                target=incident.actors[1],
                aim=detail["aim"],
                level=detail["level"],
                begins=calendar.iso(incident.tick),
                ends=None,
                outcome=None,
            )
        elif incident.kind in ("crisis_stage", "crisis_ended") and (crisis := crises.get(detail["crisis"])) is not None:
            crisis = structs.replace(crisis, level=max(crisis.level, detail["level"]))
            if incident.kind == "crisis_ended":
                crisis = structs.replace(crisis, ends=calendar.iso(incident.tick), outcome=detail["outcome"])
            crises[detail["crisis"]] = crisis
    return list(crises.values())


def _alliances(incidents: Sequence[Incident], calendar: Calendar) -> list[TimelineAlliance]:
    """Return the alignments that were made, joined, left or ended in the session."""
    alliances: dict[int, TimelineAlliance] = {}
    for incident in incidents:
        departs = incident.kind in DEPARTURES and len(incident.actors) > 2  # a pact of two ends if a member leaves
        if not departs and incident.kind not in ("alliance_formed", "alliance_ended", "alliance_joined"):
            continue
        detail = incident.detail
        alliance = alliances.get(detail["alignment"]) or TimelineAlliance(
            members=list(incident.actors[1:] if incident.kind == "alliance_joined" else incident.actors),
            commitment=detail["commitment"],
            name=detail["name"],
            against=detail.get("against"),
            secret=bool(detail.get("secret")),
            begins=None,
            ends=None,
            joined=[],
            left=[],
        )
        alliances[detail["alignment"]] = alliance
        date = calendar.iso(incident.tick)
        if departs:
            alliance.left.append(TimelineMembership(state=incident.actors[0], on=date))
        elif incident.kind == "alliance_joined":
            alliance.joined.append(TimelineMembership(state=incident.actors[0], on=date))
        elif incident.kind == "alliance_formed":
            alliances[detail["alignment"]] = structs.replace(alliance, begins=date)
        else:
            alliances[detail["alignment"]] = structs.replace(alliance, ends=date)
    return sorted(alliances.values(), key=_first_day)


def _unchanged(scenario: Scenario, changed: Iterable[TimelineAlliance]) -> list[TimelineAlliance]:
    """Return the alignments of the opening that are not among those that changed, oldest first."""

    def key_of(members: Iterable[str], commitment: str, name: str) -> tuple[tuple[str, ...], str, str]:
        return tuple(sorted(members)), commitment, name

    known = Counter(key_of(one.members, one.commitment, one.name) for one in changed if one.begins is None)
    present = [actor.id for actor in scenario.actors if exists_at(actor, 0)]
    found: list[TimelineAlliance] = []
    for spec in sorted((one for one in scenario.alignments if is_in_force(one, 0)), key=lambda one: one.start):
        members: list[StateCode] = [member for member in spec.members if member in present]
        key = key_of(members, spec.commitment, spec.name)
        if known[key] > 0:
            known[key] -= 1
        elif len(members) > 1:
            found.append(
                TimelineAlliance(members, spec.commitment, spec.name, spec.against, spec.secret, None, None, [], [])
            )
    return found


def _states(scenario: Scenario, incidents: Iterable[Incident], calendar: Calendar) -> list[TimelineState]:
    """Return the states that entered or left, in the scenario's order."""
    days: dict[tuple[str, str], str] = {}
    for incident in incidents:
        if incident.kind in ("state_entered", "state_left"):
            days[incident.kind, incident.actors[0]] = calendar.iso(incident.tick)
    moved = [
        TimelineState(actor.id, days.get(("state_entered", actor.id)), days.get(("state_left", actor.id)))
        for actor in scenario.actors
    ]
    late = [actor.id for actor in scenario.actors if not exists_at(actor, 0)]
    return [one for one in moved if one.enters or one.leaves or one.state in late]


def _first_day(alliance: TimelineAlliance) -> str:
    """Return the first day on which anything changed in an alignment."""
    changes = [change.on for change in (*alliance.joined, *alliance.left)]
    return alliance.begins or min([*changes, *([alliance.ends] if alliance.ends else [])])
