"""The tables in the READMEs, made from the code. ``python -m readme_tables`` rewrites them; a test checks them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable

from counterpoise.cli.scenarios import describe
from counterpoise.cli.sources import bundled_scenarios, scenario_text
from counterpoise.sim.catalogue import INJECTS, MOVES
from counterpoise.sim.reading.scenario_text import parse
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise_clients import roster


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


def hypotheses() -> str:
    """Return the table of hypotheses, rivals and baselines."""
    return _table(
        ("hypothesis", "what it says"),
        ((f"`{name}`", first_sentence(type(hypothesis))) for name, hypothesis in HYPOTHESES.items()),
    )


def propositions() -> str:
    """Return the table of propositions."""
    return _table(("id", "claim"), ((proposition.id, proposition.claim) for proposition in PROPOSITIONS.values()))


def bots() -> str:
    """Return the table of bots."""
    return _table(
        ("bot", "how it plays"), ((f"`{name}`", first_sentence(roster.load(name))) for name in roster.names())
    )


def scenarios() -> str:
    """Return the table of bundled scenarios."""
    rows = [describe(parse(*scenario_text(name))) for name in bundled_scenarios()]
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


TABLES: dict[str, tuple[str, Callable[[], str]]] = {
    "moves": ("server/README.md", moves),
    "injects": ("server/README.md", injects),
    "hypotheses": ("server/README.md", hypotheses),
    "propositions": ("server/README.md", propositions),
    "bots": ("clients/README.md", bots),
    "scenarios": ("scenarios/README.md", scenarios),
}
