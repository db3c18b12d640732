"""A registration file says what is predicted, and its hash holds it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable

import pytest
from msgspec import structs

from counterpoise.errors import InputError
from counterpoise.sim.reading.toml_text import errors_with_lines
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.registration.prediction import Prediction, complete
from counterpoise.theory.registration.registration import (
    OwnHypothesis,
    Registration,
    hash_of,
    read_predictions,
    read_registration,
    registered_decisions,
    registration_text,
    theory_fingerprint,
)

HASH = "a" * 64
PREDICTIONS = """
by = "Ada \\"the first\\" Ünal"
scenario = "checkerboard"
sessions = 12

[[predictions]]
claim = "W3.1"

[[predictions]]
better = "balance_of_threat"
than = "bandwagoning"
on = "choices"
smallest = 0.1
least = 50
"""


def checked(text: str) -> list[Prediction]:
    made, problems = complete(read_predictions(text, "p.toml").predictions, HYPOTHESES)
    for error in errors_with_lines(problems, text, InputError, "p.toml"):
        raise error
    return made


def registered(text: str = PREDICTIONS) -> Registration:
    file = read_predictions(text, "p.toml")
    return Registration(
        by=file.by, date="2026-01-31", scenario=file.scenario, scenario_hash=HASH, rules_version=6, counterpoise="0.4.0",
        theory=theory_fingerprint(), sessions=file.sessions, players=8, whose=file.whose,
        hypotheses=(OwnHypothesis(name="mine", code=HASH),),
        predictions=tuple(checked(text)),
    )  # fmt: skip


def test_a_registration_is_read_as_it_was_written() -> None:
    made = registered()
    text = registration_text(made)
    assert read_registration(text, "r.toml") == (made, hash_of(text))
    assert tomllib.loads(text)["hash"] == hash_of(text)


def test_the_hash_is_that_of_the_file_without_its_line() -> None:
    text = registration_text(registered())
    rest = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("hash = "))
    assert hash_of(text) == hashlib.sha256(rest.encode()).hexdigest()
    assert hash_of(text.replace("\n", "\r\n")) == hash_of(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [("smallest = 0.1", "smallest = 0.01"), ("sessions = 12", "sessions = 3"), ("# fails", "# may fail")],
)
def test_a_changed_registration_is_refused(old: str, new: str) -> None:
    text = registration_text(registered())
    assert old in text
    with pytest.raises(InputError, match="was changed after it was registered"):
        read_registration(text.replace(old, new), "r.toml")


def test_what_a_prediction_leaves_out_is_that_of_its_claim_and_the_level_is_shared() -> None:
    claim, pair = registered().predictions
    assert (claim.null, claim.direction, claim.smallest, claim.least, claim.assuming) == (
        0.5, "above", 0.05, 11, "balance_of_threat",
    )  # fmt: skip
    assert (pair.null, pair.direction, pair.smallest, pair.least, pair.assuming) == (
        0.0, "above", 0.1, 50, "balance_of_threat",
    )  # fmt: skip
    assert claim.p_at_most == pair.p_at_most == 0.025
    assert claim.criteria()[1] == "fails if the 90 % interval lies below 0.55"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('claim = "W9.9"', r"predictions\[0\]\.claim"),
        ('claim = "W3.1"\nbetter = "ideology"', "expected either claim, or better and than, got both"),
        ('better = "ideology"', "expected either claim, or better and than, got neither"),
        ('better = "ideology"\nthan = "idealogy"', r"than \(line 7\): expected .*ideology"),
        ('better = "ideology"\nthan = "ideology"', "expected another hypothesis"),
        ('better = "ideology"\nthan = "aid"\ndirection = "below"', "only a claim has one"),
        ('claim = "W3.1"\nleast = 5', "expected at least 11, as W3.1 needs, got 5"),
        ('claim = "W3.1"\nsmallest = 0', "smallest"),
        ('claim = "W3.1"\ndirection = "up"', "direction"),
        ('claim = "W3.1"\nsurely = true', "unknown key"),
    ],
)
def test_a_mistake_in_a_prediction_is_named(row: str, message: str) -> None:
    text = f'by = "Ada"\nscenario = "checkerboard"\nsessions = 3\n\n[[predictions]]\n{row}\n'
    with pytest.raises(InputError, match=message):
        checked(text)


def test_a_file_that_is_no_registration_is_refused() -> None:
    with pytest.raises(InputError, match=r"r\.toml"):
        read_registration(PREDICTIONS, "r.toml")
    with pytest.raises(InputError, match="control characters"):
        read_predictions(PREDICTIONS.replace("Ünal", "\\u0007"), "p.toml")


@pytest.mark.parametrize(
    ("whose", "players"), [("people", ["human"]), ("bots", ["hedger", ""]), ("all", ["human", "hedger", ""])]
)
def test_only_the_decisions_of_the_players_named_are_judged(
    planted: Callable[..., list[DecisionRecord]], whose: str, players: list[str]
) -> None:
    records = [
        structs.replace(record, player=player)
        for record, player in zip(planted("uniform", sessions=1, windows=1), ("human", "hedger", ""), strict=False)
    ]
    found = registered_decisions(
        registered(PREDICTIONS.replace("sessions = 12", f'sessions = 12\nwhose = "{whose}"')), records
    )
    assert [record.player for record in found] == players
