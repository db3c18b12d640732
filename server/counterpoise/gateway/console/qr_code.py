"""QR codes of links, as the pages draw them."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import segno

from counterpoise.wire.qr_code import QrCode


@lru_cache(maxsize=64)  # a board is made again and again, with the same address
def qr_code(text: str) -> QrCode:
    """Return the QR code of a text; each run of dark modules of a row is one piece of its path."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    pieces = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                pieces.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return QrCode(len(rows), "".join(pieces))
