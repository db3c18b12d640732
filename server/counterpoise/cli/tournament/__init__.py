"""``counterpoise tournament``: the command, its files and its reports."""
