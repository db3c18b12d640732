from __future__ import annotations

from counterpoise.theory.evidence.choices.telling import CHOICES_LEAST, is_telling, too_few
from counterpoise.theory.evidence.verdict import CLUSTERS_MIN


def test_both_choices_and_choosers_must_be_enough() -> None:
    several = [("s", str(number % CLUSTERS_MIN)) for number in range(CHOICES_LEAST)]
    assert is_telling(several)
    assert not is_telling(several[:-1])
    assert not is_telling([("s", str(number % (CLUSTERS_MIN - 1))) for number in range(CHOICES_LEAST)])
    assert is_telling([(str(number), "A") for number in range(CHOICES_LEAST)])
    assert not is_telling([])


def test_too_few_choices_say_how_many_there_are_and_what_would_be_enough() -> None:
    assert too_few([("s", "A"), ("s", "A")], "new tie", "new ties").text == (
        "Too few choices to tell which hypothesis forecasts better: 2 new ties by 1 state so far; 11 by at least 5 states "
        "would be enough."
    )
    assert too_few([], "new tie", "new ties").text.startswith(
        "Too few choices to tell which hypothesis forecasts better: no new tie so far;"
    )
