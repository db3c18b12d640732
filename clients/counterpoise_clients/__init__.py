"""Clients of counterpoise."""
