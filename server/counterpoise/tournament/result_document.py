"""The result of a tournament as a document, and the result of each game as a stored line."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from counterpoise.document_schema import Count, Hash, PositiveCount, Share, StateCode, json_schema
from counterpoise.sim.bot import IN_PROCESS, Status
from counterpoise.tournament.plan import Verify

SHOWN_ERRORS = 3
"""How many errors of an entrant are kept in words; all are counted."""
VERIFIED, NOT_VERIFIED = "verified", "not verified"
Fingerprint = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]


# The fields of these three stand in alphabetical order, because the keys of a stored line do.
class SeatResult(Struct, frozen=True, kw_only=True):
    """One seat at the end of a game."""

    asked: Count = 0
    """How often its bot was asked."""
    entrant: str
    """The entrant that held the seat."""
    failed: Count = 0
    """How often its bot gave no moves that could be read."""
    isolation: str = IN_PROCESS
    """``isolated``, ``in process``, or ``not isolated`` and why."""
    reason: str = ""
    """Why the status is not OK."""
    score: float
    """What the game counts for the state."""
    seat: StateCode
    """The state."""
    status: Status = "OK"
    """The gravest thing that its bot did: OK, INVALID, ERROR, TIMEOUT or FORFEIT."""


class SeatLog(Struct, frozen=True, kw_only=True):
    """One seat of one game for the author of its bot, with what differs from machine to machine."""

    game: Count
    """The number of the game."""
    seat: StateCode
    """The state."""
    entrant: str
    """The entrant that held the seat."""
    status: Status
    """As in the result."""
    reason: str
    """As in the result."""
    stderr: str
    """The beginning of what the bot wrote to standard error, and a Python bot to standard output."""
    milliseconds: list[float]
    """The wall time of each answer of a bot in a process of its own."""


class EntrantResult(Struct, frozen=True, kw_only=True):
    """One entrant in one game: what its seats scored and did."""

    behaviour: dict[str, tuple[float, float]] = {}
    """By measure of ``theory/evidence/behaviour.py``, what it did beside winning: numerator and denominator."""
    classes: dict[str, Count]
    """By alignment class, its decisions under threat."""
    entrant: str
    """The name of the entrant."""
    error_samples: tuple[str, ...] = ()
    """The first errors of its bots, in words."""
    errors: Count
    """How often its bots failed to decide."""
    mean_score: float
    """The mean score of its seats."""
    moves: Count
    """Orders that were accepted."""
    rank: PositiveCount
    """Its rank by mean score, 1 for the highest; equal scores share the better rank."""
    rejected: Count
    """Orders that were illegal."""
    seats: PositiveCount
    """How many seats it held."""


class GameResult(Struct, frozen=True, kw_only=True):
    """One game."""

    counts: dict[str, Count]
    """How often each kind of event happened."""
    digest: Hash
    """The digest of the world at the end."""
    entrants: tuple[EntrantResult, ...]
    """The entrants that played, in the order of their names."""
    game: Count
    """The number of the game, counted from 0."""
    key: Fingerprint
    """A fingerprint of everything the result depends on."""
    scenario: str
    """The name of the scenario."""
    seats: tuple[SeatResult, ...]
    """The seats, in the scenario's order."""
    seed: str
    """The seed of the game."""
    ticks: Count
    """Days played."""
    verification: str = NOT_VERIFIED
    """``verified``: a replay of the journal gave the same game; ``not verified``: none was made; else what did not fit."""


class Estimate(Struct, frozen=True):
    """A number and its 95 % interval."""

    mean: float
    """The number; 0 without games."""
    low: float | None
    """The lower end of the interval; null for fewer than two games, or, where worlds are drawn, two whole worlds."""
    high: float | None
    """The upper end of the interval; null as the lower end."""


class Standing(Struct, frozen=True, kw_only=True):
    """One entrant over the whole tournament. Nothing in it depends on the order of the games."""

    entrant: str
    """The name of the entrant."""
    bot: str
    """The name or the file name of its bot."""
    rank: PositiveCount
    """Its place by strength; equal strengths share the better place."""
    rank_low: PositiveCount | None
    """The best place that it has in 95 % of the tables of worlds drawn anew; null for fewer than two worlds."""
    rank_high: PositiveCount | None
    """The worst place that it has in 95 % of the tables of worlds drawn anew; null for fewer than two worlds."""
    rank_share: Share | None
    """In how many of these tables it has its own place; null for fewer than two worlds."""
    group: PositiveCount
    """Its strength group: each interval in a better group lies wholly above each in a worse one."""
    strength: Estimate
    """What it adds to the score of a seat, beside the mean of all entrants; with the interval of worlds drawn anew."""
    games: Count
    """Games played."""
    seats: Count
    """Seats held in these games."""
    score: Estimate
    """Its mean score as the games count it, with Student's interval."""
    win_share: Share
    """Share of its games in which its seats did best, each beside what the seat is worth; a shared first place counts in part."""
    lost_share: Share
    """Share of its decisions in which it gave no moves that could be read."""
    statuses: dict[str, Count]
    """By status, the seats that it held."""
    reasons: tuple[str, ...]
    """The first reasons why a status is not OK."""
    isolation: tuple[str, ...]
    """How its bots were kept apart from the game: each way that occurred, once."""
    classes: dict[str, Count]
    """By alignment class, its decisions under threat."""
    moves: Count
    """Orders that were accepted."""
    rejected: Count
    """Orders that were illegal."""
    errors: Count
    """How often its bots failed to decide."""
    error_samples: tuple[str, ...]
    """The first errors of its bots, in words."""


