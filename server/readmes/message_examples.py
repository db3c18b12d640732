"""One example of every message, for the protocol page and the tests."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal, get_args

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import json, structs

from counterpoise.sim.catalogue import move_catalogue
from counterpoise.sim.choosing.move_options import MoveOption
from counterpoise.sim.moves.message import Message
from counterpoise.sim.types import ActorId, CrisisResponse
from counterpoise.sim.views.public_view import PublicAlignment, PublicState, PublicView
from counterpoise.sim.views.view import CallView, CrisisView, OtherState, OwnState, View
from counterpoise.sim.views.whole_view import WholeAlignment, WholeView
from counterpoise.wire.checkpoints import Checkpoint
from counterpoise.wire.codec import JsonCodec, MsgpackCodec
from counterpoise.wire.consent import Consent, ConsentMark
from counterpoise.wire.console_messages import (
    Bookmark,
    Change,
    ComingEvent,
    ConsoleNews,
    FearNews,
    Preview,
    RehearsalNews,
    RehearsalReport,
    RehearsedWar,
    WaitedSeat,
    WaitingEvent,
    WholeNews,
)
from counterpoise.wire.messages import (
    PROTOCOL_VERSION,
    Ack,
    ClientMessage,
    Command,
    Error,
    EvidenceNews,
    ForecastNews,
    Hello,
    IncidentNews,
    Look,
    Noted,
    Observe,
    OpenCall,
    Order,
    Ping,
    Pong,
    Read,
    ReadMark,
    Ready,
    ServerMessage,
    Status,
    Talk,
    Welcome,
    WindowNews,
    Withdraw,
)
from counterpoise.wire.move_questions import AskMoves, Moves
from counterpoise.wire.public_news import PublicFear, PublicNews
from counterpoise.wire.schema import tag_of
from counterpoise.wire.seat_messages import Link, SeatStatus
from counterpoise.wire.view_change import ViewChange
from debrief_examples import DEBRIEF_NEWS, DEBRIEF_REQUESTS
from ending_examples import ENDING_NEWS, ENDING_REQUESTS
from seat_examples import SEAT_NEWS, SEAT_REQUESTS

_ORDER, _COMMAND = "9f2c51d07ab84e3690c7d5f1e8a4b263", "4be1a07c92d35f6881f0c3a9d7e6524b"
_SECOND = "1d03b6c4e5f87a2290cd6b7e8f514a3c"
_HEAD = ("77c4a9e02b5d1f8836e0a4c19d7b52fe", "0d9be3f4a17c62855e90b8d24f31c6a7")
_MESSAGE = {
    "id": 311,
    "date": "1958-02-01",
    "tick": 1127,
    "kind": "message",
    "actors": ["SYR", "EGY"],
    "detail": {"text": "Would you help us?", "thread": "EGY+SYR", "number": 1, "ask": "aid"},
}


@dataclass(frozen=True, slots=True)
class Example:
    """A message and its two written forms."""

    direction: Literal["client", "server"]
    message: ClientMessage | ServerMessage

    @property
    def name(self) -> str:
        """The message's ``t``."""
        return tag_of(type(self.message))

    @property
    def msgpack(self) -> bytes:
        """The binary frame."""
        return MsgpackCodec().encode(self.message)

    @property
    def json(self) -> str:
        """The text frame."""
        return JsonCodec().encode(self.message)


_FORMED: dict[str, Any] = {
    "id": 310,
    "date": "1958-02-01",
    "tick": 1127,
    "kind": "alliance_formed",
    "actors": ["EGY", "SYR"],
    "detail": {"commitment": "defence"},
}


_OPTION = MoveOption(
    {"kind": "guarantee", "to": "SYR", "against": None},
    2.0,
    None,
    choices={"to": ["SYR", "JOR"], "against": ["ISR", None]},
)


