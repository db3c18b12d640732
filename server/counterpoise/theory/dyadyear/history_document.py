"""What ``counterpoise history`` reports about dyad-year data, as a document."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from counterpoise.document_schema import Count, Interval, Share, json_schema
from counterpoise.sim.types import AlignmentClass
from counterpoise.theory.evidence.verdict import Verdict

NonPositive = Annotated[float, Meta(le=0.0)]
NonNegative = Annotated[float, Meta(ge=0.0)]


class YearSelection(Struct, frozen=True, kw_only=True):
    """The years and states of the report."""

    first: int = msgspec.field(name="from")
    """The first year."""
    last: int = msgspec.field(name="to")
    """The last year."""
    region: str | None
    """The region; null for all states."""
    states: list[str]
    """The states that were asked for, by their letters; empty for all."""
    all_dyads: bool
    """Whether every pair is ranked, or only neighbours and pairs with a great power."""


class FilesRead(Struct, frozen=True):
    """What is to be known about the files."""

    absent: list[str]
    """Files that are not in the folder."""
    notes: list[str]
    """What was left out or merged, with counts, a sentence each."""


class MeasuredValue(Struct, frozen=True):
    """An estimate with its interval."""

    estimate: float
    """The estimate."""
    ci: Interval | None
    """95 % interval; null with too few clusters."""


class ChallengerRanks(Struct, frozen=True):
    """How high the states that began a dispute stand among those the target could meet."""

    first: Share
    """Share of the disputes whose challenger ranks first."""
    among_three: Share
    """Share of the disputes whose challenger is among the first three."""
    percentile: Share
    """Mean share of the other states that rank below the challenger; 0.5 is blind."""


class ForecasterRow(Struct, frozen=True, kw_only=True):
    """How well one score ranks who begins disputes."""

    name: str
    """The name of the forecaster."""
    fitted: list[str]
    """The columns it is fitted on; empty for an index that is not fitted."""
    auc: MeasuredValue
    """Area under the ROC curve; 0.5 is blind."""
    pr_auc: MeasuredValue
    """Average precision; the base rate is blind."""
    log_score: NonPositive | None
    """Mean log score of its probabilities; null for an index, which gives none."""
    skill: float | None
    """1 less the ratio of its log score to that of the base rate; null for an index."""
    challenger_found: ChallengerRanks
    """Ranks of the states that began disputes."""


class ForecasterDifference(Struct, frozen=True):
    """The gain of one forecaster over another, on the same dyad-years."""

    of: str
    """The forecaster."""
    over: str
    """The other forecaster."""
    auc: MeasuredValue
    """Difference of the areas under the ROC curve."""
    pr_auc: MeasuredValue
    """Difference of the average precisions."""


class DisputeReport(Struct, frozen=True, kw_only=True):
    """Who begins militarised disputes, forecast from earlier years."""

    question: str
    """What is forecast."""
    train: str
    """The years the forecasters are fitted on."""
    index_in_sample: str
    """Which of the dyad-years forecast the index was chosen on; empty if none."""
    blocks: str
    """How the years are cut."""
    dyad_years: Count
    """Ordered pairs of states and years with a forecast."""
    events: Count
    """Disputes that began in them."""
    base_rate: Share | None
    """Share of the dyad-years with a dispute; null without dyad-years."""
    intervals: str
    """How the intervals are made."""
    forecasters: list[ForecasterRow]
    """Every forecaster; empty with too few disputes."""
    differences: list[ForecasterDifference]
    """Differences between forecasters; empty with too few disputes."""
    note: str | UnsetType = UNSET
    """Why nothing is ranked; absent if something is."""


class FittedEstimate(Struct, frozen=True, kw_only=True):
    """An estimate from a model; null if the data carry none."""

    estimate: float | None
    """The estimate."""
    ci: Interval | None
    """95 % interval; null with too few clusters."""
    p: Share | None
    """p against the null."""
    n: Count
    """Observations."""
    clusters: Count
    """Clusters behind the interval."""


class PartnerCoefficient(Struct, frozen=True, kw_only=True):
    """One covariate of the choice of partner: log-odds of being chosen, per standard deviation."""

    covariate: str
    """The name of the covariate."""
    reading: str
    """The same in words."""
    estimate: float | None
    """The coefficient; null if the data carry none."""
    ci: Interval | None
    """95 % interval; null with too few clusters."""
    p: Share | None
    """p against no effect."""
    n: Count
    """Choices of a partner."""
    clusters: Count
    """Pacts behind the interval."""


class SkillEstimate(Struct, frozen=True):
    """Skill against a random choice."""

    skill: float | None
    """1 less the ratio of log scores; null without choices."""
    ci: Interval | None
    """95 % interval over pacts; null with too few pacts."""


class PartnerModel(Struct, frozen=True, kw_only=True):
    """How well a model fitted on other decades forecasts the partner."""

    name: str
    """The name of the model; the row threat_added is the gain from adding threat to all other covariates."""
    fitted: list[str]
    """The covariates it is fitted on."""
    log_score: float | None
    """Mean log score, or the gain in it for the row threat_added."""
    skill: float | None
    """Skill against a random choice; null for the row threat_added."""
    ci: Interval | None
    """95 % interval of the skill, or of the gain; null with too few pacts."""


class PartnerHypothesis(Struct, frozen=True, kw_only=True):
    """How well a hypothesis of the project forecasts the partner."""

    name: str
    """The name of the hypothesis."""
    title: str
    """What the hypothesis says, in a few words."""
    standing: Literal["hypothesis", "rival", "baseline"]
    """Whether it is one of Walt's hypotheses, a rival theory or a baseline."""
    n: Count
    """Choices of a partner."""
    log_score: NonPositive | None
    """Mean logarithm of the probability given to the partner; null without choices."""
    skill: float | None
    """Skill against a random choice; null without choices."""
    ci: Interval | None
    """95 % interval of the skill; null with too few pacts."""
    tempered: SkillEstimate
    """Skill with the sharpness of its shares learnt from other decades."""
    percentile: Share | None
    """Mean share of the other partners with a lower probability; 0.5 is blind, null without choices."""


