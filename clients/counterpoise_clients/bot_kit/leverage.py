"""Money as an instrument: aid that wins clients, demands tied to it, sanctions, and work on other states' politics.

A donor asks for something in return, and cuts the aid of a recipient that refuses, for after an empty threat nobody believes the
next one (Baldwin 1985). States threaten or impose economic sanctions some 23 times a year in the whole world (Morgan, Bapat &
Kobayashi 2014: 1412 cases in 1945-2005), about once in seven years for each state; the rates below are set with regard to that.
In a game of few windows all of this comes sooner, as every other way of taking sides does.
"""

from __future__ import annotations

from counterpoise.sim.moves.cut_aid import CutAid
from counterpoise.sim.moves.sanction import Sanction
from counterpoise.sim.types import ActorId, AidDemand, AidKind, Means
from counterpoise_clients.bot_kit import enmities, initiatives, instruments, prudence
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList

GIFT_RATE = 0.03
"""The chance in a quarter that a state begins to aid a weaker one to win it."""
DEMAND_SHARE = 0.85
"""The share of gifts that come with a demand."""
DEMAND_RATE = 0.25
"""The chance in a quarter that a donor ties a demand to one of its flows."""
CUT_CHANCE = 0.7
"""The chance that a donor cuts aid after a refusal; the others let it pass, as constrained donors do (Walt 1987, ch. 2)."""
SANCTION_RATE = 0.02
"""The chance in a quarter that a state sanctions one that gives it cause."""
CAMPAIGN_RATE = 0.035
"""The chance in a quarter that a state begins to cultivate another's politics."""
RENEWAL_CHANCE = 0.85
"""The chance that a state renews a campaign that comes to its end."""
LIFT_RATE = 0.06
"""The chance in a quarter that a sanction without a cause is lifted; half of all sanctions last more than two or three years."""
RENEWAL_DAYS = 200
"""Days before its end from which a campaign is renewed: slightly more than the longest window of the bundled scenarios."""
GIFT = 0.08
"""The aid of a gift, as a share of the recipient's budget."""
SANCTIONS_MAX = 3
"""The number of states that a state sanctions at once."""
DISLIKED = -0.1
"""The affinity up to which a state is disliked enough to be sanctioned."""


def use_leverage(move_list: MoveList, *, rate: float = 1.0) -> None:
    """Win clients, press recipients, punish refusals, impose and lift sanctions; ``rate`` multiplies the chances."""
    punish_refusals(move_list)
    press_recipients(move_list, rate=DEMAND_RATE * rate)
    win_client(move_list, rate=GIFT_RATE * rate)
    impose_sanctions(move_list, rate=SANCTION_RATE * rate)
    lift_sanctions(move_list, rate=LIFT_RATE)


def punish_refusals(move_list: MoveList) -> None:
    """Cut, mostly, the aid to recipients that refused what the seat asked for it."""
    if instruments.recent_refusals(move_list.assessment.view) and move_list.happens(CUT_CHANCE):
        instruments.cut_aid_after_refusals(move_list)


def press_recipients(move_list: MoveList, *, rate: float) -> None:
    """Tie a demand to aid that the seat gives, by chance for each recipient that has none to answer."""
    assessment = move_list.assessment
    pressed = [condition.recipient for condition in assessment.view.conditions if condition.donor == assessment.me]
    refusing = [
        recipient for donor, recipient in instruments.recent_refusals(assessment.view) if donor == assessment.me
    ]
    for flow in assessment.view.aid:
        recipient = flow.recipient
        if flow.donor != assessment.me or recipient not in assessment.others or recipient in (*pressed, *refusing):
            continue
        found = demands_on(assessment, recipient)
        cut = CutAid(recipient, flow.kind) in move_list.moves
        if found and not cut and move_list.happens_in_window(rate):
            demand, about = found[int(move_list.stream.random() * len(found))]
            instruments.give_conditional_aid(move_list, recipient, flow.kind, flow.amount, demand, about)
            pressed.append(recipient)


def demands_on(assessment: Assessment, recipient: ActorId) -> list[tuple[AidDemand, ActorId | None]]:
    """Return what the seat would want of a recipient and can ask of it.

    It may want the recipient to leave the seat's enemies, to stop fighting its partners or to stay out of their wars, to drop a
    claim, to speak as a friend, or to side with it.
    """
    wanted: list[tuple[AidDemand, ActorId | None]] = [("side_with_us", None), ("drop_claim", assessment.me)]
    if assessment.others[recipient].stated_intent == "hostile":
        wanted.append(("friendly_words", assessment.me))
    wanted += [("leave_alliance", enemy) for enemy in assessment.own_enemies]
    for partner in assessment.alignments_by_partner:
        wanted.append(("make_peace", partner))
        fights = any(partner in war.attackers + war.defenders for war in assessment.view.wars)
        quarrels = any(partner in (crisis.initiator, crisis.target) for crisis in assessment.view.crises)
        if (fights or quarrels) and partner in assessment.rivals_of(recipient):
            wanted.append(("stay_out", partner))
    return [
        (demand, about)
        for demand, about in wanted
        if (about is None or about == assessment.me or about in assessment.others)
        and instruments.can_ask(assessment, recipient, demand, about)
    ]


