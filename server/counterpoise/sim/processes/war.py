"""A war: reviewed every thirty days until a side breaks, chance ends it, or the sides make peace.

The principals, the first state of each side, make peace. An offer between the two principals ends the war when it is accepted.
An offer between a principal and an ally of the other side takes that ally out of the war: a separate peace.
"""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.chance import happens
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.rules import aid_leverage, alignments, expired_calls, memory
from counterpoise.sim.rules.conflict import occupation
from counterpoise.sim.rules.conflict.ally_calls import call_allies, default_answer
from counterpoise.sim.rules.conflict.endings import WINNER_CAPABILITY_LOSS, convert_losses, end_crisis, end_war
from counterpoise.sim.rules.conflict.war_month import Endurance, add_losses, draw_ending, draw_endurance
from counterpoise.sim.rules.conflict.war_odds import attackers_win_chance
from counterpoise.sim.rules.power import clip, refresh
from counterpoise.sim.types import LEVEL_WAR, ActorId, Commitment, Issue, PeaceTerms

REVIEW_DAYS = 30
OFFER_DAYS = 30
"""Days for which an offer of peace stands (chosen)."""
FRIENDLY_TREATIES: tuple[Commitment, ...] = ("defence", "offence", "neutrality", "nonaggression", "guarantee", "union")
"""Commitments that an attack on a partner breaks."""
ACCEPTANCE = 0.5
"""Probability that a silent seat accepts peace, times its side's chance of losing (chosen)."""
YIELD_ACCEPTANCE = 0.9
"""Probability that a silent seat accepts peace when the enemy yields (chosen)."""


def begin(stage: Stage, attackers: tuple[ActorId, ...], defenders: tuple[ActorId, ...], aim: Issue) -> War:
    """Open a war between two sides, principals first, and return it.

    If the two principals are at war already, return that war.
    """
    world, attacker, defender = stage.world, attackers[0], defenders[0]
    for fought in list(world.wars_of(attacker)):
        if defender in fought.enemies_of(attacker):
            return fought
        if defender in fought.side_of(attacker):
            leave(stage, fought, attacker, "turned on a comrade")
    war = War(stage.next_id(), (attacker,), (defender,), aim, since=world.tick, next_review=world.tick + REVIEW_DAYS)
    war.losses = {attacker: 0.0, defender: 0.0}
    world.wars[war.id] = war
    reached = 0
    crisis = world.crisis_between(attacker, defender)
    if crisis is not None:
        reached = crisis.level if crisis.initiator == attacker and crisis.level > 1 else 0
        crisis.level = LEVEL_WAR
        end_crisis(stage, crisis, "WAR")
    _cut_ties(stage, attacker, defender, blame=True)
    memory.remember_hostile_act(stage, attacker, defender, LEVEL_WAR - reached)
    _break_friendly_words(stage, attacker, defender)
    war.win_chance = attackers_win_chance(world, war)
    stage.record("war_began", attacker, defender, war=war.id, aim=aim, win_chance=war.win_chance)
    for supporter in attackers[1:]:
        join(stage, war, supporter, attacker)
    for supporter in defenders[1:]:
        join(stage, war, supporter, defender)
    for principal in (defender, attacker):
        for partner in world.union_partners(principal):
            join(stage, war, partner, principal)
    call_allies(stage, war)
    if not stage.recorded:  # a recorded war costs what the record says, and ends when it says so
        stage.start("war.begin_reviews", war.id, war.attackers[0], war.defenders[0])
    return war


def leave_record(stage: Stage) -> None:
    """Run every war by the simulation's rules from now on instead of the record, starting from the recorded losses."""
    for war in stage.world.wars.values():
        war.next_review = stage.world.tick + REVIEW_DAYS
        stage.start("war.begin_reviews", war.id, war.attackers[0], war.defenders[0])


