"""The last checkpoint of a session over HTTP, for everyone: as JSON, and as a QR code with the same text."""

from __future__ import annotations

import http
import re
from io import BytesIO

import segno
from websockets.http11 import Response

from counterpoise.gateway.listener.static import CONTENT_TYPES, answer, plain
from counterpoise.wire.checkpoints import Checkpoint, receipt_lines

PAGE = re.compile(r"^/s/([A-Za-z0-9-]{1,40})/checkpoint(\.json|\.svg)$")


def checkpoint_page(method: str, suffix: str, checkpoint: Checkpoint | None) -> Response:
    """Return the page of a checkpoint.

    Args:
        method: GET or HEAD.
        suffix: ``.json`` or ``.svg``.
        checkpoint: the last one of the session; ``None`` if it has none, or is not loaded.
    """
    if checkpoint is None:
        return plain(method, http.HTTPStatus.NOT_FOUND, "No checkpoint of such a session\n")
    text = receipt_lines([checkpoint])
    if suffix == ".json":
        return answer(method, http.HTTPStatus.OK, text, CONTENT_TYPES[suffix])
    drawn = BytesIO()
    segno.make(text.decode(), error="l").save(drawn, kind="svg", scale=3, light="white")
    return answer(method, http.HTTPStatus.OK, drawn.getvalue(), CONTENT_TYPES[suffix])
