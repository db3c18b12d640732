"""The outcome of a game as text: alignments, wars and scores in plain lines."""

from __future__ import annotations

from collections.abc import Callable

from counterpoise.cli.outcome_text import SHOWN, print_outcome
from counterpoise.cli.terminal import console
from counterpoise.session.debrief.debrief_document import (
    Timeline,
    TimelineAlliance,
    TimelineCrisis,
    TimelineMembership,
    TimelineWar,
)
from counterpoise.sim.score_parts import ScoreParts
from counterpoise.sim.types import ActorId

PACT = TimelineAlliance(
    ["ARD", "BEL"], "joint_operation", "the Pact", "COR", secret=True, begins="1901-02-01", ends=None,
    joined=[TimelineMembership("DUN", "1902-01-01")], left=[TimelineMembership("ARD", "1903-01-01")],
)  # fmt: skip
OPENING = TimelineAlliance(["ARD", "COR"], "defence", "", None, False, None, "1901-05-01", [], [])
WON = TimelineWar(["COR"], ["BEL", "DUN"], "territory", "1902-03-01", "1902-09-01", "VICTORY", ["COR"])
FOUGHT = TimelineWar(["ARD"], ["BEL"], "policy", "1904-03-01", None, None, [])
CRISIS = TimelineCrisis("ARD", "BEL", "policy", 2, "1901-03-01", None, None)


def printed(timeline: Timeline, scores: dict[ActorId, ScoreParts]) -> list[str]:
    with console.capture() as capture:
        print_outcome(timeline, {"ARD": "Arden", "BEL": "Belmar"}, scores)
    return [line.rstrip() for line in capture.get().splitlines()]


def test_each_alignment_and_war_has_a_line_and_scores_begin_with_the_best() -> None:
    timeline = Timeline("1901-01-01", "1904-12-31", [], [WON, FOUGHT], [CRISIS], [OPENING, PACT], [], [])
    lines = printed(
        timeline, {ActorId("ARD"): ScoreParts(30.0, 10.0, 2.0, 0.0, -2.0), ActorId("BEL"): ScoreParts(60.25)}
    )
    assert "Alignments made: 1" in lines
    expected = "1901-02-01  ARD, BEL: joint operation against COR, secret, the Pact, DUN joined 1902-01-01, ARD left 1903-01-01"
    assert f"  {expected}" in lines
    assert "  1902-03-01  COR against BEL, DUN over territory, to 1902-09-01: won by COR" in lines
    assert "  1904-03-01  ARD against BEL over policy, still fought" in lines
    assert "Crises: 1" in lines
    scores = [line for line in lines if line.startswith(("ARD ", "BEL "))]
    assert [line.split()[0] for line in scores] == ["BEL", "ARD"]
    assert scores[1].split()[2:] == ["40.0", "30.0", "10.0", "2.0", "0.0", "-2.0"]


def test_a_quiet_game_says_so_and_a_long_list_is_cut() -> None:
    assert "Wars: none" in printed(Timeline("1901-01-01", "1901-12-31", [], [], [], [], [], []), {})
    many = Timeline("1901-01-01", "1901-12-31", [], [FOUGHT] * (SHOWN + 2), [], [], [], [])
    assert "  and 2 more in --json" in printed(many, {})


def test_run_prints_the_outcome_before_the_debrief(run_here: Callable[..., str]) -> None:
    text = run_here("run", "checkerboard", "--until", "1902-01-01")
    assert text.index("What happened from 1901-01-01") < text.index("decisions, ")
    assert "Scores, 0 to 100" in text
