"""Choosers that obey a hypothesis, or nothing at all, at decisions that were really frozen in games of random players."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from counterpoise.session.debriefing import book_of
from counterpoise.session.game import Session
from counterpoise.session.policy import play
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.decision import DecisionPoint, option_of
from counterpoise.theory.outcome import Outcome
from counterpoise.theory.record import DecisionRecord
from counterpoise.theory.sample import Sample
from counterpoise.theory.structure import Structure
from counterpoise_clients import roster


@dataclass(frozen=True, slots=True)
class Game:
    """What the checker knows of one game."""

    name: str
    records: tuple[DecisionRecord, ...]
    structures: tuple[Structure, ...]
    incidents: tuple[Incident, ...]


def random_game(text: str, seed: str, windows: int | None = None) -> Game:
    """Play a scenario, to its end or for so many windows, with players who pick among their legal moves blindly."""
    session = Session(scenario_text=text, seed=seed, session_id=f"random-{seed}", secret="bench", streaming=False)
    until = None if windows is None else session.simulation.world.calendar.opening_of(windows)
    play(session, {seat: roster.load("random")(f"{seed}/{seat}") for seat in session.seats}, until=until)
    book = book_of(session.take_entries(), session.id)
    return Game(session.id, book.records, book.structures, book.incidents)


def redrawn(game: Game, rule: str, dice: Random) -> tuple[DecisionRecord, ...]:
    """Let the decisions of a game be made again: by the forecasts of a hypothesis, or blindly by ``"blind"``."""
    made = []
    for record in game.records:
        options = record.point.options
        shares = _blind(options) if rule == "blind" else record.forecasts[rule]
        left, chosen = dice.random(), options[-1]
        for option, share in zip(options, shares, strict=True):
            left -= share
            if left < 0.0:
                chosen = option
                break
        made.append(record.completed(_outcome(record.point, chosen)))
    return tuple(made)


def _blind(options: Sequence[str]) -> list[float]:
    """Return equal chances for each class of choice, and within a class for each partner.

    Were the chances of all options equal, a long list of partners to balance with would itself make balancing common.
    """
    classes = [option_of(option)[0] for option in options]
    kinds = len(dict.fromkeys(classes))
    return [1.0 / (kinds * classes.count(name)) for name in classes]


def sample_of(games: Sequence[Game], rule: str, dice: Random) -> Sample:
    """Return what the propositions are tested on when the decisions of these games are made again."""
    records = [record for game in games for record in redrawn(game, rule, dice)]
    structures = [structure for game in games for structure in game.structures]
    return Sample(records, structures, {game.name: game.incidents for game in games})


def _outcome(point: DecisionPoint, choice: str) -> Outcome:
    name, partner = option_of(choice)
    joined = point.top_threat if name == "BW" else partner
    return Outcome(
        actor=point.actor,
        window=point.window,
        opened=point.opened,
        closed=point.closes,
        kind="formation" if joined else "abstention",
        choice=choice,
        alignment_class=name,  # type: ignore[arg-type]
        partners=(ActorId(joined),) if joined else (),
        alignments=(),
        dropped=(),
        conceded=False,
        mixed=False,
    )
