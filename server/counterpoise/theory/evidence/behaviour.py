"""What a player does beside winning: sides taken, promises, wars, words against deeds, and which hypothesis forecasts it.

Every measure is a ratio of two sums over the decisions and incidents of a state, so that games and seats can be added up:

=============================  ==========================================  =======================================================
measure                        numerator                                   denominator
=============================  ==========================================  =======================================================
``balancing``                  decisions of class BAL                      decisions under threat
``bandwagoning``               decisions of class BW                       decisions under threat
``hiding``                     decisions of class HIDE                     decisions under threat
``promises_kept``              allies' calls that it honoured              allies' calls that it honoured or refused
``wars_begun``                 wars in which it attacked first             years in which it decided
``friendly_words_belied``      followed by a threat or force against the   statements of friendly intent
                               state they were about, within a year
``hostile_words_acted_on``     followed by such an act within a year       statements of hostile intent
``offers_kept``                followed by the deed within a year          offers that it made in messages, by addressee
``skill:NAME``                 log score of the hypothesis less that of    the loss (negative log score) of the base rates
                               the base rates
=============================  ==========================================  =======================================================

Hiding is in part what others do: a quiet decision counts as hiding where others balanced (``decisions/outcome.py``). The skill is
that of ``forecast_scores.py``: above 0 the hypothesis forecasts this player better than the base rates do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from counterpoise.sim.world import Incident
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.chronicle import ATTACKS
from counterpoise.theory.evidence.forecast_scores import REFERENCE, ScoredMenus, usable
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.quantising import DIGITS

Measures = dict[str, tuple[float, float]]
"""By measure its numerator and its denominator. A measure without a denominator is absent."""
SIDES = {"balancing": "BAL", "bandwagoning": "BW", "hiding": "HIDE"}
SKILL = "skill:"
"""How the measure of a hypothesis begins; its name follows."""
FORECASTERS = tuple(name for name, found in HYPOTHESES.items() if found.standing != "baseline")
"""The hypotheses whose skill is measured."""
MEASURES = (
    *(*SIDES, "promises_kept", "wars_begun", "friendly_words_belied", "hostile_words_acted_on", "offers_kept"),
    *(f"{SKILL}{name}" for name in FORECASTERS),
)
"""All measures, in the order of reports."""
WITHIN = 365
"""Days within which a deed answers a word."""
YEAR_DAYS = 365.25
DEEDS: dict[str, tuple[str, ...]] = {
    "alliance": ("alliance_proposed", "alliance_formed"),
    "neutrality": ("alliance_proposed", "alliance_formed"),
    "support": ("crisis_joined", "war_joined", "promise_honoured"),
    "aid": ("aid_given",),
    "peace": ("peace_offered", "peace_accepted"),
    "concession": ("accommodated", "claim_settled"),
    "withdrawal": ("land_evacuated",),
}
"""By what a message can offer, the incidents that keep the offer: of the writer and the addressee."""


def behaviour(records: Sequence[DecisionRecord], incidents: Sequence[Incident]) -> dict[str, Measures]:
    """Return the measures of each state of one session.

    Args:
        records: all decisions of the session, with forecasts and outcomes.
        incidents: all incidents of the session, oldest first.
    """
    sums: dict[tuple[str, str], list[tuple[float, float]]] = {}

    def add(actor: str, measure: str, numerator: float, denominator: float) -> None:
        sums.setdefault((actor, measure), []).append((numerator, denominator))

    for record in records:
        outcome = record.outcome
        if outcome is not None:
            add(outcome.actor, "wars_begun", 0.0, (outcome.closed - outcome.opened) / YEAR_DAYS)
            if record.point.threatened:
                for measure, side in SIDES.items():
                    add(outcome.actor, measure, float(outcome.alignment_class == side), 1.0)
    for incident in incidents:
        if incident.kind in ("promise_honoured", "promise_broken"):
            add(incident.actors[0], "promises_kept", float(incident.kind == "promise_honoured"), 1.0)
        elif incident.kind == "war_began":
            add(incident.actors[0], "wars_begun", 1.0, 0.0)
    for actor, measure, kept in _words(incidents):
        add(actor, measure, float(kept), 1.0)
    for actor, measure, gain, loss in _skills(records):
        add(actor, measure, gain, loss)
    found: dict[str, Measures] = {}
    for actor in dict.fromkeys(actor for actor, _ in sums):
        found[actor] = added([{name: one} for (who, name), terms in sums.items() if who == actor for one in terms])
    return found


def added(measured: Iterable[Mapping[str, tuple[float, float]]]) -> Measures:
    """Return the sums of measures, in the order of ``MEASURES``; those whose denominator is 0 are left out."""
    terms: dict[str, list[tuple[float, float]]] = {}
    for one in measured:
        for name, pair in one.items():
            terms.setdefault(name, []).append(pair)
    found = {}
    for name in MEASURES:
        numerator, denominator = (round(fsum(pair[place] for pair in terms.get(name, ())), DIGITS) for place in (0, 1))
        if denominator > 0:
            found[name] = numerator + 0.0, denominator
    return found


def _words(incidents: Sequence[Incident]) -> list[tuple[str, str, bool]]:
    """Return each word of a state that a deed can answer: who spoke, the measure, and whether the deed came in time."""
    deeds: dict[tuple[str, str, str], list[int]] = {}
    for incident in incidents:
        for writer, addressee in _pairs(incident):
            deeds.setdefault((incident.kind, writer, addressee), []).append(incident.tick)

    def came(kinds: Iterable[str], by: str, to: str, since: int) -> bool:
        return any(since <= tick <= since + WITHIN for kind in kinds for tick in deeds.get((kind, by, to), ()))

    found = []
    for incident in incidents:
        speaker = incident.actors[0] if incident.actors else ""
        if incident.kind == "statement" and incident.detail.get("intent") in ("friendly", "hostile"):
            measure = "friendly_words_belied" if incident.detail["intent"] == "friendly" else "hostile_words_acted_on"
            found.append((speaker, measure, came(ATTACKS, speaker, incident.actors[1], incident.tick)))
        elif incident.kind == "message" and (offer := incident.detail.get("offer")) in DEEDS:
            for other in incident.actors[1:]:
                found.append((speaker, "offers_kept", came(DEEDS[str(offer)], speaker, other, incident.tick)))
    return found


def _pairs(incident: Incident) -> list[tuple[str, str]]:
    """Return between whom a deed was done: the first actor and each other; both ways for an alliance that has formed."""
    others = [(incident.actors[0], other) for other in incident.actors[1:]] if incident.actors else []
    if incident.kind == "alliance_formed":
        return [(one, other) for one in incident.actors for other in incident.actors if one != other]
    return [(str(one), str(other)) for one, other in others]


def _skills(records: Sequence[DecisionRecord]) -> list[tuple[str, str, float, float]]:
    """Return, for each decision that can be scored, by how much each hypothesis beat the base rates, and their loss."""
    scored = [record for record in records if usable(record) and REFERENCE in record.forecasts]
    if not scored:
        return []
    menus = ScoredMenus(scored)
    reference = menus.scores(REFERENCE).log_score.tolist()
    found = []
    for name in FORECASTERS:
        if all(name in record.forecasts for record in scored):
            own = menus.scores(name).log_score.tolist()
            found += [
                (str(record.point.actor), f"{SKILL}{name}", mine - base, -base)
                for record, mine, base in zip(scored, own, reference, strict=True)
            ]
    return found
