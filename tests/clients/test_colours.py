"""Colours that say different things stay apart, also for those who see no red, no green or no blue."""

from __future__ import annotations

import re
from math import dist
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "clients" / "counterpoise_clients" / "web"
SIGHTS = {
    "all colours": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""How linear red, green and blue are seen (Machado, Oliveira and Fernandes 2009, severity 1)."""
APART = 6 * 2.3
"""How far apart in CIELAB two colours of marks have to be: six times what can just be noticed."""
CAMPS = [f"{part}-{number}" for number in range(1, 5) for part in ("camp", "land")]


def tokens(is_dark: bool) -> dict[str, str]:
    """Return the colours by their names, as the style sheets set them."""
    found: dict[str, str] = {}
    for name in ("app.css", "map.css"):
        light, _, dark = (WEB / name).read_text("utf-8").partition("prefers-color-scheme: dark")
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", dark.split("\n}\n")[0] if is_dark else light))
    return found


def lab(colour: str, sight: str) -> tuple[float, float, float]:
    """Return a colour in CIELAB (D65), as it is seen."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in SIGHTS[sight]
    )
    x, y, z = (
        cube_root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047),
        cube_root(0.2126 * red + 0.7152 * green + 0.0722 * blue),
        cube_root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883),
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def cube_root(value: float) -> float:
    """Return the cube root, which CIELAB makes a line near black."""
    return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_what_a_state_did_is_not_taken_for_its_camp(sight: str, is_dark: bool) -> None:
    colours = tokens(is_dark)
    # The other three fills are those of the page itself.
    fills = {name: lab(colours[name], sight) for name in ("accent", "bw")}
    assert dist(fills["accent"], fills["bw"]) >= APART
    for camp in CAMPS:
        for name, fill in fills.items():
            assert dist(fill, lab(colours[camp], sight)) >= APART, f"{name} and {camp}"
