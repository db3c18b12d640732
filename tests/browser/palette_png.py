"""Screenshots as PNG files with a palette: a third of the size, for pictures that a repository keeps."""

from __future__ import annotations

import base64
import struct
import zlib
from collections import Counter
from typing import Any

COLOURS_MAX = 256
"""What one byte a pixel can tell apart (the PNG specification, third edition, 11.2.2)."""
PIXELS = """async (png) => {
  const picture = await createImageBitmap(await (await fetch(png)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  let text = "";
  for (let at = 0; at < data.length; at += 4) text += String.fromCharCode(data[at], data[at + 1], data[at + 2]);
  return [picture.width, picture.height, btoa(text)];
}"""
"""Returns width, height and the pixels as red, green and blue, in base64."""


def with_palette(png: bytes, browser: Any) -> bytes:
    """Return a screenshot with its 256 most frequent colours; every other pixel takes the nearest of them.

    Args:
        png: the file as a browser wrote it.
        browser: decodes it.
    """
    page = browser.new_page()
    width, height, text = page.evaluate(PIXELS, "data:image/png;base64," + base64.b64encode(png).decode())
    page.close()
    flat = base64.b64decode(text)
    pixels = list(zip(flat[0::3], flat[1::3], flat[2::3], strict=True))
    counted = Counter(pixels)
    palette = [colour for colour, _ in counted.most_common(COLOURS_MAX)]
    place = {colour: min(range(len(palette)), key=lambda at: distance(colour, palette[at])) for colour in counted}
    rows = (bytes(map(place.__getitem__, pixels[row * width : (row + 1) * width])) for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            chunk(b"IHDR", header),
            chunk(b"PLTE", bytes(part for colour in palette for part in colour)),
            chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
            chunk(b"IEND", b""),
        ]
    )


def distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    """Return the square of the distance between two colours."""
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG file."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
