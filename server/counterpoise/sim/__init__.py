"""The simulation of the world and its clock: pure, deterministic, on SimPy.

No asyncio, no input or output, no wall clock, no theory.
"""

RULES_VERSION = 6
"""Raised whenever the effect of an existing move or process changes, because old journals then replay differently."""
