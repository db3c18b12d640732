"""The commands that read a journal: ``replay``, ``debrief`` and ``threats``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace as replace_fields
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.table import Table

from counterpoise.cli.debrief.debrief_page import debrief_page
from counterpoise.cli.debrief.debrief_text import print_debrief
from counterpoise.cli.journals import read_journal, replay_to
from counterpoise.cli.options.dates import parse_date, tick_on
from counterpoise.cli.options.journals import Journal, Json
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.output_files import require_page, write_text
from counterpoise.cli.run import create_session, historical_record
from counterpoise.cli.terminal import console, print_json, progress_bar, session_bar
from counterpoise.cli.world_text import print_view, print_world
from counterpoise.errors import ConfigurationError, JournalError
from counterpoise.scenario_files import scenario_text, text_of
from counterpoise.session.debrief_data import debrief_session, debrief_sessions, journal_contents, with_new_forecasts
from counterpoise.session.debrief_document import Debrief, debrief_schema
from counterpoise.session.journal.entries import Entry, check_chain
from counterpoise.session.record_playback import play_record
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.engine import Simulation
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World
from counterpoise.theory.check.threats_document import threats_document, threats_schema
from counterpoise.theory.parameters import BY_ROLE
from counterpoise.theory.parameters_text import parse as parse_parameters
from counterpoise.theory.threat import Threat, perceived

DRAWS, DRAWS_UP_TO = 20, 20_000


def debrief(
    journals: Annotated[
        list[Path], typer.Argument(help="Journals or folders of journals. Several are pooled.", metavar="JOURNAL")
    ],
    json: Json = False,
    parameters: Annotated[
        Path | None, typer.Option(help="Make the forecasts again with the numbers in this TOML file.", metavar="FILE")
    ] = None,
    draws: Annotated[
        int | None,
        number_option(
            "--draws",
            "Try the verdicts with so many other threat indices (other weights, forms and floors). "
            f"The default is {DRAWS}, or none with over {DRAWS_UP_TO} decisions.",
            int,
            0,
            10_000,
        ),
    ] = None,
    schema: Annotated[bool, schema_option(debrief_schema)] = False,
    html: Annotated[Path | None, typer.Option(help="Write a self-contained page to this file.")] = None,
) -> None:
    """Compare forecasts with what players did."""
    files = [file for path in journals for file in _journals_in(path)]
    if html is not None:
        require_page(html)
    numbers = None if parameters is None else parse_parameters(text_of(parameters), str(parameters))
    with progress_bar("Reading journals", len(files)) as show:
        read = []
        for number, file in enumerate(files, start=1):
            contents = journal_contents(list(check_chain(read_journal(file), str(file))), str(file))
            read.append(contents if numbers is None else with_new_forecasts(contents, numbers))
            show(number)
    if draws is None:
        draws = DRAWS if sum(len(contents.records) for contents in read) <= DRAWS_UP_TO else 0
    report: Debrief
    with progress_bar("Trying other threat indices", draws) if draws else nullcontext() as show_draws:
        if len(read) == 1:
            report = debrief_session(read[0], draws=draws, progress=show_draws)
        else:
            report = debrief_sessions(read, draws=draws, progress=show_draws)
    if html is not None:
        write_text(html, debrief_page(report))
    if json:
        print_json(report)
    elif html is None:
        print_debrief(report)
    else:
        console.print(f"wrote {html}")


def _journals_in(path: Path) -> list[Path]:
    """Return the path itself, or the journals in it if it is a folder, by name."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix in (".db", ".jsonl"))
    if not found:
        raise JournalError(str(path), "the folder has no journals. Expected files ending in .db or .jsonl.")
    return found


def threats(
    source: Annotated[str, typer.Argument(help="A journal, a bundled scenario's name, or a scenario file.")],
    on: Annotated[str, typer.Option("--on", help="The date.", metavar="DATE")],
    history: Annotated[bool, typer.Option("--history", help="Play the scenario's record of what states did.")] = False,
    json: Json = False,
    schema: Annotated[bool, schema_option(threats_schema)] = False,
) -> None:
    """Print who fears whom on a date.

    The table has the four components of each threat. A scenario is run to the date without players and without chance
    disputes; with --history its states do what the record says.
    """
    if history:
        world = _world_of_record(source, on)
        date = world.calendar.iso(world.tick)
    elif _is_journal(source):
        entries = read_journal(Path(source))
        opening = replay(entries[:1], source)
        session = _replay_to(entries, source, tick_on(opening, on, "--on", _last_tick(entries)))
        world, date = session.simulation.world, session.simulation.world.calendar.iso(session.now)
    else:
        world = _world_without_players(source, on)
        date = world.calendar.iso(world.tick)
    matrix = perceived(world)
    if json:
        print_json(threats_document(matrix, date))
        return
    table = Table(title=f"Perceived threat, {date}", header_style="bold", title_justify="left")
    table.add_column("observer")
    for heading in ("first", "second", "third"):
        table.add_column(heading)
    for observer, row in matrix.items():
        ranked = sorted(row.items(), key=lambda pair: (-pair[1].threat, pair[0]))[:3]
        table.add_row(observer, *(_cell(target, threat) for target, threat in ranked))
    console.print(table)
    console.print(
        "Each cell: the state observed, the threat, and its power, proximity, offence and intentions (all 0 to 1)."
    )
    weights = {role: f"{w.power:g}, {w.proximity:g}, {w.offense:g}, {w.intentions:g}" for role, w in BY_ROLE.items()}
    console.print(
        f"The weights are {weights['regional']} for regional states, {weights['outside']} for outside powers."
    )


