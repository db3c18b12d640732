"""The evidence that accrues with every choice, as a document."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from counterpoise.document_schema import Count, Day, PositiveCount

GroupKind = Literal["tested", "player", "chooser"]
ScaledScore = Annotated[float, Meta(ge=-1.0, le=1.0)]


class ActKindRow(Struct, frozen=True):
    """One kind of act that takes a side, as it was registered before play."""

    name: str
    """Its name."""
    words: str
    """Its name for readers, in the plural."""
    menu: str
    """What the act is chosen from; a menu of one entry is no choice."""
    null: str
    """What chance gives each entry of the menu."""


class EvidenceStep(Struct, frozen=True):
    """The evidence after one decision window in which a state took a side. Logarithms are to the base 10.

    In a debrief of several sessions there is one step for each session, and it stands at the session's last such window.
    """

    session: str
    """The session of the window."""
    window: Count
    """The number of the decision window."""
    date: Day
    """The first day of the window."""
    choices: PositiveCount
    """Acts that took a side so far."""
    log_ratio: float
    """Likelihood ratio of the choices of this step: the one hypothesis over the other."""
    log_product: float
    """Product of the likelihood ratios of all choices so far, as if choices of one window did not depend on each other."""
    log_e: float
    """E-process for the one against the other: within a window a weighted mean of the ratios, windows and sessions multiplied.

    Against chance it is the mean of three such processes: the forecast as sharp as registered, twice and four times as sharp."""
    log_e_reverse: float
    """E-process for the other against the one."""
    log_evidence: float
    """Evidence for the one: the smaller of its odds against the other and against chance.

    The odds are its e-process, divided by the opposite one where that is above 1 too."""
    log_evidence_reverse: float
    """Evidence for the other, in the same way. Of two forecasts that both miss, neither has any."""
    score_difference: tuple[ScaledScore, ScaledScore]
    """95 % confidence sequence of the mean difference in log scores, each window's divided by the largest possible."""
    log_e_score: float
    """E-process for the one scoring better on average than the other."""
    log_e_score_reverse: float
    """E-process for the other scoring better on average than the one."""


class EvidencePair(Struct, frozen=True):
    """Two hypotheses compared by the choices of one group."""

    one: str
    """The one hypothesis."""
    other: str
    """The other; it may be the forecast of chance."""
    steps: list[EvidenceStep]
    """The evidence as it accrued."""


class EvidenceGroup(Struct, frozen=True):
    """The evidence from the choices of the players under test, of one kind of player, or of one chooser."""

    kind: GroupKind
    """Whose choices they are."""
    name: str
    """The kind of player as the journal names it, or the state's code; empty for those under test."""
    label: str
    """The same for readers."""
    choices: Count
    """Acts that took a side."""
    acts: dict[str, Count]
    """How many of them are of each kind; kinds without any are left out."""
    pairs: list[EvidencePair]
    """Each registered pair, then each hypothesis of these pairs against chance."""
    sentences: list[str]
    """What the choices say about each registered pair, in the order of the pairs; empty without choices.

    Only those of the players under test say how strong the evidence is."""
    carriers: str
    """Which kind of act carries the first pair, and whether the alignments went the other way; empty for other groups, and where
    no side is ahead."""


class AccruingEvidence(Struct, frozen=True):
    """The evidence for and against hypotheses that accrued as states under threat took sides."""

    chance: str
    """The hypothesis that stands for chance. On a menu of states each is as likely as any other; a no or yes is as likely as in
    earlier windows. ``kinds`` says which."""
    claims: PositiveCount
    """The claims that can be false together, for which the odds below are corrected."""
    some: float
    """Odds from which there is some evidence: 10 times the claims."""
    strong: float
    """Odds from which it is strong: 20 times the claims. The chance that any claim ever passes it falsely is at most 1 in 20."""
    kinds: list[ActKindRow]
    """The kinds of act that count, in the order in which they are listed."""
    groups: list[EvidenceGroup]
    """The players under test, each kind of player and, in a debrief of one session, each chooser.

    Under test are people if any decide, and bots only where nobody else does. Groups without choices are left out, and so is a
    kind of player that is all of those under test."""
