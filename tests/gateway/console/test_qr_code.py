"""The QR codes that the server makes for the pages."""

from __future__ import annotations

import re

import segno

from counterpoise.gateway.console.qr_code import qr_code

LINK = "https://games.example/cp/j/class-a#device-K7QM-2XWD"


def test_the_path_covers_the_dark_modules_and_no_others() -> None:
    code = qr_code(LINK)
    pieces = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", code.path)
    assert "".join(f"M{x} {y}h{width}v1h-{back}z" for x, y, width, back in pieces) == code.path
    drawn = [(int(x) + at, int(y)) for x, y, width, _ in pieces for at in range(int(width))]
    matrix = segno.make(LINK, error="m", micro=False).matrix
    assert sorted(drawn) == sorted((x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    assert code.size == len(matrix)
