"""The published form of the document of a fork, as a JSON Schema (draft 2020-12)."""

from __future__ import annotations

from typing import Any, get_args

from counterpoise.session.fork_comparison import QUANTILES
from counterpoise.session.game_summary import TITLES
from counterpoise.theory.check.debrief_schema import (
    CHECK,
    CODE,
    COUNT,
    DATE,
    FLAG,
    HASH,
    INTERVAL,
    NAMES,
    NUMBER,
    SHARE,
    TEXT,
    Schema,
    list_of,
    or_null,
    record,
)
from counterpoise.theory.evidence.verdict import Verdict

ARMS = ("original", "baseline", "changed")
CHANGED = ("changed",)
"""What is not there if nothing was changed."""
FORKED = record(
    {
        "session": {"type": "string", "description": "of the journal"},
        "head": {**HASH, "description": "the last value of the journal's chain"},
        "on": DATE,
        "without": {**list_of(TEXT), "description": "what was taken out, a line each"},
        "with": {**list_of(TEXT), "description": "what was put in, a line each"},
        "until": DATE,
        "seed": TEXT,
        "seeds": {"type": "integer", "minimum": 1, "description": "games on each side"},
    }
)
SPREAD = record(
    {
        "mean": NUMBER,
        "quantiles": record({f"{share:g}": COUNT for share in QUANTILES}),
        "values": {**list_of(COUNT), "description": "game by game, in the order of the seeds"},
    }
)


def _or_nothing(form: Schema) -> Schema:
    return {"oneOf": [{"type": "null", "description": "nothing was changed"}, form]}


DIFFERENCE = _or_nothing(
    {
        **record({"mean": NUMBER, "ci": INTERVAL}),
        "description": "changed less baseline, seed by seed; without an interval if it is the same in every pair of games",
    }
)
COUNTED = record(
    {
        "name": {"enum": list(TITLES)},
        "title": TEXT,
        "original": COUNT,
        "baseline": SPREAD,
        "changed": _or_nothing(SPREAD),
        "difference": DIFFERENCE,
    }
)
PAIR = record(
    {
        "states": {**list_of(CODE), "minItems": 2, "maxItems": 2},
        "original": FLAG,
        "baseline": {**SHARE, "description": "in what share of the games"},
        "changed": _or_nothing(SHARE),
        "difference": DIFFERENCE,
    }
)
LEVEL = record(
    {
        "state": CODE,
        "original": SHARE,
        "baseline": {**SHARE, "description": "the mean of the games"},
        "changed": _or_nothing(SHARE),
        "difference": DIFFERENCE,
    }
)
FINDING = record(
    {"verdict": {"enum": list(get_args(Verdict))}, "n": COUNT, "estimate": or_null("number"), "ci": INTERVAL}
)
SKILL: Schema = {
    "oneOf": [
        {"type": "null", "description": "not scored there"},
        record({"n": COUNT, "log_score": or_null("number"), "skill": or_null("number"), "ci": INTERVAL}),
    ]
}
DOCUMENT = record(
    {
        "title": TEXT,
        "journal": {"type": "string", "description": "name of the file"},
        "scenario": TEXT,
        "forked": FORKED,
        "original_to": {**DATE, "description": "how far the journal itself went, which may have ended before"},
        "impossible": {**list_of(TEXT), "description": "what the change made impossible, and was left out"},
        "void": {**COUNT, "description": "orders that the change made void when they were to be done"},
        "actors": NAMES,
        "counts": list_of(COUNTED),
        "allied": {**list_of(PAIR), "description": "who was allied at the end; largest differences first"},
        "fought": {**list_of(PAIR), "description": "who fought since the fork; largest differences first"},
        "power": {**list_of(LEVEL), "description": "shares of all power at the end; largest differences first"},
        "feared": {
            **list_of(LEVEL),
            "description": "the mean threat that the others saw in a state at the end; largest differences first",
        },
        "limits": {**list_of(TEXT), "description": "where a change was asked to do more than the rules allow"},
        "classes": record(dict.fromkeys(ARMS, CHECK["classes"]), optional=CHANGED),
        "propositions": list_of(record({"id": TEXT, "claim": TEXT, **dict.fromkeys(ARMS, FINDING)}, optional=CHANGED)),
        "hypotheses": list_of(record({"name": TEXT, **dict.fromkeys(ARMS, SKILL)}, optional=CHANGED)),
    }
)


def fork_schema() -> dict[str, Any]:
    """Return the schema of what ``counterpoise fork --json`` prints."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "counterpoise fork", **DOCUMENT}
