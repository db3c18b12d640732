"""The world and its clock: pure, deterministic, on SimPy. No asyncio, no input or output, no wall clock, no theory."""

RULES_VERSION = 4
"""Bumped whenever an existing move's or process's effect changes, because old journals then replay differently."""
