"""What a seat sees, as short text for a reader that pays for each word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from counterpoise.sim.views.view import CrisisView, OtherState, ProposalView, View, WarView

SITUATION_BYTES = 3000
"""What a situation may take. Pacts of others and old news are left out for it; what the seat must answer never is."""
NEWS_SHARE = 0.5
"""How much of the room that is left pacts may take; messages and news get the rest."""
MESSAGE_SHOWN, DEMAND_SHOWN = 240, 80
"""Characters of a message, and of a demand."""
Threats = Mapping[str, Mapping[str, float]]
"""For each state the seat's estimate of its ``threat``, in [0, 1], and what that is made of; empty where the game hides it."""
_MUTED = ("question_asked", "question_lapsed", "reason", "prediction", "war_review", "crisis_stage", "call_lapsed")
"""Incidents that the rest of the situation tells already, or that only the debrief reads."""
_TOLD = (
    "commitment",
    "against",
    "outcome",
    "yielder",
    "aim",
    "side",
    "intent",
    "aid",
    "amount",
    "demand",
    "scope",
    "cause",
)
"""What is told of an incident beside its states."""


def situation(view: View, threats: Threats, known: int = -1) -> str:
    """Return what a seat sees.

    Args:
        view: the seat's.
        threats: as above.
        known: the tick of the last situation that the reader has seen; only what is newer is told as news.
    """
    lines = [*_own(view), *_states(view, threats), *_open_matters(view)]
    pacts = _fitting("Pacts:", _pacts(view), int(_left(lines) * NEWS_SHARE))
    lines += pacts
    lines += _fitting("Messages:", _messages(view, known), _left(lines), newest=True)
    lines += _fitting("News:", _news(view, known), _left(lines), newest=True)
    return "\n".join(lines)


def day(view: View, tick: int) -> str:
    """Return the date of a tick, as ``1967-06-05``."""
    return (date.fromisoformat(view.date) + timedelta(days=tick - view.tick)).isoformat()


def _left(lines: Sequence[str]) -> int:
    return SITUATION_BYTES - _size(lines)


def _size(lines: Sequence[str]) -> int:
    return sum(len(line.encode()) + 1 for line in lines)


def _fitting(heading: str, lines: Sequence[str], size: int, *, newest: bool = False) -> list[str]:
    """Return a heading and as many lines as fit into some bytes, the first ones or the last ones; nothing if none fits."""
    count = 0
    ranked = [*reversed(lines)] if newest else [*lines]
    while count < len(ranked) and _size([heading, " (100 left out)", *ranked[: count + 1]]) <= size:
        count += 1
    if not count:
        return []
    kept = [*reversed(ranked[:count])] if newest else ranked[:count]
    return [heading + (f" ({len(lines) - count} left out)" if count < len(lines) else ""), *kept]


