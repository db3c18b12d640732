"""Injects: when they come, whom they are about, and whether they are legal."""
