"""The bandwagoner: goes over to whatever threatens it most."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.propose_alliance import Offer
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import AlignmentView, View
from counterpoise_clients.bot_kit import initiatives
from counterpoise_clients.bot_kit.assessment import Outlook
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temper, answers

CLOSEST = 3
"""The number of alignments with one threat after which it asks for no more."""


class Bot:
    """Aligns with the gravest threat to be spared by it, and with the winner to share in the spoils.

    Walt (1987, ch. 2) gives the two motives, appeasement and profit; Schweller (1994) the second type, the jackal that
    joins a rising power for gain. It concedes to the strong, drops what it has against them, follows them against third
    states, and presses its claims on the weak.
    """

    name: ClassVar[str] = "bandwagoner"
    TEMPER: ClassVar[Temper] = Temper(resolve=0.35, daring=0.30, pliancy=0.45, loyalty=0.18, openness=0.28, awe=0.5)

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked; when a window opens, court the strongest threat and the likeliest victor."""
        outlook, stream = Outlook(view), Random(f"{self.seed}/bandwagoner/{view.tick}")
        agenda = Agenda(outlook, stream, answers(outlook, self.TEMPER, stream))
        if view.occasion == "window":
            initiatives.keep_house(agenda, self.TEMPER)
            initiatives.part(agenda, lambda alignment: self._parting_rate(outlook, alignment))
            if outlook.top is not None:
                self._court(agenda, outlook.top)
            self._share_spoils(agenda)
            self._press_the_weak(agenda)
        return agenda.moves

    @staticmethod
    def _court(agenda: Agenda, threat: ActorId) -> None:
        outlook = agenda.outlook
        weakness = 1.0 - outlook.weight_against(threat)
        closeness = len(outlook.ties.get(threat, ()))
        if closeness < CLOSEST and agenda.chance(0.8 * outlook.fear[threat] * weakness / (1 + 2 * closeness)):
            offers: tuple[Offer, ...] = ("nonaggression", "neutrality", "consultation", "defence")
            offer = offers[int(agenda.stream.random() * len(offers))]
            rivals = [
                o.id
                for o in outlook.view.others
                if o.id != threat and outlook.opposes(threat, o.id) and o.id not in outlook.ties
            ]
            against = rivals[0] if offer == "defence" and rivals else None
            initiatives.propose(agenda, threat, offer, against=against)
        if agenda.chance(0.10 * weakness):
            initiatives.accommodate(agenda, threat)
        elif agenda.chance(0.06):
            initiatives.speak(agenda, threat, "friendly")

    @staticmethod
    def _parting_rate(outlook: Outlook, alignment: AlignmentView) -> float:
        if alignment.against is not None and alignment.against == outlook.top:
            return 0.25  # a front against the state it means to join
        rate = initiatives.parting_rate(outlook, alignment)
        return rate * 0.3 if outlook.top in alignment.members else rate

    @staticmethod
    def _share_spoils(agenda: Agenda) -> None:
        """Join the side that is clearly winning (Walt's second motive); a near neighbour's war first."""
        outlook = agenda.outlook
        for war in outlook.view.wars:
            attackers_ahead = war.win_chance > 0.75
            if not attackers_ahead and war.win_chance >= 0.25:
                continue
            side, foes = (war.attackers, war.defenders) if attackers_ahead else (war.defenders, war.attackers)
            near = [foe for foe in foes if foe in outlook.others and outlook.others[foe].proximity > 0.9]
            if near and agenda.chance(0.28):
                initiatives.join_war(agenda, war, side, foes)
            leader = side[0]
            if leader in outlook.others and leader not in outlook.ties and agenda.chance(0.10):
                initiatives.propose(agenda, leader, "consultation")

    @staticmethod
    def _press_the_weak(agenda: Agenda) -> None:
        outlook = agenda.outlook
        prey = [
            o.id
            for o in outlook.view.others
            if (o.rivalry or o.claim is not None)
            and o.contiguity
            and outlook.weight_against(o.id) > 0.6
            and o.id not in outlook.ties
        ]
        if prey and agenda.chance(0.02):
            of = agenda.best(prey, outlook.weight_against)
            if of is not None:
                initiatives.demand(agenda, of, "Settle what stands between us, on our terms.")
