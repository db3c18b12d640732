"""``counterpoise fork``: what might have been, played many times over beside what was."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from counterpoise.cli.bot_timeout import BOT_SECONDS, BotSeconds, Patience
from counterpoise.cli.fork.changes import SETTABLE, Lookout, put_in, setting
from counterpoise.cli.fork.fork_page import fork_page
from counterpoise.cli.fork.fork_text import print_fork
from counterpoise.cli.journals import read_journal, write_journal
from counterpoise.cli.output_files import ensure_folder, require_page, write_text
from counterpoise.cli.run import tick_on
from counterpoise.cli.seat_options import seat_bots
from counterpoise.cli.sources import bundled_scenarios, history_text, scenario_folder, text_of
from counterpoise.cli.terminal import console, notes, print_json, progress_bar, session_bar
from counterpoise.cli.worker_processes import process_pool
from counterpoise.errors import ConfigurationError
from counterpoise.session.fork_comparison import counts, levels, pairs, side_by_side, verdicts
from counterpoise.session.fork_schema import fork_schema
from counterpoise.session.forking import Script, begin, changed, play_on, unchanged
from counterpoise.session.game_summary import Course, course, evidence
from counterpoise.session.journal import Entry, canonical
from counterpoise.session.journal_inputs import Given, Stored, inputs, told_deed
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.history import History
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.reading.scenario_text import parse_scenario

MONTHS_IN_YEAR = 12
YEARS = 3
"""How long the games go on after the fork unless ``--until`` says."""


@dataclass(frozen=True, slots=True)
class Game:
    """One game to be played from the fork: plain data, for it goes to another process."""

    script: Script
    arm: str
    number: int
    session_id: str
    seed: str
    bots: tuple[str, ...]
    until: int
    forked: dict[str, Any]
    folder: Path | None
    patience: Patience


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a game. ``evidence`` is what the checker needs of it."""

    arm: str
    number: int
    course: Course
    evidence: bytes
    trouble: tuple[str, ...]
    """Which bots failed, in words."""


Journal = Annotated[Path, typer.Argument(help="A journal: a session's database, or an exported journal.jsonl.")]
On = Annotated[
    str,
    typer.Option(
        "--on",
        help="The journal is followed up to and with this date; from the clock's next stop bots decide in every seat.",
        metavar="DATE",
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        help="Take out one order or inject done up to --on, or one that the scenario has in store: its number (as `export` "
        "has it, or `injects[3]` for the scenario's fourth), or words that are in it, such as 'form_alignment USR EGY' or, "
        "of a bundled record, of its source and note. May be repeated.",
        metavar="MATCH",
    ),
]
WithoutAll = Annotated[
    list[str] | None, typer.Option(help="The same with every order and inject that matches.", metavar="MATCH")
]
With = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        help="Put in an inject, or an order with `by`: JSON such as "
        '\'{"kind": "start_war", "attackers": ["ISR"], "defenders": ["EGY"], "aim": "policy"}\', or a file of it. '
        "It happens at the fork, or on the date `on` before it.",
        metavar="FILE_OR_JSON",
    ),
]
Set = Annotated[
    list[str] | None, typer.Option("--set", help=f"Set a component at the fork: {SETTABLE}.", metavar="WHAT=VALUE")
]
Until = Annotated[
    str | None,
    typer.Option(help=f"Compare up to this date; {YEARS} years after the fork unless said.", metavar="DATE"),
]
Jobs = Annotated[
    int | None, typer.Option(min=1, max=256, help="Games played at once; one for each processor unless said.")
]
Bots = Annotated[
    list[str] | None, typer.Option(help="NAME_OR_FILE for all seats or SEAT=NAME_OR_FILE; may be repeated.")
]
Record = Annotated[
    Path | None, typer.Option(help="The record the journal was played from, if not a bundled one.", metavar="FILE")
]
Journals = Annotated[Path | None, typer.Option(help="Keep every game's journal in this folder.", metavar="FOLDER")]


def _print_schema(asked: bool) -> None:
    """Print the schema and end, before the journal and the date are asked for."""
    if asked:
        print_json(fork_schema())
        raise typer.Exit


Asked = Annotated[
    bool,
    typer.Option(
        "--schema",
        callback=_print_schema,
        is_eager=True,
        help="Print the JSON Schema of the document instead; no journal and no date is needed.",
    ),
]


