"""``counterpoise trial``: the command, its text and its page."""
