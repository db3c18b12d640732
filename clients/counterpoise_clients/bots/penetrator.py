"""The penetrator: works on other states from within, and is itself for whoever has a hold on it."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.chance import happens
from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.types import ActorId, Means
from counterpoise.sim.view import AlignmentView, CallView, View
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

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
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.60, escalation=0.18, compromise=0.50, loyalty=0.40, openness=0.22, bandwagoning=0.0
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked; when a window opens, run campaigns, reap them, and keep one's own house clean."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/penetrator/{view.tick}")
        agenda = Agenda(
            assessment,
            stream,
            responses_to_calls(assessment, self.TEMPERAMENT, stream, lambda call: self._held(assessment, call, stream)),
        )
        if view.occasion == "window":
            initiatives.do_routine_tasks(agenda, self.TEMPERAMENT)
            initiatives.leave_alignments(agenda, lambda alignment: self._leave_chance(assessment, alignment))
            instruments.expel_agents(agenda, lambda state: instruments.penetration_by(assessment, state) < STRONG)
            self._follow(agenda)
            self._work(agenda)
            self._reap(agenda)
        return agenda.moves

    @staticmethod
    def _held(assessment: Assessment, call: CallView, stream: Random) -> Move | None:
        """Sign what those put before one who have a strong hold."""
        if (
            call.reason != "proposal"
            or call.asker is None
            or instruments.penetration_by(assessment, call.asker) < STRONG
        ):
            return None
        offers = [offer for offer in assessment.view.proposals if offer.id == call.subject]
        if not offers or any(
            tie.commitment == offers[0].commitment for tie in assessment.alignments_by_partner.get(call.asker, ())
        ):
            return None
        if assessment.others[call.asker].at_war:
            return None
        return AnswerProposal(call.subject, happens(stream, 0.9))

    @staticmethod
    def _follow(agenda: Agenda) -> None:
        """Court whoever has the strongest hold on one's own politics."""
        assessment = agenda.assessment
        masters = [state for state in assessment.others if instruments.penetration_by(assessment, state) >= STRONG]
        if masters and agenda.happens(0.6):
            master = agenda.best_of(masters, lambda state: instruments.penetration_by(assessment, state), noise=0.0)
            if master is not None:
                initiatives.offer_alliance(
                    agenda, master, "consultation" if master not in assessment.alignments_by_partner else "defence"
                )

    @staticmethod
    def _work(agenda: Agenda) -> None:
        """Begin a campaign: by fair means where there is friendship to win, by foul ones against the feared and the hostile.

        Where the door stands open shows in the access gained: who already lets one in is worth more effort.
        """
        assessment = agenda.assessment
        if not agenda.happens(0.5):
            return

        def worth(state: ActorId) -> float:
            other = assessment.others[state]
            weight = min(1.0, other.power / assessment.view.own.power) if assessment.view.own.power > 0.0 else 1.0
            return other.access + 0.5 * weight + 0.3 * other.proximity + 0.3 * assessment.threats[state]

        tended = [found.target for found in assessment.view.campaigns]
        open_to = [state for state in assessment.others if state not in tended]
        target = agenda.best_of(open_to, worth, noise=0.5)
        if target is None:
            return
        if assessment.others[target].at_war or assessment.others[target].rivalry or assessment.affinity(target) < -0.6:
            means = FOUL[int(agenda.stream.random() * len(FOUL))]
            instruments.start_campaign(agenda, target, means, "intrusive", 0.7)
        else:
            instruments.start_campaign(
                agenda, target, "lobbying" if agenda.happens(0.6) else "exchange", "limited", 0.8
            )

    @staticmethod
    def _reap(agenda: Agenda) -> None:
        """Ask those to sign in whose politics one has a say."""
        assessment = agenda.assessment
        ripe = [
            state
            for state, other in assessment.others.items()
            if other.access >= HARVEST and state not in assessment.alignments_by_partner
        ]
        if ripe and agenda.happens(0.5):
            client = agenda.best_of(ripe, lambda state: assessment.others[state].access)
            if client is not None:
                against = assessment.top_threat if assessment.top_threat != client else None
                initiatives.offer_alliance(
                    agenda, client, "consultation" if agenda.happens(0.6) else "defence", against=against
                )

    @staticmethod
    def _leave_chance(assessment: Assessment, alignment: AlignmentView) -> float:
        """Stay with those who hold one and whom one holds."""
        held = [
            member
            for member in alignment.members
            if member in assessment.others
            and (
                instruments.penetration_by(assessment, member) >= STRONG or assessment.others[member].access >= HARVEST
            )
        ]
        return 0.0 if held else initiatives.leave_chance(assessment, alignment)