def examples() -> tuple[Example, ...]:
    """Return an example of every message, the client's first."""
    client: tuple[ClientMessage, ...] = (
        Hello(PROTOCOL_VERSION, "kq3vXh1n0pZr8sWd", 41, _HEAD[0], "Amina", client="browser"),
        Order(_ORDER, 12, {"kind": "message", "to": ["SYR"], "text": "Shall we talk about Iraq?"}),
        Withdraw(_COMMAND, _SECOND),
        Read(_COMMAND, "EGY+SYR", 2),
        *SEAT_REQUESTS,
        Ready(1096),
        Consent(given=True),
        Command(_COMMAND, {"kind": "pause", "reason": "a word before we go on"}),
        Look(),
        AskMoves(_COMMAND, {"kind": "guarantee", "to": "SYR"}),
        *DEBRIEF_REQUESTS,
        Ping(7),
        *ENDING_REQUESTS,
    )
    server: tuple[ServerMessage, ...] = (
        _welcome(),
        Observe(
            vseq=42,
            called=True,
            view=_view(),
            threats={"ISR": {"threat": 0.41, "power": 0.18, "proximity": 1.0, "offense": 0.5, "intentions": 0.62}},
        ),
        _view_change(),
        Ack(_ORDER, 43, _HEAD[1]),
        Noted(1096, [OpenCall(17, "peace", 9, 1101, ("accept", "refuse"))]),
        Moves(_COMMAND, 1096, {"guarantee": _OPTION}, []),
        ConsentMark(given=True),
        Talk([_MESSAGE], {"EGY+SYR": 1}),
        ReadMark("EGY+SYR", 2),
        *SEAT_NEWS,
        Error("malformed", "$.move.to", "a state's code", "'syria'", _ORDER),
        IncidentNews(44, _HEAD[0], _FORMED),
        WindowNews(45, _HEAD[1], 13, 1186, "1958-04-01", "window", True),
        ForecastNews(
            46,
            _HEAD[0],
            13,
            [
                {
                    "actor": "EGY",
                    "options": ["BAL:SYR", "NEU"],
                    "forecasts": {"threat": [0.7, 0.3], "uniform": [0.5, 0.5]},
                }
            ],
        ),
        _evidence(),
        _public(),
        *_console(),
        _checkpoint(),
        Status(
            "running",
            "free",
            1186,
            "1958-04-01",
            "windows",
            7.0,
            180.0,
            60.0,
            171.5,
            [SeatStatus("EGY", "Egypt", "human", "Amina", online=True, ready=False)],
        ),
        *DEBRIEF_NEWS,
        Link("SYR", "http://127.0.0.1:8700/j/s1#Wq8nR5tXb3Jc6uYh"),
        Pong(7),
        *ENDING_NEWS,
    )
    return tuple(Example("client", each) for each in client) + tuple(Example("server", each) for each in server)


def _console() -> tuple[ServerMessage, ...]:
    """Return an example of each message of the moderator's console."""
    egypt = PublicState(ActorId("EGY"), "Egypt", 0.0, None)
    arms = WholeAlignment(8, (ActorId("EGY"), ActorId("USR")), "arms", 264, None, ActorId("USR"), True)
    misread = {"kind": "misperceive", "observer": "EGY", "other": "ISR", "amount": 0.5}
    report = RehearsalReport(
        begins="1955-01-01",
        ends="1979-12-31",
        windows=100,
        calls=212,
        minutes=512,
        wars=[RehearsedWar("1956-10-29", "ISR", "EGY")],
        crises=41,
        pacts=63,
        pacts_ended=30,
        regimes=9,
        events=12,
        orders=2104,
        failures=[],
    )
    return (
        ConsoleNews(
            seats=[WaitedSeat("EGY", waited=35.5, orders=1, lag=42.0, seen=3.1)],
            pause_left=-1.0,
            skipping="",
            bookmarks=[Bookmark(664, "1956-10-26", "Nobody asks what Israel will do.")],
            waiting=[WaitingEvent(_SECOND, misread, "", -1)],
            coming=[ComingEvent(3, "union", {"kind": "announce", "text": "A union is declared."}, "1958-02-01")],
            absent_windows=2,
        ),
        WholeNews(WholeView(1186, "1958-04-01", (egypt,), (arms,), (), (), ())),
        Preview(
            inject=misread,
            incidents=[],
            changes=[Change("misperception", ["EGY", "ISR"], "intent", 0.0, 0.5)],
            later=[Change("fear", ["EGY", "ISR"], "", 0.61, 0.72)],
            seat="",
            view=None,
            threats={},
        ),
        FearNews("1958-04-01", {"EGY": {"ISR": 0.61}}, {"EGY": {"ISR": 0.72}}),
        RehearsalNews(1.0, True, report=report),
    )


def _checkpoint() -> Checkpoint:
    """Return a checkpoint with a signature that holds."""
    key = Ed25519PrivateKey.from_private_bytes(sha256(b"the protocol page").digest())
    unsigned = Checkpoint(
        session="s1",
        phase="running",
        tick=1186,
        date="1958-04-01",
        scenario_hash=sha256(b"scenario").hexdigest(),
        seed_commitment=sha256(b"seed").hexdigest(),
        journal=sha256(b"journal").hexdigest(),
        key=key.public_key().public_bytes_raw().hex(),
        signature="",
    )
    return structs.replace(unsigned, signature=key.sign(unsigned.statement()).hex())


