"""One game of a tournament, played from its specification to its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import fsum

from counterpoise.session.in_process_play import AskBot, OrderStatistics, play
from counterpoise.session.journal.entries import Entry
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.bot import Bot, decide_moves
from counterpoise.sim.digest import digest
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.tournament.result_document import SHOWN_ERRORS, EntrantResult, GameResult, SeatResult
from counterpoise.tournament.schedule import GameSpec

Loader = Callable[[str], Callable[[str], Bot]]
"""Returns the constructor of a bot for its name or path; the constructor takes a seed."""

KeepJournal = Callable[[int, Sequence[Entry]], None]
"""Takes the number of a game and its journal. It is called where the game is played, so it must cross processes."""
MONTHS_IN_YEAR = 12
INCIDENT_KINDS = {
    "alignments_ended": "alliance_ended",
    "alignments_formed": "alliance_formed",
    "crises": "crisis_opened",
    "regimes_changed": "regime_changed",
    "wars": "war_began",
    "wars_joined": "war_joined",
}
"""What ``GameResult.counts`` counts, in the order of its keys, and the kind of incident behind each count."""


@dataclass(slots=True)
class LazyBot:
    """A bot that is made when it first has to decide: a bot that cannot be made fails like one that cannot decide."""

    name: str
    """The name of the entrant, for the journal."""
    make: Callable[[str], Bot]
    seed: str
    bot: Bot | None = None

    def decide(self, view: View) -> Sequence[Move]:
        """Return the bot's moves."""
        if self.bot is None:
            self.bot = self.make(self.seed)
        return self.bot.decide(view)


def play_game(
    spec: GameSpec, load: Loader, keep: KeepJournal | None = None, asking: AskBot = decide_moves
) -> GameResult:
    """Play one game to its end, or for ``spec.years`` years.

    Args:
        spec: the game, as dealt.
        load: returns a bot's constructor. An error of its own, such as a missing file, counts as the bot's error.
        keep: called with the whole journal at the end. Without it the journal is dropped, because any game can be played again.
        asking: how the bots are asked.
    """
    session = Session(
        scenario_text=spec.scenario_text,
        seed=spec.seed,
        session_id=f"game-{spec.number}",
        secret=spec.seed,
        setup=ScenarioSetup(source=spec.scenario),
    )
    bots = {seat: LazyBot(who.name, partial(_make, load, who.bot), f"{spec.seed}/{seat}") for seat, who in spec.seating}
    calendar = session.simulation.world.calendar
    until = calendar.opening_of(spec.years * MONTHS_IN_YEAR // calendar.window_months) if spec.years else None
    written: list[Entry] = []

    def after_stop(running: Session) -> None:
        entries = running.take_entries()
        running.take_outputs()
        if keep is not None:
            written.extend(entries)

    conduct = play(session, bots, until=until, after_stop=after_stop, ask_bot=asking)
    if keep is not None:
        keep(spec.number, [*written, *session.take_entries()])
    world = session.simulation.world
    seats = tuple(
        SeatResult(entrant=entrant.name, score=round(world.scores.get(seat, 0.0), 6), seat=seat)
        for seat, entrant in spec.seating
    )
    counts = {
        name: len([None for incident in world.incidents if incident.kind == kind])
        for name, kind in INCIDENT_KINDS.items()
    }
    return GameResult(
        game=spec.number,
        key=spec.key,
        scenario=spec.scenario,
        seed=spec.seed,
        ticks=session.now,
        digest=digest(world),
        counts=counts,
        seats=seats,
        entrants=_by_entrant(spec, seats, _classes(session.ledger.records), conduct),
    )


def _make(load: Loader, bot: str, seed: str) -> Bot:
    return load(bot)(seed)


def _classes(records: Sequence[DecisionRecord]) -> dict[str, dict[str, int]]:
    """Return each seat's decisions under threat by alignment class."""
    classes: dict[str, dict[str, int]] = {}
    for record in records:
        if record.point.threatened and record.outcome is not None:
            tally = classes.setdefault(record.point.actor, {})
            name = record.outcome.alignment_class
            tally[name] = tally.get(name, 0) + 1
    return classes


def _by_entrant(
    spec: GameSpec,
    seats: tuple[SeatResult, ...],
    classes: Mapping[str, Mapping[str, int]],
    conduct: OrderStatistics,
) -> tuple[EntrantResult, ...]:
    held: dict[str, list[ActorId]] = {}
    for seat, entrant in spec.seating:
        held.setdefault(entrant.name, []).append(seat)
    score = {seat.seat: seat.score for seat in seats}
    means = {name: round(fsum(score[seat] for seat in own) / len(own), 6) for name, own in held.items()}
    rows = []
    for name in sorted(held):
        own = held[name]
        tally: dict[str, int] = {}
        for seat in own:
            for alignment_class, count in classes.get(seat, {}).items():
                tally[alignment_class] = tally.get(alignment_class, 0) + count
        rows.append(
            EntrantResult(
                entrant=name,
                seats=len(own),
                mean_score=means[name],
                rank=1 + len([mean for mean in means.values() if mean > means[name]]),
                classes=dict(sorted(tally.items())),
                moves=sum(conduct.orders.get(seat, 0) for seat in own),
                rejected=sum(conduct.refusals.get(seat, 0) for seat in own),
                errors=sum(len(conduct.failures.get(seat, ())) for seat in own),
                error_samples=tuple(_samples(conduct, own))[:SHOWN_ERRORS],
            )
        )
    return tuple(rows)


def _samples(conduct: OrderStatistics, seats: Sequence[ActorId]) -> Iterator[str]:
    """Yield the first failures of each seat."""
    for seat in seats:
        yield from conduct.failures.get(seat, [])[:SHOWN_ERRORS]