def _number(value: float) -> str:
    """Return a number with two places and no needless zero: ``.35``, ``2.2``, ``3``."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.removeprefix("0") if text.startswith("0.") else text


def _own(view: View) -> Iterator[str]:
    own = view.own
    asked = "A window is open: order what you like." if view.occasion == "window" else "Answer your calls."
    yield f"{view.date}, window {view.window}; the game ends on {day(view, view.end)}. {asked}"
    parts = ", ".join(f"{name} {_number(value)}" for name, value in asdict(own.score_parts).items())
    traits = [
        f"power {_percent(own.power)}",
        f"treasury {_number(own.treasury)} (per cent of a year's budget)",
        f"posture {own.posture}",
        f"regime {own.family}, legitimacy {_number(own.legitimacy)}",
        f"score {_number(own.score)} ({parts})",
    ]
    traits += ["mobilized"] * own.mobilized + ["nuclear"] * own.nuclear
    traits += [f"{_percent(own.occupied)} of your land held by {own.occupier}"] * bool(own.occupied)
    yield f"You, {own.id}: {'; '.join(traits)}"
    if leads := [f"{family} {state}" for family, state in view.leaders.items()]:
        yield f"Leaders of movements: {', '.join(leads)}"


def _percent(share: float) -> str:
    return f"{share * 100:.2g}%"


def _states(view: View, threats: Threats) -> Iterator[str]:
    yield "States (regime, power as a share of all, km away" + (", T threat to you 0-1" if threats else "") + "):"
    for other in view.others:
        threat = f" T{_number(threats[other.id]['threat'])}" if other.id in threats else ""
        marks = ", ".join(_marks(other))
        yield f"{other.id} {other.family} {_percent(other.power)} {other.km:.0f}{threat}{f' {marks}' if marks else ''}"


def _marks(other: OtherState) -> Iterator[str]:
    """Yield what stands out about a state."""
    if other.at_war:
        yield "AT WAR WITH YOU"
    if other.aligned:
        yield "aligned with you"
    if other.rivalry:
        yield "rival"
    if other.claimed:
        yield f"claims {other.claimed} of you"
    if other.claim:
        yield f"you claim {other.claim}"
    if other.stated_intent != "neutral":
        yield f"says {other.stated_intent}"
    for name in ("hostility", "cooperation", "broken_promises", "subversion", "penetration", "access"):
        value = float(getattr(other, name))
        if value >= 0.05:
            yield f"{name.replace('_', ' ')} {_number(value)}"
    if other.occupied:
        yield f"{_percent(other.occupied)} held by {other.occupier}"
    if other.reneged:
        yield f"broke {other.reneged} of {other.honoured + other.reneged} promises"
    if other.refused:
        yield "refused your offer"
    if other.nuclear:
        yield "nuclear"


def _open_matters(view: View) -> Iterator[str]:
    """Yield what is under way: offers, votes, crises, wars, and aid of the seat."""
    yield from (_offer(view, offer) for offer in view.proposals)
    for vote in view.membership_votes:
        yield f"Vote #{vote.id}: {vote.question} {vote.state} in pact #{vote.alignment}, until {day(view, vote.deadline)}"
    yield from (_crisis(view, crisis) for crisis in view.crises)
    yield from (_war(view, war) for war in view.wars)
    for condition in view.conditions:
        about = f" about {condition.about}" if condition.about else ""
        yield (
            f"Condition #{condition.id}: {condition.donor} ties {condition.aid} aid for {condition.recipient} to "
            f"{condition.demand}{about}, until {day(view, condition.deadline)}"
        )
    flows = [
        f"{flow.donor}>{flow.recipient} {flow.kind} {_number(flow.amount)}"
        for flow in view.aid
        if view.own.id in (flow.donor, flow.recipient)
    ]
    if flows:
        yield f"Aid: {', '.join(flows)}"
    if view.sanctions:
        yield "Sanctions: " + ", ".join(f"{one.sender}>{one.target} {one.scope}" for one in view.sanctions)
    for campaign in view.campaigns:
        yield f"Your campaign in {campaign.target}: {campaign.means}, {campaign.aim}, until {day(view, campaign.until)}"
    for question in view.questions:
        about = f" about {question.about}" if question.about else ""
        yield f"Question #{question.id} ({question.ask}{about}): {question.words}".removesuffix(": ")


def _offer(view: View, offer: ProposalView) -> str:
    parties = f" with {'+'.join(offer.parties)}" if offer.parties else ""
    return (
        f"Offer #{offer.id}: {offer.proposer} to {offer.to}, {'secret ' * offer.secret}{offer.commitment}"
        f"{f' against {offer.against}' if offer.against else ''}{parties}, until {day(view, offer.deadline)}"
    )


def _crisis(view: View, crisis: CrisisView) -> str:
    sides = ", ".join(f"{helper} backs {side}" for helper, side in crisis.supporters.items())
    demand = f' "{crisis.demand[:DEMAND_SHOWN]}"' if crisis.demand else ""
    return (
        f"Crisis #{crisis.id}: {crisis.initiator} against {crisis.target} over {crisis.aim}{demand}, level {crisis.level} of 5"
        f"{', ultimatum' * crisis.ultimatum}{f', {sides}' if sides else ''}, until {day(view, crisis.deadline)}"
    )


def _war(view: View, war: WarView) -> str:
    offers = f", peace offered by {'+'.join(war.offers)}" if war.offers else ""
    return (
        f"War #{war.id}: {'+'.join(war.attackers)} against {'+'.join(war.defenders)} over {war.aim}, since "
        f"{day(view, war.since)}; attackers win with {_percent(war.win_chance)}{offers}"
    )


def _pacts(view: View) -> list[str]:
    """Return the pacts: those of the seat first, then those of states that border on its quarrels, then the rest."""
    own, near = view.own.id, [other.id for other in view.others if other.rivalry or other.claim or other.claimed]
    ranked = sorted(
        view.alignments,
        key=lambda one: (own not in one.members, one.against != own, not any(s in near for s in one.members)),
    )
    return [
        f"#{one.id} {'+'.join(one.members)} {'secret ' * one.secret}{one.commitment}"
        f"{f' against {one.against}' if one.against else ''}{f', {one.lead} gives it' if one.lead else ''}"
        for one in ranked
    ]


def _messages(view: View, known: int) -> list[str]:
    return [
        f"{incident['date']} {incident['actors'][0]} to {'+'.join(incident['actors'][1:]) or 'all'}: {message_words(incident)}"
        for incident in view.incidents
        if incident["kind"] == "message" and incident["tick"] >= known and incident["actors"][0] != view.own.id
    ]


def message_words(incident: Mapping[str, Any]) -> str:
    """Return what a message says, with what it offers and asks for."""
    detail = incident["detail"]
    deal = [f"{name} {detail[name]}" for name in ("offer", "ask", "about") if detail.get(name)]
    text = f'"{detail["text"][:MESSAGE_SHOWN]}"' if detail.get("text") else ""
    return " ".join([text, *([f"({', '.join(deal)})"] if deal else [])]).strip()


def _news(view: View, known: int) -> list[str]:
    lines: list[str] = []
    for incident in view.incidents:
        if incident["tick"] >= known and incident["kind"] not in _MUTED and incident["kind"] != "message":
            told = [f"{name} {_plain(incident['detail'][name])}" for name in _TOLD if incident["detail"].get(name)]
            lines.append(" ".join([incident["date"], incident["kind"], "+".join(incident["actors"]), *told]))
    return lines


def _plain(value: object) -> str:
    return _number(value) if isinstance(value, float) else str(value)[:DEMAND_SHOWN]
