"""The command ``counterpoise host``."""
