"""Reads what a self-contained page holds, as the page itself does."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode
from typing import Any


def data_of(page: str) -> dict[str, Any]:
    """Return the documents of a page by the ids of their elements."""
    (packed,) = re.findall(r'id="packed">(.*?)</script>', page)
    data: dict[str, Any] = json.loads(gzip.decompress(b64decode(packed)))["data"]
    return data
