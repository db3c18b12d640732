"""The first screen answers in sentences that the decisions make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import structs

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.check.in_words import in_words
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.sample import Sample

Points = Callable[..., DecisionPoint]
Candidates = Callable[..., Candidate]
NAMES = {"A": "Arden", "B": "Belmar", "C": "Corvane", "FOE": "Fenholm"}
SHARES = {"BAL:B": 0.4, "BAL:C": 0.1, "BW": 0.1, "NEU": 0.3, "HIDE": 0.1}


def decided(
    point: DecisionPoint, choice: str, partner: str = "", *, shares: dict[str, float] | None = None
) -> DecisionRecord:
    outcome = Outcome(
        point.actor, point.window, point.opened, point.closes, "formation" if partner else "abstention", choice,
        choice.partition(":")[0], (ActorId(partner),) if partner else (), (9,) if partner else (), (), False, False,  # type: ignore[arg-type]
    )  # fmt: skip
    given = shares or SHARES
    return DecisionRecord(point, {"balance_of_threat": tuple(given[option] for option in point.options)}, outcome, "s")


def log(tick: int, *members: str, against: str | None = None, offered: bool = True) -> list[Incident]:
    def incident(kind: str, **detail: Any) -> Incident:
        terms = {"commitment": "defence", "against": against, "secret": False, **detail}
        return Incident(tick, tick, kind, tuple(map(ActorId, members)), None, terms)

    made = incident("alliance_formed", alignment=9)
    return [incident("alliance_proposed", proposal=tick, alignment=None), made] if offered else [made]


def test_a_tie_is_told_with_its_reason_and_its_chance(point_of: Points, candidate_of: Candidates) -> None:
    others = (candidate_of("B"), candidate_of("C"))
    windows = [
        point_of(others, actor=ActorId("A"), window=n, opened=90 * n, closes=90 * n + 90, date=f"190{n}-01-01")
        for n in range(4)
    ]
    other = structs.replace(windows[0], top_threat=ActorId("C"))
    records = [decided(other, "NEU"), *(decided(point, "NEU") for point in windows[1:3])]
    records.append(decided(windows[3], "BAL:C", "C"))
    theirs = point_of((candidate_of("A"), candidate_of("B")), actor=ActorId("C"), window=3, opened=270, closes=360)
    shares = {"BAL:A": 0.3, "BAL:B": 0.2, "BW": 0.1, "NEU": 0.3, "HIDE": 0.1}
    records.append(decided(theirs, "BAL:A", "A", shares=shares))
    sample = Sample(records, (), {"s": log(280, "A", "C")})
    found = in_words(sample, sample, NAMES)
    assert found.feared[0] == (
        "Fenholm was feared most: it was the gravest threat in 4 of 5 decisions under threat, for Arden and Corvane."
    )
    assert found.feared[1] == "Corvane was the gravest threat in 1 of 5 decisions under threat, for Arden."
    assert found.aligned[0] == "1 new tie was made: 1 between states that feared the same threat."
    assert found.ties == [
        "In the window from 1903-01-01 Arden proposed a defence pact to Corvane, which accepted: both feared Fenholm.",
    ]
    assert found.as_data.ties[0].kind == "tie"
    assert found.as_data.ties[0].values == {
        "date": "1903-01-01",
        "who": "Arden",
        "partners": {"names": ["Corvane"], "others": 0},
        "against": "",
        "commitment": "defence",
        "how": "accepted",
        "why": {"kind": "why_all", "values": {"count": 2, "feared": "Fenholm"}},
    }
    assert [one.kind for one in found.as_data.expected] == ["balance", "too_few", "misjudged_most", "surprise_since"]
    assert found.as_data.expected[-1].values["windows"] == 2
    assert found.expected[0] == (
        "Of 5 decisions under threat, balance of threat expected 2.5 to align against the gravest threat and 0.5 with it. "
        "2 aligned against it and 0 with it: a tie counts for each member that chose it, and so does giving in without a tie."
    )
    assert found.expected[1].startswith(
        "Too few choices to tell which hypothesis forecasts better: 2 decisions with a new tie"
    )
    assert found.expected[-1] == (
        "It was wrong: Arden signed with Corvane (1903-01-01) 2 windows after it came to fear Fenholm most; balance of threat "
        "gave that 17 % of the ties open to it, chance 33 %."
    )


def test_joining_the_state_feared_most_is_told_as_that(point_of: Points, candidate_of: Candidates) -> None:
    point = point_of((candidate_of("B"), candidate_of("C")), actor=ActorId("A"))
    sample = Sample([decided(point, "BW", "FOE")], (), {"s": log(1, "A", "FOE", offered=False)})
    found = in_words(sample, sample, NAMES)
    assert found.expected[-1] == (
        "It was wrong: Arden signed with Fenholm (1955-01-01), the state that it feared most; balance of threat gave that 17 % "
        "of the ties open to it, chance 33 %."
    )
    assert found.ties[0] == (
        "In the window from 1955-01-01 Arden agreed on a defence pact with Fenholm: Arden joined the state that it feared most."
    )


def test_a_tie_that_no_threat_explains_is_told_as_that(point_of: Points, candidate_of: Candidates) -> None:
    point = point_of((candidate_of("B"), candidate_of("C")), actor=ActorId("A"), threatened=False)
    shares = {"OTHER:B": 0.2, "OTHER:C": 0.2, "NEU": 0.6}
    sample = Sample([decided(point, "OTHER:B", "B", shares=shares)], (), {"s": log(1, "A", "B")})
    found = in_words(sample, sample, NAMES)
    assert found.feared == ["Nobody was feared: no threat reached the floor."]
    assert found.aligned[0] == "1 new tie was made: 1 that no threat explains."
    assert found.expected == []


def test_what_chance_expects_as_well_is_no_surprise(point_of: Points, candidate_of: Candidates) -> None:
    point = point_of((candidate_of("B"), candidate_of("C")), actor=ActorId("A"))
    even = {"BAL:B": 0.2, "BAL:C": 0.2, "BW": 0.2, "NEU": 0.2, "HIDE": 0.2}
    sample = Sample([decided(point, "BAL:B", "B", shares=even)], (), {"s": log(1, "A", "B")})
    assert in_words(sample, sample, NAMES).expected[-1] == (
        "It held each tie that was proposed about as likely as chance would."
    )


def test_the_state_that_was_misjudged_most_is_named(point_of: Points, candidate_of: Candidates) -> None:
    others = (candidate_of("B"), candidate_of("C"))
    records = [
        decided(point_of(others, actor=ActorId("A"), window=n, opened=90 * n, closes=90 * n + 90), "NEU")
        for n in range(5)
    ]
    sample = Sample(records, (), {"s": []})
    found = in_words(sample, sample, NAMES)
    assert found.aligned == ["No state made a new tie."]
    assert (
        "It was furthest from Arden: it expected new ties in 3.0 of its 5 windows under threat, and there were new ties in 0."
        in (found.expected)
    )


def test_without_decisions_there_is_nothing_to_say() -> None:
    empty = Sample([])
    found = in_words(empty, empty, NAMES)
    assert (found.feared, found.aligned, found.ties, found.expected) == ([], [], [], [])
