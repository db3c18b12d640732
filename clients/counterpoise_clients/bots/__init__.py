"""Bots: one file, one bot."""
