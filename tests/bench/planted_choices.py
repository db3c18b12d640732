"""Games of bots, whose frozen decisions are made again by a rule: a hypothesis or a random one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp
from random import Random
from typing import Any

import numpy as np

from counterpoise.session.in_process_play import play
from counterpoise.session.journal.journal_contents import journal_contents
from counterpoise.session.running_session import Session
from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.decision_point import HIDE, NEUTRAL, Candidate, DecisionPoint, option_of
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.forecasts import HYPOTHESES, sharp_forecast
from counterpoise.theory.registration.redrawn_choices import Rule, redrawn_decisions
from counterpoise_clients import roster

SIGNING = 0.6
"""How often a random rule makes an alliance, if it decides that apart from the partner."""
STEEPEST = 50.0
"""Largest tilt in the search for a distribution with equal scores; beyond it there is none."""


@dataclass(frozen=True, slots=True)
class Game:
    """The records of one game that the checker uses."""

    name: str
    records: tuple[DecisionRecord, ...]
    structures: tuple[Structure, ...]
    incidents: tuple[Incident, ...]


def game_of(bot: str, text: str, seed: str, windows: int | None = None) -> Game:
    """Play a scenario, to its end or for this many windows, with one kind of bot in all seats."""
    session = Session(scenario_text=text, seed=seed, session_id=f"{bot}-{seed}", secret="bench", streaming=False)
    until = None if windows is None else session.simulation.world.calendar.opening_of(windows)
    play(session, {seat: roster.load_bot(bot)(f"{seed}/{seat}") for seat in session.seats}, until=until)
    contents = journal_contents(session.take_entries(), session.id)
    return Game(session.id, contents.records, contents.structures, contents.incidents)


def sample_of(games: Sequence[Game], rule: Rule, dice: Random) -> Sample:
    """Return the sample of some games, with the decisions redrawn by a rule and nothing else changed."""
    records = redrawn_decisions((record for game in games for record in game.records), rule, dice)
    structures = [structure for game in games for structure in game.structures]
    return Sample(records, structures, {game.name: game.incidents for game in games})


def rule_of_hypothesis(hypothesis: str) -> Rule:
    """Return the rule that chooses as a hypothesis says, as sharp as the theory itself, while forecasts are flattened."""
    asked = {hypothesis: HYPOTHESES[hypothesis]}
    return lambda record: sharp_forecast([record.point], hypotheses=asked)[0][hypothesis]


def rule_of_forecasts(hypothesis: str) -> Rule:
    """Return the rule that chooses with the forecasts of a hypothesis, whose score is then the best that can be expected."""
    return lambda record: record.forecasts[hypothesis]


def random_class(record: DecisionRecord) -> list[float]:
    """Return equal probabilities for the five classes, and for the partners of a class; a class without options is neutral.

    With equal probabilities for all options, a long list of balancing partners alone would make balancing common. If a
    missing class gave its probability to the others, any cause of a short menu would seem to make states balance.
    """
    options = record.point.options
    classes = [option_of(option)[0] for option in options]
    shares = [0.2 / classes.count(name) for name in classes]
    shares[options.index(NEUTRAL)] += 1.0 - sum(shares)
    return shares


def random_partner(record: DecisionRecord) -> list[float]:
    """Return the same chance of an alliance for every decision, with equal probabilities for all partners."""
    return _signing(record.point.options, lambda options: [1.0 / len(options)] * len(options))


def _signing(options: Sequence[str], disputes_among: Callable[[list[int]], Sequence[float] | None]) -> list[float]:
    """Return probabilities with ``SIGNING`` divided among partners; without shares for them no alliance is made."""
    partners = [place for place, option in enumerate(options) if option not in (NEUTRAL, HIDE)]
    found = disputes_among(partners) if partners else None
    shares, idle = [0.0] * len(options), [place for place in range(len(options)) if place not in partners]
    if found is not None:
        for place, share in zip(partners, found, strict=True):
            shares[place] = SIGNING * share
    for place in idle:
        shares[place] = (1.0 - (0.0 if found is None else SIGNING)) / len(idle)
    return shares


def rule_of_motives(weights: Sequence[float], motives: Callable[[Candidate], Sequence[float]]) -> Rule:
    """Return the rule that chooses a partner by a conditional logit on some of its traits."""

    def rule(record: DecisionRecord) -> list[float]:
        options = record.point.options

        def disputes_among(partners: list[int]) -> list[float]:
            states = [partner_of(record.point, options[place]) for place in partners]
            strengths = [exp(float(np.dot(weights, motives(state)))) for state in states]
            return [strength / sum(strengths) for strength in strengths]

        return _signing(options, disputes_among)

    return rule


def rule_of_equal_scores(names: Sequence[str], *, changes: bool = False) -> Rule:
    """Return the most random rule under which several hypotheses have equal expected scores.

    Uniform choices would not do: of two forecasts that both miss, the bolder one loses. Of all distributions over the
    partners with equal expected log scores, the rule takes the one of largest entropy (Jaynes 1957). If there is none, for
    example if one forecast gives every partner more probability, no alliance is made.

    Args:
        names: the hypotheses, the first against each of the others.
        changes: whether only partners count with which the chooser is not yet aligned.
    """
    known: dict[int, list[float]] = {}

    def rule(record: DecisionRecord) -> list[float]:
        if id(record) not in known:
            options = record.point.options

            def disputes_among(partners: list[int]) -> list[float] | None:
                open_ = [not changes or not partner_of(record.point, options[place]).prior for place in partners]
                if not any(open_):
                    return None
                scores = np.log([[record.forecasts[name][place] for place in partners] for name in names])
                kept = scores[:, open_]
                # Shares among the compared options, as in the contrasts.
                kept = kept - np.log(np.exp(kept).sum(axis=1, keepdims=True))
                found = _even((kept[0] - kept[1:]).T)
                if found is None:
                    return None
                shares = np.zeros(len(partners))
                shares[open_] = found
                return [float(share) for share in shares]

            known[id(record)] = _signing(options, disputes_among)
        return known[id(record)]

    return rule


def _even(leads: Any) -> Any:
    """Return the distribution of largest entropy over rows with a mean of 0 in every column; ``None`` if there is none."""
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
            break  # there is no solution: the tilt grows without limit
    return None


def partner_of(point: DecisionPoint, option: str) -> Candidate:
    """Return the partner of an option."""
    name = point.top_threat if option == "BW" else option_of(option)[1]
    return next(k for k in point.others if k.id == name)