def join(stage: Stage, war: War, actor: ActorId, side: ActorId) -> None:
    """Let a state enter a war on the side of one of its members.

    Nothing happens if the state is in the war already, fights one of its parties in another war (one war per pair), or fights
    another war on the same side as one of its enemies here.
    """
    world = stage.world
    if war.id not in world.wars or actor in war.parties or not world.actors[actor].active:
        return
    enemies = war.enemies_of(side)
    comrades = [comrade for other in world.wars_of(actor) for comrade in other.side_of(actor)]
    fights_here = any(world.at_war(actor, party) for party in war.parties)
    if not enemies or fights_here or any(enemy in comrades for enemy in enemies):
        return
    attacking = side in war.attackers
    if attacking:
        war.attackers += (actor,)
    else:
        war.defenders += (actor,)
    war.losses[actor] = 0.0
    for enemy in enemies:
        crisis = world.crisis_between(actor, enemy)
        if crisis is not None:
            crisis.level = LEVEL_WAR
            end_crisis(stage, crisis, "WAR")
        _cut_ties(stage, actor, enemy, blame=attacking)
        if attacking:
            memory.remember_hostile_act(stage, actor, enemy, LEVEL_WAR)
    for comrade in war.side_of(actor):
        if comrade != actor:
            memory.add_goodwill(stage, actor, comrade, 1.0)
    war.win_chance = attackers_win_chance(world, war)
    stage.record("war_joined", actor, side, war=war.id, side=side, win_chance=war.win_chance)
    for partner in world.union_partners(actor):
        join(stage, war, partner, actor)


def answer_ally(stage: Stage, war: War, actor: ActorId, honour: bool) -> None:
    """Answer an ally's call: honour it and join the war, or renege, which the ally remembers.

    Only the two states know of a broken secret promise, so it costs the ally's trust but not the state's public record.
    """
    call = stage.world.open_call(actor, "ally", war.id)
    if call is None or call.asker is None:
        return
    state = stage.world.actors[actor]
    if honour:
        state.honoured += 1
        stage.record("promise_honoured", actor, call.asker, war=war.id)
        join(stage, war, actor, call.asker)
    else:
        known = any(not alignment.secret for alignment in stage.world.alignments_between(actor, call.asker))
        state.reneged += known
        memory.remember_broken_promise(stage, actor, call.asker)
        stage.record("promise_broken", actor, call.asker, audience=None if known else (actor, call.asker), war=war.id)
    stage.close_call(actor, "ally", war.id)


def offer_peace(stage: Stage, war: War, actor: ActorId, terms: PeaceTerms = "as_things_stand") -> None:
    """Offer the other side peace, and call the states that can accept."""
    world = stage.world
    enemies = war.enemies_of(actor)
    if war.id not in world.wars or not enemies or actor in war.peace_offers:
        return
    until = world.tick + OFFER_DAYS
    war.peace_offers[actor], war.peace_terms[actor] = until, terms
    asked = enemies if actor == war.side_of(actor)[0] else enemies[:1]
    stage.record("peace_offered", actor, *asked, war=war.id, terms=terms)
    for enemy in asked:
        if world.open_call(enemy, "peace", war.id) is None:
            stage.call(enemy, "peace", war.id, until, actor)
    stage.start_at(until, "war.expire_offer", war.id, actor, until)


def answer_peace(stage: Stage, war: War, actor: ActorId, accept: bool) -> None:
    """Answer the enemy's standing offers, oldest first."""
    if war.id not in stage.world.wars or actor not in war.parties:
        return
    offers = [enemy for enemy in war.enemies_of(actor) if enemy in war.peace_offers]
    call = stage.world.open_call(actor, "peace", war.id)
    asker = () if call is None or call.asker is None or call.asker in offers else (call.asker,)
    if accept:
        for maker in offers:
            _make_peace(stage, war, maker, actor)
        if not offers:  # a mediator asked, so the yes becomes an offer to the enemy
            stage.close_call(actor, "peace", war.id)
            if actor in war.peace_offers:
                stage.record("peace_offer_stands", actor, *asker, war=war.id)
            offer_peace(stage, war, actor)
    else:
        stage.record("peace_refused", actor, *offers, *asker, war=war.id)
    stage.close_call(actor, "peace", war.id)