class Pairing(Struct, frozen=True, kw_only=True):
    """Two entrants beside each other, at the same seats of the same worlds: once the one had the seat, once the other."""

    entrant: str
    """The first."""
    other: str
    """The second."""
    pairs: Count
    """Seats of worlds, of which each entrant has played each seat."""
    worlds: Count
    """Such worlds."""
    better: Share
    """Share of the pairs in which the first scored more; equal scores count half, and 0 stands without pairs."""
    difference: Estimate
    """The first's score less the second's, as a mean over the worlds, with Student's interval."""


class SeatEffect(Struct, frozen=True, kw_only=True):
    """What a seat is worth."""

    scenario: str
    """The scenario."""
    seat: StateCode
    """The state."""
    games: Count
    """Games of the scenario."""
    score: float
    """The mean score of the seat."""
    effect: Estimate
    """That score less the mean of all seats of the scenario, both less the strengths of those who held them."""


class MeasureEstimate(Struct, frozen=True, kw_only=True):
    """One measure of what an entrant does beside winning: a ratio of two sums over its games."""

    measure: str
    """Its name, as ``theory/evidence/behaviour.py`` lists them."""
    n: float
    """The denominator: decisions, calls, words, years, or the loss of the base rates."""
    value: Estimate
    """The ratio, with the interval of worlds drawn anew; without ends for fewer than five worlds, or if it is always the same."""
    noise: float | None
    """The same ratio for random players among themselves in the same scenarios; null without a benchmark for one of them."""
    above: Estimate | None
    """The ratio less that of random players; null without a benchmark."""


class BestForecast(Struct, frozen=True, kw_only=True):
    """The hypothesis that forecasts an entrant best."""

    hypothesis: str
    """Its name."""
    skill: Estimate
    """Its skill: above 0 it forecasts the entrant better than the base rates do."""
    share: Share | None
    """In how many of the drawings of the worlds it is the best; null for fewer than two worlds."""


class EntrantBehaviour(Struct, frozen=True, kw_only=True):
    """What an entrant does beside winning."""

    entrant: str
    """The name of the entrant."""
    measures: tuple[MeasureEstimate, ...]
    """The measures that its games have a denominator for."""
    best_forecast: BestForecast | None
    """The hypothesis that forecasts it best; null if no decision could be scored."""


class EntrantEntry(Struct, frozen=True):
    """An entrant as the tournament file names it."""

    name: str
    """The name of the entrant."""
    bot: str
    """The name or the file name of its bot."""


class TournamentEntry(Struct, frozen=True, kw_only=True):
    """The tournament as its file gives it."""

    name: str
    """The name of the tournament."""
    seed: str
    """The seed from which the seeds of the games derive."""
    games: PositiveCount
    """Games to play; with ``until_width`` the most."""
    scenarios: list[str]
    """The names of the scenarios."""
    entrants: list[EntrantEntry]
    """The entrants."""
    years: Count
    """Years that each game lasts; 0 plays to the scenario's end."""
    until_width: float | None = None
    """The tournament stops once no interval of a strength is wider; null plays all games."""
    verify: Verify = "all"
    """Which games are verified: all, every tenth, or none."""


class ReplayReason(Struct, frozen=True):
    """Why a game has a replay."""

    kind: Literal["best", "middle", "worst", "failed"]
    """The best, the worst or a middling game of an entrant in a scenario by its mean score, or one in which its bot failed."""
    entrant: str
    """The name of the entrant."""
    status: str = ""
    """With ``failed``: the status of its seat."""


class KeptReplay(Struct, frozen=True, kw_only=True):
    """A game that can be watched again."""

    game: Count
    """The number of the game."""
    page: str
    """The address of its page, relative to the leaderboard."""
    journal: str
    """The address of its journal, relative to the leaderboard."""
    reasons: tuple[ReplayReason, ...]
    """Why it was kept; without reasons, because all are."""


class TournamentResult(Struct, frozen=True, kw_only=True):
    """The result of a tournament. It does not depend on how the games were distributed over processes."""

    document_version: Literal[3] = 3
    """Raised whenever the meaning of a key changes or a key goes."""
    tournament: TournamentEntry
    """The tournament as its file gives it."""
    standings: tuple[Standing, ...]
    """The entrants, the strongest first."""
    pairs: tuple[Pairing, ...]
    """Each pair of entrants once in each order."""
    seat_effects: tuple[SeatEffect, ...]
    """Every seat of every scenario."""
    behaviour: tuple[EntrantBehaviour, ...]
    """What the entrants do beside winning, in the order of the tournament file."""
    widest: float | None
    """The width of the widest interval of a strength; null without intervals."""
    games: list[GameResult]
    """Every game, in order."""
    replays: tuple[KeptReplay, ...] | UnsetType = UNSET
    """The games that can be watched again, in order; absent if no replays were asked for."""
    replays_left_out: Count | UnsetType = UNSET
    """How many more there would be, but for the most that are kept, or if they had been played with replays; absent likewise."""


def tournament_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``counterpoise tournament --json`` prints."""
    return json_schema("counterpoise tournament", TournamentResult)


def encode_result(result: GameResult) -> bytes:
    """Return the result of a game as one line of JSON, without the end of the line."""
    return msgspec.json.encode(result, order="sorted")


def decode_result(line: bytes) -> GameResult:
    """Read a line that ``encode_result`` wrote.

    Raises:
        msgspec.DecodeError: the line is cut off or holds something else.
    """
    return msgspec.json.decode(line, type=GameResult)
