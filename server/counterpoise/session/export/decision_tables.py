"""The tables of decisions: what was known before each, what was forecast, and what the state did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

import msgspec

from counterpoise.session.export.columns import (
    ACTOR,
    WINDOW,
    Column,
    ExportTable,
    Row,
    day,
    flag,
    number,
    share,
    whole,
    words,
)
from counterpoise.sim.types import AlignmentClass
from counterpoise.theory.decisions.decision_point import Candidate, DecisionKind
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.sample import Case
from counterpoise.theory.forecasts import HYPOTHESES

_KEY = (WINDOW, day("date", "first day of the window, or day of what the row tells of"), ACTOR)
_CLASSES = " ".join(get_args(AlignmentClass))
DECISION_COLUMNS = (
    *_KEY,
    Column("player", "who held the seat when the window opened: a bot's name, or human", missing="not known"),
    flag("tested", "whether the debrief tests the decision: those of one sort of player only, people if there are any"),
    Column("actor_role", "whether the state belongs to the region", levels="regional outside"),
    flag("threatened", "whether the top threat reaches the threat floor"),
    Column("top_threat", "code of the state that the actor had most to fear from, on public signals"),
    share("threat", "what the actor has to fear from the other state, or from its top threat: the threat index"),
    share("relative_power", "component of the index: power of that state in relation to the actor's own"),
    share("proximity", "component of the index: how near that state is"),
    share("offense", "component of the index: its offensive capability as the actor saw it"),
    share("intentions", "component of the index: its perceived aggressive intentions"),
    share("weight", "the actor's power over its own and the top threat's"),
    share("own_power", "the actor's share of all capabilities"),
    share("legitimacy", "the regime's legitimacy"),
    share("openness", "openness of the society"),
    flag("at_war", "whether the actor or its top threat was at war"),
    share("win_chance", "public chance that the top threat's side wins its war; 0.5 without one"),
    Column("decision_kind", "what the decision did to the state's alignments", levels=" ".join(get_args(DecisionKind))),
    Column("class", "class of the choice, as in the debrief: an answer is read by the threat of the pact", levels=_CLASSES),
    Column("class_at_close", "class of the choice as the journal has it", levels=_CLASSES),
    Column(
        "part",
        "whether the state proposed a tie that was made, only accepted offers, or got a tie otherwise",
        levels="proposer acceptor member",
        missing="no new tie",
    ),
    flag("on_menu", "whether the choice was among the options; false leaves the decision out of the scores"),
    Column("choice", "the option chosen", missing="not among the options"),
    words("partners", "every new partner, earliest first"),
    flag("mixed", "whether one feared state was joined against another"),
    flag("conceded", "whether the actor conceded something to the top threat"),
)  # fmt: skip


def decisions_table(cases: Sequence[Case], tested: Sequence[DecisionRecord]) -> ExportTable:
    """Return the table of decisions that are over.

    Args:
        cases: the decisions of the session, as the debrief codes them.
        tested: the decisions under test.
    """
    under_test = {(record.session, record.point.actor, record.point.window): True for record in tested}

    def rows() -> Iterator[Row]:
        for case in cases:
            record, point, outcome = case.record, case.point, case.outcome
            source = point.source
            yield (
                point.window, point.date, point.actor, record.player or None,
                (record.session, point.actor, point.window) in under_test, point.role, point.threatened, point.top_threat,
                point.threat, point.relative_power, source.proximity, source.offense, source.intentions, point.weight,
                point.power, point.legitimacy, point.openness, point.war, point.win_chance, outcome.kind, case.did,
                outcome.alignment_class, case.role or None, outcome.on_menu, outcome.choice or None,
                " ".join(outcome.partners), outcome.mixed, outcome.conceded,
            )  # fmt: skip

    return ExportTable("decisions", "one row per decision that is over: state and window", DECISION_COLUMNS, rows)


_CANDIDATE_COLUMNS = {
    "id": Column("other", "code of the other state"),
    "power": share("power", "the other state's share of all capabilities, as the actor saw it"),
    "relative_power": share("relative_power", "component of the index: power of that state in relation to the actor's own"),
    "km": number("km", "distance between the two states", "km"),
    "proximity": share("proximity", "component of the index: how near that state is"),
    "reach": share("reach", "the share of its force that is left on the ground of the actor"),
    "offense": share("offense", "component of the index: its offensive capability as the actor saw it"),
    "intentions": share("intentions", "component of the index: its perceived aggressive intentions"),
    "threat": share("threat", "what the actor has to fear from the other state, or from its top threat: the threat index"),
    "threatened": share("fear_of_top_threat", "what it has to fear from the actor's top threat, as the actor estimates it"),
    "shared": share("shared", "the strongest fear the two have in common"),
    "will": share("will", "estimated chance that it accepts and honours"),
    "similarity": share("similarity", "likeness of the regimes"),
    "divisive": flag("divisive", "whether both follow a movement with one leader"),
    "aid": number("aid", "its yearly aid to the actor", "share of the actor's budget"),
    "monopoly": share("monopoly", "its share of the actor's supply of that aid"),
    "asymmetry": number("asymmetry", "how much more the actor depends on that aid than the donor does", "-1 to 1"),
    "motivation": number("motivation", "its fear of the top threat less the actor's own", "-1 to 1"),
    "constraint": share("constraint", "domestic constraint on it"),
    "penetration": share("penetration", "its access to the actor's politics"),
    "limited": flag("limited", "whether the aims of that access are limited"),
    "legitimate": flag("legitimate", "whether its means look legitimate"),
    "prior": flag("prior", "whether the two were aligned already"),
    "rivals_shared": whole("rivals_shared", "rivals the two have in common", "states"),
    "rivals_of_allies": whole("rivals_of_allies", "how often one's ally is the other's rival"),
}  # fmt: skip
"""By the name of the field in the journal. ``fear_of_top_threat`` is called ``threatened`` there."""


def candidates_table(cases: Sequence[Case]) -> ExportTable:
    """Return the table of the other states of each decision, as they were frozen before it."""
    columns = (
        *_KEY,
        *(_CANDIDATE_COLUMNS[name] for name in Candidate.__struct_encode_fields__),
        flag("feasible", "whether it could be a partner"),
    )

    def rows() -> Iterator[Row]:
        for case in cases:
            point = case.point
            feasible = [candidate.id for candidate in point.candidates]
            others = {other.id: other for other in (point.source, *point.candidates, *point.barred)}
            for other in others.values():
                yield (
                    point.window, point.date, point.actor, *msgspec.structs.astuple(other), other.id in feasible,
                )  # fmt: skip

    return ExportTable("candidates", "one row per decision and other state, frozen before the decision", columns, rows)


def forecasts_table(cases: Sequence[Case]) -> ExportTable:
    """Return the table of the probabilities of every option, by hypothesis."""
    names = list(HYPOTHESES)
    columns = (
        *_KEY,
        Column("option", "label of the option: its class, and the partner if it has one"),
        flag("chosen", "whether this option was chosen"),
        *(
            share(name, f"probability by {name}, written before the window opened", missing="no such hypothesis then")
            for name in names
        ),
    )

    def rows() -> Iterator[Row]:
        for case in cases:
            point = case.point
            given = [case.record.forecasts.get(name) for name in names]
            for place, option in enumerate(point.options):
                probabilities = (None if shares is None else shares[place] for shares in given)
                yield (
                    point.window, point.date, point.actor, option, option == case.outcome.choice, *probabilities,
                )  # fmt: skip

    return ExportTable("forecasts", "one row per decision and option", columns, rows)
