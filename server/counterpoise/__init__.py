"""counterpoise: a multiplayer simulation server for alliance politics that checks play against theory."""

__version__ = "0.4.0"
