"""The acts of one session that took a side, read from its incidents, window after window.

An act's menu, the forecasts and the rate of yeses come from the decisions frozen as the window opened, from earlier windows, and
from who asked: never from the act itself. Menus of one entry are no choice. An act that the actor did not choose then and there
is left out: a default answer, a war that follows from support given before, words that a donor has asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.acts.compelled import is_default, was_bound, was_conceded, was_demanded
from counterpoise.theory.evidence.acts.direction import among, answering, leanings
from counterpoise.theory.evidence.acts.kinds import ACT_KINDS
from counterpoise.theory.evidence.acts.side_taken import SideTaken
from counterpoise.theory.evidence.ties.offers import DiplomacyReader, Offer, Pact

REPEATED_DAYS = 365
"""An act repeats the last such act towards the same state if that is less than a year old (chosen)."""
ANSWERED = {"concede": 1, "stand_firm": 0, "escalate": 0}
"""Answers in a crisis: giving in is a yes. A compromise takes no side."""
NO_OR_YES = ("no", "yes")
Side = tuple[str, str]
"""The principal of the side that is taken, and the principal on the other side."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A crisis or war under way."""

    principals: Side
    """The initiator or attacker, and the target or defender."""
    involved: dict[str, str]
    """Every state in it, with the principal of its side."""

    def side_of(self, state: str) -> Side:
        """Return the side that a state in it is on."""
        first, second = self.principals
        return (second, first) if self.involved.get(state, state) == second else (first, second)


