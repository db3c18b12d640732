"""Verdicts on games in which no theory holds, beside default bots, planted players and the record.

A debrief of random players should give SUPPORT or CONTRADICT on any proposition in at most one of twenty. Each debrief is of one
game, or of as many short games as make one estimate of the noise benchmark. Their seeds are not those of the benchmark.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from random import Random

from bot_games import new_game
from measurement import REPOSITORY, Figure, Report, figure, tracked
from planted_choices import Game, game_of, rule_of_hypothesis
from scipy.stats import beta

from counterpoise.session.in_process_play import play
from counterpoise.session.journal.journal_contents import journal_contents
from counterpoise.session.records.record_playback import play_record
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.store.shipped_noise import shipped_noise
from counterpoise.theory.check.expected_noise import ExpectedNoise
from counterpoise.theory.check.noise_benchmark import NoiseBenchmark
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.check.verdicts import judged
from counterpoise.theory.decisions.decision_point import NEUTRAL
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.registration.redrawn_choices import Rule, redrawn_decisions

SCENARIOS = ("checkerboard", "middle-east-1955", "europe-1870")
RECORDS = ("middle-east-1955", "europe-1870")
DEBRIEFS = 20
PLANTED_GAMES = 12
"""Games of the checkerboard in one debrief of planted players."""
PLANTED_SCENARIO = "checkerboard"
NOISE_MOST = 5.0
"""Most debriefs of random players, in percent, with a verdict on one proposition."""
Found = dict[str, tuple[str, str]]
"""By proposition the verdict without noise, which compares with the null and blind choice, and with it."""


def measure(*, tiny: bool) -> Report:
    """Debrief random players, default bots, planted players and the record."""
    count, scenarios = (1, SCENARIOS[:1]) if tiny else (DEBRIEFS, SCENARIOS)
    tasks: list[tuple[str, Callable[[], Found]]] = [
        *((f"random {name}", partial(_of_bots, "random", name, n)) for name in scenarios for n in range(count)),
        *((f"default {name}", partial(_of_bots, "", name, n)) for name in scenarios for n in range(count)),
        *(
            (f"planted {rule}", partial(_planted, rule, n, 2 if tiny else PLANTED_GAMES))
            for rule in RULES
            for n in range(count)
        ),
        *((f"record {name}", partial(_of_record, name)) for name in RECORDS if not tiny),
    ]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("forkserver")) as processes:
        results = list(tracked(processes.map(_call, [task for _, task in tasks]), "debriefs", len(tasks)))
    groups: dict[str, list[Found]] = {}
    for (group, _), found in zip(tasks, results, strict=True):
        groups.setdefault(group, []).append(found)
    noise = [found for group, rows in groups.items() if group.startswith("random") for found in rows]
    shares = {name: sum(_is_effect(found[name][1]) for found in noise) for name in PROPOSITIONS}
    above = [name for name, hits in shares.items() if 100.0 * hits / len(noise) > NOISE_MOST]
    lacking = [name for name in scenarios if _benchmark(name) is None]
    return Report(
        f"Verdicts beyond noise, {count} debriefs of each kind",
        (
            figure(
                "propositions with a verdict in over 5 % of debriefs of random players",
                "%",
                100.0 * len(above) / len(shares),
            ),
            *(
                figure(f"debriefs of random players with any verdict, {words}", "%", _any(noise, place))
                for place, words in ((0, "against null and blind choice"), (1, "against noise too"))
            ),
            *(row for group, rows in groups.items() for row in _rows(group, rows)),
        ),
        (
            "SUPPORT and CONTRADICT are counted; the range of a share is its Clopper-Pearson interval. Propositions without",
            "either in a group have no row. Without noise: verdicts compare with the null and with blind choice alone.",
            f"Above 5 % in random players: {', '.join(above) or 'none'}.",
            f"Judged without noise, since no benchmark of this version is there: {', '.join(lacking) or 'none'}.",
        ),
    )


def _call(task: Callable[[], Found]) -> Found:
    return task()


def _text(name: str) -> str:
    return (REPOSITORY / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")


def _benchmark(name: str) -> NoiseBenchmark | None:
    return next((benchmark for benchmark in shipped_noise() if benchmark.scenario == name), None)


def _found(name: str, games: Sequence[Game], records: Sequence[DecisionRecord]) -> Found:
    structures = [structure for game in games for structure in game.structures]
    sample = Sample(records, structures, {game.name: game.incidents for game in games})
    benchmark = _benchmark(name)
    noise = None if benchmark is None else ExpectedNoise([(benchmark, len(games))])
    without, beyond = judged(PROPOSITIONS, sample), judged(PROPOSITIONS, sample, noise)
    return {claim: (without[claim].verdict, beyond[claim].verdict) for claim in PROPOSITIONS}


def _of_bots(bot: str, name: str, number: int) -> Found:
    """Debrief the games of one kind of bot, or of the default bots."""
    benchmark = _benchmark(name)
    size = 1 if benchmark is None else benchmark.pool
    games = [_game(bot, name, f"verdicts {number} {place}") for place in range(size)]
    return _found(name, games, [record for game in games for record in game.records])


def _game(bot: str, name: str, seed: str) -> Game:
    if bot:
        return game_of(bot, _text(name), seed)
    session, bots = new_game(_text(name), seed, name=seed)
    play(session, bots)
    return _as_game(session)


def _as_game(session: Session) -> Game:
    contents = journal_contents(session.take_entries(), session.id)
    return Game(session.id, contents.records, contents.structures, contents.incidents)


def _of_record(name: str) -> Found:
    """Debrief the record of a scenario."""
    text = _text(name)
    session = Session(
        scenario_text=text,
        seed="1",
        session_id="record",
        secret="bench",
        setup=ScenarioSetup(source=name, recorded=True),
    )
    history = (REPOSITORY / "scenarios" / f"{name}.history.toml").read_text(encoding="utf-8")
    play_record(session, parse_history(history, name, session.scenario))
    game = _as_game(session)
    return _found(name, [game], game.records)


def never_join_the_threat(record: DecisionRecord) -> list[float]:
    """Align only against the threat, with any state that fears it, in six of ten decisions."""
    options = record.point.options
    partners = [option.startswith("BAL") for option in options]
    aligned = 0.6 if any(partners) else 0.0
    return [
        aligned / sum(partners) if balances else (1.0 - aligned) * (option == NEUTRAL)
        for option, balances in zip(options, partners, strict=True)
    ]


RULES: dict[str, Rule] = {
    "never join the threat": never_join_the_threat,
    **{name: rule_of_hypothesis(name) for name in ("balance_of_threat", "bandwagoning", "ideology")},
}
"""Rules by which decisions of random players are made again."""


def _planted(rule: str, number: int, size: int) -> Found:
    """Debrief games of random players whose choices are made again by a rule."""
    games = [game_of("random", _text(PLANTED_SCENARIO), f"planted {number} {place}") for place in range(size)]
    records = [record for game in games for record in game.records]
    return _found(PLANTED_SCENARIO, games, redrawn_decisions(records, RULES[rule], Random(f"{rule}/{number}")))


def _is_effect(verdict: str) -> bool:
    return verdict in ("SUPPORT", "CONTRADICT")


def _any(rows: Sequence[Found], place: int) -> float:
    return 100.0 * sum(any(_is_effect(pair[place]) for pair in found.values()) for found in rows) / len(rows)


def _rows(group: str, rows: Sequence[Found]) -> list[Figure]:
    """Return a row for each proposition and verdict that some debriefs of a group gave, without noise or with it."""
    made = []
    for name in PROPOSITIONS:
        for verdict in ("SUPPORT", "CONTRADICT"):
            before, after = (sum(found[name][place] == verdict for found in rows) for place in (0, 1))
            if before or after:
                words = f"{group}: {name} {verdict}, without noise {100 * before / len(rows):.0f} %, beyond it"
                made.append(figure(words, "%", *_share(after, len(rows))))
    return made


def _share(hits: int, count: int) -> tuple[float, float, float]:
    low = float(beta.ppf(0.025, hits, count - hits + 1)) if hits else 0.0
    high = float(beta.ppf(0.975, hits + 1, count - hits)) if hits < count else 1.0
    return 100.0 * low, 100.0 * hits / count, 100.0 * high
