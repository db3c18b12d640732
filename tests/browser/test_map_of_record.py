"""A map shows just what its viewer may know: at twenty dates of the record of the Middle East, for six seats and everyone."""

from __future__ import annotations

import json
import shutil
import subprocess
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from counterpoise.gateway.view_news import public_news
from counterpoise.scenario_files import history_text, scenario_map, scenario_text
from counterpoise.session.records.record_playback import play_record
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.public_view import public_view
from counterpoise.sim.views.view_builder import build_view
from counterpoise.sim.world import World

SCENARIO = "middle-east-1955"
SEATS = [ActorId(seat) for seat in ("EGY", "JOR", "ISR", "SAU", "TUR", "USA")]
PUBLIC = ActorId("")
CHOSEN = ActorId("EGY")
"""The state whose aid and bases the public picture shows."""
WARS = ["1956-11-01", "1967-06-06", "1973-10-10"]
DATES = sorted([*WARS, *(f"{year}-{month}" for year in range(1957, 1979, 4) for month in ("01", "05", "09"))][:20])
INFORMAL = ("arms", "basing", "joint_operation")
HOLD_LEAST = 0.005
"""The least access to another state's politics that a map draws."""
LINES = dict.fromkeys(("defence", "offence", "union"), "strong") | dict.fromkeys(INFORMAL, "informal")
SCRIPT = Path(__file__).parent / "map_of_views.mjs"


@dataclass(frozen=True)
class Truth:
    """What a map should show, taken from the world itself and not from a view of it."""

    states: list[str]
    pacts: dict[str, str]
    crises: dict[str, list[int]]
    wars: list[str]
    aid: list[str]
    access: list[str]
    hidden_pacts: list[str]
    hidden_aid: list[tuple[ActorId, ActorId]]


def truth(world: World, viewer: ActorId) -> Truth:
    """Return what the map of a seat, or of the public, should show of a world."""
    centre = viewer or CHOSEN
    standing = [pact for pact in world.alignments.values() if not pact.ended]
    hidden = [pact for pact in standing if pact.secret and viewer not in (*pact.members, *pact.known_to)]
    shown = [p for p in standing if p not in hidden and (p.commitment not in INFORMAL or centre in p.members)]
    flows = [f for f in world.aid.values() if centre in (f.donor, f.recipient) and not is_hidden(f, viewer)]
    access = []
    for other in world.active() if viewer else ():
        if other.id != viewer:
            access += [f"{other.id} {viewer}"] * (world.dyads[viewer, other.id].penetration_known > HOLD_LEAST)
            access += [f"{viewer} {other.id}"] * (world.dyads[other.id, viewer].penetration > HOLD_LEAST)
    return Truth(
        states=sorted(str(actor.id) for actor in world.active()),
        pacts={str(pact.id): LINES.get(pact.commitment, str(pact.commitment)) for pact in shown},
        crises={str(crisis.id): [crisis.level] for crisis in world.crises.values()},
        wars=[str(war.id) for war in world.wars.values()],
        aid=sorted(f"{flow.donor} {flow.recipient} {flow.kind}" for flow in flows),
        access=sorted(access),
        hidden_pacts=[str(pact.id) for pact in hidden],
        hidden_aid=[(flow.donor, flow.recipient) for flow in world.aid.values() if is_hidden(flow, viewer)],
    )


@dataclass(frozen=True)
class Look:
    """What one viewer was sent, what the viewer's map shows of it, and what it should show."""

    viewer: ActorId
    seen: Any
    shown: dict[str, Any]
    true: Truth


def is_hidden(flow: Aid, viewer: ActorId) -> bool:
    """Whether only the donor and the recipient of aid know of it, and the viewer is neither."""
    return flow.kind == "military" and viewer not in (flow.donor, flow.recipient)


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> list[Look]:
    """A look for each date and viewer."""
    text, source = scenario_text(SCENARIO)
    setup = ScenarioSetup(source=source, recorded=True)
    session = Session(scenario_text=text, seed="1", session_id="record", secret="s" * 32, setup=setup)
    seen: list[Any] = []
    true: list[tuple[ActorId, Truth]] = []
    due = list(DATES)

    def look(session: Session) -> None:
        world = session.simulation.world
        if due and world.calendar.iso(world.tick) >= due[0]:
            due.pop(0)
            for viewer in (*SEATS, PUBLIC):
                seen.append(session.observe(viewer, with_index=True) if viewer else public_look(session, world))
                true.append((viewer, truth(world, viewer)))

    play_record(session, parse_history(*history_text(SCENARIO), session.scenario), after_stop=look)
    pictures = drawn(seen, session, tmp_path_factory.mktemp("map"))
    plain = json.loads(msgspec.json.encode(seen))
    return [
        Look(viewer, one, picture, held) for one, picture, (viewer, held) in zip(plain, pictures, true, strict=True)
    ]


def public_look(session: Session, world: World) -> dict[str, Any]:
    """Return what a map of the public picture is drawn from."""
    news = public_news(session)
    assert news.facts.tick == world.tick
    return {"facts": news.facts, "fears": news.fears, "chosen": CHOSEN}


