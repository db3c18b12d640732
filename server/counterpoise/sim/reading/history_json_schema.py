"""The JSON Schema of record files, with which editors complete and check them."""

from __future__ import annotations

from typing import Any

import msgspec

from counterpoise.sim.catalogue import INJECTS, inject_catalogue, move_catalogue
from counterpoise.sim.field_types import fields_of, is_tick_field
from counterpoise.sim.moves.penetrate import Penetrate
from counterpoise.sim.reading.history_schema import AlignmentReferenceTable, HistoryFile, TreatyRow
from counterpoise.sim.reading.history_text import ALIGNMENTS, NAMED_BY_PAIR, reference_fields

DAY = {"type": "string", "format": "date"}
STATE = {"type": "string", "pattern": "^[A-Z][A-Z0-9]{1,4}$", "description": "a state's code"}
PAIR = {"type": "array", "items": STATE, "minItems": 2, "maxItems": 2, "description": "a state of each side"}
CITATION: dict[str, Any] = {
    "source": {"type": "string", "minLength": 1, "description": "a data set with its number, or an author and year"},
    "note": {"type": "string", "description": "what happened, in a few words"},
}


def history_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a record: its treaties, and every kind of order and inject with its fields."""
    schema = msgspec.json.schema(HistoryFile)
    (treaty, alignments), parts = msgspec.json.schema_components(
        (TreatyRow, AlignmentReferenceTable), ref_template="#/$defs/{name}"
    )
    schema["title"] = "counterpoise record"
    schema["$defs"] |= parts
    items = {
        "treaties": treaty,
        "orders": {"oneOf": [_order(kind, entry["schema"], alignments) for kind, entry in move_catalogue().items()]},
        "injects": {"oneOf": [_inject(kind, entry["schema"]) for kind, entry in inject_catalogue().items()]},
    }
    for table in ("HistoryFile", "HeadTable"):
        for name, item in items.items():
            schema["$defs"][table]["properties"][name]["items"] = item
    return schema


def _order(kind: str, form: dict[str, Any], alignments: dict[str, Any]) -> dict[str, Any]:
    """Return the form of an order of a kind: where the move has a number, the record names states."""
    fields = {name: _plain(field) for name, field in form["properties"].items()}
    for name, of in reference_fields(kind).items():
        fields[name] = alignments if of in ALIGNMENTS else PAIR if of in NAMED_BY_PAIR else STATE
    own: dict[str, Any] = {"on": DAY, "by": STATE, **CITATION}
    if kind == Penetrate.kind:
        own["until"] = {**DAY, "description": "the date on which the campaign ends"}
    return {**form, "properties": {**own, **fields}, "required": [*form["required"], "on", "by", "source"]}


def _inject(kind: str, form: dict[str, Any]) -> dict[str, Any]:
    """Return the form of an inject of a kind, with dates where an inject of the moderator has ticks."""
    fields = {name: _plain(field) for name, field in form["properties"].items()}
    ticks = [field.encode_name for field in fields_of(INJECTS[kind]) if is_tick_field(field.type)]
    fields |= {name: {**DAY, "description": fields[name].get("description", "")} for name in ticks}
    return {**form, "properties": {"on": DAY, **fields, **CITATION}, "required": [*form["required"], "on", "source"]}


def _plain(field: Any) -> Any:
    """Return a field's schema without the keys for our own forms (``x-...``)."""
    if isinstance(field, dict):
        return {name: _plain(value) for name, value in field.items() if not name.startswith("x-")}
    return [_plain(value) for value in field] if isinstance(field, list) else field
