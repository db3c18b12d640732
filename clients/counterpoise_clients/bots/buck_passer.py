"""The buck-passer: balances by letting others do it."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import AlignmentView, CallView, View
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import FIGHTING, Outlook, enemies_in, share
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temper, answers, happens

ENOUGH = 0.40
"""The share of power, of those who stand against a threat and of the threat, from which others carry the burden."""


class Bot:
    """Lets others bear the cost of standing up to a threat, helps them to, and joins them only when nobody else will.

    Christensen & Snyder (1990, pp. 137-168): where the defence seems to have the advantage, states count on others to stop
    an aggressor and save their own strength. While those who oppose the threat suffice it signs nothing against it, keeps on
    good terms with it, goes between it and its enemies, and arms its buck-catchers (Mearsheimer 2001, ch. 5). Left
    uncovered it balances like anybody else.
    """

    name: ClassVar[str] = "buck-passer"
    TEMPER: ClassVar[Temper] = Temper(resolve=0.60, daring=0.10, pliancy=0.60, loyalty=0.30, openness=0.15, awe=-0.1)

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked, with the buck in mind; when a window opens, pass it if there is somebody to take it."""
        outlook, stream = Outlook(view), Random(f"{self.seed}/buck-passer/{view.tick}")
        agenda = Agenda(
            outlook, stream, answers(outlook, self.TEMPER, stream, lambda call: self._called(outlook, call, stream))
        )
        if view.occasion == "window":
            initiatives.keep_house(agenda, self.TEMPER)
            initiatives.part(agenda, lambda alignment: self._parting_rate(outlook, alignment))
            instruments.expel_found(agenda, lambda state: outlook.liking(state) < 0.0)
            if outlook.top is not None:
                if self.covered(outlook, outlook.top):
                    self._pass(agenda, outlook.top)
                else:
                    self._balance(agenda, outlook.top)
        return agenda.moves

    @staticmethod
    def catchers(outlook: Outlook, threat: ActorId) -> list[ActorId]:
        """Return who stands openly against a threat already."""
        return [state for state in outlook.others if state != threat and outlook.opposes(state, threat)]

    def covered(self, outlook: Outlook, threat: ActorId) -> bool:
        """Tell whether others, without oneself, are a match for a threat."""
        against = outlook.power_of(self.catchers(outlook, threat))
        return share(against, outlook.power_of([threat])) >= ENOUGH

    def _pass(self, agenda: Agenda, threat: ActorId) -> None:
        """Stay on terms with the threat, and give those who face it the means to go on."""
        outlook = agenda.outlook
        if outlook.others[threat].stated_intent != "hostile" and agenda.chance(0.15):
            initiatives.speak(agenda, threat, "friendly")
        if threat not in outlook.ties and agenda.chance(0.12):
            initiatives.propose(agenda, threat, "nonaggression")
        weaker = [state for state in self.catchers(outlook, threat) if not outlook.others[state].at_war]
        if weaker and agenda.chance(0.15):
            catcher = agenda.best(weaker, lambda state: initiatives.help_worth(outlook, state, threat))
            if catcher is not None:
                initiatives.aid(agenda, catcher, "military", 0.05)
        for crisis in outlook.view.crises:
            if threat in (crisis.initiator, crisis.target) and agenda.chance(0.3):
                instruments.mediate(agenda, crisis)
        initiatives.arm_against(agenda, threat, rate=0.15)

    @staticmethod
    def _balance(agenda: Agenda, threat: ActorId) -> None:
        """Do it oneself, for there is nobody to leave it to."""
        outlook = agenda.outlook
        fear, need = outlook.fear[threat], 1.0 - outlook.cover(threat)
        if agenda.chance(0.30 * fear * need):
            helper = agenda.best(
                initiatives.helpers_against(agenda, threat),
                lambda state: initiatives.help_worth(outlook, state, threat),
            )
            if helper is not None:
                initiatives.propose(agenda, helper, "defence" if fear > 0.5 else "consultation", against=threat)
        initiatives.arm_against(agenda, threat, rate=0.30)

    def _called(self, outlook: Outlook, call: CallView, stream: Random) -> Move | None:
        """Leave a war to those who can win it alone, and a front to those who hold it already."""
        if call.reason == "ally":
            for war in outlook.view.wars:
                if war.id == call.subject:
                    side = call.asker if call.asker is not None else war.defenders[0]
                    foes = enemies_in(war, side)
                    if any(foe in outlook.ties for foe in foes):
                        return AnswerCall(war.id, False)
                    chance = war.win_chance if side in war.attackers else round(1.0 - war.win_chance, 6)
                    needed = outlook.top in foes and chance < ENOUGH
                    return AnswerCall(war.id, happens(stream, 0.7 if needed else 0.08))
        if call.reason == "proposal" and outlook.top is not None and self.covered(outlook, outlook.top):
            for offer in outlook.view.proposals:
                binds = offer.commitment in FIGHTING or offer.against == outlook.top
                if offer.id == call.subject and binds:
                    return AnswerProposal(offer.id, happens(stream, 0.03))
        return None

    def _parting_rate(self, outlook: Outlook, alignment: AlignmentView) -> float:
        """Slip out of fronts that hold without one."""
        rate = initiatives.parting_rate(outlook, alignment)
        front = alignment.commitment in FIGHTING and alignment.against is not None
        if front and alignment.against in outlook.others and self.covered(outlook, alignment.against):
            return rate + 0.05
        return rate