def drawn(looks: list[Any], session: Session, folder: Path) -> list[dict[str, Any]]:
    """Return what is on the map of each look."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed; it is needed to draw the map here, not to run the server")
    actors = session.scenario.actors
    order = [{"id": a.id, "name": a.name, "latitude": a.latitude, "longitude": a.longitude} for a in actors]
    outlines = scenario_map(SCENARIO, [actor.id for actor in actors])
    assert outlines is not None
    file = folder / "views.json"
    file.write_bytes(msgspec.json.encode({"outlines": msgspec.Raw(outlines), "order": order, "looks": looks}))
    done = subprocess.run([node, str(SCRIPT), str(file)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_every_map_has_the_states_pacts_crises_and_wars_of_the_world(looked: list[Look]) -> None:
    assert len(looked) == len(DATES) * (len(SEATS) + 1) == 140
    for look in looked:
        assert sorted(look.shown["states"]) == look.true.states
        assert look.shown["pacts"] == look.true.pacts
        assert look.shown["crises"] == look.true.crises
        assert look.shown["wars"] == look.true.wars
    kinds = {kind for look in looked for kind in look.shown["pacts"].values()}
    assert kinds >= {"strong", "guarantee", "consultation", "nonaggression", "informal"}
    assert {level for look in looked for levels in look.shown["crises"].values() for level in levels} >= {2, 3, 4}
    assert sum(len(look.shown["wars"]) for look in looked) >= len(WARS) * (len(SEATS) + 1)


def test_a_seats_map_has_its_own_aid_and_access_and_the_public_map_the_open_aid_of_a_chosen_state(
    looked: list[Look],
) -> None:
    for look in looked:
        assert sorted(look.shown["aid"]) == look.true.aid
        assert sorted(look.shown["access"]) == look.true.access
    assert sum(len(look.shown["aid"]) for look in looked if look.viewer) > 100
    assert sum(len(look.shown["aid"]) for look in looked if not look.viewer) > 10
    assert sum(len(look.shown["access"]) for look in looked) > 20


def test_a_seats_arrows_are_its_three_greatest_threats_that_are_not_at_war_with_it(looked: list[Look]) -> None:
    for look in looked:
        if not look.viewer:
            continue
        view, threats = look.seen["view"], {of: parts["threat"] for of, parts in look.seen["threats"].items()}
        greatest = sorted((of for of in threats if threats[of] >= 0.3), key=lambda of: (-threats[of], of))[:3]
        fought = {other["id"] for other in view["others"] if other["at_war"]}
        assert look.shown["fears"] == [f"{of} {look.viewer}" for of in greatest if of not in fought]
        assert look.shown["arrows"] == len(look.shown["fears"])
    assert sum(len(look.shown["fears"]) for look in looked if look.viewer) > 60


def test_the_public_arrows_are_what_public_signals_suggest(looked: list[Look]) -> None:
    for look in looked:
        if look.viewer:
            continue
        wars = [(war["attackers"], war["defenders"]) for war in look.seen["facts"]["wars"]]
        fought = {f"{one} {other}" for side, foes in wars for one, other in ((a, d) for a in side for d in foes)}
        told = [f"{fear['of']} {fear['by']}" for fear in look.seen["fears"]]
        assert look.shown["fears"] == [
            pair for pair in told if pair not in fought and " ".join(reversed(pair.split())) not in fought
        ]
        assert look.shown["arrows"] == len(look.shown["fears"])
    assert sum(len(look.shown["fears"]) for look in looked if not look.viewer) > 20


def test_nothing_secret_is_on_the_map_or_in_the_data_of_a_viewer_who_does_not_know_it(looked: list[Look]) -> None:
    assert any(look.true.hidden_pacts for look in looked)
    assert any(look.true.hidden_aid for look in looked)
    assert any(look.shown["locks"] for look in looked)
    for look in looked:
        seen = look.seen["view"] if look.viewer else look.seen["facts"]
        sent = {str(pact["id"]) for pact in seen["alignments"]}
        assert not (sent | set(look.shown["pacts"])) & set(look.true.hidden_pacts)
        military = {(flow["donor"], flow["recipient"]) for flow in seen["aid"] if flow["kind"] == "military"}
        assert not military & set(look.true.hidden_aid)
        if not look.viewer:
            assert not look.shown["locks"]
            assert not look.shown["access"]


def test_a_secret_of_others_changes_nothing_in_a_viewers_picture(tmp_path: Path) -> None:
    text, source = scenario_text(SCENARIO)
    session = Session(scenario_text=text, seed="1", session_id="s", secret="s" * 32, setup=ScenarioSetup(source=source))
    world, plotted = session.simulation.world, deepcopy(session.simulation.world)
    egypt, israel, syria = (ActorId(state) for state in ("EGY", "ISR", "SYR"))
    plotted.alignments[900] = Alignment(900, (egypt, syria), "offence", 0, against=israel, secret=True)
    plotted.aid[egypt, syria, "military"] = Aid(egypt, syria, "military", 0.3, 0)
    plotted.dyads[syria, egypt].penetration = 0.4
    looks: list[Any] = []
    for seat in (israel, egypt):
        for one in (world, plotted):
            view = build_view(one, session.scenario, seat)
            looks += [{"view": view, "threats": session.index_deal.threats(view, with_index=True)}] * 2
    for one in (world, plotted):
        fears = [{"of": fear.of, "by": fear.by, "threat": fear.threat} for fear in session.index_deal.public_fears(one)]
        looks += [{"facts": public_view(one), "fears": fears, "chosen": egypt}] * 2
    pictures = [picture["hash"] for picture in drawn(looks, session, tmp_path)]
    of_israel, of_egypt, of_everyone = pictures[:4], pictures[4:8], pictures[8:]
    assert of_israel[:2] == of_israel[2:]
    assert of_egypt[:2] != of_egypt[2:]
    assert of_everyone[:2] == of_everyone[2:]
