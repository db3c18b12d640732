"""The QR codes that the pages draw are those of segno, square by square."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import segno

WEB = Path(__file__).parents[2] / "clients" / "counterpoise_clients" / "web"
FULL = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331]
"""How many bytes fill each version at level M. segno pads a code that is not full with one byte more than the standard."""
MASKS = range(8)
DRAW = """
import {{ squares }} from {module};
import {{ codewords }} from {words};
const drawn = {texts}.map((text) => {masks}.map((mask) => squares(text, mask).map((row) => row.map(Number).join(""))));
console.log(JSON.stringify({{ drawn, words: codewords(new TextEncoder().encode("a"), 1), long: squares("x".repeat(332)) }}));
"""


def test_a_code_has_the_squares_of_the_standard_in_every_version_and_under_every_mask() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed; it is needed to test the browser client's modules, not to run them")
    texts = [("https://example.edu/j/s1#" + "aZ09_-" * 60)[:length] for length in FULL]
    modules = [json.dumps((WEB / "qr" / name).as_uri()) for name in ("squares.mjs", "codewords.mjs")]
    script = DRAW.format(module=modules[0], words=modules[1], texts=json.dumps(texts), masks=json.dumps(list(MASKS)))
    done = subprocess.run([node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    for text, drawn in zip(texts, answer["drawn"], strict=True):
        for mask in MASKS:
            code = segno.make_qr(text, error="M", mask=mask, mode="byte", boost_error=False)
            assert drawn[mask] == ["".join(str(int(square)) for square in row) for row in code.matrix]
    # The byte "a" after mode and length, then the padding of the standard.
    assert answer["words"][:6] == [0x40, 0x16, 0x10, 0xEC, 0x11, 0xEC]
    assert answer["long"] is None
