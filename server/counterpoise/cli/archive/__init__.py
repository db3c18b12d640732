"""``counterpoise archive``: everything that another person needs to check a result, in one file."""
