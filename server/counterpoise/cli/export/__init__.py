"""``counterpoise export``: sessions as tables."""
