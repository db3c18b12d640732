"""Print the world on a date as text: the whole world, or the view of one seat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from rich.table import Table

from counterpoise.cli.terminal import console
from counterpoise.sim.views.view import View
from counterpoise.sim.world import World
from counterpoise.theory.threat import threats_from_view

INCIDENTS_MAX = 8
"""How many of the newest incidents are printed."""


def print_world(world: World) -> None:
    """Print every state, alignment, crisis, war and flow of aid, including secrets."""
    table = Table(title=f"The world, {world.calendar.iso(world.tick)}", title_justify="left", header_style="bold")
    for heading in ("state", "power", "offence", "regime", "legitimacy", "treasury", "score"):
        table.add_column(heading, justify="left" if heading in ("state", "regime") else "right", no_wrap=True)
    for actor in world.active():
        table.add_row(
            actor.id, f"{actor.power:.3f}", f"{actor.offense:.2f}", actor.family, f"{actor.legitimacy:.2f}",
            f"{actor.treasury:.1f}", f"{world.scores.get(actor.id, 0.0):.1f}",
        )  # fmt: skip
    console.print(table)
    _list(
        "Alignments",
        (
            f"{', '.join(a.members)}: {_words(a.commitment)}{_against(a.against)}{', secret' if a.secret else ''} "
            f"since {world.calendar.iso(a.since)}"
            for a in world.alignments.values()
            if not a.ended
        ),
    )
    _list("Crises", (f"{c.initiator} against {c.target} over {_words(c.aim)}" for c in world.crises.values()))
    _list("Wars", (f"{', '.join(w.attackers)} against {', '.join(w.defenders)}" for w in world.wars.values()))
    _list("Aid", (f"{f.donor} to {f.recipient}: {f.kind}, {f.amount:.2f} of its budget" for f in world.aid.values()))


def print_view(view: View) -> None:
    """Print the view of a seat: its own state, the threats, its alignments, and the calls for it."""
    own = view.own
    console.print(f"{own.name}, {view.date}", style="bold", markup=False)
    console.print(
        f"power {own.power:.3f}, offence {own.offense:.2f}, treasury {own.treasury:.1f}, {_words(own.family)} of legitimacy "
        f"{own.legitimacy:.2f}, score {own.score:.1f}",
        markup=False,
    )
    parts = (f"{part.name} {getattr(own.score_parts, part.name):.1f}" for part in fields(own.score_parts))
    console.print(f"the score is made of {', '.join(parts)}", markup=False)
    table = Table(header_style="bold")
    for heading in ("state", "threat", "power", "proximity", "offence", "intentions", ""):
        table.add_column(heading, justify="left" if heading in ("state", "") else "right", no_wrap=True)
    threats = threats_from_view(view)
    for other in sorted(view.others, key=lambda other: (-threats[other.id].threat, other.id)):
        seen = threats[other.id]
        marks = [word for word, on in (("aligned", other.aligned), ("at war", other.at_war)) if on]
        table.add_row(
            other.id, f"{seen.threat:.2f}", f"{seen.power:.2f}", f"{seen.proximity:.2f}", f"{seen.offense:.2f}",
            f"{seen.intentions:.2f}", ", ".join(marks),
        )  # fmt: skip
    console.print(table)
    _list(
        "Alignments",
        (f"{', '.join(a.members)}: {_words(a.commitment)}{_against(a.against)}" for a in view.alignments),
    )
    _list("Calls", (f"{call.reason} by {call.asker}" if call.asker else call.reason for call in view.calls))
    _list(
        "Newest incidents",
        (
            f"{news['date']} {_words(news['kind'])}: {', '.join(news['actors'])}"
            for news in view.incidents[-INCIDENTS_MAX:]
        ),
    )


def _list(title: str, rows: Iterable[str]) -> None:
    lines = list(rows)
    console.print(f"{title}:" if lines else f"{title}: none", style="bold")
    for row in lines:
        console.print(f"  {row}", markup=False)


def _words(code: str) -> str:
    return code.replace("_", " ")


def _against(threat: str | None) -> str:
    return f" against {threat}" if threat else ""
