"""The tables of wars, crises, aid, offers and questions, read from what happened and from a replay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, get_args

from counterpoise.session.export.columns import (
    ACTOR,
    Column,
    ExportTable,
    Row,
    day,
    flag,
    identifier,
    number,
    share,
    whole,
    words,
)
from counterpoise.session.export.world_tables import AGAINST, ALIGNMENT, COMMITMENT
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.relations.pacts import Proposal
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import AidKind, CallReason, Issue
from counterpoise.sim.world import Call, Incident

_OPEN = "it had not ended when the journal did"
_ISSUES = " ".join(get_args(Issue))
_BEGAN_BEFORE = "it began before the session"
OPENED = day("opened", "date on which it was opened")
DEADLINE = day("deadline", "date after which an answer was too late")


def _by_number(incidents: Sequence[Incident], prefix: str) -> dict[int, list[Incident]]:
    """Return the incidents about each thing whose number stands in their field of that name, oldest first."""
    found: dict[int, list[Incident]] = {}
    for incident in incidents:
        about = incident.detail.get(prefix)
        if isinstance(about, int) and incident.kind.startswith(prefix):
            found.setdefault(about, []).append(incident)
    return found


def _of_kind(incidents: Sequence[Incident], kind: str) -> Incident | None:
    return next((incident for incident in incidents if incident.kind == kind), None)


def _course(done: str) -> tuple[Column, ...]:
    """Return the columns that wars and crises share; ``done`` says what the initiator did to the target."""
    return (
        Column("initiator", "code of the state that began it"),
        Column("target", f"code of the state that it {done}"),
        Column("aim", "what it was about", levels=_ISSUES),
        day("since", "date it came into force, or began"),
        day("until", "date it ended", missing=_OPEN),
        whole("days", "how long it took", "days", missing=_OPEN),
    )


def wars_table(incidents: Sequence[Incident], calendar: Calendar) -> ExportTable:
    """Return the table of wars."""
    columns = (
        identifier("war", "number of the war"),
        *_course("attacked"),
        words("attackers", "the states that attacked, when it ended or at its last review"),
        words("defenders", "the states that defended then"),
        share("win_chance_at_start", "chance that the attackers win, when it began"),
        Column("outcome", "how it ended", missing=_OPEN),
        words("winners", "the states that won; empty for none"),
        Column("yielder", "code of the state that gave in", missing="none did"),
    )

    def rows() -> Iterator[Row]:
        for war, told in _by_number(incidents, "war").items():
            began, ended = _of_kind(told, "war_began"), _of_kind(told, "war_ended")
            if began is None:
                continue
            end = {} if ended is None else ended.detail
            sides = (end["attackers"], end["defenders"]) if end else _sides(began, told)
            yield (
                war, began.actors[0], began.actors[1], began.detail["aim"], calendar.iso(began.tick),
                None if ended is None else calendar.iso(ended.tick), end.get("days"), " ".join(sides[0]), " ".join(sides[1]),
                began.detail["win_chance"], end.get("outcome"), " ".join(end.get("winners", ())), end.get("yielder"),
            )  # fmt: skip

    return ExportTable("wars", "one row per war", columns, rows)


def _sides(began: Incident, told: Sequence[Incident]) -> tuple[list[str], list[str]]:
    """Return who attacks and who defends in a war that has not ended, by those who joined it."""
    attackers, defenders = [str(began.actors[0])], [str(began.actors[1])]
    for incident in told:
        if incident.kind == "war_joined":
            (attackers if incident.detail["side"] in attackers else defenders).append(str(incident.actors[0]))
        elif incident.kind == "war_left":
            for side in (attackers, defenders):
                if incident.actors[0] in side:
                    side.remove(str(incident.actors[0]))
    return attackers, defenders


def crises_table(incidents: Sequence[Incident], calendar: Calendar) -> ExportTable:
    """Return the table of crises."""
    columns = (
        identifier("crisis", "number of the crisis"),
        *_course("challenged"),
        whole("level_at_start", "hostility level when it began, 2 to 5 as in MID data"),
        whole("level_at_end", "its last level", missing=_OPEN),
        flag("ultimatum", "whether it began with an ultimatum"),
        Column("outcome", "how it ended", missing=_OPEN),
        Column("yielder", "code of the state that gave in", missing="none did"),
        words("joiners", "states that took a side"),
    )

    def rows() -> Iterator[Row]:
        for crisis, told in _by_number(incidents, "crisis").items():
            began, ended = _of_kind(told, "crisis_opened"), _of_kind(told, "crisis_ended")
            if began is None:
                continue
            end = {} if ended is None else ended.detail
            joiners = dict.fromkeys(str(one.actors[0]) for one in told if one.kind == "crisis_joined")
            yield (
                crisis, began.actors[0], began.actors[1], began.detail["aim"], calendar.iso(began.tick),
                None if ended is None else calendar.iso(ended.tick), end.get("days"), began.detail["level"], end.get("level"),
                began.detail["ultimatum"], end.get("outcome"), end.get("yielder"), " ".join(joiners),
            )  # fmt: skip

    return ExportTable("crises", "one row per crisis", columns, rows)


def aid_table(incidents: Sequence[Incident], scenario: Scenario, calendar: Calendar) -> ExportTable:
    """Return the table of aid: one row for each time for which the same amount flowed."""
    columns = (
        Column("donor", "code of the state that gives"),
        Column("recipient", "code of the state that receives"),
        Column("aid_kind", "what is given", levels=" ".join(get_args(AidKind))),
        number("amount", "yearly aid", "share of the recipient's budget"),
        day("since", "date it came into force, or began", missing=_BEGAN_BEFORE),
        day("until", "date it ended", missing=_OPEN),
        Column("reason", "why it ended, or changed where another amount followed", missing=_OPEN),
    )

    def rows() -> Iterator[Row]:
        flows: dict[tuple[str, str, str], tuple[float, int | None]] = {
            (str(one.donor), str(one.recipient), one.kind): (one.amount, None) for one in scenario.aid
        }
        for incident in incidents:
            if incident.kind not in ("aid_given", "aid_cut"):
                continue
            key = (str(incident.actors[0]), str(incident.actors[1]), str(incident.detail["aid"]))
            if key in flows:
                reason = incident.detail["reason"] if incident.kind == "aid_cut" else "changed"
                yield _flow(key, flows.pop(key), incident.tick, reason)
            elif incident.kind == "aid_cut":
                yield _flow(key, (incident.detail["amount"], None), incident.tick, incident.detail["reason"])
            if incident.kind == "aid_given":
                flows[key] = (incident.detail["amount"], incident.tick)
        for key, flow in flows.items():
            yield _flow(key, flow, None, None)

    def _flow(key: tuple[str, str, str], flow: tuple[float, int | None], until: int | None, reason: str | None) -> Row:
        amount, since = flow
        return (*key, amount, _iso(calendar, since), _iso(calendar, until), reason)

    return ExportTable("aid", "one row per flow of aid of one amount, secret ones too", columns, rows)


def proposals_table(
    proposals: Mapping[int, Proposal], incidents: Sequence[Incident], calendar: Calendar
) -> ExportTable:
    """Return the table of offers of alliance to one state.

    Args:
        proposals: each as it was last seen while it was open.
        incidents: what happened, oldest first.
        calendar: of the session.
    """
    columns = (
        identifier("proposal", "number of the proposal"),
        Column("proposer", "code of the state that offered"),
        Column("to", "code of the state that was asked"),
        COMMITMENT,
        AGAINST,
        flag("secret", "whether it was kept secret"),
        number("years", "how long the alignment was to last", "years", missing="without an end"),
        OPENED,
        DEADLINE,
        Column("answer", "what became of it; a withdrawn one counts as lapsed", levels="accepted refused lapsed open"),
        day("answered", "date of the answer", missing="it was not answered"),
        identifier("treaty", "number of the treaty that it is a part of", missing="it is of two states"),
        identifier(ALIGNMENT.name, "number of the alignment that it invited into", missing="it was for a new one"),
    )

    def rows() -> Iterator[Row]:
        told = _answers(incidents)
        for one in proposals.values():
            answer, tick = told(one)
            yield (
                one.id, one.proposer, one.to, one.commitment, one.against, one.secret, one.years, calendar.iso(one.opened),
                calendar.iso(one.deadline), answer, _iso(calendar, tick), one.treaty, one.alignment,
            )  # fmt: skip

    return ExportTable("proposals", "one row per offer of alliance to one state", columns, rows)


_ENDS = {"alliance_refused": "refused", "alliance_lapsed": "lapsed"}
_TREATY_ENDS = {"treaty_signed": "accepted", "treaty_declined": "refused", "treaty_failed": "lapsed"}


def _answers(incidents: Sequence[Incident]) -> Callable[[Proposal], tuple[str, int | None]]:
    """Return a function from a proposal to what became of it, and when."""
    ended = {one.detail["proposal"]: one for one in incidents if one.kind in _ENDS and "proposal" in one.detail}
    made = [one for one in incidents if one.kind in ("alliance_formed", "alliance_joined", "alliance_renewed")]
    treaties = [one for one in incidents if one.kind in _TREATY_ENDS]

    def answer(one: Proposal) -> tuple[str, int | None]:
        if one.id in ended:
            return _ENDS[ended[one.id].kind], ended[one.id].tick
        if one.treaty is not None:
            for told in treaties:
                if told.detail.get("treaty") == one.treaty and (
                    one.to in told.actors[:1] or told.kind == "treaty_failed"
                ):
                    return _TREATY_ENDS[told.kind], told.tick
        for told in made:
            both = one.to in told.actors and one.proposer in told.actors
            if both and one.opened <= told.tick <= one.deadline and told.detail.get("commitment") == one.commitment:
                return "accepted", told.tick
        return "open", None

    return answer


def calls_table(calls: Mapping[int, Call], calendar: Calendar) -> ExportTable:
    """Return the table of questions that stopped the clock; each as it was last seen while it was open."""
    columns = (
        identifier("call", "number of the question"),
        ACTOR,
        Column("call_reason", "why the state was called to answer", levels=" ".join(get_args(CallReason))),
        identifier("subject", "number of the crisis, proposal, war, condition or vote that it is about"),
        Column("asker", "code of the state that waited for the answer", missing="no state did"),
        OPENED,
        DEADLINE,
    )

    def rows() -> Iterator[Row]:
        for one in calls.values():
            yield (
                one.id, one.actor, one.reason, one.subject, one.asker, calendar.iso(one.opened), calendar.iso(one.deadline),
            )  # fmt: skip

    return ExportTable("calls", "one row per question to a state that stopped the clock", columns, rows)


def _iso(calendar: Calendar, tick: int | None) -> Any:
    return None if tick is None else calendar.iso(tick)
