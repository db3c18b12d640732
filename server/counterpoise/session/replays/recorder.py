"""Films a session while its journal is replayed: each viewer gets a moment wherever it got news then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from msgspec import structs

from counterpoise.session.replays.document import TRUTH, Chunk, LaneMark, Mark, Moment, Overview, Span
from counterpoise.session.replays.lanes import lane_mark
from counterpoise.session.replays.scene import (
    EMPTY,
    Scene,
    cells_between,
    changes_between,
    scene_of_seat,
    scene_of_truth,
)
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import can_see, incident_fields
from counterpoise.sim.world import Incident

CHUNK_WINDOWS = 4
"""Windows in a chunk: with windows of a quarter, a year."""
PERSONAL = (
    "note", "reason", "assessment", "belief", "prediction", "question_asked", "question_answered", "question_skipped",
    "question_lapsed", "bookmark",
)  # fmt: skip
"""Incidents that people told the debrief or the moderator alone. A replay, which everybody may open after the end, has none."""


@dataclass
class _Film:
    """The film of one viewer so far."""

    viewer: str
    heard: int = 0
    """How many incidents there were at its last moment."""
    seen: Scene = EMPTY
    ticks: list[int] = field(default_factory=list)
    openings: list[int] = field(default_factory=list)
    chunks: list[int] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    """Those of the chunk that is being made."""
    spans: dict[str, Span] = field(default_factory=dict)


class ReplayRecorder:
    """Makes the moments of all viewers. Call ``after_entry`` after each entry of a replay, and ``finish`` at its end.

    Args:
        viewers: who is filmed: ``TRUTH`` and seats.
        on_chunk: called with each chunk that is whole, and with its viewer's overview up to there.
    """

    def __init__(self, viewers: tuple[str, ...], on_chunk: Callable[[Chunk, Overview], None]) -> None:
        self._films = [_Film(viewer) for viewer in viewers]
        self._on_chunk = on_chunk
        self._place: tuple[int, int] = (-1, -1)
        self._lanes: list[LaneMark] = []
        self._marks: list[Mark] = []
        self._decisions = 0

    def after_entry(self, session: Session) -> None:
        """Film the session if its clock or its news have moved since the last entry."""
        incidents = session.simulation.world.incidents
        place = (session.now, len(incidents))
        if place == self._place:
            return
        calendar = session.simulation.world.calendar
        opens = session.now != self._place[0] and (calendar.opens_window(session.now) or session.now >= session.end)
        fresh = incidents[max(0, self._place[1]) :]
        self._place = place
        for film in self._films:
            if opens or any(_is_news(film.viewer, one) for one in fresh):
                self._film(film, session, opens=opens)
        self._note_marks(session, fresh)
        made = session.ledger.made_since(self._decisions)
        self._decisions += len(made)
        self._lanes += [lane_mark(packed) for packed in made]

    def finish(self) -> None:
        """Hand out the last chunks."""
        for film in self._films:
            self._close_chunk(film)

    def _film(self, film: _Film, session: Session, *, opens: bool) -> None:
        world, calendar = session.simulation.world, session.simulation.world.calendar
        scene = scene_of_truth(session) if film.viewer == TRUTH else scene_of_seat(session, ActorId(film.viewer))
        whole = not film.chunks or (opens and session.window % CHUNK_WINDOWS == 0)
        if whole:
            self._close_chunk(film)
            film.chunks.append(len(film.ticks))
        if opens:
            film.openings.append(len(film.ticks))
        before = EMPTY if whole else film.seen
        fresh = world.incidents[film.heard :]
        news = [incident_fields(world, one) for one in fresh if _is_news(film.viewer, one)]
        moment = Moment(
            tick=session.now,
            date=calendar.iso(session.now),
            window=session.window,
            opens=opens,
            whole=whole,
            things=changes_between(before, scene),
            perceived=cells_between(before.perceived, scene.perceived),
            true=cells_between(before.true, scene.true),
            news=[session.texts.filled_incident(one) for one in news],
        )
        _note_spans(film, scene, len(film.ticks))
        film.moments.append(moment)
        film.ticks.append(session.now)
        film.seen, film.heard = scene, len(world.incidents)

    def _close_chunk(self, film: _Film) -> None:
        if not film.moments:
            return
        is_truth = film.viewer == TRUTH
        number = len(film.chunks) - 1
        chunk = Chunk(film.viewer, number, film.chunks[number], film.moments)
        film.moments = []
        overview = Overview(
            viewer=film.viewer,
            ticks=list(film.ticks),
            openings=list(film.openings),
            chunks=list(film.chunks),
            spans=list(film.spans.values()),
            lanes=list(self._lanes) if is_truth else [],
            marks=list(self._marks) if is_truth else [],
        )
        self._on_chunk(chunk, overview)

    def _note_marks(self, session: Session, fresh: list[Incident]) -> None:
        calendar, texts = session.simulation.world.calendar, session.texts
        for film in self._films:
            for one in fresh if film.viewer == TRUTH else ():
                if one.kind == "bookmark":
                    note = str(texts.filled(one.detail["note"]))
                    self._marks.append(Mark(len(film.ticks) - 1, calendar.iso(one.tick), note))


def _is_news(viewer: str, incident: Incident) -> bool:
    """Return whether a viewer may hear of an incident in a replay."""
    return incident.kind not in PERSONAL and (viewer == TRUTH or can_see(ActorId(viewer), incident))


def _note_spans(film: _Film, scene: Scene, moment: int) -> None:
    """Note the wars, crises and pacts that begin or end at a moment, as far as the viewer sees them."""
    for kind, things, before in (
        ("war", scene.things["wars"], film.seen.things["wars"]),
        ("crisis", scene.things["crises"], film.seen.things["crises"]),
        ("pact", scene.things["pacts"], film.seen.things["pacts"]),
    ):
        for key, thing in things.items():
            name = f"{kind}/{key}"
            if before.get(key) != thing:
                film.spans[name] = _span(kind, thing, moment, film.spans.get(name))
        for key in before:
            if key not in things:
                name = f"{kind}/{key}"
                film.spans[name] = structs.replace(film.spans[name], ends=moment)


def _span(kind: str, thing: dict[str, object], moment: int, known: Span | None) -> Span:
    states: list[str]
    match kind:
        case "war":
            states, detail = [*_strings(thing["attackers"]), *_strings(thing["defenders"])], ""
        case "crisis":
            level = str(max(int(str(thing["level"])), int(known.detail) if known else 0))
            states, detail = [str(thing["initiator"]), str(thing["target"])], level
        case _:
            states, detail = _strings(thing["members"]), str(thing["commitment"])
    begins = moment if known is None else known.begins
    opening = moment == 0 if known is None else known.opening
    return Span(kind, str(thing["key"]), states, begins, None, opening, detail)  # type: ignore[arg-type]


def _strings(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []
