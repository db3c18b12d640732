from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.message import Message
from counterpoise.sim.types import ActorId, TalkLevel

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def readers(sim: Simulation, look: Look) -> list[ActorId]:
    return [
        actor.id
        for actor in sim.world.active()
        if any(incident["kind"] == "message" for incident in look(sim, actor.id).incidents)
    ]


def test_only_sender_and_recipient_can_read_a_message(sim: Simulation, do: Do, look: Look) -> None:
    do(sim, "ARD", Message(("DUN",), "Are you with us?"))
    for actor, reads in (("ARD", True), ("DUN", True), ("BEL", False)):
        kinds = [incident["kind"] for incident in look(sim, actor).incidents]
        assert ("message" in kinds) is reads


def test_a_message_to_several_or_to_everyone_has_those_readers(sim: Simulation, do: Do, look: Look) -> None:
    do(sim, "ARD", Message(("DUN", "BEL"), "Are you with us?"))
    assert sorted(readers(sim, look)) == ["ARD", "BEL", "DUN"]
    (incident,) = do(sim, "ARD", Message((), "Hear, all.", offer="peace"))
    assert readers(sim, look) == [actor.id for actor in sim.world.active()]
    assert incident.detail == {"text": "Hear, all.", "thread": "everyone", "number": 1, "offer": "peace"}


def test_a_message_to_an_alliance_has_its_members_as_readers(sim: Simulation, do: Do, look: Look) -> None:
    pact = next(iter(sim.world.alignments.values()))
    writer, *others = pact.members
    (incident,) = do(sim, writer, Message((), "Friends!", alliance=pact.id))
    assert incident.detail["thread"] == f"alliance {pact.id}"
    assert readers(sim, look) == [actor.id for actor in sim.world.active() if actor.id in (writer, *others)]


def test_a_state_cannot_write_to_itself(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "ARD", Message(("ARD",), "Dear diary")).path == "$.move.to[0]"


@pytest.mark.parametrize(
    ("message", "path"),
    [
        (Message(("BEL", "BEL"), "twice"), "$.move.to[1]"),
        (Message(("XXX",), "nobody"), "$.move.to[0]"),
        (Message(("BEL",)), "$.move.text"),
        (Message(("BEL",), " \n\t\u3000 "), "$.move.text"),
        (Message(("BEL",), "both", alliance=1), "$.move.alliance"),
        (Message((), "none of mine", alliance=1), "$.move.alliance"),
        (Message(("BEL",), offer="aid", about="XXX"), "$.move.about"),
    ],
)
def test_a_message_needs_content_and_addressees(sim: Simulation, refused: Refused, message: Message, path: str) -> None:
    assert refused(sim, "ARD", message).path == path


@pytest.mark.parametrize(
    ("level", "message"),
    [
        ("none", Message((), "hello")),
        ("public", Message(("BEL",), "hello")),
        ("offers", Message(("BEL",), "hello", offer="aid")),
        ("offers", Message((), "hello")),
    ],
)
def test_the_level_of_talk_refuses_what_it_does_not_allow(
    sim: Simulation, refused: Refused, level: TalkLevel, message: Message
) -> None:
    sim.world.talk.level = level
    assert refused(sim, "ARD", message).code == "illegal"
