"""``counterpoise draw``: pictures that any program can show, with exactly what the seat may know."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from counterpoise.cli import draw as drawing
from counterpoise.cli.journals import read_journal, replay_to
from counterpoise.errors import ConfigurationError
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.whole_view import whole_view

Command = Callable[..., "subprocess.CompletedProcess[str]"]
ON, SEAT = "1903-07-01", ActorId("ARD")
INFORMAL = ("arms", "basing", "joint_operation")

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None, reason="Node is not installed; pictures are drawn with it"
)


@pytest.fixture(scope="module")
def session(journal: Path) -> Session:
    entries = read_journal(journal)
    opening, _ = replay_to(entries, journal, 0)
    calendar = opening.simulation.world.calendar
    return replay_to(entries, journal, next(t for t in range(2000) if calendar.iso(t) == ON))[0]


def drawn(counterpoise: Command, journal: Path, file: Path, *options: str) -> Element:
    done = counterpoise("draw", journal, "--on", ON, "-o", file, *options)
    assert done.returncode == 0, done.stderr
    text = file.read_text(encoding="utf-8")
    assert "var(" not in text
    assert "class=" not in text
    return fromstring(text)


def all_of(picture: Element, name: str) -> list[str]:
    return [one.attrib[name] for one in picture.iter() if name in one.attrib]


def test_a_map_has_the_states_pacts_crises_and_wars_of_the_date(
    counterpoise: Command, journal: Path, session: Session, tmp_path: Path
) -> None:
    picture = drawn(counterpoise, journal, tmp_path / "map.svg", "--what", "map")
    whole = whole_view(session.simulation.world)
    assert sorted(all_of(picture, "data-state")) == sorted(state.id for state in whole.states)
    treaties = [a for a in whole.alignments if a.commitment not in INFORMAL]
    assert sorted(all_of(picture, "data-pact")) == sorted(str(a.id) for a in treaties) != []
    assert all_of(picture, "data-crisis") == [str(crisis.id) for crisis in whole.crises]
    assert all_of(picture, "data-war") == [str(war.id) for war in whole.wars]
    fills = {one.attrib.get("fill", "") for one in picture.iter()}
    assert {"#e2e9ed", "#dcd8cd"} <= fills, "the colours of the style sheets stand in the elements"


def test_a_seats_map_has_what_the_seat_saw(
    counterpoise: Command, journal: Path, session: Session, tmp_path: Path
) -> None:
    picture = drawn(counterpoise, journal, tmp_path / "seat.svg", "--what", "map", "--as", SEAT)
    view = session.view(SEAT)
    pacts = [a for a in view.alignments if a.commitment not in INFORMAL or SEAT in a.members]
    assert sorted(all_of(picture, "data-pact")) == sorted(str(a.id) for a in pacts)
    assert {fear.split()[1] for fear in all_of(picture, "data-fear")} <= {SEAT}
    assert "as Arden saw it" in "".join(picture.itertext())


def test_the_network_the_matrix_and_the_lanes_have_every_state(
    counterpoise: Command, journal: Path, session: Session, tmp_path: Path
) -> None:
    states = sorted(actor.id for actor in session.simulation.world.active())
    network = drawn(counterpoise, journal, tmp_path / "network.svg", "--what", "network")
    assert sorted(all_of(network, "data-actor")) == states
    matrix = drawn(counterpoise, journal, tmp_path / "matrix.svg", "--what", "matrix")
    assert len(all_of(matrix, "data-cell")) == len(states) * (len(states) - 1)
    lanes = drawn(counterpoise, journal, tmp_path / "lanes.svg", "--what", "lanes")
    assert sorted(set(all_of(lanes, "data-actor"))) == states
    own = drawn(counterpoise, journal, tmp_path / "own.svg", "--what", "lanes", "--as", SEAT)
    assert set(all_of(own, "data-actor")) == {SEAT}


def test_bad_options_are_refused_before_the_journal_is_read(counterpoise: Command, tmp_path: Path) -> None:
    missing, absent = tmp_path / "missing.db", tmp_path / "absent"
    done = counterpoise("draw", missing, "--what", "map", "-o", absent / "map.svg")
    assert done.returncode == 74
    assert f"the folder {absent} does not exist" in done.stderr
    done = counterpoise("draw", missing, "--what", "maps", "-o", tmp_path / "map.svg")
    assert done.returncode == 2
    assert "Invalid value for --what: expected one of map, network, matrix, lanes, got maps" in done.stderr


def test_without_a_date_the_picture_is_of_the_journals_last(
    counterpoise: Command, journal: Path, tmp_path: Path
) -> None:
    done = counterpoise("draw", journal, "--what", "lanes", "-o", tmp_path / "lanes.svg")
    assert done.returncode == 0, done.stderr
    entries = read_journal(journal)
    session, _ = replay_to(entries, journal, 0)
    last = session.simulation.world.calendar.iso(max(entry.tick for entry in entries))
    assert done.stderr.endswith(f" on {last}.\n")


def test_a_png_needs_the_extra_and_says_so(
    counterpoise: Command, journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("resvg_py", reason="resvg-py is not installed: pip install counterpoise[pictures]")
    file = tmp_path / "map.png"
    assert counterpoise("draw", journal, "--what", "map", "--on", ON, "-o", file, "--scale", "0.5").returncode == 0
    assert file.read_bytes().startswith(b"\x89PNG")
    monkeypatch.setattr(drawing, "find_spec", lambda name: None)
    done = counterpoise("draw", journal, "--what", "map", "--on", ON, "-o", tmp_path / "other.png")
    assert done.returncode == 78
    assert "pip install 'counterpoise[pictures]'" in done.stderr
    assert not (tmp_path / "other.png").exists()


def test_a_machine_without_node_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(drawing, "find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match="needs Node, which is not installed"):
        drawing.drawn_by_node({"what": "map"})