def broker(stage: Stage, war: War, mediator: ActorId) -> None:
    """Let a third state ask both principals for peace; a principal's yes becomes an offer to the other."""
    world, principals = stage.world, (war.attackers[0], war.defenders[0])
    until = war.brokered_until = world.tick + OFFER_DAYS
    stage.record("peace_brokered", mediator, *principals, war=war.id)
    for principal in principals:
        if world.open_call(principal, "peace", war.id) is None and principal not in war.peace_offers:
            stage.call(principal, "peace", war.id, until, mediator)
    stage.start_at(until, "war.close_brokered_calls", war.id, mediator)


def _close_brokered_calls(stage: Stage, war_id: int, mediator: ActorId) -> None:
    """Close a mediator's unanswered calls by default: a silent principal that is losing is more likely to accept."""
    war = stage.world.wars.get(war_id)
    if war is None:
        return
    for principal in (war.attackers[0], war.defenders[0]):
        call = stage.world.open_call(principal, "peace", war.id)
        if war.id not in stage.world.wars or call is None or call.asker != mediator:
            continue
        losing = war.win_chance if principal in war.defenders else 1.0 - war.win_chance
        accept = not stage.recorded and happens(stage.stream(f"peace/{principal}"), clip(ACCEPTANCE * losing))
        expired_calls.record_default_answer(stage, call, "accept" if accept else "refuse")
        answer_peace(stage, war, principal, accept)


def leave(stage: Stage, war: War, actor: ActorId, reason: str) -> None:
    """Take a state out of a war; the war ends if its side has no other member."""
    if war.id not in stage.world.wars or actor not in war.parties:
        return
    side = war.side_of(actor)
    if len(side) == 1:
        end_war(stage, war, "COMPROMISE" if reason == "peace" else "VOID")
        return
    war.attackers = tuple(a for a in war.attackers if a != actor)
    war.defenders = tuple(a for a in war.defenders if a != actor)
    _withdraw_offer(war, actor)
    for call in [c for c in stage.world.calls.values() if c.subject == war.id and actor in (c.actor, c.asker)]:
        stage.close_call(call.actor, call.reason, war.id)
    convert_losses(war, stage.world.actors[actor], WINNER_CAPABILITY_LOSS)
    war.losses.pop(actor, None)
    refresh(stage.world)
    war.win_chance = attackers_win_chance(stage.world, war)
    stage.record("war_left", actor, war=war.id, reason=reason, win_chance=war.win_chance)


def _make_peace(stage: Stage, war: War, maker: ActorId, taker: ActorId) -> None:
    if war.id not in stage.world.wars or taker not in war.enemies_of(maker):
        return
    principals = (war.attackers[0], war.defenders[0])
    stage.record("peace_accepted", taker, maker, war=war.id)
    if maker in principals and taker in principals:
        yielder = maker if war.peace_terms.get(maker) == "yield" else None
        end_war(stage, war, "COMPROMISE", yielder=yielder)
    elif maker in principals or taker in principals:
        leave(stage, war, taker if maker in principals else maker, "peace")


def _expire_offer(stage: Stage, war_id: int, maker: ActorId, until: int) -> None:
    """Withdraw an offer at its deadline; the answers of silent seats are drawn."""
    war = stage.world.wars.get(war_id)
    if war is None or war.peace_offers.get(maker) != until:
        return
    for enemy in war.enemies_of(maker):
        call = stage.world.open_call(enemy, "peace", war.id)
        if call is None or call.asker != maker:
            continue
        losing = war.win_chance if enemy in war.defenders else 1.0 - war.win_chance
        chance = YIELD_ACCEPTANCE if war.peace_terms.get(maker) == "yield" else ACCEPTANCE * losing
        accept = not stage.recorded and happens(stage.stream(f"peace/{enemy}"), clip(chance))
        expired_calls.close_with_default(stage, enemy, "peace", war.id, "accept" if accept else "refuse")
        if accept:
            _make_peace(stage, war, maker, enemy)
            if war.id not in stage.world.wars:
                return
    _withdraw_offer(war, maker)