class NewTieRow(Struct, frozen=True, kw_only=True):
    """How well one ranking finds the pairs of states that sign a new pact."""

    name: str
    """The name of the ranking; none has a fitted number."""
    reading: str
    """What it goes by."""
    auc: MeasuredValue
    """Area under the ROC curve; 0.5 is blind."""
    pr_auc: MeasuredValue
    """Average precision; the share of events is blind."""


class NewTieReport(Struct, frozen=True, kw_only=True):
    """Which pairs of states become allies, among pairs that were not allied in the year before."""

    question: str
    """What is ranked."""
    pair_years: Count
    """Pairs of states and years."""
    events: Count
    """New ties among them, between states that each signed with few others in the year."""
    intervals: str
    """How the intervals are made."""
    rankings: list[NewTieRow]
    """Every ranking; empty without new ties."""


class YearsWithTies(Struct, frozen=True):
    """Whether a state signs with others in a year. Joining a standing organisation does not count."""

    state_years: Count
    """State-years."""
    made: Count
    """Those with a new tie."""
    share: FittedEstimate
    """Their share, with an interval clustered on states."""
    with_many: Count
    """State-years whose new ties are all left out, since one of the two signed with more than four others in the year."""
    expected: NonNegative
    """How many the rate of the world 1945-2010 gives, which counts otherwise."""


class TieCounts(Struct, frozen=True):
    """Ties by their direction."""

    against: NonNegative = msgspec.field(name="BAL")
    """With a partner that fears the chooser's top threat."""
    towards: NonNegative = msgspec.field(name="BW")
    """With that threat itself."""
    neither: NonNegative = msgspec.field(name="OTHER")
    """With another state."""


