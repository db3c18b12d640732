"""What an inject would do, tried on a copy of the world: what it tells to whom, what it changes, and what a seat would see."""

from __future__ import annotations

from dataclasses import dataclass

from counterpoise.session.orders.waiting_injects import WaitingInject, happen
from counterpoise.session.running_session import Session
from counterpoise.sim.engine import Simulation
from counterpoise.sim.injects.set_border import BORDERS
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import ViewBuilder, incident_fields
from counterpoise.sim.world import World
from counterpoise.theory.threat import perceived
from counterpoise.wire.console_messages import Change, Preview

Value = float | str | bool | None
Facts = dict[tuple[str, tuple[str, ...], str], Value]
"""What is so in a world, by kind, states and further words."""
TRAITS = (
    "treasury", "family", "technology", "offensive_share", "lift", "revisionism", "legitimacy", "openness", "constraint",
    "active",
)  # fmt: skip
FEAR_LEAST, FEARS_MAX = 0.02, 6
"""The least change of a fear that is told, and how many are."""
POWER_LEAST, POWERS_MAX = 0.01, 3
"""The same for power, as a share of what it was."""
_NOTES = ("inject", "event_cancelled")
"""What is recorded for moderators alone whatever the inject does."""


@dataclass(frozen=True, slots=True)
class Trial:
    """An inject that is tried on copies of a session's world. Make it where the session stands still; run it in a thread.

    Args:
        session: the session.
        wanted: the inject.
        seat: whose view is wanted; empty for nobody's.
    """

    session: Session
    wanted: WaitingInject
    seat: str
    with_it: Simulation
    without: Simulation

    @classmethod
    def of(cls, session: Session, wanted: WaitingInject, seat: str) -> Trial:
        """Copy the world of a session, twice."""
        return cls(session, wanted, seat, session.simulation.copy(), session.simulation.copy())

    def run(self) -> Preview:
        """Try the inject.

        Raises:
            OrderError: the inject is not possible.
        """
        world = self.with_it.world
        before, told = facts(world), len(world.incidents)
        happen(self.with_it, self.wanted)
        incidents = [one for one in world.incidents[told:] if one.kind not in _NOTES]
        changes = changed(before, facts(world))
        view, threats = None, dict[str, dict[str, float]]()
        if self.seat:
            view = self.session.texts.filled_view(ViewBuilder(world, self.session.scenario).view(ActorId(self.seat)))
            threats = self.session.index_deal.threats(view, with_index=False)
        return Preview(
            inject=self.wanted.inject,
            incidents=[
                {**incident_fields(world, one), "audience": None if one.audience is None else list(one.audience)}
                for one in incidents
            ],
            changes=changes,
            later=self._later(),
            seat=self.seat,
            view=view,
            threats=threats,
        )

    def _later(self) -> list[Change]:
        """Return how fears would differ when the next window opens, if nobody did anything in both worlds."""
        for simulation in (self.with_it, self.without):
            calendar = simulation.world.calendar
            opening = min(calendar.opening_of(calendar.window_of(simulation.now) + 1), simulation.world.end)
            while simulation.now < opening and not simulation.ended:
                simulation.advance(opening)
        return _greatest(changed(fears(self.without.world), fears(self.with_it.world)), FEAR_LEAST, FEARS_MAX)


def facts(world: World) -> Facts:
    """Return what injects can change in a world, as it is and not as it is seen."""
    found: Facts = {}
    for actor in world.actors.values():
        for trait in TRAITS:
            value = getattr(actor, trait)
            found["trait", (actor.id,), trait] = round(value, 4) if type(value) is float else value
        found["power", (actor.id,), ""] = round(actor.power, 6)
    for (observer, other), dyad in world.dyads.items():
        found["claim", (other, observer), ""] = dyad.claim
        if observer < other:
            found["border", (observer, other), ""] = BORDERS[dyad.contiguity]
            found["rivalry", (observer, other), ""] = dyad.rivalry
        errors = {"intent": dyad.misperception, "power": dyad.power_bias, "offense": dyad.offense_bias}
        for what, error in errors.items():
            found["misperception", (observer, other), what] = round(error, 4)
    for pact in world.alignments.values():
        if not pact.ended:
            found["pact", pact.members, f"{pact.commitment}{' secret' if pact.secret else ''}"] = True
    for war in world.wars.values():
        found["war", (*war.attackers, *war.defenders), ""] = True
    for crisis in world.crises.values():
        found["crisis", (crisis.initiator, crisis.target), ""] = float(crisis.level)
    for aid in world.aid.values():
        found["aid", (aid.donor, aid.recipient), aid.kind] = round(aid.amount, 4)
    return found | fears(world)


def fears(world: World) -> Facts:
    """Return how much each state fears each other."""
    return {
        ("fear", (observer, other), ""): round(threat.threat, 4)
        for observer, row in perceived(world).items()
        for other, threat in row.items()
    }


def changed(before: Facts, after: Facts) -> list[Change]:
    """Return what differs; of fears and powers, which all depend on each other, only the greatest differences."""
    differing = {
        key: (before.get(key), after.get(key)) for key in {**before, **after} if before.get(key) != after.get(key)
    }
    plain = [_change(key, values) for key, values in differing.items() if key[0] not in ("fear", "power")]
    powers = [_change(key, values) for key, values in differing.items() if key[0] == "power"]
    terrors = [_change(key, values) for key, values in differing.items() if key[0] == "fear"]
    return [
        *plain,
        *_greatest(powers, POWER_LEAST, POWERS_MAX, relative=True),
        *_greatest(terrors, FEAR_LEAST, FEARS_MAX),
    ]


def _change(key: tuple[str, tuple[str, ...], str], values: tuple[Value, Value]) -> Change:
    kind, actors, what = key
    return Change(kind, list(actors), what, *values)


def _greatest(changes: list[Change], least: float, most: int, *, relative: bool = False) -> list[Change]:
    def size(change: Change) -> float:
        before, after = float(change.before or 0.0), float(change.after or 0.0)
        return abs(after - before) / (max(abs(before), 1e-9) if relative else 1.0)

    telling = [change for change in changes if size(change) >= least]
    return sorted(telling, key=lambda change: (-size(change), change.actors))[:most]
