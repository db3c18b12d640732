"""The replay of journals as one self-contained page, with the browser client's own controls and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from counterpoise.cli.standalone_page import standalone_page
from counterpoise.scenario_files import scenario_map
from counterpoise.session.journal.entries import Entry
from counterpoise.session.play.log import PlayRow
from counterpoise.session.replay import replay
from counterpoise.session.replays.document import TRUTH, Cast, Chunk, Overview
from counterpoise.session.replays.filming import film


class Watched(NamedTuple):
    """A journal that a page shows."""

    source: str
    """Its name, for errors."""
    entries: Sequence[Entry]
    rows: Sequence[PlayRow] = ()
    """The play log beside it."""


def replay_page(
    title: str, journals: Sequence[Watched], *, place: Mapping[str, str], game: Mapping[str, object] | None = None
) -> str:
    """Return the page of a replay, which shows what happened as it was and as each seat saw it.

    Args:
        title: of the page.
        journals: what is shown, beside each other.
        place: where the page begins: ``date`` (ISO) and ``viewer``, both empty for the beginning as it truly was.
        game: of a tournament: its ``seats`` with who played them, and ``back``, the relative address of the leaderboard.

    Raises:
        JournalError: a journal does not replay as it was played.
    """
    return standalone_page(
        f"{title} - counterpoise replay",
        "replay/standalone.mjs",
        ("app.css", "map.css", "replay.css"),
        {
            "films": [_whole_film(watched) for watched in journals],
            "about": {"title": title, "place": place, "game": game},
        },
    )


def _whole_film(watched: Watched) -> dict[str, Any]:
    """Return the film of everyone, as the module ``replay/source.mjs`` reads it."""
    opening = replay(watched.entries[:1], watched.source)
    viewers = (TRUTH, *map(str, opening.seats))
    casts: list[Cast] = []
    chunks: dict[str, list[Chunk]] = {viewer: [] for viewer in viewers}
    overviews: dict[str, Overview] = {}

    def take(chunk: Chunk, overview: Overview) -> None:
        chunks[chunk.viewer].append(chunk)
        overviews[chunk.viewer] = overview

    verified = film(
        watched.entries,
        watched.rows,
        watched.source,
        viewers,
        on_cast=casts.append,
        on_chunk=take,
        on_progress=lambda _entries, _date: None,
    )
    cast = casts[0]
    outlines = scenario_map(cast.scenario, [actor["id"] for actor in cast.actors])
    return {
        "cast": cast,
        "verified": verified,
        "outlines": None if outlines is None else msgspec.Raw(outlines),
        "overviews": {viewer: overviews[viewer] for viewer in viewers if viewer in overviews},
        "chunks": chunks,
    }
