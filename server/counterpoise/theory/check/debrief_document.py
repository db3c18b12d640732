"""The part of a debrief that the theory fills: decisions, forecasts, verdicts and indices."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from counterpoise.document_schema import Count, Day, Hash, Interval, PositiveCount, Share, StateCode
from counterpoise.sim.types import AlignmentClass
from counterpoise.theory.check.noise_document import NoiseBeside
from counterpoise.theory.check.threats_document import ThreatMatrix
from counterpoise.theory.decisions.decision_point import DecisionKind
from counterpoise.theory.evidence.choices.players import PlayerKind
from counterpoise.theory.evidence.elicitation_document import Elicitation
from counterpoise.theory.evidence.indices import Indices
from counterpoise.theory.evidence.sentences import SentenceData
from counterpoise.theory.evidence.shown_index import ShownIndex
from counterpoise.theory.evidence.ties.roles import Role
from counterpoise.theory.evidence.verdict import Verdict
from counterpoise.theory.statistics import CalibrationBin

NonPositive = Annotated[float, Meta(le=0.0)]
NonNegative = Annotated[float, Meta(ge=0.0)]


class ClassCounts(Struct, frozen=True):
    """How many decisions there were, and what states did in those under threat."""

    decisions: Count
    """All decisions."""
    threatened: Count
    """Decisions of a state whose top threat reached the floor; the five classes add up to them."""
    balanced: Count = msgspec.field(name="BAL")
    """Aligned against the top threat."""
    bandwagoned: Count = msgspec.field(name="BW")
    """Aligned with the top threat, or gave in to it."""
    hid: Count = msgspec.field(name="HIDE")
    """Made no new alignment while others balanced."""
    stayed_neutral: Count = msgspec.field(name="NEU")
    """Made no new alignment."""
    other: Count = msgspec.field(name="OTHER")
    """Made an alignment that neither balances nor bandwagons."""

    def by_class(self) -> dict[AlignmentClass, int]:
        """Return the counts of the decisions under threat by the code of the class."""
        return {
            "BAL": self.balanced,
            "BW": self.bandwagoned,
            "HIDE": self.hid,
            "NEU": self.stayed_neutral,
            "OTHER": self.other,
        }


class DecisionsUnderTest(Struct, frozen=True):
    """Whose decisions the classes, scores and verdicts are about. Sorts of players are never pooled: people come first."""

    kind: PlayerKind
    """What sort of player made them."""
    recovery_test: bool
    """Whether they are all of bots, whose results only show if the check recovers what the bots were written to do."""
    decisions: Count
    """How many there are."""
    left_out: Count
    """Decisions of other sorts of players, scored apart."""
    sentence: str
    """The same in words."""
    as_data: SentenceData
    """The sentence as data."""


class EnoughChoices(Struct, frozen=True):
    """Whether there are new ties enough to say which hypothesis forecasts better. Quiet decisions tell none apart."""

    ties: Count
    """Decisions with a new tie."""
    choosers: Count
    """Choosers of these decisions."""
    telling: bool
    """Whether both are enough."""
    sentence: str
    """What is missing; empty if there are enough."""
    needed: str
    """What would be enough, in words."""
    as_data: SentenceData | None
    """The sentence as data; null if there are enough."""


class InWordsData(Struct, frozen=True):
    """The sentences of the answer as data."""

    feared: list[SentenceData]
    """Who was feared."""
    aligned: list[SentenceData]
    """How many new ties there were, and why."""
    ties: list[SentenceData]
    """Who aligned with whom, and why."""
    expected: list[SentenceData]
    """What balance of threat expected, and where it was right and wrong."""


class InWords(Struct, frozen=True):
    """The answer to the question of a class, in sentences. Each list may be empty."""

    feared: list[str]
    """Who was feared."""
    aligned: list[str]
    """How many new ties there were, and why."""
    ties: list[str]
    """Who aligned with whom, and why: a sentence on each new tie, oldest first; empty for several sessions pooled."""
    expected: list[str]
    """What balance of threat expected, and where it was right and wrong."""
    as_data: InWordsData
    """The same sentences in the same order, as data."""


class DecisionRow(Struct, frozen=True):
    """One decision: what was known before it, what was forecast, and what the state did."""

    session: str
    """The session of the decision."""
    player: str
    """The name of the bot or person in the seat; empty if the journal does not tell."""
    actor: StateCode
    """The state that decided."""
    date: Day
    """The first day of the decision window."""
    window: Count
    """The number of the decision window."""
    kind: DecisionKind
    """What the decision did to the state's alignments."""
    options: tuple[str, ...]
    """The options open to the state: a class, or a class and a partner such as BAL:SYR."""
    choice: str
    """The option chosen; empty if the choice was not on the menu."""
    alignment_class: AlignmentClass = msgspec.field(name="class")
    """The class of the choice; that of an answer to an offer is read by the threat of the pact."""
    part: Role
    """Whether the state proposed a tie that was made, only accepted offers, got a tie otherwise, or got none."""
    partners: tuple[StateCode, ...]
    """New partners, in the order of the alignments."""
    mixed: bool
    """Whether the state joined one of several states that it feared about equally."""
    conceded: bool
    """Whether the state conceded something to its top threat."""
    on_menu: bool
    """Whether the choice was among the options; false leaves the decision out of the scores."""
    threatened: bool
    """Whether the top threat reached the floor."""
    top_threat: StateCode
    """The state that the actor feared most."""
    threat: Share
    """The threat of that state, on the index."""
    weight: Share
    """The actor's power over its own and the top threat's together."""
    war: bool
    """Whether the actor or its top threat was at war."""
    win_chance: Share
    """The public chance that the top threat's side wins its war; 0.5 without a war."""
    forecasts: dict[str, tuple[Share, ...]]
    """By hypothesis, one probability for each option, in the order of the options."""


