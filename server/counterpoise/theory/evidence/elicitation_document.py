"""What a debrief says about the assessments, predictions and reasons that players wrote down."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from counterpoise.document_schema import Count, PositiveCount, Share
from counterpoise.theory.statistics import CalibrationBin

Correlation = Annotated[float, Meta(ge=-1.0, le=1.0)]


class PlayerAssessments(Struct, frozen=True):
    """The threat assessments of one player."""

    player: str
    """The player's name, or the state's code if the journal names no player."""
    n: PositiveCount
    """Assessments scored."""
    top_threat_named: Share
    """Share in which the player rated the index's top threat highest."""
    rank_correlation: Correlation | None
    """Mean rank correlation of the ratings with the index; null where no ratings vary."""


class Assessments(Struct, frozen=True):
    """The threat assessments of all players: the last one of each player in each window counts."""

    n: PositiveCount
    """Assessments scored."""
    top_threat_named: Share
    """Share in which the player rated the index's top threat highest."""
    strongest_named: Share
    """Share in which the player rated the most powerful state highest."""
    nearest_named: Share
    """Share in which the player rated the nearest state highest."""
    chance: Share
    """Share in which a player who rates at random would name a given state."""
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


class Elicitation(Struct, frozen=True):
    """What players wrote down, scored. A part is null if no player wrote any."""

    assessments: Assessments | None
    """Threat assessments."""
    predictions: Predictions | None
    """Predictions of other states' choices."""
    reasons: Reasons | None
    """Reasons for players' own choices."""
