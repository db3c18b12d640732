"""The command ``counterpoise fork``."""
