"""``counterpoise fork``: change a journal, play on many times, and compare with the journal."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from counterpoise.cli.fork.changes import SETTABLE, added_inputs, component_setting
from counterpoise.cli.fork.fork_games import PlayedGame, games_of, play_and_check
from counterpoise.cli.fork.fork_page import fork_page
from counterpoise.cli.fork.fork_text import print_fork
from counterpoise.cli.fork.input_matcher import InputMatcher
from counterpoise.cli.fork.past_places import SnapshotPlace, last_sound_snapshot
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
from counterpoise.scenario_files import bundled_scenarios, history_text, scenario_folder, text_of
from counterpoise.session.forking import ForkScript, changed_script, script_of
from counterpoise.session.forks.fork_comparison import (
    GamesCheck,
    compare_classes,
    compare_counts,
    compare_hypotheses,
    compare_pairs,
    compare_propositions,
    compare_states,
)
from counterpoise.session.forks.fork_document import ForkOrigin, ForkReport, Side, fork_schema
from counterpoise.session.forks.game_summary import summarize_game
from counterpoise.session.journal.entries import Entry
from counterpoise.session.journal.free_text import act_without_texts
from counterpoise.session.journal.inputs import JournalInput, ScenarioInject, format_act, inputs_of
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.history import History
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.reading.scenario_text import parse_scenario
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
        help="Put in an inject, or an order with `by`. JSON such as "
        '\'{"kind": "start_war", "attackers": ["ISR"], "defenders": ["EGY"], "aim": "policy"}\', or a file with it. '
        "It happens at the fork, or on an earlier date given as `on`.",
        metavar="FILE_OR_JSON",
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


def fork(
    journal: Journal,
    on: On,
    without: Without = None,
    without_all: WithoutAll = None,
    put: With = None,
    components: Set = None,
    until: Until = None,
    seeds: Annotated[int, number_option("--seeds", "Games on each side of the comparison.", int, 1, 10_000)] = 20,
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
    between the journal and the baseline is what chance and the bots do.
    """
    if html is not None:
        require_page(html)
    entries = read_journal(journal)
    opening = replay(entries[:1], str(journal))
    tick = tick_on(opening, on, "--on", entries[-1].tick)
    end = tick_on(opening, until, "--until") if until is not None else _years_on(opening, tick)
    if end <= tick:
        raise ConfigurationError(
            f"--until {until or on}: expected a date after the fork, and a fork before the end of the scenario"
        )
    load = SeatLoader(bot_limits(bot_seconds, bot_memory, trusted=trust_bots))
    require_bots(opening.scenario, bots or [], seed, load)
    plan = _plan(
        entries,
        opening,
        journal,
        tick,
        _Changes(without or [], without_all or [], put or [], components or []),
        record,
    )
    if journals is not None:
        require_no_journals(journals, "--journals")
    folder = None if journals is None else ensure_folder(journals)
    asked = tuple(bots or [])
    games = list(games_of(plan.scripts, plan.starts, plan.head, plan.header, seed, seeds, asked, end, folder, load))
    with session_bar("Replaying the journal", end) as show:
        original, _ = replay_to(entries, journal, min(end, entries[-1].tick), show)
    played, checks = play_and_check(games, min(jobs or os.cpu_count() or 1, len(games)), original, tick)
    origin = _origin(plan.head, opening.simulation.world.calendar.iso(end), seed, seeds)
    report = _report(journal.name, origin, plan, opening, original, tick, played, checks)
    if html is not None:
        replace_text(html, fork_page(report))
    if json:
        print_json(report)
        return
    print_fork(report)
    if html is not None:
        console.print(f"wrote {html}")


class _Changes(NamedTuple):
    """The options that ask for changes, as given."""

    without: Sequence[str]
    without_all: Sequence[str]
    put: Sequence[str]
    components: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is done up to the fork, and what to say about it."""

    scripts: dict[Side, ForkScript]
    """The scripts of the baseline and, if anything is changed, of the changed games."""
    starts: dict[Side, SnapshotPlace | None]
    """The snapshots of the journal that the games of each side start from."""
    head: dict[str, Any]
    """What was forked and what was changed."""
    header: dict[str, Any]
    """The same without the texts that people typed, for the headers of the games' journals: a header cannot be erased."""
    impossible: list[str]
    """Inputs that the changes made impossible, a line each."""


