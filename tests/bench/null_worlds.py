"""Samples in which a proposition is false by construction, made from games of random players.

The subject of the claim is redrawn at random: choices, the lives of alliances and the structures that they form, answers to
demands, stated reasons. The rest, such as threats, wars, aid and campaigns, is that of the game.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np
from planted_choices import (
    Game,
    partner_of,
    random_class,
    random_partner,
    rule_of_equal_scores,
    rule_of_motives,
)

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.decision_point import Candidate
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.structure import Structure
from counterpoise.theory.evidence.compliance_episodes import CONDITION_MET, CONDITION_REFUSED
from counterpoise.theory.evidence.elicitation import MOTIVES
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.registration.redrawn_choices import Rule, redrawn_decisions

WEIGHTS = (3.0, 1.5, 1.5, 1.5)
"""Log-odds for each unit of shared threat, similarity, aid and penetration where players state their true motives."""
LEAVING = 0.08
"""Chance that an alliance ends in a window."""
ASKING = 0.3
"""Chance that a donor makes a demand of a recipient in a window."""
OLDEST = 730
"""Most days by which wars are made older where their age is random, since random players make peace too soon."""
REDRAWN = ("alliance_formed", "alliance_ended", CONDITION_MET, CONDITION_REFUSED, "reason")

OWN = {"W1.3b": "places", "W2.3b": "places", "W3.6": "ages", "W4.5": "motives"}
"""Propositions that need a null of their own."""
BY_PARTNER = ("W3.3b", "W1.6", "W1.7", "W2.6", "W4.1", "W4.2", "W4.2b", "W4.3", "W4.3b", "W4.4", "W4.6")
"""Propositions about the partner or the duration of alliances, beside all of W5 and W6. The others are about the class."""


def null_world_of(proposition: str) -> str:
    """Return the name of the null under which a proposition is false; ``rules`` lists them."""
    if proposition in ("WX.1", "WX.3", "WX.5"):
        return f"even {proposition}"
    if proposition in OWN:
        return OWN[proposition]
    return "partner" if proposition in BY_PARTNER or proposition.startswith(("W5", "W6")) else "class"


def rules() -> dict[str, Rule]:
    """Return the rule of choice of each null."""
    return {
        "class": random_class,
        "ages": random_class,
        "partner": random_partner,
        "places": random_partner,
        "motives": rule_of_motives(WEIGHTS, traits),
        **{
            f"even {name}": rule_of_equal_scores(PROPOSITIONS[name].compares, changes=name == "WX.5")
            for name in ("WX.1", "WX.3", "WX.5")
        },
    }


def null_sample(games: Sequence[Game], null: str, rule: Rule, dice: Random) -> Sample:
    """Return the sample of some games under a null."""
    records: list[DecisionRecord] = []
    structures: list[Structure] = []
    incidents: dict[str, Sequence[Incident]] = {}
    for game in games:
        made = redrawn_decisions(game.records, rule, dice)
        lives = _lives(made, dice, anywhere=null == "places")
        records += made
        structures += _structures(game.structures, lives)
        drawn_incidents = [*_answers(made, dice), *(_reasons(made, dice) if null == "motives" else [])]
        kept = [_settled(i, dice) for i in game.incidents if i.kind not in REDRAWN]
        if null == "ages":
            kept = [replace(i, tick=i.tick - dice.randrange(OLDEST)) if i.kind == "war_began" else i for i in kept]
        incidents[game.name] = sorted([*kept, *lives, *drawn_incidents], key=lambda incident: incident.tick)
    return Sample(records, structures, incidents)


def _incident(tick: int, kind: str, actors: Sequence[str], **detail: object) -> Incident:
    return Incident(0, tick, kind, tuple(ActorId(actor) for actor in actors), None, detail)


def _lives(made: Sequence[DecisionRecord], dice: Random, *, anywhere: bool) -> list[Incident]:
    """Let every chosen partner become an ally, and every ally leave at random.

    With ``anywhere`` the ally is any other state instead: enemies at war are on no menu, and they are mostly neighbours.
    """
    last = max((record.point.closes for record in made), default=0)
    until: dict[tuple[str, str], int] = {}
    lives: list[Incident] = []
    for record in made:
        point, outcome = record.point, record.outcome
        assert outcome is not None
        for chosen in outcome.partners:
            partner = dice.choice(point.others).id if anywhere else chosen
            pair = min((point.actor, partner), (partner, point.actor))
            tick = dice.randrange(point.opened, point.closes)
            if until.get(pair, -1) >= tick:
                continue
            length = point.closes - point.opened
            stop = tick
            while stop <= last:
                stop += dice.randint(1, length)
                if dice.random() < LEAVING:
                    break
            number = len(until) + len(lives)
            until[pair] = stop
            named = point.top_threat if partner != point.top_threat and dice.random() < 0.5 else None
            lives.append(_incident(tick, "alliance_formed", pair, alignment=number, against=named))
            if stop <= last:
                lives.append(_incident(stop, "alliance_ended", pair, alignment=number, reason="left"))
    return lives


def _structures(snapshots: Sequence[Structure], lives: Sequence[Incident]) -> list[Structure]:
    """Return snapshots with the opening's rivals and allies and the alliances of these lives only."""
    if not snapshots:
        return []
    opening = snapshots[0]
    bound = {(opening.actors[i], opening.actors[j]): sign for i, j, sign in opening.signs}
    drawn = [opening]
    for now in snapshots[1:]:
        allied: dict[tuple[str, str], bool] = {}
        for incident in lives:
            if incident.tick < now.tick:
                allied[incident.actors[0], incident.actors[1]] = incident.kind == "alliance_formed"
        signs = []
        for i, a in enumerate(now.actors):
            for j in range(i + 1, len(now.actors)):
                b = now.actors[j]
                sign = bound.get((a, b), bound.get((b, a), 0)) or int(allied.get(min((a, b), (b, a)), False))
                if sign:
                    signs.append((i, j, sign))
        fields = {name: getattr(now, name) for name in now.__struct_fields__}
        drawn.append(Structure(**{**fields, "signs": tuple(signs)}))
    return drawn


