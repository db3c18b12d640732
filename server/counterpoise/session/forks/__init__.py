"""Forks compared: what became of the games of each side, and where they differ."""