def _evidence() -> EvidenceNews:
    return EvidenceNews(
        window=12,
        date="1958-01-01",
        shown=True,
        hypotheses=[{"name": "balance_of_threat", "title": "Balance of threat"}],
        evidence={"chance": "uniform", "claims": 6, "some": 60.0, "strong": 120.0, "kinds": [], "groups": []},
    )


def _public() -> PublicNews:
    states = (PublicState(EGYPT, "Egypt", 0.0, None), PublicState(ActorId("SYR"), "Syria", 0.0, None))
    pact = PublicAlignment(12000000, (EGYPT, ActorId("SYR")), "defence", 1096, None, None)
    return PublicNews(PublicView(1186, "1958-04-01", states, (pact,), (), (), ()), [PublicFear(EGYPT, ISRAEL, 0.81)])


def _welcome() -> Welcome:
    return Welcome(
        resume="delta",
        vseq=42,
        receipt=_HEAD[1],
        next_token="Tz9mB4cQy7Lw2eKf",  # noqa: S106 (an example, good for nothing)
        role="player",
        seat="EGY",
        session="s1",
        scenario={
            "id": "middle-east-1955",
            "title": "The Middle East, 1955-1979",
            "summary": "Nineteen states between two superpowers.",
            "start": "1955-01-01",
            "end": "1979-12-31",
            "windows": 100,
            "actors": [{"id": "EGY", "name": "Egypt", "role": "regional"}],
        },
        catalogue={Message.kind: json.decode(json.encode(move_catalogue()[Message.kind]))},  # as it arrives
        seed_commitment="5c1f0a94e3b7d2685c1f0a94e3b7d2685c1f0a94e3b7d2685c1f0a94e3b7d268",
    )


EGYPT, ISRAEL = ActorId("EGY"), ActorId("ISR")


def _own() -> OwnState:
    return OwnState(
        id=EGYPT,
        name="Egypt",
        role="regional",
        active=True,
        components=(240_000.0, 80.0, 0.0, 4_200.0, 23_600.0, 4_900.0),
        power=0.09,
        offense=0.31,
        technology=0.9,
        offensive_share=0.4,
        posture="balanced",
        treasury=38.0,
        family="pan_arab",
        legitimacy=0.7,
        openness=0.3,
        constraint=0.2,
        mobilized=False,
        occupied=0.0,
        occupier=None,
        repressing=False,
        provided=False,
        score=12.5,
        goals=("lead the Arab world",),
        briefing="You hold the canal.",
    )


def _other() -> OtherState:
    return OtherState(
        id=ISRAEL,
        name="Israel",
        role="regional",
        power=0.05,
        offense=0.44,
        family="democracy",
        km=400.0,
        contiguity=1,
        proximity=1.0,
        reach=1.0,
        similarity=0.1,
        divisive=False,
        rivalry=True,
        claim="territory",
        claimed=None,
        hostility=0.6,
        cooperation=0.0,
        hostile_statements=0.2,
        subversion=0.0,
        broken_promises=0.0,
        stated_intent="hostile",
        aligned=False,
        at_war=False,
        penetration=0.0,
        access=0.0,
        occupied=0.0,
        occupier=None,
        honoured=0,
        reneged=0,
    )


def _view_change() -> ViewChange:
    return ViewChange(
        vseq=44,
        seat="EGY",
        called=False,
        fields={"tick": 1127, "date": "1958-02-01", "occasion": "call", "calls": []},
        others=[structs.replace(_other(), hostility=0.59)],
        incidents=[_FORMED],
        dropped=0,
        threats={"ISR": {"threat": 0.4, "power": 0.18, "proximity": 1.0, "offense": 0.5, "intentions": 0.6}},
    )


def _view() -> View:
    return View(
        tick=1096,
        date="1958-01-01",
        end=9131,
        window=12,
        occasion="window",
        own=_own(),
        others=(_other(),),
        alignments=(),
        proposals=(),
        membership_votes=(),
        crises=(CrisisView(17, ISRAEL, EGYPT, "territory", 2, 1090, 1104, None, "withdraw from the strait", {}),),
        wars=(),
        aid=(),
        conditions=(),
        campaigns=(),
        leaders={},
        calls=(CallView(23, "crisis", 17, 1104, ISRAEL, get_args(CrisisResponse)),),
        incidents=(),
    )
