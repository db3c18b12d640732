"""The command ``counterpoise torture``."""
