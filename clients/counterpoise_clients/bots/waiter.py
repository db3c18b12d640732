"""The waiter: commits itself to nobody until it is clear who will win."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.chance import happens
from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_call import AnswerCall
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.types import ActorId
from counterpoise.sim.view import CallView, View, WarView
from counterpoise_clients.bot_kit import initiatives, instruments
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import Agenda
from counterpoise_clients.bot_kit.responses import Temperament, responses_to_calls

CLEAR = 0.80
"""The chance of victory from which a war is as good as decided."""
LATE_DAYS = 120
"""The age of a war before which nobody can know that."""
NEXT = 0.45
"""The threat of a war's likely winner from which one is next in line."""


class Bot:
    """Keeps out and keeps its forces whole; joins a war late, on the side that is certain to win, or when it is itself next.

    Of the three answers to a threat Powell weighs (1999, ch. 5), balancing, bandwagoning and waiting, waiting
    is often best: fighting costs, the others wear each other down, and one can still choose when the outcome is plain. It
    moves earlier only where it would stand alone against a victor that is likely to turn on it afterwards, while those
    who fight that victor now can still be helped.
    """

    name: ClassVar[str] = "waiter"
    TEMPERAMENT: ClassVar[Temperament] = Temperament(
        resolve=0.60, escalation=0.06, compromise=0.75, loyalty=0.30, openness=0.05, bandwagoning=0.0
    )

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer what is asked, with no to whatever would bind; when a window opens, wait or come in late."""
        assessment, stream = Assessment(view), Random(f"{self.seed}/waiter/{view.tick}")
        agenda = Agenda(
            assessment,
            stream,
            responses_to_calls(
                assessment, self.TEMPERAMENT, stream, lambda call: self._put_off(assessment, call, stream)
            ),
        )
        if view.occasion == "window":
            initiatives.do_routine_tasks(agenda, self.TEMPERAMENT)
            initiatives.leave_alignments(
                agenda, lambda alignment: 2.0 * initiatives.leave_chance(assessment, alignment)
            )
            instruments.expel_agents(agenda, lambda state: assessment.threats[state] > assessment.threat_floor)
            for war in view.wars:
                self._come_in(agenda, war)
            if assessment.top_threat is not None and assessment.threats[assessment.top_threat] > NEXT:
                initiatives.arm_against(agenda, assessment.top_threat, rate=0.10)
        return agenda.moves

    @staticmethod
    def side_to_join(assessment: Assessment, war: WarView) -> tuple[tuple[ActorId, ...], tuple[ActorId, ...]] | None:
        """Return the side to fight on and the one to fight, if the time to choose has come."""
        for side, foes, chance in (
            (war.attackers, war.defenders, war.win_chance),
            (war.defenders, war.attackers, round(1.0 - war.win_chance, 6)),
        ):
            menace = max((assessment.threats[state] for state in side if state in assessment.others), default=0.0)
            if assessment.top_threat in side and menace >= NEXT and 0.5 < chance < CLEAR:
                return foes, side  # whoever it beats now, it is our turn next
            if chance >= CLEAR and assessment.view.tick - war.since >= LATE_DAYS and menace < NEXT:
                return side, foes
        return None

    def _come_in(self, agenda: Agenda, war: WarView) -> None:
        assessment = agenda.assessment
        sides = self.side_to_join(assessment, war)
        if sides is None or assessment.me in war.attackers + war.defenders:
            return
        side, foes = sides
        near = max((assessment.others[foe].proximity for foe in foes if foe in assessment.others), default=0.0)
        if agenda.happens(0.4 * near):
            initiatives.join_war(agenda, war, side, foes)

    def _put_off(self, assessment: Assessment, call: CallView, stream: Random) -> Move | None:
        """Sign nothing that binds to fight; keep an old promise only where one would have come in anyhow."""
        if call.reason == "proposal":
            for offer in assessment.view.proposals:
                if offer.id == call.subject:
                    light = offer.commitment in ("nonaggression", "neutrality") and offer.against is None
                    return None if light else AnswerProposal(offer.id, False)
        if call.reason == "ally":
            for war in assessment.view.wars:
                if war.id == call.subject:
                    sides = self.side_to_join(assessment, war)
                    if (
                        sides is not None
                        and call.asker in sides[0]
                        and not any(f in assessment.alignments_by_partner for f in sides[1])
                    ):
                        return AnswerCall(war.id, happens(stream, 0.8))
                    return AnswerCall(war.id, happens(stream, 0.08))
        return None
