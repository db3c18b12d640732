"""What a user sets for language models, in the environment: where they are, and what they may cost."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from counterpoise.errors import InputError

MODEL = "llm:"
"""What the name of a model begins with: ``llm:gpt-5-mini``."""
URL, KEY = "COUNTERPOISE_LLM_URL", "COUNTERPOISE_LLM_KEY"
BUDGET = "COUNTERPOISE_LLM_"
"""What the names of the variables for a budget begin with; ``Budget`` has the rest of each."""


class Budget(Struct, frozen=True):
    """What the model of one seat may take in one game. When it is spent, the seat passes."""

    calls: int = 1000
    tokens: int = 5_000_000
    """Of prompts and answers together."""
    seconds: float = 14_400.0
    """Of waiting for answers."""
    decision_seconds: float = 25.0
    """Of waiting for one decision, with all that is asked again."""


class Address(Struct, frozen=True):
    """Where models are. Its text shows neither the key nor the address, which may hold one too."""

    url: str
    key: str = ""

    def __repr__(self) -> str:
        return "Address(…)"


def address(environment: Mapping[str, str] = os.environ) -> Address:
    """Return where models are.

    Raises:
        InputError: the environment does not say it, or wrongly.
    """
    url = environment.get(URL, "").strip()
    parts = urlsplit(url)
    if not url:
        raise InputError(
            "the environment",
            URL,
            "the address of an OpenAI-compatible endpoint, such as http://localhost:11434/v1",
            "nothing",
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError("the environment", URL, "an address that begins with http:// or https://", "another text")
    return Address(url.rstrip("/"), environment.get(KEY, "").strip())


def budget(environment: Mapping[str, str] = os.environ) -> Budget:
    """Return what a model may take.

    Raises:
        InputError: a variable is no positive number.
    """
    given: dict[str, float] = {}
    for name in Budget.__struct_fields__:
        variable = BUDGET + name.upper()
        if text := environment.get(variable, "").strip():
            kind = type(getattr(Budget(), name))
            try:
                given[name] = kind(text)
            except ValueError:
                given[name] = 0
            if not 0 < given[name] < float("inf"):
                whole = "whole number" if kind is int else "number"
                raise InputError("the environment", variable, f"a {whole} above 0", repr(text))
    return Budget(**given)  # type: ignore[arg-type]
