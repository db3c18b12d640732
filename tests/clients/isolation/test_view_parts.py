"""Views in parts: what arrives is what was sent, and cannot be changed."""

from __future__ import annotations

import copy
from dataclasses import fields, replace

import msgspec
import pytest

from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.sim.move import Move
from counterpoise.sim.views.view import View
from counterpoise_clients.isolation.view_parts import PartReceiver, PartSender, ViewParts
from counterpoise_clients.roster import load_bot


def sent(sender: PartSender, view: View) -> ViewParts:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(sender.parts_of(view)), type=ViewParts)


def values(view: View) -> dict[str, object]:
    return {field.name: getattr(view, field.name) for field in fields(View)}


class Watched:
    """A bot that hands on what it sees."""

    def __init__(self, seat: str, seen: list[View]) -> None:
        self.bot, self.seen = load_bot("random")(seat), seen

    def decide(self, view: View) -> list[Move]:
        self.seen.append(view)
        return list(self.bot.decide(view))


@pytest.fixture(scope="module")
def seen(checkerboard: str) -> dict[str, list[View]]:
    """What each seat sees in a whole game, in which there are wars and crises and more incidents than a view shows."""
    session = Session(scenario_text=checkerboard, seed="2", session_id="s", secret="s")
    views: dict[str, list[View]] = {seat: [] for seat in session.seats}
    play(session, {seat: Watched(seat, views[seat]) for seat in session.seats})
    assert any(view.wars for view in views["COR"])
    assert any(view.crises for view in views["COR"])
    assert any(len(view.incidents) == 50 and view.incidents[0]["id"] > 20 for view in views["COR"])
    return views


def test_each_view_of_a_game_arrives_as_it_was_sent(seen: dict[str, list[View]]) -> None:
    for views in seen.values():
        sender, receiver = PartSender(), PartReceiver()
        arrived = [receiver.view_of(sent(sender, view)) for view in views]
        # Every second one stays unread, and is read afterwards.
        for there, here in zip(arrived[::2], views[::2], strict=True):
            assert values(there) == values(here)
        for there, here in zip(arrived, views, strict=True):
            assert values(there) == values(here)


def test_what_has_not_changed_is_not_sent_again(seen: dict[str, list[View]]) -> None:
    sender = PartSender()
    first, again = sender.parts_of(seen["COR"][-1]), sender.parts_of(copy.deepcopy(seen["COR"][-1]))
    assert len(first.parts) > 10
    assert len(first.news) == 50
    assert again == ViewParts({}, 0, [])


def test_a_view_whose_incidents_do_not_follow_the_last_ones_arrives_whole(seen: dict[str, list[View]]) -> None:
    sender, receiver = PartSender(), PartReceiver()
    for view in (seen["COR"][-1], seen["COR"][3], seen["ARD"][-1], seen["COR"][-1]):
        assert values(receiver.view_of(sent(sender, view))) == values(view)


def test_a_bot_cannot_change_what_its_later_views_show(seen: dict[str, list[View]]) -> None:
    sender, receiver = PartSender(), PartReceiver()
    for view in seen["COR"]:
        arrived = receiver.view_of(sent(sender, view))
        dicts = [arrived.leaders, arrived.public_objectives, *arrived.incidents]
        dicts += [crisis.supporters for crisis in arrived.crises] + [war.terms for war in arrived.wars]
        dicts += [incident["detail"] for incident in arrived.incidents]
        for each in dicts:
            with pytest.raises(TypeError, match="read-only"):
                each.clear()  # type: ignore[attr-defined]


def test_an_arrived_view_copies_and_compares_like_any_view(seen: dict[str, list[View]]) -> None:
    sender, receiver = PartSender(), PartReceiver()
    arrived = receiver.view_of(sent(sender, seen["COR"][-1]))
    assert isinstance(arrived, View)
    assert copy.copy(arrived) == arrived
    assert copy.deepcopy(arrived) == arrived
    assert values(replace(arrived, tick=3)) == {**values(arrived), "tick": 3}
    with pytest.raises(AttributeError, match="a view has no field 'secrets'"):
        arrived.secrets  # type: ignore[attr-defined]  # noqa: B018
