"""A QR code on the wire."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct


class QrCode(Struct, frozen=True):
    """A QR code to draw: its dark modules as the path of an SVG, a unit for each module, without the quiet zone."""

    size: Annotated[int, Meta(description="the modules of a side")]
    path: str
