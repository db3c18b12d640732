"""Whether a person lets research use how they played: the answer, and that it is on the disk."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

ConsentState = Literal["", "ask", "given", "refused"]
"""What a person has answered: ``ask`` before an answer, empty for those who are not asked."""


class Consent(Struct, tag_field="t", tag="consent", frozen=True, forbid_unknown_fields=True):
    """Say whether an export for research may hold when and how this person played. A later answer counts."""

    given: bool


class ConsentMark(Struct, tag_field="t", tag="consent_mark", frozen=True):
    """An answer about research is on the disk."""

    given: bool
