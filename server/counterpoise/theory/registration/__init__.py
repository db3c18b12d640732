"""Registered predictions: what is predicted before any data, the power to find it, and what the sessions then say."""
