"""What is answered for a seat that leaves a call open until its deadline. The processes that close calls decide it."""

from __future__ import annotations

from typing import get_args

from counterpoise.sim.types import CallReason, CrisisResponse

DEFAULTS: dict[CallReason, tuple[str, ...]] = {
    "crisis": get_args(CrisisResponse),
    "proposal": ("no answer",),
    "ally": ("honour", "renege"),
    "peace": ("accept", "refuse"),
    "demand": ("no answer",),
    "condition": ("comply", "refuse"),
    "membership": ("no consent",),
}
"""The answers that may be given by default, by the reason of the call. One is certain; of several, chance draws one."""
