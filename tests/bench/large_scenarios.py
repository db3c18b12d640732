"""Made-up scenarios with any number of states, to measure how cost grows with their number."""

from __future__ import annotations

from random import Random

FAMILIES = ("republic", "monarchy", "junta", "party_state")
ROW = 20
"""States in a row of the map."""


def grid_scenario(states: int, years: int = 2) -> str:
    """Return the text of a scenario with this many states on a grid; one in three pairs of neighbours are rivals."""
    dice = Random(f"crowd/{states}")
    names = [f"S{n:03d}" for n in range(states)]
    borders = [(n, m) for n in range(states) for m in (n + 1, n + ROW) if m < states and (m != n + 1 or m % ROW)]
    rivals = [pair for pair in borders if dice.random() < 1 / 3]
    lines = [
        "[scenario]",
        f'id = "crowd-{states}"',
        f'title = "{states} states"',
        'summary = "A grid of states, for measurements."',
        "start = 1901-01-01",
        f"end = {1900 + years}-12-31",
        "window_months = 3",
        "minutes = 60",
        "[ideology]",
        f"families = {list(FAMILIES)}".replace("'", '"'),
        'divisive = ["party_state"]',
    ]
    for place, family in enumerate(FAMILIES[:-1]):
        lines.append(f"[ideology.similarity.{family}]")
        lines += [f"{other} = 0.3" for other in FAMILIES[place + 1 :]]
    for n, name in enumerate(names):
        strength = dice.uniform(0.5, 2.0)
        figures = [round(strength * amount) for amount in (900, 90, 700, 9000, 14000, 3600)]
        family, legitimacy = FAMILIES[dice.randrange(4)], round(dice.uniform(0.3, 0.9), 2)
        traits = f"legitimacy = {legitimacy}, openness = 0.5, constraint = 0.5"
        lines += [
            f"[actors.{name}]",
            f'name = "State {n}"',
            f'capital = "City {n}"',
            f"latitude = {10.0 + 3.0 * (n // ROW)}",
            f"longitude = {-40.0 + 4.0 * (n % ROW)}",
            f'regimes = [{{ from = 1890-01-01, family = "{family}", {traits} }}]',
            f"waypoints = [[1901-01-01, {', '.join(str(amount) for amount in figures)}]]",
            'briefing = "One of many."',
            'goals = ["Exist at the end."]',
        ]
    between = [f'between = ["{names[n]}", "{names[m]}"]' for n, m in borders]
    lines += ["[geography]", "distance_scale_km = 500"]
    lines.append("borders = [" + ", ".join(f"{{ {pair}, kind = 1 }}" for pair in between) + "]")
    lines.append("[history]")
    quarrels = [f'{{ between = ["{names[n]}", "{names[m]}"], start = 1895-01-01 }}' for n, m in rivals]
    lines.append("rivalries = [" + ", ".join(quarrels) + "]")
    return "\n".join(lines) + "\n"
