"""A sentence with its kind and the values in it: reports print the sentence, pages word the kind in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

from msgspec import Meta, Struct

STATES_LISTED = 4
"""How many states a list spells out."""
_NAMES_SCHEMA = {
    "type": "object",
    "description": "A list of states.",
    "properties": {
        "names": {"type": "array", "items": {"type": "string"}, "description": "The states that it spells out."},
        "others": {"type": "integer", "description": "How many others there are."},
    },
    "required": ["names", "others"],
    "additionalProperties": False,
}
_VALUE_SCHEMA = {
    "anyOf": [
        {"type": ["string", "number", "boolean", "null", "array"]},
        _NAMES_SCHEMA,
        {"$ref": "#/$defs/SentenceData"},
    ]
}
"""A published schema tells what a value may be: msgspec cannot, because two of these are objects."""


class SentenceData(Struct, frozen=True):
    """A sentence as data: pages word it in the reader's language."""

    kind: str
    """What it says."""
    values: Annotated[dict[str, Any], Meta(extra_json_schema={"additionalProperties": _VALUE_SCHEMA})]
    """The values in it: names, numbers as they are shown, days, and words of the model by their keys."""


class Sentence(NamedTuple):
    """A sentence in English, and as data."""

    text: str
    kind: str
    values: dict[str, Any]

    @property
    def data(self) -> SentenceData:
        """The sentence as data."""
        return SentenceData(self.kind, self.values)


class Names(NamedTuple):
    """Names in a list: those that it spells out, and how many others there are."""

    shown: list[str]
    others: int

    def __str__(self) -> str:
        """Return the list in words."""
        words = [*self.shown, *([f"{self.others} others"] if self.others else [])]
        return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]

    @property
    def values(self) -> dict[str, Any]:
        """The list as a value of a sentence."""
        return {"names": self.shown, "others": self.others}


def listed_states(names: Sequence[str]) -> Names:
    """Return names as a list; of many names the first and how many others there are."""
    if len(names) <= STATES_LISTED:
        return Names(list(names), 0)
    return Names(list(names[: STATES_LISTED - 1]), len(names) - STATES_LISTED + 1)