class DirectionForecast(Struct, frozen=True):
    """How well one hypothesis foretold the direction of ties."""

    name: str
    """The name of the hypothesis."""
    title: str
    """What the hypothesis says, in a few words."""
    standing: Literal["hypothesis", "rival", "baseline"]
    """Whether it is one of Walt's hypotheses, a rival theory or a baseline."""
    log_score: NonPositive
    """Mean logarithm of the probability given to the direction."""
    bits: float
    """Mean bits above the menus' own shares; above 0 is better."""
    ci: Interval | None
    """95 % interval of the bits, clustered on pacts; null with too few pacts."""


class DirectionsOfTies(Struct, frozen=True):
    """With or against the top threat, given a tie of a state under threat. Both sides of a tie have a row."""

    n: Count
    """Ties whose menu leads more than one way."""
    chosen: TieCounts
    """These ties as they were made."""
    expected: TieCounts
    """What the menus give by themselves: every possible partner as likely as any other."""
    hypotheses: list[DirectionForecast]
    """Every hypothesis that can forecast a partner, the best log score first; empty without ties."""


class AllianceReport(Struct, frozen=True, kw_only=True):
    """Who allies with whom."""

    state_years: Count
    """Decisions: one for each state and year."""
    threatened: Count
    """Decisions under threat."""
    classes: dict[AlignmentClass, Count]
    """Decisions under threat by class."""
    whether: YearsWithTies
    """Whether states sign, year by year."""
    direction: DirectionsOfTies
    """Which way the ties of states under threat go."""
    choices: Count
    """Choices of a partner."""
    partner: list[PartnerCoefficient]
    """What draws states together."""
    heldout: list[PartnerModel]
    """Models of the choice, fitted on other decades; empty with too few choices."""
    lift_of_the_threat: FittedEstimate
    """How many times as often states chose their top threat as chance would."""
    hypotheses: list[PartnerHypothesis]
    """The hypotheses of the project, the best log score first."""
    new_ties: NewTieReport
    """Which pairs become allies."""
    hypotheses_silent: dict[str, str]
    """Hypotheses that cannot forecast a partner from these files, with the reason."""


class HistoryProposition(Struct, frozen=True, kw_only=True):
    """One proposition that the data can test."""

    id: str
    """The number of the proposition."""
    family: str
    """The family it belongs to; p is corrected within a family."""
    claim: str
    """What the proposition claims."""
    n: Count
    """Observations."""
    clusters: Count
    """Clusters behind the interval."""
    estimate: float | None
    """The estimate; null if the data carry none."""
    ci: Interval | None
    """95 % interval; null without an estimate."""
    p: Share | None
    """p against the null."""
    p_holm: Share | None
    """p corrected for the tests of the family (Holm 1979)."""
    verdict: Verdict
    """What the finding amounts to."""
    note: str
    """What else to know about the finding."""


class MissingData(Struct, frozen=True):
    """Data that are missing, and the propositions that need them."""

    needs: str
    """What is missing."""
    propositions: list[str]
    """The propositions that cannot be tested without it."""


class HistoryReport(Struct, frozen=True, kw_only=True):
    """The theory confronted with dyad-year data."""

    document_version: Literal[1] = 1
    """Raised whenever the meaning of a key changes or a key goes."""
    title: str
    """The years and the region."""
    selection: YearSelection
    """The years and states of the report."""
    files: FilesRead
    """What is to be known about the files."""
    assumed: list[str]
    """What was assumed about the form of the files: names, separators, missing values; a sentence each."""
    disputes: DisputeReport
    """Who begins militarised disputes."""
    alliances: AllianceReport
    """Who allies with whom."""
    propositions: list[HistoryProposition]
    """The propositions that the data can test."""
    silent: list[MissingData]
    """The propositions that the data cannot test."""
    threats_to_validity: list[str]
    """What to keep in mind when reading the report, a sentence each."""


def history_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``counterpoise history --json`` prints."""
    return json_schema("counterpoise history", HistoryReport)
