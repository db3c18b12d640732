"""The command ``counterpoise history``."""
