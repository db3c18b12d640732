"""What ``counterpoise new`` writes: a scenario and a bot that work as they stand, to be changed."""
