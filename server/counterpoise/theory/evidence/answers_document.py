"""Three tables of a debrief: which hypothesis explains each alliance, under which conditions, and what followed a choice."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from counterpoise.document_schema import Count, Day, Interval, PositiveCount, Share, StateCode

NonNegative = Annotated[float, Meta(ge=0.0)]
Outcome = Literal[
    "attacked_by_threat", "attacked_by_anyone", "wars_lost_by_threat", "concentration", "concentration_change"
]


class ExplainedAlliance(Struct, frozen=True):
    """One alliance formed in play, and the share that each hypothesis gave it."""

    session: str
    """The session of the alliance."""
    date: Day
    """The first day of the decision window in which it was formed."""
    proposer: StateCode
    """The member that proposed it: the first that the journal names."""
    members: tuple[StateCode, ...]
    """Every state that it bound at first, the proposer first."""
    partner: StateCode
    """The partner whose shares are given: the first that was on the proposer's menu."""
    menu: Annotated[int, Meta(ge=2)]
    """Alignments that were open to the proposer; by chance each has a share of 1 over their number."""
    shares: dict[str, Share]
    """By hypothesis, the share that it gave this alignment among them."""
    best: list[str]
    """The hypothesis with the largest share, or several with equal shares; empty if no share exceeds chance."""


class ExplanatoryHypothesis(Struct, frozen=True):
    """How many alliances one hypothesis explains. Null without alliances."""

    name: str
    """The name of the hypothesis."""
    title: str
    """What the hypothesis says, in a few words."""
    standing: Literal["hypothesis", "rival"]
    """Whether it is one of Walt's hypotheses or a rival theory; baselines explain nothing and have no row."""
    explained: NonNegative
    """Alliances that it explains best: none gives a larger share, and its share exceeds chance. Ties count in equal parts."""
    by_chance: NonNegative
    """How many these would be on average if each proposer had drawn its partner from the same menu with equal chances."""
    spread_by_chance: NonNegative
    """The standard deviation of that number from one such draw of all alliances to another."""
    share: Share | None
    """Mean share that it gave to the alliances."""
    bits: float | None
    """Mean binary logarithm of its share over that of chance; above 0 it beats chance."""
    ci: Interval | None
    """95 % interval of these bits, over proposers; null with fewer than two."""


class LeftOut(Struct, frozen=True):
    """Alliances formed in play for which the forecasts are not compared, by the reason."""

    others: Count
    """Proposed by players that are not tested here, such as bots beside people."""
    undecided: Count
    """The proposer's window is not over, or its decision is not on record."""
    menu: Count
    """The proposer's menu had one alignment only, or had none of the partners."""


class AlliancesExplained(Struct, frozen=True):
    """Which hypothesis explains each alliance formed in play, beside what chance would explain."""

    n: Count
    """Alliances whose proposer's forecasts are known."""
    left_out: LeftOut
    """Other alliances. With ``n`` they add up to all that were formed in play; entries into alliances are not among them."""
    unexplained: Count
    """Alliances to which no hypothesis gave a larger share than chance."""
    chance: Share | None
    """Mean share by chance; null without alliances."""
    hypotheses: list[ExplanatoryHypothesis]
    """Every hypothesis and rival, the one that explains most first."""
    telling: bool
    """Whether there are alliances and proposers enough to say which hypothesis explains most."""
    sentence: str
    """What the table says."""
    left_out_sentence: str
    """Which alliances are left out and why; empty if none are."""
    alliances: list[ExplainedAlliance] | UnsetType = UNSET
    """Every alliance, in the order of time; left out of a debrief of several sessions, where they would be too many."""


class ConditionCell(Struct, frozen=True):
    """How well one hypothesis forecast the partners chosen under one condition."""

    bits: float
    """Mean binary logarithm of the share it gave the choice over that of chance, among the alignments on the menu."""
    ci: Interval | None
    """95 % interval over choosers; null with fewer than two."""


class ConditionRow(Struct, frozen=True):
    """The choices of a partner made under one condition."""

    condition: str
    """What the condition is about, such as ``war``."""
    level: str
    """The condition, such as ``peace``."""
    label: str
    """The same for readers."""
    rule: str
    """When a decision counts as made under it, by what was known before the decision."""
    n: Count
    """Choices of a partner."""
    choosers: Count
    """States that made them, each session's for itself."""
    cells: dict[str, ConditionCell]
    """By hypothesis, how well it forecast them; empty with too few choices."""


class Conditions(Struct, frozen=True):
    """Under which conditions which hypothesis forecasts the choice of a partner better than chance."""

    least: PositiveCount
    """Choices below which a row gives their number only."""
    rows: list[ConditionRow]
    """All choices, then each condition and its opposite."""
    sentence: str
    """What the table says."""


class ConsequenceGroup(Struct, frozen=True):
    """What followed the decisions of one kind."""

    n: Count
    """Decisions."""
    choosers: Count
    """States that made them, each session's for itself."""
    mean: float | None
    """Share of them that it followed, or the mean; null without decisions."""


class ConsequenceRow(Struct, frozen=True):
    """One thing that may follow a decision under threat, after balancing and after bandwagoning."""

    outcome: Outcome
    """What is compared."""
    label: str
    """The same for readers."""
    balanced: ConsequenceGroup
    """After balancing."""
    bandwagoned: ConsequenceGroup
    """After bandwagoning."""
    difference: float | None
    """Balancers less bandwagoners; null with too few decisions of either kind."""
    ci: Interval | None
    """95 % interval of the difference, over choosers; null with too few decisions, or one chooser only, of either kind."""
    cut_off: Count
    """Decisions left out because the record ends too soon after them."""
    under_way: Count
    """Decisions left out because such an attack fell in their own window."""


class Consequences(Struct, frozen=True):
    """What followed balancing and bandwagoning, for the chooser, for the threat and for all states."""

    days: PositiveCount
    """How long after the decision's window something counts as following it."""
    least: PositiveCount
    """Decisions of either kind below which there is no difference, and no share or mean worth reading."""
    rows: list[ConsequenceRow]
    """What was compared."""
    sentence: str
    """What the table says."""
