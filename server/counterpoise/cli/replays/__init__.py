"""``counterpoise replay``, and a session's replay as a page of its own."""