def win_client(move_list: MoveList, *, rate: float) -> None:
    """Begin to aid a weaker, reachable state that is no enemy's ally, best one with a common enemy; mostly with a demand."""
    assessment = move_list.assessment
    enemies = assessment.own_enemies
    clients = [
        other.id
        for other in assessment.view.others
        if other.power < assessment.view.own.power
        and other.id not in enemies
        and assessment.affinity(other.id) > 0.0
        and not any((flow.donor, flow.recipient) == (assessment.me, other.id) for flow in assessment.view.aid)
        and not enmities.is_allied_with_enemy(assessment, other.id, enemies)
        and assessment.reach(other.id) >= prudence.REACH_FULL
    ]
    if not clients or not move_list.happens_in_window(rate):
        return
    client = move_list.best_of(
        clients,
        lambda state: assessment.affinity(state) + 0.4 * len(enmities.common_enemies(assessment, state)),
    )
    if client is None:
        return
    kind: AidKind = "military" if enmities.common_enemies(assessment, client) else "economic"
    found = demands_on(assessment, client)
    if found and move_list.happens(DEMAND_SHARE):
        demand, about = found[int(move_list.stream.random() * len(found))]
        instruments.give_conditional_aid(move_list, client, kind, GIFT, demand, about)
    else:
        initiatives.give_aid(move_list, client, kind, GIFT)


def gives_cause(assessment: Assessment, state: ActorId) -> bool:
    """Return whether a state gives the seat cause for sanctions: it presses the seat or its partners, or has begun a war.

    A partner gives none, nor does an enemy in war, with whom trade has ended anyway.
    """
    if state in assessment.alignments_by_partner or assessment.others[state].at_war:
        return False
    ours = (assessment.me, *assessment.alignments_by_partner)
    presses = any(crisis.initiator == state and crisis.target in ours for crisis in assessment.view.crises)
    attacks = any(war.attackers[0] == state and assessment.reach(state) > 0.0 for war in assessment.view.wars)
    return presses or attacks


def impose_sanctions(move_list: MoveList, *, rate: float) -> None:
    """Sanction, by chance, each disliked state that gives cause: an embargo on arms, or on all trade."""
    assessment = move_list.assessment
    own = [measure.target for measure in assessment.view.sanctions if measure.sender == assessment.me]
    for state in assessment.others:
        if len(own) >= SANCTIONS_MAX:
            return
        if state in own or assessment.affinity(state) > DISLIKED or not gives_cause(assessment, state):
            continue
        if move_list.happens_in_window(rate):
            move_list.add(Sanction(state, "impose", "trade" if move_list.happens(0.6) else "arms"))
            own.append(state)


def lift_sanctions(move_list: MoveList, *, rate: float) -> None:
    """Lift a sanction whose cause is gone: at once if its target speaks as a friend, otherwise by chance."""
    assessment = move_list.assessment
    for measure in assessment.view.sanctions:
        if measure.sender != assessment.me or measure.target not in assessment.others:
            continue
        if gives_cause(assessment, measure.target):
            continue
        reconciled = assessment.others[measure.target].stated_intent == "friendly"
        if reconciled or move_list.happens_in_window(rate):
            move_list.add(Sanction(measure.target, "lift", measure.scope))


def cultivate(move_list: MoveList, *, rate: float = CAMPAIGN_RATE) -> None:
    """Work on the politics of another state: by lobbying and exchange where the seat seeks friends, by propaganda in a rival.

    Outside powers took part in one of nine competitive elections in 1946-2000 (Levin 2016); exchange and lobbying are commoner.
    """
    assessment = move_list.assessment
    for campaign in assessment.view.campaigns:
        ends_soon = campaign.until - assessment.view.tick < RENEWAL_DAYS
        if ends_soon and campaign.target in assessment.others and move_list.happens(RENEWAL_CHANCE):
            effort = min(1.0, round(campaign.effort + 0.05, 6)) if campaign.effort < 1.0 else 0.95
            instruments.renew_campaign(move_list, campaign, effort)
    if not move_list.happens_in_window(rate):
        return
    target = move_list.best_of(
        [state for state in assessment.others if assessment.reach(state) >= prudence.REACH_MIN],
        lambda state: (
            2.0 * assessment.others[state].access + 0.5 * assessment.affinity(state) + 0.3 * assessment.threats[state]
        ),
    )
    if target is None:
        return
    if assessment.others[target].rivalry or assessment.affinity(target) < 2.0 * DISLIKED:
        instruments.start_campaign(move_list, target, "propaganda", "limited", 0.8)
    else:
        means: Means = "lobbying" if move_list.happens(0.6) else "exchange"
        instruments.start_campaign(move_list, target, means, "limited", 1.0)
