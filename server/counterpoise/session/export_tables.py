"""A session as tidy tables with a meaning for every column. This module makes rows; ``cli.export`` writes files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.free_text import FreeTexts
from counterpoise.session.journal.inputs import inputs_of, taken_back
from counterpoise.session.journal.journal_contents import JournalContents
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.world import Incident, World
from counterpoise.theory.decisions.decision_point import Candidate
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.forecasts import HYPOTHESES

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A table: its name, its columns with their meanings, and its rows in the order of the journal."""

    name: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: Callable[[], Iterator[Row]]


_KEY = (
    ("session", "name of the session"),
    ("window", "number of the decision window, from 0"),
    ("date", "date the window opened"),
    ("actor", "code of the deciding state"),
)


def people_table(people: Sequence[tuple[str, str, str]]) -> ExportTable:
    """Return the table of the people who gave a name; each row has the name or pseudonym, the role and the seat."""
    columns = (
        ("person", "pseudonym of the person, or with --identified the name"),
        ("role", "what the person was: player, moderator or observer"),
        ("seat", "the seat that a player had, empty for other roles"),
    )
    return ExportTable("people", "one row per person and seat", columns, lambda: iter(people))


def export_tables(contents: JournalContents, entries: Iterable[Entry], world: World | None) -> tuple[ExportTable, ...]:
    """Return every table of a session but that of its people, who are not in its journal.

    Args:
        contents: the session's decisions.
        entries: its journal.
        world: its world as the journal leaves it; ``None`` where this release cannot replay the journal. Alignments and the
            scores of a session that has not ended are known from the world only, and incidents then end with the last
            window.
    """
    entries = list(entries)
    texts = FreeTexts.from_entries(entries)
    scenario = contents.scenario
    calendar = Calendar(scenario.start, scenario.window_months)
    incidents = contents.incidents if world is None else world.incidents
    return (
        _decisions(contents),
        _candidates(contents),
        _forecasts(contents),
        _incidents(incidents, calendar, texts),
        *([] if world is None else [_alignments(world, texts)]),
        _orders(entries, calendar),
        _scores(contents, scenario, world),
    )


def _key(record: DecisionRecord) -> Row:
    return (record.session, record.point.window, record.point.date, record.point.actor)


def _made(contents: JournalContents) -> Iterator[DecisionRecord]:
    return (record for record in contents.records if record.outcome is not None)


def _decisions(contents: JournalContents) -> ExportTable:
    columns = (
        *_KEY,
        ("player", "who held the seat when the window opened: a bot's name, or human"),
        ("role", "regional or outside"),
        ("threatened", "whether the top threat reaches the threat floor"),
        ("top_threat", "the state the actor had most to fear from, on public signals"),
        ("threat", "threat index of the top threat, 0 to 1"),
        ("threat_power", "its power relative to the strongest state, 0 to 1"),
        ("threat_proximity", "its proximity, 0 to 1"),
        ("threat_offense", "its offensive capability as seen, 0 to 1"),
        ("threat_intentions", "its perceived aggressive intentions, 0 to 1"),
        ("weight", "the actor's power over its own plus the top threat's"),
        ("power", "the actor's share of all capabilities"),
        ("legitimacy", "the regime's legitimacy, 0 to 1"),
        ("openness", "openness of the society, 0 to 1"),
        ("war", "whether the actor or its top threat was at war"),
        ("win_chance", "public chance that the top threat's side wins its war"),
        ("kind", "formation, renewal, defection, realignment or abstention"),
        ("class", "BAL, BW, HIDE, NEU or OTHER"),
        ("choice", "the option chosen, empty if it was not on the list"),
        ("partners", "every new partner, earliest first, separated by spaces"),
        ("mixed", "whether one feared state was joined against another"),
        ("conceded", "whether the actor conceded something to the top threat"),
    )

    def rows() -> Iterator[Row]:
        for record in _made(contents):
            point, outcome, source = record.point, record.outcome, record.point.source
            assert outcome is not None
            yield (
                *_key(record), record.player, point.role, point.threatened, point.top_threat, point.threat, point.relative_power,
                source.proximity, source.offense, source.intentions, point.weight, point.power, point.legitimacy,
                point.openness, point.war, point.win_chance, outcome.kind, outcome.alignment_class, outcome.choice,
                " ".join(outcome.partners), outcome.mixed, outcome.conceded,
            )  # fmt: skip

    return ExportTable("decisions", "one row per decision: state and window", columns, rows)


_CANDIDATE_MEANINGS = {
    "id": "the other state",
    "power": "its share of all capabilities as the actor saw it",
    "relative_power": "its power relative to the strongest state, 0 to 1",
    "km": "distance between the capitals in km",
    "proximity": "0 to 1",
    "reach": "the share of its force that is left on the ground of the actor, 0 to 1",
    "offense": "offensive capability as the actor saw it, 0 to 1",
    "intentions": "perceived aggressive intentions, 0 to 1",
    "threat": "what the actor has to fear from it, 0 to 1",
    "threatened": "what it has to fear from the actor's top threat, 0 to 1",
    "shared": "the strongest fear the two have in common, 0 to 1",
    "will": "estimated chance that it accepts and honours, 0 to 1",
    "similarity": "likeness of the regimes, 0 to 1",
    "divisive": "whether both follow a movement with one leader",
    "aid": "its yearly aid as a share of the actor's budget",
    "monopoly": "its share of the actor's supply of that aid",
    "asymmetry": "how much more the actor depends on that aid than the donor feels it",
    "motivation": "its fear of the top threat less the actor's own",
    "constraint": "domestic constraint on it, 0 to 1",
    "penetration": "its access to the actor's politics, 0 to 1",
    "limited": "whether the aims of that access are limited",
    "legitimate": "whether its means look legitimate",
    "prior": "whether the two were aligned already",
    "rivals_shared": "rivals the two have in common",
    "rivals_of_allies": "how often one's ally is the other's rival",
}


