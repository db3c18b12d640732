"""Read and write the frames of the socket of a class: JSON, with the limits of the sessions' sockets and a longer roster."""

from __future__ import annotations

from typing import Any

import msgspec

from counterpoise.wire.class_messages import ClassClientMessage, ClassServerMessage
from counterpoise.wire.codec import INBOUND, JsonCodec, Limits
from counterpoise.wire.typed_messages import message_in, types_by_name

_LIMITS = Limits(frame=INBOUND.frame, text=INBOUND.frame)
_TYPES = types_by_name(ClassClientMessage)
_ENCODER = msgspec.json.Encoder()


class _ClassJson(JsonCodec):
    """Reads line ends as spreadsheets write them; elsewhere a carriage return is refused."""

    def _read(self, frame: bytes | str, limits: Limits, pairs_hook: Any) -> object:  # type: ignore[override]
        value = JsonCodec._read(frame, limits, pairs_hook)
        if isinstance(value, dict) and isinstance(table := value.get("csv"), str):
            value["csv"] = table.replace("\r\n", "\n").replace("\r", "\n")
        return value


_CODEC = _ClassJson(_LIMITS)


def unpack_class_frame(frame: bytes | str) -> dict[str, Any]:
    """Return the clean map in a frame; raise ``ProtocolError`` if it has anything else."""
    return _CODEC.unpack(frame)


def class_message(data: dict[str, Any]) -> ClassClientMessage:
    """Return the message in a clean map; raise ``ProtocolError`` if it is none."""
    message: ClassClientMessage = message_in(data, _TYPES, hidden="token")
    return message


def encode_class_message(message: ClassServerMessage) -> str:
    """Return the frame of a server's message."""
    return _ENCODER.encode(message).decode()
