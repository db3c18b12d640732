"""Two games that differ only in what a seat may not see send it the same bytes, until the secret comes out.

Noninterference after Goguen & Meseguer (1982): what some do in secret has no effect on what the others can observe. What a
secret brings about in the open, such as an ally that enters a war, is no secret any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from counterpoise.errors import OrderError
from counterpoise.session.commands import Inject, Read, ShowEvidence, Start, Withdraw
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.assess_threats import AssessThreats
from counterpoise.sim.moves.found_pact import FoundPact
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.moves.give_reason import GiveReason
from counterpoise.sim.moves.invite_to_pact import InviteToPact
from counterpoise.sim.moves.message import Message
from counterpoise.sim.moves.penetrate import Penetrate
from counterpoise.sim.moves.predict import Predict
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.moves.skip_question import SkipQuestion
from counterpoise.sim.moves.state_belief import StateBelief
from counterpoise.sim.moves.state_intent import StateIntent
from counterpoise.sim.moves.vote_on_member import VoteOnMember
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import can_see
from counterpoise.sim.views.view_position import ViewPosition
from counterpoise.wire.codec import JsonCodec, MsgpackCodec
from counterpoise.wire.messages import Ack, ForecastNews, IncidentNews, WindowNews

OUT = ("secret_revealed", "penetration_exposed", "secret_learned")
"""How a secret comes out."""
Plot = Callable[[Session, ActorId, ActorId, ActorId], None]


@dataclass(slots=True)
class Heard:
    """What one seat is sent: each frame in both written forms, with the tick it tells of, and its view at every window.

    When a frame leaves is not compared: wherever the clock stops, what has happened until then is sent.
    """

    frames: list[tuple[int, bytes | str, bytes | str]] = field(default_factory=list)
    views: list[tuple[int, bytes]] = field(default_factory=list)

    def before(self, tick: int) -> Heard:
        return Heard([f for f in self.frames if f[0] < tick], [v for v in self.views if v[0] < tick])


def order(session: Session, seat: ActorId, *moves: Move) -> None:
    for move in moves:
        session.submit(seat, f"{seat}/{session.orders_of(seat)}", session.window, move)


def stops(session: Session, until: int) -> Iterator[Session]:
    """Start a session and yield it at every stop of the clock, called or not, up to a tick."""
    session.command(MODERATOR, "start", Start())
    while session.phase == "running" and session.now < until:
        yield session
        session.advance(until)


# What two states can do that a third never hears of: Y and Z are in it, W is its object.


def secret_treaty(session: Session, y: ActorId, z: ActorId, w: ActorId) -> None:
    if session.now == 0:
        order(session, y, ProposeAlliance(z, "neutrality", w, secret=True))
    answer_for(session, z, accept=True)


def refused_treaty(session: Session, y: ActorId, z: ActorId, w: ActorId) -> None:
    if session.now == 0:
        order(session, y, ProposeAlliance(z, "defence", w, secret=False))
    answer_for(session, z, accept=False)


def unanswered_treaty(session: Session, y: ActorId, z: ActorId, w: ActorId) -> None:
    if session.now == 0:
        order(session, y, ProposeAlliance(z, "consultation", None, secret=True))


def letters(session: Session, y: ActorId, z: ActorId, w: ActorId) -> None:
    if session.occasion == "window":
        order(session, y, Message((z,), f"What shall we do about {w}?"))
        order(session, z, Message((y,), "Wait."), Message((w,), "Fear nothing."))


def correspondence(session: Session, y: ActorId, z: ActorId, w: ActorId) -> None:
    """Write, have a bot asked for an answer, mark what was read, and make offers to several."""
    if session.occasion == "window":
        order(session, y, Message((z,), "Read and burn."), Message((z, w), offer="alliance", ask="aid", about=w))
        session.note_heard(*session.talk.unheard()[0])
        order(session, z, Message((y,), "Burnt."))
        thread = "+".join(sorted((y, z)))
        session.command(z, f"read/{session.now}", Read(thread, session.simulation.world.talk.threads[thread].count))


def second_thoughts(session: Session, y: ActorId, z: ActorId, w: ActorId) -> None:
    """Order what everyone would hear of, replace it, and take the replacement back before the clock moves."""
    if session.occasion == "window":
        given, replaced = f"thought/{session.now}", f"second/{session.now}"
        session.submit(y, given, session.window, StateIntent(w, "hostile"))
        session.submit(y, replaced, session.window, StateIntent(z, "hostile"), given)
        session.command(y, f"third/{session.now}", Withdraw(replaced))


def covert_campaign(session: Session, y: ActorId, z: ActorId, w: ActorId) -> None:
    if session.now == 0:
        order(session, y, Penetrate(w, "bribery", "limited", 0.7))


def private_notes(session: Session, y: ActorId, z: ActorId, w: ActorId) -> None:
    if session.occasion == "window":
        everyone = {str(other.id): 0.7 for other in session.view(y).others}
        order(session, y, AssessThreats(everyone), GiveReason("threat", "Nobody is to read this."))
        order(session, z, Predict(y, "NEU", 0.8))


def misperception(session: Session, y: ActorId, z: ActorId, w: ActorId) -> None:
    if session.now == 0:
        for what in ("intent", "power", "offense"):
            inject = Inject({"kind": "misperceive", "observer": y, "other": z, "amount": 0.5, "what": what})
            session.command(MODERATOR, f"misperceive/{what}", inject)


def questions(session: Session, y: ActorId, z: ActorId, w: ActorId) -> None:
    """Ask two seats, of which one answers and one skips."""
    if session.now == 0:
        for ask in ("belief", "reason"):
            given = {"kind": "ask", "ask": ask, "seats": [y, z], "words": "Between you and me.", "windows": 2}
            session.command(MODERATOR, f"ask/{ask}", Inject(given))
        order(session, y, StateBelief(0.9, 0.1, 0.2), GiveReason("profit"))
        order(session, z, SkipQuestion(session.view(z).questions[0].id))


def answer_for(session: Session, seat: ActorId, *, accept: bool) -> None:
    for proposal in session.view(seat).proposals:
        if proposal.to == seat:
            order(session, seat, AnswerProposal(proposal.id, accept))


def private_conditions(session: Session, y: ActorId, z: ActorId, w: ActorId) -> None:
    """Ask in private for something in return for aid that ``public_aid`` gives in both games."""
    if session.now == 0:
        order(session, y, GiveAid(z, "economic", 0.1, "Remember who pays.", "friendly_words", w))


def public_aid(session: Session, y: ActorId, z: ActorId, w: ActorId) -> None:
    if session.now == 0:
        order(session, y, GiveAid(z, "economic", 0.1))


def secret_bloc(session: Session, y: ActorId, z: ActorId, w: ActorId) -> None:
    """Found a secret pact that W reads and does not sign, and vote in vain on inviting W again."""
    if session.now == 0:
        order(session, y, FoundPact((z, w), "neutrality", "The Two", 1, secret=True))
    elif session.occasion == "window":
        shared = [pact.id for pact in session.view(y).alignments if pact.secret and z in pact.members]
        order(
            session,
            y,
            *[InviteToPact(pact, w) for pact in shared if InviteToPact(pact, w).rule(seen_by(session, y)) is None],
        )
    answer_for(session, z, accept=True)
    answer_for(session, w, accept=False)
    for call in session.view(z).calls:
        if call.reason == "membership":
            order(session, z, VoteOnMember(call.subject, False))


def seen_by(session: Session, seat: ActorId) -> ViewPosition:
    return ViewPosition(session.view(seat))


PLOTS: tuple[Plot, ...] = (
    secret_treaty,
    secret_bloc,
    refused_treaty,
    unanswered_treaty,
    letters,
    correspondence,
    second_thoughts,
    covert_campaign,
    private_notes,
    questions,
    misperception,
)


def tick_of(message: IncidentNews | WindowNews | ForecastNews | Ack) -> int:
    """Return the tick of which a numbered message tells; a seat that is listened to sends no orders and gets no ack."""
    if isinstance(message, IncidentNews):
        return int(message.incident["tick"])
    assert isinstance(message, WindowNews)
    return message.tick


def listen(
    text: str,
    seed: str,
    watcher: ActorId,
    until: int,
    act: Callable[[Session], None] = lambda session: None,
) -> tuple[Heard, Session]:
    """Play with silent seats but for what ``act`` does, and return all that one seat is sent.

    Args:
        text: the scenario.
        seed: decides every chance.
        watcher: the seat that is listened to.
        until: the tick to stop at.
        act: what some seats do at each stop.
    """
    session = Session(scenario_text=text, seed=seed, session_id="game", secret="seal", streaming=True)
    heard, json, msgpack = Heard(), JsonCodec(), MsgpackCodec()

    def take() -> None:
        session.take_entries()
        for address, message in session.take_outputs():
            if address == watcher:
                tick = tick_of(message)
                heard.frames.append((tick, json.encode(message), msgpack.encode(message)))
        if session.phase == "ended" or session.simulation.world.calendar.opens_window(session.now):
            heard.views.append((session.now, msgpack.encode(session.observe(watcher))))

    for _ in stops(session, until):
        take()
        act(session)
    take()
    return heard, session


def out_at(session: Session, watcher: ActorId) -> int:
    """Return the tick at which the first secret came out to a seat."""
    incidents = session.simulation.world.incidents
    return min((i.tick for i in incidents if i.kind in OUT and can_see(watcher, i)), default=session.now + 1)


@pytest.fixture(scope="module")
def text_of(scenarios: dict[str, str]) -> Callable[[str], str]:
    """Return a scenario's text. Hypothesis prints every argument, and a function prints shorter than all the texts."""
    return lambda name: scenarios[name]