class ActReader:
    """Reads the acts of one session.

    Args:
        names: the hypotheses whose forecasts are needed; decisions without one of them are passed over.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self._waiting: list[Incident] = []
        self.crises: dict[int, Conflict] = {}
        """The crises under way, by number."""
        self.wars: dict[int, Conflict] = {}
        """The wars under way."""
        self.diplomacy = DiplomacyReader()
        self._latest: dict[tuple[str, str, object], int] = {}
        """When the latest act was made, by actor, kind and whom it concerned."""
        self._brokered: dict[int, None] = {}
        """The wars in which a mediator has asked for peace."""
        self._answers: dict[str, list[int]] = {}
        """How many noes and yeses each kind of answer has had, one of each before the first."""

    def hear(self, incidents: Iterable[Incident]) -> None:
        """Take up what has happened since the last call, oldest first; it waits until its window is read."""
        self._waiting.extend(incidents)

    def read(self, records: Sequence[DecisionRecord]) -> list[SideTaken]:
        """Return the acts of the next window, oldest first.

        Args:
            records: the decisions of the window, at least one. Everything that happened in it must have been heard.
        """
        point = records[0].point
        closed = max(point.closes if record.outcome is None else record.outcome.closed for record in records)
        window = _Window(self, records)
        split = next((n for n, incident in enumerate(self._waiting) if incident.tick >= closed), len(self._waiting))
        past, self._waiting = self._waiting[:split], self._waiting[split:]
        for place, incident in enumerate(past):
            deals = self.diplomacy.read(incident)
            if incident.tick >= point.opened:
                window.read_deals(deals, incident.tick)
                window.read(incident, past, place)
            self.note(incident)
        for kind, yes in window.answered:
            self._answers.setdefault(kind, [1, 1])[yes] += 1
        return window.found

    def is_brokered(self, incident: Incident) -> bool:
        """Tell whether a mediator has asked for peace in a war, so that offers of peace may be answers to it."""
        return _number(incident) in self._brokered

    def rate(self, kind: str) -> float:
        """Return how often such requests were granted in earlier windows."""
        no, yes = self._answers.get(kind, (1, 1))
        return yes / (no + yes)

    def is_repeated(self, actor: str, kind: str, subject: object, tick: int) -> bool:
        """Tell whether an act would repeat an earlier one; an act counts once however often it is repeated."""
        last = self._latest.get((actor, kind, subject))
        return last is not None and tick - last < REPEATED_DAYS

    def note_act(self, actor: str, kind: str, subject: object, tick: int) -> None:
        """Note an act, whether it counts or repeats another."""
        self._latest[actor, kind, subject] = tick

    def note(self, incident: Incident) -> None:
        """Keep what later acts refer to; an act is read before it is noted."""
        kind, actors = incident.kind, [str(actor) for actor in incident.actors]
        conflicts, number = self.crises if "crisis" in incident.detail else self.wars, _number(incident)
        if kind in ("crisis_opened", "war_began"):
            conflicts[number] = Conflict((actors[0], actors[1]), {actors[0]: actors[0], actors[1]: actors[1]})
        elif kind in ("crisis_joined", "war_joined") and number in conflicts:
            conflict = conflicts[number]
            conflict.involved[actors[0]] = conflict.side_of(actors[1])[0]
        elif kind == "war_left" and number in conflicts:
            conflicts[number].involved.pop(actors[0], None)
        elif kind in ("crisis_ended", "war_ended"):
            conflicts.pop(number, None)
        elif kind == "peace_brokered":
            self._brokered[number] = None


class _Window:
    """The acts of one window."""

    def __init__(self, reader: ActReader, records: Sequence[DecisionRecord]) -> None:
        self.reader, self.records = reader, records
        self.found: list[SideTaken] = []
        self.answered: list[tuple[str, int]] = []
        """The answers given in the window, which count towards the rates of later windows."""
        self.by_actor = {
            str(record.frozen.actor): record
            for record in records
            if record.point.threatened and all(name in record.forecasts for name in reader.names)
        }
        self._leanings: dict[str, dict[str, dict[str, float]]] = {}

    @cached_property
    def recipients(self) -> dict[str, list[str]]:
        """The states that each state gave aid when the window opened."""
        found: dict[str, list[str]] = {}
        for record in self.records:
            for donor in record.point.others:
                if donor.aid > 0.0:
                    found.setdefault(str(donor.id), []).append(str(record.frozen.actor))
        return found

    def partners(self, actor: str) -> list[str]:
        """Return the states that the actor was aligned with when the window opened."""
        if actor not in self.by_actor:
            return []
        return [str(k.id) for k in self.by_actor[actor].point.others if k.prior]

    def leaning(self, actor: str) -> dict[str, dict[str, float]]:
        """Return the actor's leaning towards each state that has a share, by hypothesis."""
        if actor not in self._leanings:
            record = self.by_actor[actor]
            self._leanings[actor] = {
                name: {str(k): value for k, value in leanings(record.forecasts[name], record.point).items()}
                for name in self.reader.names
            }
        return self._leanings[actor]

    def states(self, actor: str) -> list[str]:
        """Return the states that have a share in the actor's forecasts; none if it is not under threat."""
        return list(self.leaning(actor)[self.reader.names[0]]) if actor in self.by_actor else []

    def read(self, incident: Incident, past: Sequence[Incident], place: int) -> None:
        """Add the acts that an incident tells of.

        Args:
            incident: what happened in the window.
            past: everything that happened up to the end of the window.
            place: the incident's place among them.
        """
        kind, detail = incident.kind, incident.detail
        actors = [str(actor) for actor in incident.actors]
        if not actors:
            return
        first, second, tick = actors[0], actors[1] if len(actors) > 1 else "", incident.tick
        if kind == "accommodated":
            self._towards(first, "accommodation", second, tick)
        elif kind == "aid_given" and second not in self.recipients.get(first, ()):
            gives = self.recipients.get(first, ())
            self._towards(first, "aid_begun", second, tick, [k for k in self.states(first) if k not in gives])
        elif kind == "aid_cut" and detail.get("reason") == "cut":
            self._towards(first, "aid_cut", second, tick, self.recipients.get(first, ()))
        elif kind == "sanctions_imposed":
            self._towards(first, "sanctions", second, tick)
        elif kind == "statement" and detail.get("intent") in ("friendly", "hostile"):
            if not was_demanded(past, place, "friendly_words"):
                self._towards(first, f"{detail['intent']}_statement", second, tick)
        elif kind == "alliance_left" and len(actors) == 2:
            if not (was_conceded(past, place) or was_demanded(past, place, "leave_alliance")):
                self._towards(first, "pact_left", second, tick, self.partners(first))
        else:
            self._read_conflict(incident, past, place)

    def read_deals(self, deals: Sequence[Offer | Pact], tick: int) -> None:
        """Add the offers and answers that an incident tells of, and the pact if nobody had offered it."""
        for deal in deals:
            if isinstance(deal, Pact):
                joined = not deal.is_new and not any(isinstance(other, Offer) for other in deals)
                if joined or not deal.is_offered:
                    self._read_pact(deal)
            elif deal.answer is None:
                self._towards(str(deal.proposer), "offer", str(deal.to), tick)
            elif deal.answered is not None:
                self._answer(str(deal.to), "offer_answer", str(deal.proposer), deal.answer == "accepted", tick)

    def _read_pact(self, pact: Pact) -> None:
        """Add a pact that no offer led to, as its proposer's act; one that a record tells of is its partners' act as well."""
        proposer, partners = str(pact.proposer), [str(partner) for partner in pact.partners]
        known = self.states(proposer)
        first = next((partner for partner in partners if partner in known), "")
        self._towards(proposer, "pact", first, pact.tick)
        if pact.is_new and pact.commitment != "guarantee":
            for partner in partners:
                self._towards(partner, "pact", proposer, pact.tick)

    def _read_conflict(self, incident: Incident, past: Sequence[Incident], place: int) -> None:
        """Add the acts in crises and wars."""
        kind, detail, tick = incident.kind, incident.detail, incident.tick
        actors = [str(actor) for actor in incident.actors]
        first = actors[0]
        if kind == "crisis_joined":
            self._side(first, "support", (actors[1], actors[2]), self.reader.crises.values(), tick)
        elif kind == "crisis_answered":
            opponent = _opponent(self.reader.crises.get(_number(incident)), first)
            answer = ANSWERED.get(str(detail.get("response")))
            if opponent and answer is not None:
                self._answer(first, "crisis_answer", opponent, bool(answer), tick)
        elif kind == "war_joined" and not was_bound(past, place):
            # Who joins beside an ally joins the principal of that ally's side.
            war = self.reader.wars.get(_number(incident))
            if war is not None:
                self._side(first, "war_joined", war.side_of(actors[1]), self.reader.wars.values(), tick)
        elif kind in ("promise_honoured", "promise_broken"):
            enemy = _opponent(self.reader.wars.get(_number(incident)), actors[1])
            if enemy and not is_default(past, place, first):
                self._answer(first, "call_answer", actors[1], kind == "promise_honoured", tick, enemy)
        elif kind == "peace_offered":
            if self.reader.is_brokered(incident) or was_demanded(past, place, "make_peace"):
                return
            self._answer(first, "peace_offer", actors[1], detail.get("terms") == "yield", tick)
        elif kind in ("peace_accepted", "peace_refused") and len(actors) > 1 and not is_default(past, place, first):
            self._answer(first, "peace_answer", actors[1], kind == "peace_accepted", tick)

    def _towards(self, actor: str, kind: str, to: str, tick: int, among_states: Sequence[str] | None = None) -> None:
        """Add an act towards one of several states; those at which it would repeat an act are not on the menu."""
        states = self.states(actor)
        listed = states if among_states is None else [k for k in states if k in among_states]
        menu = [k for k in listed if not self.reader.is_repeated(actor, kind, k, tick)]
        self.reader.note_act(actor, kind, to, tick)
        if to not in menu:
            return
        hostile = ACT_KINDS[kind].form == "hostile"
        leaning = self.leaning(actor)
        self._add(
            actor,
            kind,
            {name: among([leaning[name][k] for k in menu], hostile=hostile) for name in self.reader.names},
            menu,
            menu.index(to),
        )

    def _side(self, actor: str, kind: str, chosen: Side, conflicts: Iterable[Conflict], tick: int) -> None:
        """Add a choice among the sides of all conflicts under way; a state does not turn on a partner.

        Args:
            actor: the chooser, who may be a party to none of the conflicts on the menu.
            kind: the kind of act.
            chosen: the side it took and the side that this is against.
            conflicts: the crises or wars under way.
            tick: of the act.
        """
        states = self.states(actor)
        partners = self.partners(actor)
        menu = [
            side
            for conflict in conflicts
            for side in (conflict.principals, conflict.principals[::-1])
            if actor not in conflict.involved
            and side[0] in states
            and side[1] in states
            and side[1] not in partners
            and not self.reader.is_repeated(actor, kind, side, tick)
        ]
        self.reader.note_act(actor, kind, chosen, tick)
        if chosen not in menu:
            return
        leaning = self.leaning(actor)
        shares = {
            name: among([(leaning[name][side] - leaning[name][other]) / 2.0 for side, other in menu])
            for name in self.reader.names
        }
        self._add(actor, kind, shares, [side for side, _ in menu], menu.index(chosen))

    def _answer(self, actor: str, kind: str, asker: str, yes: bool, tick: int, against: str = "") -> None:
        """Add an answer to a state; ``against`` is the state that a yes goes against, if there is one."""
        states = self.states(actor)
        is_new = not self.reader.is_repeated(actor, kind, asker, tick)
        self.reader.note_act(actor, kind, asker, tick)
        if not is_new or asker not in states or (against and against not in states):
            return
        rate, leaning = self.reader.rate(kind), self.leaning(actor)
        shares = {
            name: answering(leaning[name][asker] - (leaning[name][against] if against else 0.0), rate)
            for name in self.reader.names
        }
        self.answered.append((kind, int(yes)))
        self._add(actor, kind, shares, NO_OR_YES, int(yes))

    def _add(self, actor: str, kind: str, shares: dict[str, list[float]], menu: Sequence[str], chosen: int) -> None:
        """Add an act, unless its menu left no choice."""
        record = self.by_actor[actor]
        if len(menu) > 1:
            point = record.point
            self.found.append(
                SideTaken(
                    record.session, point.window, point.date, actor, record.player, kind, tuple(menu), shares, chosen
                )
            )


def _number(incident: Incident) -> int:
    """Return the number of the crisis or war that an incident is about; -1 without one."""
    number = incident.detail.get("crisis", incident.detail.get("war"))
    return number if isinstance(number, int) else -1


def _opponent(conflict: Conflict | None, one: str) -> str:
    """Return the principal on the other side; an empty text if the one is no principal."""
    if conflict is None or one not in conflict.principals:
        return ""
    first, second = conflict.principals
    return second if first == one else first
