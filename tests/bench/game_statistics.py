"""Count the disputes, wars, alliances and calls of a game of the default bots, as the data sets count them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import fsum, log

from bot_games import new_game, play_years
from measurement import scenario

from counterpoise.session.running_session import Session
from counterpoise.sim.clock.calendar import DAYS_PER_YEAR
from counterpoise.sim.types import LEVEL_CLAIM, LEVEL_THREAT, LEVEL_WAR, ActorId
from counterpoise.sim.world import Incident
from counterpoise.trial.great_powers import GreatPowers

SCENARIO = "middle-east-1955"
CORE = ("EGY", "SYR", "JOR", "IRQ", "SAU", "ISR", "LEB", "YAR", "KUW", "IRN")
"""The ten states of the published rates of disputes in the region, 1955-79."""
LEAST_POWER = 1e-6


@dataclass(slots=True)
class Dispute:
    """A dispute as MID counts it, from its first threat: its days, its highest level, and the target's answer."""

    initiator: ActorId
    target: ActorId
    opened: int
    level: int
    closed: int | None = None
    """The day on which it ended or became a war; ``None`` before."""
    reciprocated: bool = False
    joined: bool = False
    yielder: ActorId | None = None

    @property
    def pair(self) -> tuple[ActorId, ActorId]:
        """The two states, in order of their codes."""
        return (self.initiator, self.target) if self.initiator < self.target else (self.target, self.initiator)


@dataclass(slots=True)
class War:
    """A war, with the dispute that became it."""

    dispute: Dispute
    attacker: ActorId
    defender: ActorId
    power: dict[ActorId, float] = field(default_factory=dict)
    """The share of power of each party when it entered."""
    attacking: list[ActorId] = field(default_factory=list)
    great_powers: list[ActorId] = field(default_factory=list)
    """The parties that were great powers when they entered."""
    ended: int | None = None
    won: bool | None = None
    """Whether the attackers won; ``None`` if neither side did."""

    @property
    def is_between_great_powers(self) -> bool:
        """Whether each side has a great power."""
        return len({state in self.attacking for state in self.great_powers}) == 2

    @property
    def advantage(self) -> float:
        """The log of the attackers' power over the defenders', each state with its power when it entered."""
        sides = [fsum(p for k, p in self.power.items() if (k in self.attacking) == flag) for flag in (True, False)]
        return log(max(sides[0], LEAST_POWER) / max(sides[1], LEAST_POWER))


@dataclass(slots=True)
class Game:
    """The counts of one game."""

    years: float
    state_years: float = 0.0
    disputes: list[Dispute] = field(default_factory=list)
    wars: list[War] = field(default_factory=list)
    alliances: list[int] = field(default_factory=list)
    """For each alliance made in play, the calendar year of its end, or of the game's end, less the year of its beginning."""
    new_ties: int = 0
    """State-years with a new defence or offence pact."""
    honoured: int = 0
    reneged: int = 0
    balancing: int = 0
    bandwagoning: int = 0
    coups: int = 0
    """Coups beside those that the scenario dates."""


