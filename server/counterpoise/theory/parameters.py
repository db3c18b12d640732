"""Every number of the formal model, with its meaning and the range over which a verdict should hold.

Defaults whose description says "prior" are our own choice; those that say "training" come from games of bots. The others
are from the named literature, or were tuned only to give the comparative statics of Walt (1987, ch. 2) his signs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

import msgspec


class Weights(msgspec.Struct, frozen=True):
    """The weight of each component in the threat index; the four weights sum to 1."""

    power: float
    proximity: float
    offense: float
    intentions: float


WEIGHTS: dict[str, Weights] = {
    "equal": Weights(0.25, 0.25, 0.25, 0.25),
    "regional": Weights(0.15, 0.20, 0.10, 0.55),
    "dispute_fitted": Weights(0.17, 0.35, 0.07, 0.41),
    "outside": Weights(0.40, 0.10, 0.10, 0.40),
    "power_alone": Weights(1.0, 0.0, 0.0, 0.0),
}
"""The weight sets of theory 5.1 by name. The dispute-fitted one is from disputes of 1946-85.

Outside powers fear power more than regional states do (Walt 1987, ch. 5), so an observer's role chooses between the regional
and the outside set. Both were chosen by how well the index ranks who begins disputes (GML-MID 2.2.1: Gibler, Miller & Little
2016) in all dyad-years of 1946-90 without the Middle East of 1955-79, which is judged. Many sets rank about equally well
there; these lie near the middle of them.
"""


def _number(default: float, low: float, high: float, description: str) -> Any:
    return field(default=default, metadata={"low": low, "high": high, "description": description})


_SHARPNESS = "exponent of its shares among the alignments"
_JOINING = "log-odds added to joining the top threat, among the alignments"


@dataclass(frozen=True, slots=True)
class Parameters:
    """The model's constants; see ``table()`` for ranges and descriptions."""

    # The threat index.
    steepness: float = _number(8.0, 4.0, 12.0, "slope of the logistic in the weighted sum of components")
    centre: float = _number(0.5, 0.4, 0.6, "weighted sum at which the threat is one half")
    intent_hostility: float = _number(1.2, 0.6, 1.8, "disputes started, level / 5 each, half-life five years")
    intent_rivalry: float = _number(0.7, 0.35, 1.05, "strategic rivalry (Thompson, Sakuwa & Suhas 2021)")
    intent_claim: float = _number(0.4, 0.2, 0.6, "an open claim on the observer")
    intent_statement: float = _number(0.3, 0.15, 0.45, "hostile statements")
    intent_subversion: float = _number(0.8, 0.4, 1.2, "discovered subversion")
    intent_promise: float = _number(0.6, 0.3, 0.9, "broken promises")
    intent_cooperation: float = _number(
        0.3, 0.15, 0.45, "subtracted for each cooperative deed; the sum never falls below 0"
    )

    # Decisions.
    floor_quantile: float = _number(
        0.35, 0.2, 0.5, "theta, the floor of a threat, is this quantile of the gravest threats of all states (chosen)"
    )
    shared_floor: float = _number(
        0.075, 0.025, 0.2, "fear of the top threat from which another state shares it; the least theta (chosen)"
    )
    mixed_share: float = _number(0.75, 0.6, 0.9, "a second threat this close to the first makes a choice mixed")
    hiding_days: float = _number(365.0, 180.0, 730.0, "how long others' balancing counts as shelter")

    # Willingness of a candidate, by the join rule of theory 4.6 on the log-odds scale.
    will_constant: float = _number(-1.2, -2.0, 0.0, "log-odds that a state with no stake helps")
    will_prior: float = _number(1.6, 0.8, 2.4, "already aligned with the asker")
    will_threat: float = _number(1.2, 0.6, 1.8, "the candidate's own fear of the threat")
    will_honour: float = _number(0.8, 0.4, 1.2, "record of calls honoured, less one half")
    will_fear: float = _number(1.2, 0.6, 1.8, "subtracted for the candidate's fear of the asker (prior)")
    will_captive: float = _number(1.6, 0.8, 2.4, "subtracted if the candidate is aligned with the threat (prior)")
    will_near: float = _number(0.6, 0.0, 1.2, "reach of the candidate to the asker, less one half (prior)")

    # Utilities.
    survival: float = _number(10.0, 5.0, 15.0, "V: stake of survival; doubled in war")
    contest: float = _number(1.0, 0.4, 1.5, "m: contest exponent; 0.44 fits inter-state wars")
    defender: float = _number(1.2, 1.0, 1.4, "advantage of the defender")
    offense_bonus: float = _number(0.5, 0.25, 0.75, "how much offensive capability strengthens an attack")
    deterrence: float = _number(0.18, 0.0, 0.3, "share of attacks that an alliance deters (Benson 2011)")
    influence: float = _number(1.0, 0.5, 1.5, "influence in the weaker coalition (W1.7)")
    entrapment: float = _number(1.3, 0.6, 2.0, "entrapment and autonomy cost of any alliance")
    retaliation: float = _number(4.0, 2.0, 6.0, "cost of provoking a strong state for a weak ally (W3.2)")
    retaliation_power: float = _number(6.0, 4.0, 8.0, "how fast that cost falls with own weight")
    autonomy: float = _number(2.5, 1.2, 3.8, "kA: influence lost by bandwagoning")
    subordination: float = _number(1.5, 0.7, 2.2, "kSub: cost of subordination by bandwagoning")
    appeasement: float = _number(
        0.35, 0.2, 0.5, "share of the danger that remains after joining it, if its intent is not fixed (W3.4)"
    )
    spoils: float = _number(2.5, 1.2, 3.8, "share in a victory (W3.5; Schweller 1994)")
    hiding_cost: float = _number(0.4, 0.0, 0.8, "kHide: cost of hiding (W3.3b)")
    hiding_share: float = _number(0.25, 0.0, 0.5, "share of others' efforts that shelters a free rider")
    hiding_relief: float = _number(0.97, 0.9, 1.0, "share of the danger that remains for a state that hides")
    rebuff: float = _number(0.2, 0.0, 0.5, "kFail: a failed approach")
    ideology: float = _number(0.8, 0.4, 1.2, "bL (W4.1)")
    insecurity: float = _number(0.8, 0.4, 1.2, "bS: weak regimes seek ideological allies (W4.4)")
    division: float = _number(1.5, 0.75, 2.25, "bD: movements with one leader divide (W4.2)")
    aid: float = _number(0.5, 0.0, 1.5, "bF: deliberately small (W5)")
    penetration: float = _number(0.4, 0.0, 1.5, "bN: deliberately small (W6)")
    inertia: float = _number(1.0, 0.5, 2.0, "status quo")

    # Choice.
    noise: float = _number(0.8, 0.4, 1.5, "tau: temperature")
    nest: float = _number(0.5, 0.3, 1.0, "lambda: correlation inside the nest of partners; 1 is none")
    epsilon: float = _number(0.02, 0.005, 0.05, "eps: floor, spread over all options")

    # Scores of the simple hypotheses.
    bandwagon_slope: float = _number(2.0, 1.0, 4.0, "a of H2 (prior)")
    ideology_slope: float = _number(1.0, 0.5, 2.0, "b of H3 (prior)")
    aid_slope: float = _number(4.0, 2.0, 8.0, "c of H4: aid is a share of a budget, so small (prior)")
    penetration_slope: float = _number(4.0, 2.0, 8.0, "d of H5 (prior)")
    distance_slope: float = _number(1.4, 0.7, 2.1, "of B4: log distance in choices of partner 1945-2010")
    enemy_slope: float = _number(1.0, 0.5, 2.0, "of B5 (prior)")

    # Terms that the rival theories add to the utilities.
    profit: float = _number(
        4.0, 2.0, 6.0, "gain of a wholly revisionist state from joining a rising power (Schweller 1994)"
    )
    abandonment: float = _number(2.0, 1.0, 3.0, "fear that a needed ally does not help (Snyder 1984)")
    entanglement: float = _number(1.5, 0.75, 2.25, "fear of a firm promise to a reckless ally (Snyder 1984)")
    buck_passing: float = _number(2.0, 1.0, 3.0, "gain from hiding if defence dominates (Christensen & Snyder 1990)")
    chain_ganging: float = _number(
        2.0, 1.0, 3.0, "gain from an alliance if offence dominates (Christensen & Snyder 1990)"
    )
    waiting: float = _number(1.5, 0.75, 2.25, "option value of waiting in peace (Powell 1999)")
    returns: float = _number(2.0, 1.0, 3.0, "gain from joining if returns to force increase (Powell 1999)")

    # Baselines: class shares of 3830 threatened decisions in six training games, two of middle-east-1955 and four of
    # checkerboard, with the default bots in every seat; rounded.
    share_balance: float = _number(0.034, 0.02, 0.3, "of threatened decisions in a quarter (training)")
    share_bandwagon: float = _number(0.008, 0.005, 0.1, "of threatened decisions (training)")
    share_other: float = _number(0.003, 0.002, 0.1, "alignment with a state that does not share the threat (training)")
    share_hide: float = _number(0.39, 0.2, 0.8, "of threatened decisions (training)")
    share_partner: float = _number(
        0.10, 0.03, 0.3, "alignment in unthreatened decisions: 8.4 % a year are formal (prior)"
    )
    change: float = _number(0.045, 0.03, 0.4, "delta of B3: decisions that sign anything (training)")

    # How sharp each forecast is among the alignments. Fitted to 126 choices of a partner in 31 pacts of 1946-90, all states,
    # without the Middle East of 1955-79, which is judged (tests/theory/dyadyear/test_sharpness.py fits them again). Ranges are
    # 95 % intervals over pacts. Where they include 0 or no data exist, 0.2 is chosen.
    sharpness_aid: float = _number(0.2, 0.05, 1.0, f"{_SHARPNESS} (chosen: no data)")
    sharpness_balance_of_threat: float = _number(0.68, 0.49, 0.88, f"{_SHARPNESS} (fitted: ATOP)")
    sharpness_balance_of_threat_full: float = _number(0.74, 0.32, 1.15, f"{_SHARPNESS} (fitted: ATOP)")
    sharpness_bandwagoning: float = _number(0.2, 0.05, 0.92, f"{_SHARPNESS} (chosen: the fit, -0.01, may be 0)")
    sharpness_ideology: float = _number(0.55, 0.18, 0.93, f"{_SHARPNESS} (fitted: ATOP)")
    sharpness_penetration: float = _number(0.2, 0.05, 1.0, f"{_SHARPNESS} (chosen: no data)")
    sharpness_alliance_dilemma: float = _number(0.54, 0.14, 0.94, f"{_SHARPNESS} (fitted: ATOP)")
    sharpness_balance_of_power: float = _number(0.2, 0.05, 0.59, f"{_SHARPNESS} (chosen: the fit, 0.22, may be 0)")
    sharpness_bandwagoning_for_profit: float = _number(0.2, 0.05, 1.0, f"{_SHARPNESS} (chosen: no data)")
    sharpness_chain_gangs: float = _number(0.68, 0.48, 0.88, f"{_SHARPNESS} (fitted: ATOP)")
    sharpness_waiting: float = _number(0.55, 0.3, 0.8, f"{_SHARPNESS} (fitted: ATOP)")
    sharpness_base_rate: float = _number(1.13, 0.79, 1.48, f"{_SHARPNESS} (fitted: ATOP)")
    sharpness_enemy_of_enemy: float = _number(0.2, 0.05, 1.17, f"{_SHARPNESS} (chosen: the fit, 0.55, may be 0)")
    sharpness_nearest: float = _number(0.62, 0.5, 0.75, f"{_SHARPNESS} (fitted: ATOP)")

    # How much more seldom states join their top threat than a forecast says. Fitted at the exponents above to 122 choices of a
    # partner in 38 pacts of 1915-90 with the threat on the menu, without the Middle East of 1955-79, on menus of politically
    # relevant states, as scenarios have (the same tests fit them). Ranges are 90 % intervals over pacts, for the question was
    # whether it is expected too often. Where they include 0 there is no constant, nor for hypotheses that claim that states join.
    joining_balance_of_threat: float = _number(-1.04, -1.91, -0.17, f"{_JOINING} (fitted: ATOP)")
    joining_balance_of_threat_full: float = _number(-1.01, -1.91, -0.11, f"{_JOINING} (fitted: ATOP)")
    joining_ideology: float = _number(-0.82, -1.52, -0.12, f"{_JOINING} (fitted: ATOP)")
    joining_alliance_dilemma: float = _number(-1.11, -1.9, -0.31, f"{_JOINING} (fitted: ATOP)")
    joining_chain_gangs: float = _number(-1.0, -1.87, -0.13, f"{_JOINING} (fitted: ATOP)")
    joining_waiting: float = _number(-1.24, -2.09, -0.38, f"{_JOINING} (fitted: ATOP)")
    joining_nearest: float = _number(-1.4, -2.21, -0.59, f"{_JOINING} (fitted: ATOP)")

    def sharpness(self, hypothesis: str) -> float:
        """Return the exponent of a hypothesis's shares among the alignments.

        It is 1 for hypotheses without a parameter, which give every alignment the same share, so that no exponent matters.
        """
        exponent: float = getattr(self, f"sharpness_{hypothesis}", 1.0)
        return exponent

    def joining(self, hypothesis: str) -> float:
        """Return the log-odds that are added to a hypothesis's share of joining the top threat; 0 without a parameter."""
        constant: float = getattr(self, f"joining_{hypothesis}", 0.0)
        return constant


