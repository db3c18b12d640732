"""What was chosen, question by question, as a document: whether a tie is made, in which direction, with whom, and the answers."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from counterpoise.document_schema import Count, Interval, Share
from counterpoise.theory.evidence.choices.players import PlayerKind

Standing = Literal["hypothesis", "rival", "baseline"]
Situation = Literal["from_threat", "asks_threat", "shared", "not_shared", "none"]


class Gain(Struct, frozen=True):
    """By how much forecasts beat a null, in bits for each choice; above 0 they are better."""

    bits: float
    """Mean of the binary logarithm of the probability given to the choice over the one the null gave."""
    ci: Interval | None
    """95 % interval, clustered on choosers and sessions; null with one chooser."""


class NullForecast(Struct, frozen=True):
    """A forecast that knows no theory."""

    name: str
    """Its name: ``rate``, ``menu``, ``uniform`` or ``nearest``."""
    meaning: str
    """What it says."""
    log_score: float | None
    """Its mean log score; null without choices."""


class QuestionRow(Struct, frozen=True):
    """How well one hypothesis foretold the answers to one question."""

    name: str
    """The name of the hypothesis."""
    title: str
    """What the hypothesis says, in a few words."""
    standing: Standing
    """Whether it is one of Walt's hypotheses, a rival theory or a baseline."""
    log_score: float
    """Mean logarithm of the probability given to what was chosen; 0 is perfect."""
    gains: dict[str, Gain]
    """By null, the gain over it."""


class QuestionScores(Struct, frozen=True):
    """The scores of every hypothesis on one question."""

    n: Count
    """Choices scored."""
    choosers: Count
    """Choosers of these choices; a seat of another session is another chooser."""
    telling: bool
    """Whether there are choices and choosers enough to say which hypothesis is better."""
    nulls: list[NullForecast]
    """What the hypotheses are compared with."""
    hypotheses: list[QuestionRow]
    """Every hypothesis, the best log score first; empty without choices."""
    sentence: str
    """The finding in words."""


class WhetherTied(Struct, frozen=True):
    """Whether a state makes a new tie in a window."""

    made: Count
    """Windows of a state in which it made a tie, as its proposer or not."""
    made_as_proposer: Count
    """Those in which it proposed one."""
    expected: Annotated[float, Meta(ge=0.0)]
    """How many such windows the null expects."""
    scores: QuestionScores
    """How well each hypothesis foretold it."""


class DirectionCounts(Struct, frozen=True):
    """Ties by their direction."""

    against: float = msgspec.field(name="BAL")
    """With a partner that fears the proposer's gravest threat."""
    towards: float = msgspec.field(name="BW")
    """With that threat itself."""
    neither: float = msgspec.field(name="OTHER")
    """With another state."""


class DirectionOfTies(Struct, frozen=True):
    """With or against the gravest threat, given that a state under threat proposes a tie."""

    chosen: DirectionCounts
    """Ties as they were made."""
    expected: DirectionCounts
    """What the menus give by themselves: every partner as likely as any other."""
    scores: QuestionScores
    """How well each hypothesis foretold it."""


class Slope(Struct, frozen=True):
    """One coefficient of a logit, in log-odds for each standard deviation of the covariate; null if it cannot be estimated."""

    name: str
    """The covariate."""
    label: str
    """The covariate in words."""
    estimate: float | None
    """The coefficient, with the other covariates of the model controlled."""
    ci: Interval | None
    """95 % interval, clustered on choosers."""
    p: Share | None
    """Two-sided p against no effect."""


class PartnerOfTies(Struct, frozen=True):
    """With whom, given that a state proposes a tie."""

    left_out: Count
    """Ties whose proposer's forecasts are not known, or whose partner was not on its menu or alone on it."""
    slopes: list[Slope]
    """What draws a proposer to a partner: a conditional logit over everyone on the menu; empty below ``least`` ties."""
    least: Count
    """Ties below which no such model is fitted."""
    scores: QuestionScores
    """How well each hypothesis foretold it."""


class AnsweredOffers(Struct, frozen=True):
    """What became of the offers of one situation."""

    situation: Situation
    """What the offer meant for the state that got it."""
    label: str
    """The situation in words."""
    received: Count
    """Offers."""
    accepted: Count
    """Those that were accepted."""
    refused: Count
    """Those that were refused."""
    unanswered: Count
    """Those that lapsed, were withdrawn or were open at the end."""


class Acceptances(Struct, frozen=True):
    """The second equation: whether a state accepts an offer. The pact's own threat counts, not the one it fears most."""

    received: Count
    """Offers to these players."""
    accepted: Count
    """Those that were accepted."""
    refused: Count
    """Those that were refused."""
    unanswered: Count
    """Those that lapsed, were withdrawn or were open at the end."""
    situations: list[AnsweredOffers]
    """The offers by what they meant for the state that got them. They add up to all."""
    slopes: list[Slope]
    """What makes a state accept: a logit of acceptance against refusal; empty below ``least`` of either answer."""
    least: Count
    """Answers of the rarer kind below which no model is fitted."""
    sentence: str
    """The finding in words."""


class StandingRow(Struct, frozen=True):
    """Decisions under threat by the ties that a state had before, and what changed."""

    aligned_against: bool
    """Whether an ally of the state feared its top threat already."""
    decisions: Count
    """Decisions."""
    quiet: Count
    """Those without a new tie. For a state that is aligned already, this is no absence of balancing."""
    sheltered: Count
    """Quiet ones of a state behind which others had lately aligned against the threat."""
    dropped: Count
    """Those in which the state left an alliance."""
    balanced: Count = msgspec.field(name="BAL")
    """Those with a new tie against the threat."""
    bandwagoned: Count = msgspec.field(name="BW")
    """Those in which the state joined the threat or gave in to it."""
    other: Count = msgspec.field(name="OTHER")
    """Those with another new tie."""


class PlayerChoices(Struct, frozen=True, kw_only=True):
    """The choices of one kind of player. Kinds are never pooled."""

    player: str
    """The name of the kind in the journal: a bot's, or that of people or of the record; empty if the journal does not tell."""
    label: str
    """The same for readers."""
    kind: PlayerKind
    """What sort of player it is."""
    recovery_test: bool
    """Whether the results only show if the check recovers what a bot was written to do."""
    decisions: Count
    """Decisions of these players."""
    states: Count
    """States that they play; a state of another session is another one."""
    limited: bool
    """Whether these states are fewer than a finding takes, so that no number of their choices would be enough."""
    whether: WhetherTied
    """Whether they made new ties."""
    direction: DirectionOfTies
    """In which direction the ties went that they proposed under threat."""
    partner: PartnerOfTies
    """With whom they proposed ties."""
    acceptances: Acceptances
    """How they answered offers."""
    standing: list[StandingRow]
    """Their decisions under threat by the ties they had: first without, then with an ally against the threat."""
