from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.forecasts import HYPOTHESES, sharp_forecast

if TYPE_CHECKING:
    from tests.theory.propositions.conftest import Kit

ASKED = ("balance_of_threat", "balance_of_power", "ideology", "aid", "penetration", "status_quo")


def follows(hypothesis: str) -> Any:
    """Return a chooser that draws its option from a hypothesis's shares, as sharp as the theory itself."""

    def decide(point: DecisionPoint, dice: Random) -> str:
        [shares] = sharp_forecast([point], hypotheses={hypothesis: HYPOTHESES[hypothesis]})
        return dice.choices(point.options, shares[hypothesis])[0]

    return decide


@pytest.mark.parametrize("name", ["WX.1", "WX.3", "WX.5"])
def test_threat_beats_its_rivals_if_choosers_follow_it(kit: Kit, name: str) -> None:
    sample = Sample(kit.play(follows("balance_of_threat"), forecasts=ASKED, sessions=12))
    assert kit.verdict(name, sample) == "SUPPORT"


@pytest.mark.parametrize(
    ("name", "truth"),
    [("WX.1", "balance_of_power"), ("WX.3", "ideology"), ("WX.3", "penetration"), ("WX.5", "status_quo")],
)
def test_threat_loses_to_a_rival_that_choosers_follow(kit: Kit, name: str, truth: str) -> None:
    sample = Sample(kit.play(follows(truth), forecasts=ASKED, sessions=20))
    assert kit.verdict(name, sample) != "SUPPORT"


def test_the_note_gives_shapley_shares_beside_the_contrasts(kit: Kit) -> None:
    sample = Sample(
        kit.play(lambda point, dice: kit.pick(dice, point, lambda k: 5.0 * k.similarity), forecasts=ASKED, sessions=5)
    )
    note = PROPOSITIONS["WX.3"].test(sample).note
    assert "strongest rival ideology" in note
    assert "ideology 0.9" in note or "ideology 1.0" in note


@pytest.mark.parametrize("missing", [None, "power", "offence"])
def test_every_component_has_to_add_to_the_forecast(kit: Kit, missing: str | None) -> None:
    def decide(point: DecisionPoint, dice: Random) -> str:
        source = point.source
        parts = {
            "power": point.relative_power, "proximity": source.proximity, "offence": source.offense, "intent": source.intentions
        }  # fmt: skip
        return kit.aligned(dice, point, sum(3.0 * (part - 0.5) for name, part in parts.items() if name != missing))

    sample = Sample(kit.play(decide, sessions=12))
    finding = PROPOSITIONS["WX.2"].test(sample)
    assert (kit.verdict("WX.2", sample) == "SUPPORT") == (missing is None)
    if missing is not None:
        assert f"least useful {missing}" in finding.note
        assert kit.verdict("WX.2", sample) != "CONTRADICT"


@pytest.mark.parametrize(("sign", "verdict"), [(1, "SUPPORT"), (-1, "CONTRADICT"), (0, "")])
def test_outside_powers_fear_power_and_regional_states_fear_proximity(kit: Kit, sign: int, verdict: str) -> None:
    def decide(point: DecisionPoint, dice: Random) -> str:
        lean = point.relative_power - point.source.proximity
        return kit.aligned(dice, point, 2.5 * sign * lean * (1.0 if point.role == "outside" else -1.0))

    def role(dice: Random, session: str, actor: str, window: int) -> dict[str, Any]:
        return {"role": "outside" if actor in ("A00", "A01") else "regional"}

    found = kit.verdict("WX.4", Sample(kit.play(decide, point=role)))
    assert found == verdict if verdict else found not in ("SUPPORT", "CONTRADICT")


def test_a_renewed_alliance_is_no_change(kit: Kit) -> None:
    records = kit.play(follows("ideology"), forecasts=ASKED, sessions=3, tie=lambda *_: {"prior": True})
    finding = PROPOSITIONS["WX.5"].test(Sample(records))
    assert finding.n == len(
        [record for record in records if record.outcome is not None and record.outcome.choice == "BW"]
    )
