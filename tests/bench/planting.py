"""Games of bots, and the decisions frozen in them made anew by a rule: a hypothesis, or chance of some kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp
from random import Random
from typing import Any

import numpy as np

from counterpoise.session.debrief_data import journal_contents
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import HIDE, NEUTRAL, Candidate, DecisionPoint, option_of
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.sample import Sample
from counterpoise_clients import roster

SIGNING = 0.6
"""How often chance signs something, where it decides that apart from with whom."""
STEEPEST = 50.0
"""Tilt of chances beyond which no even distribution is to be expected."""

Rule = Callable[[DecisionRecord], Sequence[float]]
"""From a frozen decision to the chance of each of its options."""


@dataclass(frozen=True, slots=True)
class Game:
    """What the checker knows of one game."""

    name: str
    records: tuple[DecisionRecord, ...]
    structures: tuple[Structure, ...]
    incidents: tuple[Incident, ...]


def game_of(bot: str, text: str, seed: str, windows: int | None = None) -> Game:
    """Play a scenario, to its end or for so many windows, with one kind of bot in all seats."""
    session = Session(scenario_text=text, seed=seed, session_id=f"{bot}-{seed}", secret="bench", streaming=False)
    until = None if windows is None else session.simulation.world.calendar.opening_of(windows)
    play(session, {seat: roster.load_bot(bot)(f"{seed}/{seat}") for seat in session.seats}, until=until)
    contents = journal_contents(session.take_entries(), session.id)
    return Game(session.id, contents.records, contents.structures, contents.incidents)


def redrawn(records: Iterable[DecisionRecord], rule: Rule, dice: Random) -> list[DecisionRecord]:
    """Let decisions be made again."""
    return [
        record.completed(_outcome(record.point, drawn(record.point.options, rule(record), dice))) for record in records
    ]


def drawn(options: Sequence[str], shares: Sequence[float], dice: Random) -> str:
    """Return one of the options, each with its share of the chances."""
    left = dice.random()
    for option, share in zip(options, shares, strict=True):
        left -= share
        if left < 0.0:
            return option
    return options[-1]


def sample_of(games: Sequence[Game], rule: Rule, dice: Random) -> Sample:
    """Return what the propositions are tested on when the decisions of these games are made again, and nothing else."""
    records = redrawn((record for game in games for record in game.records), rule, dice)
    structures = [structure for game in games for structure in game.structures]
    return Sample(records, structures, {game.name: game.incidents for game in games})


def obeying(hypothesis: str) -> Rule:
    """Choose with the probabilities that a hypothesis gives."""
    return lambda record: record.forecasts[hypothesis]


def by_class(record: DecisionRecord) -> list[float]:
    """Choose among the five classes alike, and within a class among partners alike; a class without an option does nothing.

    Were all options alike, a long list of partners to balance with would itself make balancing common; and were the chance
    of a class that is missing dealt to the others, whatever empties the menu would seem to make states balance.
    """
    options = record.point.options
    classes = [option_of(option)[0] for option in options]
    shares = [0.2 / classes.count(name) for name in classes]
    shares[options.index(NEUTRAL)] += 1.0 - sum(shares)
    return shares


def by_partner(record: DecisionRecord) -> list[float]:
    """Sign with the same chance everywhere, and with every state on the menu alike."""
    return _signing(record.point.options, lambda options: [1.0 / len(options)] * len(options))


def _signing(options: Sequence[str], among: Callable[[list[int]], Sequence[float] | None]) -> list[float]:
    """Return chances in which partners have shares of ``SIGNING``; where they cannot be had nothing is signed."""
    partners = [place for place, option in enumerate(options) if option not in (NEUTRAL, HIDE)]
    found = among(partners) if partners else None
    shares, idle = [0.0] * len(options), [place for place in range(len(options)) if place not in partners]
    if found is not None:
        for place, share in zip(partners, found, strict=True):
            shares[place] = SIGNING * share
    for place in idle:
        shares[place] = (1.0 - (0.0 if found is None else SIGNING)) / len(idle)
    return shares


def by_motives(weights: Sequence[float], motives: Callable[[Candidate], Sequence[float]]) -> Rule:
    """Choose a partner by a conditional logit on some of its traits."""

    def rule(record: DecisionRecord) -> list[float]:
        options = record.point.options

        def among(partners: list[int]) -> list[float]:
            states = [partner_of(record.point, options[place]) for place in partners]
            strengths = [exp(float(np.dot(weights, motives(state)))) for state in states]
            return [strength / sum(strengths) for strength in strengths]

        return _signing(options, among)

    return rule


def evenly(names: Sequence[str], *, changes: bool = False) -> Rule:
    """Choose partners so that on average several hypotheses score alike, and as much by chance as that allows.

    Blind choices would not do: of two forecasts that both miss them, the bolder loses. Of all distributions over the
    partners under which the expected log scores are equal, this is the one of largest entropy (Jaynes 1957). Where there is
    none, as where every partner is likelier by one forecast, nothing is signed.

    Args:
        names: the hypotheses, the first against each of the others.
        changes: whether only partners count that the chooser is not aligned with already.
    """
    known: dict[int, list[float]] = {}

    def rule(record: DecisionRecord) -> list[float]:
        if id(record) not in known:
            options = record.point.options

            def among(partners: list[int]) -> list[float] | None:
                open_ = [not changes or not partner_of(record.point, options[place]).prior for place in partners]
                if not any(open_):
                    return None
                scores = np.log([[record.forecasts[name][place] for place in partners] for name in names])
                kept = scores[:, open_]
                # Shares among the options compared, as the contrasts take them.
                kept = kept - np.log(np.exp(kept).sum(axis=1, keepdims=True))
                found = _even((kept[0] - kept[1:]).T)
                if found is None:
                    return None
                shares = np.zeros(len(partners))
                shares[open_] = found
                return [float(share) for share in shares]

            known[id(record)] = _signing(options, among)
        return known[id(record)]

    return rule


def _even(leads: Any) -> Any:
    """Return the distribution of largest entropy over rows under which every column's mean is 0; ``None`` without one."""
    tilt = np.zeros(leads.shape[1])
    for _ in range(60):
        odds = leads @ tilt
        shares = np.exp(odds - odds.max())
        shares /= shares.sum()
        mean = shares @ leads
        if float(np.abs(mean).max()) < 1e-9:
            return shares
        centred = leads - mean
        step = np.linalg.pinv(centred.T @ (centred * shares[:, None])) @ mean
        tilt = tilt - np.clip(step, -2.0, 2.0)
        if float(np.abs(tilt).max()) > STEEPEST:
            break  # the more of one forecast's favourites are drawn the better, without end
    return None


def partner_of(point: DecisionPoint, option: str) -> Candidate:
    """Return the state that an option would join."""
    name = point.top_threat if option == "BW" else option_of(option)[1]
    return next(k for k in point.others if k.id == name)


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