class GameRecorder:
    """Records a session's incidents at each stop, when the power of each state on that day is known."""

    def __init__(self, years: float) -> None:
        self.game = Game(years)
        self._read = 0
        self._crises: dict[int, Dispute] = {}
        self._wars: dict[int, War] = {}
        self._made: dict[int, int] = {}
        self._ties: dict[tuple[ActorId, int], bool] = {}

    def record(self, session: Session) -> None:
        """Record the incidents since the last call. Call it after every stop of the clock."""
        incidents = session.simulation.world.incidents[self._read :]
        self._read += len(incidents)
        for incident in incidents:
            handler = getattr(self, f"_{incident.kind}", None)
            if handler is not None:
                handler(incident, session)

    def close(self, session: Session) -> Game:
        """End open alliances with the game, count the decisions, and return the game."""
        world, game = session.simulation.world, self.game
        last = world.calendar.date_of(max(world.tick - 1, 0)).year
        game.alliances.extend(last - began for began in self._made.values())
        game.new_ties = len(self._ties)
        days = [max(0, world.tick - max(0, spec.enters)) for spec in session.scenario.actors]
        game.state_years = fsum(days) / DAYS_PER_YEAR
        for record in session.ledger.records:
            if record.outcome is not None and record.point.threatened:
                game.balancing += record.outcome.alignment_class == "BAL"
                game.bandwagoning += record.outcome.alignment_class == "BW"
        return game

    def _crisis_opened(self, incident: Incident, session: Session) -> None:
        initiator, target = incident.actors[:2]
        found = Dispute(initiator, target, incident.tick, int(incident.detail["level"]))
        self._crises[incident.detail["crisis"]] = found
        if found.level > LEVEL_CLAIM:
            self.game.disputes.append(found)

    def _crisis_stage(self, incident: Incident, session: Session) -> None:
        found = self._crises[incident.detail["crisis"]]
        found.reciprocated |= incident.detail["answers"].get(found.target) == "escalate"
        crisis = session.simulation.world.crises.get(incident.detail["crisis"])
        if found.level == LEVEL_CLAIM and crisis is not None and crisis.level > LEVEL_CLAIM:
            # A demand without arms has become a threat, the lowest level that MID counts.
            found.opened, found.level = incident.tick, LEVEL_THREAT
            self.game.disputes.append(found)

    def _crisis_joined(self, incident: Incident, session: Session) -> None:
        self._crises[incident.detail["crisis"]].joined = True

    def _crisis_ended(self, incident: Incident, session: Session) -> None:
        found = self._crises[incident.detail["crisis"]]
        if found.level == LEVEL_CLAIM < incident.detail["level"]:  # an unarmed demand became a war at once
            found.opened = incident.tick
            self.game.disputes.append(found)
        found.level, found.closed, found.yielder = incident.detail["level"], incident.tick, incident.detail["yielder"]

    def _mobilized(self, incident: Incident, session: Session) -> None:
        for crisis in session.simulation.world.crises.values():
            if crisis.target == incident.actors[0] and crisis.id in self._crises:
                self._crises[crisis.id].reciprocated = True

    def _war_began(self, incident: Incident, session: Session) -> None:
        attacker, defender = incident.actors[:2]
        pair = sorted((attacker, defender))
        turned = [d for d in self._crises.values() if d.closed == incident.tick and sorted(d.pair) == pair]
        dispute = turned[-1] if turned else Dispute(attacker, defender, incident.tick, LEVEL_WAR, incident.tick)
        if not turned:
            self.game.disputes.append(dispute)
        dispute.level, dispute.reciprocated = LEVEL_WAR, True
        war = War(dispute, attacker, defender, attacking=[attacker])
        self._wars[incident.detail["war"]] = war
        self.game.wars.append(war)
        for actor in (attacker, defender):
            self._enter(war, actor, incident.tick, session)

    def _war_joined(self, incident: Incident, session: Session) -> None:
        war, (actor, side) = self._wars[incident.detail["war"]], incident.actors[:2]
        war.dispute.joined = True
        self._enter(war, actor, incident.tick, session)
        if side in war.attacking:
            war.attacking.append(actor)

    def _enter(self, war: War, actor: ActorId, tick: int, session: Session) -> None:
        world = session.simulation.world
        war.power[actor] = world.actors[actor].power
        if actor in GreatPowers(session.scenario).at(world, tick):
            war.great_powers.append(actor)

    def _war_ended(self, incident: Incident, session: Session) -> None:
        war, detail = self._wars[incident.detail["war"]], incident.detail
        war.ended = incident.tick
        if detail["winners"]:
            war.won = detail["winners"] == detail["attackers"]

    def _alliance_formed(self, incident: Incident, session: Session) -> None:
        year = session.simulation.world.calendar.date_of(incident.tick).year
        self._made[incident.detail["alignment"]] = year
        if incident.detail["commitment"] in ("defence", "offence"):
            self._ties.update(((member, year), True) for member in incident.actors)

    def _alliance_ended(self, incident: Incident, session: Session) -> None:
        began = self._made.pop(incident.detail["alignment"], None)
        if began is not None:
            year = session.simulation.world.calendar.date_of(incident.tick).year
            self.game.alliances.append(year - began)

    def _regime_changed(self, incident: Incident, session: Session) -> None:
        self.game.coups += incident.detail["cause"] == "coup"

    def _promise_honoured(self, incident: Incident, session: Session) -> None:
        self.game.honoured += 1

    def _promise_broken(self, incident: Incident, session: Session) -> None:
        self.game.reneged += 1


def recorded_game(seed: str, years: float, name: str = SCENARIO) -> Game:
    """Play a game with the default bots and return its counts."""
    session, bots = new_game(scenario(name), seed, name=f"calibration-{seed}")
    recorder = GameRecorder(years)
    play_years(session, bots, years, after_stop=recorder.record)
    return recorder.close(session)


def disputes_among(disputes: Iterable[Dispute], states: tuple[str, ...] = CORE) -> list[Dispute]:
    """Return the disputes between two of the given states."""
    return [d for d in disputes if d.initiator in states and d.target in states]