class ClassDiscrimination(Struct, frozen=True):
    """How well the forecasts of one class tell the decisions of that class from the others. Null without decisions of both."""

    roc: Share | None
    """Area under the ROC curve; 0.5 is blind."""
    pr: Share | None
    """Area under the precision-recall curve; the base rate is blind."""
    base_rate: Share | None
    """Share of the decisions that are of the class."""


class Discrimination(Struct, frozen=True):
    """Discrimination among decisions under threat, one class against the rest."""

    balancing: ClassDiscrimination = msgspec.field(name="BAL")
    """Balancing against the rest."""
    bandwagoning: ClassDiscrimination = msgspec.field(name="BW")
    """Bandwagoning against the rest."""


class HypothesisRow(Struct, frozen=True, kw_only=True):
    """How well one hypothesis forecast the decisions. Scores are null where no decision can be scored."""

    name: str
    """The name of the hypothesis."""
    title: str
    """What the hypothesis says, in a few words."""
    standing: Literal["hypothesis", "rival", "baseline"]
    """Whether it is one of Walt's hypotheses, a rival theory or a baseline; a user's own counts as a rival."""
    code: Hash | UnsetType = UNSET
    """The hash of the file of a user's own hypothesis; left out for the others."""
    n: Count
    """Decisions scored: the same for every hypothesis."""
    log_score: NonPositive | None
    """Mean logarithm of the probability given to the choice; 0 is perfect."""
    brier: Annotated[float, Meta(ge=0.0, le=2.0)] | None
    """Mean Brier score over all options; 0 is perfect."""
    skill: Annotated[float, Meta(le=1.0)] | None
    """1 less the ratio of its log score to that of the base rates: above 0 beats them."""
    ci: Interval | None
    """95 % interval of the skill, clustered on choosers and sessions."""
    brier_skill: Annotated[float, Meta(le=1.0)] | None
    """The same skill computed from Brier scores."""
    hit_1: Share | None
    """Share of the decisions whose choice had the highest probability."""
    hit_3: Share | None
    """Share of the decisions whose choice was among the three highest."""
    partner_percentile: Share | None
    """Mean share of the other partners that had a lower probability than the chosen one; 0.5 is blind."""
    partner_mrr: Share | None
    """Mean reciprocal rank of the partner chosen."""
    partners: Count
    """Decisions that chose a partner."""
    partner_log_score: NonPositive | None
    """Mean logarithm of the probability given to the partner chosen, given that the state aligned."""
    partner_skill: Annotated[float, Meta(le=1.0)] | None
    """Skill in naming the partner, against the base rates."""
    partner_ci: Interval | None
    """95 % interval of the partner skill."""
    noise: NoiseBeside | None = None
    """The skill of players without a theory; null without a benchmark of the scenario."""
    partner_noise: NoiseBeside | None = None
    """Their partner skill."""
    calibration: list[CalibrationBin]
    """Reliability table over all options."""
    calibration_error: Share | None
    """Expected calibration error."""
    reliability: NonNegative | None
    """Reliability part of the Brier score (Murphy 1973); lower is better."""
    resolution: NonNegative | None
    """Resolution part of the Brier score; higher is better."""
    uncertainty: NonNegative | None
    """Uncertainty part of the Brier score: a property of the decisions."""
    discrimination: Discrimination
    """How well the hypothesis tells classes apart."""