def _plan(
    entries: Sequence[Entry], opening: Session, journal: Path, tick: int, changes: _Changes, record: Path | None
) -> _Plan:
    """Work out what is done up to the fork on each side."""
    source = str(journal)
    calendar = opening.simulation.world.calendar
    before = script_of(entries, source, tick)
    later = [given for given in inputs_of(entries) if given.tick > tick]
    whole = parse_scenario(before.header["scenario_text"], source)
    matcher = InputMatcher(before, later, whole, calendar, _record_of(before, opening, record))
    out, withheld = _taken_out(matcher, changes.without, changes.without_all)
    added = [one for option in changes.put for one in added_inputs(option, calendar, tick)]
    added += [component_setting(option, tick) for option in changes.components]
    head = {
        "session": opening.id,
        "head": entries[-1].chain,
        "on": calendar.iso(tick),
        "without": [*map(matcher.describe, withheld), *map(matcher.describe, out)],
        "with": [format_act(one.tick, one.seat, one.act, calendar) for one in added],
    }
    header = {
        **head,
        "without": [*map(matcher.describe, withheld), *(matcher.describe(given.without_texts()) for given in out)],
        "with": [format_act(one.tick, one.seat, act_without_texts(one.act), calendar) for one in added],
    }
    unchanged = last_sound_snapshot(journal, entries, tick, len(entries))
    starts: dict[Side, SnapshotPlace | None] = {"baseline": None if unchanged is None else unchanged[0]}
    if not out and not withheld and not added:
        return _Plan({"baseline": before}, starts, head, header, [])
    # An inject of the scenario that is withheld is missing from the first day on.
    first = -1 if withheld else min([tick, *(given.tick for given in out), *(one.tick for one in added)])
    found = last_sound_snapshot(journal, entries, first, min([len(entries), *(given.sequence for given in out)]))
    starts["changed"], past = (None, None) if found is None else found
    after = changed_script(
        before, [given.sequence for given in out], added, [inject.place for inject in withheld], past
    )
    impossible = [matcher.describe(given) for given in after.impossible]
    return _Plan({"baseline": before, "changed": after}, starts, head, header, impossible)


def _years_on(opening: Session, tick: int) -> int:
    """Return the tick some years later, or the end of the scenario if that comes first."""
    calendar = opening.simulation.world.calendar
    window = calendar.window_of(tick) + YEARS * MONTHS_IN_YEAR // calendar.window_months
    return min(opening.end, calendar.opening_of(window + (not calendar.opens_window(tick))))


def _record_of(script: ForkScript, opening: Session, file: Path | None) -> History | None:
    """Return the record that a journal was played from, named or bundled, to search its words."""
    if file is not None:
        return parse_history(text_of(file, "a record"), str(file), opening.scenario)
    name = opening.scenario.id
    if not script.header.get("recorded") or name not in bundled_scenarios():
        return None
    if not (scenario_folder() / f"{name}.history.toml").is_file():
        return None
    return parse_history(*history_text(name), opening.scenario)


def _taken_out(
    matcher: InputMatcher, without: Sequence[str], without_all: Sequence[str]
) -> tuple[list[JournalInput], list[ScenarioInject]]:
    """Return the inputs of the journal and the injects of the scenario to take out, in order, each once."""
    out = [matcher.the_match(wanted) for wanted in without]
    out += [found for wanted in without_all for found in matcher.matches(wanted)]
    given = {found.sequence: found for found in out if isinstance(found, JournalInput)}
    in_store = {found.place: found for found in out if isinstance(found, ScenarioInject)}
    return [given[sequence] for sequence in sorted(given)], [in_store[place] for place in sorted(in_store)]


def _origin(head: Mapping[str, Any], until: str, seed: str, seeds: int) -> ForkOrigin:
    """Return what was forked and changed, with the extent of the comparison."""
    return ForkOrigin(
        session=head["session"],
        head=head["head"],
        on=head["on"],
        without=head["without"],
        added=head["with"],
        until=until,
        seed=seed,
        seeds=seeds,
    )


def _report(
    journal: str,
    origin: ForkOrigin,
    plan: _Plan,
    opening: Session,
    original: Session,
    on: int,
    played: Sequence[PlayedGame],
    checks: dict[Side, GamesCheck],
) -> ForkReport:
    """Put the comparison together."""
    was = summarize_game(original, on)
    before = [game.summary for game in played if game.side == "baseline"]
    after = [game.summary for game in played if game.side == "changed"]
    changed_script = plan.scripts.get("changed")
    return ForkReport(
        title=opening.scenario.title,
        journal=journal,
        scenario=opening.scenario.id,
        forked=origin,
        original_to=opening.simulation.world.calendar.iso(original.now),
        impossible=plan.impossible,
        void=changed_script.void if changed_script else 0,
        limits=list(changed_script.limits) if changed_script else [],
        actors={actor.id: actor.name for actor in opening.scenario.actors},
        counts=compare_counts(was, before, after),
        allied=compare_pairs(was.allied, [game.allied for game in before], [game.allied for game in after]),
        fought=compare_pairs(was.fought, [game.fought for game in before], [game.fought for game in after]),
        power=compare_states(was.power, [game.power for game in before], [game.power for game in after]),
        feared=compare_states(was.feared, [game.feared for game in before], [game.feared for game in after]),
        classes=compare_classes(checks),
        propositions=compare_propositions(checks),
        hypotheses=compare_hypotheses(checks),
    )
