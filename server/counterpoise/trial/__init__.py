"""Trials: play a scenario many times with bots, compare the games with what its author expects, and list what looks absurd."""