class PlayerScores(Struct, frozen=True):
    """The scores of the hypotheses on the decisions of one kind of player."""

    player: str
    """The name of the kind in the journal: a bot's, or that of people or of the record; empty if the journal does not tell."""
    label: str
    """The same for readers."""
    kind: PlayerKind
    """What sort of player it is."""
    recovery_test: bool
    """Whether the results only show if the check recovers what a bot was written to do."""
    classes: ClassCounts
    """What these players did."""
    enough: EnoughChoices
    """Whether their new ties are enough to say which hypothesis forecasts better."""
    hypotheses: list[HypothesisRow]
    """Every hypothesis, the best log score first."""


class Mixture(Struct, frozen=True):
    """The mixture of all forecasts that has the best log score."""

    n: PositiveCount
    """Decisions the weights are fitted on."""
    weights: dict[str, Share]
    """By hypothesis, its weight; the weights add up to 1."""
    log_score: float
    """Mean log score of mixtures on decisions they were not fitted on."""


class PropositionRow(Struct, frozen=True):
    """One proposition: its estimate, how uncertain it is, and the verdict. Null without an estimate."""

    id: Annotated[str, Meta(pattern=r"^W[1-6X]\.\d+[a-z]?$")]
    """The number of the proposition."""
    family: Annotated[str, Meta(pattern="^W[1-6X]$")]
    """The family it belongs to; p is corrected within a family."""
    claim: str
    """What the proposition claims."""
    statistic: str
    """What is estimated."""
    unit: str
    """What one observation is."""
    n: Count
    """Observations."""
    estimate: float | None
    """The estimate."""
    ci: Interval | None
    """95 % interval of the estimate."""
    ci90: Interval | None
    """90 % interval of the estimate, which the test for no effect uses."""
    p: Share | None
    """Two-sided p against the null."""
    p_holm: Share | None
    """The larger one of p and ``noise.p``, corrected for the tests of the family (Holm 1979); a verdict that an effect is there
    takes 0.05 at most."""
    ci_two_way: Interval | None
    """95 % interval with errors clustered on choosers and on windows; null where the estimate is no regression."""
    p_two_way: Share | None
    """Two-sided p by the same errors."""
    p_shift: Share | None
    """Two-sided p by shifts of the antecedent in time; null where nothing can be shifted."""
    null: float
    """The value that means no effect."""
    blind: float | None
    """What blind choice from the menus of the same decisions gives on average: a verdict that an effect is there lies beyond it
    too. Null where the estimate has no such value."""
    noise: NoiseBeside | None
    """What players without a theory give: a verdict that an effect is there lies beyond random players too. Null without a
    benchmark of the scenario."""
    predicted: Annotated[int, Meta(extra_json_schema={"enum": [-1, 1]})]
    """1 if the proposition says above the null, -1 below."""
    sesoi: NonNegative
    """Smallest effect of interest, as a distance from the null."""
    n_min: Count
    """Observations below which there is no verdict."""
    clusters: Count
    """Clusters behind the intervals."""
    verdict: Verdict
    """What the finding amounts to."""
    within_noise: bool
    """Whether the interval leaves out the null, but blind choice or random players give as much."""
    note: str
    """What else to know about the finding."""
    agreement: Share | None
    """Share of the draws of other threat indices that give the same verdict; null without draws or verdict."""
    fragile: bool | None
    """Whether fewer draws agree than a robust verdict needs; null without draws or verdict."""


class SensitivitySettings(Struct, frozen=True):
    """How the verdicts were tried with other threat indices."""

    draws: Count
    """Other weights, forms and floors of the index that were tried."""
    robust: Share
    """Share of the draws that must agree with a verdict; it is fragile below that."""


class CheckReport(Struct, frozen=True, kw_only=True):
    """What the check says about a set of decisions."""

    tested: DecisionsUnderTest
    """Whose decisions the classes, scores and verdicts are about."""
    classes: ClassCounts
    """What states did under threat."""
    decisions: list[DecisionRow]
    """Every decision that was made, in order, those of bots too."""
    enough: EnoughChoices
    """Whether there are new ties enough to say which hypothesis forecasts better."""
    hypotheses: list[HypothesisRow]
    """Every hypothesis, the best log score first."""
    by_player: list[PlayerScores]
    """The scores by kind of player; empty if all decisions are of one kind."""
    stacking: Mixture | None
    """The best mixture of the forecasts; null with too few decisions."""
    propositions: list[PropositionRow]
    """Every proposition, family by family."""
    elicitation: Elicitation
    """What players wrote down, scored."""
    shown_index: ShownIndex | UnsetType = UNSET
    """What it did to people to be shown the threat index; left out if all were."""
    sensitivity: SensitivitySettings
    """How the verdicts were tried with other threat indices."""
    indices: list[Indices]
    """Network indices, one row a year."""
    threats_to_validity: list[str]
    """What to keep in mind when reading the verdicts, a sentence each."""
    matrix: ThreatMatrix | None
    """The last threat matrix; null without decisions."""
