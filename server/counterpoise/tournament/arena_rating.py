"""Ratings of a standing arena: the fit of a tournament over its latest games, and counts over all games ever played.

A rating is what an entrant adds to the score of a seat (``strength.py``), less the mean of what the anchors add: the bundled bots
that fill the empty seats. So 0 is an average anchor, whoever comes and goes. The fit does not depend on the order of the games.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from msgspec import Struct

from counterpoise.document_schema import Count, PositiveCount
from counterpoise.tournament.result_document import Estimate, GameResult
from counterpoise.tournament.strength import fit_strengths, strength_groups

ANCHORS = ("balancer", "bandwagoner", "hedger", "random", "status-quo")
"""The bundled bots that fill empty seats, in turn."""


class EntrantCounts(Struct, frozen=True):
    """What an entrant has done in all games ever, those that are forgotten too."""

    games: Count = 0
    """Rated games."""
    seats: Count = 0
    """Seats in them."""
    score_sum: float = 0.0
    """The sum of the scores of these seats."""
    windows: Count = 0
    """Decision windows of these seats."""
    missed: Count = 0
    """Those of them in which the entrant was not connected."""
    forfeits: Count = 0
    """Seats in which it was away in most windows."""


class RatedEntrant(Struct, frozen=True, kw_only=True):
    """One row of the arena's table."""

    name: str
    """The name of the entrant."""
    rank: PositiveCount | None
    """Its place by rating; null without a game among the rated ones, and while these games tell no entrants apart."""
    rating: Estimate | None
    """What it adds to the score of a seat, less the mean of the anchors, with the interval of games drawn anew; null as the
    place."""
    group: PositiveCount | None
    """Its strength group: each interval in a better group lies wholly above each in a worse one; null as the place."""
    rated_games: Count
    """How many of the rated games it played."""
    counts: EntrantCounts
    """What it has done ever."""
    is_anchor: bool
    """Whether it is a bundled bot."""
    state: str
    """``playing``, ``waiting``, ``away``, or ``anchor``."""


def rated_entrants(
    results: Sequence[GameResult], counts: Mapping[str, EntrantCounts], states: Mapping[str, str]
) -> list[RatedEntrant]:
    """Return the arena's table: those with a rating by rank, then the others by name.

    Args:
        results: the rated games, in any order.
        counts: of every known entrant, anchors too.
        states: of the entrants that are connected; the others are away.
    """
    played: dict[str, int] = {}
    for result in results:
        for name in sorted(dict.fromkeys(seat.entrant for seat in result.seats)):
            played[name] = played.get(name, 0) + 1
    names = sorted(played)
    known = sorted(dict.fromkeys([*counts, *names]))
    fit = fit_strengths(names, results, only_whole=False)  # an arena plays no world twice
    anchors = [place for place, name in enumerate(names) if name in ANCHORS]
    zero = fit.strength[anchors].mean() if anchors else 0.0
    zeros = fit.draws[:, anchors].mean(axis=1) if anchors else 0.0
    ratings = {
        name: fit.estimate(fit.strength[place] - zero, fit.draws[:, place] - zeros) for place, name in enumerate(names)
    }
    # After a few games all strengths may be 0: what the seats are worth is not known yet. That is no rating.
    is_told_apart = any(fit.rank(name) > 1 for name in names)
    ranked = sorted(names, key=lambda name: (fit.rank(name), name)) if is_told_apart else []
    groups = dict(zip(ranked, strength_groups([ratings[name] for name in ranked]), strict=True))
    return [
        RatedEntrant(
            name=name,
            rank=fit.rank(name) if name in groups else None,
            rating=ratings[name] if name in groups else None,
            group=groups.get(name),
            rated_games=played.get(name, 0),
            counts=counts.get(name, EntrantCounts()),
            is_anchor=name in ANCHORS,
            state="anchor" if name in ANCHORS else states.get(name, "away"),
        )
        for name in [*ranked, *(name for name in known if name not in groups)]
    ]


def with_game(counts: Mapping[str, EntrantCounts], result: GameResult) -> dict[str, EntrantCounts]:
    """Return the counts of those who played in a game, with that game."""
    found: dict[str, EntrantCounts] = {}
    for name in sorted(dict.fromkeys(seat.entrant for seat in result.seats)):
        old = counts.get(name, EntrantCounts())
        own = [seat for seat in result.seats if seat.entrant == name]
        windows, missed = old.windows, old.missed
        for seat in own:
            windows, missed = windows + seat.asked, missed + seat.failed
        found[name] = EntrantCounts(
            games=old.games + 1,
            seats=old.seats + len(own),
            score_sum=round(fsum([old.score_sum, *(seat.score for seat in own)]), 6),
            windows=windows,
            missed=missed,
            forfeits=old.forfeits + sum(1 for seat in own if seat.status == "FORFEIT"),
        )
    return found