def _candidates(contents: JournalContents) -> ExportTable:
    names = Candidate.__struct_encode_fields__
    columns = (
        *_KEY,
        *((name, _CANDIDATE_MEANINGS[name]) for name in names),
        ("feasible", "whether it could be a partner"),
    )

    def rows() -> Iterator[Row]:
        for record in _made(contents):
            point = record.point
            feasible = [candidate.id for candidate in point.candidates]
            others = {other.id: other for other in (point.source, *point.candidates, *point.barred)}
            for other in others.values():
                yield (*_key(record), *msgspec.structs.astuple(other), other.id in feasible)

    return ExportTable("candidates", "one row per decision and other state, frozen before the decision", columns, rows)


def _forecasts(contents: JournalContents) -> ExportTable:
    names = list(HYPOTHESES)
    columns = (
        *_KEY,
        ("option", "label of the option: its class, and the partner if it has one"),
        ("chosen", "whether this option was chosen"),
        *((name, f"probability by {name}, written before the window opened") for name in names),
    )

    def rows() -> Iterator[Row]:
        for record in _made(contents):
            assert record.outcome is not None
            shares = [record.forecasts[name] for name in names]
            for place, option in enumerate(record.point.options):
                yield (*_key(record), option, option == record.outcome.choice, *(given[place] for given in shares))

    return ExportTable("forecasts", "one row per decision and option", columns, rows)


def _incidents(incidents: Sequence[Incident], calendar: Calendar, texts: FreeTexts) -> ExportTable:
    columns = (
        ("id", "number of the incident"),
        ("tick", "day of the session, from 0"),
        ("date", "its date"),
        ("kind", "what happened"),
        ("actors", "the states concerned, separated by spaces"),
        ("audience", "who could see it; empty for everyone"),
        ("detail", "the particulars as JSON"),
    )

    def rows() -> Iterator[Row]:
        for incident in incidents:
            detail = msgspec.json.encode(texts.filled(incident.detail), order="deterministic").decode()
            audience = "" if incident.audience is None else " ".join(incident.audience)
            yield (
                incident.id, incident.tick, calendar.iso(incident.tick), incident.kind, " ".join(incident.actors),
                audience, detail,
            )  # fmt: skip

    return ExportTable("incidents", "one row per incident, private ones too", columns, rows)


def _alignments(world: World, texts: FreeTexts) -> ExportTable:
    columns = (
        ("id", "number of the alignment"),
        ("members", "the states it binds, or bound when it ended, separated by spaces"),
        ("joined", "the states that joined later, each with its date, separated by spaces: IRN=1955-11-03"),
        ("commitment", "what it promises"),
        ("since", "date it came into force"),
        ("until", "date it ended, empty if it is in force"),
        ("against", "the threat it names, if any"),
        ("secret", "whether it was kept secret"),
        ("lead", "the guarantor or supplier of a one-sided promise"),
        ("name", "its name, if it has one"),
    )

    def rows() -> Iterator[Row]:
        iso = world.calendar.iso
        for a in world.alignments.values():
            until = iso(a.until) if a.ended and a.until is not None else ""
            joined = " ".join(f"{who}={iso(tick)}" for who, tick in a.joined.items())
            yield (
                a.id, " ".join(a.members), joined, a.commitment, iso(a.since), until, a.against or "", a.secret,
                a.lead or "", texts.text(a.name),
            )  # fmt: skip

    return ExportTable("alignments", "one row per alignment", columns, rows)


def _orders(entries: list[Entry], calendar: Calendar) -> ExportTable:
    columns = (
        ("sequence", "number of the journal entry"),
        ("tick", "day of the session the order was given on; it acts when the clock moves, unless it is taken back"),
        ("date", "its date"),
        ("from", "the seat, or who commanded"),
        ("kind", "kind of the move or command"),
        ("fields", "its fields as JSON"),
        ("id", "id that the sender gave it"),
        ("replaces", "id of the order that it replaced, empty for none"),
        ("taken_back", "number of the entry that replaced or withdrew it, empty if it stood"),
    )

    def rows() -> Iterator[Row]:
        given = list(inputs_of(entries))
        gone = taken_back(given)
        for one in given:
            content = one.content
            act = dict(content["move"] if one.kind == "order" else content["command"])
            kind = act.pop("kind")
            fields = msgspec.json.encode(act, order="deterministic").decode()
            yield (
                one.sequence, one.tick, calendar.iso(one.tick), one.seat or content["who"], kind, fields,
                content["id"], content.get("replaces", ""), gone.get(content["id"], ""),
            )  # fmt: skip

    return ExportTable("orders", "one row per order and moderator's command, as journalled", columns, rows)


def _scores(contents: JournalContents, scenario: Scenario, world: World | None) -> ExportTable:
    columns = (("actor", "code of the state"), ("name", "its name"), ("score", "its score, higher is better"))
    names = {str(actor.id): actor.name for actor in scenario.actors}

    def rows() -> Iterator[Row]:
        reached = {} if world is None else {str(actor): round(score, 6) for actor, score in world.scores.items()}
        for actor, score in (contents.scores or reached).items():
            yield (actor, names[actor], score)

    return ExportTable("scores", "one row per state, at the end of the journal", columns, rows)