def _withdraw_offer(war: War, maker: ActorId) -> None:
    war.peace_offers.pop(maker, None)
    war.peace_terms.pop(maker, None)


def _begin_reviews(stage: Stage, war_id: int, attacker: ActorId, defender: ActorId) -> None:
    """Draw both sides' endurance and schedule the first review."""
    war = stage.world.wars.get(war_id)
    if war is not None:
        attacker, defender = war.attackers[0], war.defenders[0]
    stream = f"war/{attacker}-{defender}"
    # Draw even if the war has ended on its first day: the stream's later draws depend on it.
    endurance = draw_endurance(stage.stream(stream), 0.5 if war is None else war.win_chance)
    if war is not None:
        numbers = (endurance.attackers, endurance.defenders, endurance.opening_win_chance)
        stage.schedule(war.next_review, "war.review", war_id, stream, *numbers)


def _review(stage: Stage, war_id: int, stream_name: str, attackers: float, defenders: float, win_chance: float) -> None:
    """Run a month of the war, and end the war if a side breaks or an ending is drawn.

    Args:
        stage: the simulation.
        war_id: the war.
        stream_name: the name of the war's random stream.
        attackers: the attackers' endurance.
        defenders: the defenders' endurance.
        win_chance: the attackers' chance of winning at the start.
    """
    war = stage.world.wars.get(war_id)
    if war is None:
        return
    stream = stage.stream(stream_name)
    add_losses(stream, stage.world, war, REVIEW_DAYS)
    occupation.move_front(stage, war)
    war.win_chance = attackers_win_chance(stage.world, war)
    stage.record("war_review", *war.parties, war=war.id, win_chance=war.win_chance)
    ending = draw_ending(stream, stage.world, war, Endurance(attackers, defenders, win_chance))
    if ending is not None:
        end_war(stage, war, ending.outcome, ending.winners)
        return
    war.next_review = stage.world.tick + REVIEW_DAYS
    stage.schedule(war.next_review, "war.review", war_id, stream_name, attackers, defenders, win_chance)


def _ally_deadline(stage: Stage, war_id: int, ally: ActorId, asker: ActorId) -> None:
    """Give the default answer when the deadline passes and the ally's seat has not answered."""
    honour = default_answer(stage, war_id, ally, asker)
    if honour is not None:
        answer_ally(stage, stage.world.wars[war_id], ally, honour)


def _break_friendly_words(stage: Stage, attacker: ActorId, defender: ActorId) -> None:
    """Set the attacker's stated intent to hostile; if it was friendly, the defender remembers a broken promise."""
    dyad = stage.world.dyad(defender, attacker)
    if dyad.stated_intent == "friendly":
        memory.remember_broken_promise(stage, attacker, defender)
        stage.record("words_belied", attacker, defender)
    dyad.stated_intent = "hostile"


def _cut_ties(stage: Stage, actor: ActorId, enemy: ActorId, *, blame: bool) -> None:
    """End alignments and aid between two states that now fight.

    Args:
        stage: the simulation.
        actor: the state that attacks or joins.
        enemy: the state it fights.
        blame: whether the enemy remembers a broken promise if a treaty forbids the attack.
    """
    for alignment in list(stage.world.alignments_between(actor, enemy)):
        if blame and alignment.commitment in FRIENDLY_TREATIES:
            memory.remember_broken_promise(stage, actor, enemy)
        if len(alignment.members) > 2:
            alignments.leave(stage, alignment, actor)
        else:
            alignments.dissolve(stage, alignment, "war")
    for donor, recipient, kind in list(stage.world.aid):
        if (donor, recipient) in ((actor, enemy), (enemy, actor)):
            aid_leverage.cut_flow(stage, stage.world.aid[donor, recipient, kind], "war")


STEPS: Steps = {
    "begin_reviews": _begin_reviews,
    "review": _review,
    "ally_deadline": _ally_deadline,
    "expire_offer": _expire_offer,
    "close_brokered_calls": _close_brokered_calls,
}
