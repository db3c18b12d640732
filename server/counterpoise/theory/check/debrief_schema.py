"""The published form of the debrief document, as a JSON Schema (draft 2020-12)."""

from __future__ import annotations

from typing import Any, get_args

from counterpoise.sim.types import AlignmentClass
from counterpoise.theory.decisions.decision_point import DecisionKind
from counterpoise.theory.evidence.elicitation import MOTIVES
from counterpoise.theory.evidence.indices import Indices, Reading
from counterpoise.theory.evidence.verdict import Verdict

Schema = dict[str, Any]


def or_null(kind: str) -> Schema:
    """Return the form of a value of a kind, or none."""
    return {"type": [kind, "null"]}


def record(properties: dict[str, Schema], *, optional: tuple[str, ...] = ()) -> Schema:
    """Return the form of an object of these properties and no others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def list_of(items: Schema) -> Schema:
    """Return the form of a list."""
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
THREAT = record(dict.fromkeys(("threat", "power", "proximity", "offense", "intentions"), SHARE))
SCORES: Schema = {"type": "object", "propertyNames": CODE, "additionalProperties": NUMBER}
FACTS: dict[str, Schema] = {
    "session": TEXT,
    "scenario": TEXT,
    "rules_version": {"type": "integer", "minimum": 1},
    "seed_commitment": HASH,
    "counterpoise": {"type": "string", "description": "version of the program that wrote the journal"},
}
DECISION = record(
    {
        "session": TEXT,
        "player": {"type": "string", "description": "a bot's or a person's name; empty if not told"},
        "actor": CODE,
        "date": DATE,
        "window": COUNT,
        "kind": {"enum": list(get_args(DecisionKind))},
        "options": list_of(TEXT),
        "choice": {"type": "string", "description": "one of the options; empty if the choice was not on the menu"},
        "class": {"enum": list(get_args(AlignmentClass))},
        "partners": list_of(CODE),
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
            "additionalProperties": list_of(SHARE),
            "description": "by hypothesis, one probability for each option",
        },
    }
)
CALIBRATION = list_of(record({"n": COUNT, "forecast": SHARE, "chosen": SHARE}))
HYPOTHESIS = record(
    {
        "name": TEXT,
        "title": TEXT,
        "standing": {"enum": ["hypothesis", "rival", "baseline"]},
        "n": COUNT,
        **dict.fromkeys(("log_score", "brier", "skill"), or_null("number")),
        "ci": INTERVAL,
        **dict.fromkeys(("brier_skill", "hit_1", "hit_3", "partner_percentile"), or_null("number")),
        "partner_mrr": {**or_null("number"), "description": "mean reciprocal rank of the partner chosen"},
        "partners": COUNT,
        **dict.fromkeys(("partner_log_score", "partner_skill"), or_null("number")),
        "partner_ci": INTERVAL,
        "calibration": CALIBRATION,
        **dict.fromkeys(("calibration_error", "reliability", "resolution", "uncertainty"), or_null("number")),
        "discrimination": record(
            dict.fromkeys(("BAL", "BW"), record(dict.fromkeys(("roc", "pr", "base_rate"), or_null("number"))))
        ),
    }
)
STACKING: Schema = {
    "oneOf": [
        {"type": "null", "description": "too few decisions"},
        record(
            {
                "n": COUNT,
                "weights": {"type": "object", "additionalProperties": SHARE},
                "log_score": {"type": "number", "description": "of mixtures on decisions they were not fitted on"},
            }
        ),
    ]
}
PROPOSITION = record(
    {
        "id": {"type": "string", "pattern": r"^W[1-6X]\.\d+[a-z]?$"},
        "family": {"type": "string", "pattern": "^W[1-6X]$"},
        "claim": TEXT,
        "statistic": TEXT,
        "unit": {"type": "string", "description": "what one observation is"},
        "n": COUNT,
        "estimate": or_null("number"),
        "ci": INTERVAL,
        "ci90": INTERVAL,
        "p": or_null("number"),
        "p_holm": {**or_null("number"), "description": "corrected for the tests of the family (Holm 1979)"},
        "null": NUMBER,
        "predicted": {"enum": [-1, 1]},
        "sesoi": {"type": "number", "minimum": 0, "description": "smallest effect of interest, from the null"},
        "n_min": COUNT,
        "clusters": COUNT,
        "verdict": {"enum": list(get_args(Verdict))},
        "note": TEXT,
        "agreement": {
            "type": ["number", "null"],
            "minimum": 0,
            "maximum": 1,
            "description": "share of the draws with the same verdict; null without draws or verdict",
        },
        "fragile": {**or_null("boolean"), "description": "whether fewer draws agree than a robust verdict needs"},
    }
)
INDICES = record(
    {
        "tick": {"type": "integer"},
        "date": DATE,
        **{name: or_null("number") for name in Indices.__struct_fields__[2:-1] if name != "triads"},
        "triads": COUNT,
        "reading": {"enum": [*get_args(Reading), None]},
    }
)
QUALITY: dict[str, Schema] = {
    "n": COUNT,
    **dict.fromkeys(("came_true", "confidence", "brier", "theory_brier", "base_rate_brier"), or_null("number")),
}
NAMED: dict[str, Schema] = {
    "n": COUNT,
    **dict.fromkeys(("top_threat_named", "rank_correlation"), or_null("number")),
}
MOTIVE = record({"stated": SHARE, "estimated": SHARE})


def _if_any(form: Schema) -> Schema:
    return {"oneOf": [{"type": "null", "description": "nobody gave any"}, form]}


ELICITATION = record(
    {
        "assessments": _if_any(
            record(
                {
                    **NAMED,
                    **dict.fromkeys(("strongest_named", "nearest_named", "chance"), or_null("number")),
                    "players": list_of(record({"player": TEXT, **NAMED})),
                }
            )
        ),
        "predictions": _if_any(
            record(
                {
                    **QUALITY,
                    "calibration": CALIBRATION,
                    "calibration_error": or_null("number"),
                    "players": list_of(record({"player": TEXT, **QUALITY})),
                }
            )
        ),
        "reasons": _if_any(
            record(
                {
                    "n": COUNT,
                    "given": {"type": "object", "additionalProperties": COUNT},
                    "compared": COUNT,
                    "motives": _if_any(record(dict.fromkeys(MOTIVES, MOTIVE))),
                }
            )
        ),
    }
)
CHECK: dict[str, Schema] = {
    "classes": record(dict.fromkeys(("decisions", "threatened", *get_args(AlignmentClass)), COUNT)),
    "decisions": list_of(DECISION),
    "hypotheses": list_of(HYPOTHESIS),
    "stacking": STACKING,
    "propositions": list_of(PROPOSITION),
    "elicitation": ELICITATION,
    "sensitivity": record({"draws": COUNT, "robust": SHARE}),
    "indices": list_of(INDICES),
    "threats_to_validity": list_of(TEXT),
    "matrix": {
        "oneOf": [
            {"type": "null"},
            record(
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
DATE_OR_NONE: Schema = {**DATE, "type": ["string", "null"]}
STATES = list_of(CODE)
TIMELINE = record(
    {
        "begins": DATE,
        "ends": {**DATE, "description": "the day up to which what happened is told"},
        "injects": list_of(
            record(
                {
                    "date": DATE,
                    "kind": TEXT,
                    "by": {"enum": ["moderator", "scenario", "fork"]},
                    "title": TEXT,
                    "actors": STATES,
                }
            )
        ),
        "wars": list_of(
            record(
                {
                    "attackers": STATES,
                    "defenders": STATES,
                    "aim": TEXT,
                    "begins": DATE,
                    "ends": DATE_OR_NONE,
                    "outcome": or_null("string"),
                    "winners": STATES,
                }
            )
        ),
        "crises": list_of(
            record(
                {
                    "initiator": CODE,
                    "target": CODE,
                    "aim": TEXT,
                    "level": {"type": "integer", "minimum": 1, "maximum": 5, "description": "the highest it reached"},
                    "begins": DATE,
                    "ends": DATE_OR_NONE,
                    "outcome": or_null("string"),
                }
            )
        ),
        "alliances": list_of(
            record(
                {
                    "members": STATES,
                    "commitment": TEXT,
                    "name": TEXT,
                    "against": {**CODE, "type": ["string", "null"]},
                    "secret": FLAG,
                    "begins": {**DATE_OR_NONE, "description": "null if the scenario began with it"},
                    "ends": DATE_OR_NONE,
                }
            )
        ),
    }
)
NAMES: Schema = {"type": "object", "propertyNames": CODE, "additionalProperties": TEXT}
VOID: Schema = {
    **list_of(record({"date": DATE, "inject": TEXT, "expected": TEXT, "got": TEXT})),
    "description": "what the scenario had in store and play had made impossible when its time came",
}
ONE = record(
    {"title": TEXT, **FACTS, "actors": NAMES, "scores": SCORES, "void_injects": VOID, **CHECK, "timeline": TIMELINE}
)
SESSION = record({**FACTS, "decisions": COUNT, "ended": FLAG, "scores": SCORES, "void_injects": VOID})
POOLED = record(
    {
        "title": TEXT,
        "sessions": list_of(SESSION),
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
