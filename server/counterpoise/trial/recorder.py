"""Records a game of a trial while it is played: what happened since the last stop of the clock."""

from __future__ import annotations

from itertools import combinations

from counterpoise.session.running_session import Session
from counterpoise.sim.expectation import TieKind
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.types import ONE_SIDED, ActorId
from counterpoise.sim.world import Incident, World
from counterpoise.trial import absurdities
from counterpoise.trial.game_record import (
    Coup,
    CrisisRecord,
    Fight,
    GameRecord,
    GreatPowerSpell,
    InjectRecord,
    Pair,
    RegimeSpell,
    Tie,
    War,
)
from counterpoise.trial.great_powers import GreatPowers

AS_WRITTEN = "as the scenario has it"
"""The cause of a regime change that the scenario dates itself."""
TieKey = tuple[Pair, TieKind, int | str]
"""The two states, the kind of tie, and the alignment's number or the donor."""


class GameRecorder:
    """Call ``record`` after each stop of the clock, and ``close`` at the end of the game."""

    def __init__(self, session: Session, number: int) -> None:
        self._session = session
        self._great = GreatPowers(session.scenario)
        self.game = GameRecord(
            number, session.seed, 0, ties=[], fights=[], wars=[], regimes=[], coups=[], crises=[], injects=[],
            absurdities=[], great_powers=[], scores={}, failures=[],
        )  # fmt: skip
        self._read = 0
        self._last = 0
        self._ties: dict[TieKey, Tie] = {}
        self._known: dict[int, bool] = {}
        """The alignments seen so far, and whether each has ended."""
        self._wars: dict[int, War] = {}
        self._sides: dict[int, tuple[list[ActorId], list[ActorId]]] = {}
        """The states that fight in each war now, attackers first."""
        self._fights: dict[tuple[int, Pair], Fight] = {}
        self._regimes: dict[ActorId, RegimeSpell] = {}
        self._changed: dict[ActorId, int] = {}
        """The ticks of the changes of regime since the last stop."""
        self._powers: dict[ActorId, GreatPowerSpell] = {}

    def record(self, session: Session) -> None:
        """Record what happened since the last call."""
        world = session.simulation.world
        incidents = world.incidents[self._read :]
        self._read += len(incidents)
        for incident in incidents:
            handler = getattr(self, f"_{incident.kind}", None)
            if handler is not None:
                handler(incident, world)
        self._record_ties(world)
        self._record_regimes(world)
        self._record_great_powers(world)
        self._last = world.tick

    def close(self, failures: list[str]) -> GameRecord:
        """End what still lasts with the game, and return the record."""
        world, game = self._session.simulation.world, self.game
        game.ticks = self._session.now
        spells: list[Tie | Fight | RegimeSpell | GreatPowerSpell] = [
            *self._ties.values(), *self._fights.values(), *self._regimes.values(), *self._powers.values()
        ]  # fmt: skip
        for spell in spells:
            spell.end = game.ticks
        game.ties.extend(self._ties.values())
        game.fights.extend(self._fights.values())
        game.regimes.extend(self._regimes.values())
        game.great_powers.extend(self._powers.values())
        game.scores = {state: round(score, 3) for state, score in world.scores.items()}
        game.failures = failures
        return game

    # Ties and regimes are read from the world, not from its log, so that it does not matter how they came about.

    def _record_ties(self, world: World) -> None:
        present: dict[TieKey, None] = {}
        for alignment in world.alignments.values():
            if not self._known.get(alignment.id, False):
                self._record_alignment(world, alignment, present)
        for aid in world.aid.values():
            key: TieKey = (_pair(aid.donor, aid.recipient), aid.kind, aid.donor)
            present[key] = None
            if key not in self._ties:
                self._ties[key] = Tie(key[0], aid.kind, max(0, aid.since), world.tick)
        for key in [key for key in self._ties if key not in present]:
            self._end_tie(key, world.tick)

    def _record_alignment(self, world: World, alignment: Alignment, present: dict[TieKey, None]) -> None:
        """Record the ties of an alignment that has not ended before, and add those that still hold to ``present``."""
        is_new = alignment.id not in self._known
        self._known[alignment.id] = alignment.ended
        since = (
            max(0, alignment.since) if is_new else self._last
        )  # a state that joined later did so after the last stop
        if not alignment.ended or is_new:
            for pair in _tied_pairs(alignment):
                tied: TieKey = (pair, alignment.commitment, alignment.id)
                if not alignment.ended:
                    present[tied] = None
                if tied not in self._ties:
                    self._ties[tied] = Tie(pair, alignment.commitment, since, world.tick)
                    if since > 0:  # those of the first day are the author's
                        self.game.absurdities.extend(absurdities.absurd_pact(world, alignment, pair))
        if alignment.ended:
            self._end_ties_of(alignment)

    def _end_ties_of(self, alignment: Alignment) -> None:
        until = self._last if alignment.until is None else alignment.until
        for key in [key for key in self._ties if key[2] == alignment.id]:
            self._end_tie(key, until)

    def _end_tie(self, key: TieKey, tick: int) -> None:
        tie = self._ties.pop(key)
        tie.end = tick
        self.game.ties.append(tie)

    def _record_regimes(self, world: World) -> None:
        for actor in world.actors.values():
            spell = self._regimes.get(actor.id)
            changed = self._changed.pop(actor.id, self._last)
            if spell is not None and not (actor.active and spell.family == actor.family):
                spell.end = max(spell.start, changed)
                self.game.regimes.append(self._regimes.pop(actor.id))
                spell = None
            if spell is None and actor.active:
                self._regimes[actor.id] = RegimeSpell(actor.id, actor.family, changed, world.tick)

    def _record_great_powers(self, world: World) -> None:
        present = self._great.at(world, world.tick)
        for state in [state for state in self._powers if state not in present]:
            spell = self._powers.pop(state)
            spell.end = world.tick
            self.game.great_powers.append(spell)
        for state in present:
            if state not in self._powers:
                self._powers[state] = GreatPowerSpell(state, self._last, world.tick)

    # Everything else is read from the log: each method takes the incidents of the kind in its name.

    def _war_began(self, incident: Incident, world: World) -> None:
        attacker, defender = incident.actors[:2]
        number = incident.detail["war"]
        war = self._wars[number] = War(incident.tick, [], [], [])
        self.game.wars.append(war)
        self._sides[number] = ([], [])
        self._enter(number, attacker, incident.tick, world, attacking=True)
        self._enter(number, defender, incident.tick, world, attacking=False)
        self.game.absurdities.extend(absurdities.hopeless_attack(incident))
        begun = world.wars.get(number)
        if begun is not None:
            self.game.absurdities.extend(absurdities.allies_of_both_sides(world, begun))

    def _war_joined(self, incident: Incident, world: World) -> None:
        number = incident.detail["war"]
        attackers, defenders = self._sides[number]
        attacking = incident.detail["side"] in attackers
        self._enter(number, incident.actors[0], incident.tick, world, attacking=attacking)
        enemies = defenders if attacking else attackers
        self.game.absurdities.extend(absurdities.hopeless_joiner(incident, attacking=attacking, enemies=list(enemies)))

    def _war_left(self, incident: Incident, world: World) -> None:
        number, state = incident.detail["war"], incident.actors[0]
        for side in self._sides[number]:
            side[:] = [other for other in side if other != state]
        for key in [key for key in self._fights if key[0] == number and state in key[1]]:
            self._end_fight(key, incident.tick)

    def _war_ended(self, incident: Incident, world: World) -> None:
        number = incident.detail["war"]
        del self._sides[number]
        for key in [key for key in self._fights if key[0] == number]:
            self._end_fight(key, incident.tick)

    def _enter(self, number: int, state: ActorId, tick: int, world: World, *, attacking: bool) -> None:
        war, (attackers, defenders) = self._wars[number], self._sides[number]
        own, enemies = (attackers, defenders) if attacking else (defenders, attackers)
        own.append(state)
        entered = war.attackers if attacking else war.defenders
        if state not in entered:
            entered.append(state)
        if state in self._great.at(world, tick) and state not in war.great_powers:
            war.great_powers.append(state)
        for enemy in enemies:
            pair = _pair(state, enemy)
            self._fights[number, pair] = Fight(pair, tick, tick)

    def _end_fight(self, key: tuple[int, Pair], tick: int) -> None:
        fight = self._fights.pop(key)
        fight.end = tick
        self.game.fights.append(fight)

    def _regime_changed(self, incident: Incident, world: World) -> None:
        state, detail = incident.actors[0], incident.detail
        self._changed[state] = incident.tick
        if detail["cause"] == AS_WRITTEN:
            return
        if detail["cause"] == "coup":
            great = state in self._great.at(world, incident.tick)
            self.game.coups.append(Coup(state, incident.tick, detail["previous"], detail["family"], great))
        self.game.absurdities.extend(absurdities.regime_jump(world, incident))

    def _crisis_opened(self, incident: Incident, world: World) -> None:
        self.game.crises.append(CrisisRecord(incident.tick, incident.actors[0], incident.actors[1]))

    def _scenario_inject(self, incident: Incident, world: World) -> None:
        self.game.injects.append(InjectRecord(incident.detail["index"], incident.tick, void=False))

    def _inject_void(self, incident: Incident, world: World) -> None:
        self.game.injects.append(InjectRecord(incident.detail["index"], incident.tick, void=True))


def _tied_pairs(alignment: Alignment) -> list[Pair]:
    """Return the pairs that an alignment ties. A one-sided promise ties each member to its lead only."""
    pairs = [_pair(a, b) for a, b in combinations(alignment.members, 2)]
    if alignment.commitment in ONE_SIDED:
        return [pair for pair in pairs if alignment.lead in pair]
    return pairs


def _pair(a: ActorId, b: ActorId) -> Pair:
    return (a, b) if a < b else (b, a)
