"""Bots that play in a standing arena."""
