"""A debrief as a document: of one session, or of several sessions pooled."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from counterpoise.document_schema import Count, Day, Hash, PositiveCount, StateCode, json_schema
from counterpoise.session.story.story_document import Story
from counterpoise.theory.check.debrief_document import (
    ClassCounts,
    DecisionRow,
    DecisionsUnderTest,
    EnoughChoices,
    HypothesisRow,
    InWords,
    Mixture,
    PlayerScores,
    PropositionRow,
    SensitivitySettings,
)
from counterpoise.theory.check.threats_document import ThreatMatrix
from counterpoise.theory.evidence.accrual_document import AccruingEvidence
from counterpoise.theory.evidence.answers_document import AlliancesExplained, Conditions, Consequences
from counterpoise.theory.evidence.choices.choices_document import PlayerChoices
from counterpoise.theory.evidence.elicitation_document import Elicitation
from counterpoise.theory.evidence.indices import Indices
from counterpoise.theory.evidence.shown_index import ShownIndex
from counterpoise.theory.registration.registration_document import JudgedRegistration

InjectSource = Literal["moderator", "scenario", "fork"]


class FailedInject(Struct, frozen=True):
    """An inject of the scenario that play had made impossible when its time came: that treatment was not given."""

    date: Day
    """The day on which it was due."""
    inject: str
    """The kind of the inject."""
    which: str
    """Its place in the scenario file, with its id if it has one, and the states in it."""
    expected: str
    """What the inject needed."""
    got: str
    """What it found instead."""


class TimelineInject(Struct, frozen=True):
    """Something that happened from outside play."""

    date: Day
    """The day it happened."""
    kind: str
    """The kind of the inject."""
    by: InjectSource
    """Who made it happen: a moderator, the scenario, or the command that forked the session."""
    title: str
    """The inject in one line."""
    actors: list[StateCode]
    """The states that the inject names."""


class TimelineWar(Struct, frozen=True):
    """One war. ``ends`` and ``outcome`` are null while it goes on."""

    attackers: list[StateCode]
    """The states that attacked, in the order in which they entered."""
    defenders: list[StateCode]
    """The states that defended, in the order in which they entered."""
    aim: str
    """What the war is about."""
    begins: Day
    """The first day."""
    ends: Day | None
    """The last day."""
    outcome: str | None
    """How it ended."""
    winners: list[StateCode]
    """The states that won; empty without winners."""


class TimelineCrisis(Struct, frozen=True):
    """One crisis. ``ends`` and ``outcome`` are null while it goes on."""

    initiator: StateCode
    """The state that made the demand."""
    target: StateCode
    """The state that the demand was made of."""
    aim: str
    """What the demand is about."""
    level: Annotated[int, Meta(ge=1, le=5)]
    """The highest level of hostility it reached, on the scale of the MID data."""
    begins: Day
    """The first day."""
    ends: Day | None
    """The last day."""
    outcome: str | None
    """How it ended."""


class TimelineMembership(Struct, frozen=True):
    """One state that joined or left an alignment."""

    state: StateCode
    """The state."""
    on: Day
    """The day."""


class TimelineAlliance(Struct, frozen=True):
    """One alignment that was made, joined, left or ended in the session."""

    members: list[StateCode]
    """The states that it bound at first."""
    commitment: str
    """What it promises."""
    name: str
    """What it is called; empty without a name."""
    against: StateCode | None
    """The state that it is directed against; null if it names none."""
    secret: bool
    """Whether only its members know of it."""
    begins: Day | None
    """The day it was made; null if the scenario began with it."""
    ends: Day | None
    """The day it ended; null while it stands."""
    joined: list[TimelineMembership]
    """The states that joined it later."""
    left: list[TimelineMembership]
    """The states that left it, dropped it after a change of regime or were expelled, while others stayed in it."""


class TimelineState(Struct, frozen=True):
    """One state that entered later or left; one with neither day never came to exist."""

    state: StateCode
    """The state."""
    enters: Day | None
    """The day it entered; null if it existed on the first day, or never."""
    leaves: Day | None
    """The day it left; null if it existed on the last day, or never."""


class Timeline(Struct, frozen=True):
    """What happened in a session, each list oldest first."""

    begins: Day
    """The first day of the session."""
    ends: Day
    """The last day that the journal tells about."""
    injects: list[TimelineInject]
    """What happened from outside play."""
    wars: list[TimelineWar]
    """Every war that began in the session."""
    crises: list[TimelineCrisis]
    """Every crisis that began in the session."""
    alliances: list[TimelineAlliance]
    """Every alignment that was made, joined, left or ended in the session, oldest first."""
    unchanged: list[TimelineAlliance]
    """The alignments with which the scenario began and that stood unchanged to the last day."""
    states: list[TimelineState]
    """The states that did not exist from the first day to the last."""


class SessionDebrief(Struct, frozen=True, kw_only=True):
    """The debrief of one session."""

    document_version: Literal[2] = 2
    """Raised whenever the meaning of a key changes or a key goes."""
    title: str
    """The title of the scenario."""
    session: str
    """The id of the session."""
    scenario: str
    """The id of the scenario."""
    rules_version: PositiveCount
    """The version of the rules that the session was played by."""
    seed_commitment: Hash
    """The hash of the session's seed."""
    counterpoise: str
    """The version of the program that wrote the journal."""
    actors: dict[StateCode, str]
    """The name of each state of the scenario."""
    scores: dict[StateCode, float]
    """The score of each state; empty until the session has ended."""
    failed_injects: list[FailedInject]
    """The scenario's injects that play had made impossible."""
    in_words: InWords | None
    """Who was feared, who aligned with whom and why, and what the theory expected; null as the evidence is."""
    tested: DecisionsUnderTest
    """Whose decisions the classes, scores and verdicts are about."""
    classes: ClassCounts
    """What states did under threat."""
    decisions: list[DecisionRow]
    """Every decision that was made, in order."""
    enough: EnoughChoices
    """Whether there are new ties enough to say which hypothesis forecasts better."""
    hypotheses: list[HypothesisRow]
    """Every hypothesis, the best log score first."""
    by_player: list[PlayerScores]
    """The scores by kind of player; empty if all decisions are of one kind."""
    evidence: AccruingEvidence | None
    """The evidence as it accrued, act by act; null before version 2 of the theory, whose forecasts are too sharp for it."""
    stacking: Mixture | None
    """The best mixture of the forecasts; null with too few decisions."""
    propositions: list[PropositionRow]
    """Every proposition, family by family."""
    choices: list[PlayerChoices] | None
    """Whether ties were made, in which direction, with whom, and how offers were answered, by kind of player; null as the
    evidence is."""
    alliances_explained: AlliancesExplained | None
    """Which hypothesis explains each alliance formed in play; null as the evidence is."""
    conditions: Conditions | None
    """Under which conditions which hypothesis forecasts the choice of a partner; null as the evidence is."""
    consequences: Consequences | None
    """What followed balancing and bandwagoning; null as the evidence is."""
    elicitation: Elicitation
    """What players wrote down, scored."""
    shown_index: ShownIndex | UnsetType = UNSET
    """What it did to people to be shown the threat index; left out if all were."""
    registration: JudgedRegistration | UnsetType = UNSET
    """What the sessions say of registered predictions; left out without a registration."""
    sensitivity: SensitivitySettings
    """How the verdicts were tried with other threat indices."""
    indices: list[Indices]
    """Network indices, one row a year."""
    threats_to_validity: list[str]
    """What to keep in mind when reading the verdicts, a sentence each."""
    matrix: ThreatMatrix | None
    """The last threat matrix; null without decisions."""
    timeline: Timeline
    """What happened when."""
    story: Story | UnsetType = UNSET
    """The findings to open with, each state's steps and threats over time; left out where only the check was asked for."""