DEFAULT = Parameters()
FROZEN = (
    "steepness", "centre", "intent_hostility", "intent_rivalry", "intent_claim", "intent_statement", "intent_subversion",
    "intent_promise", "intent_cooperation", "floor_quantile", "shared_floor", "mixed_share", "hiding_days", "will_constant",
    "will_prior", "will_threat", "will_honour", "will_fear", "will_captive", "will_near",
)  # fmt: skip
"""Parameters used before a decision is frozen: another value changes no forecast from the frozen point."""
PAIRS = (
    ("balance_of_threat", "bandwagoning"),
    ("balance_of_threat", "balance_of_power"),
    ("balance_of_threat", "ideology"),
    ("balance_of_threat", "aid"),
    ("balance_of_threat", "penetration"),
)
"""The pairs of hypotheses whose evidence accrues in play. They stand here before any game, so that none is picked afterwards."""
CHANCE = "uniform"
"""The hypothesis that each of the pairs is compared with too: every option on the menu is as likely as any other.

Acts have menus of their own. Of no and yes chance gives each as often as in earlier windows (``evidence/acts/kinds.py``)."""
SHARPENED = (1.0, 2.0, 4.0)
"""How sharp the bets against chance are, as multiples of the registered exponents (chosen).

Players may be more regular than the states to whose choices the exponents were fitted."""
BY_ROLE: dict[str, Weights] = {"regional": WEIGHTS["regional"], "outside": WEIGHTS["outside"]}


def table() -> tuple[tuple[str, float, float, float, str], ...]:
    """Return name, default, low, high and description of each parameter."""
    return tuple(
        (f.name, getattr(DEFAULT, f.name), f.metadata["low"], f.metadata["high"], f.metadata["description"])
        for f in fields(Parameters)
    )
