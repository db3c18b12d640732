"""The tables of what happened and of the states between which it happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

import msgspec

from counterpoise.session.export.columns import (
    ACTOR,
    TICK,
    WINDOW,
    Column,
    ExportTable,
    Row,
    day,
    flag,
    identifier,
    number,
    share,
    whole,
    words,
)
from counterpoise.session.journal.free_text import FreeTexts
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import Commitment, Issue, Posture
from counterpoise.sim.world import Incident, World

DATE = day("date", "first day of the window, or day of what the row tells of")
ALIGNMENT = identifier("alignment", "number of the alignment")
COMMITMENT = Column("commitment", "what it promises", levels=" ".join(get_args(Commitment)))
AGAINST = Column("against", "code of the state that it names as its threat", missing="no threat is named")


def windows_of(ticks: Sequence[int], opened: Mapping[int, int]) -> Iterator[int | None]:
    """Yield the window of each tick.

    Args:
        ticks: in order.
        opened: the tick on which each window opened, by window.
    """
    starts = sorted((tick, window) for window, tick in opened.items())
    place = -1
    for tick in ticks:
        while place + 1 < len(starts) and starts[place + 1][0] <= tick:
            place += 1
        yield starts[place][1] if place >= 0 else None


def incidents_table(
    incidents: Sequence[Incident], calendar: Calendar, texts: FreeTexts, opened: Mapping[int, int]
) -> ExportTable:
    """Return the table of incidents; ``opened`` is the tick on which each window opened."""
    columns = (
        identifier("incident", "number of the incident"),
        TICK,
        DATE,
        whole(WINDOW.name, WINDOW.meaning, missing="no decision window had opened"),
        Column("incident_kind", "what happened"),
        words("actors", "the states concerned"),
        words("audience", "who could see it; empty for everyone"),
        Column("detail", "the particulars, among them numbers of things such as proposal, crisis, war and alignment", "json"),
    )  # fmt: skip

    def rows() -> Iterator[Row]:
        windows = windows_of([incident.tick for incident in incidents], opened)
        for incident, window in zip(incidents, windows, strict=True):
            detail = msgspec.json.encode(texts.filled(incident.detail), order="deterministic").decode()
            audience = "" if incident.audience is None else " ".join(incident.audience)
            yield (
                incident.id, incident.tick, calendar.iso(incident.tick), window, incident.kind, " ".join(incident.actors),
                audience, detail,
            )  # fmt: skip

    return ExportTable("incidents", "one row per incident, private ones too", columns, rows)


def alignments_table(world: World, texts: FreeTexts) -> ExportTable:
    """Return the table of alignments, those of the opening too."""
    columns = (
        ALIGNMENT,
        words("members", "the states it binds, or bound when it ended"),
        words("joined", "the states that joined later, each with its date: IRN=1955-11-03"),
        COMMITMENT,
        day("since", "date it came into force, or began"),
        day("until", "date it ended", missing="it had not ended when the journal did"),
        AGAINST,
        flag("secret", "whether it was kept secret"),
        Column("lead", "code of the guarantor or supplier of a one-sided promise", missing="the promise is mutual"),
        Column("alignment_name", "its name", missing="it has no name"),
    )

    def rows() -> Iterator[Row]:
        iso = world.calendar.iso
        for a in world.alignments.values():
            until = iso(a.until) if a.ended and a.until is not None else None
            joined = " ".join(f"{who}={iso(tick)}" for who, tick in a.joined.items())
            yield (
                a.id, " ".join(a.members), joined, a.commitment, iso(a.since), until, a.against, a.secret, a.lead,
                texts.text(a.name) or None,
            )  # fmt: skip

    return ExportTable("alignments", "one row per alignment", columns, rows)


def scores_table(scores: Mapping[str, float], scenario: Scenario) -> ExportTable:
    """Return the table of scores at the end of the journal."""
    columns = (
        ACTOR,
        Column("actor_name", "name of the state"),
        number("score", "its score at the end of the journal, higher is better", "points"),
    )
    names = {str(actor.id): actor.name for actor in scenario.actors}
    return ExportTable(
        "scores",
        "one row per state, at the end of the journal",
        columns,
        lambda: ((actor, names[actor], score) for actor, score in scores.items()),
    )


def actors_table(world: World, scenario: Scenario) -> ExportTable:
    """Return the table of states: what the scenario says of each, and how the journal leaves it."""
    columns = (
        ACTOR,
        Column("actor_name", "name of the state"),
        Column("actor_role", "whether the state belongs to the region", levels="regional outside"),
        number("latitude", "of its capital", "degrees north"),
        number("longitude", "of its capital", "degrees east"),
        share("revisionism", "how much it wants to change the status quo"),
        number("technology", "quality of its forces; 1 is the scenario's average", "factor"),
        flag("at_end_active", "whether it exists when the journal ends"),
        Column("at_end_family", "family of its regime then"),
        Column("at_end_posture", "posture of its forces then", levels=" ".join(get_args(Posture))),
        share("at_end_power", "its share of all capabilities then"),
        share("at_end_offense", "its offensive capability then"),
        share("at_end_offensive_share", "share of its forces fit to strike then"),
        share("at_end_legitimacy", "legitimacy of its regime then"),
        share("at_end_openness", "openness of its society then"),
        number("at_end_treasury", "money for moves then", "per cent of a year's budget"),
        whole("honoured", "promises to allies that it kept"),
        whole("reneged", "promises to allies that it broke"),
    )

    def rows() -> Iterator[Row]:
        for spec in scenario.actors:
            a = world.actors[spec.id]
            yield (
                a.id, a.name, a.role, a.latitude, a.longitude, a.revisionism, a.technology, a.active, a.family, a.posture,
                a.power, a.offense, a.offensive_share, a.legitimacy, a.openness, a.treasury, a.honoured, a.reneged,
            )  # fmt: skip

    return ExportTable("actors", "one row per state", columns, rows)


def dyads_table(world: World) -> ExportTable:
    """Return the table of ordered pairs of states, as the journal leaves them."""
    columns = (
        ACTOR,
        Column("other", "code of the other state"),
        number("km", "distance between the two states", "km"),
        whole("contiguity", "0 none, 1 by land, 2 to 5 by water, nearest first"),
        flag("at_end_rivalry", "whether the two are strategic rivals when the journal ends"),
        Column("at_end_claim", "what the other claims of the actor then", levels=" ".join(get_args(Issue)), missing="no claim"),
        Column("at_end_stated_intent", "the intent that the other last stated", levels="friendly neutral hostile"),
        number("at_end_hostility", "disputes that the other started, each level / 5, half-life five years", "sum"),
        number("at_end_cooperation", "cooperation of the other, with decay", "sum"),
        number("at_end_broken_promises", "promises that the other broke, with decay", "sum"),
        number("aid_received", "aid from the other since the start", "yearly budgets"),
        share("at_end_penetration", "the other's access to the actor's politics"),
    )  # fmt: skip

    def rows() -> Iterator[Row]:
        tick = world.tick
        for d in world.dyads.values():
            sums = (d.hostility.at(tick), d.cooperation.at(tick), d.broken_promises.at(tick))
            yield (
                d.observer, d.other, d.km, d.contiguity, d.rivalry, d.claim, d.stated_intent,
                *(round(value, 6) for value in sums), round(d.aid_received, 6), d.penetration,
            )  # fmt: skip

    return ExportTable("dyads", "one row per ordered pair of states: what lies between them at the end", columns, rows)
