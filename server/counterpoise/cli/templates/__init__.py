"""The files that ``counterpoise new`` writes: a scenario and a bot that work and can be changed."""
