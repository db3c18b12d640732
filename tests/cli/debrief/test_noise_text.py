"""The text about noise speaks of random players and of columns only where there are some."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from counterpoise.cli.debrief.noise_text import print_noise
from counterpoise.cli.terminal import console
from counterpoise.theory.check.debrief_document import PropositionRow

RANDOM = {"mean": 0.8, "range": [0.7, 0.9], "estimates": 9}


def row(**changes: Any) -> PropositionRow:
    plain = dict.fromkeys(PropositionRow.__struct_fields__) | {
        "id": "W3.1", "family": "W3", "claim": "c", "statistic": "s", "unit": "u", "n": 40, "null": 0.5, "predicted": 1,
        "sesoi": 0.05, "n_min": 10, "clusters": 6, "verdict": "NOT_ENOUGH_DATA", "within_noise": True, "note": "",
    }  # fmt: skip
    return msgspec.convert(plain | changes, PropositionRow)


@pytest.mark.parametrize(
    ("noise", "has_columns", "said", "unsaid"),
    [
        (None, False, "No more than noise: W3.1.", "random players"),
        (None, False, "but blind choice from the same menus gives as much", "range of 95 %"),
        ({"random": RANDOM, "p": 0.4, "shuffled": None}, False, "or random players give as much", "range of 95 %"),
        ({"random": RANDOM, "p": 0.4, "shuffled": None}, True, "the mean and the range of 95 %", "menus gives"),
    ],
)
def test_the_legend_names_what_is_known_and_printed(
    noise: dict[str, Any] | None, has_columns: bool, said: str, unsaid: str
) -> None:
    with console.capture() as printed:
        print_noise([row(noise=noise)], has_columns=has_columns)
    text = " ".join(printed.get().split())
    assert said in text
    assert unsaid not in text