SLACK = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def binds_in_secret(plots: Sequence[Plot]) -> bool:
    return secret_treaty in plots or secret_bloc in plots


@settings(max_examples=40, suppress_health_check=SLACK)
@given(
    name=st.sampled_from(["checkerboard", "checkerboard", "weak-and-alone", "middle-east-1955"]),
    plots=st.lists(st.sampled_from(PLOTS), min_size=1, max_size=4, unique=True),
    seed=st.integers(0, 10_000),
    places=st.permutations(range(5)),
)
@example(name="middle-east-1955", plots=[secret_treaty], seed=0, places=[2, 1, 0, 3, 4])
@example(name="checkerboard", plots=[secret_bloc], seed=0, places=[0, 1, 2, 3, 4])
def test_what_two_states_do_in_secret_sends_a_third_the_same_bytes(
    text_of: Callable[[str], str], name: str, plots: list[Plot], seed: int, places: list[int]
) -> None:
    session = Session(scenario_text=text_of(name), seed="0", session_id="s", secret="s")
    living = [actor.id for actor in session.simulation.world.active()]
    x, y, z, w = (living[place % len(living)] for place in places[:4])
    until = min(session.end, 500)

    # Allies quarrel less, and that two of them do not is no secret: without quarrels of chance their treaty shows nowhere.
    calm = re.sub(r"^dispute_rate = .*$", "dispute_rate = 0.0", text_of(name), flags=re.MULTILINE)
    text = calm if binds_in_secret(plots) else text_of(name)

    def act(session: Session) -> None:
        for plot in plots:
            try:
                plot(session, y, z, w)
            except OrderError:
                assert session.now == 0, "some of it cannot be done in that place, the rest goes well"

    quiet, _ = listen(text, str(seed), x, until)
    plotted, played = listen(text, str(seed), x, until, act)
    out = out_at(played, x)
    assert plotted.before(out) == quiet.before(out)
    if out > played.now:
        assert plotted == quiet


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.__name__)
def test_a_secret_reaches_only_the_states_that_know_of_it(checkerboard: str, plot: Plot) -> None:
    x, y, z, w = (ActorId(code) for code in ("HAR", "ARD", "FEN", "GAL"))
    heard = {}
    for watcher in (x, y):
        quiet, _ = listen(checkerboard, "7", watcher, 300)
        plotted, played = listen(checkerboard, "7", watcher, 300, lambda session: plot(session, y, z, w))
        out = out_at(played, watcher)
        heard[watcher] = plotted.before(out) == quiet.before(out)
    assert heard == {x: True, y: False}


def test_showing_and_hiding_the_evidence_changes_no_numbered_message_and_no_view(checkerboard: str) -> None:
    def show(session: Session) -> None:
        if session.occasion == "window":
            session.command(MODERATOR, f"show/{session.now}", ShowEvidence(not session.evidence_shown))

    quiet, _ = listen(checkerboard, "7", ActorId("HAR"), 500)
    shown, played = listen(checkerboard, "7", ActorId("HAR"), 500, show)
    assert played.evidence_shown
    assert shown == quiet
    assert len(quiet.frames) > 3


def test_only_donor_and_recipient_see_the_condition_of_aid(checkerboard: str) -> None:
    x, y, z, w = (ActorId(code) for code in ("HAR", "ARD", "FEN", "GAL"))
    heard = [
        listen(checkerboard, "7", x, 59, partial(plot, y=y, z=z, w=w))[0] for plot in (public_aid, private_conditions)
    ]
    assert heard[0] == heard[1]
    assert any(b"aid_given" in frame for _, _, frame in heard[0].frames)
