"""Options that are numbers say in one form what they allow and what came."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Command = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("trial checkerboard --seeds 0", "--seeds: expected a whole number from 1 to 10000, got 0"),
        ("trial checkerboard --years 3.5", "--years: expected a whole number from 0 to 200, got 3.5"),
        ("fork g.db --on 1901-07-01 --jobs many", "--jobs: expected a whole number from 1 to 256, got many"),
        ("verify g.db --jobs 0", "--jobs: expected a whole number from 1 to 256, got 0"),
        ("host checkerboard --port 70000", "--port: expected a whole number from 0 to 65535, got 70000"),
        ("host checkerboard --call-seconds never", "--call-seconds: expected a number, got never"),
        ("run checkerboard --bot-seconds nan", "--bot-seconds: expected a number of at least 0, got nan"),
        ("history folder --from late", "--from: expected a whole number, got late"),
    ],
)
def test_a_number_that_an_option_does_not_allow_is_named_with_its_range(
    counterpoise: Command, command: str, message: str
) -> None:
    done = counterpoise(*command.split())
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())


def test_the_help_shows_the_range_of_a_number(counterpoise: Command) -> None:
    assert "--seeds 1-10000" in counterpoise("trial", "--help").stdout
