"""The comparison of a fork as a document: the journal itself, the baseline games and the games with the changes."""

from __future__ import annotations

from typing import Literal, TypeVar

import msgspec
from msgspec import UNSET, Struct, UnsetType

from counterpoise.document_schema import Count, Day, Hash, Interval, PositiveCount, Share, StateCode
from counterpoise.session.forks.game_summary import CountName
from counterpoise.theory.check.debrief_document import ClassCounts, NonPositive
from counterpoise.theory.evidence.verdict import Verdict

Side = Literal["original", "baseline", "changed"]
"""The journal itself, the games forked from it with nothing changed, and the games with the changes."""
T = TypeVar("T")


class ForkOrigin(Struct, frozen=True, kw_only=True):
    """What was forked, where, and what was changed."""

    session: str
    """The id of the journal's session."""
    head: Hash
    """The last value of the journal's chain."""
    on: Day
    """The day of the fork: the journal is followed up to and with it."""
    without: list[str]
    """What was taken out, a line each."""
    added: list[str] = msgspec.field(name="with")
    """What was put in, a line each."""
    until: Day
    """The day up to which the games are compared."""
    seed: str
    """The seed from which the seeds of the games derive."""
    seeds: PositiveCount
    """Games on each side."""


class Difference(Struct, frozen=True):
    """A mean difference, changed less baseline, taken seed by seed."""

    mean: float
    """The mean of the differences."""
    ci: Interval | None
    """95 % interval of the mean: Newcombe's for pairs of shares of games, else Student's.

    Null if a number differs by the same for every seed.
    """
    p: Share
    """Exact two-sided p of the claim that seeds which differ do so either way alike.

    McNemar's test for shares of games, the sign test for numbers.
    """
    p_corrected: Share
    """The same, corrected by Holm for all comparisons of the document."""
    smallest: float | None
    """The smallest mean that so many seeds, so spread out, show in four of five cases.

    Null for shares of games and without a spread.
    """


class SmallestEffect(Struct, frozen=True):
    """The smallest differences of two shares of games that a number of seeds shows in four of five cases at the level 0.05.

    Null where no difference is shown: there are too few seeds.
    """

    comparisons: Count
    """How many comparisons the document makes and corrects for."""
    by_change: Share | None
    """If games of one seed differ by nothing but the change."""
    by_chance: Share | None
    """If games of one seed differ as games of two seeds do, about a share of a half: the worst case."""
    by_change_corrected: Share | None
    """As by_change, for the first of the comparisons that are corrected together."""
    by_chance_corrected: Share | None
    """As by_chance, for the first of the comparisons that are corrected together."""


class Quantiles(Struct, frozen=True):
    """Quantiles of a count over games."""

    tenth: Count = msgspec.field(name="0.1")
    """10th percentile."""
    quarter: Count = msgspec.field(name="0.25")
    """25th percentile."""
    median: Count = msgspec.field(name="0.5")
    """50th percentile."""
    three_quarters: Count = msgspec.field(name="0.75")
    """75th percentile."""
    nine_tenths: Count = msgspec.field(name="0.9")
    """90th percentile."""


class Spread(Struct, frozen=True):
    """A count over the games of one side."""

    mean: float
    """The mean of the games."""
    quantiles: Quantiles
    """Quantiles of the games."""
    values: list[Count]
    """The count of each game, in the order of the seeds."""


class CountComparison(Struct, frozen=True):
    """How often something happened."""

    name: CountName
    """The name of what is counted."""
    title: str
    """The same in words."""
    original: Count
    """How often it happened in the journal since the fork."""
    baseline: Spread
    """How often it happened in the baseline games."""
    changed: Spread | None
    """How often it happened in the changed games; null if nothing was changed."""
    difference: Difference | None
    """What the change did; null if nothing was changed."""


class PairComparison(Struct, frozen=True):
    """In how many games something holds for two states."""

    states: tuple[StateCode, StateCode]
    """The two states."""
    original: bool
    """Whether it holds in the journal."""
    baseline: Share
    """Share of the baseline games in which it holds."""
    changed: Share | None
    """Share of the changed games in which it holds; null if nothing was changed."""
    difference: Difference | None
    """What the change did; null if nothing was changed."""


class StateComparison(Struct, frozen=True):
    """A number in [0, 1] for one state."""

    state: StateCode
    """The state."""
    original: Share
    """The number in the journal; 0 if the state no longer exists."""
    baseline: Share
    """The mean of the baseline games."""
    changed: Share | None
    """The mean of the changed games; null if nothing was changed."""
    difference: Difference | None
    """What the change did; null if nothing was changed."""


