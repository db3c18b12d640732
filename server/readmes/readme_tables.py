"""The tables in the READMEs, made from the code. ``python -m readme_tables`` rewrites them; a test checks them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from typing import Any

from counterpoise.cli.scenarios import describe
from counterpoise.scenario_files import bundled_scenarios, scenario_text
from counterpoise.sim.catalogue import INJECTS, MOVES, inject_catalogue, move_catalogue
from counterpoise.sim.reading.history_text import ALIGNMENTS, NAMED_BY_PAIR, reference_fields
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.evidence.acts.kinds import ACT_KINDS, GIVES
from counterpoise.theory.evidence.proposition import SLOPE_SESOI
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.parameters import WEIGHTS, table
from counterpoise_clients import roster

NUMBERS = ("alignment", "crisis", "war")
"""Fields of injects that hold a number of the game."""
WEIGHT_USES = (
    "comparison: no ranking of the parts",
    "regional states",
    "comparison: fitted to disputes of 1946-85",
    "outside powers",
    "comparison: power alone",
)
"""What each weight set of ``parameters.WEIGHTS`` is for, in the same order."""


def first_sentence(subject: object) -> str:
    """Return the first sentence of a docstring, on one line."""
    text = " ".join((inspect.getdoc(subject) or "").split("\n\n")[0].split())
    return re.split(r"(?<=[a-z)\]])[.:](?:\s|$)", text)[0].rstrip(".")


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def moves() -> str:
    """Return the table of moves."""
    return _table(
        ("move", "what it does", "fields"),
        (
            (f"`{kind}`", first_sentence(move), ", ".join(f"`{name}`" for name in inspect.signature(move).parameters))
            for kind, move in MOVES.items()
        ),
    )


def injects() -> str:
    """Return the table of injects."""
    return _table(
        ("inject", "what it does", "fields"),
        (
            (f"`{kind}`", first_sentence(made), ", ".join(f"`{name}`" for name in inspect.signature(made).parameters))
            for kind, made in INJECTS.items()
        ),
    )


def order_fields() -> str:
    """Return the table of the orders of a record: the fields of each and what they hold."""
    return _table(
        ("`kind`", "fields"),
        (
            (f"`{kind}`", _fields_in_words(entry["schema"], reference_fields(kind), ("kind",)))
            for kind, entry in move_catalogue().items()
        ),
    )


def inject_fields() -> str:
    """Return the table of the injects of a file: the fields of each and what they hold.

    The number of a crisis, a war or an alignment is left out, because a file names states instead.
    """
    return _table(
        ("`kind`", "what it does", "fields"),
        (
            (f"`{kind}`", first_sentence(INJECTS[kind]), _fields_in_words(entry["schema"], {}, ("kind", *NUMBERS)))
            for kind, entry in inject_catalogue().items()
        ),
    )


def _fields_in_words(form: Any, references: dict[str, str], without: tuple[str, ...]) -> str:
    """Return the fields of a move or inject with what each holds; those that may be missing are in italics."""
    words = []
    for name, field in form["properties"].items():
        if name in without:
            continue
        shown = f"`{name}`" if name in form["required"] else f"*`{name}`*"
        of = references.get(name, "")
        held = (
            "alignment"
            if of in ALIGNMENTS
            else "two states"
            if of in NAMED_BY_PAIR
            else "state"
            if of
            else _held(field)
        )
        words.append(f"{shown} ({held})" if held else shown)
    return ", ".join(words) or "none"


def _held(field: Any) -> str:
    """Return in words what a field of a JSON schema holds; nothing for plain text."""
    found = next((part for part in field.get("anyOf", ()) if part.get("type") != "null"), field)
    choices = {**found, **field}.get("x-choices")
    if "enum" in found:
        return ", ".join(map(str, found["enum"]))
    if found.get("x-moment") or field.get("x-moment"):
        return "date"
    match found.get("type"):
        case "array":
            return "states"
        case "boolean":
            return "true, false"
        case "integer" | "number" if "minimum" in found and "maximum" in found:
            return f"{found['minimum']:g} to {found['maximum']:g}"
        case "object":
            return "state and rating"
        case _:
            return {"actors": "state", "families": "family"}.get(str(choices), "")


def hypotheses() -> str:
    """Return the table of hypotheses, rivals and baselines."""
    return _table(
        ("name", "standing", "what it says"),
        (
            (f"`{name}`", hypothesis.standing, first_sentence(type(hypothesis)))
            for name, hypothesis in HYPOTHESES.items()
        ),
    )


def claims(family: str) -> str:
    """Return the table of the propositions of one family, with what each test estimates."""
    return _table(
        ("id", "claim", "estimate", "one row", "no effect", "predicted", "smallest effect", "least rows"),
        (
            (
                proposition.id,
                proposition.claim,
                proposition.statistic,
                proposition.unit,
                f"{proposition.null:g}",
                "above" if proposition.predicted > 0 else "below",
                "ratio 1.25" if proposition.sesoi == SLOPE_SESOI else f"{proposition.sesoi:.2g}",
                str(proposition.n_min),
            )
            for proposition in PROPOSITIONS.values()
            if proposition.family == family
        ),
    )


def weights() -> str:
    """Return the table of the weight sets of the threat index."""
    return _table(
        ("weight set", "wP", "wG", "wO", "wI", "for"),
        (
            (name, *(f"{value:.2f}" for value in (each.power, each.proximity, each.offense, each.intentions)), use)
            for (name, each), use in zip(WEIGHTS.items(), WEIGHT_USES, strict=True)
        ),
    )


def parameters() -> str:
    """Return the table of the model's parameters."""
    return _table(
        ("parameter", "value", "range", "what it is"),
        ((f"`{name}`", f"{value:g}", f"{low:g} to {high:g}", text) for name, value, low, high, text in table()),
    )


def acts() -> str:
    """Return the table of the kinds of act that take a side."""
    return _table(
        ("act", "chosen from", "chance gives", "a hypothesis gives"),
        ((kind.words, kind.menu, kind.null, GIVES[kind.form]) for kind in ACT_KINDS.values()),
    )


def bots() -> str:
    """Return the table of bots."""
    return _table(
        ("bot", "how it plays"), ((f"`{name}`", first_sentence(roster.load_bot(name))) for name in roster.bot_names())
    )


def scenarios() -> str:
    """Return the table of bundled scenarios."""
    rows = [describe(parse_scenario(*scenario_text(name))) for name in bundled_scenarios()]
    return _table(
        ("scenario", "title", "years", "actors", "windows", "minutes"),
        (
            (
                f"`{r['id']}`",
                r["title"],
                f"{r['from'][:4]}-{r['to'][:4]}",
                str(len(r["actors"])),
                str(r["windows"]),
                str(r["minutes"] or ""),
            )
            for r in rows
        ),
    )
