"""``counterpoise fork``: change a journal, play on many times, and compare with the journal."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.fork.arm_options import ARMS_MAX, CHANGE, named_arms, swept_arms
from counterpoise.cli.fork.arms_plan import DESIGN_NAMES, PlannedArm, planned_arms, planned_windows
from counterpoise.cli.fork.arms_text import print_arms
from counterpoise.cli.fork.fork_games import GameTerms, PlayedGame, games_of, play_and_check, play_games
from counterpoise.cli.fork.fork_page import arms_page, fork_page
from counterpoise.cli.fork.fork_plan import ArmPlan, Changes, ForkPlanner
from counterpoise.cli.fork.fork_text import print_fork
from counterpoise.cli.journals import read_journal, replay_to
from counterpoise.cli.options.bot_limits import BotMemory, Bots, BotSeconds, TrustBots, bot_limits
from counterpoise.cli.options.dates import tick_on
from counterpoise.cli.options.journals import Journal
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.options.seats import require_bots
from counterpoise.cli.output_files import ensure_folder, replace_text, require_no_journals, require_page
from counterpoise.cli.terminal import console, print_json, session_bar
from counterpoise.errors import ConfigurationError
from counterpoise.session.forks.arms_comparison import ComparedJournal, compare_arms
from counterpoise.session.forks.arms_document import ArmsOrigin, ArmsReport, Design, fork_schema
from counterpoise.session.forks.changes import SETTABLE
from counterpoise.session.forks.fork_comparison import (
    GamesCheck,
    compare_classes,
    compare_games,
    compare_hypotheses,
    compare_propositions,
)
from counterpoise.session.forks.fork_document import ForkOrigin, ForkReport, Side
from counterpoise.session.forks.game_summary import summarize_game
from counterpoise.session.forks.paired_differences import smallest_effect
from counterpoise.session.journal.entries import Entry
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise_clients.isolation.bot_limits import MEMORY, SECONDS
from counterpoise_clients.roster import SeatLoader

MONTHS_IN_YEAR = 12
YEARS = 3
"""How long the games go on after the fork without ``--until``."""

On = Annotated[
    str,
    typer.Option(
        "--on",
        help="The date of the fork: the journal is followed up to and with it; then bots decide in every seat.",
        metavar="DATE",
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        help="Take out one order or inject up to --on, or one that the scenario has in store. Give its number (from `export`, "
        "or `injects[3]` for the scenario's fourth) or words that are in it, such as 'form_alignment USR EGY'; if the game was "
        "played from a record, a bundled one or that of --record, also words of its source and note. May be repeated.",
        metavar="MATCH",
    ),
]
WithoutAll = Annotated[
    list[str] | None, typer.Option(help="Take out every order and inject that matches.", metavar="MATCH")
]
With = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        help="Put in an inject, or an order of a seat: in words such as 'start_war attackers=ISR defenders=EGY aim=policy' or "
        "'EGY arm effort=0.2', as JSON with `kind`, its fields and `by` for the seat of an order, or as a file with JSON. "
        "It happens at the fork, or on an earlier date given as `on`.",
        metavar="CHANGE",
    ),
]
Set = Annotated[
    list[str] | None, typer.Option("--set", help=f"Set a component at the fork: {SETTABLE}.", metavar="WHAT=VALUE")
]
Until = Annotated[
    str | None,
    typer.Option(help=f"Compare up to this date; {YEARS} years after the fork by default.", metavar="DATE"),
]
Jobs = Annotated[
    int | None, number_option("--jobs", "Games played at once; one for each processor by default.", int, 1, 256)
]
Record = Annotated[
    Path | None,
    typer.Option(
        help="The record that the journal was played from, if it is not a bundled one: its sources and notes are searched too.",
        metavar="FILE",
    ),
]
Journals = Annotated[Path | None, typer.Option(help="Keep every game's journal in this folder.", metavar="FOLDER")]


Arm = Annotated[
    list[str] | None,
    typer.Option(
        "--arm",
        help=f"Compare several changes with one baseline: an arm for each NAME, at most {ARMS_MAX}. CHANGE is {CHANGE}. "
        "Changes of one NAME go together.",
        metavar="NAME=CHANGE",
    ),
]
Sweep = Annotated[
    str | None,
    typer.Option(
        "--sweep",
        help="Compare several values of one setting with the baseline, such as COR.power=x1,x1.5,x2,x3: a dose curve. WHAT is as "
        "for --set.",
        metavar="WHAT=VALUES",
    ),
]
EachWindow = Annotated[
    bool,
    typer.Option(
        "--each-window",
        help="Fork at --on and at the opening of each window after it: from which moment on does what happened come about? With "
        "a change, also how much the change does at each of these moments.",
    ),
]


def fork(
    journal: Journal,
    on: On,
    without: Without = None,
    without_all: WithoutAll = None,
    put: With = None,
    components: Set = None,
    arms: Arm = None,
    sweep: Sweep = None,
    each_window: EachWindow = False,
    until: Until = None,
    seeds: Annotated[int, number_option("--seeds", "Games in each arm of the comparison.", int, 1, 10_000)] = 20,
    seed: Annotated[str, typer.Option(help="The seeds of the games derive from it.")] = "1",
    jobs: Jobs = None,
    bots: Bots = None,
    bot_seconds: BotSeconds = SECONDS,
    bot_memory: BotMemory = MEMORY,
    trust_bots: TrustBots = False,
    record: Record = None,
    journals: Journals = None,
    html: Annotated[
        Path | None, typer.Option(help="Write the comparison as a self-contained page to this file.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    schema: Annotated[bool, schema_option(fork_schema)] = False,
) -> None:
    """Change a journal and play on from a date.

    Three sides are compared: the journal itself; the baseline, games forked on the same date with nothing changed; and games
    with the changes. Both sets of games have the same seeds. A difference between them is what the changes did; a difference
    between the journal and the baseline is what chance and the bots do. --arm, --sweep and --each-window compare several forks.
    """
    if html is not None:
        require_page(html)
    changes = Changes(without or [], without_all or [], put or [], components or [])
    design = _design(changes, arms or [], sweep, each_window=each_window)
    entries = read_journal(journal)
    opening = replay(entries[:1], str(journal))
    tick = tick_on(opening, on, "--on", entries[-1].tick)
    end = tick_on(opening, until, "--until") if until is not None else _years_on(opening, tick)
    if until is None and design == "each_window":
        end = min(end, entries[-1].tick)
    if end <= tick:
        raise ConfigurationError(
            f"--until {until or on}: expected a date after the fork, and a fork before the end of the scenario"
        )
    private = [journal, record, journals, html]
    load = SeatLoader(bot_limits(bot_seconds, bot_memory, trusted=trust_bots, private=private))
    require_bots(opening.scenario, bots or [], seed, load)
    if design is None:
        planner = ForkPlanner(entries, opening, journal, tick, record)
        plans = _two_sides(planner, changes)
    elif design == "each_window":
        planned = planned_windows(entries, opening, journal, record, tick, end, changes)
    else:
        planner = ForkPlanner(entries, opening, journal, tick, record)
        planned = planned_arms(
            planner, swept_arms(sweep) if sweep is not None else named_arms(arms or []), opening, tick
        )
    if journals is not None:
        require_no_journals(journals, "--journals")
    folder = None if journals is None else ensure_folder(journals)
    terms = GameTerms(tuple(bots or []), tick, end, folder, load, is_checked=design is None)
    forked = _Forked(journal, entries, opening, tick, end, seed, seeds, jobs or os.cpu_count() or 1)
    if design is None:
        report: ForkReport | ArmsReport = _one_change(forked, plans, terms)
    else:
        report = _several(forked, design, planned, terms)
    _show(report, html, json=json)


@dataclass(frozen=True, slots=True)
class _Forked:
    """The journal that is forked, and the extent of the comparison."""

    journal: Path
    entries: Sequence[Entry]
    opening: Session
    tick: int
    """The tick of the fork, or of the first of several."""
    end: int
    seed: str
    seeds: int
    jobs: int

    def date(self, tick: int) -> str:
        """Return the date of a tick."""
        return self.opening.simulation.world.calendar.iso(tick)

    def played(self) -> Session:
        """Replay the journal up to the end of the comparison."""
        with session_bar("Replaying the journal", self.end) as show:
            original, _ = replay_to(self.entries, self.journal, min(self.end, self.entries[-1].tick), show)
        return original


def _design(changes: Changes, arms: Sequence[str], sweep: str | None, *, each_window: bool) -> Design | None:
    """Return what is compared; ``None`` for one change with the baseline.

    Raises:
        ConfigurationError: options that exclude each other were given.
    """
    asked: list[Design] = []
    if arms:
        asked.append("arms")
    if sweep is not None:
        asked.append("sweep")
    if each_window:
        asked.append("each_window")
    if len(asked) > 1:
        names = " and ".join(DESIGN_NAMES[design] for design in asked)
        raise ConfigurationError(f"{names} exclude each other: give one of them")
    if asked and asked[0] != "each_window" and changes != Changes([], [], [], []):
        name = DESIGN_NAMES[asked[0]]
        raise ConfigurationError(
            f"{name}: expected its changes in its own value, got --without, --with or --set beside it"
        )
    return asked[0] if asked else None


def _two_sides(planner: ForkPlanner, changes: Changes) -> dict[str, ArmPlan]:
    """Return the plans of the baseline and, if anything is changed, of the changed games."""
    changed = planner.changed(changes)
    plans = {"baseline": planner.unchanged()}
    return plans if changed is None else {**plans, "changed": changed}


def _one_change(forked: _Forked, plans: dict[str, ArmPlan], terms: GameTerms) -> ForkReport:
    """Play the games of both sides, and return what they say."""
    last = plans[next(reversed(plans))]
    names = {**last.header, "without": last.without, "with": last.added}
    games = list(games_of(plans, names, forked.seed, forked.seeds, terms))
    original = forked.played()
    played, checks = play_and_check(games, min(forked.jobs, len(games)), original, forked.tick)
    origin = ForkOrigin(
        session=forked.opening.id,
        head=forked.entries[-1].chain,
        on=forked.date(forked.tick),
        without=last.without,
        added=last.added,
        until=forked.date(forked.end),
        seed=forked.seed,
        seeds=forked.seeds,
    )
    return _report(forked, origin, last, original, played, checks)


def _report(
    forked: _Forked,
    origin: ForkOrigin,
    last: ArmPlan,
    original: Session,
    played: Sequence[PlayedGame],
    checks: dict[Side, GamesCheck],
) -> ForkReport:
    """Put the comparison of two sides together."""
    opening = forked.opening
    before, after = ([game.summary for game in played if game.arm == side] for side in ("baseline", "changed"))
    compared = compare_games(summarize_game(original, forked.tick), before, after)
    return ForkReport(
        title=opening.scenario.title,
        journal=forked.journal.name,
        scenario=opening.scenario.id,
        forked=origin,
        original_to=forked.date(original.now),
        impossible=last.impossible,
        void=last.script.void,
        limits=list(last.script.limits),
        actors={actor.id: actor.name for actor in opening.scenario.actors},
        counts=compared.counts,
        allied=compared.allied,
        fought=compared.fought,
        power=compared.power,
        feared=compared.feared,
        classes=compare_classes(checks),
        smallest=smallest_effect(forked.seeds, compared.comparisons),
        propositions=compare_propositions(checks),
        hypotheses=compare_hypotheses(checks),
    )


def _several(forked: _Forked, design: Design, planned: Sequence[PlannedArm], terms: GameTerms) -> ArmsReport:
    """Play the games of several arms, and return what they say."""
    names = [[one.key, one.plan.header, one.plan.without, one.plan.added] for one in planned]
    games = list(games_of({one.key: one.plan for one in planned}, names, forked.seed, forked.seeds, terms))
    original = forked.played()
    played = play_games(games, min(forked.jobs, len(games)))
    opening = forked.opening
    return compare_arms(
        design,
        ArmsOrigin(
            session=opening.id,
            head=forked.entries[-1].chain,
            on=forked.date(forked.tick),
            until=forked.date(forked.end),
            seed=forked.seed,
            seeds=forked.seeds,
        ),
        ComparedJournal(
            title=opening.scenario.title,
            name=forked.journal.name,
            scenario=opening.scenario.id,
            actors={actor.id: actor.name for actor in opening.scenario.actors},
            to=forked.date(original.now),
            summary=summarize_game(original, forked.tick),
        ),
        [one.described for one in planned],
        [[game.summary for game in played if game.arm == one.key] for one in planned],
    )


def _show(report: ForkReport | ArmsReport, html: Path | None, *, json: bool) -> None:
    """Write the page, and print the document or its text."""
    if html is not None:
        replace_text(html, fork_page(report) if isinstance(report, ForkReport) else arms_page(report))
    if json:
        print_json(report)
        return
    if isinstance(report, ForkReport):
        print_fork(report)
    else:
        print_arms(report)
    if html is not None:
        console.print(f"wrote {html}")


def _years_on(opening: Session, tick: int) -> int:
    """Return the tick some years later, or the end of the scenario if that comes first."""
    calendar = opening.simulation.world.calendar
    window = calendar.window_of(tick) + YEARS * MONTHS_IN_YEAR // calendar.window_months
    return min(opening.end, calendar.opening_of(window + (not calendar.opens_window(tick))))
