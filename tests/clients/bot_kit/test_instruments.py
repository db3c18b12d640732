"""The instruments add legal moves only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import msgspec
import pytest

from counterpoise.sim.catalogue import legal_moves
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import AidView, AlignmentView, CampaignView, ConditionView, CrisisView, View, WarView
from counterpoise_clients.bot_kit import instruments
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList
from counterpoise_clients.testing import recorded_views

ARD, BEL, COR, DUN, GAL = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "GAL"))


@pytest.fixture(scope="module")
def view(repository: Path) -> View:
    """The opening view of Dunmark in the checkerboard, without a tie to anybody."""
    text = (repository / "scenarios" / "checkerboard.toml").read_text(encoding="utf-8")
    found = next(view for view in recorded_views(text, stops=1) if view.own.id == DUN)
    return replace(found, own=replace(found.own, treasury=100.0), alignments=(), aid=(), calls=(), crises=())


def move_list(view: View) -> MoveList:
    return MoveList(Assessment(view), Random("1"))


def crisis(a: ActorId, b: ActorId, **changed: object) -> CrisisView:
    return replace(CrisisView(9, a, b, "policy", 3, 0, 20, None, "", {}), **changed)  # type: ignore[arg-type]


def test_a_campaign_begins_once_and_within_the_limit(view: View) -> None:
    begun = move_list(view)
    instruments.start_campaign(begun, COR, "lobbying", "limited")
    assert [move.kind for move in begun.moves] == ["penetrate"]
    running = tuple(CampaignView(state, "lobbying", "limited", 0.5, 300) for state in (ARD, BEL, COR))
    for campaigns in (running[2:], running):
        kept = move_list(replace(view, campaigns=campaigns))
        instruments.start_campaign(kept, COR if len(campaigns) == 1 else GAL, "bribery", "intrusive")
        assert kept.moves == []
    poor = move_list(replace(view, own=replace(view.own, treasury=5.0)))
    instruments.start_campaign(poor, COR, "lobbying", "limited")
    assert poor.moves == []


def test_no_condition_demands_what_is_already_done(view: View) -> None:
    assessment = Assessment(view)
    assert instruments.can_ask(assessment, GAL, "side_with_us", None)
    assert not instruments.can_ask(assessment, GAL, "side_with_us", COR)
    assert instruments.can_ask(assessment, GAL, "stay_out", COR)
    assert not instruments.can_ask(assessment, GAL, "make_peace", COR)
    assert not instruments.can_ask(assessment, GAL, "leave_alliance", COR)
    assert not instruments.can_ask(assessment, GAL, "leave_alliance", GAL)
    war = WarView(3, (COR,), (GAL,), "policy", 0, 0.5, ())
    pacts = (
        AlignmentView(1, (GAL, DUN), "arms", 0, None, False, None, ""),
        AlignmentView(2, (GAL, ARD), "arms", 0, None, False, None, ""),
    )
    later = Assessment(replace(view, wars=(war,), alignments=pacts))
    assert not instruments.can_ask(later, GAL, "side_with_us", None)
    assert not instruments.can_ask(later, GAL, "stay_out", COR)
    assert instruments.can_ask(later, GAL, "make_peace", COR)
    assert instruments.can_ask(later, GAL, "leave_alliance", ARD)


def test_conditional_aid_is_legal(view: View) -> None:
    given = move_list(view)
    instruments.give_conditional_aid(given, GAL, "economic", 0.1, "side_with_us")
    assert [(move.kind, getattr(move, "demand", None)) for move in given.moves] == [("give_aid", "side_with_us")]
    waiting = ConditionView(5, DUN, GAL, "economic", "friendly_words", DUN, 60, False)
    silent = move_list(replace(view, conditions=(waiting,)))
    instruments.give_conditional_aid(silent, GAL, "economic", 0.1, "side_with_us")
    assert silent.moves == []


def test_aid_is_cut_once_and_only_after_a_recent_refusal_of_the_own_demand(view: View) -> None:
    def refusal(donor: ActorId, tick: int) -> dict[str, object]:
        return {"id": 1, "tick": tick, "kind": "compliance_refused", "actors": [donor, GAL], "detail": {}, "date": ""}

    flows = (AidView(DUN, GAL, "economic", 0.1, ""), AidView(DUN, ARD, "economic", 0.1, ""))
    now = replace(view, tick=1000, aid=flows)
    for incident, cuts in ((refusal(DUN, 990), [GAL]), (refusal(DUN, 500), []), (refusal(COR, 990), [])):
        done = move_list(replace(now, incidents=(incident,)))
        instruments.cut_aid_after_refusals(done)
        instruments.cut_aid_after_refusals(done)
        assert [getattr(move, "to", None) for move in done.moves] == cuts


def test_a_party_neither_mediates_nor_brokers(view: View) -> None:
    for found, mediates in (
        (crisis(COR, GAL), True),
        (crisis(COR, DUN), False),
        (crisis(COR, GAL, supporters={DUN: GAL}), False),
        (crisis(COR, GAL, mediators=(DUN,)), False),
    ):
        asked = move_list(replace(view, crises=(found,)))
        instruments.offer_mediation(asked, found)
        assert (len(asked.moves) == 1) is mediates
    for war, brokers in (
        (WarView(3, (COR,), (GAL,), "policy", 0, 0.5, ()), True),
        (WarView(3, (COR,), (GAL,), "policy", 0, 0.5, (COR,)), False),
        (WarView(3, (COR,), (GAL,), "policy", 0, 0.5, (), brokered=True), False),
        (WarView(3, (COR,), (DUN,), "policy", 0, 0.5, ()), False),
    ):
        asked = move_list(replace(view, wars=(war,)))
        instruments.broker_peace(asked)
        assert (len(asked.moves) == 1) is brokers


def test_no_ultimatum_is_set_to_a_partner_or_without_the_means(view: View) -> None:
    given = move_list(view)
    instruments.issue_ultimatum(given, COR, "Now.")
    assert [getattr(move, "ultimatum", None) for move in given.moves] == [True]
    pact = AlignmentView(1, (COR, DUN), "arms", 0, None, False, None, "")
    for changed in (
        replace(view, alignments=(pact,)),
        replace(view, own=replace(view.own, treasury=20.0)),
        replace(view, crises=(crisis(COR, DUN),)),
    ):
        kept = move_list(changed)
        instruments.issue_ultimatum(kept, COR, "Now.")
        assert kept.moves == []


def test_the_largest_donor_gives_most_over_all_kinds_of_aid(view: View) -> None:
    assert instruments.largest_donor(Assessment(view)) is None
    flows = (
        AidView(COR, DUN, "economic", 0.1, ""),
        AidView(ARD, DUN, "economic", 0.06, ""),
        AidView(ARD, DUN, "military", 0.06, ""),
        AidView(GAL, BEL, "economic", 0.5, ""),
    )
    assert instruments.largest_donor(Assessment(replace(view, aid=flows))) == ARD


def test_every_move_of_the_instruments_is_legal(view: View) -> None:
    found = others = move_list(
        replace(
            view,
            crises=(crisis(COR, GAL),),
            wars=(WarView(3, (ARD,), (BEL,), "policy", 0, 0.5, ()),),
            others=tuple(msgspec.structs.replace(o, penetration=0.2) if o.id == COR else o for o in view.others),
        )
    )
    instruments.offer_mediation(found, crisis(COR, GAL))
    instruments.broker_peace(found)
    instruments.expel_agents(found, lambda state: True)
    instruments.give_conditional_aid(found, GAL, "economic", 0.1, "side_with_us")
    instruments.start_campaign(found, COR, "lobbying", "limited")
    legal = [move.kind for move in legal_moves(others.assessment.view)]
    assert len(found.moves) == 5
    assert all(move.kind in legal for move in found.moves)
