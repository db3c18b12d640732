"""``counterpoise threats``: print who fears whom on one date or on many dates of one play."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from counterpoise.cli.journals import last_tick, read_journal, replay_to
from counterpoise.cli.options.dates import parse_date, tick_on
from counterpoise.cli.options.journals import Json
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.run import create_session, historical_record
from counterpoise.cli.terminal import console, date_bar, print_json, session_bar
from counterpoise.errors import ConfigurationError, InputError
from counterpoise.scenario_files import scenario_text, text_of
from counterpoise.session.date_watch import DateWatch
from counterpoise.session.records.record_playback import play_record
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.engine import Simulation
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.world import World
from counterpoise.theory.check.threats_document import threats_by_date_document, threats_document, threats_schema
from counterpoise.theory.parameters import BY_ROLE
from counterpoise.theory.threat import Matrix, Threat, perceived


@dataclass(frozen=True, slots=True)
class AskedDate:
    """A date that the user asked for, and where it stands, for errors: ``--on``, or a file and its line."""

    text: str
    place: str

    @property
    def day(self) -> date:
        """The date."""
        return parse_date(self.text, self.place)


class ThreatsByDate:
    """Collects the threat matrix of each date on which it looks at a world."""

    def __init__(self) -> None:
        self.matrices: dict[str, Matrix] = {}

    def look(self, world: World) -> None:
        """Keep the matrix of a world under the world's date."""
        self.matrices[world.calendar.iso(world.tick)] = perceived(world)

    def look_at_session(self, session: Session) -> None:
        """Keep the matrix of a session's world."""
        self.look(session.simulation.world)


def threats(
    source: Annotated[str, typer.Argument(help="A journal, a bundled scenario's name, or a scenario file.")],
    on: Annotated[list[str] | None, typer.Option("--on", help="A date; may be repeated.", metavar="DATE")] = None,
    dates: Annotated[
        Path | None,
        typer.Option(
            help="Take the dates from this file: one on each line. # begins a comment; empty lines are allowed.",
            metavar="FILE",
        ),
    ] = None,
    history: Annotated[bool, typer.Option("--history", help="Play the scenario's record of what states did.")] = False,
    json: Json = False,
    schema: Annotated[bool, schema_option(threats_schema)] = False,
) -> None:
    """Print who fears whom on one date or many.

    The table has the four components of each threat. A scenario is run to the date without players and without chance
    disputes; with --history its states do what the record says. Many dates take one play, and come earliest first.
    """
    asked = _asked_dates(on or [], dates)
    found = ThreatsByDate()
    if history:
        _watch_record(source, asked, found)
    elif _is_journal(source):
        _watch_journal(Path(source), asked, found)
    else:
        _watch_without_players(source, asked, found)
    if not json:
        _print(found.matrices)
    elif dates is None and len(asked) == 1:
        ((day, matrix),) = found.matrices.items()
        print_json(threats_document(matrix, day))
    else:
        print_json(threats_by_date_document(found.matrices))


def _asked_dates(on: Sequence[str], file: Path | None) -> list[AskedDate]:
    """Return the dates of the options, earliest first.

    Raises:
        typer.BadParameter: there is no date, a date has the wrong form, or both options are given.
        InputError: a line of the file is not a date, or the file has none.
        ConfigurationError: a date is given twice.
    """
    if bool(on) == (file is not None):
        problem = "give --on DATE, which may be repeated, or --dates FILE, " + ("not both" if on else "got neither")
        raise typer.BadParameter(problem, param_hint="--on")
    asked = [AskedDate(text, "--on") for text in on] if file is None else _dates_in(file)
    first: dict[date, AskedDate] = {}
    for one in asked:
        before = first.setdefault(one.day, one)
        if before is not one:
            earlier = "" if file is None else f" The first is {before.place.removesuffix(':')}."
            raise ConfigurationError(f"{one.place} {one.text}: this date is given twice.{earlier} Give each date once.")
    return sorted(asked, key=lambda one: one.day)


def _dates_in(file: Path) -> list[AskedDate]:
    found = []
    for number, line in enumerate(text_of(file, "a file of dates").splitlines(), start=1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        try:
            date.fromisoformat(text)
        except ValueError as error:
            expected = "a date such as 1967-05-15, one on each line"
            raise InputError(str(file), f"line {number}", expected, repr(text)) from error
        found.append(AskedDate(text, f"{file}: line {number}:"))
    if not found:
        raise InputError(str(file), "", "at least one date, such as 1967-05-15, on a line of its own", "none")
    return found


def _watch_without_players(source: str, asked: Sequence[AskedDate], found: ThreatsByDate) -> None:
    """Look at the world of a scenario on each date, without players and without chance disputes and unrest."""
    text, name = scenario_text(source)
    scenario = parse_scenario(text, name)
    for one in asked:
        if not scenario.start <= one.day <= scenario.end:
            bound = f"begins on {scenario.start}" if one.day < scenario.start else f"ends on {scenario.end}"
            raise ConfigurationError(
                f"{one.place} {one.text}: expected a date from {scenario.start} to {scenario.end}. The scenario {bound}."
            )
    simulation = Simulation(replace_fields(scenario, dispute_rate=0.0, unrest_rate=0.0), seed="record")
    calendar = simulation.world.calendar
    ticks = [calendar.tick_of(one.day) for one in asked]
    with date_bar("Running the scenario", max(1, ticks[-1]), calendar) as show:
        for tick in ticks:
            while simulation.now < tick:
                simulation.advance(tick)
            found.look(simulation.world)
            show(simulation.now)


def _watch_record(source: str, asked: Sequence[AskedDate], found: ThreatsByDate) -> None:
    """Look at the world of a scenario on each date, while the scenario's record is played.

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
    ticks = [tick_on(session, one.text, one.place) for one in asked]
    watch = DateWatch(ticks, found.look_at_session)
    with session_bar("Playing the record", max(1, ticks[-1])) as show:
        play_record(session, past, until=ticks[-1], after_stop=show, watch=watch)


def _watch_journal(path: Path, asked: Sequence[AskedDate], found: ThreatsByDate) -> None:
    """Look at the world of a journal on each date, while the journal is replayed."""
    entries = read_journal(path)
    opening = replay(entries[:1], str(path))
    ticks = [tick_on(opening, one.text, one.place, last_tick(entries)) for one in asked]
    with session_bar("Replaying", ticks[-1]) as show:
        replay_to(entries, path, ticks[-1], show, ticks, found.look_at_session)


def _is_journal(source: str) -> bool:
    """Tell whether a source is a file to read as a journal."""
    path = Path(source)
    return path.is_file() and path.suffix != ".toml"


def _print(matrices: Mapping[str, Matrix]) -> None:
    """Print the three gravest threats of each observer on each date."""
    for day, matrix in matrices.items():
        table = Table(title=f"Perceived threat, {day}", header_style="bold", title_justify="left")
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


def _cell(target: str, threat: Threat) -> str:
    components = (threat.power, threat.proximity, threat.offense, threat.intentions)
    return f"{target} {threat.threat:.2f} ({' '.join(f'{component:.2f}' for component in components)})"