class PooledSession(Struct, frozen=True, kw_only=True):
    """One of the sessions of a pooled debrief."""

    session: str
    """The id of the session; a number follows if several journals have the same id."""
    scenario: str
    """The id of the scenario."""
    rules_version: PositiveCount
    """The version of the rules that the session was played by."""
    seed_commitment: Hash
    """The hash of the session's seed."""
    counterpoise: str
    """The version of the program that wrote the journal."""
    decisions: Count
    """Decisions that were made in the session."""
    ended: bool
    """Whether the session has ended."""
    scores: dict[StateCode, float]
    """The score of each state; empty until the session has ended."""
    failed_injects: list[FailedInject]
    """The scenario's injects that play had made impossible."""


class PooledDebrief(Struct, frozen=True, kw_only=True):
    """The debrief of several sessions together. It lists the sessions; decisions and yearly indices would be too many."""

    document_version: Literal[2] = 2
    """Raised whenever the meaning of a key changes or a key goes."""
    title: str
    """How many sessions there are, and the titles of their scenarios."""
    sessions: list[PooledSession]
    """The sessions, in the order of their ids."""
    actors: dict[StateCode, str]
    """The name of each state of the scenarios."""
    in_words: InWords | None
    """Who was feared, who aligned with whom and why, and what the theory expected; null as the evidence is."""
    tested: DecisionsUnderTest
    """Whose decisions the classes, scores and verdicts are about."""
    classes: ClassCounts
    """What states did under threat."""
    enough: EnoughChoices
    """Whether there are new ties enough to say which hypothesis forecasts better."""
    hypotheses: list[HypothesisRow]
    """Every hypothesis, the best log score first."""
    by_player: list[PlayerScores]
    """The scores by kind of player; empty if all decisions are of one kind."""
    evidence: AccruingEvidence | None
    """The evidence as it accrued, act by act; null before version 2 of the theory, whose forecasts are too sharp for it."""
    stacking: Mixture | None
    """The best mixture of the forecasts; null with too few decisions."""
    propositions: list[PropositionRow]
    """Every proposition, family by family."""
    choices: list[PlayerChoices] | None
    """Whether ties were made, in which direction, with whom, and how offers were answered, by kind of player; null as the
    evidence is."""
    alliances_explained: AlliancesExplained | None
    """Which hypothesis explains each alliance formed in play; null as the evidence is."""
    conditions: Conditions | None
    """Under which conditions which hypothesis forecasts the choice of a partner; null as the evidence is."""
    consequences: Consequences | None
    """What followed balancing and bandwagoning; null as the evidence is."""
    elicitation: Elicitation
    """What players wrote down, scored."""
    shown_index: ShownIndex | UnsetType = UNSET
    """What it did to people to be shown the threat index; left out if all were."""
    registration: JudgedRegistration | UnsetType = UNSET
    """What the sessions say of registered predictions; left out without a registration."""
    sensitivity: SensitivitySettings
    """How the verdicts were tried with other threat indices."""
    threats_to_validity: list[str]
    """What to keep in mind when reading the verdicts, a sentence each."""


Debrief = SessionDebrief | PooledDebrief


def debrief_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``counterpoise debrief --json`` prints."""
    return json_schema("counterpoise debrief", SessionDebrief, PooledDebrief)
