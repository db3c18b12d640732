"""``counterpoise records``: a record of each student."""
