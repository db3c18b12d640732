"""The choice of an ally: models that explain it, and the forecasts of the project's hypotheses.

The hypotheses are those of play. Each gets a decision point made from the data and forecasts only the partner: its shares
are renormalised over the alternatives. One number of each hypothesis is fitted, on other decades, for a fair comparison:
how sharp its shares are among so many alternatives. Covariates that dyad-year data lack (legitimacy, openness, divisive
movements, records of honour) have their middle values, and hypotheses that need nothing but those are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from counterpoise.sim.types import ActorId
from counterpoise.theory.decisions.decision_point import BANDWAGON, HIDE, NEUTRAL, Candidate, DecisionPoint
from counterpoise.theory.dyadyear.alliance_decisions import Choice, Decision, regime_similarity, willingness_of
from counterpoise.theory.dyadyear.data_tables import DyadYearTables
from counterpoise.theory.dyadyear.history_document import (
    FittedEstimate,
    PartnerCoefficient,
    PartnerHypothesis,
    PartnerModel,
    SkillEstimate,
)
from counterpoise.theory.dyadyear.ranking_accuracy import CLUSTERS_MIN
from counterpoise.theory.dyadyear.worlds import WorldYear, shared_threat
from counterpoise.theory.forecasts import HYPOTHESES, sharp_forecast
from counterpoise.theory.parameters import DEFAULT
from counterpoise.theory.quantising import quantised_array
from counterpoise.theory.statistics import ChoiceSet, Fit, bootstrap_ratio, conditional_logit, heldout_choice_scores

SILENT: dict[str, str] = {
    "aid": "no file has the aid between all states",
    "penetration": "no file has the access of one state to the politics of another",
    "bandwagoning_for_profit": "no file has how much a state wants to change the status quo",
    "status_quo": "it forecasts whether a state signs, not with whom",
}
"""Hypotheses left out of the choice of partner, and why."""
FITTED: dict[str, tuple[str, ...]] = {
    "threat": ("shared", "top"),
    "distance": ("log_km",),
    "power": ("log_power",),
    "likeness": ("similarity", "votes_alike"),
    "all_but_threat": ("log_km", "log_power", "similarity", "votes_alike"),
    "all": ("shared", "top", "log_km", "log_power", "similarity", "votes_alike"),
}
"""Models of the choice of partner by name, with their covariates."""
FOLD_YEARS = 10
FITTED_MIN = 30
"""Fewest choices for models that are fitted and held out."""
COVARIATES: dict[str, str] = {
    "shared": "shared threat, S_ik",
    "top": "being the chooser's top threat",
    "log_km": "log of the distance between capitals",
    "log_power": "log of the partner's CINC",
    "similarity": "similarity of regimes (Polity)",
    "votes_alike": "similarity of votes in the UN General Assembly",
}


def choice_sets(chosen: Sequence[Choice], columns: Sequence[Any]) -> list[ChoiceSet]:
    """Return a choice set for each choice, clustered on the pact. A column is a name or a function of the choice."""
    made = []
    for choice in chosen:
        values = [choice.columns[c] if isinstance(c, str) else c(choice) for c in columns]
        rows = tuple(zip(*(np.asarray(v, dtype=float).tolist() for v in values), strict=True))
        made.append(ChoiceSet(rows, choice.chosen, ("", str(choice.pact))))
    return made


def partner_coefficients(chosen: Sequence[Choice], tables: DyadYearTables) -> list[PartnerCoefficient]:
    """Return the coefficients of the conditional logit of the choice of partner, one row a covariate."""
    names = [name for name in COVARIATES if not _lacking(name, tables)]
    table = []
    for name in names:
        fit = conditional_logit(choice_sets(chosen, [name, *(other for other in names if other != name)]))
        found = rounded_fit(fit)
        table.append(
            PartnerCoefficient(
                covariate=name,
                reading=COVARIATES[name],
                estimate=found.estimate,
                ci=found.ci,
                p=found.p,
                n=found.n,
                clusters=found.clusters,
            )
        )
    return table


def hypotheses_without_data(tables: DyadYearTables) -> dict[str, str]:
    """Return the hypotheses that cannot forecast a partner from these tables, each with the reason."""
    lacking = {} if tables.polity else {"ideology": "polity.csv is missing"}
    return SILENT | lacking | ({} if tables.rivalries else {"enemy_of_enemy": "rivalries.csv is missing"})


def heldout_partner_models(chosen: Sequence[Choice], tables: DyadYearTables) -> list[PartnerModel]:
    """Return how well models fitted on other decades forecast the partner, and the gain from adding threat.

    Choices of one decade are forecast with coefficients from all other decades. ``skill`` is against a random choice, ``ci``
    is its interval over pacts.
    """
    if len(chosen) < FITTED_MIN:
        return []
    pacts = [("", str(choice.pact)) for choice in chosen]
    blind = [-float(np.log(len(choice.alternatives))) for choice in chosen]
    rows, scores = [], {}
    for name, covariates in FITTED.items():
        used = [covariate for covariate in covariates if not _lacking(covariate, tables)]
        if not used:
            continue
        x = np.concatenate([np.column_stack([choice.columns[c] for c in used]) for choice in chosen])
        scores[name] = _from_other_decades(x, chosen)
        fit = bootstrap_ratio(scores[name], blind, pacts, null=1.0)
        skill = _skill(fit)
        rows.append(
            PartnerModel(
                name=name,
                fitted=used,
                log_score=round(float(np.mean(scores[name])), 6),
                skill=skill.skill,
                ci=skill.ci,
            )
        )
    gained = [a - b for a, b in zip(scores["all"], scores["all_but_threat"], strict=True)]
    gain = rounded_fit(bootstrap_ratio(gained, [1.0] * len(gained), pacts))
    return [*rows, PartnerModel(name="threat_added", fitted=[], log_score=gain.estimate, skill=None, ci=gain.ci)]


def _from_other_decades(x: Any, chosen: Sequence[Choice], lowest: float | None = None) -> list[float]:
    """Return each choice's log score with coefficients from the other decades, raised to ``lowest`` where they are below."""
    sizes = np.array([len(choice.alternatives) for choice in chosen])
    picked = np.array([choice.chosen for choice in chosen])
    folds = np.array([choice.decision.year // FOLD_YEARS for choice in chosen])
    scores: list[float] = np.round(heldout_choice_scores(x, sizes, picked, folds, lowest=lowest), 9).tolist()
    return scores


def _skill(fit: Fit | None) -> SkillEstimate:
    """Return the skill, which is 1 less a ratio of log scores, with its interval."""
    if fit is None:
        return SkillEstimate(None, None)
    skill, low, high = (round(1.0 - value, 6) + 0.0 for value in (fit.estimate, fit.high, fit.low))
    return SkillEstimate(skill, (low, high) if fit.clusters >= CLUSTERS_MIN else None)


def threat_lift(chosen: Sequence[Choice]) -> Fit | None:
    """Return how often states chose their top threat, as a multiple of chance, where they could choose it."""
    menus = [choice for choice in chosen if choice.decision.threatened and choice.decision.top in choice.alternatives]
    hits = [float(choice.alternatives[choice.chosen] == choice.decision.top) for choice in menus]
    chances = [1.0 / len(choice.alternatives) for choice in menus]
    return bootstrap_ratio(hits, chances, [("", str(choice.pact)) for choice in menus], null=1.0) if menus else None


def _lacking(name: str, tables: DyadYearTables) -> bool:
    return (name == "similarity" and not tables.polity) or (name == "votes_alike" and not tables.ideal)


def rounded_fit(fit: Fit | None) -> FittedEstimate:
    """Return an estimate with the digits that a document gives."""
    if fit is None:
        return FittedEstimate(estimate=None, ci=None, p=None, n=0, clusters=0)
    # Among the few pacts of a small region an interval would not show the uncertainty.
    ends = (round(fit.low, 6), round(fit.high, 6)) if fit.clusters >= CLUSTERS_MIN else None
    return FittedEstimate(estimate=round(fit.estimate, 6), ci=ends, p=round(fit.p, 6), n=fit.n, clusters=fit.clusters)


class PartnerForecasts:
    """The scores of every choice under every hypothesis that can forecast a partner."""

    def __init__(self, worlds: Sequence[WorldYear], tables: DyadYearTables, chosen: Sequence[Choice]) -> None:
        self.pacts = [("", str(choice.pact)) for choice in chosen]
        unanswerable = hypotheses_without_data(tables)
        self.scores: dict[str, list[float]] = {name: [] for name in HYPOTHESES if name not in unanswerable}
        self.percentiles: dict[str, list[float]] = {name: [] for name in self.scores}
        self.menus: dict[str, list[Any]] = {name: [] for name in self.scores}
        """By hypothesis, for each choice the logarithm of the share of each alternative, as sharp as the theory itself."""
        decisions = {(choice.decision.world, choice.decision.me): choice.decision for choice in chosen}
        described = [decision_point_of(worlds[one.world], tables, one) for one in decisions.values()]
        made = dict(zip(decisions, sharp_forecast([point for point, _ in described]), strict=True))
        places = dict(zip(decisions, [where for _, where in described], strict=True))
        for choice in chosen:
            whose = choice.decision.world, choice.decision.me
            shares, where = made[whose], places[whose]
            for name, log_scores in self.scores.items():
                menu = np.array([shares[name][where[int(k)]] for k in choice.alternatives])
                mine = menu[choice.chosen]
                log_scores.append(float(np.log(mine / menu.sum())))
                self.menus[name].append(np.log(menu))
                below, ties = int((menu < mine).sum()), int((menu == mine).sum())
                self.percentiles[name].append((below + (ties - 1) / 2.0) / (len(menu) - 1))

        self.tempered: dict[str, list[float]] = {}
        """Log scores with the sharpness of shares learnt from other decades, so that overconfidence alone does not count."""
        if len(chosen) >= FITTED_MIN:
            for name, logs in self.menus.items():
                self.tempered[name] = _from_other_decades(np.concatenate(logs)[:, None], chosen, lowest=0.0)

    def table(self) -> list[PartnerHypothesis]:
        """Return one row for each hypothesis, the best first; skill is against a random choice.

        ``tempered`` is the skill with each hypothesis's sharpness learnt from other decades.
        """
        blind = self.scores["uniform"]
        rows = []
        for name, values in self.scores.items():
            fit = bootstrap_ratio(values, blind, self.pacts, null=1.0) if values else None
            fair = bootstrap_ratio(self.tempered[name], blind, self.pacts, null=1.0) if self.tempered else None
            skill = _skill(fit)
            rows.append(
                PartnerHypothesis(
                    name=name,
                    title=HYPOTHESES[name].title,
                    standing=HYPOTHESES[name].standing,
                    n=len(values),
                    log_score=round(float(np.mean(values)), 6) if values else None,
                    skill=skill.skill,
                    ci=skill.ci,
                    tempered=_skill(fair),
                    percentile=round(float(np.mean(self.percentiles[name])), 6) if values else None,
                )
            )
        return sorted(rows, key=lambda row: (-(row.log_score or 0.0), row.name))

    def gain(self, one: str, other: str) -> Fit | None:
        """Return the gain in mean tempered log score of one hypothesis over another; ``None`` if either has no scores."""
        if one not in self.tempered or other not in self.tempered:
            return None
        pairs = zip(self.tempered[one], self.tempered[other], strict=True)
        differences = [a - b for a, b in pairs]
        return bootstrap_ratio(differences, [1.0] * len(differences), self.pacts)


def decision_point_of(
    world: WorldYear, tables: DyadYearTables, decision: Decision
) -> tuple[DecisionPoint, dict[int, int]]:
    """Return a decision as a decision point of play, and the place of each possible partner's option."""
    me, top = decision.me, decision.top
    shared, alike = shared_threat(world.threat)[me], regime_similarity(world, tables)[me]
    total = float(world.cinc.sum()) or 1.0
    rivals = world.rivalry.astype(int)
    tied = world.tied.astype(int)
    wills = quantised_array(willingness_of(world, me, top))
    common, betrayed = rivals @ rivals[me], rivals @ tied[me] + tied @ rivals[me]

    def record(k: int) -> Candidate:
        fear = float(world.threat[k, top])
        return Candidate(
            id=ActorId(str(world.states[k])), power=round(float(world.cinc[k]) / total, 6), km=float(world.km[me, k]),
            proximity=float(world.proximity[me, k]), reach=float(world.reach[me, k]), offense=float(world.offense[k]),
            intentions=float(world.intentions[me, k]), threat=float(world.threat[me, k]), fear_of_top_threat=fear,
            shared=float(shared[k]), will=float(wills[k]), similarity=round(float(alike[k]), 6),
            divisive=False, aid=0.0, monopoly=0.0, asymmetry=0.0, motivation=round(fear - decision.threat, 6),
            constraint=0.5, penetration=0.0, limited=False, legitimate=False, prior=bool(world.tied[me, k]),
            rivals_shared=int(common[k]), rivals_of_allies=int(betrayed[k]), relative_power=float(world.power[me, k]),
        )  # fmt: skip

    free = [int(k) for k in np.flatnonzero(~world.tied[me]) if k != me]
    partners = [k for k in free if k != top or not decision.threatened]
    sharing = DEFAULT.shared_floor
    options = [
        ("BAL:" if decision.threatened and world.threat[k, top] >= sharing else "OTHER:") + str(world.states[k])
        for k in partners
    ]
    where = {k: place for place, k in enumerate(partners)}
    if decision.threatened:
        where[top] = len(partners)
    source = record(top)
    point = DecisionPoint(
        actor=ActorId(str(decision.state)), role="outside" if world.outside[me, top] else "regional",
        window=decision.world, opened=0, closes=365, date=f"{decision.year}-01-01", threatened=decision.threatened,
        top_threat=source.id, threat=decision.threat, weight=decision.weight,
        power=round(float(world.cinc[me]) / total, 6), relative_power=source.relative_power, legitimacy=0.5, openness=0.5,
        war=decision.war, win_chance=0.5, contenders=(source.id,), sheltered=decision.sheltered,
        neutral=not world.tied[me].any(), source=source, candidates=tuple(record(k) for k in partners), barred=(),
        options=(*options, *((BANDWAGON, NEUTRAL, HIDE) if decision.threatened else (NEUTRAL,))), floor=world.floor,
        shared_floor=sharing,
    )  # fmt: skip
    return point, where
