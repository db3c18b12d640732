"""The published form of the debrief document, as a JSON Schema (draft 2020-12)."""

from __future__ import annotations

from typing import Any, get_args

from counterpoise.sim.types import AlignmentClass
from counterpoise.theory.decision import DecisionKind
from counterpoise.theory.indices import Indices, Reading
from counterpoise.theory.verdict import Verdict

Schema = dict[str, Any]


def _or_null(kind: str) -> Schema:
    return {"type": [kind, "null"]}


def _record(properties: dict[str, Schema], *, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
DATE: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
CODE: Schema = {"type": "string", "pattern": "^[A-Z][A-Z0-9]{1,4}$", "description": "a state's code"}
HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
INTERVAL: Schema = {
    "type": ["array", "null"],
    "items": {"type": "number"},
    "minItems": 2,
    "maxItems": 2,
    "description": "lower and upper end; null without an estimate",
}
THREAT = _record(dict.fromkeys(("threat", "power", "proximity", "offense", "intentions"), SHARE))
SCORES: Schema = {"type": "object", "propertyNames": CODE, "additionalProperties": NUMBER}
FACTS: dict[str, Schema] = {
    "session": TEXT,
    "scenario": TEXT,
    "rules_version": {"type": "integer", "minimum": 1},
    "seed_commitment": HASH,
    "counterpoise": {"type": "string", "description": "version of the program that wrote the journal"},
}
DECISION = _record(
    {
        "session": TEXT,
        "player": {"type": "string", "description": "a bot's or a person's name; empty if not told"},
        "actor": CODE,
        "date": DATE,
        "window": COUNT,
        "kind": {"enum": list(get_args(DecisionKind))},
        "options": _list(TEXT),
        "choice": {"type": "string", "description": "one of the options; empty if the choice was not on the menu"},
        "class": {"enum": list(get_args(AlignmentClass))},
        "partners": _list(CODE),
        "mixed": FLAG,
        "conceded": FLAG,
        "on_menu": FLAG,
        "threatened": FLAG,
        "top_threat": CODE,
        "threat": SHARE,
        "weight": SHARE,
        "war": FLAG,
        "win_chance": SHARE,
        "forecasts": {
            "type": "object",
            "additionalProperties": _list(SHARE),
            "description": "by hypothesis, one probability for each option",
        },
    }
)
HYPOTHESIS = _record(
    {
        "name": TEXT,
        "title": TEXT,
        "standing": {"enum": ["hypothesis", "rival", "baseline"]},
        "n": COUNT,
        **dict.fromkeys(("log_score", "brier", "skill"), _or_null("number")),
        "ci": INTERVAL,
        **dict.fromkeys(("brier_skill", "hit_1", "hit_3", "partner_percentile"), _or_null("number")),
        "partners": COUNT,
        **dict.fromkeys(("partner_log_score", "partner_skill"), _or_null("number")),
        "partner_ci": INTERVAL,
    }
)
PROPOSITION = _record(
    {
        "id": {"type": "string", "pattern": r"^W[1-6X]\.\d+[a-z]?$"},
        "family": {"type": "string", "pattern": "^W[1-6X]$"},
        "claim": TEXT,
        "statistic": TEXT,
        "n": COUNT,
        "estimate": _or_null("number"),
        "ci": INTERVAL,
        "ci90": INTERVAL,
        "p": _or_null("number"),
        "p_holm": {**_or_null("number"), "description": "corrected for the tests of the family (Holm 1979)"},
        "null": NUMBER,
        "predicted": {"enum": [-1, 1]},
        "sesoi": {"type": "number", "minimum": 0, "description": "smallest effect of interest, from the null"},
        "n_min": COUNT,
        "clusters": COUNT,
        "verdict": {"enum": list(get_args(Verdict))},
        "note": TEXT,
    }
)
INDICES = _record(
    {
        "tick": {"type": "integer"},
        "date": DATE,
        **{name: _or_null("number") for name in Indices.__struct_fields__[2:-1] if name != "triads"},
        "triads": COUNT,
        "reading": {"enum": [*get_args(Reading), None]},
    }
)
CHECK: dict[str, Schema] = {
    "classes": _record(dict.fromkeys(("decisions", "threatened", *get_args(AlignmentClass)), COUNT)),
    "decisions": _list(DECISION),
    "hypotheses": _list(HYPOTHESIS),
    "propositions": _list(PROPOSITION),
    "indices": _list(INDICES),
    "threats_to_validity": _list(TEXT),
    "matrix": {
        "oneOf": [
            {"type": "null"},
            _record(
                {
                    "date": DATE,
                    "threat": {
                        "type": "object",
                        "propertyNames": CODE,
                        "additionalProperties": {
                            "type": "object",
                            "propertyNames": CODE,
                            "additionalProperties": THREAT,
                        },
                    },
                }
            ),
        ]
    },
}
NAMES: Schema = {"type": "object", "propertyNames": CODE, "additionalProperties": TEXT}
ONE = _record({"title": TEXT, **FACTS, "actors": NAMES, "scores": SCORES, **CHECK})
SESSION = _record({**FACTS, "decisions": COUNT, "ended": FLAG, "scores": SCORES})
POOLED = _record(
    {
        "title": TEXT,
        "sessions": _list(SESSION),
        "actors": NAMES,
        **{name: form for name, form in CHECK.items() if name not in ("decisions", "indices", "matrix")},
    }
)


def debrief_schema() -> Schema:
    """Return the schema of what ``counterpoise debrief --json`` prints: of one session, or of several pooled."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "counterpoise debrief",
        "oneOf": [{"title": "one session", **ONE}, {"title": "several sessions", **POOLED}],
    }
