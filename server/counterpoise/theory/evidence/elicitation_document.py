"""What a debrief says about the assessments, predictions and reasons that players wrote down."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from counterpoise.document_schema import Count, PositiveCount, Share, StateCode
from counterpoise.theory.statistics import CalibrationBin

Correlation = Annotated[float, Meta(ge=-1.0, le=1.0)]


class PlayerAssessments(Struct, frozen=True):
    """The threat assessments of one player."""

    player: str
    """The player's name, or the state's code if the journal names no player."""
    n: PositiveCount
    """Assessments scored."""
    top_threat_named: Share
    """Share in which the player rated the index's top threat highest; if several share the highest rating, one part of it."""
    pairs_in_order: Share | None
    """Share of the pairs of rated states that the ratings order as the index does; ties count half, and chance is a half."""
    rank_correlation: Correlation | None
    """Mean rank correlation of the ratings with the index; null where no ratings vary."""


class Assessments(Struct, frozen=True):
    """The threat assessments of all players: the last one of each player in each window counts."""

    n: PositiveCount
    """Assessments scored."""
    top_threat_named: Share
    """Share in which the player rated the index's top threat highest; if several share the highest rating, one part of it."""
    strongest_named: Share
    """Share in which the player rated the most powerful state highest."""
    nearest_named: Share
    """Share in which the player rated the nearest state highest."""
    chance: Share
    """Share in which a player who rates at random would name a given state."""
    pairs_in_order: Share | None
    """Share of the pairs of rated states that the ratings order as the index does; ties count half, and chance is a half."""
    rank_correlation: Correlation | None
    """Mean rank correlation of the ratings with the index; null where no ratings vary."""
    players: list[PlayerAssessments]
    """The same for each player, in the order of the names."""


class PlayerPredictions(Struct, frozen=True):
    """The predictions of one player. Brier scores lie in [0, 1]; 0 is perfect."""

    player: str
    """The player's name, or the state's code if the journal names no player."""
    n: PositiveCount
    """Predictions scored."""
    came_true: Share
    """Share of the predictions that came true."""
    confidence: Share
    """Mean confidence of the player."""
    brier: Share
    """Brier score of the player."""
    theory_brier: Share | None
    """Brier score of the balance-of-threat forecasts of the same events; null without forecasts."""
    base_rate_brier: Share | None
    """Brier score of the base rates for the same events; null without forecasts."""


class Predictions(Struct, frozen=True):
    """The predictions of all players: the last one of each player about each state in each window counts."""

    n: PositiveCount
    """Predictions scored."""
    came_true: Share
    """Share of them that came true."""
    confidence: Share
    """Mean confidence of the players."""
    brier: Share
    """Brier score of the players, in [0, 1]; 0 is perfect."""
    theory_brier: Share | None
    """Brier score of the balance-of-threat forecasts of the same events; null without forecasts."""
    base_rate_brier: Share | None
    """Brier score of the base rates for the same events; null without forecasts."""
    calibration: list[CalibrationBin]
    """How often predictions came true, by stated confidence."""
    calibration_error: Share | None
    """Expected calibration error; null without predictions."""
    players: list[PlayerPredictions]
    """The same for each player, in the order of the names."""


class Motive(Struct, frozen=True):
    """One motive for choosing a partner, as stated and as estimated."""

    stated: Share
    """Share of the choices for which the player stated this motive."""
    estimated: Share
    """Mean share of the choices that the motive accounts for: its Shapley value in a conditional logit."""


class Motives(Struct, frozen=True):
    """The motives that have a counterpart in the fitted choice of a partner."""

    threat: Motive
    """A threat in common."""
    ideology: Motive
    """Similar regimes."""
    aid: Motive
    """Aid received."""
    pressure: Motive
    """Pressure at home; penetration stands for it in the model."""


class Reasons(Struct, frozen=True):
    """The reasons that players gave for what they did."""

    n: PositiveCount
    """Reasons given."""
    given: dict[str, PositiveCount]
    """How often each reason was given."""
    compared: Count
    """Choices of a partner with a stated reason and an estimate."""
    motives: Motives | None
    """Stated and estimated motives of these choices; null if none can be compared."""


class QuestionCounts(Struct, frozen=True):
    """What became of some questions that were asked for the debrief."""

    asked: Count
    """Questions asked; each seat that is asked counts once."""
    answered: Count
    """Those that were answered."""
    skipped: Count
    """Those that the seat skipped."""
    lapsed: Count
    """Those that were left open until they closed."""
    open: Count
    """Those that were still open at the end of the journal."""


class PlayerQuestions(Struct, frozen=True):
    """What became of the questions to one player."""

    player: str
    """The player's name, or the state's code if the journal names no player."""
    counts: QuestionCounts
    """What became of them."""


class Questions(Struct, frozen=True):
    """The questions that were asked for the debrief."""

    all: QuestionCounts
    """All of them."""
    kinds: dict[str, QuestionCounts]
    """By what was asked: threats, prediction, reason or belief."""
    players: list[PlayerQuestions]
    """By player, in the order of the names."""


class BeliefAndPlay(Struct, frozen=True):
    """One belief about how alliances arise, beside what players did."""

    before: Share
    """Mean belief, each player's first."""
    after: Share | None
    """Mean of the last beliefs of the players who stated one in two windows or more; null without any."""
    change: float | None
    """Mean change of these players from their first belief to their last; null without any."""
    compared: Count
    """Players whose play can be compared with their belief."""
    play: Share | None
    """Mean of the same measure of what these players did; null without any."""
    correlation: Correlation | None
    """Rank correlation of first belief and play over these players; null with fewer than three or without variation."""


class PlayerBelief(Struct, frozen=True):
    """The belief of one player, and what the player did."""

    player: str
    """The player's name, or the state's code if the journal names no player."""
    session: str
    """The session."""
    seat: StateCode
    """The seat."""
    before: dict[str, Share]
    """The first belief, by its parts: balancing, ideology, aid."""
    after: dict[str, Share] | None
    """The last, if it was stated in a later window; null otherwise."""
    play: dict[str, Share | None]
    """What the player did, by the same parts; null where there was no such choice."""


class Beliefs(Struct, frozen=True):
    """What players believe about how alliances arise (Walt 1987, pp. 1-5), and how they played."""

    n: PositiveCount
    """Players who stated a belief."""
    balancing: BeliefAndPlay
    """That threatened states ally against the threat. Play: the share of the player's choices of a side that balanced."""
    ideology: BeliefAndPlay
    """That like regimes ally. Play: the mean share of the other possible partners less alike than the chosen one."""
    aid: BeliefAndPlay
    """That aid wins allies. Play: the mean share of the other possible partners that gave less than the chosen one."""
    players: list[PlayerBelief]
    """Each player, in the order of sessions and seats."""


class Elicitation(Struct, frozen=True):
    """What players wrote down, scored. A part is null or left out if no player wrote any."""

    assessments: Assessments | None
    """Threat assessments."""
    predictions: Predictions | None
    """Predictions of other states' choices."""
    reasons: Reasons | None
    """Reasons for players' own choices."""
    questions: Questions | UnsetType = UNSET
    """What became of the questions that were asked; left out if none was."""
    beliefs: Beliefs | UnsetType = UNSET
    """Players' beliefs about how alliances arise, beside their play; left out if nobody stated one."""