class SideFinding(Struct, frozen=True):
    """What the games of one side say about a proposition."""

    verdict: Verdict
    """The verdict."""
    n: Count
    """Observations."""
    estimate: float | None
    """The estimate; null if the games carry none."""
    ci: Interval | None
    """95 % interval; null without an estimate."""


class SideSkill(Struct, frozen=True):
    """How well a hypothesis forecast the games of one side."""

    n: Count
    """Decisions scored."""
    log_score: NonPositive | None
    """Mean logarithm of the probability given to the choice; null if no decision can be scored."""
    skill: float | None
    """Skill against the base rates; null if no decision can be scored."""
    ci: Interval | None
    """95 % interval of the skill; null if there is none."""


def present_sides(original: T, baseline: T, changed: T | UnsetType) -> dict[Side, T]:
    """Return one value for each side of a comparison, without the changed games if nothing was changed."""
    sides: dict[Side, T] = {"original": original, "baseline": baseline}
    if not isinstance(changed, UnsetType):
        sides["changed"] = changed
    return sides


class ClassComparison(Struct, frozen=True, kw_only=True):
    """What states did under threat, on each side."""

    original: ClassCounts
    """In the journal since the fork."""
    baseline: ClassCounts
    """In the baseline games."""
    changed: ClassCounts | UnsetType = UNSET
    """In the changed games; absent if nothing was changed."""

    def by_side(self) -> dict[Side, ClassCounts]:
        """Return the counts of each side there is."""
        return present_sides(self.original, self.baseline, self.changed)


class PropositionComparison(Struct, frozen=True, kw_only=True):
    """One proposition on each side."""

    id: str
    """The number of the proposition."""
    claim: str
    """What the proposition claims."""
    original: SideFinding
    """What the journal says since the fork."""
    baseline: SideFinding
    """What the baseline games say."""
    changed: SideFinding | UnsetType = UNSET
    """What the changed games say; absent if nothing was changed."""

    def by_side(self) -> dict[Side, SideFinding]:
        """Return the finding of each side there is."""
        return present_sides(self.original, self.baseline, self.changed)


class HypothesisComparison(Struct, frozen=True, kw_only=True):
    """One hypothesis on each side."""

    name: str
    """The name of the hypothesis."""
    original: SideSkill | None
    """Its skill in the journal since the fork; null if it was not scored there."""
    baseline: SideSkill | None
    """Its skill in the baseline games; null if it was not scored there."""
    changed: SideSkill | UnsetType | None = UNSET
    """Its skill in the changed games; null if it was not scored there, absent if nothing was changed."""

    def by_side(self) -> dict[Side, SideSkill | None]:
        """Return the skill on each side there is."""
        return present_sides(self.original, self.baseline, self.changed)


class ForkReport(Struct, frozen=True, kw_only=True):
    """A fork compared with the journal it was forked from. Lists of pairs and states begin with the largest differences."""

    document_version: Literal[2] = 2
    """Raised whenever the meaning of a key changes or a key goes."""
    title: str
    """The title of the scenario."""
    journal: str
    """The name of the journal's file."""
    scenario: str
    """The id of the scenario."""
    forked: ForkOrigin
    """What was forked, where, and what was changed."""
    original_to: Day
    """The day up to which the journal itself goes; it may have ended before the games."""
    impossible: list[str]
    """Orders and injects that the changes made impossible and that were left out, a line each."""
    void: Count
    """How many more orders had no effect on their day than without the changes."""
    limits: list[str]
    """Whose forces stand at a limit of the rules after a change of them."""
    actors: dict[StateCode, str]
    """The name of each state of the scenario."""
    counts: list[CountComparison]
    """What happened since the fork, and what stood at the end."""
    allied: list[PairComparison]
    """Which states were allied at the end."""
    fought: list[PairComparison]
    """Which states fought each other since the fork."""
    power: list[StateComparison]
    """Shares of all power at the end."""
    feared: list[StateComparison]
    """The mean threat that the other states saw in a state at the end."""
    classes: ClassComparison
    """What states did under threat."""
    smallest: SmallestEffect
    """The smallest differences of shares of games that so many seeds can show."""
    propositions: list[PropositionComparison]
    """Every proposition, family by family."""
    hypotheses: list[HypothesisComparison]
    """Every hypothesis that was scored on any side."""
