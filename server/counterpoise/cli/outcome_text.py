"""What became of the world in a game, as text: who was allied, who fought, and the scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from rich.table import Table

from counterpoise.cli.terminal import console
from counterpoise.session.debrief.debrief_document import Timeline, TimelineAlliance, TimelineWar
from counterpoise.sim.score_parts import ScoreParts
from counterpoise.sim.types import ActorId

SHOWN = 40
"""Rows of a list; the JSON document has them all."""


def print_outcome(timeline: Timeline, names: Mapping[str, str], scores: Mapping[ActorId, ScoreParts]) -> None:
    """Print the alignments and wars of a game in the order of their dates, the number of its crises, and the scores.

    Args:
        timeline: what happened.
        names: the names of the states by code.
        scores: the parts of the scores so far; empty if none has been counted yet.
    """
    console.print(f"What happened from {timeline.begins} to {timeline.ends}", style="bold")
    made = [alliance for alliance in timeline.alliances if alliance.begins is not None]
    _print_list("Alignments made", [_alliance_words(alliance) for alliance in made])
    _print_list("Wars", [_war_words(war) for war in timeline.wars])
    console.print(f"Crises: {len(timeline.crises)}")
    if scores:
        console.print(_score_table(names, scores))
    console.print()


def _alliance_words(alliance: TimelineAlliance) -> str:
    against = f" against {alliance.against}" if alliance.against else ""
    secret = ", secret" if alliance.secret else ""
    name = f", {alliance.name}" if alliance.name else ""
    changes = [
        (member.on, f"{member.state} {verb} {member.on}")
        for verb, members in (("joined", alliance.joined), ("left", alliance.left))
        for member in members
    ]
    later = "".join(f", {words}" for _, words in sorted(changes))
    end = f", ended {alliance.ends}" if alliance.ends else ""
    members = ", ".join(alliance.members)
    return f"{alliance.begins}  {members}: {_plain(alliance.commitment)}{against}{secret}{name}{later}{end}"


def _war_words(war: TimelineWar) -> str:
    sides = f"{', '.join(war.attackers)} against {', '.join(war.defenders)} over {_plain(war.aim)}"
    if war.ends is None:
        return f"{war.begins}  {sides}, still fought"
    outcome = f"won by {', '.join(war.winners)}" if war.winners else _plain(war.outcome or "ended").lower()
    return f"{war.begins}  {sides}, to {war.ends}: {outcome}"


def _score_table(names: Mapping[str, str], scores: Mapping[ActorId, ScoreParts]) -> Table:
    table = Table(title="Scores, 0 to 100", title_justify="left", header_style="bold", box=None, padding=(0, 2, 0, 0))
    table.add_column("state")
    columns = [part.name for part in fields(ScoreParts)]
    for heading in ("score", *columns):
        table.add_column(heading, justify="right")
    for code, parts in sorted(scores.items(), key=lambda item: (-item[1].total, item[0])):
        points = (parts.total, *(getattr(parts, column) for column in columns))
        table.add_row(f"{code} {names.get(code, code)}", *(f"{value:.1f}" for value in points))
    return table


def _print_list(title: str, rows: Sequence[str]) -> None:
    console.print(f"{title}: {len(rows)}" if rows else f"{title}: none")
    for row in _first(rows):
        console.print(f"  {row}", markup=False)


def _first(rows: Sequence[str]) -> Iterable[str]:
    left = len(rows) - SHOWN
    return rows if left <= 0 else [*rows[:SHOWN], f"and {left} more in --json"]


def _plain(code: str) -> str:
    return code.replace("_", " ")
