"""The comparison of a fork as one self-contained page: no script, no network, drawn figures with their tables beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources
from math import ceil
from typing import Any

from counterpoise.cli.debrief.debrief_page import hash_of, self_contained
from counterpoise.cli.fork.fork_text import (
    LEVELS,
    SIDES,
    balancing_share,
    cautions,
    difference_text,
    differing_verdicts,
    pair_share,
    state_rows,
    void_sentence,
)
from counterpoise.session.fork_document import ForkReport, Side, SideSkill

PAIRS_DRAWN = 20
WIDTH, LEFT, RIGHT, ROW, DOT, STACK = 860, 250, 30, 26, 4, 40
"""In the units of the figures: a row of pairs, half a dot, the tallest stack of games."""
STYLE = """
.fork { max-width: 62rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
.fork h1 { font-size: 1.6rem; margin: 0.5rem 0; }
.fork h2 { margin: 1.8rem 0 0.3rem; }
.fork svg { width: 100%; height: auto; display: block; }
.fork text { fill: var(--ink); font-family: var(--sans); font-size: 13px; }
.fork .tick { fill: var(--quiet); font-size: 11px; }
.fork .axis { stroke: var(--rule); }
.fork .baseline { fill: var(--edge); stroke: var(--edge); }
.fork .changed { fill: var(--accent); stroke: var(--accent); }
.fork .was { fill: none; stroke: var(--focus); stroke-width: 2.5; }
.fork .join { stroke: var(--rule); stroke-width: 3; }
.fork table { border-collapse: collapse; font-size: 0.9rem; margin: 0.4rem 0; }
.fork th, .fork td { text-align: left; padding: 0.15rem 0.8rem 0.15rem 0; border-top: 1px solid var(--rule); }
.fork td { font-variant-numeric: tabular-nums; }
"""
FORKED: tuple[Side, ...] = ("baseline", "changed")
KEY = "A ring is the journal itself, grey the baseline, blue the games with the change."


def fork_page(report: ForkReport) -> str:
    """Return the page for a comparison."""
    style = (resources.files("counterpoise_clients") / "web" / "app.css").read_text(encoding="utf-8") + STYLE
    policy = f"default-src 'none'; style-src {hash_of(style)}; base-uri 'none'; form-action 'none'"
    forked = report.forked
    title = f"{report.title}, forked on {forked.on}"
    parts = [
        *_head(report, title),
        *_happened(report),
        *_stood(report, "allied", "Who was allied on " + forked.until),
        *_stood(report, "fought", "Who fought since the fork"),
        *_levels(report),
        *_checked(report),
    ]
    return self_contained(
        f"{title} - counterpoise", policy, [f"<style>{style}</style>"], ['<main class="fork">', *parts, "</main>"]
    )


def _head(report: ForkReport, title: str) -> Iterable[str]:
    forked = report.forked
    yield f"<h1>{escape(title)}</h1>"
    yield (
        f'<p class="lead">{forked.seeds} games on each side, played by bots from the fork to {forked.until}. Both sides '
        "have the same seeds; what differs between them is what the change did.</p>"
    )
    lines = [
        ("Taken out", forked.without),
        ("Put in", forked.added),
        ("Became impossible", report.impossible),
        ("Limited", report.limits),
        ("And", [void_sentence(report.void)] if report.void else []),
    ]
    rows = [f"<li><b>{name}</b>: {escape(line)}</li>" for name, told in lines for line in told]
    yield f'<ul class="plain small">{"".join(rows) or "<li>Nothing was changed.</li>"}</ul>'


def _happened(report: ForkReport) -> Iterable[str]:
    yield "<h2>What happened</h2>"
    yield f'<p class="small quiet">A dot is a game, or a bar as high as there are games; the triangle is the mean. {KEY}</p>'
    for row in report.counts:
        yield _strip(row)
    yield _table(
        ("", *SIDES.values(), "difference (95 %)"),
        (
            (
                row.title,
                str(row.original),
                *(f"{getattr(row, arm).mean:.1f}" if getattr(row, arm) else "-" for arm in ("baseline", "changed")),
                difference_text(row.difference, share=False),
            )
            for row in report.counts
        ),
        folded=True,
    )


def _strip(row: Any) -> str:
    """Draw a distribution for each side, one above the other, on one axis."""
    sides = [arm for arm in FORKED if getattr(row, arm)]
    counted = {arm: Counter(getattr(row, arm).values) for arm in sides}
    high: int = max(1, row.original, *(value for counts in counted.values() for value in counts))
    step = min(2 * DOT, STACK / max(count for counts in counted.values() for count in counts.values()))
    band = STACK + 18
    height = band * len(sides) + 20

    def x(value: float) -> float:
        return round(LEFT + value / high * (WIDTH - LEFT - RIGHT), 1)

    marks = [f'<text x="0" y="{height / 2:.1f}">{escape(row.title)}</text>']
    for place, arm in enumerate(sides):
        floor, mean = band * (place + 1) - 10, x(getattr(row, arm).mean)
        marks.append(f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{floor}" y2="{floor}"/>')
        for value, count in sorted(counted[arm].items()):
            marks += _stack(arm, x(value), floor, count, step)
        marks.append(f'<path class="{arm}" d="M{mean} {floor + 2}l-5 8h10z"/>')
        marks.append(f'<circle class="was" cx="{x(row.original)}" cy="{floor}" r="6"/>')
    for value in range(0, high + 1, max(1, ceil(high / 8))):
        marks.append(f'<text class="tick" x="{x(value)}" y="{height - 4}" text-anchor="middle">{value}</text>')
    said = ", ".join(f"{SIDES[arm]} {getattr(row, arm).mean:.1f}" for arm in sides)
    return _figure(height, f"{row.title}: the journal {row.original}, {said}", marks)


def _stack(arm: str, x: float, floor: float, count: int, step: float) -> Iterable[str]:
    """Draw so many games: a dot for each, or a bar where dots would be too small to count."""
    if step < DOT:
        tall = step * count
        place = f'x="{x - DOT / 2:.1f}" y="{floor - tall:.1f}"'
        yield f'<rect class="{arm}" {place} width="{DOT}" height="{tall:.1f}"/>'
        return
    for level in range(count):
        yield f'<circle class="{arm}" cx="{x}" cy="{floor - step * (level + 0.5):.1f}" r="{step / 2 - 0.5:.1f}"/>'


def _stood(report: ForkReport, name: str, title: str) -> Iterable[str]:
    rows = getattr(report, name)[:PAIRS_DRAWN]
    yield f"<h2>{escape(title)}</h2>"
    if not rows:
        yield "<p>Nobody.</p>"
        return
    more = (
        f" The {len(rows)} pairs that differ most of {len(getattr(report, name))}."
        if len(rows) < len(getattr(report, name))
        else ""
    )
    yield f'<p class="small quiet">In what share of the games; a ring where it was so in the journal.{more}</p>'
    height = ROW * len(rows) + 24
    marks = []

    def x(share: float) -> float:
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    for place, row in enumerate(rows):
        y = ROW * place + ROW / 2
        shares = {arm: getattr(row, arm) for arm in ("baseline", "changed") if getattr(row, arm) is not None}
        marks.append(f'<text x="0" y="{y + 4:.1f}">{escape(_pair(report, row))}</text>')
        marks.append(f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        if len(shares) > 1:
            ends = [x(share) for share in shares.values()]
            marks.append(f'<line class="join" x1="{ends[0]}" x2="{ends[1]}" y1="{y:.1f}" y2="{y:.1f}"/>')
        if row.original:
            marks.append(f'<circle class="was" cx="{x(1.0)}" cy="{y:.1f}" r="8"/>')
        marks += [f'<circle class="{arm}" cx="{x(share)}" cy="{y:.1f}" r="5"/>' for arm, share in shares.items()]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        marks.append(f'<text class="tick" x="{x(share)}" y="{height - 6}" text-anchor="middle">{share:.0%}</text>')
    yield _figure(height, title, marks)
    yield _table(
        ("", *SIDES.values(), "difference (95 %)"),
        (
            (
                _pair(report, row),
                *(pair_share(row, arm) for arm in SIDES),
                difference_text(row.difference, share=True),
            )
            for row in rows
        ),
        folded=True,
    )


def _levels(report: ForkReport) -> Iterable[str]:
    for name, title in LEVELS.items():
        yield f"<h2>{escape(title)}</h2>"
        yield '<p class="small quiet">The mean of the games; the states that differ most.</p>'
        yield _table(("", *SIDES.values(), "difference (95 %)"), state_rows(report, name))


def _checked(report: ForkReport) -> Iterable[str]:
    sides = list(report.classes.by_side())
    yield "<h2>What the check says of each side</h2>"
    headings = ("", *(SIDES[arm] for arm in sides))
    yield _table(
        headings,
        [
            (
                "balanced, of those who took sides under threat",
                *(balancing_share(report.classes.by_side()[arm]) for arm in sides),
            )
        ],
    )
    yield "<h3>Verdicts that differ, and W3.1</h3>"
    yield _table(
        (*headings, "claim"),
        ((row.id, *(row.by_side()[arm].verdict for arm in sides), row.claim) for row in differing_verdicts(report)),
    )
    yield "<h3>Skill of each hypothesis against the base rates</h3>"
    yield _table(headings, ((row.name, *(_skill(row.by_side()[arm]) for arm in sides)) for row in report.hypotheses))
    yield f"<ul>{''.join(f'<li>{escape(sentence)}</li>' for sentence in cautions(report))}</ul>"


def _skill(cell: SideSkill | None) -> str:
    return "-" if cell is None or cell.skill is None else f"{cell.skill:.3f}"


def _pair(report: ForkReport, row: Any) -> str:
    return " and ".join(report.actors.get(state, state) for state in row.states)


def _figure(height: float, label: str, marks: Iterable[str]) -> str:
    opening = f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(label)}">'
    return f"{opening}{''.join(marks)}</svg>"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, folded: bool = False) -> str:
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<details><summary>As a table</summary>{table}</details>" if folded else table