def _is_journal(source: str) -> bool:
    """Tell whether a source is a file to read as a journal."""
    path = Path(source)
    return path.is_file() and path.suffix != ".toml"


def _cell(target: str, threat: Threat) -> str:
    components = (threat.power, threat.proximity, threat.offense, threat.intentions)
    return f"{target} {threat.threat:.2f} ({' '.join(f'{component:.2f}' for component in components)})"


def _world_without_players(source: str, on: str) -> World:
    """Return the world of a scenario on a date, without players and without chance disputes and unrest."""
    text, name = scenario_text(source)
    scenario = parse_scenario(text, name)
    if not scenario.start <= parse_date(on, "--on") <= scenario.end:
        raise ConfigurationError(
            f"--on {on}: expected a date from {scenario.start} to {scenario.end}. The scenario ends on {scenario.end}."
        )
    simulation = Simulation(replace_fields(scenario, dispute_rate=0.0, unrest_rate=0.0), seed="record")
    target = simulation.world.calendar.tick_of(parse_date(on, "--on"))
    while simulation.now < target:
        simulation.advance(target)
    return simulation.world


def _world_of_record(source: str, on: str) -> World:
    """Return the world on a date after playing the record of a scenario.

    Raises:
        typer.BadParameter: the source is a journal, which has no record.
    """
    if _is_journal(source):
        raise typer.BadParameter(
            f"expected a scenario with a record, got the journal {source}. Leave out --history to read a journal.",
            param_hint="--history",
        )
    session = create_session(source, "1", recorded=True)
    past = historical_record(source, None, session)
    target = tick_on(session, on, "--on")
    with session_bar("Playing the record", max(1, target)) as show:
        play_record(session, past, until=target, after_stop=show)
    return session.simulation.world


def _last_tick(entries: Sequence[Entry]) -> int:
    return max((entry.tick for entry in entries), default=0)


def _replay_to(entries: Sequence[Entry], source: str, tick: int) -> Session:
    """Return the session of a journal at a tick."""
    with session_bar("Replaying", tick) as show:
        return replay_to(entries, Path(source), tick, show)[0]


def replay_journal(
    journal: Journal,
    at: Annotated[str, typer.Option("--at", help="The date.", metavar="DATE")],
    seat: Annotated[str | None, typer.Option("--as", help="Show the view of this seat.", metavar="SEAT")] = None,
    json: Json = False,
) -> None:
    """Show the world on a past date.

    The journal is played up to that date. With --as, one seat's view is shown instead of the whole world.
    """
    entries = read_journal(journal)
    opening = replay(entries[:1], str(journal))
    if seat is not None and seat not in opening.seats:
        raise ConfigurationError(f"--as {seat}: the journal has no such seat. Its seats are {', '.join(opening.seats)}")
    session = _replay_to(entries, str(journal), tick_on(opening, at, "--at", _last_tick(entries)))
    world = session.simulation.world
    if seat is None:
        print_json(session.texts.filled(_world_document(world))) if json else print_world(world)
        return
    if not world.actors[ActorId(seat)].active:
        raise ConfigurationError(
            f"--as {seat}: the state does not exist on {world.calendar.iso(world.tick)}. Give a date on which it exists"
        )
    view = session.view(ActorId(seat))
    print_json(msgspec.to_builtins(view)) if json else print_view(view)


def _world_document(world: World) -> dict[str, Any]:
    """Return the omniscient state of a world as plain values."""
    return {
        "tick": world.tick,
        "date": world.calendar.iso(world.tick),
        "actors": {actor.id: msgspec.to_builtins(actor) for actor in world.active()},
        "alignments": [msgspec.to_builtins(a) for a in world.alignments.values() if not a.ended],
        "crises": [msgspec.to_builtins(crisis) for crisis in world.crises.values()],
        "wars": [msgspec.to_builtins(war) for war in world.wars.values()],
        "aid": [msgspec.to_builtins(flow) for flow in world.aid.values()],
        "scores": {actor: round(score, 6) for actor, score in world.scores.items()},
    }
