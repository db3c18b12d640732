"""A film tells each viewer what it saw at each moment, and nothing more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest

from counterpoise.errors import DivergenceError
from counterpoise.session.commands import Bookmark, Note, Start
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.entries import Chain, Entry
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.replay import replay
from counterpoise.session.replays.document import THINGS, TRUTH, Cast, Chunk, Moment, Overview, Verified
from counterpoise.session.replays.filming import film
from counterpoise.session.replays.scene import scene_of_seat, scene_of_truth
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.moves.message import Message
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import can_see

ARD, BEL, COR = ActorId("ARD"), ActorId("BEL"), ActorId("COR")
SECRETS = ("Sealed words for one reader", "A note for the desk", "A mark for the debrief")
UNTIL = 740
Seats = Callable[[Session, str], dict[ActorId, Bot]]


@dataclass
class Filmed:
    """What a film hands out."""

    chunks: dict[str, list[Chunk]] = field(default_factory=dict)
    overviews: dict[str, Overview] = field(default_factory=dict)
    casts: list[Cast] = field(default_factory=list)
    verified: Verified | None = None

    def moments(self, viewer: str) -> list[Moment]:
        return [moment for chunk in self.chunks[viewer] for moment in chunk.moments]


def filmed(entries: list[Entry], *viewers: str) -> Filmed:
    made = Filmed()

    def on_chunk(chunk: Chunk, overview: Overview) -> None:
        made.chunks.setdefault(chunk.viewer, []).append(chunk)
        made.overviews[chunk.viewer] = overview

    made.verified = film(
        entries, [], "j", viewers, on_cast=made.casts.append, on_chunk=on_chunk, on_progress=lambda _, __: None
    )
    return made


@pytest.fixture
def plotted(new_session: Callable[..., Session], line_up: Seats) -> list[Entry]:
    """The journal of a game with a secret pact, secret arms, a private message, a note and a bookmark, and bots around them."""
    session = new_session("3")
    session.command(MODERATOR, "c0", Start())
    session.submit(ARD, "o1", 0, ProposeAlliance(BEL, "defence", against=COR, secret=True))
    session.submit(ARD, "o2", 0, GiveAid(BEL, "military", 0.1))
    session.submit(ARD, "o3", 0, Message((BEL,), SECRETS[0]))
    session.command(str(COR), "n1", Note(COR, SECRETS[1]))
    session.command(MODERATOR, "b1", Bookmark(SECRETS[2]))
    session.advance(UNTIL)
    (call,) = [one for one in session.view(BEL).calls if one.reason == "proposal"]
    session.submit(BEL, "o4", session.window, AnswerProposal(call.subject, accept=True))
    play(session, line_up(session, "3"), until=UNTIL)
    return session.take_entries()


def scenes_of(moments: list[Moment]) -> list[dict[str, Any]]:
    """Fold moments as a page does: things by kind and key, and threats."""
    scenes: list[dict[str, Any]] = []
    now: dict[str, Any] = {}
    for moment in moments:
        if moment.whole:
            now = {name: {} for name in (*THINGS, "perceived", "true")}
        now = {name: dict(part) for name, part in now.items()}
        for kind, changes in moment.things.items():
            for key in changes.gone:
                del now[kind][key]
            now[kind] |= {thing["key"]: thing for thing in changes.put}
        for name, cells in (("perceived", moment.perceived), ("true", moment.true)):
            for by, of, value in cells:
                now[name][by, of] = value
            now[name] = {pair: value for pair, value in now[name].items() if value >= 0}
        scenes.append(now)
    return scenes


def test_the_changes_of_a_film_add_up_to_what_a_seat_and_the_moderator_saw(plotted: list[Entry]) -> None:
    made = filmed(plotted, TRUTH, ARD)
    for viewer in (TRUTH, ARD):
        moments = made.moments(viewer)
        overview = made.overviews[viewer]
        assert overview.ticks == [moment.tick for moment in moments]
        assert [moment.opens for moment in moments] == [at in overview.openings for at in range(len(moments))]
        assert [moment.whole for moment in moments] == [at in overview.chunks for at in range(len(moments))]
        assert len(overview.chunks) == 2, "five windows of half a year are two chunks"
        scenes = scenes_of(moments)
        last_of_tick = {moment.tick: scene for moment, scene in zip(moments, scenes, strict=True)}
        for tick in (overview.ticks[0], overview.ticks[len(overview.ticks) // 2], overview.ticks[-1]):
            until = max(at for at, entry in enumerate(plotted) if entry.tick == tick) + 1
            session = replay(plotted[:until], "j")
            true = scene_of_truth(session) if viewer == TRUTH else scene_of_seat(session, ARD)
            expected: dict[str, Any] = {str(kind): things for kind, things in true.things.items()}
            assert last_of_tick[tick] == expected | {"perceived": true.perceived, "true": true.true}
    (pact,) = [one for one in scenes_of(made.moments(TRUTH))[-1]["pacts"].values() if one["secret"]]
    assert sorted(pact["members"]) == ["ARD", "BEL"]


def test_a_seat_s_film_has_nothing_that_the_seat_did_not_see(plotted: list[Entry]) -> None:
    session = replay(plotted, "j")
    secret = {str(one.id) for one in session.simulation.world.alignments.values() if one.secret}
    hidden = {one.id for one in session.simulation.world.incidents if not can_see(COR, one)}
    assert secret
    assert hidden
    made = filmed(plotted, TRUTH, ARD, COR)
    sent = msgspec.json.encode([made.chunks[COR], made.overviews[COR]]).decode()
    assert not [words for words in SECRETS if words in sent]
    for moment, scene in zip(made.moments(COR), scenes_of(made.moments(COR)), strict=True):
        assert not secret & scene["pacts"].keys()
        assert not hidden & {news["id"] for news in moment.news}
        assert not [flow for flow in scene["aid"].values() if flow["kind"] == "military" and "COR" not in flow.values()]
        assert {by for by, _ in scene["perceived"]} <= {"COR"}
        assert not scene["true"]
        assert all("COR" in (hold["by"], hold["of"]) for hold in scene["holds"].values())
    overview = made.overviews[COR]
    assert not overview.lanes
    assert not overview.marks
    assert not [span for span in overview.spans if span.kind == "pact" and span.key in secret]
    for viewer in (ARD, TRUTH):
        heard = msgspec.json.encode(made.chunks[viewer]).decode()
        assert [words in heard for words in SECRETS] == [True, False, False], "notes are for two readers alone"
    assert [mark.note for mark in made.overviews[TRUTH].marks] == [SECRETS[2]]
    assert made.overviews[TRUTH].lanes


def test_two_games_that_differ_in_a_secret_give_the_others_the_same_film(
    new_session: Callable[..., Session],
) -> None:
    def sent_to_the_third(secret: bool) -> bytes:
        session = new_session("5")
        session.command(MODERATOR, "c0", Start())
        if secret:
            session.submit(ARD, "o1", 0, Message((BEL,), SECRETS[0]))
            session.submit(ARD, "o2", 0, GiveAid(BEL, "military", 0.1))
        for _ in range(8):
            session.advance(200)
        made = filmed(session.take_entries(), COR)
        numbered = msgspec.json.encode([made.chunks, made.overviews[COR]])
        # The log numbers what happens for everyone, and so do the views that seats get in play.
        plain = msgspec.json.decode(numbered)
        for chunk in plain[0][COR]:
            for moment in chunk["moments"]:
                for news in moment.get("news", []):
                    del news["id"]
        return msgspec.json.encode(plain)

    assert sent_to_the_third(True) == sent_to_the_third(False)


def test_a_film_says_what_was_verified_and_a_forged_journal_stops_it(plotted: list[Entry]) -> None:
    made = filmed(plotted, TRUTH)
    assert made.verified is not None
    assert made.casts[0].scenario == "checkerboard"
    assert (made.verified.entries, made.verified.head) == (len(plotted), plotted[-1].chain)
    assert made.verified.problems == []
    assert made.verified.provenance.extent == "prefix"
    chain = Chain("secret")
    forged = [chain.entry(one.tick, one.kind, one.content()) for one in plotted]
    place = max(at for at, one in enumerate(forged) if one.kind == "digest")
    chain = Chain("secret")
    forged = [
        chain.entry(one.tick, one.kind, {"digest": "0" * 64} if at == place else one.content())
        for at, one in enumerate(forged)
    ]
    with pytest.raises(DivergenceError):
        filmed(forged, TRUTH)
