"""The basic types of the simulation: identifiers, units and closed lists of kinds."""

from __future__ import annotations

from typing import Annotated, Literal, NewType, get_args

from msgspec import Meta

ActorId = NewType("ActorId", str)
"""A state of the scenario, by its short code: ``EGY``."""
Tick = NewType("Tick", int)
"""One simulated day, counted from the scenario's start. ``calendar.py`` alone knows dates."""

# Field types of moves and injects. The validation of messages, the JSON Schema and the browser's forms use their constraints.
ActorRef = Annotated[
    str, Meta(pattern=r"^[A-Z][A-Z0-9]{1,4}$", description="a state's code", extra_json_schema={"x-choices": "actors"})
]
Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Years = Annotated[float, Meta(ge=0.25, le=50.0)]
FREE_TEXT = {"free_text": True}
"""``Meta.extra`` of a field for a person's own words. A journal stores such text separately, so that it can be erased."""
Words = Annotated[str, Meta(min_length=1, max_length=500, extra=FREE_TEXT)]
Id = Annotated[int, Meta(ge=1, description="the number of the thing, as the view shows it")]
Moment = Annotated[int, Meta(ge=1, extra_json_schema={"x-moment": True})]
"""A tick that people write as a date: always in files, optionally in messages."""

Role = Literal["regional", "outside"]
Posture = Literal["defensive", "balanced", "offensive"]
Issue = Literal["territory", "policy", "regime"]
Intent = Literal["friendly", "neutral", "hostile"]
Commitment = Literal[
    "defence",
    "offence",
    "neutrality",
    "nonaggression",
    "consultation",
    "guarantee",
    "basing",
    "arms",
    "joint_operation",
    "union",
]
"""The promise of an alignment.

The first five and a union of states are treaties, a guarantee is one-sided, and the rest are informal."""
FORMAL: tuple[Commitment, ...] = ("defence", "offence", "neutrality", "nonaggression", "consultation", "union")
ONE_SIDED: tuple[Commitment, ...] = ("guarantee", "basing", "arms")
"""Commitments that one member, the lead, gives to the others. Without a lead such a commitment has no meaning."""
MULTILATERAL: tuple[Commitment, ...] = (
    "defence",
    "offence",
    "neutrality",
    "nonaggression",
    "consultation",
    "joint_operation",
    "union",
)
"""Commitments that three or more states can make to one another; the others are promises of one state."""
MembershipQuestion = Literal["invite", "admit", "expel"]
"""What the members of a pact vote on: to invite a state, to admit one that asks, or to expel a member."""
PeaceTerms = Literal["as_things_stand", "yield"]
"""Terms of peace: the front stays where it is, or the state that offers peace gives up what the war is about."""
CrisisResponse = Literal["stand_firm", "concede", "escalate", "compromise"]
AidKind = Literal["economic", "military"]
QuestionKind = Literal["threats", "prediction", "reason", "belief"]
"""What seats are asked for the debrief: whom they fear, what another will do, why they act, and how alliances arise."""
AlignmentClass = Literal["BAL", "BW", "HIDE", "NEU", "OTHER"]
Means = Literal["lobbying", "exchange", "propaganda", "bribery", "subversion"]
"""How a state influences another's politics; the first two count as legitimate."""
PenetrationAim = Literal["limited", "intrusive"]
"""The aim of a campaign: to be heard, or to decide who governs."""
SanctionScope = Literal["trade", "arms"]
"""What a sanction stops: all trade with the target, or the sale of arms to it."""
AidDemand = Literal["leave_alliance", "drop_claim", "make_peace", "stay_out", "friendly_words", "side_with_us"]
"""What a donor can demand for its aid, in a form that can be checked; most demands are about a third state."""
TalkLevel = Literal["none", "public", "offers", "free"]
"""What states may write to each other: nothing, messages to everyone only, offers without words only, or anything."""
Deal = Literal["alliance", "neutrality", "support", "aid", "peace", "concession", "withdrawal"]
"""What a message can offer or ask for in a form that needs no words. It binds nobody, and no rule reads it."""
CallReason = Literal["crisis", "proposal", "ally", "peace", "demand", "condition", "membership"]
"""Why a seat is called to answer before the clock continues."""
CALL_DEFAULTS: dict[CallReason, tuple[str, ...]] = {
    "crisis": get_args(CrisisResponse),
    "proposal": ("no answer",),
    "ally": ("honour", "renege"),
    "peace": ("accept", "refuse"),
    "demand": ("no answer",),
    "condition": ("comply", "refuse"),
    "membership": ("no consent",),
}
"""What is answered for a seat that leaves a call open until its deadline. One answer is certain; of several, chance draws one.

The processes that close calls decide it; a test plays games and compares."""

LEVEL_CLAIM, LEVEL_THREAT, LEVEL_DISPLAY, LEVEL_FORCE, LEVEL_WAR = 1, 2, 3, 4, 5
"""The MID hostility scale (Gibler, Miller & Little 2016): 1 no militarised action, 2 threat, 3 display, 4 use, 5 war."""
