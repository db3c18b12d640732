"""The frames that the listener writes are those that websockets would write."""

from __future__ import annotations

import pytest
from websockets.frames import Frame, Opcode

from counterpoise.gateway.listener.http_connection import _serialized


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_a_frame_of_any_length_is_written_as_the_protocol_wants_it(size: int) -> None:
    data, text = b"\xff" * size, "ä" * (size // 2)
    assert _serialized(data) == Frame(Opcode.BINARY, data).serialize(mask=False)
    assert _serialized(text) == Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