def fork(
    journal: Journal,
    on: On,
    without: Without = None,
    without_all: WithoutAll = None,
    put: With = None,
    components: Set = None,
    until: Until = None,
    seeds: Annotated[int, typer.Option(min=1, max=10_000, help="Games on each side of the comparison.")] = 20,
    seed: Annotated[str, typer.Option(help="The seeds of the games derive from it.")] = "1",
    jobs: Jobs = None,
    bots: Bots = None,
    bot_seconds: BotSeconds = BOT_SECONDS,
    record: Record = None,
    journals: Journals = None,
    html: Annotated[
        Path | None, typer.Option(help="Write the comparison as a self-contained page to this file.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    schema: Asked = False,
) -> None:
    """Change a journal and play on from a date.

    Three things stand side by side: the journal itself; the baseline, games forked on the same date with nothing changed;
    and games with the changes. Both sets have the same seeds, so what differs between them is what the changes did, and what
    differs between the journal and the baseline is what chance and the bots do.
    """
    if html is not None:
        require_page(html)
    entries = read_journal(journal)
    opening = replay(entries[:1], str(journal))
    tick = _followed(entries, opening, on, str(journal))
    end = tick_on(opening, until, "--until") if until is not None else _years_on(opening, tick)
    if end <= tick:
        raise ConfigurationError(f"--until {until or on}: expected a date after the fork, and a fork before the end")
    seat_bots(opening.scenario, bots or [], seed)  # so that a mistake shows before anything is played
    scripts, head, impossible = _scripts(
        entries,
        opening,
        str(journal),
        tick,
        _Changes(without or [], without_all or [], put or [], components or []),
        record,
    )
    folder = None if journals is None else ensure_folder(journals)
    games = list(_games(scripts, head, seed, seeds, tuple(bots or []), end, folder, Patience(bot_seconds)))
    with session_bar("Replaying the journal", end) as show:
        original = replay(entries, str(journal), until=min(end, entries[-1].tick), progress=show)
    calendar = opening.simulation.world.calendar
    document = {
        "title": opening.scenario.title,
        "journal": journal.name,
        "scenario": opening.scenario.id,
        "forked": {**head, "until": calendar.iso(end), "seed": seed, "seeds": seeds},
        "original_to": calendar.iso(original.now),
        **impossible,
        "actors": {actor.id: actor.name for actor in opening.scenario.actors},
        **_play_all(games, min(jobs or os.cpu_count() or 1, len(games)), original, tick),
    }
    if html is not None:
        write_text(html, fork_page(document))
    if json:
        print_json(document)
        return
    print_fork(document)
    if html is not None:
        console.print(f"wrote {html}")


class _Changes(NamedTuple):
    """What the options ask to be changed, as they came."""

    without: Sequence[str]
    without_all: Sequence[str]
    put: Sequence[str]
    components: Sequence[str]


def _scripts(
    entries: Sequence[Entry], opening: Session, source: str, tick: int, changes: _Changes, record: Path | None
) -> tuple[dict[str, Script], dict[str, Any], dict[str, Any]]:
    """Return what is done up to the fork on each side, what to say of it in headers, and what became impossible."""
    calendar = opening.simulation.world.calendar
    before = unchanged(entries, source, tick)
    later = [given for given in inputs(entries) if given.tick > tick]
    whole = parse_scenario(before.header["scenario_text"], source)
    lookout = Lookout(before, later, whole, calendar, _record_of(before, opening, record))
    out, withheld = _taken(lookout, changes.without, changes.without_all)
    added = [deed for option in changes.put for deed in put_in(option, calendar, tick)]
    added += [setting(option, tick) for option in changes.components]
    head = {
        "session": opening.id,
        "head": entries[-1].chain,
        "on": calendar.iso(tick),
        "without": [*map(lookout.told, withheld), *map(lookout.told, out)],
        "with": [told_deed(deed.tick, deed.seat, deed.deed, calendar) for deed in added],
    }
    if not out and not withheld and not added:
        return {"baseline": before}, head, {"impossible": [], "void": 0, "limits": []}
    after = changed(before, [given.sequence for given in out], added, [inject.place for inject in withheld])
    impossible = {"impossible": [lookout.told(given) for given in after.impossible], "void": after.void}
    impossible["limits"] = list(after.limits)
    return {"baseline": before, "changed": after}, head, impossible


def play_game(game: Game) -> Played:
    """Play one game from the fork; in whatever process."""
    session = begin(game.script, game.session_id, game.seed, game.forked)
    bots = seat_bots(session.scenario, game.bots, game.seed)
    conduct = play_on(session, bots, game.until, asking=game.patience)
    if game.folder is not None:
        write_journal(game.folder / f"{game.arm}-{game.number:04d}.jsonl", session.take_entries())
    on = game.script.on
    trouble = tuple(failures[-1] for failures in conduct.failures.values())
    return Played(game.arm, game.number, course(session, on), evidence(session, on), trouble)


def _followed(entries: Sequence[Entry], opening: Session, on: str, source: str) -> int:
    """Return the tick of the fork, which the journal must have come to."""
    tick, last = tick_on(opening, on, "--on"), entries[-1].tick
    if tick > last:
        date = opening.simulation.world.calendar.iso(last)
        raise ConfigurationError(f"--on {on}: {source} ends on {date}; what came after it nobody has decided")
    return tick


def _years_on(opening: Session, tick: int) -> int:
    """Return the tick some years later, or the end of the scenario if that comes first."""
    calendar = opening.simulation.world.calendar
    window = calendar.window_of(tick) + YEARS * MONTHS_IN_YEAR // calendar.window_months
    return min(opening.end, calendar.opening_of(window + (not calendar.opens_window(tick))))


def _record_of(script: Script, opening: Session, file: Path | None) -> History | None:
    """Return the record a journal was played from, for the words in it: the one named, or the bundled one."""
    if file is not None:
        return parse_history(text_of(file), str(file), opening.scenario)
    name = opening.scenario.id
    if not script.header.get("recorded") or name not in bundled_scenarios():
        return None
    if not (scenario_folder() / f"{name}.history.toml").is_file():
        return None
    return parse_history(*history_text(name), opening.scenario)


def _taken(lookout: Lookout, without: Sequence[str], without_all: Sequence[str]) -> tuple[list[Given], list[Stored]]:
    """Return what is to be taken out, of the journal and of the scenario, in their order, each once."""
    out = [lookout.one(wanted) for wanted in without]
    out += [taken for wanted in without_all for taken in lookout.all(wanted)]
    given = {taken.sequence: taken for taken in out if isinstance(taken, Given)}
    in_store = {taken.place: taken for taken in out if isinstance(taken, Stored)}
    return [given[sequence] for sequence in sorted(given)], [in_store[place] for place in sorted(in_store)]


def _games(
    scripts: dict[str, Script],
    head: dict[str, Any],
    seed: str,
    seeds: int,
    bots: tuple[str, ...],
    until: int,
    folder: Path | None,
    patience: Patience,
) -> Iterator[Game]:
    """Yield every game, both sides of a seed together; equal arguments give equal journals."""
    name = hashlib.sha256(canonical([head, seed, bots])).hexdigest()[:8]
    for number in range(1, seeds + 1):
        for arm, script in scripts.items():
            own = f"{seed}/{number}"
            forked = {**head, "seed": own, "arm": arm}
            if arm == "baseline":
                forked |= {"without": [], "with": []}
            yield Game(script, arm, number, f"fork-{name}-{arm}-{number}", own, bots, until, forked, folder, patience)


def _play_all(games: Sequence[Game], jobs: int, original: Session, on: int) -> dict[str, Any]:
    """Play the games, and return what they have in common and what they have not."""
    with process_pool(jobs) as executor:
        with progress_bar("Playing on", len(games)) as show:
            played: list[Played] = []
            for one in _done(executor, games):
                played.append(one)
                show(len(played))
        for words in sorted({words for one in played for words in one.trouble}):
            notes.print(f"a bot failed: {words}", markup=False)
        played.sort(key=lambda one: one.number)
        arms = {arm: [one for one in played if one.arm == arm] for arm in ("baseline", "changed")}
        sets = {"original": {original.id: evidence(original, on)}}
        sets |= {arm: {one.course.session: one.evidence for one in found} for arm, found in arms.items() if found}
        with progress_bar("Checking", len(sets)) as show:
            checks = {}
            for arm, check in _checked(executor, sets):
                checks[arm] = check
                show(len(checks))
    was, before, after = course(original, on), *([one.course for one in found] for found in arms.values())
    return {
        "counts": counts(was, before, after),
        "allied": pairs(was.allied, [one.allied for one in before], [one.allied for one in after]),
        "fought": pairs(was.fought, [one.fought for one in before], [one.fought for one in after]),
        "power": levels(was.power, [one.power for one in before], [one.power for one in after]),
        "feared": levels(was.feared, [one.feared for one in before], [one.feared for one in after]),
        **side_by_side({arm: checks[arm] for arm in sets}),
    }


def _done(executor: Executor | None, games: Sequence[Game]) -> Iterator[Played]:
    """Yield the games as they are done."""
    if executor is None:
        yield from map(play_game, games)
        return
    try:
        for future in as_completed([executor.submit(play_game, game) for game in games]):
            yield future.result()
    except BrokenExecutor as error:
        raise ConfigurationError(
            "--bots: expected bots that leave their process alone, got one that ended it"
        ) from error


def _checked(executor: Executor | None, sets: dict[str, dict[str, bytes]]) -> Iterator[tuple[str, dict[str, Any]]]:
    if executor is None:
        yield from ((arm, verdicts(games)) for arm, games in sets.items())
        return
    waiting: dict[Future[dict[str, Any]], str] = {executor.submit(verdicts, games): arm for arm, games in sets.items()}
    for future in as_completed(waiting):
        yield waiting[future], future.result()
