"""What a viewer sees at one moment, as things with keys, so that two moments can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from msgspec import to_builtins

from counterpoise.session.replays.document import THINGS, Cell, Changes, Thing
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.public_view import public_view
from counterpoise.theory.threat import Matrix, perceived, true

HOLD_LEAST = 0.005
"""The least hold on another state's politics that counts."""
DIGITS = 2
"""Of the threats: what a matrix shows."""

Things = dict[str, dict[str, Any]]
Cells = dict[tuple[str, str], float]


class Scene(NamedTuple):
    """What a viewer sees: things by kind and key, and threats by who fears and who is feared."""

    things: dict[Thing, Things]
    perceived: Cells
    true: Cells


EMPTY = Scene({kind: {} for kind in THINGS}, {}, {})


def scene_of_seat(session: Session, seat: ActorId) -> Scene:
    """Return what a seat sees now: its own view, with the threats that it is shown, and nothing else."""
    observed = session.observe(seat)
    view = observed.view
    own = [view.own] if view.own.active else []
    threats = {(str(seat), other): round(parts["threat"], DIGITS) for other, parts in observed.threats.items()}
    holds = [
        *((other.id, seat) for other in view.others if other.penetration > HOLD_LEAST),
        *((seat, other.id) for other in view.others if other.access > HOLD_LEAST),
    ]
    return Scene(
        {
            "states": _keyed_states([*own, *view.others]),
            "pacts": _keyed_pacts(view.alignments),
            "crises": _keyed_crises(view.crises),
            "wars": _keyed_wars(view.wars),
            "aid": _keyed_aid(view.aid),
            "holds": _keyed_holds(holds),
            "rivalries": _keyed_rivalries(view.rivalries),
        },
        threats,
        {},
    )


def scene_of_truth(session: Session) -> Scene:
    """Return everything as it truly is now, with the threats that the states perceive beside those that there are."""
    world = session.simulation.world
    public = public_view(world)
    active = {actor.id: True for actor in world.active()}
    known = [(pair, dyad) for pair, dyad in world.dyads.items() if pair[0] in active and pair[1] in active]
    pacts = [pact for pact in world.alignments.values() if not pact.ended]
    named = {str(pact.id): session.texts.filled(pact.name) for pact in pacts}
    found = _keyed_pacts(pacts)
    return Scene(
        {
            "states": _keyed_states(public.states),
            "pacts": {key: pact | {"name": named[key]} for key, pact in found.items()},
            "crises": _keyed_crises(public.crises),
            "wars": _keyed_wars(public.wars),
            "aid": _keyed_aid(world.aid.values()),
            # The dyad (a, b) keeps the hold of b on the politics of a.
            "holds": _keyed_holds([(b, a) for (a, b), dyad in known if dyad.penetration > HOLD_LEAST]),
            "rivalries": _keyed_rivalries([pair for pair, dyad in known if dyad.rivalry and pair[0] < pair[1]]),
        },
        _cells(perceived(world)),
        _cells(true(world)),
    )


def changes_between(before: Scene, after: Scene) -> dict[Thing, Changes]:
    """Return what has changed among the things, by kind; kinds without a change are absent."""
    found: dict[Thing, Changes] = {}
    for kind in THINGS:
        old, new = before.things[kind], after.things[kind]
        put = [thing for key, thing in new.items() if old.get(key) != thing]
        gone = [key for key in old if key not in new]
        if put or gone:
            found[kind] = Changes(put, gone)
    return found


def cells_between(before: Cells, after: Cells) -> list[Cell]:
    """Return the threats that have changed."""
    put: list[Cell] = [(by, of, value) for (by, of), value in after.items() if before.get((by, of)) != value]
    return [*put, *((by, of, -1.0) for by, of in before if (by, of) not in after)]


def _cells(matrix: Matrix) -> Cells:
    return {
        (str(by), str(of)): round(float(threat.threat), DIGITS)
        for by, row in matrix.items()
        for of, threat in row.items()
    }


def _keyed_states(states: Iterable[Any]) -> Things:
    """The states that exist. How much of one is occupied is told in hundredths."""
    return {
        str(s.id): {
            "key": str(s.id),
            "name": s.name,
            "occupied": round(s.occupied, 2),
            "occupier": str(s.occupier or ""),
        }
        for s in states
    }


def _keyed_pacts(pacts: Iterable[Any]) -> Things:
    return {
        str(p.id): {
            "key": str(p.id),
            "members": [str(member) for member in p.members],
            "commitment": p.commitment,
            "against": str(p.against or ""),
            "lead": str(p.lead or ""),
            "secret": p.secret,
            "name": p.name,
        }
        for p in pacts
    }


def _keyed_crises(crises: Iterable[Any]) -> Things:
    return {
        str(c.id): {"key": str(c.id), "initiator": str(c.initiator), "target": str(c.target), "level": c.level}
        for c in crises
    }


def _keyed_wars(wars: Iterable[Any]) -> Things:
    return {str(w.id): {"key": str(w.id), "attackers": list(w.attackers), "defenders": list(w.defenders)} for w in wars}


def _keyed_aid(flows: Iterable[Any]) -> Things:
    found = [{"donor": str(f.donor), "recipient": str(f.recipient), "kind": f.kind} for f in flows]
    return _by_key(found, ("donor", "recipient", "kind"))


def _keyed_holds(holds: Iterable[tuple[ActorId, ActorId]]) -> Things:
    return _by_key([{"by": str(by), "of": str(of)} for by, of in holds], ("by", "of"))


def _keyed_rivalries(pairs: Iterable[tuple[ActorId, ActorId]]) -> Things:
    return _by_key([{"a": str(a), "b": str(b)} for a, b in pairs], ("a", "b"))


def _by_key(things: Iterable[Mapping[str, str]], names: tuple[str, ...]) -> Things:
    keyed = [("/".join(thing[name] for name in names), thing) for thing in things]
    return {key: {"key": key, **to_builtins(thing)} for key, thing in keyed}
