"""The command ``counterpoise verify``."""
