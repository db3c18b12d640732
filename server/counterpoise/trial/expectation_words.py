"""Says in words what a row of a scenario's expectations is about."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.expectation import (
    PACTS_TO_FIGHT,
    SUPPORT,
    AnyExpectation,
    CampsExpectation,
    CoupsExpectation,
    CrisesExpectation,
    Dated,
    FoughtExpectation,
    InitiatorExpectation,
    InjectExpectation,
    RegimeExpectation,
    TieExpectation,
    TieKind,
    UnalignedExpectation,
    WarsExpectation,
)

TIE_WORDS: dict[TieKind, str] = {
    "economic": "economic aid",
    "military": "military aid",
    "joint_operation": "joint operations",
    "nonaggression": "non-aggression",
}


def words_of(row: AnyExpectation) -> str:
    """Return the words for what a row counts, without its range."""
    return _subject(row) + (_period(row) if isinstance(row, Dated) else "")


def range_words(at_least: float | None, at_most: float | None) -> str:
    """Return a range in words: ``at least 0.5``, ``at most 2`` or ``0 to 2``."""
    if at_least is None:
        return f"at most {at_most:g}"
    return f"at least {at_least:g}" if at_most is None else f"{at_least:g} to {at_most:g}"


def _subject(row: AnyExpectation) -> str:
    if isinstance(row, TieExpectation):
        years = f" for {row.years:g} years" if row.years else ""
        pairs = " or ".join(f"{a} and {b}" for a, b in (row.between, *row.or_between))
        return f"{pairs} tied{_by(row.by)}{years}"
    if isinstance(row, UnalignedExpectation):
        others = " and ".join(row.partners) if row.partners else "anybody"
        return f"{row.of} not tied{_by(row.by)} to {others}"
    if isinstance(row, CampsExpectation):
        size = f" of {row.states} states or more" if row.states > 2 else ""
        if row.camps is None:
            return f"two camps{size} with {row.great_powers} great powers each on {row.on}"
        return f"two camps{size} on {row.on}: " + " against ".join("-".join(camp) for camp in row.camps)
    if isinstance(row, FoughtExpectation):
        return f"{row.between[0]} and {row.between[1]} fight"
    if isinstance(row, WarsExpectation):
        return f"wars{_among(row.among)}"
    if isinstance(row, CoupsExpectation):
        families = f" against {' or '.join(row.families)} regimes" if row.families else ""
        return f"coups{_among(row.among, 'in')}{families}"
    if isinstance(row, InitiatorExpectation):
        return f"wars of {row.by} and {row.against} begun by {row.by}"
    if isinstance(row, RegimeExpectation):
        return f"{row.of} always {' or '.join(row.families)}"
    if isinstance(row, InjectExpectation):
        return f'the inject "{row.begins}"'
    assert isinstance(row, CrisesExpectation), "every kind has its words"
    return f"crises{_among(row.among)}"


def _period(row: Dated) -> str:
    if row.since and row.until:
        return f", {row.since} to {row.until}"
    if row.since:
        return f", from {row.since}"
    return f", up to {row.until}" if row.until else ""


def _by(kinds: tuple[TieKind, ...]) -> str:
    if kinds == SUPPORT:
        return ""
    others = [TIE_WORDS.get(kind, kind) for kind in kinds if kind not in PACTS_TO_FIGHT]
    if all(kind in kinds for kind in PACTS_TO_FIGHT):
        return " by " + " or ".join(["a pact to fight", *others])
    return " by " + " or ".join(TIE_WORDS.get(kind, kind) for kind in kinds)


def _among(states: str | Iterable[str], word: str = "among") -> str:
    if states == "great_powers":
        return f" {word} great powers"
    return f" {word} {', '.join(states)}" if states else ""
