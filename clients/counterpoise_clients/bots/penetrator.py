"""The penetrator: works on other states from within, and is itself for whoever has a hold on it."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.types import ActorId, Means
from counterpoise.sim.view import AlignmentView, CallView, View
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import Outlook
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temper, answers, happens

STRONG = 0.20
"""The known hold on one's own politics from which one goes along with it; below it the holders are sent home."""
HARVEST = 0.15
"""The access to another's politics from which it is asked to sign."""
FOUL: tuple[Means, ...] = ("propaganda", "subversion", "bribery")


class Bot:
    """Buys, persuades or subverts the politics of others to have them as allies, and aligns with those who hold its own.

    The hypothesis of transnational penetration (Walt 1987, ch. 7): access to a state's politics makes it an
    ally, best by means that pass for legitimate and for limited ends. Friends are lobbied, enemies undermined (Levin 2016;
    O'Rourke 2018); access is turned into an alliance once there is enough of it. At home a weak hold that comes to light
    is broken by expulsion, as Egypt's of 1972, while a strong one decides whose side the state is on.
    """

    name: ClassVar[str] = "penetrator"
    TEMPER: ClassVar[Temper] = Temper(resolve=0.60, daring=0.18, pliancy=0.50, loyalty=0.40, openness=0.22, awe=0.0)

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked; when a window opens, run campaigns, reap them, and keep one's own house clean."""
        outlook, stream = Outlook(view), Random(f"{self.seed}/penetrator/{view.tick}")
        agenda = Agenda(
            outlook, stream, answers(outlook, self.TEMPER, stream, lambda call: self._held(outlook, call, stream))
        )
        if view.occasion == "window":
            initiatives.keep_house(agenda, self.TEMPER)
            initiatives.part(agenda, lambda alignment: self._parting_rate(outlook, alignment))
            instruments.expel_found(agenda, lambda state: instruments.hold_of(outlook, state) < STRONG)
            self._follow(agenda)
            self._work(agenda)
            self._reap(agenda)
        return agenda.moves

    @staticmethod
    def _held(outlook: Outlook, call: CallView, stream: Random) -> Move | None:
        """Sign what those put before one who have a strong hold."""
        if call.reason != "proposal" or call.asker is None or instruments.hold_of(outlook, call.asker) < STRONG:
            return None
        offers = [offer for offer in outlook.view.proposals if offer.id == call.subject]
        if not offers or any(tie.commitment == offers[0].commitment for tie in outlook.ties.get(call.asker, ())):
            return None
        if outlook.others[call.asker].at_war:
            return None
        return AnswerProposal(call.subject, happens(stream, 0.9))

    @staticmethod
    def _follow(agenda: Agenda) -> None:
        """Court whoever has the strongest hold on one's own politics."""
        outlook = agenda.outlook
        masters = [state for state in outlook.others if instruments.hold_of(outlook, state) >= STRONG]
        if masters and agenda.chance(0.6):
            master = agenda.best(masters, lambda state: instruments.hold_of(outlook, state), noise=0.0)
            if master is not None:
                initiatives.propose(agenda, master, "consultation" if master not in outlook.ties else "defence")

    @staticmethod
    def _work(agenda: Agenda) -> None:
        """Begin a campaign: by fair means where there is friendship to win, by foul ones against the feared and the hostile.

        Where the door stands open shows in the access gained: who already lets one in is worth more effort.
        """
        outlook = agenda.outlook
        if not agenda.chance(0.5):
            return

        def worth(state: ActorId) -> float:
            other = outlook.others[state]
            weight = min(1.0, other.power / outlook.view.own.power) if outlook.view.own.power > 0.0 else 1.0
            return other.access + 0.5 * weight + 0.3 * other.proximity + 0.3 * outlook.fear[state]

        tended = [found.target for found in outlook.view.campaigns]
        open_to = [state for state in outlook.others if state not in tended]
        target = agenda.best(open_to, worth, noise=0.5)
        if target is None:
            return
        if outlook.others[target].at_war or outlook.others[target].rivalry or outlook.liking(target) < -0.6:
            means = FOUL[int(agenda.stream.random() * len(FOUL))]
            instruments.campaign(agenda, target, means, "intrusive", 0.7)
        else:
            instruments.campaign(agenda, target, "lobbying" if agenda.chance(0.6) else "exchange", "limited", 0.8)

    @staticmethod
    def _reap(agenda: Agenda) -> None:
        """Ask those to sign in whose politics one has a say."""
        outlook = agenda.outlook
        ripe = [
            state for state, other in outlook.others.items() if other.access >= HARVEST and state not in outlook.ties
        ]
        if ripe and agenda.chance(0.5):
            client = agenda.best(ripe, lambda state: outlook.others[state].access)
            if client is not None:
                against = outlook.top if outlook.top != client else None
                initiatives.propose(
                    agenda, client, "consultation" if agenda.chance(0.6) else "defence", against=against
                )

    @staticmethod
    def _parting_rate(outlook: Outlook, alignment: AlignmentView) -> float:
        """Stay with those who hold one and whom one holds."""
        held = [
            member
            for member in alignment.members
            if member in outlook.others
            and (instruments.hold_of(outlook, member) >= STRONG or outlook.others[member].access >= HARVEST)
        ]
        return 0.0 if held else initiatives.parting_rate(outlook, alignment)