def _answers(made: Sequence[DecisionRecord], dice: Random) -> list[Incident]:
    """Let donors make random demands of their recipients, with random answers."""
    drawn_incidents = []
    for record in made:
        for donor in record.point.others:
            if donor.aid > 0.0 and dice.random() < ASKING:
                kind = dice.choice((CONDITION_MET, CONDITION_REFUSED))
                tick = dice.randrange(record.point.opened, record.point.closes)
                leverage = {
                    name: getattr(donor, name) for name in ("monopoly", "asymmetry", "motivation", "constraint")
                }
                windows = dice.randrange(1, 12)
                drawn_incidents.append(
                    _incident(
                        tick,
                        kind,
                        (donor.id, record.point.actor),
                        amount=donor.aid,
                        cumulative=round(windows * donor.aid, 6),
                        **leverage,
                    )
                )
    return drawn_incidents


def _settled(incident: Incident, dice: Random) -> Incident:
    """Return an incident in which a random side yields, if it ends a crisis."""
    if incident.kind != "crisis_ended":
        return incident
    return replace(incident, detail={**incident.detail, "yielder": dice.choice((*incident.actors[:2], None))})


def _reasons(made: Sequence[DecisionRecord], dice: Random) -> list[Incident]:
    """Let choosers state each motive as often as it decides their choice."""
    drawn_incidents = []
    for record in made:
        point, outcome = record.point, record.outcome
        assert outcome is not None
        if not outcome.partners:
            continue
        menu = [partner_of(point, option) for option in point.options if option not in ("NEU", "HIDE")]
        table = np.asarray([traits(k) for k in menu])
        chosen = next(place for place, k in enumerate(menu) if k.id == outcome.partners[0])
        parts = np.abs((table[chosen] - table.mean(axis=0)) * WEIGHTS)
        shares = parts / parts.sum() if parts.sum() > 0.0 else np.full(len(MOTIVES), 1.0 / len(MOTIVES))
        reason = dice.choices(MOTIVES, weights=[float(share) for share in shares])[0]
        drawn_incidents.append(_incident(point.opened, "reason", (point.actor,), reason=reason))
    return drawn_incidents


def traits(k: Candidate) -> tuple[float, ...]:
    """Return the traits that ``WEIGHTS`` apply to."""
    return (k.shared, k.similarity, k.aid, k.penetration)
